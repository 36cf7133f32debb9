"""Random goal systems, books and tallies that are valid, for properties that hold for all of them."""

from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from survey_app.domain.book import (
    Book,
    Meeting,
    MeetingFormat,
    MeetingStatus,
    Need,
    NeedStatus,
    Offer,
    Partner,
    Topic,
    TopicOrigin,
    TopicRating,
)
from survey_app.domain.tally import AnswerCounts, ItemTally, Tally, TallyType
from survey_app.evaluation import (
    Averaging,
    Base,
    Comparison,
    Facts,
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
from survey_app.evaluation.indicator_format import PERIODS
from survey_app.evaluation.indicators import (
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
from survey_app.evaluation.sources import Source

SCALE, TICKS = "scale", "ticks"
OPTIONS = ("yes", "no", "first_time")
DAYS = st.dates(date(2019, 1, 1), date(2024, 12, 31))
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12)
PARAGRAPHS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="".join(map(chr, [*range(32), 127])))
    | st.sampled_from("\n\t\r\"'\\#[]"),
    max_size=40,
)
CODES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=5)
COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 60))
SHARES = st.integers(0, 1000).map(lambda number: Fraction(number, 1000))
CONDITIONS = {
    Source.MEETINGS: (
        [["format", "=", "network_meeting"], ["status", "=", "held"]],
        [["good_practice", "=", True]],
        [["topics", "any", [["origin", "=", "members"], ["rating", "in", ["important", "urgent"]]]]],
        [["actor_groups_count", ">=", 2], ["date", "<=", date(2023, 6, 30)]],
        [],
    ),
    Source.PARTNERS: ([["won_on", "present", True], ["informed_on", "present", True]], [["inside", "!=", True]], []),
    Source.NEEDS: ([["status", "in", ["offer_created", "declined_with_reason"]]], []),
    Source.OFFERS: ([["participants", "present", True]], [["places", ">=", 10]], []),
}
NUMBERS = {Source.MEETINGS: ("attended_invited", "invited"), Source.OFFERS: ("participants", "places")}


