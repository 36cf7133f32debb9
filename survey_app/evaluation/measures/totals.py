"""Which surveys a total over a period may contain: the same for every figure of an item, or subtracting would tell."""

from collections.abc import Sequence
from functools import cached_property

from survey_app.domain.tally import ItemTally
from survey_app.evaluation.disclosure import mask_extreme_share
from survey_app.evaluation.facts.answers import ItemAnswers
from survey_app.evaluation.facts.evidence import Evidence, Survey
from survey_app.evaluation.goals.goals import Tier
from survey_app.evaluation.protecting.splits import Figure, Split, count_figure, find_conflicting
from survey_app.evaluation.protecting.survey_totals import SurveyCounts, select_for_total


class Totals:
    """What every total of one figure heeds: all surveys with the item, measured once for all periods.

    Args:
        figure: what is published of the item.
        code: of the item.
    """

    def __init__(self, figure: Figure, code: str, evidence: Evidence) -> None:
        self._figure = figure
        self._items = [(survey, survey.items[code]) for survey in evidence.surveys if code in survey.items]
        self._evidence = evidence

    def choose(self, answers: Sequence[ItemAnswers]) -> list[ItemAnswers]:
        """Return the surveys of a period in one wording that its total contains."""
        own, closed = self._measured
        kept = select_for_total({entry.survey.id for entry in answers}, own, closed)
        return [entry for entry in answers if entry.survey.id in kept]

    @cached_property
    def _measured(self) -> tuple[Sequence[SurveyCounts], frozenset[int]]:
        """Return all surveys, and the years whose hidden ones are not added up."""
        evidence = self._evidence
        own = [_measure_survey(self._figure, survey, item, evidence, evidence.tier) for survey, item in self._items]
        return own, evidence.open_years | _find_years_told_inside(self._figure, self._items, own, evidence)


def _find_years_told_inside(
    figure: Figure, items: Sequence[tuple[Survey, ItemTally]], own: Sequence[SurveyCounts], evidence: Evidence
) -> frozenset[int]:
    """Return the years whose hidden surveys the public may not get as a sum, because coordinators read it too.

    They see some of these surveys by themselves; the rest of the sum would be what their own totals leave out.
    """
    if evidence.tier is Tier.INTERNAL:
        return frozenset()
    inside = [_measure_survey(figure, survey, item, evidence, Tier.INTERNAL) for survey, item in items]
    kept = select_for_total({entry.survey for entry in inside}, inside, evidence.open_years)
    return frozenset(
        entry.year
        for entry, ours in zip(inside, own, strict=True)
        if entry.is_hidden and entry.base and (entry.survey in kept) is not ours.may_be_added
    )


def _measure_survey(figure: Figure, survey: Survey, item: ItemTally, evidence: Evidence, tier: Tier) -> SurveyCounts:
    figures = evidence.figures.get(item.code, (figure,))
    minimum = evidence.parameters.minimum(tier, sensitive=item.sensitive)
    counts = count_figure(figure, item)
    rivals = {figure, *(other for other in figures if other.first_answers == figure.first_answers)}
    conflicting = find_conflicting(figures, item, minimum)
    return SurveyCounts(
        survey.id,
        survey.date.year,
        base=counts.base,
        affirming=counts.affirming,
        minimum=minimum,
        # Whatever one figure hides, all leave out of their totals alike.
        is_hidden=figure in conflicting or any(is_hidden(other, item, minimum) for other in rivals),
        may_be_added=not rivals & conflicting,
    )


def is_hidden(figure: Figure, item: ItemTally, minimum: int) -> bool:
    """Tell whether a figure of one survey is not told in numbers: too few valid answers, or nearly all alike."""
    counts = count_figure(figure, item)
    if not counts.base:
        return False
    if counts.valid < minimum:
        return True
    return (
        item.sensitive
        and isinstance(figure, Split)
        and mask_extreme_share(counts.affirming or 0, counts.base) is not None
    )
