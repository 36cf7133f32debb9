"""A survey that asks some things only where they fit, from forms to shares: who was not asked is not missing."""

from datetime import timedelta
from typing import Any

import pytest
from answering import submit_all
from conditional import conditional_questionnaire
from factories import NOW, make_collector
from sqlalchemy.orm import Session

from survey_app.domain.network import Network
from survey_app.domain.tally import AnswerCounts
from survey_app.evaluation import describe_survey
from survey_app.services import designing, housekeeping
from survey_app.storage.answer_tables import text_answer
from survey_app.storage.tallies import list_tallies

pytestmark = pytest.mark.both_databases
CONDITIONAL = conditional_questionnaire()
REGULAR = {"met_before": ["yes"], "times": ["5"], "liked": ["talks"], "talks": ["alle"], "again": ["yes"]}
NEW = {"met_before": ["no"], "why_not": ["Zeit"], "again": ["yes"]}
CONFUSED = {"met_before": ["no"], "times": ["9"], "liked": ["people"], "talks": ["keiner"], "again": ["no"]}
SILENT = {"again": ["no"]}


@pytest.fixture
def tallies(session: Session, network: Network) -> dict[str, AnswerCounts]:
    version = designing.publish_questionnaire(session, CONDITIONAL, network_id=network.id, now=NOW)
    collector = make_collector(session, network, now=NOW, version_id=version, languages=("de",))
    forms: list[Any] = [*[REGULAR] * 12, *[NEW] * 6, *[CONFUSED] * 2, SILENT]
    submit_all(session, collector, forms)
    housekeeping.close_collector(session, collector.code, network_id=network.id, now=NOW)
    housekeeping.seal_collector(session, collector.code, network_id=network.id, now=NOW, grace=timedelta(0))
    (sealed,) = list_tallies(session, network_id=network.id)
    return {item.code: item.total for item in sealed.items}


def test_who_was_not_asked_is_counted_as_such_when_the_survey_is_sealed(
    session: Session, tallies: dict[str, AnswerCounts]
) -> None:
    assert tallies["liked"].choices == {"talks": 12, "people": 0, "other": 0}
    assert (tallies["liked"].answered, tallies["liked"].no_answer, tallies["liked"].not_applicable) == (12, 0, 9)
    assert (tallies["since"].no_answer, tallies["since"].not_applicable) == (12, 9)
    assert tallies["talks"] == AnswerCounts({}, no_answer=0, not_applicable=9, answered=12)
    assert tallies["why_not"] == AnswerCounts({}, no_answer=2, not_applicable=13, answered=6)
    assert {counts.persons for counts in tallies.values()} == {21}
    assert "keiner" not in {row.text for row in session.execute(text_answer.select())}


def test_base_holds_those_who_were_asked_when_results_are_described(
    session: Session, network: Network, tallies: dict[str, AnswerCounts]
) -> None:
    (sealed,) = list_tallies(session, network_id=network.id)
    described = {item.code: item for item in describe_survey(CONDITIONAL, sealed).items}
    assert (described["liked"].base, described["again"].base) == (12, 21)
    missing = described["liked"].missing
    assert missing is not None
    assert (missing["no_answer"], missing["not_applicable"]) == (0, 9)
