"""Random books and tallies that are valid, for properties that hold for all of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import strategies as st
from survey_building import build_tally

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
from survey_app.evaluation import Facts

DAYS = st.dates(date(2019, 1, 1), date(2024, 12, 31))
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cn", "Cs"]), max_size=12)
PARAGRAPHS = st.text(
    st.characters(exclude_categories=["Cc", "Cn", "Cs"], exclude_characters="".join(map(chr, [*range(32), 127])))
    | st.sampled_from("\n\t\r\"'\\#[]"),
    max_size=40,
)
CODES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=5)
SHARES = st.integers(0, 1000).map(lambda number: Fraction(number, 1000))


def optional(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


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
    """Draw a book and surveys; half of the examples are made from a drawn seed, which gives rich ones at once."""
    book = draw(books())
    rich = draw(st.booleans())
    random = draw(st.randoms(use_true_random=rich))
    count = random.randint(3, 6) if rich else draw(st.integers(0, 3))
    surveys = tuple(build_tally(random, number, book.meetings) for number in range(count))
    cut_off = date(2024, 12, 31) if rich and random.random() < 0.7 else draw(DAYS)
    return Facts(book, surveys, cut_off, draw(optional(WORDS)), draw(optional(PARAGRAPHS)))
