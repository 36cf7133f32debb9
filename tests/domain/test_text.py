"""Language tags, typed text, and wording with its fallback."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import LANGUAGES, anything

from survey_app.domain.text import canonical_tag, clean_text, is_language_tag, wording


@pytest.mark.parametrize(
    ("given_tag", "canonical"),
    [
        ("de", "de"),
        ("DE", "de"),
        ("DE-at", "de-AT"),
        ("de_AT", "de-AT"),
        (" de ", "de"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de-simple", "de-x-simple"),
        ("de_simple", "de-x-simple"),
        ("DE-SIMPLE", "de-x-simple"),
        ("de-si", "de-x-simple"),
        ("de_x_simple", "de-x-simple"),
        ("de-X-Simple", "de-x-simple"),
        ("de-x-at", "de-x-at"),
        ("sr-cyrl", "sr-Cyrl"),
        ("kmr", "ku"),
        ("KMR-latn-tr", "ku-Latn-TR"),
        ("pes", "fa"),
        ("prs", "fa-AF"),
    ],
)
def test_tag_has_one_form_when_written_in_many(given_tag: str, canonical: str) -> None:
    assert canonical_tag(given_tag) == canonical
    assert canonical_tag(canonical) == canonical
    assert is_language_tag(canonical)


@pytest.mark.parametrize("tag", ["", "d", "german", "de-", "-de", "de--AT", "de AT", "de-x-", "de-x-muchtoolong", "x"])
def test_tag_is_refused_when_it_is_none(tag: str) -> None:
    assert not is_language_tag(canonical_tag(tag))


@given(st.text(alphabet="abXZ019-_ ", max_size=16))
def test_canonical_tag_stays_the_same_when_taken_twice(tag: str) -> None:
    assert canonical_tag(canonical_tag(tag)) == canonical_tag(tag)


@given(anything)
def test_any_value_becomes_a_tag_or_is_refused_when_sent_as_language(tag: str) -> None:
    assert is_language_tag(canonical_tag(tag)) in (True, False)


def test_interface_languages_are_canonical_when_listed() -> None:
    assert all(canonical_tag(tag) == tag and is_language_tag(tag) for tag in LANGUAGES)


@given(anything)
def test_cleaned_text_can_be_stored_anywhere_when_anything_was_typed(raw: str) -> None:
    cleaned = clean_text(raw)
    cleaned.encode("utf-8")
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip() == clean_text(cleaned)
    allowed = {"\n", "\t", "\x85"}
    assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs") and c not in allowed]


directed = st.text("aب\n\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", max_size=30)


@given(directed)
def test_no_direction_reaches_beyond_its_text(raw: str) -> None:
    cleaned = clean_text(raw)
    assert clean_text(cleaned) == cleaned
    assert not set(cleaned) & {"\u202d", "\u202e"}
    last = cleaned.rpartition("\n")[2]
    assert sum(last.count(sign) for sign in "\u2066\u2067\u2068") <= last.count("\u2069")
    assert clean_text(cleaned + "x") == cleaned + "x"


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("nul\x00l", "null"),
        ("e\u0301", "é"),
        ("  spaces \u00a0", "spaces"),
        ("\u200fسلام\u200d", "\u200fسلام\u200d"),
        ("می\u200cروم", "می\u200cروم"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("lone\ud800", "lone"),
        ("tab\tstays", "tab\tstays"),
        ("\ufffe\uffffx", "x"),
        ("\u2066isolate\u2069", "\u2066isolate\u2069"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u202dab\u202c", "ab\u202c"),
        ("\u202bسلام", "\u202bسلام\u202c"),
        ("\u2067\u202aa\u2068b", "\u2067\u202aa\u2068b\u2069\u202c\u2069"),
        ("\u2067\u202aa\u2069b", "\u2067\u202aa\u2069b"),
        ("\u2067one line\nanother", "\u2067one line\nanother"),
        ("<b>&amp;'\"", "<b>&amp;'\""),
    ],
)
def test_text_keeps_its_meaning_when_cleaned(raw: str, cleaned: str) -> None:
    assert clean_text(raw) == cleaned


def test_wording_falls_back_visibly_when_a_language_is_missing() -> None:
    text = {"de": "Hallo", "en": "Hello", "fr": ""}
    assert wording(text, "en", source="de") == ("Hello", "en")
    assert wording(text, "fr", source="de") == ("Hallo", "de")
    assert wording(text, "tr", source="uk") == ("Hallo", "de")
    assert wording({"fr": "", "tr": "Merhaba"}, "fr", source="fr") == ("Merhaba", "tr")
    assert wording({}, "fr", source="de") == ("", "de")


@given(st.dictionaries(st.sampled_from(LANGUAGES), st.text(max_size=3)), st.sampled_from(LANGUAGES))
def test_wording_is_never_empty_when_any_language_has_it(text: dict[str, str], language: str) -> None:
    words, tag = wording(text, language, source="de")
    if any(text.values()):
        assert words
        assert text[tag] == words
    if text.get(language):
        assert tag == language
