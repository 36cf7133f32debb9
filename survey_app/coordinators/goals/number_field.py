"""Numbers as people type them, kept exact: "60", "62,5 %", "0.5"; what was typed stays in the field."""

import re
from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from flask_babel import LazyString
from wtforms import StringField

from survey_app.domain.errors import Problem
from survey_app.web.locale import current_language
from survey_app.web.messages import message_of

PERCENT = 100
"""A share is typed and shown in per cent."""

_NUMBER = re.compile(r"[-\u2212]?\d{1,12}(?:[.,]\d{1,12})?")
_LIKE_THOUSANDS = {
    ".": re.compile(r"[-\u2212]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?"),
    ",": re.compile(r"[-\u2212]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?"),
}
_MOST_DIGITS = 60


class NumberField(StringField):
    """An exact number, empty is None; `scale` is what a share is multiplied by for people.

    Attributes:
        number: what was typed, as a fraction of the unscaled value.
    """

    def __init__(self, label: LazyString, *, scale: int = 1, **kwargs: Any) -> None:
        super().__init__(label, render_kw={"inputmode": "decimal"} | kwargs.pop("render_kw", {}), **kwargs)
        self.type, self.scale = "DecimalField", scale
        self.number: Fraction | None = None

    def process_data(self, value: Fraction | None) -> None:
        """Take the stored number."""
        self.number = value
        self.data = "" if value is None else write_exactly(value * self.scale)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed, in the digits of any script."""
        if not valuelist:
            return
        self.data, self.number = valuelist[0].strip(), None
        if self.data:
            self.number = self._read(self.data) / self.scale

    def _read(self, typed: str) -> Fraction:
        plain = typed.removesuffix("%").strip()
        # What separates thousands in one language separates decimals in the other; nobody is to guess.
        if _LIKE_THOUSANDS["." if _decimal_sign() == "," else ","].fullmatch(plain):
            raise ValueError(message_of(Problem("ambiguous_number", self.name)))
        if not _NUMBER.fullmatch(plain):
            raise ValueError(message_of(Problem("not_a_number", self.name)))
        return Fraction(Decimal(plain.replace(",", ".").replace("\u2212", "-")))


def percent_field(label: LazyString, **kwargs: Any) -> NumberField:
    """Return a field for a share, typed in per cent."""
    return NumberField(label, scale=PERCENT, **kwargs)


NewNumberField = Callable[[LazyString], Any]
"""How a kind of indicator takes its targets: as numbers, or in per cent."""


def write_exactly(number: Fraction) -> str:
    """Return a number with a finite decimal form, with every digit, as somebody would type it on this page."""
    with localcontext() as context:
        context.prec = _MOST_DIGITS
        decimal = Decimal(number.numerator) / Decimal(number.denominator)
        plain = format(decimal, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain.replace(".", _decimal_sign())


def _decimal_sign() -> str:
    return "." if current_language().tag == "en" else ","
