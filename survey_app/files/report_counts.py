"""Every figure of a report with its counts, one to a line, and the surveys behind them."""

from collections.abc import Iterator

from survey_app.evaluation import IndicatorResult, Kind, Limit, Reason, Report, Row
from survey_app.evaluation.measures.rows import Breakdown, Group, Stage
from survey_app.evaluation.wording.bars import SHARES
from survey_app.evaluation.wording.display import find_decimals
from survey_app.files.report_words import FLAGS, PARTS, REASONS, explain, write_comparison, write_period
from survey_app.files.table_cells import Cell, Table, count, day, fill, number, percent, text, texts

_BEGIN = ("Indikator", "Zeile", "Zeitraum", "Von", "Bis", "Läuft noch", "Gruppe nach", "Gruppe")
_FIGURES = ("Wert", "Wert in Worten", "Zähler", "Basis", "Bewertung", "Gründe", "Hinweise")
_LIMITS = (
    "Unsicherheit von", "Unsicherheit bis", "Gesichert von", "Gesichert bis", "Spanne ohne Annahme von",
    "Spanne ohne Annahme bis", "Kipppunkt", "Zielwert", "Vergleich", "Geantwortet", "Anwesend", "Rücklauf",
    "Wert auf anderer Basis", "Andere Basis",
)  # fmt: skip
_SURVEYS = ("Erhebung", "Datum", "Vollständig", "Teilweise", "Anwesend", "Rücklauf (RR2)")
_PERIOD, _SURVEY, _OVERALL = "Zeitraum", "einzelne Erhebung", "Mittel seit Beginn"


def list_counts(report: Report) -> Table:
    """Return the sheet of all figures: periods, the surveys behind pooled answers, groups, steps of a count."""
    rows = [row for result in report.indicators for _, row in _list_rows(result)]
    parts = tuple(dict.fromkeys(name for row in rows for name in row.base_parts or {}))
    header = (*_BEGIN, *_FIGURES, *_LIMITS, *(f"Basis: {PARTS.get(name, name)}" for name in parts))
    lines = (
        fill(line, len(header))
        for result in report.indicators
        for what, row in _list_rows(result)
        for line in _tabulate(result, what, row, parts)
    )
    return Table("Zahlen", header, tuple(lines))


def list_survey_lines(report: Report) -> Table:
    """Return the sheet of the surveys in the report."""
    return Table(
        "Erhebungen",
        _SURVEYS,
        tuple(
            (
                text(line.id),
                day(line.date),
                count(line.completed),
                count(line.partial),
                count(line.attended),
                percent(line.rr2),
            )
            for line in report.surveys
        ),
    )


def figure(kind: Kind, value: Limit | None) -> Cell:
    """Return a number of an indicator as a percentage, if that is what the indicator measures."""
    return percent(value) if kind in SHARES else number(value)


def measured(kind: Kind, row: Row) -> Cell:
    """Return the value of a row; a percentage does not round across its target."""
    if kind not in SHARES or row.value is None:
        return figure(kind, row.value)
    return percent(row.value, find_decimals(row.value, target=row.target, comparison=row.comparison))


def _list_rows(result: IndicatorResult) -> Iterator[tuple[str, Row]]:
    for row in result.rows:
        yield _PERIOD, row
    for row in result.by_survey or ():
        yield _SURVEY, row
    if result.overall is not None:
        yield _OVERALL, result.overall


def _tabulate(result: IndicatorResult, what: str, row: Row, parts: tuple[str, ...]) -> Iterator[tuple[Cell, ...]]:
    period, kind = row.period, result.indicator.kind
    place = (
        text(result.indicator.id),
        text(what),
        text(write_period(period)),
        day(period.start),
        day(period.end),
        text("ja" if period.running else "nein"),
    )
    nothing = Cell(None)
    yield (
        *place,
        nothing,
        nothing,
        measured(kind, row),
        text(row.display),
        count(row.numerator),
        count(row.base),
        text(row.label),
        texts(explain(row)),
        texts(FLAGS[flag] for flag in row.flags),
        *_list_limits(kind, row),
        *(_write_part((row.base_parts or {}).get(name)) for name in parts),
    )
    for stage in row.stages or ():
        yield (*_replace_what(place, "Stufe"), nothing, *_write_stage(stage))
    for breakdown in row.groups:
        for cells in _list_groups(breakdown):
            yield (*_replace_what(place, "Gruppe"), text(breakdown.by), *cells)


def _replace_what(place: tuple[Cell, ...], what: str) -> tuple[Cell, ...]:
    return (place[0], text(what), *place[2:])


def _list_limits(kind: Kind, row: Row) -> Iterator[Cell]:
    for limit in (row.low, row.high, row.low_s, row.high_s, row.manski_low, row.manski_high):
        yield figure(kind, limit)
    yield percent(row.tipping_point)
    yield figure(kind, row.target)
    yield text(write_comparison(row.comparison) if row.target is not None else None)
    response, other = row.response, row.other_base
    yield count(None if response is None else response.answered)
    yield count(None if response is None else response.attended)
    yield percent(None if response is None else response.rate)
    yield percent(None if other is None else other.value)
    yield count(None if other is None else other.n)


def _write_part(part: object) -> Cell:
    if part is None or isinstance(part, int):
        return count(part)
    return percent(part)  # type: ignore[arg-type]  # the only other parts are shares


def _write_stage(stage: Stage) -> tuple[Cell, ...]:
    condition = " ".join(str(part) for part in stage.condition)
    return (text(condition), Cell(None), Cell(None), count(stage.count))


def _list_groups(breakdown: Breakdown) -> Iterator[tuple[Cell, ...]]:
    """Yield what stands behind the name of the criterion; hidden groups have a name and a reason."""
    for group in breakdown.shown:
        yield _write_group(group.code, group)
    if breakdown.pooled is not None:
        yield _write_group("übrige zusammen", breakdown.pooled)
    withheld = text(REASONS[Reason.BELOW_DISCLOSURE_THRESHOLD])
    for code in breakdown.hidden:
        yield (text(code), *[Cell(None)] * 5, withheld)


def _write_group(name: str, group: Group) -> tuple[Cell, ...]:
    reason = REASONS[Reason.BELOW_DISCLOSURE_THRESHOLD] if group.numerator is None and group.mask is None else None
    return (
        text(name),
        percent(group.value),
        text(group.display),
        count(group.numerator),
        count(group.base),
        Cell(None),
        text(reason),
    )
