"""Behind the translators' workbench: texts of one language of a draft, and links for people without an account."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy.orm import Session

from survey_app.content import read_document
from survey_app.domain.errors import InvalidRecord, Problem, TransitionNotAllowed, UnknownLink
from survey_app.domain.glossary import Glossary, parse_glossary
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.translating import (
    Translated,
    WordingConflict,
    check_translations,
    find_conflicts,
    mark_translations,
    put_translations,
)
from survey_app.domain.wording_states import WordingStates
from survey_app.services.questionnaire_design import StoredQuestionnaire, change_draft, load_version
from survey_app.storage import translator_links
from survey_app.storage.engine import writing

TranslatorLink = translator_links.TranslatorLink

LONGEST_VALIDITY = timedelta(days=90)
_TOKEN_BYTES = 24


@dataclass(frozen=True, slots=True)
class SavedTranslations:
    """A draft after somebody's translations were put in.

    Attributes:
        conflicts: texts that somebody else has translated otherwise meanwhile; they were left as they are.
    """

    stored: StoredQuestionnaire
    conflicts: tuple[WordingConflict, ...]


def save_translations(
    session: Session, version_id: int, language: str, given: Sequence[Translated], *, network_id: int
) -> SavedTranslations:
    """Put translations into a draft, all but those that somebody else has written otherwise meanwhile.

    Raises:
        UnknownQuestionnaire: if the network has no such version.
        TransitionNotAllowed: if it is published, or is not offered in this language, or is written in it.
        InvalidRecord: for texts that are too long, with their paths; then nothing is saved.
    """
    problems = check_translations(given)
    if problems:
        raise InvalidRecord(problems)
    conflicts: list[WordingConflict] = []
    fitting: list[Translated] = []

    def edit(questionnaire: Questionnaire) -> Questionnaire:
        ensure_translatable(questionnaire, language)
        conflicts[:] = find_conflicts(questionnaire, language, given)
        left = {conflict.path for conflict in conflicts}
        fitting[:] = [one for one in given if one.path not in left]
        return put_translations(questionnaire, language, fitting)

    def mark(questionnaire: Questionnaire, states: WordingStates) -> WordingStates:
        return mark_translations(questionnaire, states, language, fitting)

    stored = change_draft(session, version_id, edit, network_id=network_id, step=None, mark=mark)
    return SavedTranslations(stored, tuple(conflicts))


def ensure_translatable(questionnaire: Questionnaire, language: str) -> None:
    """Raise unless the questionnaire is offered in the language and written in another one.

    Raises:
        TransitionNotAllowed: with the language.
    """
    if language == questionnaire.source_language or language not in questionnaire.languages:
        raise TransitionNotAllowed(language)


def give_link(
    session: Session, version_id: int, language: str, *, network_id: int, now: datetime, valid_for: timedelta
) -> str:
    """Make a link for one language of a draft and return its secret, this once.

    Raises:
        UnknownQuestionnaire: if the network has no such version.
        TransitionNotAllowed: if it is published, or is not offered in this language, or is written in it.
        InvalidRecord: for a time that is none or too long.
    """
    if not timedelta(0) < valid_for <= LONGEST_VALIDITY:
        limits = {"low": 1, "high": LONGEST_VALIDITY.days}
        raise InvalidRecord([Problem("number_out_of_range", "days", limits)])
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with writing(session):
        stored = load_version(session, version_id, network_id=network_id)
        if stored.published_at is not None:
            raise TransitionNotAllowed("a published version never changes")
        ensure_translatable(stored.questionnaire, language)
        translator_links.delete_ended_links(session, version_id, network_id=network_id, now=now)
        link = TranslatorLink(0, network_id, version_id, language, now + valid_for)
        translator_links.add_link(session, link, token_hash=_hash(token))
    return token


def list_links(session: Session, version_id: int, *, network_id: int, now: datetime) -> list[TranslatorLink]:
    """Return the links of a draft that work at a moment."""
    links = translator_links.list_links(session, version_id, network_id=network_id)
    return [link for link in links if link.works(now)]


def revoke_link(session: Session, link_id: int, *, version_id: int, network_id: int, now: datetime) -> None:
    """Take a link back.

    Raises:
        UnknownLink: if the draft has no such link.
    """
    with writing(session):
        if not translator_links.revoke_link(session, link_id, version_id=version_id, network_id=network_id, now=now):
            raise UnknownLink(str(link_id))


def follow_link(session: Session, token: str, *, now: datetime) -> tuple[TranslatorLink, StoredQuestionnaire]:
    """Return what a link opens.

    Raises:
        UnknownLink: if nobody gave out such a link, it was taken back or has expired, or its draft is published or
            not offered in the language any more.
    """
    link = translator_links.find_link(session, _hash(token))
    if link is None or not link.works(now):
        raise UnknownLink("not valid")
    stored = load_version(session, link.version_id, network_id=link.network_id)
    if stored.published_at is not None or link.language not in stored.questionnaire.languages:
        raise UnknownLink("nothing to translate")
    return link, stored


@cache
def load_glossary() -> Glossary:
    """Return the shipped glossary."""
    return parse_glossary(read_document("glossary.json"))


def _hash(token: str) -> bytes:
    """Return what is stored of a secret; it is long and random, so a plain hash cannot be tried out."""
    return hashlib.sha256(token.encode("utf-8", "backslashreplace")).digest()
