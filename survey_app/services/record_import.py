"""Taking over partners, needs and offers from a table: every row is reported, and all of them are stored or none.

A row is found again by its number (``id``), else by what names it: a partner by name, a need or an offer by title and
first day. Only the columns of the file are changed; so a list of names with one date leaves everything else alone.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey_app.domain.errors import ConflictingRevision, Problem
from survey_app.services.record_desks import Desk, Record, RecordKind, Values, open_desk
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
    """What became of one row.

    Attributes:
        before: the record as it is stored, None for a new one; `after`: as the row wants it.
        stored: the same record with its place in the database.
    """

    number: int
    name: str
    outcome: Outcome
    problems: tuple[Problem, ...] = ()
    before: Record | None = None
    after: Record | None = None
    stored: Any = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a table; nothing is stored unless every row is sound."""

    rows: tuple[RowReport, ...]
    is_stored: bool

    @property
    def is_sound(self) -> bool:
        """Tell whether no row was refused."""
        return all(row.outcome is not Outcome.REFUSED for row in self.rows)

    @property
    def has_changes(self) -> bool:
        """Tell whether any row differs from what is stored."""
        return any(row.outcome is not Outcome.UNCHANGED for row in self.rows)

    @property
    def fingerprint(self) -> str:
        """Return what is the same for two reports only if each row does the same to the same record."""
        steps = [(row.number, str(row.outcome), row.before, row.after) for row in self.rows]
        return hashlib.sha256(repr(steps).encode()).hexdigest()

    def count(self, outcome: Outcome) -> int:
        """Return how many rows had an outcome."""
        return sum(row.outcome == outcome for row in self.rows)


def list_values(session: Session, kind: RecordKind, *, network_id: int) -> list[Values]:
    """Return what a table says of every stored record, by column; taken over again, it changes nothing."""
    desk = open_desk(session, kind, network_id=network_id)
    return [desk.values_of(desk.record_of(stored)) for stored in desk.list_stored()]


def check_records(session: Session, kind: RecordKind, rows: Sequence[RowValues], *, network_id: int) -> ImportReport:
    """Return what would become of the rows of a table; nothing is stored."""
    desk = open_desk(session, kind, network_id=network_id)
    seen: set[object] = set()
    return ImportReport(tuple(_take_over(desk, row, seen) for row in rows), is_stored=False)


def import_records(
    session: Session, kind: RecordKind, rows: Sequence[RowValues], *, network_id: int, seen: str | None = None
) -> ImportReport:
    """Add and change records as a table says, all or none.

    Args:
        seen: fingerprint of the report that somebody agreed to; if the rows would do anything else by now, nothing is
            stored. A table that changes nothing any more is stored already.
    """
    try:
        return _store_rows(session, kind, rows, network_id, seen)
    except (ConflictingRevision, IntegrityError):
        # Where two can write at once, somebody saved one of these records meanwhile; nothing of the table is stored.
        return check_records(session, kind, rows, network_id=network_id)


def _store_rows(
    session: Session, kind: RecordKind, rows: Sequence[RowValues], network_id: int, seen: str | None
) -> ImportReport:
    with writing(session):
        desk = open_desk(session, kind, network_id=network_id)
        met: set[object] = set()
        report = ImportReport(tuple(_take_over(desk, row, met) for row in rows), is_stored=False)
        if not report.is_sound or (seen is not None and report.has_changes and report.fingerprint != seen):
            return report
        desk.change_all([(row.stored, row.after) for row in report.rows if row.outcome is Outcome.CHANGED])
        desk.add_all([row.after for row in report.rows if row.outcome is Outcome.ADDED])
    return replace(report, is_stored=True)


def _take_over(desk: Desk, row: RowValues, seen: set[object]) -> RowReport:
    """Return what becomes of a row."""
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
        return RowReport(row.number, name, Outcome.REFUSED, tuple(problems))
    if found is None:
        return RowReport(row.number, name, Outcome.ADDED, after=after)
    outcome = Outcome.UNCHANGED if after == before else Outcome.CHANGED
    return RowReport(row.number, name, outcome, before=before, after=after, stored=found)
