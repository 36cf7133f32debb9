"""German sentences about shares of answers: the count first, then the target, then how sure it is."""

from functools import lru_cache

from survey_app.evaluation.goals.goals import Parameters
from survey_app.evaluation.goals.indicators import Indicator
from survey_app.evaluation.judging.targets import Comparison
from survey_app.evaluation.judging.verdict import Reason, Verdict
from survey_app.evaluation.measures.rows import Row
from survey_app.evaluation.wording.display import (
    NO_BREAK_SPACE,
    SHOW_PERCENT_FROM,
    format_number,
    format_percent,
    format_share,
    format_tipping_point,
)
from survey_app.evaluation.wording.sentence_parts import (
    NO_TARGET,
    NOT_A_FULL_YEAR,
    STILL_RUNNING,
    is_partial_year,
    join_sentences,
    write_left_out,
    write_percent,
    write_target,
)

_NOTHING = "Es gibt keine Antworten."
_TOO_FEW = "Zu wenige Antworten für eine Auswertung."
_format_once = lru_cache(maxsize=4096)(format_share)


def write_share_sentence(indicator: Indicator, row: Row, parameters: Parameters) -> str:
    """Return the sentence of a share of answers; of a withheld one it tells no number."""
    if row.display is not None and row.numerator is None:
        return _write_in_words(indicator, row)
    if row.numerator is None or row.base is None:
        return _NOTHING if Reason.NO_ANSWERS in row.reasons else _TOO_FEW
    return join_sentences(_write_count(indicator, row), _write_judgement(row, parameters), write_left_out(row))


def _write_in_words(indicator: Indicator, row: Row) -> str:
    """Say "über 90 %" of a sensitive question to which (nearly) all gave the same answer."""
    display = row.display or ""
    counted = f"{display[:1].upper()}{display[1:]} der {row.base} Befragten {indicator.statement or 'stimmen zu'}."
    if row.target is None:
        return join_sentences(counted, NO_TARGET)
    judged = NOT_A_FULL_YEAR if is_partial_year(row) else f"{row.label[:1].upper()}{row.label[1:]}."
    return join_sentences(counted, write_target(row, write_percent(row.target)), judged, write_left_out(row))


def _write_count(indicator: Indicator, row: Row) -> str:
    n, k = row.base or 0, row.numerator or 0
    percent = _format_once(k, n, target=row.target, comparison=row.comparison).text
    counted = f"{k} von {n} Befragten" + (f" ({percent})" if n >= SHOW_PERCENT_FROM else "")
    if k == 1:
        return f"Zustimmung: {counted}."
    return f"{counted} {indicator.statement or 'stimmen zu'}."


def _write_judgement(row: Row, parameters: Parameters) -> str:
    if row.target is None:
        return NO_TARGET
    return join_sentences(write_target(row, write_percent(row.target)), _write_verdict(row, parameters))


def _write_verdict(row: Row, parameters: Parameters) -> str:
    if row.verdict is Verdict.REACHED_SECURE:
        return _write_secure(row, parameters)
    if row.verdict is Verdict.REACHED_POINT:
        exactly = row.value == row.target
        reached = "Der Messwert erreicht das Ziel genau." if exactly else "Im Messwert ist das Ziel erreicht."
        return join_sentences(reached, _write_doubt(row))
    if row.verdict is Verdict.OPEN:
        return _write_open(row)
    if row.verdict is Verdict.MISSED:
        return _write_missed(row)
    return NOT_A_FULL_YEAR if is_partial_year(row) else f"Nur {row.base} Antworten – keine Bewertung."


def _write_secure(row: Row, parameters: Parameters) -> str:
    if not row.missing:
        return "Das Ziel ist erreicht; alle Anwesenden haben geantwortet."
    points = format_number(parameters.nonresponse_allowance * 100)
    direction = "niedriger" if row.comparison is Comparison.AT_LEAST else "höher"
    among = "bei der einen anwesenden Person" if row.missing == 1 else f"unter den {row.missing} Anwesenden"
    return (
        f"Das Ziel ist erreicht, auch wenn die Zustimmung {among} ohne Antwort "
        f"um bis zu {points}{NO_BREAK_SPACE}Prozentpunkte {direction} läge."
    )


def _write_doubt(row: Row) -> str:
    """Say why a target that the value reaches is not reached securely."""
    doubts = []
    if Reason.ATTENDANCE_UNKNOWN in row.reasons:
        doubts.append("Gesichert ist das nicht, weil die Zahl der Anwesenden fehlt.")
    if Reason.ATTENDANCE_IMPLAUSIBLE in row.reasons:
        doubts.append("Gesichert ist das nicht, weil mehr Antworten als Anwesende vorliegen.")
    if row.period.running:
        doubts.append(STILL_RUNNING)
    if not doubts and row.tipping_point is not None:
        amount = "weniger" if row.comparison is Comparison.AT_LEAST else "mehr"
        who = "die eine anwesende Person" if row.missing == 1 else f"von den {row.missing} Anwesenden"
        share = f"{amount} als {format_tipping_point(row.tipping_point)}"
        doubts.append(
            f"Gesichert ist das nicht: Es wäre verfehlt, wenn {who} ohne Antwort "
            + (f"zu {share} zustimmte." if row.missing == 1 else f"{share} zustimmten.")
        )
    return " ".join(doubts)


def _write_open(row: Row) -> str:
    if row.period.running:
        return join_sentences("Das Ziel ist im Messwert bisher nicht erreicht.", STILL_RUNNING)
    low, high = (
        format_percent(limit, target=row.target, comparison=row.comparison)
        for limit in (row.low or 0, 1 if row.high is None else row.high)
    )
    return (
        "Das Ziel ist im Messwert nicht erreicht; "
        f"der Abstand ist aber kleiner als die Unsicherheit ({low} bis {high})."
    )


def _write_missed(row: Row) -> str:
    if row.missing == 0:
        return "Das Ziel ist verfehlt; alle Anwesenden haben geantwortet."
    is_floor = row.comparison is Comparison.AT_LEAST
    edge, side = ("obere", "darunter") if is_floor else ("untere", "darüber")
    limit = format_percent((row.high if is_floor else row.low) or 0, target=row.target, comparison=row.comparison)
    return f"Das Ziel ist verfehlt; auch der {edge} Rand der Unsicherheit ({limit}) liegt {side}."
