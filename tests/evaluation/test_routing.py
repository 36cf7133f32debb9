"""The base of a conditional question tells how many gave the answers that lead to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from evaluation_documents import facts, goals, indicator, survey
from hypothesis import given
from hypothesis import strategies as st

from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire
from survey_app.evaluation import SurveyDescription, describe_survey, evaluate, parse_facts, parse_goals

CODES = ("fully", "mostly", "hardly", "none")
YES_NO = ("yes", "no")
QUESTIONNAIRE = ("post-meeting", 1)


def closed(code: str, options: Sequence[str], **changes: Any) -> Item:
    return Item(code, ItemType.ONE, {"de": code}, options=tuple(Choice(one, {"de": one}) for one in options), **changes)


def block(code: str, counts: Mapping[str, int], *, no_answer: int = 0, not_asked: int = 0) -> dict[str, Any]:
    entry = {"code": code, "version": 1, "type": "one", "counts": dict(counts), "no_answer": no_answer}
    return entry | {"not_applicable": not_asked, "not_shown": 0}


@dataclass(frozen=True)
class Asked:
    """Answers to a question, and to one that is put to those who gave some of them."""

    counts: tuple[int, ...]
    leading: tuple[str, ...]
    no_answer: int = 0
    next_no_answer: int = 0

    @property
    def asked(self) -> int:
        return sum(count for code, count in zip(CODES, self.counts, strict=True) if code in self.leading)

    @property
    def persons(self) -> int:
        return sum(self.counts) + self.no_answer

    def questionnaire(self, **changes: Any) -> Questionnaire:
        items = (
            closed("helped", CODES, **changes),
            closed("again", YES_NO, show_if=(("helped", "in", self.leading),)),
            closed("soon", YES_NO, show_if=(("again", "=", "yes"),)),
        )
        return Questionnaire(*QUESTIONNAIRE, "de", ("de",), items)

    def survey(self) -> dict[str, Any]:
        answered = self.asked - self.next_no_answer
        blocks = (
            block("helped", dict(zip(CODES, self.counts, strict=True)), no_answer=self.no_answer),
            block(
                "again",
                {"yes": answered, "no": 0},
                no_answer=self.next_no_answer,
                not_asked=self.persons - self.asked,
            ),
            block("soon", {"yes": answered, "no": 0}, not_asked=self.persons - answered),
        )
        names = {"questionnaire": QUESTIONNAIRE[0], "version": QUESTIONNAIRE[1]}
        return survey(*blocks, completed=self.persons, partial=0, **names)

    def describe(self, **changes: Any) -> SurveyDescription:
        return describe_survey(self.questionnaire(**changes), parse_facts(facts(self.survey())).tallies[0])


def bases(description: SurveyDescription) -> dict[str, int | None]:
    return {item.code: item.base for item in description.items}


def cells(description: SurveyDescription, code: str) -> dict[str, int | None]:
    found = next(item for item in description.items if item.code == code)
    return {"+".join(cell.codes): cell.count for cell in found.cells}


def test_question_is_told_when_its_base_keeps_nobody_apart() -> None:
    description = Asked((20, 30, 10, 4), ("fully", "mostly")).describe()
    assert bases(description) == {"helped": 64, "again": 50, "soon": 50}
    assert cells(description, "helped") == {"fully": 20, "mostly": 30, "hardly": 10, "none": 4}


def test_question_is_withheld_with_all_that_hangs_on_it_when_one_or_two_were_not_asked() -> None:
    description = Asked((20, 30, 10, 2), ("fully", "mostly", "hardly")).describe()
    assert bases(description) == {"helped": 62, "again": None, "soon": None}
    assert cells(description, "helped") == {"fully": 20, "mostly": 30, "hardly+none": 12}


def test_small_cells_are_merged_on_their_side_when_a_base_parts_the_answers() -> None:
    description = Asked((20, 2, 30, 14), ("fully", "mostly")).describe()
    assert bases(description)["again"] == 22
    assert cells(description, "helped") == {"fully+mostly": 22, "hardly": 30, "none": 14}


def test_classes_stay_pooled_when_a_question_is_put_to_one_of_them() -> None:
    asked = Asked((20, 30, 8, 3), ("hardly",))
    classes = {code: (code,) for code in CODES}
    assert bases(asked.describe(key_variable=classes))["again"] is None
    assert bases(Asked((20, 30, 8, 7), ("hardly",)).describe(key_variable=classes))["again"] == 8


@pytest.mark.parametrize(("not_asked", "is_told"), [(2, False), (0, True), (3, True)])
def test_question_is_withheld_when_several_answers_lead_to_all_but_a_few(not_asked: int, is_told: bool) -> None:
    conditions = (("first", "=", "yes"), ("second", "=", "yes"))
    items = (closed("first", YES_NO), closed("second", YES_NO), closed("third", YES_NO, show_if=conditions))
    counts = (
        block("first", {"yes": 35, "no": 5}),
        block("second", {"yes": 33, "no": 7}),
        block("third", {"yes": 20, "no": 20 - not_asked}, not_asked=not_asked),
    )
    tally = parse_facts(facts(survey(*counts, completed=40, partial=0))).tallies[0]
    description = describe_survey(Questionnaire("q", 1, "de", ("de",), items), tally)
    assert (bases(description)["third"] is not None) is is_told


def measure(asked: Asked, *indicators: tuple[str, str], with_questionnaire: bool = True) -> dict[str, int | None]:
    """Return the base of the first row of each indicator, given as item and affirming answer."""
    entries = [
        indicator(id_=f"I{place}", item=f'"{item}"', affirming=f'["{code}"]')
        for place, (item, code) in enumerate(indicators)
    ]
    system = parse_goals(goals(*entries))
    document = parse_facts(facts(asked.survey()))
    known = {QUESTIONNAIRE: asked.questionnaire()} if with_questionnaire else {}
    report = evaluate(system, document.book, document.tallies, date(2024, 12, 31), questionnaires=known)
    return {result.indicator.id: result.headline_row.base for result in report.indicators}


def test_indicator_has_no_answers_when_its_base_would_tell_of_the_question_before() -> None:
    asked = Asked((20, 30, 10, 2), ("fully", "mostly", "hardly"))
    assert measure(asked, ("again", "yes"), with_questionnaire=False) == {"I0": 60}
    assert measure(asked, ("again", "yes")) == {"I0": None}
    assert measure(asked, ("helped", "none"), ("again", "yes")) == {"I0": 62, "I1": 60}, "it is stated anyway"


@given(
    st.lists(st.integers(0, 9), min_size=4, max_size=4),
    st.sampled_from([leading for size in (1, 2, 3) for leading in combinations(CODES, size)]),
    st.integers(0, 3),
    st.integers(0, 3),
)
def test_no_count_of_one_or_two_follows_when_everything_is_read_together(
    counts: list[int], leading: tuple[str, ...], no_answer: int, next_no_answer: int
) -> None:
    """An attacker by trying: every set of counts that would have given the same publication."""
    asked = Asked(tuple(counts), leading, no_answer)
    asked = Asked(tuple(counts), leading, no_answer, min(next_no_answer, asked.asked))
    description = asked.describe()
    possible = list(_list_possible(description, asked))
    for place, count in enumerate(counts):
        if 0 < count < 3 and bases(description)["helped"] is not None:
            assert len({other[place] for other in possible}) > 1


def _list_possible(description: SurveyDescription, asked: Asked) -> Iterator[tuple[int, ...]]:
    helped, again, _ = description.items
    persons = description.completed
    total = helped.base or 0
    for first in range(total + 1):
        for second in range(total + 1 - first):
            for third in range(total + 1 - first - second):
                found = dict(zip(CODES, (first, second, third, total - first - second - third), strict=True))
                if any(sum(found[code] for code in cell.codes) != cell.count for cell in helped.cells):
                    continue
                was_asked = sum(found[code] for code in asked.leading)
                if again.missing is None or was_asked == persons - again.missing["not_applicable"]:
                    yield tuple(found.values())
