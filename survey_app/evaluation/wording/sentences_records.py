"""German sentences about what the organisers recorded: counts, shares of records, mean ratios."""

from fractions import Fraction

from survey_app.evaluation.goals.indicators import Indicator, MeanRatio, PeriodKind, RecordCount, RecordShare
from survey_app.evaluation.goals.sources import Source
from survey_app.evaluation.judging.targets import Comparison
from survey_app.evaluation.judging.verdict import Reason, Verdict
from survey_app.evaluation.measures.rows import Row
from survey_app.evaluation.wording.display import format_number, format_percent
from survey_app.evaluation.wording.sentence_parts import (
    NO_TARGET,
    NOT_A_FULL_YEAR,
    NOT_RECORDED,
    STILL_RUNNING,
    find_unit,
    is_partial_year,
    join_sentences,
    write_gap,
    write_percent,
    write_period,
    write_target,
)

_COUNTED = {
    Source.MEETINGS: "Treffen",
    Source.PARTNERS: "Partner",
    Source.NEEDS: "Bedarfe",
    Source.OFFERS: "Angebote",
}
_AMONG = {
    Source.MEETINGS: "Treffen",
    Source.PARTNERS: "Partnern",
    Source.NEEDS: "Bedarfen",
    Source.OFFERS: "Angeboten",
}
_REACHED = "Das Ziel ist erreicht."
_MISSED = "Das Ziel ist verfehlt."
_ONLY_TOTALS = "Erfasst ist nur die Gesamtzahl der Anwesenden, nicht wie viele der Eingeladenen kamen."


def write_count_sentence(indicator: Indicator, measure: RecordCount, row: Row) -> str:
    """Return the sentence of a number of records, with what is missing to the target."""
    if row.value is None:
        return NOT_RECORDED
    unit = find_unit(indicator, _COUNTED[measure.source])
    if row.period.kind is PeriodKind.SINCE_START and row.period.end is not None:
        counted = f"{row.display} {unit} bis {row.period.end:%d.%m.%Y}."
    else:
        counted = f"{write_period(row.period)}{row.display} {unit}."
    if row.target is None:
        return join_sentences(counted, NO_TARGET)
    return join_sentences(counted, write_target(row, format_number(row.target)), _judge_count(row))


def _judge_count(row: Row) -> str:
    gap = write_gap(row, (row.target or 0) - (row.value or 0))
    if row.verdict is Verdict.REACHED_SECURE:
        return _REACHED
    if row.verdict is Verdict.REACHED_POINT:
        return join_sentences("Bisher ist das Ziel eingehalten.", STILL_RUNNING if row.period.running else "")
    if row.verdict is Verdict.OPEN and row.period.running:
        return f"Der Zeitraum läuft noch; {gap}."
    if row.verdict is Verdict.OPEN:
        return f"Das Ziel ist noch nicht erreicht; {gap}."
    return f"Das Ziel ist verfehlt; {gap}." if row.verdict is Verdict.MISSED else NOT_A_FULL_YEAR


def write_record_share_sentence(measure: RecordShare, row: Row) -> str:
    """Return the sentence of a share of records; it names those that fail and those nobody documented."""
    parts = row.base_parts or {}
    noun, unknown = _AMONG[measure.source], parts.get("unknown") or 0
    if row.value is None:
        return (
            f"{write_period(row.period)}{unknown} {_COUNTED[measure.source]}, nicht dokumentiert."
            if unknown
            else NOT_RECORDED
        )
    is_every = row.target == 1 and row.comparison is Comparison.AT_LEAST
    percent = "" if is_every or row.value is None else f" ({format_percent(row.value, target=row.target)})"
    counted = f"{write_period(row.period)}{row.numerator} von {row.base} dokumentierten {noun}{percent}"
    counted += f"; {unknown} nicht dokumentiert." if unknown else "."
    if row.target is None:
        return join_sentences(counted, NO_TARGET, _name_records(row))
    target = "Ziel: alle." if is_every else write_target(row, write_percent(row.target))
    return join_sentences(counted, target, _judge_records(row, "dokumentiert"), _name_records(row))


def write_ratio_sentence(measure: MeanRatio, row: Row) -> str:
    """Return the sentence of a mean ratio, with the ratio of the sums beside it and the records that lack a number."""
    if row.value is None:
        return _explain_no_ratio(row)
    parts = row.base_parts or {}
    counted = f"{write_period(row.period)}im Schnitt {row.display}."
    unknown, pooled = parts.get("unknown") or 0, parts.get("pooled")
    records = f"{unknown} von {(row.base or 0) + unknown} {_AMONG[measure.source]}"
    named = f" ({', '.join(row.named['unknown'])})" if row.named.get("unknown") else ""
    gaps = f"Für {records} fehlen Angaben{named}." if unknown else ""
    whole = "" if pooled in (None, row.value) else f"Alle zusammen gerechnet: {format_percent(Fraction(pooled or 0))}."
    if row.target is None:
        return join_sentences(counted, whole, NO_TARGET, gaps)
    target = write_target(row, write_percent(row.target))
    return join_sentences(counted, whole, target, gaps, _judge_records(row, "belegt"))


def _judge_records(row: Row, how: str) -> str:
    """Say what gaps and later records leave of a verdict; `how` is what the known records are."""
    if is_partial_year(row):
        return NOT_A_FULL_YEAR
    has_gaps = Reason.INCOMPLETE in row.reasons
    if row.verdict is Verdict.REACHED_POINT and row.period.running:
        return f"Bisher erreicht{f', soweit {how}' if has_gaps else ''}; der Zeitraum läuft noch."
    if row.verdict is Verdict.REACHED_POINT:
        return f"Erreicht, soweit {how}."
    if row.verdict is Verdict.OPEN:
        return (
            "Bisher nicht erreicht; der Zeitraum läuft noch." if row.period.running else "Offen, weil Angaben fehlen."
        )
    return _REACHED if row.verdict is Verdict.REACHED_SECURE else _MISSED


def _name_records(row: Row) -> str:
    failed, unknown = row.named.get("failed"), row.named.get("unknown")
    return join_sentences(
        f"Nicht erfüllt: {', '.join(failed)}." if failed else "",
        f"Nicht dokumentiert: {', '.join(unknown)}." if unknown else "",
    )


def _explain_no_ratio(row: Row) -> str:
    if Reason.ONLY_TOTAL_RECORDED in row.reasons:
        return f"{write_period(row.period)}{_ONLY_TOTALS}"
    unknown = (row.base_parts or {}).get("unknown") or 0
    if unknown:
        named = f" ({', '.join(row.named.get('unknown', ()))})"
        return f"{write_period(row.period)}Für {unknown} von {unknown} Treffen fehlen Angaben{named}."
    return NOT_RECORDED
