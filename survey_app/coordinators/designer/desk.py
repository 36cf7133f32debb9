"""What the pages of a draft share: the draft of the address, and who saved the same part meanwhile."""

from typing import Any

from flask import abort, g, url_for

from survey_app.coordinators.blueprint import LARGEST_ID
from survey_app.coordinators.goals.drafts import ensure_untouched, fingerprint
from survey_app.domain.errors import ConflictingRevision, InvalidDocument, Problem, TransitionNotAllowed
from survey_app.domain.questionnaire import Item, Questionnaire
from survey_app.extensions import db
from survey_app.services import questionnaire_design as design
from survey_app.services.questionnaire_design import Edit, Step, StoredQuestionnaire
from survey_app.web.messages import message_of

ONE = f"/questionnaires/<int(max={LARGEST_ID}):version_id>"
DRAFT = f"{ONE}/draft"
ITEM = f"{DRAFT}/items/<item_code>"

__all__ = ["DRAFT", "ITEM", "ONE", "ensure_untouched", "fingerprint"]


def load_version(version_id: int) -> StoredQuestionnaire:
    """Return the version of the address."""
    return design.load_version(db.session(), version_id, network_id=g.network.id)


def load_draft(version_id: int) -> StoredQuestionnaire:
    """Return the draft of the address.

    Raises:
        TransitionNotAllowed: if it is published.
    """
    stored = load_version(version_id)
    if stored.published_at is not None:
        raise TransitionNotAllowed("a published version never changes")
    return stored


def find_item(questionnaire: Questionnaire, code: str) -> Item:
    """Return the item of the address, or answer that there is none."""
    return questionnaire.find_item(code) or abort(404)


def change(version_id: int, edit: Edit, step: Step, **options: Any) -> StoredQuestionnaire:
    """Apply a change to the draft of the address."""
    return design.change_draft(db.session(), version_id, edit, network_id=g.network.id, step=step, **options)


def save(
    version_id: int, edit: Edit, form: Any, step: Step, **options: Any
) -> StoredQuestionnaire | ConflictingRevision | None:
    """Apply the change that a form asks for.

    Returns:
        The draft after it, the conflict if somebody saved the same part, None if the form says what is wrong.
    """
    try:
        return change(version_id, edit, step, **options)
    except InvalidDocument as error:
        names = load_version(version_id).questionnaire
        for problem in error.problems:
            place = problem.place.rpartition("]")[2].lstrip(".").split(".")[0].split("[")[0]
            form.add_message(place or problem.place.split("[")[0], explain(problem, names))
        return None
    except ConflictingRevision as conflict:
        return conflict


def explain(problem: Problem, questionnaire: Questionnaire) -> str:
    """Return what is wrong, with questions named as people see them."""
    named = {
        name: name_item(questionnaire, str(value)) if name in ("item", "value") else value
        for name, value in problem.parameters.items()
    }
    return message_of(Problem(problem.code, problem.place, named))


def name_item(questionnaire: Questionnaire, code: str) -> str:
    """Return the number and the first words of an item; an unknown code as it is."""
    item = questionnaire.find_item(code)
    if item is None:
        return code
    numbers = number_questions(questionnaire)
    words = shorten(item.texts.get(questionnaire.source_language, "") or code)
    return f"{numbers[code]}. {words}" if code in numbers else words


def number_questions(questionnaire: Questionnaire) -> dict[str, int]:
    """Return the number of each question as those who answer see it."""
    return {item.code: number for number, item in enumerate(questionnaire.questions, 1)}


def shorten(words: str, length: int = 70) -> str:
    """Return a text as one line of at most this length."""
    line = " ".join(words.split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def back_to(version_id: int, code: str = "") -> str:
    """Return the address of the draft, at an item."""
    return url_for("coordinators.show_draft", version_id=version_id, _anchor=f"item-{code}" if code else None)
