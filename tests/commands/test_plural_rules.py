"""Plural rules: each language of the interface has the one CLDR knows, and new catalogues get it."""

import re

import pytest
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from survey_app.commands.plural_rules import check_plural_rule, find_plural_header, list_counted
from survey_app.web.catalogues import catalogue_path, interface_languages, read_catalogue
from survey_app.web.locale import find_language

HEADER = re.compile(r"nplurals=(\d+); plural=(.+?);?")


def split(header: str) -> tuple[int, str]:
    count, expression = HEADER.fullmatch(header).groups()
    return int(count), expression


@pytest.mark.parametrize("tag", interface_languages())
def test_every_catalogue_has_the_rule_of_its_language(tag: str) -> None:
    locale = find_language(tag).locale
    catalogue = read_catalogue(catalogue_path(tag), locale)
    assert check_plural_rule(locale, catalogue.num_plurals, catalogue.plural_expr) == ""


@pytest.mark.parametrize(
    ("tag", "counts"),
    [
        ("ar", {0: [0], 1: [1], 2: [2], 3: [3, 7, 10, 103, 910], 4: [100, 102, 500], 5: [11, 26, 99, 111]}),
        ("uk", {0: [1, 21, 101], 1: [2, 4, 22, 104], 2: [0, 5, 11, 14, 112]}),
        ("ru", {0: [1, 21], 1: [3, 33], 2: [0, 12, 20]}),
        ("pl", {0: [1], 1: [2, 4, 22, 104], 2: [0, 5, 12, 21, 112]}),
        ("ro", {0: [1], 1: [0, 2, 19, 101, 119], 2: [20, 21, 100, 120]}),
        ("ti", {0: [0, 1], 1: [2, 11]}),
        ("ku", {0: [1], 1: [0, 2]}),
        ("so", {0: [1], 1: [0, 2]}),
        ("fr", {0: [0, 1], 1: [2, 100]}),
        ("fa", {0: [0, 1, 2, 11]}),
        ("tr", {0: [0, 1, 2, 11]}),
    ],
)
def test_numbers_take_the_form_of_the_language(tag: str, counts: dict[int, list[int]]) -> None:
    count, expression = split(find_plural_header(tag))
    assert count == len(counts)
    for form, numbers in counts.items():
        assert set(numbers) <= set(list_counted(expression, form))


def test_form_of_one_number_knows_it_is_alone() -> None:
    count, expression = split(find_plural_header("ar"))
    assert [len(list_counted(expression, form)) == 1 for form in range(count)] == [True, True, True] + [False] * 3


@given(st.sampled_from(sorted(locale_identifiers())))
def test_rule_of_a_new_catalogue_passes_its_own_check(locale: str) -> None:
    assert check_plural_rule(locale, *split(find_plural_header(locale))) == ""


@given(st.text(alphabet="n%<>=!&|?:()0123456789 xq", max_size=30))
def test_no_expression_breaks_the_check(expression: str) -> None:
    said = check_plural_rule("pl", 3, expression)
    assert isinstance(said, str)
    assert "\n" not in said
