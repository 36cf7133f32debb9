"""Numbers as people type them: exact, in any script, never guessed."""

from decimal import Decimal
from fractions import Fraction

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from survey_app.coordinators.goals.number_field import NumberField, percent_field, write_exactly
from survey_app.web.locale import use_language


class Sample(Form):
    number = NumberField("n")
    share = percent_field("s")


@pytest.fixture
def page(app: Flask):
    with app.test_request_context("/?lang=de"):
        use_language("de")
        yield


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("60", Fraction(60)),
        ("62,5", Fraction(125, 2)),
        ("62.5 %", Fraction(125, 2)),
        ("-0,05", Fraction(-1, 20)),
        ("\u22125", Fraction(-5)),
        ("٦٠", Fraction(60)),
        (" 1000 ", Fraction(1000)),
        ("", None),
    ],
)
def test_a_number_is_read_as_it_is_meant(typed: str, number: Fraction | None) -> None:
    form = Sample(MultiDict({"number": typed, "share": typed}))
    assert form.validate()
    assert form.number.number == number
    assert form.share.number == (None if number is None else number / 100)


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    "typed", ["viel", "1.000", "1.000.000", "1,2,3", "1e3", "60%%", "--5", "9" * 40, "½", "1.000,5"]
)
def test_what_is_no_clear_number_is_refused_and_stays(typed: str) -> None:
    form = Sample(MultiDict({"number": typed}))
    assert not form.validate()
    assert form.number.errors
    assert form.number.data == typed


NUMBERS = st.decimals(-(10**9), 10**9, places=6).map(lambda number: Fraction(Decimal(number)))


@pytest.mark.usefixtures("page")
@given(NUMBERS)
def test_a_stored_number_comes_back_exactly(number: Fraction) -> None:
    shown = Sample(None, data={"number": number, "share": number})
    sent = MultiDict({"number": shown.number.data, "share": shown.share.data})
    again = Sample(sent)
    assert again.validate(), again.errors
    assert (again.number.number, again.share.number) == (number, number)


@pytest.mark.parametrize("language", ["de", "en", "fr"])
@given(NUMBERS)
def test_a_number_comes_back_in_every_language(app: Flask, language: str, number: Fraction) -> None:
    with app.test_request_context(f"/?lang={language}"):
        use_language(language)
        again = Sample(MultiDict({"number": write_exactly(number)}))
        assert again.validate(), again.errors
        assert again.number.number == number


def test_the_page_decides_the_decimal_sign(app: Flask) -> None:
    for language, text in (("de", "62,5"), ("en", "62.5"), ("ar", "62,5")):
        with app.test_request_context(f"/?lang={language}"):
            use_language(language)
            assert write_exactly(Fraction(125, 2)) == text
            assert write_exactly(Fraction(60)) == "60"
