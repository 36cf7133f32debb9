"""What a measurement gives: a figure beside its limit, and whether the goal is met."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    Attributes:
        measured, limit: in `unit`, from the same run.
        goal: bound on measured ÷ limit, or on `measured` itself where there is no limit.
        at_least: whether the goal is a lower bound.
    """

    what: str
    measured: float
    unit: str
    goal: float
    limit: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float:
        """Return what the goal speaks of."""
        return self.measured if self.limit is None else self.measured / self.limit

    @property
    def is_met(self) -> bool:
        """Tell whether the goal is reached."""
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal


def print_table(figures: Iterable[Figure]) -> None:
    """Print the figures as a table."""
    print(f"{'what':<58}{'measured':>12}{'limit':>12} {'unit':<9}{'ratio':>8}  goal")
    for figure in figures:
        limit = "" if figure.limit is None else f"{figure.limit:,.1f}"
        sign = "≥" if figure.at_least else "≤"
        mark = "met" if figure.is_met else "MISSED"
        print(
            f"{figure.what:<58}{figure.measured:>12,.1f}{limit:>12} {figure.unit:<9}"
            f"{figure.ratio:>8,.2f}  {sign} {figure.goal:,g} {mark}"
        )


def write_figures(figures: Iterable[Figure], path: Path) -> None:
    """Write the figures for machines."""
    rows = [asdict(figure) | {"ratio": figure.ratio, "is_met": figure.is_met} for figure in figures]
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
