"""Colours: what can be typed, and what white can be read on."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.domain.colour import LEAST_CONTRAST, contrast_with_white, read_colour
from survey_app.domain.network import Network, check_network

_COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("#14375E", "#14375e"), (" 14375e ", "#14375e"), ("#a0C", "#aa00cc"), ("", None), ("#12345", None),
        ("red", None), ("#gggggg", None), ("##14375e", None), ("#14375e;", None), ("#１４３７５e", None),
    ],
)  # fmt: skip
def test_colour_is_read_as_it_is_stored(typed: str, read: str | None) -> None:
    assert read_colour(typed) == read


@pytest.mark.parametrize(
    ("colour", "ratio"),
    [
        ("#ffffff", "1.00"), ("#000000", "21.00"), ("#777777", "4.47"), ("#767676", "4.54"), ("#ff0000", "3.99"),
        ("#0000ff", "8.59"),
    ],
)  # fmt: skip
def test_contrast_is_that_of_the_guidelines(colour: str, ratio: str) -> None:
    """The figures are those that the guidelines' own literature gives for these greys and pure colours."""
    assert abs(contrast_with_white(colour) - Decimal(ratio)) <= Decimal("0.01")


@given(_COLOURS)
def test_only_colours_that_white_can_be_read_on_are_saved(colour: str) -> None:
    problems = check_network(Network(id=1, slug="x", name="x", colour=colour))
    if contrast_with_white(colour) >= LEAST_CONTRAST:
        assert problems == []
    else:
        (problem,) = problems
        assert (problem.code, problem.place) == ("colour_too_light", "colour")
        assert problem.parameters["ratio"] < problem.parameters["limit"]


@pytest.mark.parametrize("colour", ["red", "#FFF", "#14375E", "javascript:alert(1)"])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    (problem,) = check_network(Network(id=1, slug="x", name="x", colour=colour))
    assert (problem.code, problem.place) == ("malformed_colour", "colour")
