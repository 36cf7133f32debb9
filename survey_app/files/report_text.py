"""A report as one page of plain text, printable in black and white."""

import textwrap
from collections.abc import Iterator

from survey_app.evaluation import IndicatorResult, Kind, Limit, Report, Row
from survey_app.evaluation.one_page import GoalSection, OnePage, build_one_page
from survey_app.evaluation.wording.bars import SHARES
from survey_app.files.report_words import list_details, write_target

_WIDTH = 100
_BAR = 40
_INDENT = "     "


def write_report(report: Report, *, stamp: str | None = None) -> bytes:
    """Return the report as UTF-8 text.

    Args:
        stamp: line on top of the page, for example that the data are invented.
    """
    page = build_one_page(report)
    lines = [*([stamp, ""] if stamp else []), *_write_head(report, page)]
    for section in page.sections:
        lines += _write_section(section)
    lines += ["", *_wrap(page.not_measured), "", *_wrap(f"Methode: {page.method}")]
    return ("\n".join(line.rstrip() for line in lines) + "\n").encode()


def _write_head(report: Report, page: OnePage) -> Iterator[str]:
    system = report.goal_system
    yield from _wrap(
        f"{page.title}  ·  Wirkungsbericht  ·  Stand {report.cut_off:%d.%m.%Y}  ·  Zielsystem Fassung {system.version}"
    )
    if system.source:
        yield from _wrap(f"Quelle: {system.source}")
    if system.mandate:
        yield from _wrap(f"Auftrag: {system.mandate}")
    yield ""
    yield from _wrap(f"Auf einen Blick: {page.overview}")
    if report.not_yet_sealed:
        yield from _wrap(f"Noch nicht ausgewertet: {', '.join(report.not_yet_sealed)}")


def _write_section(section: GoalSection) -> Iterator[str]:
    goal = section.goal
    if not section.results and section.note is None:
        return
    yield ""
    yield from _wrap(f"Ziel {goal.id}  {goal.heading or ' '.join(goal.text.split())}")
    if section.note:
        yield from _wrap(section.note, " ")
    for result in section.results:
        yield from _write_result(result)


def _write_result(result: IndicatorResult) -> Iterator[str]:
    row, indicator = result.headline_row, result.indicator
    yield from _wrap(f"{indicator.id}  {' '.join(indicator.text.split())}", " ")
    yield f"{_INDENT}{row.verdict.sign} {row.label}"
    facts = [row.display or "", write_target(indicator.kind, row), _write_bar(indicator.kind, row)]
    if any(facts):
        yield _INDENT + "   ".join(fact for fact in facts if fact)
    details = "; ".join(list_details(result))
    if details:
        yield from _wrap(f"{details[0].upper()}{details[1:]}", _INDENT)
    yield from _wrap(row.sentence_de, _INDENT)


def _write_bar(kind: Kind, row: Row) -> str:
    """Return a bar from 0 to 100 %: brackets around the interval, a dot at the value, a line at the target."""
    if kind not in SHARES or row.value is None:
        return ""
    cells = ["-"] * (_BAR + 1)
    if row.low is not None and row.high is not None and row.low < row.high:
        low, high = _find_place(row.low), _find_place(row.high)
        cells[low : high + 1] = ["="] * (high - low + 1)
        cells[low], cells[high] = "[", "]"
    if row.target is not None:
        cells[_find_place(row.target)] = "|"
    cells[_find_place(row.value)] = "●"
    return f"0 {''.join(cells)} 100\u00a0%"


def _find_place(share: Limit) -> int:
    return int(min(max(share, 0), 1) * _BAR)


def _wrap(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )
