"""Random goal systems that are valid, for properties that hold for all of them."""

from datetime import date
from fractions import Fraction

from facts_strategies import CODES, DAYS, PARAGRAPHS, SHARES, WORDS, optional
from hypothesis import strategies as st
from survey_building import SCALE, TICKS

from survey_app.evaluation import (
    Averaging,
    Base,
    Comparison,
    Goal,
    GoalState,
    GoalSystem,
    Indicator,
    Kind,
    Level,
    Parameters,
    PeriodKind,
    Wording,
    parse_conditions,
)
from survey_app.evaluation.goals.indicator_format import PERIODS
from survey_app.evaluation.goals.indicators import (
    HELD,
    Against,
    AnswerMean,
    AnswerShare,
    DatedTarget,
    ManualValue,
    MeanRatio,
    Pooling,
    Population,
    RecordCount,
    RecordShare,
    ShareChange,
)
from survey_app.evaluation.goals.sources import Source

CONDITIONS = {
    Source.MEETINGS: (
        [["format", "=", "network_meeting"], ["status", "=", "held"]],
        [["good_practice", "=", True]],
        [["topics", "any", [["origin", "=", "members"], ["rating", "in", ["important", "urgent"]]]]],
        [["actor_groups_count", ">=", 2], ["date", "<=", date(2023, 6, 30)]],
        [],
    ),
    Source.PARTNERS: (
        [["won_on", "present", True], ["informed_on", "present", True]],
        [["inside", "!=", True]],
        [["identified_on", ">=", date(2022, 1, 1)]],
        [],
    ),
    Source.NEEDS: (
        [["status", "in", ["offer_created", "declined_with_reason"]]],
        [["offer", "present", True], ["decided_on", "<=", date(2023, 12, 31)]],
        [],
    ),
    Source.OFFERS: ([["participants", "present", True]], [["places", ">=", 10]], [["field", "present", False]], []),
}
DATES = {
    Source.MEETINGS: ("date",),
    Source.PARTNERS: ("identified_on", "informed_on", "won_on"),
    Source.NEEDS: ("recognised_on", "decided_on"),
    Source.OFFERS: ("started_on",),
}
DISTINCT = {
    Source.PARTNERS: ("name", "actor_group", "fields"),
    Source.OFFERS: ("languages", "field"),
    Source.NEEDS: ("field", "status"),
    Source.MEETINGS: ("actor_groups", "host"),
}
NUMBERS = {Source.MEETINGS: ("attended_invited", "invited"), Source.OFFERS: ("participants", "places")}


POOLINGS = (Pooling.ALL, *Pooling)


@st.composite
def measures(draw: st.DrawFn, kind: Kind) -> object:  # noqa: PLR0911 – one return per kind
    source = draw(st.sampled_from(list(Source)))
    universe = parse_conditions(draw(st.sampled_from(CONDITIONS[Source.MEETINGS])))
    if kind is Kind.ANSWER_SHARE:
        item = draw(st.sampled_from([SCALE, TICKS]))
        affirming = draw(st.sampled_from([("yes",), ("yes", "no")])) if item == SCALE else ("yes",)
        return AnswerShare(
            item,
            affirming,
            draw(st.sampled_from([(), ("first_time",)])) if item == SCALE else (),
            draw(optional(st.sampled_from(list(Base)))),
            draw(st.sampled_from(POOLINGS)),
            draw(st.sampled_from(list(Population))),
            draw(st.sampled_from([HELD, universe])),
        )
    if kind is Kind.ANSWER_MEAN:
        values = {"yes": Fraction(draw(st.integers(-3, 3))), "no": Fraction(draw(st.integers(-30, 30)), 10)}
        return AnswerMean(SCALE, values, draw(st.sampled_from(POOLINGS)), draw(st.sampled_from([HELD, universe])))
    where = parse_conditions(draw(st.sampled_from(CONDITIONS[source])))
    if kind is Kind.RECORD_COUNT:
        distinct = draw(optional(st.sampled_from(DISTINCT[source])))
        return RecordCount(source, where, distinct, draw(optional(st.sampled_from(DATES[source]))))
    if kind is Kind.RECORD_SHARE:
        asked = parse_conditions(draw(st.sampled_from(CONDITIONS[source])))
        dated_by = draw(optional(st.sampled_from(DATES[source])))
        return RecordShare(source, where, asked, draw(st.integers(1, 3)), dated_by)
    if kind is Kind.MEAN_RATIO:
        source = draw(st.sampled_from(list(NUMBERS)))
        asked = parse_conditions(draw(st.sampled_from(CONDITIONS[source])))
        return MeanRatio(source, *NUMBERS[source], asked, draw(st.sampled_from(list(Averaging))))
    if kind is Kind.SHARE_CHANGE:
        return ShareChange("I0", draw(st.sampled_from(list(Against)) | DAYS))
    value = draw(SHARES)
    return ManualValue(
        value, draw(DAYS), draw(PARAGRAPHS), draw(st.sampled_from([None, value - 1])), draw(optional(st.just(value)))
    )


