"""Explaining figures from the records: counts, shares of records, means of ratios."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from flask_babel import gettext, ngettext

from survey_app.evaluation import Averaging
from survey_app.evaluation.goals.indicators import Indicator, Kind, MeanRatio
from survey_app.evaluation.judging.targets import Comparison
from survey_app.evaluation.judging.verdict import Verdict
from survey_app.evaluation.measures.rows import Row
from survey_app.staff.steps import MINUS, Step, Sum, Told, divide
from survey_app.web.conditions import condition_text
from survey_app.web.figures import number_text, share_text
from survey_app.web.goal_words import FIELDS, SOURCES

# More ratios than this are read in the table rather than in one line.
_WRITTEN_OUT = 4


def explain_records(row: Row, indicator: Indicator) -> Told:
    """Return how a figure from records comes about; what is uncertain about it are gaps."""
    if indicator.kind is Kind.RECORD_COUNT:
        return Told(counting=tuple(_count(row)), certainty=tuple(_doubt_count(row)))
    parts = {name: int(count or 0) for name, count in (row.base_parts or {}).items() if name != "pooled"}
    if indicator.kind is Kind.RECORD_SHARE:
        return Told(
            counting=tuple(_count_share(parts)),
            certainty=tuple(_doubt_share(row, parts)),
            security=tuple(_secure_share(row, parts)),
        )
    return Told(
        counting=tuple(_count_ratio(row, parts, indicator)),
        table=_list_ratios(row, indicator),
        certainty=tuple(_doubt_ratio(row, parts, indicator)),
        security=tuple(_secure_ratio(row, parts, indicator)),
    )


def _count(row: Row) -> Iterator[Step]:
    for stage in row.stages or ():
        yield Step(f"{condition_text(stage.condition)}: {number_text(stage.count)}")
    count = int(row.value or 0)
    if row.stages and len(row.stages) > 1:
        yield Step(ngettext("%(num)s record fulfils all of this.", "%(num)s records fulfil all of this.", count))
    else:
        yield Step(ngettext("%(num)s record was counted.", "%(num)s records were counted.", count))
    if row.target is not None:
        gap = count - row.target
        sentence = gettext("The target is met exactly.")
        if gap > 0:
            sentence = gettext("That is %(count)s more than the target.", count=number_text(gap))
        elif gap < 0:
            sentence = gettext("That is %(count)s fewer than the target.", count=number_text(-gap))
        larger, smaller = max(count, row.target), min(count, row.target)
        yield Step(
            sentence, f"{number_text(larger)} {MINUS} {number_text(smaller)} = {number_text(abs(gap))}" if gap else ""
        )


def _doubt_count(row: Row) -> Iterator[Step]:
    yield Step(gettext("Records are counted, not estimated; what nobody has entered is missing."))
    if row.high is None:
        yield Step(gettext("The number can still grow."))


def _count_share(parts: dict[str, int]) -> Iterator[Step]:
    known = parts["true"] + parts["false"]
    yield Step(ngettext("%(num)s record is asked about.", "%(num)s records are asked about.", known + parts["unknown"]))
    if parts["unknown"]:
        yield Step(
            ngettext(
                "Of %(num)s of these nobody has recorded whether it fulfils the condition.",
                "Of %(num)s of these nobody has recorded whether they fulfil the condition.",
                parts["unknown"],
            ),
            f"{number_text(known + parts['unknown'])} {MINUS} {number_text(parts['unknown'])} = {number_text(known)}",
        )
    yield Step(
        ngettext("%(num)s fulfils the condition.", "%(num)s fulfil the condition.", parts["true"]),
        divide(parts["true"], known),
    )


def _doubt_share(row: Row, parts: dict[str, int]) -> Iterator[Step]:
    unknown, every = parts["unknown"], sum(parts.values())
    if not unknown:
        yield Step(gettext("Every record is documented, so nothing is uncertain."))
    else:
        yield Step(gettext("Worst case: none of the undocumented ones fulfils it."), divide(parts["true"], every))
        yield Step(
            gettext("Best case: all of the undocumented ones fulfil it."), divide(parts["true"] + unknown, every)
        )
    if row.period.running:
        yield Step(gettext("The period is not over yet; more can come."))


def _secure_share(row: Row, parts: dict[str, int]) -> Iterator[Step]:
    """Say how many gaps would have to be filled, and how."""
    if row.target is None or row.comparison is Comparison.AT_MOST or row.verdict is Verdict.REACHED_SECURE:
        return
    unknown = parts["unknown"]
    needed = ceil(row.target * sum(parts.values())) - parts["true"]
    if needed > unknown:
        if not row.period.running:
            yield Step(gettext("The undocumented ones can no longer make it secure."))
        return
    yield Step(
        ngettext(
            "It becomes secure when %(num)s of the undocumented ones is recorded as fulfilling it.",
            "It becomes secure when %(num)s of the undocumented ones are recorded as fulfilling it.",
            max(needed, 0),
        )
        if needed > 0
        else gettext("It becomes secure when the period is over.")
    )


def _is_pooled(indicator: Indicator) -> bool:
    return isinstance(indicator.measure, MeanRatio) and indicator.measure.averaging is Averaging.POOLED


def _count_ratio(row: Row, parts: dict[str, int], indicator: Indicator) -> Iterator[Step]:
    yield Step(
        ngettext("%(num)s record has both numbers.", "%(num)s records have both numbers.", parts.get("known", 0))
    )
    if parts.get("unknown"):
        yield Step(ngettext("%(num)s record lacks one of them.", "%(num)s records lack one of them.", parts["unknown"]))
    if _is_pooled(indicator):
        yield Step(gettext("The sum of the parts is divided by the sum of the wholes."))
    else:
        sentence = gettext("Each record has a ratio of its own; the mean of these ratios is the figure.")
        yield Step(sentence, _write_mean(row) if len(row.terms) <= _WRITTEN_OUT else "")


def _write_mean(row: Row) -> str:
    ratios = " + ".join(share_text(term.first / term.second, decimals=1) for term in row.terms)
    mean = share_text(row.value or 0, target=row.target, comparison=row.comparison, decimals=1)
    return f"({ratios}) ÷ {number_text(len(row.terms))} = {mean}"


def _list_ratios(row: Row, indicator: Indicator) -> Sum | None:
    if not row.terms:
        return None
    lines = tuple(
        (term.name, number_text(term.first), number_text(term.second), share_text(term.first / term.second, decimals=1))
        for term in row.terms
    )
    part, whole = sum((term.first for term in row.terms), Fraction(0)), sum(term.second for term in row.terms)
    value = share_text(row.value or 0, target=row.target, comparison=row.comparison, decimals=1)
    result = (
        (gettext("Total"), number_text(part), number_text(whole), value)
        if _is_pooled(indicator)
        else (gettext("Mean"), "", "", value)
    )
    return Sum(gettext("The numbers behind it"), _name_columns(indicator), lines, result)


def _name_columns(indicator: Indicator) -> tuple[str, ...]:
    measure = indicator.measure
    if not isinstance(measure, MeanRatio):
        raise TypeError(f"indicator {indicator.id!r} has no ratio")
    fields = (str(FIELDS.get(name, name)) for name in (measure.numerator, measure.denominator))
    return (str(SOURCES[measure.source]), *fields, gettext("Ratio"))


def _doubt_ratio(row: Row, parts: dict[str, int], indicator: Indicator) -> Iterator[Step]:
    known, unknown = parts.get("known", 0), parts.get("unknown", 0)
    if not unknown:
        yield Step(gettext("Every record is documented, so nothing is uncertain."))
    elif not _is_pooled(indicator):
        total, every = (row.value or Fraction(0)) * known, known + unknown
        low, high = share_text(total / every, decimals=1), share_text((total + unknown) / every, decimals=1)
        yield Step(gettext("Worst case: the missing ratios are all %(share)s.", share=share_text(0)), low)
        yield Step(gettext("Best case: the missing ratios are all %(share)s.", share=share_text(1)), high)
    if row.period.running:
        yield Step(gettext("The period is not over yet; more can come."))


def _secure_ratio(row: Row, parts: dict[str, int], indicator: Indicator) -> Iterator[Step]:
    known, unknown = parts.get("known", 0), parts.get("unknown", 0)
    if row.target is None or not unknown or row.comparison is Comparison.AT_MOST or _is_pooled(indicator):
        return
    total = (row.value or Fraction(0)) * known
    needed = (row.target * (known + unknown) - total) / unknown
    if 0 < needed <= 1:
        yield Step(
            gettext(
                "The target is reached if the missing ratios have a mean of at least %(share)s.",
                share=share_text(needed, decimals=1),
            ),
            f"({share_text(row.target)} × {number_text(known + unknown)} {MINUS} {share_text(total, decimals=1)}) ÷ "
            f"{number_text(unknown)} = {share_text(needed, decimals=1)}",
        )
