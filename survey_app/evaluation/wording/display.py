"""Numbers as a German reader expects them: exact rounding half up, decimal comma, no-break space.

Python's `round` and `format` round half to even, or from a binary float; here every digit comes from the exact
fraction.
"""

from dataclasses import dataclass
from fractions import Fraction

from survey_app.evaluation.judging.targets import is_reached
from survey_app.evaluation.statistics.inputs import Number, ensure_count, ensure_sample, read_share

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"

MOST_DECIMALS = 3
# Below 30 a percentage suggests more precision than there is; below 10 it is left out.
SHOW_COUNTS_BELOW = 30
SHOW_PERCENT_FROM = 10
_ONE_DECIMAL_BELOW = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class FormattedShare:
    """A share ready to be shown.

    Attributes:
        decimals: how many the percentage has.
        percent: the percentage with a decimal point and without sign, "59.6".
        text: the same for a German reader, "59,6 %".
        show_counts: whether "k von n" belongs beside it.
    """

    decimals: int
    percent: str
    text: str
    show_counts: bool


def format_share(
    successes: int, n: int, *, target: Number | None = None, small: int = SHOW_COUNTS_BELOW, comparison: str = ">="
) -> FormattedShare:
    """Return a share as a percentage that does not round across its target.

    Args:
        successes: affirming answers.
        n: answers.
        target: share that the rounded number must not cross; decimals are added until it does not, at most 3.
        small: below this n the counts are shown too.
        comparison: ">=" or "<=", which side of the target is the good one.

    Raises:
        TypeError: if a count is no int.
        ValueError: for impossible counts or a target outside 0…1.
    """
    successes, n = ensure_sample(successes, n)
    share = Fraction(successes, n)
    decimals = find_decimals(share, target=target, comparison=comparison)
    percent = round_half_up(share * 100, decimals)
    text = f"{_localise(percent)}{NO_BREAK_SPACE}%"
    return FormattedShare(decimals, percent, text, n < ensure_count(small, "small"))


def describe_share(successes: int, n: int, *, target: Number | None = None, comparison: str = ">=") -> str:
    """Return a share as it stands in tables: "67 %", below 30 "12 von 20 (60 %)", below 10 "7 von 9".

    Raises:
        TypeError: if a count is no int.
        ValueError: for impossible counts or a target outside 0…1.
    """
    share = format_share(successes, n, target=target, comparison=comparison)
    if not share.show_counts:
        return share.text
    counts = f"{successes} von {n}"
    return counts if n < SHOW_PERCENT_FROM else f"{counts} ({share.text})"


def format_percent(share: Number, *, target: Number | None = None, comparison: str = ">=", decimals: int = 0) -> str:
    """Return a share as "59,6 %" with at least `decimals`, and more where it would round across the target.

    Raises:
        ValueError: for a target outside 0…1 or an unknown comparison.
    """
    exact = Fraction(share)
    needed = find_decimals(exact, target=target, comparison=comparison, fewest=decimals)
    return f"{format_number(exact * 100, decimals=needed)}{NO_BREAK_SPACE}%"


def format_tipping_point(share: Number) -> str:
    """Return a tipping point as a percentage, below 10 % with one decimal."""
    return format_percent(share, decimals=1 if Fraction(share) < _ONE_DECIMAL_BELOW else 0)


def format_points(difference: Number, *, decimals: int = 0, signed: bool = False) -> str:
    """Return a difference of shares as "20 Prozentpunkte", with its sign if it is a change: "+7 Prozentpunkte"."""
    number = format_number(Fraction(difference) * 100, decimals=decimals)
    sign = "+" if signed and difference > 0 else ""
    unit = "Prozentpunkt" if number in ("1", f"{MINUS}1") else "Prozentpunkte"
    return f"{sign}{number}{NO_BREAK_SPACE}{unit}"


def format_number(number: Number, *, decimals: int | None = None) -> str:
    """Return a number with decimal comma and without thousands separators.

    Args:
        number: any finite number.
        decimals: how many; None for as many as it needs, at most 3.
    """
    if decimals is not None:
        return _localise(round_half_up(number, decimals))
    text = round_half_up(number, MOST_DECIMALS).rstrip("0").rstrip(".")
    return _localise("0" if text == "-0" else text)


def round_half_up(number: Number, decimals: int) -> str:
    """Return the number with a decimal point; halves go away from zero, and zero has no sign.

    Raises:
        ValueError: if decimals are negative or the number is not finite.
    """
    exact = _read_exactly(number)
    scale = 10 ** ensure_count(decimals, "decimals")
    units = int(abs(exact) * scale + Fraction(1, 2))
    sign = "-" if exact < 0 and units else ""
    whole, rest = divmod(units, scale)
    return f"{sign}{whole}.{rest:0{decimals}d}" if decimals else f"{sign}{whole}"


def find_decimals(share: Number, *, target: Number | None = None, comparison: str = ">=", fewest: int = 0) -> int:
    """Return how many decimals keep the rounded percentage on the share's side of the target.

    Raises:
        ValueError: for a target outside 0…1 or an unknown comparison.
    """
    if target is None:
        return fewest
    wanted = read_share(target, "target")
    exact = Fraction(share)
    reached = is_reached(exact, wanted, comparison)
    for decimals in range(fewest, MOST_DECIMALS):
        if is_reached(Fraction(round_half_up(exact * 100, decimals)) / 100, wanted, comparison) == reached:
            return decimals
    return max(fewest, MOST_DECIMALS)


def _read_exactly(number: Number) -> Fraction:
    try:
        return Fraction(number)
    except OverflowError:
        raise ValueError(f"a number to be shown must be finite, not {number}") from None


def _localise(number: str) -> str:
    return number.replace(".", ",").replace("-", MINUS)
