"""Numbers, dates and plurals as the reader's language writes them, with Western digits everywhere."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from crawling import read_page
from factories import make_collector
from flask import Flask, render_template_string
from flask_babel import format_date, format_time, ngettext
from sqlalchemy.orm import Session

from survey_app.domain.network import Network
from survey_app.web.catalogues import catalogue_path, interface_languages, read_catalogue
from survey_app.web.locale import find_language, use_language, write_number

DELETED = (
    "Single answers are deleted %(num)s month after the meeting; only counts remain.",
    "Single answers are deleted %(num)s months after the meeting; only counts remain.",
)


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("de", "12.345,5"), ("de-x-simple", "12.345,5"), ("en", "12,345.5"), ("fr", "12\u202f345,5"),
        ("tr", "12.345,5"), ("ar", "12,345.5"), ("fa", "12,345.5"), ("uk", "12\xa0345,5"), ("ru", "12\xa0345,5"),
        ("ro", "12.345,5"), ("pl", "12\xa0345,5"), ("ku", "12.345,5"), ("ti", "12,345.5"), ("so", "12,345.5"),
    ],
)  # fmt: skip
def test_number_has_the_marks_of_the_language(app: Flask, tag: str, written: str) -> None:
    with app.test_request_context():
        use_language(tag)
        assert write_number(Decimal("12345.5")) == written


@pytest.mark.parametrize(
    ("tag", "number", "words"),
    [
        ("de", 1, "1 Monat nach"), ("de", 2, "2 Monate nach"), ("en", 1, "1 month after"), ("en", 0, "0 months after"),
        ("pl", 1, "po 1 miesiącu"), ("pl", 5, "po 5 miesiącach"), ("pl", 22, "po 22 miesiącach"),
        ("ro", 1, "la 1 lună"), ("ro", 2, "la 2 luni"), ("ro", 24, "la 24 de luni"), ("ro", 101, "la 101 luni"),
        ("ti", 1, "1 ወርሒ"), ("ti", 2, "2 ኣዋርሕ"), ("so", 1, "1 bil"), ("so", 12, "12 bilood"),
        ("ku", 1, "1 meh"), ("ku", 12, "12 meh"),
    ],
)  # fmt: skip
def test_plural_takes_the_form_of_the_number(app: Flask, tag: str, number: int, words: str) -> None:
    with app.test_request_context():
        use_language(tag)
        assert words in ngettext(*DELETED, number)
        shown = render_template_string(
            "{{ ngettext(one, many, number) }}", one=DELETED[0], many=DELETED[1], number=number
        )
        assert words in shown


@pytest.mark.parametrize("tag", ["ar", "uk", "ru"])
def test_forms_of_one_few_and_many_differ_in_the_catalogue(tag: str) -> None:
    catalogue = read_catalogue(catalogue_path(tag), find_language(tag).locale)
    forms = catalogue[DELETED].string
    assert len(forms) == catalogue.num_plurals
    assert len(set(forms)) >= 3


def test_number_in_a_plural_has_its_marks(app: Flask) -> None:
    with app.test_request_context():
        use_language("de")
        assert ngettext("%(num)s answer", "%(num)s answers", 12345) == "12.345 Antworten"


@pytest.mark.parametrize("tag", interface_languages())
def test_digits_are_western_in_every_language(app: Flask, tag: str) -> None:
    with app.test_request_context():
        use_language(tag)
        moment = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
        shown = [
            write_number(1234567),
            *(format_date(moment, length) for length in ("full", "long", "medium", "short")),
        ]
        shown += [format_time(moment, "short"), *(ngettext(*DELETED, number) for number in (0, 1, 2, 3, 11, 100))]
    assert [text for text in shown if any(sign.isdecimal() and not sign.isascii() for sign in text)] == []


@pytest.mark.parametrize(
    ("tag", "day"),
    [
        ("de", "20. November 2099"), ("en", "20 November 2099"), ("fr", "20 novembre 2099"), ("tr", "20 Kasım 2099"),
        ("ar", "20 نوفمبر 2099"), ("fa", "20 نوامبر 2099"), ("uk", "20 листопада 2099 р."), ("ru", "20 ноября 2099 г."),
    ],
)  # fmt: skip
def test_survey_says_in_the_readers_language_when_it_opens(
    app: Flask, session: Session, network: Network, tag: str, day: str
) -> None:
    opens_at = datetime(2099, 11, 20, 16, 30, tzinfo=UTC)
    survey = make_collector(session, network, opens_at=opens_at, closes_at=opens_at + timedelta(days=1))
    answer = app.test_client().get(f"/q/{survey.code}?lang={tag}")
    words = read_page(answer.get_data(as_text=True)).words
    (sentence,) = [found for found in words if day in found.text]
    assert answer.status_code == 403
    assert (sentence.language, sentence.direction) == (tag, find_language(tag).direction)
    assert "5:30" in sentence.text or "17:30" in sentence.text
