"""A report as tagged PDF: the page at a glance, every indicator in detail, what is not measured, and the method."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from survey_app.evaluation import IndicatorResult, Kind, Limit, Report, Row, Verdict, build_one_page
from survey_app.evaluation.one_page import GoalSection, list_method
from survey_app.evaluation.wording.bars import build_bar
from survey_app.files.report_imprint import Imprint
from survey_app.files.report_words import (
    FLAGS,
    KINDS,
    TIERS,
    explain,
    list_details,
    list_trends,
    list_uncertainty,
    write_figure,
    write_period,
    write_response,
    write_target,
)
from survey_app.files.typesetting import render_pdf

_TEMPLATE = "report.typ"
_NOTHING = "–"


def write_report(report: Report, imprint: Imprint) -> bytes:
    """Return the report as tagged PDF, A4; equal reports give equal bytes.

    Raises:
        survey_app.files.typesetting.BadDocument: if it cannot be set.
    """
    return render_pdf(_TEMPLATE, build_values(report, imprint))


def build_values(report: Report, imprint: Imprint) -> dict[str, Any]:
    """Return everything that stands in the document, each text as it is read."""
    page, system = build_one_page(report), report.goal_system
    appendix = [result for result in report.indicators if not system.is_counted(result.indicator)]
    return {
        "title": f"Wirkungsbericht – {_line(page.title)} – Stand {report.cut_off:%d.%m.%Y}",
        "language": "de",
        "direction": "ltr",
        "heading": _line(page.title),
        "network": imprint.network,
        "contact": imprint.contact,
        "stamp": imprint.stamp,
        "facts": [[name, _line(words)] for name, words in _list_facts(report) if words],
        "overview": page.overview,
        "verdicts": [
            {"code": str(verdict), "label": verdict.label, "colour": verdict.colour, "count": report.summary[verdict]}
            for verdict in Verdict
        ],
        "waiting": ", ".join(report.not_yet_sealed),
        "sections": [_describe_section(section) for section in page.sections if section.results or section.note],
        "appendix": [_describe(result) for result in appendix],
        "not_measured": page.not_measured,
        "method": list(list_method(report)),
        "meanings": [
            {"code": str(verdict), "label": verdict.label, "colour": verdict.colour, "sentence": verdict.sentence}
            for verdict in Verdict
        ],
    }


def _list_facts(report: Report) -> Iterator[tuple[str, str | None]]:
    system = report.goal_system
    yield "Stand", f"{report.cut_off:%d.%m.%Y}"
    yield "Leserkreis", TIERS[report.tier]
    yield "Zielsystem", f"Fassung {system.version}"
    yield "Quelle", system.source
    yield "Auftrag", system.mandate


def _describe_section(section: GoalSection) -> dict[str, Any]:
    goal = section.goal
    return {
        "id": goal.id,
        "heading": _line(goal.heading or goal.text),
        "note": section.note,
        "state": (section.note or "").partition(":")[0],
        "results": [_describe(result) for result in section.results],
    }


def _describe(result: IndicatorResult) -> dict[str, Any]:
    row, indicator = result.headline_row, result.indicator
    return {
        "id": indicator.id,
        "text": _line(indicator.text) or _NOTHING,
        "kind": KINDS[indicator.kind],
        "period": write_period(row.period),
        "code": str(row.verdict),
        "label": row.label,
        "colour": row.verdict.colour,
        "value": row.display or "",
        "counts": _write_counts(row),
        "target": write_target(indicator.kind, row),
        "response": "" if row.response is None else write_response(row.response),
        "uncertainty": list(list_uncertainty(result)),
        # How many surveys stand behind it is said in the details; the page at a glance is to be one page.
        "trends": [trend.partition(" (")[0] for trend in list_trends(result)],
        "details": list(list_details(result)),
        "bar": _describe_bar(row, indicator.kind),
        "sentence": row.sentence_de,
        "reasons": list(explain(row)),
        "flags": [FLAGS[flag] for flag in row.flags],
        "rows": [_describe_row(indicator.kind, one) for one in _list_rows(result)],
    }


def _list_rows(result: IndicatorResult) -> Iterator[Row]:
    yield from result.rows
    yield from result.by_survey or ()
    if result.overall is not None:
        yield result.overall


def _describe_row(kind: Kind, row: Row) -> dict[str, Any]:
    response = row.response
    return {
        "period": write_period(row.period).removeprefix("Erhebung vom "),
        "value": row.display or _NOTHING,
        "counts": "" if row.numerator is None or row.base is None else f"{row.numerator} von {row.base}",
        "interval": _write_interval(kind, row, row.low, row.high),
        "wide": _write_interval(kind, row, row.low_s, row.high_s),
        "target": write_target(kind, row).removeprefix("Ziel "),
        "response": "" if response is None else f"{response.answered} von {response.attended or 'unbekannt'}",
        "code": str(row.verdict),
        "colour": row.verdict.colour,
        "label": row.label,
        "reasons": [] if row.value is not None else list(explain(row)),
    }


def _write_counts(row: Row) -> str:
    """Return "47 von 64" where the value does not say so itself."""
    if row.value is None or row.numerator is None or row.base is None or " von " in (row.display or ""):
        return ""
    return f"{row.numerator} von {row.base}"


def _write_interval(kind: Kind, row: Row, low: Limit | None, high: Limit | None) -> str:
    if row.value is None or low is None or high is None or low == high:
        return ""
    return f"{write_figure(kind, low)} bis {write_figure(kind, high)}"


def _describe_bar(row: Row, kind: Kind) -> dict[str, Any] | None:
    """Return where the shapes of the picture stand, in per cent of its width, and what it shows in words."""
    bar = build_bar(row, kind)
    # All bars of the page have one scale, so counts have none.
    if bar is None or row.value is None or not bar.is_share:
        return None
    parts = [f"Balken von 0 bis 100\u00a0%: Wert {write_figure(kind, row.value)}"]
    interval = _write_interval(kind, row, row.low, row.high)
    if interval:
        parts.append(f"Unsicherheit {interval}")
    if row.target is not None:
        parts.append(write_target(kind, row))
    return {**asdict(bar), "words": ", ".join(parts)}


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
