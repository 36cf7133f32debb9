"""A report as one page of plain text, printable in black and white."""

import textwrap
from collections.abc import Iterator

from survey_app.evaluation import IndicatorResult, Kind, Limit, Report, Row, Trend, format_number, format_percent
from survey_app.evaluation.judging.targets import Comparison
from survey_app.evaluation.measures.rows import Response
from survey_app.evaluation.one_page import GoalSection, OnePage, build_one_page

_WIDTH = 100
_BAR = 40
_INDENT = "     "
_SHARES = (Kind.ANSWER_SHARE, Kind.RECORD_SHARE, Kind.MEAN_RATIO)
_TRENDS = {
    Trend.RISING: "Tendenz steigend",
    Trend.FALLING: "Tendenz fallend",
    Trend.NO_CLEAR_TREND: "keine klare Tendenz",
}


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
    facts = [row.display or "", _write_target(indicator.kind, row), _write_bar(indicator.kind, row)]
    if any(facts):
        yield _INDENT + "   ".join(fact for fact in facts if fact)
    details = "; ".join(_list_details(result))
    if details:
        yield from _wrap(f"{details[0].upper()}{details[1:]}", _INDENT)
    yield from _wrap(row.sentence_de, _INDENT)


def _write_target(kind: Kind, row: Row) -> str:
    if row.target is None:
        return ""
    if kind is Kind.RECORD_SHARE and row.target == 1 and row.comparison is Comparison.AT_LEAST:
        return "Ziel alle"
    direction = "mindestens" if row.comparison is Comparison.AT_LEAST else "höchstens"
    return f"Ziel {direction} {_write_figure(kind, row.target)}"


def _write_figure(kind: Kind, number: Limit) -> str:
    return format_percent(number) if kind in _SHARES else format_number(number)


def _list_details(result: IndicatorResult) -> Iterator[str]:
    row, kind = result.headline_row, result.indicator.kind
    if row.value is not None and row.low is not None and row.high is not None and row.low < row.high:
        yield f"Unsicherheit {_write_figure(kind, row.low)} bis {_write_figure(kind, row.high)}"
    if row.response is not None:
        yield _write_response(row.response)
    # Beside a withheld value a trend would seem to speak of the survey that is not shown.
    if result.trend is not None and row.value is not None:
        yield f"{_TRENDS[result.trend.label]} ({len(result.trend.scores_days)} Erhebungen)"
    if result.full_years:
        yield f"in {result.full_years_reached} von {result.full_years} vollen Jahren erreicht"


def _write_response(response: Response) -> str:
    """Without a known number of people present there is participation, but no response rate."""
    if response.rate is None:
        return f"Beteiligung {response.answered}, Zahl der Anwesenden unbekannt"
    return f"Rücklauf {response.answered} von {response.attended} ({format_percent(response.rate)})"


def _write_bar(kind: Kind, row: Row) -> str:
    """Return a bar from 0 to 100 %: brackets around the interval, a dot at the value, a line at the target."""
    if kind not in _SHARES or row.value is None:
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
