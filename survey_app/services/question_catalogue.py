"""The questions a network has published: what an indicator can count, in which wordings it was asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from survey_app.domain.questionnaire import NO_ANSWER, Choice, Item, ItemType
from survey_app.domain.text import Text
from survey_app.storage.questionnaires import StoredQuestionnaire, list_published

COUNTABLE = (ItemType.ONE, ItemType.MANY, ItemType.NUMBER, ItemType.DATE)
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asking:
    """One published questionnaire that asks a question."""

    questionnaire: StoredQuestionnaire
    item: Item


@dataclass(frozen=True, slots=True)
class Question:
    """A question by its code, over all published questionnaires.

    Attributes:
        askings: who asks it, the latest publication first; at least one.
    """

    code: str
    askings: tuple[Asking, ...]

    @property
    def item(self) -> Item:
        """Return the question as it was published last."""
        return self.askings[0].item

    @property
    def source_language(self) -> str:
        """Return the language in which the question was written first."""
        return self.askings[0].questionnaire.questionnaire.source_language

    @property
    def answers(self) -> Mapping[str, Text]:
        """Return the answers that can be counted, of all askings, the latest wording of each; not "no answer"."""
        found: dict[str, Text] = {}
        for asking in self.askings:
            for answer in list_answers(asking.item):
                found.setdefault(answer.code, answer.texts)
        return found

    @property
    def wordings(self) -> tuple[Asking, ...]:
        """Return the latest asking of each version of the question, the newest version first."""
        latest: dict[int, Asking] = {}
        for asking in self.askings:
            latest.setdefault(asking.item.version, asking)
        return tuple(latest[version] for version in sorted(latest, reverse=True))


@dataclass(frozen=True, slots=True)
class Answer:
    """Something that can be counted at a question: a choice, or a class of numbers or dates."""

    code: str
    texts: Text
    leaves_base: bool = False


def list_answers(item: Item) -> tuple[Answer, ...]:
    """Return what can be counted at a question; "no answer" is no answer."""
    choices = (_from_choice(choice) for choice in item.options if choice.code != NO_ANSWER)
    classes = (Answer(one.code, one.texts) for one in item.classes)
    return (*choices, *classes)


def list_questions(session: Session, *, network_id: int) -> Mapping[str, Question]:
    """Return every question that can be counted, by its code, in the order of the latest questionnaire."""
    stored = list_published(session, network_id=network_id)
    stored.sort(key=lambda one: (one.published_at or _NEVER, one.id), reverse=True)
    askings: dict[str, list[Asking]] = {}
    for one in stored:
        for item in one.questionnaire.items:
            if item.type in COUNTABLE:
                askings.setdefault(item.code, []).append(Asking(one, item))
    return {code: Question(code, tuple(found)) for code, found in askings.items()}


def _from_choice(choice: Choice) -> Answer:
    return Answer(choice.code, choice.texts, choice.leaves_base)
