"""Behind the coordinators' door: figures that stand in documents, such as results of earlier years."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey_app.domain.book import Quotation
from survey_app.domain.book_checks import check_quotation
from survey_app.domain.errors import InvalidRecord, NameTaken
from survey_app.domain.network import Network
from survey_app.evaluation.goals.goals import Tier
from survey_app.evaluation.goals.indicators import Indicator, Kind
from survey_app.evaluation.measures.measure_manual_value import is_share
from survey_app.services.reporting import load_goal_system
from survey_app.storage import quotations
from survey_app.storage.engine import writing
from survey_app.storage.quotations import StoredQuotation


def list_quotable(session: Session, network: Network) -> tuple[Indicator, ...]:
    """Return the indicators that take their values from documents.

    Raises:
        UnknownGoalSystem: if the network has published no goal system.
    """
    system = load_goal_system(session, network)
    return tuple(indicator for indicator in system.indicators if indicator.kind is Kind.MANUAL_VALUE)


def list_quotations(session: Session, network: Network) -> Sequence[StoredQuotation]:
    """Return the figures that were entered, by indicator, oldest first."""
    return quotations.list_quotations(session, network_id=network.id)


def load_quotation(session: Session, network: Network, quotation_id: int) -> StoredQuotation:
    """Return a figure.

    Raises:
        UnknownQuotation: if the network has no such figure.
    """
    return quotations.load_quotation(session, quotation_id, network_id=network.id)


def add_quotation(session: Session, network: Network, quotation: Quotation) -> int:
    """Save a new figure and return its id.

    Raises:
        InvalidRecord: if it is no figure of one of the indicators, or of too few people.
        NameTaken: if the indicator has a figure of this day.
    """
    _ensure_sound(session, network, quotation)
    try:
        with writing(session):
            return quotations.add_quotation(session, quotation, network_id=network.id)
    except IntegrityError as error:
        raise NameTaken(str(quotation.as_of)) from error


def change_quotation(session: Session, network: Network, stored: StoredQuotation) -> None:
    """Save a figure if nobody else did since it was loaded.

    Raises:
        UnknownQuotation: if the network has no such figure.
        InvalidRecord, NameTaken: as for a new one.
        ConflictingRevision: with the figure as it stands.
    """
    _ensure_sound(session, network, stored.quotation)
    try:
        with writing(session):
            quotations.change_quotation(session, stored, network_id=network.id)
    except IntegrityError as error:
        raise NameTaken(str(stored.quotation.as_of)) from error


def remove_quotation(session: Session, network: Network, quotation_id: int) -> None:
    """Remove a figure that was entered by mistake; released reports keep it.

    Raises:
        UnknownQuotation: if the network has no such figure.
    """
    with writing(session):
        quotations.load_quotation(session, quotation_id, network_id=network.id)
        quotations.delete_quotation(session, quotation_id, network_id=network.id)


def _ensure_sound(session: Session, network: Network, quotation: Quotation) -> None:
    system = load_goal_system(session, network)
    indicator = system.find_indicator(quotation.indicator)
    known = quotation if indicator and indicator.kind is Kind.MANUAL_VALUE else None
    problems = check_quotation(
        quotation,
        is_known=known is not None,
        is_share=indicator is not None and is_share(indicator),
        fewest=system.parameters.minimum(Tier.INTERNAL),
    )
    if problems:
        raise InvalidRecord(problems)
