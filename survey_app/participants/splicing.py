"""A finished page into which every visitor's own submission key is set, without rendering or compressing again.

A compressed form is put together from a stream that ends on a byte boundary, the key as a stored block, and a second
stream that was compressed with the first text as its window. The result is an ordinary gzip or brotli stream.
"""

import hashlib
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import brotli

from survey_app.participants.packing import Packing, pack

_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"  # deflate, no time (a cached page has none), unknown system
_GZIP_LEVEL = 9
_WINDOW = 32 * 1024
_LARGEST_BLOCK = 0xFFFF
_BROTLI_QUALITY = 11
_BROTLI_CONTEXT = 2
"""Brotli reads a letter in the light of the two before it: these come from the page, never from the filling."""


class Packed(Protocol):
    """A page in one packing."""

    def fill(self, filling: bytes) -> bytes:
        """Return the packed page with its gap filled."""


@dataclass(frozen=True, slots=True)
class GzipParts:
    """A page as two raw deflate streams; the second may refer back into the first, but never into the gap.

    Attributes:
        after: the plain bytes behind the gap, for the checksum.
        checksum: CRC-32 of the bytes before the gap.
        length: of the whole page.
    """

    packed_before: bytes
    packed_after: bytes
    after: bytes
    checksum: int
    length: int

    def fill(self, filling: bytes) -> bytes:
        """Return the page as a gzip file."""
        checksum = zlib.crc32(self.after, zlib.crc32(filling, self.checksum))
        stored = struct.pack("<BHH", 0, len(filling), len(filling) ^ 0xFFFF)
        trailer = struct.pack("<II", checksum, self.length & 0xFFFFFFFF)
        return b"".join((_GZIP_HEADER, self.packed_before, stored, filling, self.packed_after, trailer))


@dataclass(frozen=True, slots=True)
class BrotliParts:
    """A page as the beginning and the end of a brotli stream; between them the filling stands as it is."""

    packed_before: bytes
    context: bytes
    packed_after: bytes

    def fill(self, filling: bytes) -> bytes:
        """Return the page as a brotli stream."""
        # RFC 7932, 9.2: not the last block, four nibbles of length − 1, stored; three bytes in all.
        header = ((len(filling) + len(self.context) - 1) << 3 | 1 << 19).to_bytes(3, "little")
        return b"".join((self.packed_before, header, filling, self.context, self.packed_after))


@dataclass(frozen=True, slots=True)
class FinishedPage:
    """A page without a gap: everybody gets the same bytes, whatever filling is offered."""

    packed: Mapping[Packing, bytes]

    def fill(self, _filling: bytes, packing: Packing) -> bytes:
        """Return the page in a packing."""
        return self.packed[packing]


@dataclass(frozen=True, slots=True)
class SplicedPage:
    """A page with one gap.

    Attributes:
        before, after: the plain bytes around the gap.
        gap: length of what is set into the gap; back references over it hold for this length only.
    """

    before: bytes
    after: bytes
    gap: int
    packed: Mapping[Packing, Packed]

    def fill(self, filling: bytes, packing: Packing) -> bytes:
        """Return the page in a packing, with its gap filled.

        Raises:
            ValueError: if the filling does not have the length of the gap.
        """
        if len(filling) != self.gap:
            raise ValueError(f"the gap takes {self.gap} bytes, not {len(filling)}")
        if packing is Packing.PLAIN:
            return b"".join((self.before, filling, self.after))
        return self.packed[packing].fill(filling)


def finish_page(content: bytes) -> FinishedPage:
    """Return a page in every packing."""
    return FinishedPage({packing: pack(content, packing, once=False) for packing in Packing})


def build_page(before: bytes, after: bytes, *, gap: int) -> SplicedPage:
    """Return a page whose parts are compressed once and for all.

    Args:
        before, after: the plain bytes around the gap; `after` begins with at least two bytes.
        gap: length of every filling; 1 to 65,533.
    """
    if not 0 < gap <= _LARGEST_BLOCK - _BROTLI_CONTEXT or len(after) < _BROTLI_CONTEXT:
        raise ValueError(f"a stored block cannot take {gap} bytes")
    packed = {Packing.GZIP: _build_gzip(before, after, gap), Packing.BROTLI: _build_brotli(before, after, gap)}
    return SplicedPage(before, after, gap, packed)


def _build_gzip(before: bytes, after: bytes, gap: int) -> GzipParts:
    first = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL)
    packed_before = first.compress(before) + first.flush(zlib.Z_SYNC_FLUSH)
    # The filling is not known yet: its place in the window holds zeros, which no page contains, so that nothing
    # ever refers to it.
    window = (before + bytes(gap))[-_WINDOW:]
    second = zlib.compressobj(
        _GZIP_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY, window
    )
    packed_after = second.compress(after) + second.flush()
    return GzipParts(packed_before, packed_after, after, zlib.crc32(before), len(before) + gap + len(after))


def _build_brotli(before: bytes, after: bytes, gap: int) -> BrotliParts:
    """Compress the page around bytes that repeat nothing, and leave those out.

    Raises:
        ValueError: if the parts do not make the page with another filling: then something refers to the gap.
    """
    context, rest = after[:_BROTLI_CONTEXT], after[_BROTLI_CONTEXT:]
    noise, other = (hashlib.shake_128(name).digest(gap) for name in (b"gap", b"another"))
    stream = brotli.Compressor(mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY)
    packed_before = stream.process(before) + stream.flush()
    stream.process(noise + context)
    stream.flush()
    parts = BrotliParts(packed_before, context, stream.process(rest) + stream.finish())
    if brotli.decompress(parts.fill(other)) != before + other + after:
        raise ValueError("the page refers to its own gap")
    return parts
