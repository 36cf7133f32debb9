"""A share by one criterion: each group apart, what could be narrowed hidden, unanimous groups in words."""

from collections.abc import Mapping

from survey_app.domain.counting import ANSWERED_THIS_YEAR
from survey_app.domain.questionnaire import NO_ANSWER
from survey_app.domain.tally import AnswerCounts, TallyType
from survey_app.evaluation.facts.answers import ItemAnswers, ShareCounts, count_share
from survey_app.evaluation.facts.evidence import Evidence
from survey_app.evaluation.goals.indicators import AnswerShare, Pooling
from survey_app.evaluation.judging.assessment import Base
from survey_app.evaluation.measures.rows import Breakdown, Group
from survey_app.evaluation.protecting.group_audit import GroupCounts
from survey_app.evaluation.protecting.groups import GroupProtection, are_offered, protect_groups
from survey_app.evaluation.protecting.splits import Split, build_figure


def build_breakdowns(
    measure: AnswerShare, answers: ItemAnswers, total: ShareCounts, evidence: Evidence, *, base: Base
) -> tuple[Breakdown, ...]:
    """Return the share of one survey by every criterion its questionnaire allows, after suppression.

    Only for a single survey: groups of a pooled total beside those of its surveys could be subtracted. And an item is
    broken down by one split of its answers only, that of the first indicator: two would tell a third.
    """
    if measure.pooling is Pooling.FIRST_ANSWERS:
        return ()
    figures = evidence.figures.get(answers.item.code, ())
    splits = [figure for figure in figures if isinstance(figure, Split) and not figure.first_answers]
    if splits and build_figure(measure, base) != splits[0]:
        return ()
    told_first = any(figure.first_answers for figure in figures)
    breakdowns = []
    for criterion, classes in answers.item.by.items():
        # First answers beside their group would tell the other one, and so would a share of the groups themselves.
        if criterion not in evidence.figures and not (criterion == ANSWERED_THIS_YEAR and told_first):
            table = _Table(measure, answers, base, classes, criterion)
            if table.is_offered:
                breakdowns.append(_build_breakdown(table, total, evidence))
    return tuple(breakdowns)


class _Table:
    """The answers of one survey to one item, by the classes of one criterion."""

    def __init__(
        self,
        measure: AnswerShare,
        answers: ItemAnswers,
        base: Base,
        classes: Mapping[str, AnswerCounts],
        criterion: str,
    ) -> None:
        self.criterion = criterion
        self.base = base
        self.counts = {code: count_share(measure, answers.item, part) for code, part in classes.items()}
        key = answers.survey.items.get(criterion)
        self.sensitive = answers.item.sensitive or (key is not None and key.sensitive)
        rest = count_share(measure, answers.item, answers.item.total) - sum(self.counts.values(), ShareCounts())
        self.overlaps = rest.has_negative or (key is not None and key.type is TallyType.MANY)
        if rest.persons and not self.overlaps:
            # Who told no group is a group too, for its numbers follow from the others by subtraction.
            self.counts[NO_ANSWER] = self.counts.get(NO_ANSWER, ShareCounts()) + rest

    @property
    def is_offered(self) -> bool:
        """Tell whether the classes are few enough to be no names."""
        return are_offered(len(self.counts.keys() - {NO_ANSWER}), overlapping=self.overlaps)

    def count(self, code: str, counts: ShareCounts) -> GroupCounts:
        """Return a group as a line of a table."""
        size = counts.count_base(self.base)
        return GroupCounts(code, counts.affirming, size - counts.affirming, counts.persons - size)


def _build_breakdown(table: _Table, total: ShareCounts, evidence: Evidence) -> Breakdown:
    groups = tuple(table.count(code, part) for code, part in table.counts.items())
    protection = protect_groups(
        groups,
        minimum=evidence.minimum(sensitive=table.sensitive),
        overlapping=table.count("", total) if table.overlaps else None,
    )
    shown = [group for part in groups if (group := _build_group(part, protection)) is not None]
    hidden = [part for part in groups if part.code in protection.hidden]
    pooled = None
    if protection.pooled:
        pooled = Group("", sum(part.affirming for part in hidden), sum(part.base for part in hidden))
    return Breakdown(table.criterion, tuple(shown), protection.hidden, pooled)


def _build_group(group: GroupCounts, protection: GroupProtection) -> Group | None:
    if group.code in protection.shown:
        return Group(group.code, group.affirming, group.base)
    mask = protection.coarse.get(group.code)
    return None if mask is None else Group(group.code, None, group.base, mask)
