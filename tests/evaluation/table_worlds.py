"""Made-up surveys with groups, counted and published as the application does it, for whoever wants to attack them."""

import json
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from evaluation_documents import goals, indicator

from survey_app.domain.book import Book
from survey_app.domain.counting import count_answers
from survey_app.domain.questionnaire import NO_ANSWER, Choice, Item, ItemType, Questionnaire
from survey_app.domain.tally import Tally
from survey_app.evaluation import GoalSystem, describe_survey, evaluate, parse_goals

KEY = "group"
LEAVING = "first_time"
MINIMUM = {"internal": 5, "public": 10}


@dataclass(frozen=True)
class Question:
    """What everybody may know of an item: its options in order, and who leaves its base."""

    code: str
    options: tuple[str, ...]
    leaving: tuple[str, ...]
    sensitive: bool


@dataclass(frozen=True)
class Measure:
    """What everybody may know of an indicator: the definition stands beside its result."""

    item: str
    affirming: tuple[str, ...]
    not_applicable: tuple[str, ...]
    base: str


@dataclass(frozen=True)
class World:
    """One survey with its truth, and how it is published.

    Attributes:
        people: the answers of everybody, by item.
        classes: codes of the key variable.
    """

    people: tuple[dict[str, str], ...]
    classes: tuple[str, ...]
    questions: tuple[Question, ...]
    measures: dict[str, Measure]
    tier: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the lines of a breakdown: every class, and those who told none."""
        return (*self.classes, NO_ANSWER)

    def build_questionnaire(self) -> Questionnaire:
        """Return what was asked."""
        key = Item(
            KEY,
            ItemType.ONE,
            {"de": KEY},
            options=tuple(Choice(code, {"de": code}) for code in self.classes),
            key_variable={code: (code,) for code in self.classes},
        )
        return Questionnaire("q", 1, "de", ("de",), (key, *map(_build_item, self.questions)))

    def build_goals(self) -> GoalSystem:
        """Return the goals with one indicator for each measure."""
        made = [
            indicator(
                id_=name,
                item=f'"{measure.item}"',
                affirming=json.dumps(measure.affirming),
                not_applicable=json.dumps(measure.not_applicable),
                base=f'"{measure.base}"',
            )
            for name, measure in self.measures.items()
        ]
        return parse_goals(goals(*made))

    def publish(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the report and the survey's description as readers get them."""
        questionnaire = self.build_questionnaire()
        persons, items = count_answers(questionnaire, self.people, {})
        tally = Tally("S1", date(2024, 3, 1), "sealed", "q", 1, persons, 0, items)
        report = evaluate(self.build_goals(), Book(), [tally], date(2024, 12, 31), tier=self.tier)
        description = describe_survey(questionnaire, tally, tier=self.tier, report=report)
        first, second = json.loads(json.dumps([report.to_dict(), description.to_dict()]))
        return first, second

    def count(self, item: str, options: set[str], line: str | None = None) -> int:
        """Return how many really gave one of these answers, of everybody or of one line."""
        return sum(
            person.get(item, NO_ANSWER) in options and line in (None, person.get(KEY, NO_ANSWER))
            for person in self.people
        )


def _build_item(question: Question) -> Item:
    choices = tuple(Choice(code, {"de": code}, leaves_base=code in question.leaving) for code in question.options)
    return Item(question.code, ItemType.ONE, {"de": question.code}, options=choices, sensitive=question.sensitive)


def build_world(seed: int) -> World:
    """Return the survey of this number: 5 to 240 people, 2 to 8 groups, 2 to 6 answers; the same every time."""
    random = Random(seed)
    persons = random.choice([random.randint(5, 60), random.randint(20, 240)])
    classes = tuple(f"c{number}" for number in range(random.randint(2, 8)))
    weights = [random.choice([1, 1, 3, 8]) * random.random() + 0.02 for _ in classes]
    questions = tuple(_build_question(random, f"q{number}") for number in range(random.randint(1, 2)))
    people = []
    for _ in range(persons):
        person = {KEY: random.choices(classes, weights)[0]} if random.random() > 0.04 else {}
        people.append(person)
    for question in questions:
        _answer(random, question, people, classes)
    measures = {
        f"I{number}": _build_measure(random, question)
        for number, question in enumerate([*questions, *random.choices(questions, k=random.choice([0, 0, 1, 2]))])
    }
    return World(tuple(people), classes, questions, measures, random.choice(["internal", "internal", "public"]))


def _build_question(random: Random, code: str) -> Question:
    options = tuple(f"o{number}" for number in range(random.randint(2, 6)))
    leaving = (LEAVING,) if random.random() < 0.3 else ()
    return Question(code, (*options, *leaving), leaving, random.random() < 0.1)


def _answer(random: Random, question: Question, people: list[dict[str, str]], classes: tuple[str, ...]) -> None:
    """Let everybody answer: groups differ, some of them agree among themselves."""
    silent, leaving = random.choice([0, 0, 0.03, 0.1]), random.choice([0.01, 0.1, 0.3])
    own = [code for code in question.options if code not in question.leaving]
    taste = {code: [random.random() ** random.choice([1, 1, 6]) for _ in own] for code in (*classes, None)}
    for person in people:
        if random.random() < silent:
            continue
        if question.leaving and random.random() < leaving:
            person[question.code] = LEAVING
            continue
        person[question.code] = random.choices(own, taste[person.get(KEY)])[0]


def _build_measure(random: Random, question: Question) -> Measure:
    own = [code for code in question.options if code not in question.leaving]
    affirming = tuple(random.sample(own, random.randint(1, len(own) - 1)))
    left = question.leaving if random.random() < 0.8 else ()
    return Measure(question.code, affirming, left, random.choice(["asked", "asked", "valid"]))
