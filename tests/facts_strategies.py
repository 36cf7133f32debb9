"""Random books and tallies that are valid, for properties that hold for all of them."""

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
from survey_app.evaluation import Facts

SCALE, TICKS = "scale", "ticks"
OPTIONS = ("yes", "no", "first_time")
DAYS = st.dates(date(2019, 1, 1), date(2024, 12, 31))
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cn", "Cs"]), max_size=12)
PARAGRAPHS = st.text(
    st.characters(exclude_categories=["Cc", "Cn", "Cs"], exclude_characters="".join(map(chr, [*range(32), 127])))
    | st.sampled_from("\n\t\r\"'\\#[]"),
    max_size=40,
)
CODES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=5)
COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 60))
SHARES = st.integers(0, 1000).map(lambda number: Fraction(number, 1000))


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
