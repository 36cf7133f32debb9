"""Which surveys a total may contain, so that nobody can subtract one that is hidden by itself.

Totals overlap: a year, all years, the same year seen from an earlier day. So hidden surveys enter all of them in the
same way, or none: those of one calendar year together, and only once the year is complete.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from survey_app.evaluation.disclosure import SMALLEST_CELL


@dataclass(frozen=True, slots=True)
class SurveyCounts:
    """What one survey would add to a total.

    Attributes:
        base: persons; `affirming`: those of them who affirm, None for means.
        minimum: smallest base that may be shown.
        is_hidden: whether the survey is not shown by itself.
        may_be_added: whether it may be told together with others that are hidden.
    """

    survey: str
    year: int
    base: int
    affirming: int | None
    minimum: int
    is_hidden: bool
    may_be_added: bool = True


def select_for_total(
    wanted: Collection[str], everything: Iterable[SurveyCounts], open_years: Collection[int]
) -> frozenset[str]:
    """Return the ids of the surveys that a total contains.

    Args:
        wanted: ids of those that the total is about.
        everything: all surveys with the item, for what is hidden in a year is added as a whole.
        open_years: years that may still get further answers.
    """
    hidden_ones = [entry for entry in everything if entry.is_hidden]
    kept = set(wanted) - {entry.survey for entry in hidden_ones}
    by_year: dict[int, list[SurveyCounts]] = {}
    for entry in hidden_ones:
        if entry.may_be_added and entry.base:
            by_year.setdefault(entry.year, []).append(entry)
    for year, hidden in by_year.items():
        together = {entry.survey for entry in hidden}
        if year not in open_years and together <= set(wanted) and is_safe_together(hidden):
            kept |= together
    return frozenset(kept)


def is_safe_together(hidden: Sequence[SurveyCounts]) -> bool:
    """Tell whether the sum of hidden surveys may be known, also to somebody who knows one of the answers."""
    base = sum(entry.base for entry in hidden)
    if len(hidden) < 2 or base < max(entry.minimum for entry in hidden):
        return False
    parts = [entry.affirming for entry in hidden if entry.affirming is not None]
    affirming = sum(parts)
    if not parts:
        return True
    if min(affirming, base - affirming) < SMALLEST_CELL:
        return False
    return all(_is_open(entry.base, base=base, affirming=affirming) for entry in hidden)


def _is_open(size: int, *, base: int, affirming: int) -> bool:
    """Tell whether more than one number stays possible for a survey of known size, when one answer is known."""
    return min(size, affirming) - max(0, affirming - (base - size)) >= 2