@st.composite
def indicators(draw: st.DrawFn, number: int, kind: Kind) -> Indicator:
    period = draw(st.sampled_from(PERIODS[kind]))
    days = sorted(draw(st.tuples(DAYS, DAYS)))
    is_span = period is PeriodKind.SPAN
    counts_on = kind is Kind.RECORD_COUNT and period is PeriodKind.SINCE_START
    target_days = draw(st.lists(DAYS, max_size=2, unique=True))
    return Indicator(
        id=f"I{number}",
        text=draw(PARAGRAPHS),
        measure=draw(measures(kind)),
        goals=("top",),
        period=period,
        goals_reading=draw(st.sampled_from([(), ("low",)])),
        target=draw(optional(SHARES)),
        comparison=draw(st.sampled_from(list(Comparison))),
        targets=tuple(DatedTarget(day, draw(SHARES)) for day in target_days),
        statement=draw(optional(WORDS)),
        step=draw(optional(st.integers(1, 7))),
        unit=draw(optional(WORDS)),
        starts_on=draw(optional(DAYS)),
        deadline=draw(optional(DAYS)) if counts_on else None,
        span_from=days[0] if is_span else None,
        span_until=days[1] if is_span else None,
        text_en=draw(optional(PARAGRAPHS)),
        reading=draw(optional(PARAGRAPHS)),
        valid_from=draw(st.sampled_from([None, None, date(2020, 1, 1)])),
        valid_until=draw(st.sampled_from([None, None, date(2024, 6, 30)])),
    )


@st.composite
def goal_systems(draw: st.DrawFn) -> GoalSystem:
    wordings = draw(st.sampled_from([(), (Wording("A", "alt", current=False), Wording("B", "neu", current=True))]))
    deferred = draw(st.booleans())
    # The first one is the share that changes are measured of.
    some = st.lists(st.sampled_from(list(Kind)), max_size=4)
    kinds = [Kind.ANSWER_SHARE, *(draw(st.just(list(Kind)) | some))]
    goals = (
        Goal("top", Level.VISION, draw(PARAGRAPHS), heading=draw(optional(PARAGRAPHS))),
        Goal(
            "low",
            draw(st.sampled_from([Level.INTERMEDIATE, Level.SPECIFIC])),
            draw(PARAGRAPHS),
            parent="top",
            wording=draw(st.sampled_from([wording.id for wording in wordings])) if wordings else None,
            state=GoalState.DEFERRED if deferred else GoalState.ACTIVE,
            state_reason="später" if deferred else None,
            review_on=draw(optional(DAYS)),
        ),
    )
    return GoalSystem(
        id=draw(CODES),
        title=draw(PARAGRAPHS),
        version=draw(CODES),
        starts_on=draw(DAYS),
        goals=goals,
        indicators=tuple(draw(indicators(number, kind)) for number, kind in enumerate(kinds)),
        wordings=wordings,
        parameters=Parameters(
            confidence=draw(st.sampled_from([0.95, 0.9, 0.99])),
            min_base=draw(st.integers(1, 20)),
            min_group=draw(st.sampled_from([5, 5, 6, 8, 12])),
            min_group_public=draw(st.sampled_from([10, 10, 15])),
            min_group_sensitive=draw(st.sampled_from([20, 20, 30])),
            nonresponse_allowance=draw(SHARES),
            base=draw(st.sampled_from(list(Base))),
        ),
        source=draw(optional(PARAGRAPHS)),
        remark=draw(optional(PARAGRAPHS)),
    )
