"""Somebody who holds the published documents of one survey and calculates: nothing of the application is used here.

Unknown is how many persons of each line (class of the key variable) gave each answer to each question. Everything that
is printed is a linear constraint on these whole numbers; a solver finds the least and the most of what is not printed.
Known as well are the questionnaire, the definitions of the indicators and the rules of suppression: they are public.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from table_worlds import KEY, World

K_CELL, K_CROSS = 3, 5
SILENT = "no_answer"
_EXACT = 1e-6
Cell = tuple[str, str, str]
"""Line, question, answer."""


@dataclass(frozen=True)
class Limits:
    """The least and the most that a number can be."""

    low: int
    high: int

    @property
    def width(self) -> int:
        return self.high - self.low


class Attacker:
    """What one reader knows; `tell` adds more.

    Args:
        reads_groups: whether the breakdowns are read too, or only what is told of everybody together.
    """

    def __init__(
        self, world: World, report: Mapping[str, Any], description: Mapping[str, Any], *, reads_groups: bool = True
    ) -> None:
        self.world = world
        self.answers = {one.code: (*one.options, SILENT) for one in world.questions}
        names = [(line, code, answer) for line in world.lines for code in self.answers for answer in self.answers[code]]
        self.places: dict[Cell, int] = {name: place for place, name in enumerate(names)}
        self.rows: list[np.ndarray] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self._matrix: csr_array | None = None
        self.persons = report["surveys"][0]["completed"] + report["surveys"][0]["partial"]
        self._read_sizes()
        for entry in report["indicators"]:
            self._read_indicator(entry)
            for row in entry["periods"] if reads_groups else ():
                for breakdown in row.get("groups", ()):
                    self._read_breakdown(entry["id"], breakdown)
        self._read_description(description)

    def cells(self, code: str, answers: Iterable[str], line: str | None = None) -> list[Cell]:
        """Return the unknowns of some answers, of everybody or of one line."""
        wanted = set(answers)
        lines = self.world.lines if line is None else (line,)
        return [(one, code, answer) for one in lines for answer in self.answers[code] if answer in wanted]

    def tell(self, cells: Iterable[Cell], low: int, high: int | None = None) -> None:
        """Add that a sum lies between two limits, or is one number."""
        self.rows.append(self._weigh(cells))
        self.low.append(low)
        self.high.append(low if high is None else high)

    def find_limits(self, cells: Iterable[Cell], *, whole: bool = False) -> Limits:
        """Return what everything told leaves open for a sum.

        Args:
            whole: whether the unknowns are searched as whole numbers too, which may narrow more and takes longer.
        """
        goal = self._weigh(cells)
        return Limits(ceil(self._solve(goal, whole=whole) - _EXACT), floor(-self._solve(-goal, whole=whole) + _EXACT))

    def can_narrow(self, cells: Iterable[Cell], width: int, *, truth: int) -> bool:
        """Tell whether a sum has less room than this.

        Args:
            truth: only saves work: where the most alone is far enough from it, the least needs no search.
        """
        goal = self._weigh(cells)
        high = floor(-self._solve(-goal, whole=False) + _EXACT)
        return high - truth < width and high - ceil(self._solve(goal, whole=False) - _EXACT) < width

    def _weigh(self, cells: Iterable[Cell]) -> np.ndarray:
        goal = np.zeros(len(self.places))
        for cell in cells:
            goal[self.places[cell]] += 1
        return goal

    def _solve(self, goal: np.ndarray, *, whole: bool) -> float:
        if self._matrix is None or self._matrix.shape[0] != len(self.rows):
            self._matrix = csr_array(np.array(self.rows))
        told = LinearConstraint(self._matrix, self.low, self.high)
        found = milp(
            goal,
            integrality=np.full(len(goal), whole),
            bounds=Bounds(0, self.persons),
            constraints=told,
            options={"presolve": whole},
        )
        assert found.status == 0, found.message
        return float(found.fun)

    def _read_sizes(self) -> None:
        """Everybody in a line answered every question somehow, and everybody is in one line."""
        first = next(iter(self.answers))
        for code, answers in self.answers.items():
            self.tell(self.cells(code, answers), self.persons)
            for line in self.world.lines if code != first else ():
                here, there = self.cells(code, answers, line), self.cells(first, self.answers[first], line)
                self.rows.append(self._weigh(here) - self._weigh(there))
                self.low.append(0)
                self.high.append(0)

    def _read_indicator(self, entry: Mapping[str, Any]) -> None:
        measure = self.world.measures[entry["id"]]
        for row in entry["periods"]:
            base = self.list_base(entry["id"])
            if row["base"] is not None:
                self.tell(self.cells(measure.item, base), row["base"])
                self._read_number(self.cells(measure.item, measure.affirming), row)
            parts = row["base_parts"] or {}
            if parts:
                left = set(measure.not_applicable)
                self.tell(self.cells(measure.item, [SILENT]), parts["no_answer"])
                self.tell(self.cells(measure.item, left), parts["not_applicable"])
            if row["response"] is not None:
                self.tell(self.cells(measure.item, self.answers[measure.item]), row["response"]["answered"])

    def list_base(self, indicator: str) -> set[str]:
        """Return the answers in the base of an indicator."""
        measure = self.world.measures[indicator]
        base = set(self.answers[measure.item]) - set(measure.not_applicable)
        return base if measure.base == "asked" else base - {SILENT}

    def _read_number(self, cells: list[Cell], entry: Mapping[str, Any]) -> None:
        """Read a number, or the words for all, all but one or all but two."""
        if entry["numerator"] is not None:
            self.tell(cells, entry["numerator"])
        elif entry["display"] is not None:
            base = entry["base"]
            high = entry["display"].startswith("über")
            few = min(K_CELL - 1, floor(Fraction(base, 10) - Fraction(1, 100)))
            self.tell(cells, base - few if high else 0, base if high else few)

    def _read_breakdown(self, indicator: str, breakdown: Mapping[str, Any]) -> None:
        measure, base = self.world.measures[indicator], self.list_base(indicator)
        shown = {group["code"]: group for group in breakdown["shown"]}
        for line in self.world.lines:
            if line in shown:
                self.tell(self.cells(measure.item, base, line), shown[line]["base"])
                self._read_number(self.cells(measure.item, measure.affirming, line), shown[line])
            elif line not in breakdown["hidden"]:
                self.tell(self.cells(measure.item, base, line), 0)
        if breakdown["pooled"]:
            hidden = breakdown["hidden"]
            self.tell([c for one in hidden for c in self.cells(measure.item, base, one)], breakdown["pooled"]["base"])
            together = [c for one in hidden for c in self.cells(measure.item, measure.affirming, one)]
            self.tell(together, breakdown["pooled"]["numerator"])

    def _read_description(self, description: Mapping[str, Any]) -> None:
        for item in description["items"]:
            if item["base"] is None:
                continue
            if item["code"] == KEY:
                self._read_composition(item["cells"])
            else:
                self.tell(self.cells(item["code"], [SILENT]), item["missing"]["no_answer"])
                for cell in item["cells"]:
                    self.tell(self.cells(item["code"], cell["codes"]), cell["count"])

    def _read_composition(self, cells: Iterable[Mapping[str, Any]]) -> None:
        code = next(iter(self.answers))
        for cell in cells:
            self.tell([c for line in cell["codes"] for c in self.cells(code, self.answers[code], line)], cell["count"])
