"""German sentences about means of answers, changes of shares and typed-in values."""

from collections.abc import Callable

from survey_app.evaluation.goals.indicators import Indicator, ManualValue
from survey_app.evaluation.judging.verdict import Flag, Reason, Verdict
from survey_app.evaluation.measures.measure_manual_value import PERCENT, format_manual_value
from survey_app.evaluation.measures.rows import Row
from survey_app.evaluation.statistics.inputs import Limit
from survey_app.evaluation.wording.display import format_number, format_points
from survey_app.evaluation.wording.sentence_parts import (
    NO_TARGET,
    NOT_A_FULL_YEAR,
    NOT_RECORDED,
    STILL_RUNNING,
    is_partial_year,
    join_sentences,
    write_left_out,
    write_target,
)

_VERDICTS = {
    Verdict.REACHED_SECURE: "Das Ziel ist erreicht.",
    Verdict.REACHED_POINT: "Im Messwert ist das Ziel erreicht; gesichert ist das nicht.",
    Verdict.OPEN: "Das Ziel ist im Messwert nicht erreicht; der Abstand ist aber kleiner als die Unsicherheit.",
    Verdict.MISSED: "Das Ziel ist verfehlt.",
}


def write_mean_sentence(row: Row) -> str:
    """Return the sentence of a mean of coded answers."""
    if row.value is None:
        nothing = Reason.NO_ANSWERS in row.reasons
        return "Es gibt keine Antworten." if nothing else "Zu wenige Antworten für eine Auswertung."
    limits = _write_limits(row.low, row.high, lambda limit: format_number(limit, decimals=1))
    counted = f"Mittelwert {row.display} aus {row.base} Antworten{limits}."
    return join_sentences(counted, _judge(row, format_number(row.target or 0)), write_left_out(row))


def write_change_sentence(row: Row) -> str:
    """Return the sentence of a change of a share."""
    if row.value is None and Flag.VERSION_CHANGED in row.flags:
        return "Kein Vergleich: Die Frage wurde anders gestellt als damals."
    if row.value is None:
        withheld = Reason.BELOW_DISCLOSURE_THRESHOLD in row.reasons
        return (
            "Zu wenige Antworten für einen Vergleich." if withheld else "Es gibt keine frühere Erhebung zum Vergleich."
        )
    limits = _write_limits(row.low, row.high, lambda limit: format_points(limit, signed=True))
    counted = f"Veränderung: {row.display}{limits}."
    return join_sentences(counted, _judge(row, format_points(row.target or 0)))


def write_manual_sentence(indicator: Indicator, measure: ManualValue, row: Row) -> str:
    """Return the sentence of a typed-in value with its document and day."""
    if row.value is None:
        withheld = Reason.BELOW_DISCLOSURE_THRESHOLD in row.reasons
        return "Zu wenige Antworten für eine Auswertung." if withheld else NOT_RECORDED
    unit = "" if indicator.unit in (None, PERCENT) else f" {indicator.unit}"
    asked = "" if row.base is None else f" von {row.base} Befragten"
    day = row.period.end or measure.as_of
    counted = f"{row.display}{unit}{asked} (Stand {day:%d.%m.%Y}; {row.source_text or measure.source_text})."
    return join_sentences(counted, _judge(row, format_manual_value(row.target or measure.value * 0, indicator)))


def _judge(row: Row, target: str) -> str:
    if row.target is None:
        return NO_TARGET
    if is_partial_year(row):
        return join_sentences(write_target(row, target), NOT_A_FULL_YEAR)
    verdict = _VERDICTS.get(row.verdict, "Zu wenige Antworten für eine Bewertung.")
    return join_sentences(write_target(row, target), verdict, STILL_RUNNING if row.period.running else "")


def _write_limits(low: Limit | None, high: Limit | None, write: Callable[[Limit], str]) -> str:
    return "" if low is None or high is None else f" (Unsicherheit {write(low)} bis {write(high)})"
