"""Reading facts from their JSON file: what was recorded and counted, up to a cut-off day."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from survey_app.domain.book import Book
from survey_app.domain.tally import Tally
from survey_app.evaluation.facts.book_format import read_book
from survey_app.evaluation.facts.survey_format import read_survey
from survey_app.evaluation.formats.format_errors import WHOLE_DOCUMENT, FormatError, FormatProblem, locate
from survey_app.evaluation.formats.line_finding import find_json_line
from survey_app.evaluation.formats.table_reading import TableReader, read_code, read_date, read_text

SCHEMA = "facts/1"


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a report is made of, beside the goal system.

    Attributes:
        cut_off: last day that counts; later records and dates are ignored.
    """

    book: Book
    tallies: tuple[Tally, ...]
    cut_off: date
    title: str | None = None
    remark: str | None = None


def parse_facts(text: str, *, name: str = "facts") -> Facts:
    """Return the facts of a JSON text in the format facts/1.

    Args:
        text: the whole file.
        name: of the file, for the messages.

    Raises:
        FormatError: with every problem, its path and line.
    """
    document = _load(text, name)
    problems: list[FormatProblem] = []
    facts = _read_facts(TableReader(document, "", problems))
    if problems:
        raise FormatError(name, locate(problems, lambda path: find_json_line(text, path)))
    return facts


def _load(text: str, name: str) -> object:
    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=_refuse_repetition
        )
    except json.JSONDecodeError as error:
        problem = FormatProblem(WHOLE_DOCUMENT, f"no valid JSON: {error.msg}", error.lineno)
    except RecursionError:
        problem = FormatProblem(WHOLE_DOCUMENT, "is nested too deeply")
    except ValueError as error:
        problem = FormatProblem(WHOLE_DOCUMENT, f"no valid JSON: {error}")
    raise FormatError(name, [problem])


def _refuse_constant(word: str) -> object:
    raise ValueError(f"{word} is no number")


def _refuse_repetition(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Python keeps the last of two equal keys without a word; whoever wrote both should know."""
    table = dict(pairs)
    if len(table) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return table


def _read_facts(table: TableReader) -> Facts:
    schema = table.take("schema", read_code, otherwise=SCHEMA)
    if schema != SCHEMA:
        table.note("schema", f"must be {SCHEMA!r}, not {schema!r}")
    book = read_book(table)
    surveys = table.find_tables("surveys") or []
    facts = Facts(
        book=book,
        tallies=tuple(read_survey(survey) for survey in surveys),
        cut_off=table.take("cut_off", read_date, otherwise=date(2000, 1, 1)),
        title=table.find("title", read_text),
        remark=table.find("remark", read_text),
    )
    _check_surveys(table, facts)
    table.close()
    return facts


def _check_surveys(table: TableReader, facts: Facts) -> None:
    """Ids are unique, and a survey's meeting is one of those recorded."""
    meetings = {meeting.id for meeting in facts.book.meetings or ()}
    for index in _find_repetitions(tally.id for tally in facts.tallies):
        table.note(f"surveys[{index}].id", f"the id {facts.tallies[index].id!r} is used twice")
    for index, tally in enumerate(facts.tallies):
        if tally.meeting is not None and tally.meeting not in meetings:
            table.note(f"surveys[{index}].meeting", f"there is no meeting {tally.meeting!r}")


def _find_repetitions(ids: Iterable[str]) -> list[int]:
    seen: set[str] = set()
    repeated = []
    for index, entry_id in enumerate(ids):
        if entry_id in seen:
            repeated.append(index)
        seen.add(entry_id)
    return repeated
