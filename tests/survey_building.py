"""Random surveys that are valid, counted from the people of each group so that everything adds up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from survey_app.domain.book import Meeting
from survey_app.domain.counting import ANSWERED_THIS_YEAR
from survey_app.domain.questionnaire import NO_ANSWER
from survey_app.domain.tally import AnswerCounts, ItemTally, Tally, TallyType

SCALE, TICKS, KEY, REMARKS = "scale", "ticks", "group", "remarks"
OPTIONS = ("yes", "no", "first_time")
NEW_OPTION = "rather"
"""Newer versions of an item have one option more; the measures name none of it."""
GROUPS = (("a", "b"), ("a", "b", "c", NO_ANSWER), ("a", "b", "c"), tuple("abcdef"))
_FIRST_DAY, _DAYS = date(2019, 1, 1), 6 * 365
_BUSY_DAY = date(2022, 10, 1)


def build_tally(random: Random, number: int, meetings: tuple[Meeting, ...] | None) -> Tally:
    """Return a survey: of a handful of people, or of several groups; most are of two years and sealed."""
    few = random.random() < 0.4
    version = random.choice([1, 1, 1, 1, 2, 3])
    codes = ("a",) if few else random.choice(GROUPS)
    options = (*OPTIONS, NEW_OPTION) if version > 1 else OPTIONS
    parts = {
        SCALE: [_count(random, TallyType.ONE, options, few=few) for _ in codes],
        TICKS: [_count(random, TallyType.MANY, OPTIONS, few=few) for _ in codes],
    }
    sizes = [max(one.persons for one in group) for group in zip(*parts.values(), strict=True)]
    items = []
    for code, kind in ((SCALE, TallyType.ONE), (TICKS, TallyType.MANY)):
        padded = [_pad(one, size) for one, size in zip(parts[code], sizes, strict=True)]
        items.append(_build_item(random, code, kind, version, dict(zip(codes, padded, strict=True))))
    groups = dict(zip(codes, sizes, strict=True))
    unknown = groups.pop(NO_ANSWER, 0)
    persons = sum(sizes)
    partial, written = random.randint(0, persons), random.randint(0, persons)
    key = ItemTally(KEY, 1, TallyType.ONE, AnswerCounts(groups, unknown), sensitive=random.random() < 0.1)
    texts = ItemTally(REMARKS, 1, TallyType.TEXT, AnswerCounts({}, persons - written, answered=written))
    meeting = random.choice([None, *meetings]) if meetings else None
    return Tally(
        id=f"S{number}",
        date=_choose_day(random),
        state=random.choice(["sealed"] * 8 + ["erased", "closed", "open"]),
        questionnaire=random.choice([None, "q"]),
        version=random.choice([None, 1, 7]),
        completed=persons - partial,
        partial=partial,
        items=random.choice([(*items, key, texts), (*items, key), tuple(items), (items[0],), (items[1], texts)]),
        meeting=None if meeting is None else meeting.id,
        attended=random.choice([None, persons, persons + random.randint(0, 60), random.randint(0, 400)]),
    )


def _choose_day(random: Random) -> date:
    if random.random() < 0.7:
        return _BUSY_DAY + timedelta(random.randint(0, 450))
    return _FIRST_DAY + timedelta(random.randint(0, _DAYS))


def _count(random: Random, kind: TallyType, options: Sequence[str], *, few: bool) -> AnswerCounts:
    most = 2 if few else random.choice([4, 12, 40])
    choices = {code: random.randint(0, most) for code in options}
    if random.random() < 0.15:
        choices["no"] = min(choices["no"], 1)
    answered = None
    if kind is TallyType.MANY:
        answered = random.randint(max(choices.values()), sum(choices.values()))
    return AnswerCounts(choices, *(random.choice([0, 0, 0, 1, 3, 12]) for _ in range(3)), answered)


def take_part(random: Random, counts: AnswerCounts) -> AnswerCounts:
    """Return a part of the counts that may exist."""
    choices = {code: random.randint(count // 2 * random.randint(0, 1), count) for code, count in counts.choices.items()}
    answered = None
    if counts.answered is not None:
        answered = random.randint(max(choices.values()), min(sum(choices.values()), counts.answered))
    missing = [random.randint(0, part) for part in (counts.no_answer, counts.not_applicable, counts.not_shown)]
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


def _pad(counts: AnswerCounts, persons: int) -> AnswerCounts:
    """Return the counts of so many people: who is missing left the item blank."""
    return replace(counts, no_answer=counts.no_answer + persons - counts.persons)


def _build_item(random: Random, code: str, kind: TallyType, version: int, parts: dict[str, AnswerCounts]) -> ItemTally:
    """Return an item with groups that everybody is in one of, with groups that overlap, or with none."""
    total = add_up(list(parts.values()))
    first = take_part(random, total) if random.random() < 0.4 else None
    told = {name: part for name, part in parts.items() if name != NO_ANSWER}
    by = random.choice([{}, {KEY: told}, {KEY: told}, {KEY: {name: take_part(random, total) for name in told}}])
    if first is not None and random.random() < 0.5:
        by = by | {ANSWERED_THIS_YEAR: {"no": first}}
    return ItemTally(
        code,
        version,
        kind,
        total,
        sensitive=random.random() < 0.2,
        equivalent_to=random.choice([(), (1,), (version - 1 or 1,)]),
        by=by,
        first_answers=first,
    )
