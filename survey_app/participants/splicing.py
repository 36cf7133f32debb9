"""A finished page into which every visitor's own submission key is set, without rendering or compressing again.

The compressed form is put together from a deflate stream that ends on a byte boundary, the key as a stored block,
and a second stream that was compressed with the first text as its window; the checksum goes on from the one of
the first part. The result is an ordinary gzip file.
"""

import struct
import zlib
from dataclasses import dataclass

_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"  # deflate, no time (a cached page has none), unknown system
_LEVEL = 9
_WINDOW = 32 * 1024
_LARGEST_BLOCK = 0xFFFF


@dataclass(frozen=True, slots=True)
class FinishedPage:
    """A page without a gap: everybody gets the same bytes, whatever filling is offered."""

    content: bytes
    packed: bytes

    def plain(self, _filling: bytes) -> bytes:
        """Return the page."""
        return self.content

    def gzipped(self, _filling: bytes) -> bytes:
        """Return the page as a gzip file."""
        return self.packed


@dataclass(frozen=True, slots=True)
class SplicedPage:
    """A page with one gap.

    Attributes:
        before, after: the plain bytes around the gap.
        packed_before, packed_after: the same as raw deflate; the second may refer back into the first.
        checksum: CRC-32 of `before`.
        gap: length of what is set into the gap; back references over it hold for this length only.
    """

    before: bytes
    after: bytes
    packed_before: bytes
    packed_after: bytes
    checksum: int
    gap: int

    def plain(self, filling: bytes) -> bytes:
        """Return the page with its gap filled."""
        return b"".join((self.before, filling, self.after))

    def gzipped(self, filling: bytes) -> bytes:
        """Return the page with its gap filled as a gzip file.

        Raises:
            ValueError: if the filling does not have the length of the gap.
        """
        if len(filling) != self.gap:
            raise ValueError(f"the gap takes {self.gap} bytes, not {len(filling)}")
        checksum = zlib.crc32(self.after, zlib.crc32(filling, self.checksum))
        length = len(self.before) + len(filling) + len(self.after)
        stored = struct.pack("<BHH", 0, self.gap, self.gap ^ 0xFFFF)
        trailer = struct.pack("<II", checksum, length & 0xFFFFFFFF)
        return b"".join((_HEADER, self.packed_before, stored, filling, self.packed_after, trailer))


def build_page(before: bytes, after: bytes, *, gap: int) -> SplicedPage:
    """Return a page whose parts are compressed once and for all.

    Args:
        before, after: the plain bytes around the gap.
        gap: length of every filling; 1 to 65,535.
    """
    if not 0 < gap <= _LARGEST_BLOCK:
        raise ValueError(f"a stored block cannot take {gap} bytes")
    first = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL)
    packed_before = first.compress(before) + first.flush(zlib.Z_SYNC_FLUSH)
    # The filling is not known yet: its place in the window holds zeros, which no page contains, so that nothing
    # ever refers to it.
    window = (before + bytes(gap))[-_WINDOW:]
    second = zlib.compressobj(
        _LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY, window
    )
    packed_after = second.compress(after) + second.flush()
    return SplicedPage(before, after, packed_before, packed_after, zlib.crc32(before), gap)
