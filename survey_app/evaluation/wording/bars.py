"""The picture of one figure: a scale, the target as a line, the value as a dot, its uncertainty as a bracket.

Positions are percentages of the width, so the drawing fits every screen without being distorted; a page written
from right to left gets them mirrored. What the report withholds has no picture.
"""

from dataclasses import dataclass
from fractions import Fraction

from survey_app.evaluation.goals.indicators import Kind
from survey_app.evaluation.measures.rows import Row
from survey_app.evaluation.statistics.inputs import Limit
from survey_app.evaluation.wording.display import SHOW_PERCENT_FROM

SHARES = frozenset({Kind.ANSWER_SHARE, Kind.RECORD_SHARE, Kind.MEAN_RATIO})
_WHOLE = Fraction(1)
# Beyond the larger of value and target, so that neither sticks to the edge.
_HEADROOM = Fraction(5, 4)
_EDGE = 15


@dataclass(frozen=True, slots=True)
class Span:
    """Where a bracket begins and ends, as numbers of per cent from the left."""

    left: str
    right: str
    width: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Positions of everything that is drawn, as numbers of per cent from the left.

    Attributes:
        start: where the scale begins: left, or right in pages written from right to left.
        end: where it ends.
        target_anchor: how the label stands to the line of the target, so that it stays inside the drawing.
        is_share: whether the scale runs from 0 to 100 %.
        wide: the uncertainty with allowance for those who did not answer.
    """

    start: str
    end: str
    dot: str
    target: str | None
    target_anchor: str
    interval: Span | None
    wide: Span | None
    is_share: bool


def build_bar(row: Row, kind: Kind, *, direction: str = "ltr") -> Bar | None:
    """Return the picture of a figure, or None where a picture would say more than the figure.

    Args:
        direction: of the page, "ltr" or "rtl".
    """
    scale = _find_scale(row, kind)
    if row.value is None or scale is None:
        return None
    place = _Ruler(scale, mirrored=direction == "rtl")
    return Bar(
        start=place.at(Fraction(0)),
        end=place.at(scale),
        dot=place.at(row.value),
        target=None if row.target is None else place.at(row.target),
        target_anchor="middle" if row.target is None else _find_anchor(row.target / scale),
        interval=place.span(row.low, row.high),
        wide=place.span(row.low_s, row.high_s) if (row.low_s, row.high_s) != (row.low, row.high) else None,
        is_share=kind in SHARES,
    )


def _find_scale(row: Row, kind: Kind) -> Fraction | None:
    """The value at the far end of the scale; None where there is no such thing."""
    if kind is Kind.RECORD_COUNT:
        largest = max(row.value or Fraction(0), row.target or Fraction(0))
        return largest * _HEADROOM or None
    if kind not in SHARES:
        return None
    # Below ten a share is written as "7 of 9": a bar would turn it into a percentage again.
    has_few = kind is not Kind.MEAN_RATIO and row.base is not None and row.base < SHOW_PERCENT_FROM
    return None if has_few else _WHOLE


def _find_anchor(share: Fraction) -> str:
    percent = share * 100
    if percent < _EDGE:
        return "start"
    return "end" if percent > 100 - _EDGE else "middle"


@dataclass(frozen=True, slots=True)
class _Ruler:
    scale: Fraction
    mirrored: bool

    def at(self, value: Limit) -> str:
        percent = float(Fraction(value) / self.scale * 100)
        bounded = min(max(percent, 0.0), 100.0)
        return f"{100 - bounded if self.mirrored else bounded:.2f}"

    def span(self, low: Limit | None, high: Limit | None) -> Span | None:
        if low is None or high is None or low == high:
            return None
        left, right = sorted((float(self.at(low)), float(self.at(high))))
        return Span(f"{left:.2f}", f"{right:.2f}", f"{right - left:.2f}")
