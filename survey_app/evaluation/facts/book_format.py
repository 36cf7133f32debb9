"""Reading what the organisers recorded: meetings, partners, needs and offers of a facts file."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from survey_app.domain.book import Book, Meeting, Need, Offer, Partner, Quotation, Topic
from survey_app.evaluation.formats.table_reading import (
    Refused,
    TableReader,
    read_code,
    read_count,
    read_date,
    read_different,
    read_flag,
    read_number,
    read_positive,
    read_text,
)
from survey_app.evaluation.goals.sources import FIELDS, Field, FieldType, Source

_FRACTION = re.compile(r"(-?[0-9]{1,36})/([1-9][0-9]{0,35})")

Entry = TypeVar("Entry", Meeting, Partner, Need, Offer)


def read_book(table: TableReader) -> Book:
    """Return the recorded part of the facts; a source that is null or absent was not recorded."""
    book = Book(
        starts_on=table.find("starts_on", read_date),
        meetings=_read_records(table, Source.MEETINGS, Meeting),
        partners=_read_records(table, Source.PARTNERS, Partner),
        needs=_read_records(table, Source.NEEDS, Need),
        offers=_read_records(table, Source.OFFERS, Offer),
        quotations=tuple(_read_quotation(entry) for entry in table.find_tables("quotations") or ()),
    )
    _check_meetings(table, book.meetings or ())
    _check_ids(table, Source.MEETINGS, [meeting.id for meeting in book.meetings or ()])
    _check_ids(table, Source.NEEDS, [need.id for need in book.needs or ()])
    _check_ids(table, Source.OFFERS, [offer.id for offer in book.offers or ()])
    _check_references(table, book)
    return book


def _read_quotation(table: TableReader) -> Quotation:
    quotation = Quotation(
        indicator=table.take("indicator", read_code, otherwise=""),
        as_of=table.take("as_of", read_date, otherwise=date(2000, 1, 1)),
        value=table.take("value", _read_exactly, otherwise=Fraction(0)),
        source_text=table.take("source_text", read_text, otherwise=""),
        respondents=table.find("respondents", read_positive),
        exact=table.choose("exact", read_flag, default=False),
    )
    table.close()
    return quotation


def _read_exactly(raw: object) -> Fraction:
    """Return a number, or a fraction "a/b" where decimals would not be exact."""
    found = _FRACTION.fullmatch(raw) if isinstance(raw, str) else None
    return read_number(raw) if found is None else Fraction(int(found[1]), int(found[2]))


def _read_records(table: TableReader, source: Source, kind: type[Entry]) -> tuple[Entry, ...] | None:
    entries = table.find_tables(source)
    return None if entries is None else tuple(_read_record(entry, source, kind) for entry in entries)


def _read_record(table: TableReader, source: Source, kind: type[Entry]) -> Entry:
    """Every field may be null; only a meeting has to say which one it is."""
    values: dict[str, Any] = {
        name: _read_field(table, name, field) for name, field in FIELDS[source].items() if not field.derived
    }
    if kind is Meeting:
        values["id"] = table.take("id", read_code, otherwise="")
    table.close()
    return kind(**values)


def _read_field(table: TableReader, name: str, field: Field) -> object:
    if field.type is FieldType.TABLES:
        return _read_topics(table, name)
    if field.choices:
        return table.find(name, _read_choice(field.choices))
    if name == "id":
        return table.find(name, read_code)
    return table.find(name, _READERS[field.type])


_READERS: Mapping[FieldType, Callable[[object], object]] = {
    FieldType.TEXT: read_text,
    FieldType.NUMBER: read_count,
    FieldType.DATE: read_date,
    FieldType.FLAG: read_flag,
    FieldType.CODES: read_different,
}


def _read_topics(table: TableReader, name: str) -> tuple[Topic, ...] | None:
    entries = table.find_tables(name)
    if entries is None:
        return None
    fields = FIELDS[Source.MEETINGS][name].fields
    topics = []
    for entry in entries:
        values: dict[str, Any] = {key: _read_field(entry, key, field) for key, field in fields.items()}
        entry.close()
        topics.append(Topic(**values))
    return tuple(topics)


def _read_choice(choices: tuple[str, ...]) -> Callable[[object], str]:
    def read(raw: object) -> str:
        if raw not in choices:
            raise Refused(f"must be one of {', '.join(choices)}, not {raw!r}")
        return str(raw)

    return read


def _check_meetings(table: TableReader, meetings: tuple[Meeting, ...]) -> None:
    for index, meeting in enumerate(meetings):
        total, invited = meeting.attended_total, meeting.attended_invited
        if total is not None and invited is not None and total < invited:
            message = f"{total} persons in all cannot be fewer than the {invited} invited ones who came"
            table.note(f"meetings[{index}].attended_total", message)


def _check_ids(table: TableReader, source: Source, ids: list[str | None]) -> None:
    seen = set()
    for index, entry_id in enumerate(ids):
        if entry_id is not None and entry_id in seen:
            table.note(f"{source}[{index}].id", f"the id {entry_id!r} is used twice")
        seen.add(entry_id)


def _check_references(table: TableReader, book: Book) -> None:
    meetings = {meeting.id for meeting in book.meetings or ()}
    offers = {offer.id for offer in book.offers or ()}
    for index, need in enumerate(book.needs or ()):
        if need.meeting is not None and need.meeting not in meetings:
            table.note(f"needs[{index}].meeting", f"there is no meeting {need.meeting!r}")
        if need.offer is not None and need.offer not in offers:
            table.note(f"needs[{index}].offer", f"there is no offer {need.offer!r}")
