"""German words beside the figures of a report, the same in every file of it."""

from collections.abc import Iterator, Mapping

from survey_app.evaluation import (
    Comparison,
    Flag,
    IndicatorResult,
    Kind,
    Limit,
    PeriodKind,
    Reason,
    Row,
    Tier,
    Trend,
    format_number,
    format_percent,
    format_points,
)
from survey_app.evaluation.measures.periods import Period
from survey_app.evaluation.measures.rows import Response
from survey_app.evaluation.wording.bars import SHARES

TIERS: Mapping[Tier, str] = {
    Tier.INTERNAL: "intern, für die Koordination",
    Tier.PUBLIC: "öffentlich, für Gremien und alle anderen",
}
TRENDS: Mapping[Trend, str] = {
    Trend.RISING: "Tendenz steigend",
    Trend.FALLING: "Tendenz fallend",
    Trend.NO_CLEAR_TREND: "keine klare Tendenz",
}
KINDS: Mapping[Kind, str] = {
    Kind.ANSWER_SHARE: "Anteil der Zustimmenden an den Befragten",
    Kind.ANSWER_MEAN: "Mittelwert der Antworten",
    Kind.RECORD_COUNT: "Zahl der Einträge",
    Kind.RECORD_SHARE: "Anteil der dokumentierten Einträge, die die Bedingung erfüllen",
    Kind.MEAN_RATIO: "Durchschnittliches Verhältnis zweier erfasster Zahlen",
    Kind.SHARE_CHANGE: "Veränderung eines Anteils",
    Kind.MANUAL_VALUE: "Wert aus einem Dokument",
}
REASONS: Mapping[Reason, str] = {
    Reason.NO_ANSWERS: "Es gibt keine Antworten.",
    Reason.BELOW_DISCLOSURE_THRESHOLD: "Zu wenige Antworten: Ergebnisse kleiner Gruppen werden nicht gezeigt.",
    Reason.SMALL_BASE: "Zu wenige Antworten für eine Bewertung.",
    Reason.ATTENDANCE_UNKNOWN: "Die Zahl der Anwesenden ist nicht erfasst.",
    Reason.ATTENDANCE_IMPLAUSIBLE: "Es gibt mehr Antworten, als Anwesende erfasst sind.",
    Reason.NOT_A_FULL_YEAR: "Das Netzwerk bestand nicht das ganze Jahr.",
    Reason.PERIOD_RUNNING: "Der Zeitraum läuft noch.",
    Reason.INCOMPLETE: "Für einen Teil fehlen Angaben.",
    Reason.UNDOCUMENTED: "Dazu ist nichts erfasst.",
    Reason.MORE_ATTENDED_THAN_INVITED: "Bei mindestens einem Treffen kamen mehr Personen, als eingeladen waren.",
    Reason.ONLY_TOTAL_RECORDED: (
        "Erfasst ist nur die Gesamtzahl der Anwesenden, nicht, wie viele der Eingeladenen kamen."
    ),
    Reason.NO_USABLE_MEETINGS: "Zu keinem Treffen liegen die nötigen Zahlen vor.",
}
FLAGS: Mapping[Flag, str] = {
    Flag.BASE_SENSITIVE: "Mit der anderen Basis fiele die Bewertung anders aus.",
    Flag.AVERAGING_SENSITIVE: (
        "Der Durchschnitt der Treffen und das Verhältnis der Summen liegen auf verschiedenen Seiten des Ziels."
    ),
    Flag.POOLING_SENSITIVE: (
        "Würden die Erhebungen anders zusammengefasst, läge der Wert auf der anderen Seite des Ziels."
    ),
    Flag.VERSION_CHANGED: "Die Frage wurde umformuliert; frühere Erhebungen bilden eine eigene Reihe.",
}
PARTS: Mapping[str, str] = {
    "affirming": "stimmten zu",
    "not_affirming": "stimmten nicht zu",
    "no_answer": "gaben keine Antwort",
    "not_applicable": "Frage traf nicht zu",
    "not_shown": "kamen nicht bis zur Frage",
    "true": "erfüllt",
    "false": "nicht erfüllt",
    "unknown": "nicht dokumentiert",
    "known": "mit Zahlen",
    "pooled": "Verhältnis der Summen",
}


def write_target(kind: Kind, row: Row) -> str:
    """Return "Ziel mindestens 60 %", or nothing without a target."""
    if row.target is None:
        return ""
    if kind is Kind.RECORD_SHARE and row.target == 1 and row.comparison is Comparison.AT_LEAST:
        return "Ziel alle"
    return f"Ziel {write_comparison(row.comparison)} {write_figure(kind, row.target)}"


def write_comparison(comparison: Comparison) -> str:
    """Return on which side of the target the good values lie."""
    return "mindestens" if comparison is Comparison.AT_LEAST else "höchstens"


def write_figure(kind: Kind, number: Limit) -> str:
    """Return a number of an indicator as it is read."""
    if kind is Kind.SHARE_CHANGE:
        return format_points(number, signed=True)
    return format_percent(number) if kind in SHARES else format_number(number)


def list_details(result: IndicatorResult) -> Iterator[str]:
    """Yield what stands beside the headline of an indicator: uncertainty, response, trend, years."""
    yield from list_uncertainty(result)
    if result.headline_row.response is not None:
        yield write_response(result.headline_row.response)
    yield from list_trends(result)


def list_uncertainty(result: IndicatorResult) -> Iterator[str]:
    """Yield the sampling interval of the headline, if it has one."""
    row, kind = result.headline_row, result.indicator.kind
    if row.value is not None and row.low is not None and row.high is not None and row.low < row.high:
        yield f"Unsicherheit {write_figure(kind, row.low)} bis {write_figure(kind, row.high)}"


def list_trends(result: IndicatorResult) -> Iterator[str]:
    """Yield where the surveys point, and how many years reached their target."""
    # Beside a withheld value a trend would seem to speak of the survey that is not shown.
    if result.trend is not None and result.headline_row.value is not None:
        yield f"{TRENDS[result.trend.label]} ({len(result.trend.scores_days)} Erhebungen)"
    if result.full_years:
        yield f"in {result.full_years_reached} von {result.full_years} vollen Jahren erreicht"


def write_response(response: Response) -> str:
    """Return how many answered; without a known number of people present there is no response rate."""
    if response.rate is None:
        return f"Beteiligung {response.answered}, Zahl der Anwesenden unbekannt"
    return f"Rücklauf {response.answered} von {response.attended} ({format_percent(response.rate)})"


def write_period(period: Period) -> str:
    """Return the time that a figure speaks of."""
    if period.kind in (PeriodKind.CALENDAR_YEAR, PeriodKind.FULL_CALENDAR_YEAR):
        return f"Jahr {period.label}" if period.label else "Jahr"
    if period.start is None or period.end is None:
        return "ohne Zeitraum"
    if period.kind is PeriodKind.SURVEY:
        return f"Erhebung vom {period.start:%d.%m.%Y}"
    if period.kind is PeriodKind.SINCE_START:
        return f"seit {period.start:%d.%m.%Y}"
    return f"{period.start:%d.%m.%Y} bis {period.end:%d.%m.%Y}"


def explain(row: Row) -> tuple[str, ...]:
    """Return in words why a figure is judged as it is, or why there is none."""
    return tuple(REASONS[reason] for reason in row.reasons)
