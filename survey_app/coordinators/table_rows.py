"""The rows of a table in words: what becomes of each, what it changes, what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, lazy_gettext

from survey_app.coordinators.comparison import Facts, compare, describe_need, describe_offer, describe_partner
from survey_app.coordinators.need_names import name_references
from survey_app.domain.errors import Problem
from survey_app.services.record_desks import RecordKind
from survey_app.services.record_import import ImportReport, Outcome, RowReport
from survey_app.web.messages import message_of
from survey_app.web.record_messages import name_earlier_step
from survey_app.web.record_words import HEADERS
from survey_app.web.vocabulary import NOT_RECORDED, Words

MOST_ROWS = 300
"""More rows than anybody reads; of a longer table those come first that need a look."""

OUTCOMES: Words = {
    Outcome.ADDED: lazy_gettext("new"),
    Outcome.CHANGED: lazy_gettext("changed"),
    Outcome.UNCHANGED: lazy_gettext("unchanged"),
    Outcome.REFUSED: lazy_gettext("not possible"),
}
OUTCOME_KINDS = {
    Outcome.ADDED: "success",
    Outcome.CHANGED: "info",
    Outcome.UNCHANGED: "neutral",
    Outcome.REFUSED: "danger",
}
"""Kind of the badge beside the word; the word alone says it all."""

_URGENCY = (Outcome.REFUSED, Outcome.CHANGED, Outcome.ADDED, Outcome.UNCHANGED)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row as a page shows it; `lines` say what is wrong, or what it changes."""

    number: int
    name: str
    outcome: Outcome
    lines: tuple[str, ...]


def list_shown(report: ImportReport, kind: RecordKind) -> list[ShownRow]:
    """Return the rows to show, in the order of the table."""
    chosen: Sequence[RowReport] = report.rows
    if len(chosen) > MOST_ROWS:
        chosen = sorted(chosen, key=lambda row: _URGENCY.index(row.outcome))[:MOST_ROWS]
    names = name_references() if kind is RecordKind.NEEDS else {}
    return [
        ShownRow(row.number, row.name, row.outcome, _lines(row, kind, names))
        for row in sorted(chosen, key=lambda row: row.number)
    ]


def _lines(row: RowReport, kind: RecordKind, names: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    if row.outcome is Outcome.REFUSED:
        return tuple(_explain(problem) for problem in row.problems)
    if row.outcome is Outcome.UNCHANGED:
        return ()
    after = _describe(row.after, kind, names)
    if row.outcome is Outcome.ADDED:
        # The first fact is the name, which stands beside; what is not recorded says nothing.
        return tuple(f"{name}: {', '.join(lines)}" for name, lines in after[1:] if lines != (str(NOT_RECORDED),))
    return tuple(
        gettext(
            "%(name)s: “%(after)s” instead of “%(before)s”",
            name=line.name,
            after=", ".join(line.ours),
            before=", ".join(line.theirs),
        )
        for line in compare(after, _describe(row.before, kind, names))
        if line.is_changed
    )


def _describe(record: Any, kind: RecordKind, names: Mapping[str, Mapping[str, str]]) -> Facts:
    if kind is RecordKind.NEEDS:
        return describe_need(record, **names)
    return describe_partner(record) if kind is RecordKind.PARTNERS else describe_offer(record)


def _explain(problem: Problem) -> str:
    words = name_earlier_step(problem) if problem.code == "before_earlier_step" else message_of(problem)
    return f"{HEADERS[problem.place]}: {words}" if problem.place in HEADERS else words
