"""Random books and tallies that are valid, for properties that hold for all of them."""

from collections.abc import Sequence
from dataclasses import replace
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
    Quotation,
    Topic,
    TopicOrigin,
    TopicRating,
)
from survey_app.domain.counting import ANSWERED_THIS_YEAR
from survey_app.domain.questionnaire import NO_ANSWER
from survey_app.domain.tally import AnswerCounts, ItemTally, Tally, TallyType
from survey_app.evaluation import Facts

SCALE, TICKS, KEY, REMARKS = "scale", "ticks", "group", "remarks"
OPTIONS = ("yes", "no", "first_time")
NEW_OPTION = "rather"
"""Newer versions of an item have one option more; the measures name none of it."""
BUSY_YEAR = st.dates(date(2023, 1, 1), date(2023, 12, 31))
DAYS = st.dates(date(2019, 1, 1), date(2024, 12, 31)) | BUSY_YEAR
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
def answer_counts(draw: st.DrawFn, kind: TallyType, options: tuple[str, ...] = OPTIONS) -> AnswerCounts:
    choices = {code: draw(COUNTS) for code in options}
    answered = None
    if kind is TallyType.MANY:
        answered = draw(st.integers(max(choices.values()), sum(choices.values())))
    missing = st.sampled_from([0, 0, 1, 3, 12])
    return AnswerCounts(choices, draw(missing), draw(missing), draw(missing), answered)


def take_part(draw: st.DrawFn, counts: AnswerCounts) -> AnswerCounts:
    """Return a part of the counts that may exist."""
    choices = {code: draw(st.integers(0, count)) for code, count in counts.choices.items()}
    answered = None
    if counts.answered is not None:
        answered = draw(st.integers(max(choices.values()), min(sum(choices.values()), counts.answered)))
    missing = [draw(st.integers(0, part)) for part in (counts.no_answer, counts.not_applicable, counts.not_shown)]
    return AnswerCounts(choices, *missing, answered)


def add_up(parts: Sequence[AnswerCounts]) -> AnswerCounts:
    """Return the counts of everybody, of whom each is in exactly one part."""
    answered = [part.answered for part in parts if part.answered is not None]
    return AnswerCounts(
        {code: sum(part.choices[code] for part in parts) for code in parts[0].choices},
        sum(part.no_answer for part in parts),
        sum(part.not_applicable for part in parts),
        sum(part.not_shown for part in parts),
        sum(answered) if answered else None,
    )


def pad(counts: AnswerCounts, persons: int) -> AnswerCounts:
    """Return the counts of so many people: who is missing left the item blank."""
    return replace(counts, no_answer=counts.no_answer + persons - counts.persons)


@st.composite
def tallies(draw: st.DrawFn, number: int, meetings: tuple[Meeting, ...] | None) -> Tally:
    """Draw the people of each group, so that what is counted of everybody is the sum over the groups."""
    version = draw(st.integers(1, 3))
    codes = draw(st.sampled_from([("a",), ("a", "b"), ("a", "b", "c", NO_ANSWER), tuple("abcdef")]))
    options = (*OPTIONS, NEW_OPTION) if version > 1 else OPTIONS
    parts = {
        SCALE: [draw(answer_counts(TallyType.ONE, options)) for _ in codes],
        TICKS: [draw(answer_counts(TallyType.MANY)) for _ in codes],
    }
    sizes = [max(one.persons for one in group) for group in zip(*parts.values(), strict=True)]
    items = []
    for code, kind in ((SCALE, TallyType.ONE), (TICKS, TallyType.MANY)):
        padded = [pad(one, size) for one, size in zip(parts[code], sizes, strict=True)]
        items.append(draw(item_tallies(code, kind, version, dict(zip(codes, padded, strict=True)))))
    groups = dict(zip(codes, sizes, strict=True))
    unknown = groups.pop(NO_ANSWER, 0)
    persons = sum(sizes)
    written = draw(st.integers(0, persons))
    key = ItemTally(KEY, 1, TallyType.ONE, AnswerCounts(groups, unknown), sensitive=draw(st.integers(0, 5)) == 0)
    texts = ItemTally(REMARKS, 1, TallyType.TEXT, AnswerCounts({}, persons - written, answered=written))
    partial = draw(st.integers(0, persons))
    return Tally(
        id=f"S{number}",
        date=draw(DAYS),
        state=draw(st.sampled_from(["sealed", "sealed", "sealed", "sealed", "erased", "closed", "open"])),
        questionnaire=draw(optional(WORDS)),
        version=draw(optional(st.integers(1, 9))),
        completed=persons - partial,
        partial=partial,
        items=draw(
            st.sampled_from([(*items, key, texts), (*items, key), tuple(items), (items[0],), (items[1], texts)])
        ),
        meeting=draw(optional(st.sampled_from([meeting.id for meeting in meetings]))) if meetings else None,
        attended=draw(optional(st.integers(0, 400))),
    )


