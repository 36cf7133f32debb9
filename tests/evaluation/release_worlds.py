"""Made-up networks that go on living between their releases, for the audit of many releases together.

Surveys come in, some of a handful of people; meetings are moved to another day, cancelled or held after all; a new
version of the goals counts otherwise. Before each release the ledger is asked, or not.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from evaluation_documents import facts, goals, indicator, item, meeting, survey

from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire
from survey_app.evaluation import GoalSystem, Tier, describe_survey, evaluate, parse_facts, parse_goals
from survey_app.evaluation.ledger import LedgerEntry, LedgerProblem, audit_releases, build_ledger_entry

ITEM = "benefit"
QUESTIONNAIRE = Questionnaire(
    "q", 1, "de", ("de",), (Item(ITEM, ItemType.ONE, {"de": "?"}, options=tuple(
        Choice(code, {"de": code}, leaves_base=code == "first_time") for code in ("yes", "no", "first_time")
    )),),
)  # fmt: skip
ALL = {"pooling": '"all"', "not_applicable": '["first_time"]'}
VERSIONS: tuple[GoalSystem, ...] = tuple(
    parse_goals(goals(*indicators))
    for indicators in (
        [indicator(id_="Y", period='"calendar_year"', **ALL)],
        [
            indicator(id_="Y", period='"calendar_year"', **ALL),
            indicator(id_="S", not_applicable='["first_time"]'),
            indicator(id_="W", period='"since_start"', **ALL),
        ],
        [
            indicator(id_="Y", period='"calendar_year"', universe='[["format", "=", "network_meeting"]]', **ALL),
            indicator(
                "answer_mean",
                id_="M",
                item='"benefit"',
                values="{ yes = 1, no = 0 }",
                period='"calendar_year"',
                pooling='"all"',
            ),
        ],
    )
)
Ledger = Callable[[LedgerEntry, Sequence[LedgerEntry]], tuple[LedgerProblem, ...]]


@dataclass(frozen=True)
class Published:
    """What somebody holds for ever: the documents of one release, as texts that were parsed again."""

    tier: Tier
    report: dict[str, Any]
    descriptions: list[dict[str, Any]]


@dataclass
class World:
    """One network with what it has recorded, published and been refused so far."""

    random: Random
    surveys: list[dict[str, Any]] = field(default_factory=list)
    meetings: list[dict[str, Any]] = field(default_factory=list)
    entries: list[LedgerEntry] = field(default_factory=list)
    published: list[Published] = field(default_factory=list)
    refused: int = 0

    def live(self) -> None:
        """Let something happen."""
        for _ in range(self.random.randint(1, 3)):
            self.random.choice([self._hold, self._hold, self._hold, self._move, self._cancel])()

    def release(self, audit: Ledger = audit_releases) -> None:
        """Publish a report for some readers as of some day, if the ledger has nothing against it."""
        tier = self.random.choice([Tier.INTERNAL, Tier.PUBLIC, Tier.PUBLIC])
        system = self.random.choice(VERSIONS)
        days = sorted(one["date"] for one in self.surveys) or ["2024-01-01"]
        cut_off = self.random.choice([days[-1], days[-1], "2024-12-31", "2025-12-31", days[len(days) // 2]])
        found = parse_facts(facts(*self.surveys, cut_off=cut_off, meetings=self.meetings))
        report = evaluate(system, found.book, found.tallies, found.cut_off, tier=tier)
        shown = {line.id for line in report.surveys}
        descriptions = [
            describe_survey(QUESTIONNAIRE, tally, tier=tier).to_dict() for tally in found.tallies if tally.id in shown
        ]
        entry = build_ledger_entry(str(len(self.entries) + 1), report, found.tallies, descriptions)
        if audit(entry, self.entries):
            self.refused += 1
            return
        self.entries.append(entry)
        documents = json.loads(json.dumps([report.to_dict(), descriptions]))
        self.published.append(Published(tier, *documents))

    def sizes(self) -> dict[str, int]:
        """Return the truth that nobody published: persons in the base of each survey."""
        return {
            one["id"]: one["items"][0]["counts"]["yes"] + one["items"][0]["counts"]["no"] + one["items"][0]["no_answer"]
            for one in self.surveys
        }

    def _hold(self) -> None:
        number = len(self.surveys) + 1
        few = self.random.random() < 0.6
        yes, no = (self.random.randint(0, 5 if few else 25) for _ in range(2))
        day = self._some_day()
        block = item(yes, no, no_answer=self.random.choice([0, 0, 1, 2]))
        block["counts"]["first_time"] = self.random.choice([0, 0, 1, 12])
        kind = self.random.choice(["network_meeting", "network_meeting", "workshop"])
        self.meetings.append(meeting(f"m{number}", day, format=kind, attended_total=60))
        self.surveys.append(survey(block, id_=f"s{number}", date=day, meeting=f"m{number}"))

    def _move(self) -> None:
        if self.surveys:
            place = self.random.randrange(len(self.surveys))
            self.surveys[place]["date"] = self.meetings[place]["date"] = self._some_day()

    def _cancel(self) -> None:
        if self.meetings:
            chosen = self.random.choice(self.meetings)
            chosen["status"] = "cancelled" if chosen["status"] == "held" else "held"

    def _some_day(self) -> str:
        return (date(2024, 1, 15) + timedelta(days=self.random.randrange(700))).isoformat()


def build_worlds(count: int, *, audit: Ledger = audit_releases, longest: int = 8) -> Iterator[World]:
    """Yield networks, each after up to `longest` attempts to release; the same ones every time."""
    for seed in range(count):
        world = World(Random(seed))
        for _ in range(world.random.randint(2, longest)):
            world.live()
            world.release(audit)
        yield world
