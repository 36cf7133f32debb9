import gzip
import re
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.participants.splicing import build_page

KEY = b"abcdefghijklmnopqrstuv"


@given(st.binary(max_size=3_000), st.binary(max_size=3_000), st.binary(min_size=1, max_size=60))
def test_gzip_is_the_plain_page_when_unpacked(before, after, filling):
    page = build_page(before, after, gap=len(filling))
    assert gzip.decompress(page.gzipped(filling)) == page.plain(filling) == before + filling + after


@pytest.mark.parametrize("size", [0, 1, 32_767, 32_768, 32_769, 90_000])
def test_gzip_is_the_plain_page_when_text_is_around_the_size_of_the_window(size):
    before = (b"<label>Frage mit Antworten</label>" * 4_000)[:size]
    page = build_page(before, before[-900:] + b"</html>", gap=len(KEY))
    assert gzip.decompress(page.gzipped(KEY)) == page.plain(KEY)


def test_tail_never_depends_on_the_key_when_it_repeats_it():
    page = build_page(b"x" * 100, KEY * 20, gap=len(KEY))
    other = KEY[::-1]
    assert gzip.decompress(page.gzipped(other)) == b"x" * 100 + other + KEY * 20


def test_tail_refers_back_into_the_beginning_when_words_repeat():
    words = re.sub(rb"[^a-z]", b" ", zlib.compress(bytes(range(256)) * 8)) * 3 + b"<footer>imprint and privacy</footer>"
    page = build_page(words, words, gap=len(KEY))
    assert len(page.packed_after) < len(page.packed_before) / 2


def test_decoder_stops_exactly_at_the_end_when_read_as_a_stream():
    page = build_page(b"a" * 5_000, b"b" * 5_000, gap=len(KEY))
    decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
    text = decoder.decompress(page.gzipped(KEY))
    assert decoder.eof
    assert decoder.unused_data == b""
    assert text == page.plain(KEY)


def test_filling_is_refused_when_it_has_another_length():
    with pytest.raises(ValueError, match="22 bytes, not 3"):
        build_page(b"a", b"b", gap=22).gzipped(b"abc")


@pytest.mark.parametrize("gap", [0, -1, 65_536])
def test_gap_is_refused_when_a_block_cannot_hold_it(gap):
    with pytest.raises(ValueError, match="stored block"):
        build_page(b"a", b"b", gap=gap)
