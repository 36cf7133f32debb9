"""Taking over partners, needs and offers from a table: every row is reported, and all of them are stored or none.

A row is found again by its number (``id``), else by what names it: a partner by name, a need or an offer by title and
first day. Only the columns of the file are changed; so a list of names with one date leaves everything else alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy.orm import Session

from survey_app.domain.errors import Problem
from survey_app.services.record_desks import Desk, RecordKind, Values, open_desk
from survey_app.storage.engine import writing


class Outcome(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RowValues:
    """One row of a table, read: its number, its values by key, and what could not be read."""

    number: int
    values: Values
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of one row."""

    number: int
    name: str
    outcome: Outcome
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a table; nothing is stored unless every row is sound."""

    rows: tuple[RowReport, ...]
    is_stored: bool

    @property
    def is_sound(self) -> bool:
        """Tell whether no row was refused."""
        return all(row.outcome is not Outcome.REFUSED for row in self.rows)

    def count(self, outcome: Outcome) -> int:
        """Return how many rows had an outcome."""
        return sum(row.outcome is outcome for row in self.rows)


def import_records(
    session: Session, kind: RecordKind, rows: Sequence[RowValues], *, network_id: int, only_check: bool = False
) -> ImportReport:
    """Add and change records as a table says, all or none.

    Args:
        only_check: report what would become of the rows, and store nothing.
    """
    with writing(session):
        desk = open_desk(session, kind, network_id=network_id)
        seen: set[object] = set()
        reports = [_take_over(desk, row, seen) for row in rows]
        report = ImportReport(tuple(report for report, _store in reports), is_stored=False)
        if not report.is_sound or only_check:
            return report
        for _report, store in reports:
            store()
    return replace(report, is_stored=True)


def _take_over(desk: Desk, row: RowValues, seen: set[object]) -> tuple[RowReport, Callable[[], object]]:
    """Return what becomes of a row, and the step that stores it."""
    values, problems = desk.resolve(row.values)
    problems = [*row.problems, *problems]
    found = desk.find(values)
    if found is None and values.get("id") is not None:
        problems.append(Problem("unknown_record", "id", {"value": values["id"]}))
    before = desk.blank if found is None else desk.record_of(found)
    after = replace(before, **{key: value for key, value in values.items() if key != "id"})
    known = {problem.place for problem in problems}
    problems += [problem for problem in desk.check(after) if problem.place not in known]
    identity = desk.identify(after) if found is None else found.id
    if identity in seen:
        problems.append(Problem("doubled_row", desk.name_key))
    seen.add(identity)
    name = str(getattr(after, desk.name_key) or "")
    if problems:
        return RowReport(row.number, name, Outcome.REFUSED, tuple(problems)), _do_nothing
    if found is None:
        return RowReport(row.number, name, Outcome.ADDED), lambda: desk.add(after)
    if after == before:
        return RowReport(row.number, name, Outcome.UNCHANGED), _do_nothing
    return RowReport(row.number, name, Outcome.CHANGED), lambda: desk.change(found, after)


def _do_nothing() -> None:
    """Store nothing."""
