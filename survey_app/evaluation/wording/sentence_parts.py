"""Pieces of German sentences that several kinds of indicators share."""

from fractions import Fraction
from functools import lru_cache

from survey_app.evaluation.goals.indicators import Indicator, PeriodKind
from survey_app.evaluation.judging.targets import Comparison
from survey_app.evaluation.judging.verdict import Reason
from survey_app.evaluation.measures.periods import Period
from survey_app.evaluation.measures.rows import Row
from survey_app.evaluation.statistics.inputs import Number
from survey_app.evaluation.wording.display import NO_BREAK_SPACE, format_number

NOT_RECORDED = "Dazu sind keine Angaben erfasst."
NO_TARGET = "Ohne Zielwert, nur Beobachtung."
STILL_RUNNING = "Der Zeitraum läuft noch."
NOT_A_FULL_YEAR = "Nicht bewertet: kein volles Kalenderjahr."


def join_sentences(*sentences: str) -> str:
    """Return the sentences one after the other, empty ones left out."""
    return " ".join(sentence for sentence in sentences if sentence)


def write_target(row: Row, figure: str) -> str:
    """Return "Ziel: mindestens 60 %." with the figure as it is to be read."""
    direction = "mindestens" if row.comparison is Comparison.AT_LEAST else "höchstens"
    return f"Ziel: {direction} {figure}."


@lru_cache(maxsize=512)
def write_percent(share: Number) -> str:
    """Return a share with as many decimals as it needs, "12,5 %"."""
    return f"{format_number(Fraction(share) * 100)}{NO_BREAK_SPACE}%"


def write_period(period: Period) -> str:
    """Return the beginning of a sentence about a period: "2024: ", or nothing where the sentence says it later."""
    if period.kind is PeriodKind.CALENDAR_YEAR:
        return f"{period.label}: "
    if period.start is None or period.end is None:
        return ""
    if period.kind is PeriodKind.SINCE_START:
        return f"Seit {period.start:%d.%m.%Y}: "
    return f"{period.start:%d.%m.%Y} bis {period.end:%d.%m.%Y}: "


def is_partial_year(row: Row) -> bool:
    """Tell whether a row has no verdict because the network began during its year."""
    return Reason.NOT_A_FULL_YEAR in row.reasons


def write_gap(row: Row, gap: Number, *, unit: str = "") -> str:
    """Return "es fehlen 5", or how much is too much."""
    amount = format_number(abs(Fraction(gap))) + unit
    if row.comparison is Comparison.AT_MOST:
        return f"es sind {amount} zu viel"
    return f"es {'fehlt' if abs(gap) == 1 else 'fehlen'} {amount}"


def find_unit(indicator: Indicator, default: str) -> str:
    """Return what is counted, in the words of the indicator if it has some."""
    return indicator.unit or default


def write_left_out(row: Row) -> str:
    """Say that a total does not contain surveys whose answers could be told from it."""
    if not row.left_out:
        return ""
    if row.left_out == 1:
        return "1 Erhebung mit zu wenigen Antworten ist nicht enthalten."
    return f"{row.left_out} Erhebungen mit zu wenigen Antworten sind nicht enthalten."
