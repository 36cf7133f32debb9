"""Each kind of record that a table can hold: what there is already, how a row finds it, and how it is stored."""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy.orm import Session

from survey_app.domain.book import Meeting, Need, Offer, Partner
from survey_app.domain.book_checks import check_need, check_offer, check_partner
from survey_app.domain.errors import Problem
from survey_app.storage import book, needs

Values = Mapping[str, Any]
Record = Partner | Need | Offer

_NUMBERED = re.compile(r"#(\d{1,9})\b.*", re.DOTALL)
_DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y")


class RecordKind(StrEnum):
    """What a table holds."""

    PARTNERS = "partners"
    NEEDS = "needs"
    OFFERS = "offers"


class Desk(Protocol):
    """One kind of record of a network, opened inside a transaction."""

    name_key: str
    blank: Any

    def list_stored(self) -> Sequence[Any]:
        """Return everything that is stored, in the order of the pages."""

    def values_of(self, record: Any) -> Values:
        """Return what a table says of a record, by column; `resolve` and `find` lead back to it."""

    def find(self, values: Values) -> Any | None:
        """Return the stored record that a row speaks of, None for a new one."""

    def record_of(self, stored: Any) -> Any:
        """Return the record of a stored one."""

    def identify(self, record: Any) -> object:
        """Return what tells a new record from the others of its table."""

    def check(self, record: Any) -> list[Problem]:
        """Return what contradicts itself in a record."""

    def resolve(self, values: Values) -> tuple[Values, list[Problem]]:
        """Return the values with what they refer to found, and what could not be found."""

    def add_all(self, records: Sequence[Any]) -> None:
        """Write new records in one step: who answers a survey waits while a table is written."""

    def change_all(self, changes: Sequence[tuple[Any, Any]]) -> None:
        """Write records in the places of stored ones, in one step as well."""


def open_desk(session: Session, kind: RecordKind, *, network_id: int) -> Desk:
    """Return the desk of a kind of record."""
    desks: Mapping[RecordKind, type[_PartnerDesk] | type[_NeedDesk] | type[_OfferDesk]] = {
        RecordKind.PARTNERS: _PartnerDesk,
        RecordKind.NEEDS: _NeedDesk,
        RecordKind.OFFERS: _OfferDesk,
    }
    return desks[kind](session, network_id)


class _PartnerDesk:
    name_key = "name"
    blank = Partner()

    def __init__(self, session: Session, network_id: int) -> None:
        self._session, self._network_id = session, network_id
        self._stored = book.list_partners(session, network_id=network_id)
        self._by_name = {one.partner.name: one for one in self._stored}

    def list_stored(self) -> Sequence[book.StoredPartner]:
        return self._stored

    def values_of(self, record: Partner) -> Values:
        return asdict(record)

    def find(self, values: Values) -> book.StoredPartner | None:
        return self._by_name.get(values.get("name"))

    def record_of(self, stored: book.StoredPartner) -> Partner:
        return stored.partner

    def identify(self, record: Partner) -> object:
        return record.name

    def check(self, record: Partner) -> list[Problem]:
        return check_partner(record)

    def resolve(self, values: Values) -> tuple[Values, list[Problem]]:
        return values, []

    def add_all(self, records: Sequence[Partner]) -> None:
        book.add_partners(self._session, records, network_id=self._network_id)

    def change_all(self, changes: Sequence[tuple[book.StoredPartner, Partner]]) -> None:
        changed = [replace(stored, partner=record) for stored, record in changes]
        book.change_partners(self._session, changed, network_id=self._network_id)


class _OfferDesk:
    name_key = "title"
    blank = Offer()

    def __init__(self, session: Session, network_id: int) -> None:
        self._session, self._network_id = session, network_id
        self._stored = needs.list_offers(session, network_id=network_id)
        self._index = _Index((one, one.id, (one.offer.title, one.offer.started_on)) for one in self._stored)

    def list_stored(self) -> Sequence[needs.StoredOffer]:
        return self._stored

    def values_of(self, record: Offer) -> Values:
        return asdict(record)

    def find(self, values: Values) -> needs.StoredOffer | None:
        found: needs.StoredOffer | None = self._index.find(values, "started_on")
        return found

    def record_of(self, stored: needs.StoredOffer) -> Offer:
        return stored.offer

    def identify(self, record: Offer) -> object:
        return record.title, record.started_on

    def check(self, record: Offer) -> list[Problem]:
        return check_offer(record)

    def resolve(self, values: Values) -> tuple[Values, list[Problem]]:
        return values, []

    def add_all(self, records: Sequence[Offer]) -> None:
        needs.add_offers(self._session, records, network_id=self._network_id)

    def change_all(self, changes: Sequence[tuple[needs.StoredOffer, Offer]]) -> None:
        changed = [replace(stored, offer=record) for stored, record in changes]
        needs.change_offers(self._session, changed, network_id=self._network_id)


