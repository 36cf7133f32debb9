"""Where new questionnaires get their items from: what ships with the product and what the network has published."""

import json
from dataclasses import dataclass
from functools import cache

from sqlalchemy.orm import Session

from survey_app.content import read_document
from survey_app.domain.questionnaire import Choice, Questionnaire
from survey_app.domain.questionnaire_document import parse_questionnaire
from survey_app.storage.questionnaires import list_published

SHIPPED = "shipped"

NOT_APPLICABLE = Choice(
    "not_applicable",
    {
        "de": "trifft nicht zu",
        "de-x-simple": "Das passt nicht zu mir.",
        "en": "does not apply",
        "fr": "ne s’applique pas",
        "tr": "geçerli değil",
        "ar": "لا ينطبق",
        "fa": "مربوط نیست",
        "uk": "не стосується",
        "ru": "не относится",
    },
    leaves_base=True,
    exclusive=True,
    last=True,
)
"""The way out for those whom a question does not concern; no native speaker has read its translations."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One questionnaire whose items can be taken.

    Attributes:
        key: names it in a form: "shipped", or the id of a published version.
    """

    key: str
    questionnaire: Questionnaire


@cache
def shipped_questionnaire() -> Questionnaire:
    """Return the post-meeting questionnaire with all its optional parts."""
    return parse_questionnaire(json.loads(read_document("post-meeting-questionnaire.json")))


def list_shelves(session: Session, *, network_id: int) -> list[Shelf]:
    """Return the shipped items and those of the latest version of each questionnaire of the network.

    What a later shelf has from an earlier one, word for word, is not listed again.
    """
    shelves = [Shelf(SHIPPED, shipped_questionnaire())]
    seen: set[str] = set()
    for stored in list_published(session, network_id=network_id):
        if stored.questionnaire.id not in seen:
            seen.add(stored.questionnaire.id)
            shelves.append(Shelf(str(stored.id), stored.questionnaire))
    return shelves


def usual_choice(code: str) -> Choice:
    """Return a choice of the shipped items with its wording in every language.

    Raises:
        KeyError: if they have no such choice.
    """
    return _usual_choices()[code]


@cache
def _usual_choices() -> dict[str, Choice]:
    choices = [choice for item in shipped_questionnaire().items for choice in item.options]
    return {choice.code: choice for choice in reversed(choices)}
