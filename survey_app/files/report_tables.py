"""A report as tables with typed cells: what stands in which cell of a spreadsheet, whatever its format.

A figure that is withheld is an empty cell, and its row says why in words.
"""

from collections.abc import Iterator

from survey_app.evaluation import IndicatorResult, OnePage, Report, Verdict, build_one_page
from survey_app.evaluation.one_page import list_method
from survey_app.files.report_counts import figure, list_counts, list_survey_lines, measured
from survey_app.files.report_imprint import Imprint
from survey_app.files.report_words import FLAGS, KINDS, TIERS, TRENDS, explain, write_comparison, write_period
from survey_app.files.table_cells import Cell, Table, count, day, fill, number, percent, text, texts

_INDICATORS = (
    "Ziel", "Indikator", "Wortlaut", "Art", "Zeitraum", "Von", "Bis", "Wert", "Wert in Worten", "Zähler", "Basis",
    "Unsicherheit von", "Unsicherheit bis", "Zielwert", "Vergleich", "Bewertung", "Gründe", "Hinweise", "Geantwortet",
    "Anwesend", "Rücklauf", "Tendenz", "Prozentpunkte pro Jahr", "Volle Jahre erreicht", "Volle Jahre", "Satz",
)  # fmt: skip


def build_tables(report: Report, imprint: Imprint) -> tuple[Table, ...]:
    """Return the sheets of a report: overview, indicators in the order of their goals, counts, surveys, method."""
    page = build_one_page(report)
    return (
        Table("Überblick", ("Angabe", "Wert"), tuple(_list_overview(report, page, imprint))),
        Table("Indikatoren", _INDICATORS, tuple(_list_indicators(report, page))),
        list_counts(report),
        list_survey_lines(report),
        Table("Methode", ("Begriff", "Erläuterung", "Zahl"), tuple(_list_method(report))),
    )


def _list_overview(report: Report, page: OnePage, imprint: Imprint) -> Iterator[tuple[Cell, Cell]]:
    system = report.goal_system
    yield text("Bericht"), text(page.title)
    yield text("Netzwerk"), text(imprint.network)
    yield text("Freigabe"), text(imprint.stamp)
    yield text("Leserkreis"), text(TIERS[report.tier])
    yield text("Stand"), day(report.cut_off)
    yield text("Beginn des Netzwerks"), day(report.starts_on)
    yield text("Berichtsjahr"), count(report.reporting_year)
    yield text("Zielsystem, Fassung"), text(system.version)
    yield text("Quelle"), text(system.source)
    yield text("Auftrag"), text(system.mandate)
    yield text("Auf einen Blick"), text(page.overview)
    yield text("Indikatoren mit Zielwert"), count(report.summary["with_target"])
    for verdict in Verdict:
        yield text(f"Bewertung: {verdict.label}"), count(report.summary[verdict])
    yield text("Noch nicht ausgewertet"), text(", ".join(report.not_yet_sealed))
    yield text("Was nicht gemessen wird"), text(page.not_measured)
    yield text("Ansprechperson"), text(imprint.contact)


def _list_indicators(report: Report, page: OnePage) -> Iterator[tuple[Cell, ...]]:
    """Yield the headline of each indicator below its goal; goals without indicators say so."""
    for section in page.sections:
        goal = section.goal
        for result in section.results:
            yield _tabulate(goal.id, result)
        if not section.results and section.note is not None:
            note = f"{goal.heading or ' '.join(goal.text.split()).rstrip('.')}: {section.note}"
            yield fill((text(goal.id), Cell(None), text(note)), len(_INDICATORS))
    for result in report.indicators:
        if not report.goal_system.is_counted(result.indicator):
            yield _tabulate(" ".join(result.indicator.goals), result)


def _tabulate(goal: str, result: IndicatorResult) -> tuple[Cell, ...]:
    row, indicator, kind = result.headline_row, result.indicator, result.indicator.kind
    response, trend = row.response, result.trend
    return (
        text(goal),
        text(indicator.id),
        text(indicator.text),
        text(KINDS[kind]),
        text(write_period(row.period)),
        day(row.period.start),
        day(row.period.end),
        measured(kind, row),
        text(row.display),
        count(row.numerator),
        count(row.base),
        figure(kind, row.low),
        figure(kind, row.high),
        figure(kind, row.target),
        text(write_comparison(row.comparison) if row.target is not None else None),
        text(row.label),
        texts(explain(row)),
        texts(FLAGS[flag] for flag in row.flags),
        count(None if response is None else response.answered),
        count(None if response is None else response.attended),
        percent(None if response is None else response.rate),
        text(TRENDS[trend.label] if trend is not None else None),
        number(None if trend is None else trend.points_per_year),
        count(result.full_years_reached),
        count(result.full_years),
        text(row.sentence_de),
    )


def _list_method(report: Report) -> Iterator[tuple[Cell, Cell, Cell]]:
    parameters = report.goal_system.parameters
    for sentence in list_method(report):
        yield text("Methode"), text(sentence), Cell(None)
    for verdict in Verdict:
        yield text(verdict.label), text(verdict.sentence), Cell(None)
    yield (
        text("Vertrauensniveau"),
        text("Wahrscheinlichkeit des Bereichs der Unsicherheit"),
        percent(parameters.confidence),
    )
    yield (
        text("Nichtantwortende"),
        text("Abweichung, bei der ein Ziel noch als gesichert gilt"),
        percent(parameters.nonresponse_allowance),
    )
    yield text("Kleinste Basis"), text("für eine Bewertung"), count(parameters.min_base)
    yield text("Kleinste Gruppe"), text("Antworten, die gezeigt werden, intern"), count(parameters.min_group)
    yield text("Kleinste Gruppe"), text("Antworten, die gezeigt werden, öffentlich"), count(parameters.min_group_public)
    yield text("Kleinste Gruppe"), text("bei sensiblen Fragen"), count(parameters.min_group_sensitive)
    empty = "Leere Zellen sind Werte, die es nicht gibt oder die nicht gezeigt werden; „Gründe“ sagt, warum. Nie 0."
    yield text("Leere Zellen"), text(empty), Cell(None)
