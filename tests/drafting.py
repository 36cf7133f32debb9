"""A vocabulary for tests of questionnaire drafts."""

from factories import NOW, standard_questionnaire
from sqlalchemy.orm import Session

from survey_app.domain.network import Network
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_editing import put_wording
from survey_app.services import questionnaire_design as design
from survey_app.services.questionnaire_design import Step, StoredQuestionnaire

STANDARD = standard_questionnaire()
ANY = Step("changed")


def start(session: Session, network: Network, questionnaire: Questionnaire = STANDARD) -> int:
    return design.start_draft(session, questionnaire, network_id=network.id)


def load(session: Session, version_id: int, network: Network) -> StoredQuestionnaire:
    session.rollback()
    return design.load_version(session, version_id, network_id=network.id)


def change(
    session: Session, version_id: int, network: Network, edit: design.Edit, step: Step | None = ANY
) -> StoredQuestionnaire:
    return design.change_draft(session, version_id, edit, network_id=network.id, step=step)


def reword(path: str, words: str, language: str = "de") -> design.Edit:
    return lambda questionnaire: put_wording(questionnaire, path, language, words)


def undo(session: Session, version_id: int, network: Network) -> Step | None:
    revision = load(session, version_id, network).revision
    return design.undo(session, version_id, network_id=network.id, revision=revision)


def publish(session: Session, version_id: int, network: Network, revision: int | None = None, reason: str = "") -> None:
    design.publish_draft(
        session,
        version_id,
        network_id=network.id,
        revision=revision or load(session, version_id, network).revision,
        now=NOW,
        by="somebody@example.org",
        reason=reason,
    )