def optional(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


@st.composite
def answer_counts(draw: st.DrawFn, kind: TallyType) -> AnswerCounts:
    choices = {code: draw(COUNTS) for code in OPTIONS}
    answered = None
    if kind is TallyType.MANY:
        answered = draw(st.integers(max(choices.values()), sum(choices.values())))
    return AnswerCounts(choices, draw(COUNTS), draw(st.integers(0, 5)), draw(st.integers(0, 5)), answered)


def split(draw: st.DrawFn, counts: AnswerCounts) -> AnswerCounts:
    """Return a part of the counts that may exist."""
    choices = {code: draw(st.integers(0, count)) for code, count in counts.choices.items()}
    answered = None
    if counts.answered is not None:
        answered = draw(st.integers(max(choices.values()), min(sum(choices.values()), counts.answered)))
    missing = [draw(st.integers(0, part)) for part in (counts.no_answer, counts.not_applicable, counts.not_shown)]
    return AnswerCounts(choices, *missing, answered)


@st.composite
def item_tallies(draw: st.DrawFn, code: str, kind: TallyType) -> ItemTally:
    total = draw(answer_counts(kind))
    version = draw(st.integers(1, 3))
    groups = {name: split(draw, total) for name in draw(st.sets(st.sampled_from("abc"), max_size=3))}
    return ItemTally(
        code,
        version,
        kind,
        total,
        sensitive=draw(st.booleans()) and draw(st.booleans()),
        equivalent_to=draw(st.sampled_from([(), (1,), (version - 1 or 1,)])),
        by={"group": groups} if groups else {},
        first_answers=split(draw, total) if draw(st.booleans()) else None,
    )


@st.composite
def tallies(draw: st.DrawFn, number: int, meetings: tuple[Meeting, ...] | None) -> Tally:
    kinds = {SCALE: TallyType.ONE, TICKS: TallyType.MANY}
    items = [draw(item_tallies(code, kind)) for code, kind in kinds.items()]
    persons = max(item.total.persons for item in items)
    # Everybody counted somewhere: who is missing from an item left it blank.
    completed = tuple(pad(item, persons) for item in items)
    kept = draw(st.sampled_from([completed, completed[:1], completed[1:]]))
    return Tally(
        id=f"S{number}",
        date=draw(DAYS),
        state=draw(st.sampled_from(["sealed", "sealed", "sealed", "erased", "closed", "open"])),
        questionnaire=draw(optional(WORDS)),
        version=draw(optional(st.integers(1, 9))),
        completed=persons,
        partial=0,
        items=kept,
        meeting=draw(optional(st.sampled_from([meeting.id for meeting in meetings]))) if meetings else None,
        attended=draw(optional(st.integers(0, 400))),
    )


def pad(item: ItemTally, persons: int) -> ItemTally:
    total = item.total
    padded = AnswerCounts(
        total.choices,
        total.no_answer + persons - total.persons,
        total.not_applicable,
        total.not_shown,
        total.answered,
    )
    return ItemTally(
        item.code, item.version, item.type, padded, item.sensitive, item.equivalent_to, item.by, item.first_answers
    )


@st.composite
def meetings(draw: st.DrawFn, number: int) -> Meeting:
    topics = st.builds(
        Topic,
        title=optional(WORDS),
        origin=optional(st.sampled_from(list(TopicOrigin))),
        rating=optional(st.sampled_from(list(TopicRating))),
        field=optional(CODES),
    )
    came = draw(optional(st.integers(0, 200)))
    return Meeting(
        id=f"M{number}",
        date=draw(optional(DAYS)),
        format=draw(optional(st.sampled_from(list(MeetingFormat)[:2]))),
        status=draw(optional(st.sampled_from(list(MeetingStatus)))),
        title=draw(optional(WORDS)),
        series_number=draw(optional(st.integers(0, 9))),
        invited=draw(optional(st.integers(0, 300))),
        attended_invited=came,
        attended_total=draw(optional(st.integers(came or 0, 400))),
        good_practice=draw(optional(st.booleans())),
        topics=draw(optional(st.lists(topics, max_size=2).map(tuple))),
        actor_groups=draw(optional(st.lists(CODES, max_size=3, unique=True).map(tuple))),
    )


@st.composite
def books(draw: st.DrawFn) -> Book:
    held = draw(optional(st.integers(0, 4)))
    partners = st.builds(
        Partner,
        name=optional(WORDS),
        actor_group=optional(CODES),
        inside=optional(st.booleans()),
        identified_on=optional(DAYS),
        informed_on=optional(DAYS),
        won_on=optional(DAYS),
    )
    needs = st.builds(
        Need, title=optional(WORDS), recognised_on=optional(DAYS), status=optional(st.sampled_from(list(NeedStatus)))
    )
    offers = st.builds(
        Offer,
        title=optional(WORDS),
        started_on=optional(DAYS),
        field=optional(CODES),
        places=optional(st.integers(0, 30)),
        participants=optional(st.integers(0, 30)),
    )
    return Book(
        starts_on=draw(optional(DAYS)),
        meetings=None if held is None else tuple(draw(meetings(number)) for number in range(held)),
        partners=draw(optional(st.lists(partners, max_size=4).map(tuple))),
        needs=draw(optional(st.lists(needs, max_size=3).map(tuple))),
        offers=draw(optional(st.lists(offers, max_size=3).map(tuple))),
    )


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    book = draw(books())
    surveys = tuple(draw(tallies(number, book.meetings)) for number in range(draw(st.integers(0, 4))))
    return Facts(book, surveys, draw(DAYS), draw(optional(WORDS)), draw(optional(PARAGRAPHS)))


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
            draw(st.sampled_from(list(Pooling))),
            draw(st.sampled_from(list(Population))),
            draw(st.sampled_from([HELD, universe])),
        )
    if kind is Kind.ANSWER_MEAN:
        values = {"yes": Fraction(draw(st.integers(-3, 3))), "no": Fraction(draw(st.integers(-30, 30)), 10)}
        return AnswerMean(SCALE, values, draw(st.sampled_from(list(Pooling))), universe)
    where = parse_conditions(draw(st.sampled_from(CONDITIONS[source])))
    if kind is Kind.RECORD_COUNT:
        distinct = {Source.PARTNERS: "name", Source.OFFERS: "languages", Source.MEETINGS: "actor_groups"}
        return RecordCount(source, where, draw(optional(st.just(distinct.get(source)))))
    if kind is Kind.RECORD_SHARE:
        asked = parse_conditions(draw(st.sampled_from(CONDITIONS[source])))
        return RecordShare(source, where, asked, draw(st.integers(1, 3)))
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
def indicators(draw: st.DrawFn, number: int) -> Indicator:
    # The first one is the share that changes are measured of.
    kind = Kind.ANSWER_SHARE if number == 0 else draw(st.sampled_from(list(Kind)))
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
        valid_from=draw(st.sampled_from([None, None, date(2020, 1, 1)])),
    )


@st.composite
def goal_systems(draw: st.DrawFn) -> GoalSystem:
    wordings = draw(st.sampled_from([(), (Wording("A", "alt", current=False), Wording("B", "neu", current=True))]))
    deferred = draw(st.booleans())
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
        indicators=tuple(draw(indicators(number)) for number in range(draw(st.integers(1, 5)))),
        wordings=wordings,
        parameters=Parameters(
            confidence=draw(st.sampled_from([0.95, 0.9, 0.99])),
            min_base=draw(st.integers(1, 20)),
            min_group=draw(st.integers(5, 12)),
            nonresponse_allowance=draw(SHARES),
            base=draw(st.sampled_from(list(Base))),
        ),
        source=draw(optional(PARAGRAPHS)),
        remark=draw(optional(PARAGRAPHS)),
    )
