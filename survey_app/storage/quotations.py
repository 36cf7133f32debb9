"""Figures from documents, as coordinators enter them."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from survey_app.domain.book import Quotation
from survey_app.domain.errors import ConflictingRevision, UnknownQuotation
from survey_app.storage.tables import QuotationRow


@dataclass(frozen=True, slots=True)
class StoredQuotation:
    """A figure from a document with its place in the database."""

    id: int
    quotation: Quotation
    revision: int


def list_quotations(session: Session, *, network_id: int) -> list[StoredQuotation]:
    """Return the figures of the network by indicator, oldest first."""
    rows = session.scalars(
        select(QuotationRow)
        .where(QuotationRow.network_id == network_id)
        .order_by(QuotationRow.indicator, QuotationRow.as_of)
    )
    return [_to_stored(row) for row in rows]


def load_quotation(session: Session, quotation_id: int, *, network_id: int) -> StoredQuotation:
    """Return a figure of this network.

    Raises:
        UnknownQuotation: if the network has no such figure.
    """
    wanted = (QuotationRow.network_id == network_id, QuotationRow.id == quotation_id)
    row = session.scalars(select(QuotationRow).where(*wanted)).one_or_none()
    if row is None:
        raise UnknownQuotation(str(quotation_id))
    return _to_stored(row)


def add_quotation(session: Session, quotation: Quotation, *, network_id: int) -> int:
    """Write a new figure and return its id."""
    row = QuotationRow(network_id=network_id, **_columns(quotation))
    session.add(row)
    session.flush()
    return row.id


def change_quotation(session: Session, stored: StoredQuotation, *, network_id: int) -> None:
    """Write a figure if nobody else saved since `stored.revision`.

    Raises:
        UnknownQuotation: if the network has no such figure.
        ConflictingRevision: with the figure as it stands.
    """
    wanted = (
        QuotationRow.network_id == network_id,
        QuotationRow.id == stored.id,
        QuotationRow.revision == stored.revision,
    )
    statement = update(QuotationRow).where(*wanted)
    changed = statement.values(**_columns(stored.quotation), revision=stored.revision + 1)
    if session.execute(changed).rowcount == 0:  # type: ignore[attr-defined]
        session.expire_all()
        raise ConflictingRevision(load_quotation(session, stored.id, network_id=network_id))


def delete_quotation(session: Session, quotation_id: int, *, network_id: int) -> None:
    """Remove a figure that was entered by mistake."""
    wanted = (QuotationRow.network_id == network_id, QuotationRow.id == quotation_id)
    session.execute(delete(QuotationRow).where(*wanted))


def _columns(quotation: Quotation) -> dict[str, Any]:
    return {
        "indicator": quotation.indicator,
        "as_of": quotation.as_of,
        "value": f"{quotation.value.numerator}/{quotation.value.denominator}",
        "respondents": quotation.respondents,
        "exact": quotation.exact,
        "source_text": quotation.source_text,
    }


def _to_stored(row: QuotationRow) -> StoredQuotation:
    quotation = Quotation(
        indicator=row.indicator,
        as_of=row.as_of,
        value=Fraction(row.value),
        source_text=row.source_text,
        respondents=row.respondents,
        exact=row.exact,
    )
    return StoredQuotation(row.id, quotation, row.revision)
