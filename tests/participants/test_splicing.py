"""Pages that are packed once: with any key in the gap they unpack to the plain page."""

import gzip
import re
import zlib

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.participants.packing import Packing, choose_packing, pack
from survey_app.participants.splicing import build_page, finish_page

KEY = b"abcdefghijklmnopqrstuv"
PLAIN = {Packing.GZIP: gzip.decompress, Packing.BROTLI: brotli.decompress, Packing.PLAIN: bytes}
every_packing = pytest.mark.parametrize("packing", Packing)


@every_packing
@settings(max_examples=25)
@given(
    before=st.binary(max_size=3_000),
    after=st.binary(min_size=2, max_size=3_000),
    filling=st.binary(min_size=1, max_size=60),
)
def test_packed_page_is_the_plain_page_when_unpacked(packing, before, after, filling):
    page = build_page(before, after, gap=len(filling))
    assert PLAIN[packing](page.fill(filling, packing)) == before + filling + after


@every_packing
@pytest.mark.parametrize("size", [0, 1, 32_767, 32_768, 32_769, 90_000])
def test_packed_page_is_the_plain_page_when_text_is_around_the_size_of_the_window(packing, size):
    before = ("<label>Frage mit Antworten, سؤال</label>".encode() * 4_000)[:size]
    after = before[-900:] + b"</html>"
    assert PLAIN[packing](build_page(before, after, gap=len(KEY)).fill(KEY, packing)) == before + KEY + after


@every_packing
def test_tail_never_depends_on_the_key_when_it_repeats_it(packing):
    page = build_page(b"x" * 100, KEY * 20, gap=len(KEY))
    other = KEY[::-1]
    assert PLAIN[packing](page.fill(other, packing)) == b"x" * 100 + other + KEY * 20


@pytest.mark.parametrize("packing", [Packing.GZIP, Packing.BROTLI])
def test_tail_refers_back_into_the_beginning_when_words_repeat(packing):
    words = re.sub(rb"[^a-z]", b" ", zlib.compress(bytes(range(256)) * 8)) * 3 + b"<footer>imprint and privacy</footer>"
    parts = build_page(words, words, gap=len(KEY)).packed[packing]
    assert len(parts.packed_after) < len(parts.packed_before) / 2


def test_decoder_stops_exactly_at_the_end_when_read_as_a_stream():
    page = build_page(b"a" * 5_000, b"b" * 5_000, gap=len(KEY))
    decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
    text = decoder.decompress(page.fill(KEY, Packing.GZIP))
    assert decoder.eof
    assert decoder.unused_data == b""
    assert text == page.fill(KEY, Packing.PLAIN)


def test_filling_is_refused_when_it_has_another_length():
    with pytest.raises(ValueError, match="22 bytes, not 3"):
        build_page(b"a", b"bc", gap=22).fill(b"abc", Packing.GZIP)


@pytest.mark.parametrize("gap", [0, -1, 65_534])
def test_gap_is_refused_when_a_block_cannot_hold_it(gap):
    with pytest.raises(ValueError, match="stored block"):
        build_page(b"a", b"bc", gap=gap)


@every_packing
@pytest.mark.parametrize("once", [True, False])
def test_content_comes_back_when_packed_whole(packing, once):
    content = "Größe سؤال ".encode() * 500
    packed = pack(content, packing, once=once)
    assert PLAIN[packing](packed) == PLAIN[packing](finish_page(content).fill(b"", packing)) == content


@pytest.mark.parametrize(
    ("accepted", "packing"),
    [
        ("gzip, deflate, br, zstd", Packing.BROTLI),
        ("gzip", Packing.GZIP),
        ("gzip;q=1, br;q=0.5", Packing.GZIP),
        ("br;q=0, gzip;q=0", Packing.PLAIN),
        ("", Packing.PLAIN),
        ("identity", Packing.PLAIN),
        ("*", Packing.BROTLI),
        ("zstd", Packing.PLAIN),
        ("nonsense;q=x" * 90, Packing.PLAIN),
    ],
)
def test_packing_follows_the_wish_of_the_browser(accepted, packing):
    assert choose_packing(accepted) is packing
