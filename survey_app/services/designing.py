"""Behind the coordinators' door: questionnaires and goal systems of a network."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey_app.domain.errors import InvalidDocument, NameTaken, Problem
from survey_app.domain.questionnaire import Questionnaire, TranslationStatus
from survey_app.domain.questionnaire_document import check_questionnaire, missing_wording
from survey_app.storage.engine import writing
from survey_app.storage.goals import add_goal_system
from survey_app.storage.questionnaires import add_questionnaire


def publish_questionnaire(session: Session, questionnaire: Questionnaire, *, network_id: int, now: datetime) -> int:
    """Publish a version of a questionnaire in a network, for ever, and return its id.

    Raises:
        InvalidDocument: if a language it announces lacks wording or is not released, or it contradicts itself.
        NameTaken: if the network has published this version already.
    """
    problems = check_questionnaire(questionnaire)
    problems += [
        Problem("missing_wording", path, {"language": language})
        for language in questionnaire.languages
        for path in missing_wording(questionnaire, language)
    ]
    problems += [
        Problem("language_not_released", f"status.{language}")
        for language in questionnaire.languages
        if questionnaire.status.get(language) is not TranslationStatus.RELEASED
    ]
    if problems:
        raise InvalidDocument(problems)
    try:
        with writing(session):
            return add_questionnaire(session, questionnaire, network_id=network_id, published_at=now)
    except IntegrityError as error:
        raise NameTaken(f"{questionnaire.id} {questionnaire.version}") from error


def publish_goal_system(session: Session, document: str, *, network_id: int, now: datetime) -> int:
    """Publish a version of a goal system in a network, for ever, and return its id.

    Raises:
        survey_app.evaluation.FormatError: if the document is not a valid goal system.
        NameTaken: if the network has published this version already.
    """
    try:
        with writing(session):
            return add_goal_system(session, document, network_id=network_id, published_at=now)
    except IntegrityError as error:
        raise NameTaken("goal system") from error
