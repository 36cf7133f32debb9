"""Reading the rows of a stored report: what the document says, and what its annex adds."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from survey_app.evaluation.disclosure import ShareMask
from survey_app.evaluation.goals.indicators import PeriodKind
from survey_app.evaluation.judging.targets import Comparison
from survey_app.evaluation.judging.verdict import Flag, Reason, Verdict
from survey_app.evaluation.measures.periods import Period
from survey_app.evaluation.measures.rows import Breakdown, Group, OtherBase, Response, Row, Stage, Term
from survey_app.evaluation.statistics.inputs import Limit
from survey_app.evaluation.statistics.nonresponse import Robustness

Stored = Mapping[str, Any]


def read_row(entry: Stored, extra: Stored) -> Row:
    """Return a row from its two parts; three ways of pooling are not kept, their flag is."""
    low, high, low_s, high_s = map(_read_limit, extra["limits"])
    robustness, response, other = entry.get("robustness"), entry.get("response"), entry.get("other_base")
    return Row(
        period=_read_period(entry["period"], is_full=extra["is_full"]),
        verdict=Verdict(entry["verdict"]),
        target=_read_fraction(extra["target"]),
        comparison=Comparison(extra["comparison"]),
        value=_read_fraction(entry["value"]),
        display=entry["display"],
        numerator=entry["numerator"],
        base=entry["base"],
        base_parts=_read_parts(entry["base_parts"]),
        low=low,
        high=high,
        low_s=low_s,
        high_s=high_s,
        manski_low=_read_limit(entry["manski_low"]),
        manski_high=_read_limit(entry["manski_high"]),
        tipping_point=_read_fraction(entry["tipping_point"]),
        reasons=tuple(Reason(code) for code in entry["reasons"]),
        flags=tuple(Flag(code) for code in entry["flags"]),
        sentence_de=entry["sentence_de"],
        other_base=None if other is None else _read_other_base(other),
        response=None if response is None else _read_response(response),
        robustness=None if robustness is None else Robustness(robustness),
        stages=_read_stages(entry.get("stages")),
        groups=tuple(map(_read_breakdown, entry.get("groups", ()), extra["masks"])),
        missing=extra["missing"],
        named={what: tuple(names) for what, names in extra["named"].items()},
        left_out=extra["left_out"],
        source_text=extra["source_text"],
        terms=tuple(Term(name, Fraction(first), second) for name, first, second in extra["terms"]),
    )


def _read_period(entry: Stored, *, is_full: bool) -> Period:
    surveys = entry.get("surveys")
    return Period(
        PeriodKind(entry["kind"]),
        entry["label"],
        _read_date(entry["from"]),
        _read_date(entry["until"]),
        running=entry["running"],
        is_full=is_full,
        surveys=None if surveys is None else tuple(surveys),
    )


def _read_parts(parts: Stored | None) -> Mapping[str, int | Fraction | None] | None:
    if parts is None:
        return None
    return {name: Fraction(part) if isinstance(part, str) else part for name, part in parts.items()}


def _read_other_base(entry: Stored) -> OtherBase:
    value, verdict = _read_fraction(entry["value"]), Verdict(entry["verdict"])
    return OtherBase(entry["base"], entry["n"], value, entry["display"], verdict)


def _read_response(entry: Stored) -> Response:
    return Response(entry["answered"], entry["attended"], _read_fraction(entry["rate"]))


def _read_stages(entries: Sequence[Stored] | None) -> tuple[Stage, ...] | None:
    if entries is None:
        return None
    return tuple(Stage(_freeze(entry["condition"]), entry["count"]) for entry in entries)


def _freeze(value: Any) -> Any:
    return tuple(_freeze(entry) for entry in value) if isinstance(value, list) else value


def _read_breakdown(entry: Stored, masks: Sequence[str | None]) -> Breakdown:
    shown = tuple(
        Group(group["code"], group["numerator"], group["base"], None if mask is None else ShareMask(mask))
        for group, mask in zip(entry["shown"], masks, strict=True)
    )
    together = entry["pooled"]
    pooled = None if together is None else Group("", together["numerator"], together["base"])
    return Breakdown(entry["by"], shown, tuple(entry["hidden"]), pooled)


def _read_fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _read_limit(limit: str | float | None) -> Limit | None:
    return Fraction(limit) if isinstance(limit, str) else limit


def _read_date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
