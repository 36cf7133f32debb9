"""Run all measurements, print them as a table, write ``instance/bench.json``; exit 1 if a goal is missed."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from benchmarks.calculation import measure_report, measure_sealing
from benchmarks.figures import Figure, print_table, write_figures
from benchmarks.painting import measure_painting
from benchmarks.serving import measure_serving
from benchmarks.stage import POSTGRES

_MEASUREMENTS: tuple[Callable[[str], Iterator[Figure]], ...] = (
    measure_painting,
    measure_serving,
    measure_sealing,
    measure_report,
)


def _kinds() -> Iterator[str]:
    yield "sqlite"
    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError:
        print("no PostgreSQL server answers: measured on SQLite only")
    else:
        yield "postgresql"


def main() -> int:
    """Measure, show, write."""
    figures: list[Figure] = []
    for kind in _kinds():
        for measure in _MEASUREMENTS:
            print(f"  {measure.__name__} on {kind} …", file=sys.stderr)
            figures.extend(measure(kind))
    print_table(figures)
    write_figures(figures, Path("instance/bench.json"))
    return 0 if all(figure.is_met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
