"""Nobody is disclosed: a solver that holds the published documents cannot work out what a few persons said."""

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from table_attacker import K_CELL, K_CROSS, SILENT, Attacker, Cell
from table_worlds import KEY, MINIMUM, Question, World, build_world

from survey_app.domain.questionnaire import Item
from survey_app.evaluation import Cell as AnswerCell
from survey_app.evaluation import merge_small_cells, survey_description
from survey_app.evaluation.measures import breakdown, measure_answer_share, totals
from survey_app.evaluation.protecting import groups, splits
from survey_app.evaluation.protecting.group_audit import GroupCounts
from survey_app.evaluation.protecting.groups import GroupProtection

pytestmark = pytest.mark.slow

SHORT, FULL = 150, 2000
FIRST_BREACH = {"pooling before results": 16, "the audit": 33, "other figures of the item": 14}
"""From which world on it is worth looking: the first ones need no protection of this kind."""
Secret = tuple[str, list[Cell], int]
"""What it is, the unknowns it is the sum of, and how wide open it has to stay."""


def list_secrets(attacker: Attacker, report: dict[str, Any], description: dict[str, Any]) -> Iterator[Secret]:
    """Yield every number that is not printed and must not follow."""
    world = attacker.world
    for entry in report["indicators"]:
        for row in entry["periods"]:
            for table in row.get("groups", ()):
                yield from list_group_secrets(attacker, entry["id"], table, list_known_sizes(description))
    for question in world.questions:
        yield from list_answer_secrets(attacker, question, report)
    code = world.questions[0].code
    for line in world.lines:
        if 0 < world.count(KEY, {line}) < MINIMUM[world.tier]:
            yield f"size of {line}", attacker.cells(code, attacker.answers[code], line), 1


def list_known_sizes(description: dict[str, Any]) -> set[str]:
    """Return the groups whose size the composition of those who answered states."""
    cells = [cell for item in description["items"] if item["code"] == KEY for cell in item["cells"]]
    return {cell["codes"][0] for cell in cells if len(cell["codes"]) == 1}


def list_group_secrets(
    attacker: Attacker, indicator: str, table: dict[str, Any], known_sizes: set[str]
) -> Iterator[Secret]:
    world, measure = attacker.world, attacker.world.measures[indicator]
    base, answers = attacker.list_base(indicator), attacker.answers[measure.item]
    shown = {group["code"]: group for group in table["shown"]}
    sides = {"affirming": set(measure.affirming), "not affirming": base - set(measure.affirming)}
    outside = set(answers) - base
    if any(world.count(measure.item, outside, line) for line in table["hidden"]):
        sides["outside"] = outside
    for line in world.lines:
        counts = {name: world.count(measure.item, side, line) for name, side in sides.items()}
        exposed = line in shown and shown[line]["numerator"] is not None
        telling = world.count(measure.item, base, line) > 0 and (
            world.count(measure.item, base, line) < MINIMUM[world.tier] or min(list(counts.values())[:2]) < K_CELL
        )
        if line in table["hidden"] or (exposed and telling):
            for name, side in sides.items():
                yield f"{indicator}: {line} {name}", attacker.cells(measure.item, side, line), K_CROSS
            if line not in known_sizes:
                yield f"{indicator}: base of {line}", attacker.cells(measure.item, base, line), K_CROSS
        elif line in shown and not exposed:
            small = min(list(sides)[:2], key=lambda name: counts[name])
            yield f"{indicator}: {line} {small}", attacker.cells(measure.item, sides[small], line), 1


def list_answer_secrets(attacker: Attacker, question: Question, report: dict[str, Any]) -> Iterator[Secret]:
    """Yield the answers of one or two persons, unless an indicator says by itself how many gave them."""
    world = attacker.world
    stated = [list_sides(attacker, entry["id"]) for entry in report["indicators"] if entry["periods"][0]["base"]]
    sides = [side for code, found in stated if code == question.code for side in found]
    for option in question.options:
        count = world.count(question.code, {option})
        said = any(option in side and world.count(question.code, side) == count for side in sides)
        if 0 < count < K_CELL and not said and option not in question.leaving:
            yield f"{question.code}: {option}", attacker.cells(question.code, [option]), 1


def list_sides(attacker: Attacker, indicator: str) -> tuple[str, list[set[str]]]:
    measure = attacker.world.measures[indicator]
    affirming, left = set(measure.affirming), set(measure.not_applicable)
    rest = set(attacker.answers[measure.item]) - affirming - left - {SILENT}
    return measure.item, [affirming, left, rest]


