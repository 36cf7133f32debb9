"""Behind the coordinators' door: questionnaires and goal systems of a network."""

from datetime import datetime

from sqlalchemy.orm import Session

from survey_app.domain.errors import InvalidDocument, Problem
from survey_app.domain.questionnaire import Questionnaire, TranslationStatus
from survey_app.domain.questionnaire_document import missing_wording
from survey_app.storage.engine import writing
from survey_app.storage.goals import add_goal_system
from survey_app.storage.questionnaires import add_questionnaire


def publish_questionnaire(session: Session, questionnaire: Questionnaire, *, network_id: int, now: datetime) -> int:
    """Publish a version of a questionnaire in a network, for ever, and return its id.

    Raises:
        InvalidDocument: if a language it announces lacks wording or is not released.
    """
    problems = [
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
    with writing(session):
        return add_questionnaire(session, questionnaire, network_id=network_id, published_at=now)


def publish_goal_system(session: Session, document: str, *, network_id: int, now: datetime) -> int:
    """Publish a version of a goal system in a network, for ever, and return its id.

    Raises:
        survey_app.evaluation.FormatError: if the document is not a valid goal system.
    """
    with writing(session):
        return add_goal_system(session, document, network_id=network_id, published_at=now)
