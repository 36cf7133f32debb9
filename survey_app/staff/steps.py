"""What an explanation is made of: sentences with their sums, tables of numbers, questions with their answers."""

from dataclasses import dataclass
from fractions import Fraction

from survey_app.evaluation import Limit
from survey_app.evaluation.wording.display import round_half_up
from survey_app.web.figures import number_text, share_text

MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence and the calculation behind it, which may be empty."""

    sentence: str
    calculation: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """Numbers that a figure is made of: a table whose last line gives the figure.

    Attributes:
        headers: of the columns; all but the first are numbers.
        lines: cells of each line; `result`: those of the last.
    """

    caption: str
    headers: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    result: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A question of the decision rule, the comparison that answers it, and the answer.

    Attributes:
        reason: in words, where no comparison decides.
    """

    question: str
    comparison: str
    answer: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What one kind of indicator says of a figure."""

    counting: tuple[Step, ...] = ()
    table: Sum | None = None
    certainty: tuple[Step, ...] = ()
    security: tuple[Step, ...] = ()


def one_decimal(number: Limit) -> str:
    """Return a number with at most one decimal, halves away from zero."""
    return number_text(Fraction(round_half_up(Fraction(number), 1)))


def divide(part: int | Fraction, whole: int) -> str:
    """Return "47 ÷ 64 = 73.4 %"."""
    share = Fraction(part) / whole
    return f"{number_text(part)} ÷ {number_text(whole)} = {share_text(share, decimals=1)}"


def subtract(whole: int, *parts: int) -> str:
    """Return "70 − 6 = 64"; nothing is left out that is not zero."""
    taken = [part for part in parts if part]
    if not taken:
        return ""
    return f"{' '.join([number_text(whole), *(f'{MINUS} {number_text(part)}' for part in taken)])} = " + number_text(
        whole - sum(taken)
    )


def take_share(share: Fraction, whole: int) -> str:
    """Return "60 % × 64 = 38.4"."""
    return f"{share_text(share)} × {number_text(whole)} = {number_text(share * whole)}"
