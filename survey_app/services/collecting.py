"""Behind the participants' door: entering a survey and handing in answers, exactly once."""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from survey_app.domain.collector import Collector, CollectorState
from survey_app.domain.errors import CollectorError, CollectorSealed, MissingSubmissionKey, UnknownAccessCode
from survey_app.domain.network import Network
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Answers, Fields, read_answers
from survey_app.services.ceilings import DEFAULT, ensure_room, take_allowance
from survey_app.services.tickets import spend_ticket
from survey_app.storage.collectors import load_collector_by_code
from survey_app.storage.engine import writing
from survey_app.storage.networks import load_network_by_id
from survey_app.storage.questionnaires import load_published
from survey_app.storage.responses import add_response, has_receipt, lock_collector
from survey_app.storage.submission import Submission, store_at_once
from survey_app.storage.tallies import has_tally

_KEY = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody who scanned a code is about to see."""

    collector: Collector
    questionnaire: Questionnaire
    network: Network


def new_submission_key() -> str:
    """Return 128 random bits for one form; sending the form again with it never stores a second response."""
    return secrets.token_urlsafe(16)


def enter(session: Session, code: str) -> Entry:
    """Return the survey behind an access code, in whatever state it is; the caller asks the collector about that.

    Raises:
        UnknownAccessCode: if no collector has this code.
    """
    collector = load_collector_by_code(session, code)
    return Entry(
        collector,
        load_published(session, collector.version_id, network_id=collector.network_id),
        load_network_by_id(session, collector.network_id),
    )


def submit_at_once(
    engine: Engine,
    entry: Entry,
    *,
    fields: Fields,
    submission_key: str,
    language: str,
    receipt_key: bytes,
    now: datetime,
) -> bool:
    """Store one response durably if nothing about it is unusual; the arguments are those of `submit_response`.

    Returns:
        True if the response is stored. False if nothing was: `submit_response` finds out why and decides.

    Raises:
        SurveyError: as `submit_response`, for what the form and the known state of the survey show already.
    """
    entry.collector.ensure_accepting(now)
    if entry.collector.state is not CollectorState.OPEN or entry.collector.needs_ticket:
        return False
    answers, submission_hash = _read(entry, fields, submission_key, receipt_key)
    if not take_allowance(engine, entry.collector.id):
        return False
    return store_at_once(engine, Submission(entry.collector, submission_hash, answers, language))


def _read(entry: Entry, fields: Fields, submission_key: str, receipt_key: bytes) -> tuple[Answers, bytes]:
    if not _KEY.fullmatch(submission_key):
        raise MissingSubmissionKey
    return read_answers(entry.questionnaire, fields), hmac.digest(receipt_key, submission_key.encode(), "sha256")


def submit_response(
    session: Session,
    entry: Entry,
    *,
    fields: Fields,
    submission_key: str,
    language: str,
    receipt_key: bytes,
    now: datetime,
    default_ceiling: int = DEFAULT,
) -> bool:
    """Store one response durably; a repeat of the same form is thanked again and stores nothing.

    Args:
        entry: the survey the form belongs to; its state is read again inside the transaction.
        fields: the submitted form.
        submission_key: as it came with the form.
        language: content language in which the form was sent, counted and not linked to the response.
        receipt_key: secret of this installation that makes receipts unreadable.
        now: moment of the request.
        default_ceiling: responses taken where nobody knows how many to expect.

    Returns:
        True if the response is new, False if it was stored before.

    Raises:
        MissingSubmissionKey: the key is absent or malformed.
        InvalidAnswers: with a problem per faulty field.
        CollectorNotOpen, CollectorClosed, CollectorSealed, CollectorFull: nothing is taken now.
        TicketError: the survey is for a closed group, and its one-time code is missing, unknown or used.
    """
    answers, submission_hash = _read(entry, fields, submission_key, receipt_key)
    with writing(session) as connection:
        try:
            _ensure_accepting(connection, entry.collector, now)
            ensure_room(connection, entry.collector, default=default_ceiling)
        except CollectorError:
            # A repeat that comes after closing was stored in time: its sender deserves the thanks, not a refusal.
            if has_receipt(connection, submission_hash):
                return False
            raise
        if entry.collector.needs_ticket and not spend_ticket(
            connection, entry.collector, fields, receipt_key=receipt_key, submission_hash=submission_hash
        ):
            return False
        return add_response(
            connection,
            collector_id=entry.collector.id,
            version_id=entry.collector.version_id,
            submission_hash=submission_hash,
            answers=answers,
            language=language,
        )


def _ensure_accepting(connection: Connection, known: Collector, now: datetime) -> None:
    row = lock_collector(connection, known.code, exclusively=False)
    if row is None:
        raise UnknownAccessCode(known.code)
    current = Collector(
        id=row["id"],
        code=known.code,
        network_id=row["network_id"],
        meeting_id=known.meeting_id,
        version_id=row["version_id"],
        state=CollectorState(row["state"]),
        languages=known.languages,
        opens_at=row["opens_at"],
        closes_at=row["closes_at"],
    )
    current.ensure_accepting(now)
    # Between the two commits of sealing the grace may still run, but an answer would come too late to be counted,
    # and without its receipt a repeated form would count twice. An open collector is never counted: no query.
    if current.state is CollectorState.CLOSED and has_tally(connection, current.id):
        raise CollectorSealed(known.code)