@st.composite
def item_tallies(
    draw: st.DrawFn, code: str, kind: TallyType, version: int, parts: dict[str, AnswerCounts]
) -> ItemTally:
    """Draw an item with groups that everybody is in one of, that overlap, or with none."""
    total = add_up(list(parts.values()))
    first = take_part(draw, total) if draw(st.booleans()) else None
    told = {code: part for code, part in parts.items() if code != NO_ANSWER}
    overlapping = {code: take_part(draw, total) for code in told}
    by = draw(st.sampled_from([{}, {KEY: told}, {KEY: told}, {KEY: overlapping}]))
    if first is not None and draw(st.booleans()):
        by = by | {ANSWERED_THIS_YEAR: {"no": first}}
    return ItemTally(
        code,
        version,
        kind,
        total,
        sensitive=draw(st.integers(0, 3)) == 0,
        equivalent_to=draw(st.sampled_from([(), (1,), (version - 1 or 1,)])),
        by=by,
        first_answers=first,
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


PARTNERS = st.builds(
    Partner,
    name=optional(WORDS),
    actor_group=optional(CODES),
    fields=optional(st.lists(CODES, max_size=2, unique=True).map(tuple)),
    inside=optional(st.booleans()),
    identified_on=optional(DAYS),
    informed_on=optional(DAYS),
    won_on=optional(DAYS),
)
OFFERS = st.builds(
    Offer,
    title=optional(WORDS),
    started_on=optional(DAYS),
    field=optional(CODES),
    places=optional(st.integers(0, 30)),
    participants=optional(st.integers(0, 30)),
    languages=optional(st.lists(st.sampled_from(["de", "ar", "fa"]), max_size=3, unique=True).map(tuple)),
)
QUOTATIONS = st.builds(
    Quotation,
    indicator=st.sampled_from([f"I{number}" for number in range(5)]),
    as_of=DAYS,
    value=SHARES,
    source_text=PARAGRAPHS,
    respondents=optional(st.integers(1, 80)),
    exact=st.booleans(),
)


def needs(meetings: Sequence[Meeting], offers: Sequence[Offer]) -> st.SearchStrategy[Need]:
    """Return needs that refer to what is recorded beside them, or to nothing."""
    return st.builds(
        Need,
        title=optional(WORDS),
        recognised_on=optional(DAYS),
        meeting=st.sampled_from([None, *(one.id for one in meetings)]),
        field=optional(CODES),
        status=optional(st.sampled_from(list(NeedStatus))),
        offer=st.sampled_from([None, *(one.id for one in offers)]),
        decided_on=optional(DAYS),
    )


@st.composite
def books(draw: st.DrawFn) -> Book:
    held = draw(optional(st.integers(0, 4)))
    made = None if held is None else tuple(draw(meetings(number)) for number in range(held))
    drawn = draw(optional(st.lists(OFFERS, max_size=3)))
    named = [replace(one, id=draw(st.sampled_from([None, f"O{place}"]))) for place, one in enumerate(drawn or ())]
    return Book(
        starts_on=draw(optional(DAYS)),
        meetings=made,
        partners=draw(optional(st.lists(PARTNERS, max_size=4).map(tuple))),
        needs=draw(optional(st.lists(needs(made or (), named), max_size=3).map(tuple))),
        offers=None if drawn is None else tuple(named),
        quotations=tuple(draw(st.lists(QUOTATIONS, max_size=3))),
    )


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    book = draw(books())
    surveys = tuple(draw(tallies(number, book.meetings)) for number in range(draw(st.integers(0, 5))))
    cut_off = draw(DAYS | st.just(date(2024, 12, 31)))
    return Facts(book, surveys, cut_off, draw(optional(WORDS)), draw(optional(PARAGRAPHS)))
