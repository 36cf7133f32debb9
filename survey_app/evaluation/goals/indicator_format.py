"""Reading the indicators of a goal file: the keys of every indicator, and those of each kind."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from survey_app.evaluation.formats.table_reading import (
    Refused,
    TableReader,
    read_code,
    read_date,
    read_different,
    read_member,
    read_number,
    read_positive,
    read_text,
)
from survey_app.evaluation.goals.condition_format import read_conditions
from survey_app.evaluation.goals.indicators import (
    HELD,
    Against,
    AnswerMean,
    AnswerShare,
    Conditions,
    DatedTarget,
    Indicator,
    Kind,
    ManualValue,
    MeanRatio,
    Measure,
    PeriodKind,
    Pooling,
    Population,
    RecordCount,
    RecordShare,
    ShareChange,
)
from survey_app.evaluation.goals.sources import FIELDS, FieldType, Source
from survey_app.evaluation.judging.assessment import Base
from survey_app.evaluation.judging.assessment_records import Averaging
from survey_app.evaluation.judging.targets import Comparison

_HIGHEST_STEP = 7
_EPOCH = date(2000, 1, 1)
_ANSWER_PERIODS = tuple(PeriodKind)
_RECORD_PERIODS = tuple(period for period in PeriodKind if period is not PeriodKind.SURVEY)
_COUNTABLE = tuple(kept for kept in FieldType if kept is not FieldType.TABLES)

PERIODS: Mapping[Kind, tuple[PeriodKind, ...]] = {
    Kind.ANSWER_SHARE: _ANSWER_PERIODS,
    Kind.ANSWER_MEAN: _ANSWER_PERIODS,
    Kind.RECORD_COUNT: _RECORD_PERIODS,
    Kind.RECORD_SHARE: _RECORD_PERIODS,
    Kind.MEAN_RATIO: _RECORD_PERIODS,
    Kind.SHARE_CHANGE: (PeriodKind.SURVEY, PeriodKind.CALENDAR_YEAR, PeriodKind.FULL_CALENDAR_YEAR),
    Kind.MANUAL_VALUE: tuple(PeriodKind),
}
"""The periods that make sense for each kind."""


def read_indicator(table: TableReader) -> Indicator:
    """Return an indicator; what is wrong with it is noted in the reader."""
    kind = table.find("kind", read_member(Kind))
    if kind is None:
        table.take("kind", read_member(Kind), otherwise=Kind.MANUAL_VALUE)
    indicator = Indicator(
        id=table.take("id", read_code, otherwise=""),
        text=table.take("text", read_text, otherwise=""),
        measure=_read_measure(table, kind),
        goals=table.take("goals", _read_goals, otherwise=()),
        period=table.take("period", read_member(PeriodKind), otherwise=PeriodKind.SURVEY),
        goals_reading=table.choose("goals_reading", read_different, default=()),
        target=table.find("target", read_number),
        comparison=table.choose("comparison", read_member(Comparison), default=Comparison.AT_LEAST),
        targets=_read_targets(table),
        text_en=table.find("text_en", read_text),
        statement=table.find("statement", read_text),
        step=table.find("step", _read_step),
        unit=table.find("unit", read_text),
        starts_on=table.find("starts_on", read_date),
        deadline=table.find("deadline", read_date),
        span_from=table.find("from", read_date),
        span_until=table.find("until", read_date),
        reading=table.find("reading", read_text),
        valid_from=table.find("valid_from", read_date),
        valid_until=table.find("valid_until", read_date),
    )
    if kind is not None:
        table.close()
    return indicator


def _read_measure(table: TableReader, kind: Kind | None) -> Measure:
    """Without a kind nobody knows which keys belong here, so none of them is called unknown."""
    if kind is None:
        return ManualValue(Fraction(0), _EPOCH, "")
    return _MEASURES[kind](table)


def _read_answer_share(table: TableReader) -> AnswerShare:
    return AnswerShare(
        item=table.take("item", read_code, otherwise=""),
        affirming=table.take("affirming", _read_some_codes, otherwise=()),
        not_applicable=table.choose("not_applicable", read_different, default=()),
        base=table.find("base", read_member(Base)),
        pooling=table.choose("pooling", read_member(Pooling), default=Pooling.LATEST_SURVEY),
        population=table.choose("population", read_member(Population), default=Population.ATTENDEES),
        universe=table.choose("universe", read_conditions(Source.MEETINGS), default=HELD),
    )


def _read_answer_mean(table: TableReader) -> AnswerMean:
    item = table.take("item", read_code, otherwise="")
    values: dict[str, Fraction] = {}
    scale = table.find_table("values")
    if scale is None:
        table.note("values", "is missing")
    else:
        found = {code: scale.find(code, read_number) for code in scale.names()}
        values = {code: value for code, value in found.items() if value is not None}
        if not found:
            table.note("values", "must not be empty")
    return AnswerMean(
        item=item,
        values=values,
        pooling=table.choose("pooling", read_member(Pooling), default=Pooling.LATEST_SURVEY),
        universe=table.choose("universe", read_conditions(Source.MEETINGS), default=HELD),
    )


def _read_source(table: TableReader) -> Source:
    return table.take("source", read_member(Source), otherwise=Source.MEETINGS)


def _read_record_count(table: TableReader) -> RecordCount:
    source = _read_source(table)
    return RecordCount(
        source=source,
        where=table.choose("where", read_conditions(source), default=()),
        distinct_by=table.find("distinct_by", _read_field(source, *_COUNTABLE)),
        dated_by=table.find("dated_by", _read_field(source, FieldType.DATE)),
    )


def _read_record_share(table: TableReader) -> RecordShare:
    source = _read_source(table)
    return RecordShare(
        source=source,
        where=table.take("where", read_conditions(source), otherwise=()),
        universe=table.choose("universe", read_conditions(source), default=default_universe(source)),
        from_meeting=table.choose("from_meeting", read_positive, default=1),
        dated_by=table.find("dated_by", _read_field(source, FieldType.DATE)),
    )


def _read_mean_ratio(table: TableReader) -> MeanRatio:
    source = _read_source(table)
    return MeanRatio(
        source=source,
        numerator=table.take("numerator", _read_field(source, FieldType.NUMBER), otherwise=""),
        denominator=table.take("denominator", _read_field(source, FieldType.NUMBER), otherwise=""),
        universe=table.choose("universe", read_conditions(source), default=default_universe(source)),
        averaging=table.choose("averaging", read_member(Averaging), default=Averaging.UNWEIGHTED),
        dated_by=table.find("dated_by", _read_field(source, FieldType.DATE)),
    )


def _read_share_change(table: TableReader) -> ShareChange:
    against: Against | date = Against.FIRST_SURVEY
    return ShareChange(
        indicator=table.take("indicator", read_code, otherwise=""),
        against=table.take("against", _read_against, otherwise=against),
    )


def _read_manual_value(table: TableReader) -> ManualValue:
    return ManualValue(
        value=table.take("value", read_number, otherwise=Fraction(0)),
        as_of=table.take("as_of", read_date, otherwise=_EPOCH),
        source_text=table.take("source_text", read_text, otherwise=""),
        lower=table.find("lower", read_number),
        upper=table.find("upper", read_number),
    )


def default_universe(source: Source) -> Conditions:
    """Return which records are asked unless the indicator says so: of meetings those held."""
    return HELD if source is Source.MEETINGS else ()


_MEASURES: Mapping[Kind, Callable[[TableReader], Measure]] = {
    Kind.ANSWER_SHARE: _read_answer_share,
    Kind.ANSWER_MEAN: _read_answer_mean,
    Kind.RECORD_COUNT: _read_record_count,
    Kind.RECORD_SHARE: _read_record_share,
    Kind.MEAN_RATIO: _read_mean_ratio,
    Kind.SHARE_CHANGE: _read_share_change,
    Kind.MANUAL_VALUE: _read_manual_value,
}


def _read_targets(table: TableReader) -> tuple[DatedTarget, ...]:
    entries = []
    for entry in table.find_tables("targets") or ():
        starts_on = entry.take("from", read_date, otherwise=_EPOCH)
        entries.append(DatedTarget(starts_on, entry.take("value", read_number, otherwise=Fraction(0))))
        entry.close()
    if len({entry.starts_on for entry in entries}) < len(entries):
        table.note("targets", "holds a day twice")
    return tuple(entries)


def _read_goals(raw: object) -> tuple[str, ...]:
    goals = read_different(raw)
    if not goals:
        raise Refused("must name at least one goal")
    return goals


def _read_some_codes(raw: object) -> tuple[str, ...]:
    codes = read_different(raw)
    if not codes:
        raise Refused("must name at least one option")
    return codes


def _read_step(raw: object) -> int:
    step = read_positive(raw)
    if step > _HIGHEST_STEP:
        raise Refused(f"must lie between 1 and {_HIGHEST_STEP}")
    return step


def _read_against(raw: object) -> Against | date:
    """Return a word, or a date as TOML or text."""
    is_word = isinstance(raw, str) and not raw[:1].isdigit()
    return read_member(Against)(raw) if is_word else read_date(raw)


def _read_field(source: Source, *types: FieldType) -> Callable[[object], str]:
    def read(raw: object) -> str:
        name = read_code(raw)
        fields = FIELDS[source]
        if name not in fields:
            raise Refused(f"{source} have no field {name!r}")
        if fields[name].type not in types:
            raise Refused(f"{name!r} is a field of another type, {' or '.join(types)} is wanted")
        return name

    return read
