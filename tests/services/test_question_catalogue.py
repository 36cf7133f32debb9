"""Which questions an indicator can count: all that were published, each with every wording it ever had."""

from dataclasses import replace

import pytest
from factories import NOW, make_network, publish_standard, standard_questionnaire
from sqlalchemy.orm import Session

from survey_app.domain.network import Network
from survey_app.domain.questionnaire import Choice
from survey_app.services import designing
from survey_app.services.question_catalogue import list_questions

pytestmark = pytest.mark.both_databases


def test_every_countable_question_is_listed_in_the_order_of_the_questionnaire(
    session: Session, network: Network
) -> None:
    publish_standard(session, network)
    questions = list_questions(session, network_id=network.id)
    asked = [item.code for item in standard_questionnaire().items if not item.is_text]
    assert list(questions) == asked
    assert "no_answer" not in questions["contacts_made"].answers
    assert list(questions["contacts_made"].answers) == ["yes_several", "yes_one", "no", "first_time"]


def test_a_reworded_question_keeps_its_earlier_wording_and_answers(session: Session, network: Network) -> None:
    publish_standard(session, network)
    first = standard_questionnaire()
    items = []
    for item in first.items:
        if item.code == "impulses":
            languages = item.texts
            options = (Choice("often", dict(item.options[0].texts)), *item.options[1:])
            item = replace(item, version=2, equivalent_to=(1,), texts=languages | {"de": "Neu?"}, options=options)  # noqa: PLW2901
        items.append(item)
    second = replace(first, version=first.version + 1, items=tuple(items))
    designing.publish_questionnaire(session, second, network_id=network.id, now=NOW.replace(year=2027))
    question = list_questions(session, network_id=network.id)["impulses"]
    assert question.item.texts["de"] == "Neu?"
    assert [asking.item.version for asking in question.wordings] == [2, 1]
    assert {"often", "yes", "no"} == set(question.answers)


def test_another_network_has_its_own_questions(session: Session, network: Network) -> None:
    publish_standard(session, network)
    assert list_questions(session, network_id=make_network(session, "other").id) == {}
