"""Reading the counted surveys of a facts file, and checking that their counts add up."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from survey_app.domain.tally import AnswerCounts, ItemTally, Tally, TallyType
from survey_app.evaluation.formats.table_reading import (
    TableReader,
    read_code,
    read_count,
    read_date,
    read_flag,
    read_list,
    read_list_of,
    read_member,
    read_positive,
    read_text,
)

_NOTHING = AnswerCounts({}, 0)


class SurveyState(StrEnum):
    """How far a survey has come; only sealed and erased ones are evaluated."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    SEALED = "sealed"
    ERASED = "erased"


def read_survey(table: TableReader) -> Tally:
    """Return the tally of a survey; what is wrong with it is noted in the reader."""
    completed = table.take("completed", read_count, otherwise=0)
    partial = table.take("partial", read_count, otherwise=0)
    blocks = table.find_tables("items")
    if blocks is None:
        nothing: list[object] = []
        table.take("items", read_list, otherwise=nothing)
    tally = Tally(
        id=table.take("id", read_code, otherwise=""),
        date=table.take("date", read_date, otherwise=date(2000, 1, 1)),
        state=table.take("state", read_member(SurveyState), otherwise=SurveyState.DRAFT),
        questionnaire=table.find("questionnaire", read_text),
        version=table.find("version", read_positive),
        completed=completed,
        partial=partial,
        items=tuple(_read_item(block, completed + partial) for block in blocks or ()),
        meeting=table.find("meeting", read_code),
        attended=table.find("attended", read_count),
    )
    codes = [item.code for item in tally.items]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            table.note(f"items[{index}].code", f"the item {code!r} stands twice")
    table.close()
    return tally


def _read_item(table: TableReader, persons: int) -> ItemTally:
    noted = len(table.problems)
    kind = table.take("type", read_member(TallyType), otherwise=TallyType.ONE)
    total = _read_counts(table, kind, required=True)
    first = table.find_table("first_answers")
    item = ItemTally(
        code=table.take("code", read_code, otherwise=""),
        version=table.take("version", read_positive, otherwise=1),
        type=kind,
        total=total,
        sensitive=table.choose("sensitive", read_flag, default=False),
        equivalent_to=table.choose("equivalent_to", read_list_of(read_positive), default=()),
        by=_read_breakdowns(table, kind),
        first_answers=None if first is None else _read_part(first, kind),
    )
    table.close()
    if len(table.problems) == noted:
        _check_item(table, item, persons)
    return item


def _read_breakdowns(table: TableReader, kind: TallyType) -> dict[str, dict[str, AnswerCounts]]:
    by = table.find_table("by")
    if by is None:
        return {}
    breakdowns = {}
    for key in by.names():
        classes = by.find_table(key)
        if classes is None:
            by.note(key, "must not be null")
            continue
        names = classes.names()
        parts = {name: classes.find_table(name) for name in names}
        breakdowns[key] = {name: _NOTHING if part is None else _read_part(part, kind) for name, part in parts.items()}
    return breakdowns


def _read_part(table: TableReader, kind: TallyType) -> AnswerCounts:
    counts = _read_counts(table, kind, required=False)
    table.close()
    return counts


def _read_counts(table: TableReader, kind: TallyType, *, required: bool) -> AnswerCounts:
    """Counts of an item or of a part of those asked, where what nobody did may be left out."""
    return AnswerCounts(
        choices=_read_choices(table),
        no_answer=_read_number(table, "no_answer", required=required),
        not_applicable=_read_number(table, "not_applicable", required=required),
        not_shown=_read_number(table, "not_shown", required=required),
        answered=_read_answered(table, kind),
    )


def _read_choices(table: TableReader) -> dict[str, int]:
    counts = table.find_table("counts")
    if counts is None:
        table.note("counts", "is missing")
        return {}
    return {code: counts.take(code, read_count, otherwise=0) for code in counts.names()}


def _read_number(table: TableReader, key: str, *, required: bool) -> int:
    return table.take(key, read_count, otherwise=0) if required else table.choose(key, read_count, default=0)


def _read_answered(table: TableReader, kind: TallyType) -> int | None:
    if kind is not TallyType.ONE:
        return table.take("answered", read_count, otherwise=0)
    if table.find("answered", read_count) is not None:
        table.note("answered", "belongs to the types many and text only")
    return None


def _check_item(table: TableReader, item: ItemTally, persons: int) -> None:
    """Note sums that cannot be: more or fewer people than answered, or parts larger than the whole."""
    if item.total.persons != persons:
        message = f"counts of {item.code!r} make {item.total.persons} persons, completed and partial make {persons}"
        table.note("counts", message)
    for key, message in _check_ticks(item.type, item.total):
        table.note(key, message)
    parts = {"first_answers": item.first_answers} if item.first_answers else {}
    parts |= {f"by.{key}.{name}": part for key, classes in item.by.items() for name, part in classes.items()}
    for place, part in parts.items():
        for key, message in (*_check_part(part, item.total), *_check_ticks(item.type, part)):
            table.note(f"{place}.{key}", message)


def _check_ticks(kind: TallyType, counts: AnswerCounts) -> Iterator[tuple[str, str]]:
    if kind is TallyType.TEXT and counts.choices:
        yield "counts", "a text has no options to count"
    if kind is not TallyType.MANY or counts.answered is None:
        return
    for code, count in counts.choices.items():
        if count > counts.answered:
            yield f"counts.{code}", f"{count} ticks of {counts.answered} persons are impossible"
    if counts.answered > sum(counts.choices.values()):
        yield "answered", "more persons answered than ticks were made"


def _check_part(part: AnswerCounts, total: AnswerCounts) -> Iterator[tuple[str, str]]:
    for code, count in part.choices.items():
        if code not in total.choices:
            yield f"counts.{code}", f"unknown option {code!r}"
        elif count > total.choices[code]:
            yield f"counts.{code}", f"{count} in a part of {total.choices[code]} are impossible"
    for key in ("no_answer", "not_applicable", "not_shown", "answered"):
        if (getattr(part, key) or 0) > (getattr(total, key) or 0):
            yield key, f"{getattr(part, key)} in a part of {getattr(total, key)} are impossible"
