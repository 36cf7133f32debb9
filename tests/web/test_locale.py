"""Which language a page is in, and what follows from a tag."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.web.catalogues import interface_languages
from survey_app.web.locale import choose_language, find_language

OFFERED = interface_languages()


@pytest.mark.parametrize(
    ("asked", "accepted", "chosen"),
    [
        ("", "", "de"),
        ("ti", "fr", "ti"),
        ("xx", "fr", "fr"),
        ("", "kmr-Latn-TR,de;q=0.5", "ku"),
        ("kmr", "de", "ku"),
        ("", "prs,de;q=0.5", "fa"),
        ("pes", "de", "fa"),
        ("", "fa-AF", "fa"),
        ("", "ro-MD;q=0.9,ru;q=0.8", "ro"),
        ("", "de-x-simple", "de"),
        ("", "*", "de"),
        ("", "ru;q=0, *;q=0.5", "de"),
        ("", "nl, ru-MD;q=0.3, tr;q=0.9", "tr"),
    ],
)
def test_language_follows_wish_then_browser_then_default(asked: str, accepted: str, chosen: str) -> None:
    assert choose_language(asked, accepted, OFFERED, "de") == chosen


def test_browser_without_a_region_gets_the_one_that_is_offered() -> None:
    assert choose_language("", "fa,en;q=0.5", ("de", "en", "fa-AF"), "de") == "fa-AF"


@given(st.text(max_size=40), st.text(max_size=60))
def test_chosen_language_is_one_that_is_offered(asked: str, accepted: str) -> None:
    assert choose_language(asked, accepted, OFFERED, "de") in OFFERED


@pytest.mark.parametrize(
    ("tag", "direction", "frame", "spoken"),
    [
        ("ar", "rtl", "ar", "ar"),
        ("fa-AF", "rtl", "fa", "fa-AF"),
        ("ckb", "rtl", "de", "de"),
        ("ku", "ltr", "ku", "ku"),
        ("ku-Arab", "rtl", "ku", "ku-Arab"),
        ("ti", "ltr", "ti", "ti"),
        ("sr-Cyrl", "ltr", "de", "de"),
        ("ur", "rtl", "de", "de"),
        ("de-x-simple", "ltr", "de-x-simple", "de-x-simple"),
    ],
)
def test_tag_says_direction_and_frame(tag: str, direction: str, frame: str, spoken: str) -> None:
    language = find_language(tag)
    assert (language.direction, language.frame, language.spoken.tag) == (direction, frame, spoken)
