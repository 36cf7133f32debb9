"""What belongs to a figure, as terms and words: period, uncertainty, response, tipping point, other ways to count."""

from collections.abc import Iterator
from fractions import Fraction

from flask_babel import gettext

from survey_app.evaluation.goals.goals import Parameters
from survey_app.evaluation.goals.indicators import Kind, PeriodKind
from survey_app.evaluation.measures.rows import IndicatorResult, OtherBase, Row
from survey_app.web.conditions import condition_text
from survey_app.web.figures import (
    figure_of,
    number_text,
    period_text,
    range_text,
    response_text,
    share_text,
    tipping_sentence,
)
from survey_app.web.goal_words import BASES, TRENDS, verdict_label

__all__ = ["list_context", "list_facts", "period_text", "response_text"]

Fact = tuple[str, str]


def list_facts(result: IndicatorResult, parameters: Parameters) -> list[Fact]:
    """Return what belongs to the headline of an indicator, in the order in which it is read."""
    row, kind = result.headline_row, result.indicator.kind
    pairs = [*_list_period(row), *_list_uncertainty(row, kind, parameters), *_list_response(row)]
    sentence = tipping_sentence(row)
    if sentence:
        pairs.append((gettext("Tipping point"), sentence))
    return [*pairs, *_list_other_ways(row, kind), *_list_history(result)]


def list_context(result: IndicatorResult) -> list[Fact]:
    """Return what stands beside an explanation: the period, other ways to count, what came before."""
    row = result.headline_row
    return [*_list_period(row), *_list_other_ways(row, result.indicator.kind), *_list_history(result)]


def _list_period(row: Row) -> Iterator[Fact]:
    text = period_text(row.period)
    if text:
        yield gettext("Survey") if row.period.kind is PeriodKind.SURVEY else gettext("Period"), text


def _list_uncertainty(row: Row, kind: Kind, parameters: Parameters) -> Iterator[Fact]:
    narrow = range_text(row.low, row.high, row, kind)
    if kind is not Kind.ANSWER_SHARE:
        if narrow:
            yield gettext("Possible, because records are missing or still to come"), narrow
        return
    if narrow:
        confidence = share_text(Fraction(str(parameters.confidence)))
        yield gettext("Uncertainty"), gettext("%(range)s (%(confidence)s range)", range=narrow, confidence=confidence)
    wide = range_text(row.low_s, row.high_s, row, kind)
    if wide and wide != narrow:
        yield gettext("Allowing for those who did not answer"), wide


def _list_response(row: Row) -> Iterator[Fact]:
    text = response_text(row)
    if text:
        yield gettext("Response"), text


def _list_other_ways(row: Row, kind: Kind) -> Iterator[Fact]:
    if row.other_base is not None and row.other_base.value is not None:
        yield gettext("Counted differently"), _other_base_text(row.other_base, row.other_base.value, row)
    pooled = (row.base_parts or {}).get("pooled")
    if kind is Kind.MEAN_RATIO and pooled is not None:
        yield gettext("Ratio of the totals"), share_text(pooled, target=row.target, comparison=row.comparison)
    if row.stages:
        stages = (f"{condition_text(stage.condition)}: {number_text(stage.count)}" for stage in row.stages)
        yield gettext("Step by step"), " · ".join(stages)


def _other_base_text(other: OtherBase, value: Fraction, row: Row) -> str:
    share = share_text(value, target=row.target, comparison=row.comparison)
    words = gettext(
        "%(share)s of %(base)s (%(count)s)", share=share, base=BASES[other.base], count=number_text(other.n)
    )
    return f"{words}: {verdict_label(other.verdict, running=row.period.running)}" if row.target is not None else words


def _list_history(result: IndicatorResult) -> Iterator[Fact]:
    if result.full_years:
        yield (
            gettext("Full years"),
            gettext(
                "reached in %(part)s of %(whole)s",
                part=number_text(result.full_years_reached or 0),
                whole=number_text(result.full_years),
            ),
        )
    overall = None if result.overall is None else figure_of(result.overall, result.indicator.kind)
    if overall is not None:
        yield gettext("Since the network began"), overall.main
    # Beside a withheld value a trend would seem to speak of the survey that is not shown.
    if result.trend is not None and result.headline_row.value is not None:
        yield gettext("Trend"), str(TRENDS[result.trend.label])