class _NeedDesk:
    name_key = "title"
    blank = Need()

    def __init__(self, session: Session, network_id: int) -> None:
        self._session, self._network_id = session, network_id
        self._stored = needs.list_needs(session, network_id=network_id)
        self._index = _Index((one, one.id, (one.need.title, one.need.recognised_on)) for one in self._stored)
        self._named = {
            "meeting": _Register([one.meeting for one in book.list_meetings(session, network_id=network_id)]),
            "offer": _Register([one.offer for one in needs.list_offers(session, network_id=network_id)]),
        }

    def list_stored(self) -> Sequence[needs.StoredNeed]:
        return self._stored

    def values_of(self, record: Need) -> Values:
        names = {key: register.name(getattr(record, key)) for key, register in self._named.items()}
        return asdict(record) | names

    def find(self, values: Values) -> needs.StoredNeed | None:
        found: needs.StoredNeed | None = self._index.find(values, "recognised_on")
        return found

    def record_of(self, stored: needs.StoredNeed) -> Need:
        return stored.need

    def identify(self, record: Need) -> object:
        return record.title, record.recognised_on

    def check(self, record: Need) -> list[Problem]:
        return check_need(record)

    def resolve(self, values: Values) -> tuple[Values, list[Problem]]:
        resolved, problems = dict(values), []
        for key, register in self._named.items():
            text = values.get(key)
            if text is None:
                continue
            matches = register.find(text)
            resolved[key] = matches[0].id if len(matches) == 1 else None
            if len(matches) != 1:
                code = "ambiguous_reference" if matches else "unknown_reference"
                problems.append(Problem(code, key, {"value": text}))
        return resolved, problems

    def add_all(self, records: Sequence[Need]) -> None:
        needs.add_needs(self._session, records, network_id=self._network_id)

    def change_all(self, changes: Sequence[tuple[needs.StoredNeed, Need]]) -> None:
        changed = [replace(stored, need=record) for stored, record in changes]
        needs.change_needs(self._session, changed, network_id=self._network_id)


class _Index:
    """Stored needs or offers by number, and by title and first day; of two that say the same the older one is meant."""

    def __init__(self, entries: Iterable[tuple[Any, int, Hashable]]) -> None:
        self._by_number: dict[str, Any] = {}
        self._by_identity: dict[Hashable, Any] = {}
        for one, number, identity in entries:
            self._by_number[str(number)] = one
            self._by_identity.setdefault(identity, one)

    def find(self, values: Values, first_day: str) -> Any | None:
        """Return the record with the number that a row names, or else the one with its title and first day."""
        number = values.get("id")
        if number is not None:
            return self._by_number.get(number)
        return self._by_identity.get((values.get("title"), values.get(first_day)))


class _Register:
    """Meetings or offers, as cells name them: "#12 …", a day, or a title."""

    def __init__(self, records: Sequence[Meeting] | Sequence[Offer]) -> None:
        self._by_number = {str(record.id): record for record in records}
        self._by_day: dict[date, list[Any]] = {}
        self._by_title: dict[str, list[Any]] = {}
        for record in records:
            self._by_title.setdefault((record.title or "").casefold(), []).append(record)
            if isinstance(record, Meeting) and record.date is not None:
                self._by_day.setdefault(record.date, []).append(record)

    def name(self, number: str | None) -> str | None:
        """Return what a table writes for the record with a number."""
        return None if number is None else name_reference(self._by_number[number])

    def find(self, text: str) -> list[Any]:
        """Return every record that a cell may mean."""
        numbered = _NUMBERED.fullmatch(text)
        if numbered:
            return [self._by_number[numbered[1]]] if numbered[1] in self._by_number else []
        day = _read_day(text)
        if day in self._by_day:
            return self._by_day[day]
        return self._by_title.get(text.casefold(), [])


def _read_day(text: str) -> date | None:
    for pattern in _DAY_FORMATS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None


def name_reference(record: Meeting | Offer) -> str:
    """Return how a table names a meeting or an offer: by its number, and readably."""
    day = record.date if isinstance(record, Meeting) else None
    words = " ".join(part for part in (day.isoformat() if day else "", record.title or "") if part)
    return f"#{record.id} {words}".strip()
