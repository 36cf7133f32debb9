"""An address as a QR code: a picture of paths and nothing else, for pages, posters and slides."""

import struct
import zlib
from collections.abc import Iterator, Sequence
from html import escape

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET_ZONE = 4
"""Empty modules around the code that readers need; Source: ISO/IEC 18004."""

PNG_WIDTH = 1200
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def render_svg(address: str, *, title: str, mask: int | None = None) -> bytes:
    """Return a scalable picture of the address that carries its title for those who cannot see it.

    The picture brings its own white ground, so that it stays readable on a dark page, and no style of any kind, so
    that it passes a strict content policy also when a page includes it.

    Args:
        address: what a camera shall read; level M survives damage to 15 % of the code.
        title: text alternative, in the language of the page around it.
        mask: pattern (0 to 7) that keeps dark and light apart; None finds the best, which takes four times as long.
    """
    size, runs = list_runs(address, mask=mask)
    strokes = "".join(f"M{x} {y}h{width}v1h-{width}z" for x, y, width in runs)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img" aria-labelledby="qr-title" '
        f'shape-rendering="crispEdges"><title id="qr-title">{escape(title)}</title>'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path fill="#000" d="{strokes}"/></svg>'
    )
    return svg.encode()


def render_png(address: str) -> bytes:
    """Return the code black on white in pixels, at least `PNG_WIDTH` wide: a hand's breadth in print.

    One bit a pixel in the simplest form of the format; that is less than a library for pictures would bring along.
    """
    rows = _modules(address, None)
    scale = -(-PNG_WIDTH // len(rows))
    width = scale * len(rows)
    lines = b"".join(_pixels(row, scale) * scale for row in rows)
    head = struct.pack(">IIBBBBB", width, width, 1, 0, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(lines, 9)) + _chunk(b"IEND", b"")


def _pixels(row: Sequence[bool], scale: int) -> bytes:
    """Return a line of the picture: the mark of no filter, then a bit per pixel, 1 for white."""
    bits = "".join(("0" if is_dark else "1") * scale for is_dark in row)
    return b"\0" + bytes(int(bits[at : at + 8].ljust(8, "0"), 2) for at in range(0, len(bits), 8))


def _chunk(kind: bytes, content: bytes) -> bytes:
    """Source: PNG specification, third edition, 5.3."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def list_runs(address: str, *, mask: int | None = None) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Return the edge of the code in modules, quiet zone included, and each run of dark ones: left, top, width.

    Runs have no seams between neighbours, and a fifth of the bytes.
    """
    rows = _modules(address, mask)
    return len(rows), tuple(run for y, row in enumerate(rows) for run in _runs(y, row))


def _modules(address: str, mask: int | None) -> Sequence[Sequence[bool]]:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE, mask_pattern=mask)
    code.add_data(address)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def _runs(y: int, row: Sequence[bool]) -> Iterator[tuple[int, int, int]]:
    start = None
    for x, is_dark in enumerate([*row, False]):
        if is_dark and start is None:
            start = x
        elif not is_dark and start is not None:
            yield start, y, x - start
            start = None
