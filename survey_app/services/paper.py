"""Entering what people answered on paper: the same checks and the same storage as on a phone, and counted as paper."""

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from survey_app.domain.collector import Collector, CollectorState
from survey_app.domain.errors import CollectorNotOpen, CollectorSealed, MissingSubmissionKey
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Fields, read_answers
from survey_app.services.collecting import new_submission_key
from survey_app.storage import collectors, paper
from survey_app.storage.engine import writing
from survey_app.storage.questionnaires import load_published
from survey_app.storage.responses import add_response, has_receipt, lock_collector
from survey_app.storage.tallies import has_tally

_KEY = re.compile(r"[A-Za-z0-9_-]{22}")
_TAKING = (CollectorState.OPEN, CollectorState.CLOSED)


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack of papers that somebody is entering.

    Attributes:
        entered: papers that are stored already.
        submission_key: for the next paper; sent again, it never stores a second response.
    """

    collector: Collector
    questionnaire: Questionnaire
    entered: int
    submission_key: str


def derive_key(secret: str | bytes) -> bytes:
    """Return the key of receipts of papers, so that nobody can tell anything else that the secret protects."""
    material = secret.encode() if isinstance(secret, str) else secret
    return hmac.digest(material, b"paper", "sha256")


def load_questionnaire(session: Session, collector: Collector) -> Questionnaire:
    """Return what the collector asks."""
    return load_published(session, collector.version_id, network_id=collector.network_id)


def load_stack(session: Session, code: str, *, network_id: int, now: datetime) -> Stack:
    """Return the papers of a collector, ready for the next one.

    Raises:
        UnknownCollector: if the network has no such collector.
        CollectorNotOpen, CollectorSealed: no paper can be entered now.
    """
    collector = collectors.load_collector(session, code, network_id=network_id)
    connection = session.connection()
    _ensure_taking(connection, collector, now)
    questionnaire = load_questionnaire(session, collector)
    return Stack(collector, questionnaire, paper.count_paper(connection, collector), new_submission_key())


def enter_paper(
    session: Session,
    code: str,
    *,
    network_id: int,
    fields: Fields,
    submission_key: str,
    language: str,
    receipt_key: bytes,
    now: datetime,
) -> bool:
    """Store what one paper says, durably and once; nothing stored tells that it came from paper.

    A paper was answered while the survey was open, whenever it is entered: so closing does not matter, sealing does.
    The ceiling does not either; it keeps floods away, and whoever enters papers is signed in.

    Args:
        fields: the submitted form, named as on a participant's page.
        submission_key: as it came with the form.
        language: content language of the paper, counted and not linked to the response.
        receipt_key: see `derive_key`.
        now: moment of the request.

    Returns:
        True if the paper is new, False if this form was stored before.

    Raises:
        UnknownCollector: if the network has no such collector.
        MissingSubmissionKey: the key is absent or malformed.
        InvalidAnswers: with a problem per faulty field.
        CollectorNotOpen, CollectorSealed: no paper can be entered now.
    """
    if not _KEY.fullmatch(submission_key):
        raise MissingSubmissionKey
    known = collectors.load_collector(session, code, network_id=network_id)
    answers = read_answers(load_questionnaire(session, known), fields)
    submission_hash = hmac.digest(receipt_key, submission_key.encode(), "sha256")
    with writing(session) as connection:
        # Alone, since the counter is in the row that phones share: sharing first and writing then would deadlock.
        lock_collector(connection, code, exclusively=True)
        collector = collectors.load_collector(session, code, network_id=network_id)
        if has_receipt(connection, submission_hash):
            return False
        _ensure_taking(connection, collector, now)
        add_response(
            connection,
            collector_id=collector.id,
            version_id=collector.version_id,
            submission_hash=submission_hash,
            answers=answers,
            language=choose_language(language, collector.languages),
        )
        paper.add_paper(connection, collector)
        return True


def choose_language(asked: str, offered: Sequence[str]) -> str:
    """Return the language of a paper: the one named if the survey offers it, else the survey's first."""
    return asked if asked in offered else offered[0]


def _ensure_taking(connection: Connection, collector: Collector, now: datetime) -> None:
    if collector.state is CollectorState.DRAFT or (collector.opens_at is not None and now < collector.opens_at):
        raise CollectorNotOpen(collector.code)
    # Between the two commits of sealing the state is still "closed", but the answers are counted already.
    if collector.state not in _TAKING or has_tally(connection, collector.id):
        raise CollectorSealed(collector.code)
