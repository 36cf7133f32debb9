"""Answers handed in by many made-up people, for the tests of sealing and erasing."""

from collections.abc import Iterable
from datetime import datetime

from factories import NOW
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.domain.collector import Collector
from survey_app.services import collecting
from survey_app.storage.answer_tables import language_tick, receipt, response, text_answer

RECEIPT_KEY = b"k" * 32
YES = {"impulses": ["yes"]}


def submit(
    session: Session,
    code: str,
    fields: dict[str, list[str]] | None = None,
    *,
    key: str | None = None,
    language: str = "de",
    now: datetime = NOW,
) -> bool:
    """Hand in one form; tell whether it was new."""
    return collecting.submit_response(
        session,
        collecting.enter(session, code),
        fields=fields or YES,
        submission_key=key or collecting.new_submission_key(),
        language=language,
        receipt_key=RECEIPT_KEY,
        now=now,
    )


def submit_all(session: Session, collector: Collector, forms: Iterable[dict[str, list[str]]]) -> list[str]:
    """Hand in one form after the other and return their keys."""
    keys = []
    for form in forms:
        keys.append(collecting.new_submission_key())
        assert submit(session, collector.code, form, key=keys[-1])
    return keys


def count_rows(session: Session) -> dict[str, int]:
    """Return the number of rows in each table of raw answers."""
    session.rollback()
    tables = (response, text_answer, receipt, language_tick)
    return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}