def find_breaches(world: World, *, insider: Random | None = None) -> list[str]:
    """Return every secret that the published documents narrow too far.

    What is told of everybody together narrows the groups as well: of three who do not agree no group holds more. That
    is the price of the total, so a group is disclosed if its breakdown narrows it further.
    """
    documents = world.publish()
    attacker, total_reader = Attacker(world, *documents), Attacker(world, *documents, reads_groups=False)
    secrets = list(list_secrets(attacker, *documents))
    if insider is not None and secrets:
        for cell in choose_insider(attacker, secrets, insider):
            attacker.tell([cell], 1, attacker.persons)
            total_reader.tell([cell], 1, attacker.persons)
    breaches = []
    truth = Counter(answer for person in world.people for answer in list_answers(attacker, person))
    for name, cells, width in secrets:
        if attacker.can_narrow(cells, width, truth=sum(truth[cell] for cell in cells)):
            found = attacker.find_limits(cells).width
            if width == 1 or found < total_reader.find_limits(cells).width:
                breaches.append(name)
    return breaches


def choose_insider(attacker: Attacker, secrets: list[Secret], random: Random) -> set[Cell]:
    """Return the answers of one person, if possible of one whom a secret is about."""
    _, cells, _ = random.choice(secrets)
    people = [list_answers(attacker, person) for person in attacker.world.people]
    concerned = [answers for answers in people if answers & set(cells)]
    return random.choice(concerned or people)


def list_answers(attacker: Attacker, person: dict[str, str]) -> set[Cell]:
    line = person.get(KEY, SILENT)
    return {(line, code, person.get(code, SILENT)) for code in attacker.answers}


def attack(count: int, *, insider: bool = False) -> dict[int, list[str]]:
    """Return the breaches in the first worlds, by number."""
    found = {}
    for seed in range(count):
        breaches = find_breaches(build_world(seed), insider=Random(seed) if insider else None)
        if breaches:
            found[seed] = breaches
    return found


@pytest.mark.slow
def test_nothing_hidden_is_narrowed_when_one_answer_is_known() -> None:
    # Whoever knows one answer more than the documents tell finds out everything that the others find out.
    assert attack(SHORT, insider=True) == {}


def test_nothing_hidden_is_narrowed_when_everything_published_is_combined() -> None:
    assert attack(10) == {}


@pytest.mark.soak
@pytest.mark.parametrize("insider", [False, True])
def test_nothing_hidden_is_narrowed_in_two_thousand_surveys(insider: bool) -> None:
    assert attack(FULL, insider=insider) == {}


# ---------------------------------------------------------------- the attacker finds what is left open


@pytest.fixture
def forgetful() -> Iterator[None]:
    """Forget what was protected before, and afterwards what was not."""
    for step in (True, False):
        groups.protect_groups.cache_clear()
        splits._find_once.cache_clear()
        if step:
            yield


def show_everything(given: tuple[GroupCounts, ...], **_: Any) -> GroupProtection:
    return GroupProtection(shown=frozenset(group.code for group in given if group.base))


def merge_anyhow(item: Item, counts: dict[str, int], _figures: Any, *, sensitive: bool) -> tuple[AnswerCell, ...]:
    return merge_small_cells(counts.items(), ordered=not item.shuffle, sensitive=sensitive)


OPENINGS = {
    "suppression": [(breakdown, "protect_groups", show_everything)],
    "the second hidden group": [(groups, "_hide_more", lambda _groups, hidden, *_: hidden)],
    "pooling in the composition": [(survey_description, "find_pooled", lambda *_: frozenset())],
    "pooling before results": [(groups, "find_pooled", lambda *_, **__: frozenset())],
    "the audit": [(groups, "is_safe_table", lambda *_: True)],
    "words": [(groups, "mask_extreme_share", lambda *_: None)],
    "other figures of the item": [
        (module, "find_conflicting", lambda *_: frozenset())
        for module in (measure_answer_share, totals, survey_description)
    ],
    "the distribution beside the report": [
        (survey_description, "is_safe_beside", lambda *_: True),
        (survey_description, "_merge_in_blocks", merge_anyhow),
    ],
}


@pytest.mark.slow
@pytest.mark.usefixtures("forgetful")
@pytest.mark.parametrize("opening", OPENINGS)
def test_this_attack_succeeds_when_a_protection_is_off(opening: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, instead in OPENINGS[opening]:
        monkeypatch.setattr(module, name, instead)
    assert any(find_breaches(build_world(seed)) for seed in range(FIRST_BREACH.get(opening, 0), 60))
