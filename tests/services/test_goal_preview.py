"""What a draft would give: the same figures as a report, nothing stored, and misfits named instead of raised."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from answering import submit_all
from factories import NOW, freiburg_goals, make_collector, make_meeting
from sqlalchemy.orm import Session

from survey_app.domain.network import Minimums, Network
from survey_app.evaluation import FormatError, GoalSystem, Verdict, parse_goals
from survey_app.evaluation.goals.goal_editing import put_indicator
from survey_app.evaluation.goals.indicators import AnswerShare, ShareChange
from survey_app.services import designing, goal_design, housekeeping, reporting
from survey_app.services.goal_preview import find_misfits, preview_goals

FREIBURG = parse_goals(freiburg_goals())
TODAY = NOW.date()


@pytest.fixture
def counted(session: Session, network: Network) -> None:
    """A meeting of 20 people; 12 have answered, 9 of them know more offers."""
    meeting = make_meeting(session, network, date=TODAY, invited=40, attended_invited=18, attended_total=20)
    collector = make_collector(session, network, now=NOW, meeting_id=meeting)
    forms = [{"knows_more_offers": ["clearly_more" if number < 9 else "no"]} for number in range(12)]
    submit_all(session, collector, forms)
    housekeeping.close_collector(session, collector.code, network_id=network.id, now=NOW)
    housekeeping.seal_collector(session, collector.code, network_id=network.id, now=NOW, grace=timedelta(0))


def with_affirming(*codes: str) -> GoalSystem:
    indicator = FREIBURG.find_indicator("I4")
    assert indicator is not None
    assert isinstance(indicator.measure, AnswerShare)
    changed = replace(indicator, measure=replace(indicator.measure, affirming=codes))
    return put_indicator(FREIBURG, changed, instead_of="I4")


@pytest.mark.usefixtures("counted")
def test_a_preview_says_what_the_report_would_say(session: Session, network: Network) -> None:
    preview = preview_goals(network, FREIBURG, reporting.load_records(session, network), cut_off=TODAY)
    designing.publish_goal_system(session, freiburg_goals(), network_id=network.id, now=NOW)
    report = reporting.build_report(session, network, cut_off=TODAY).report
    assert preview.misfits == ()
    assert preview.report.to_dict() == report.to_dict()
    result = preview.report.find_result("I4")
    assert result is not None
    assert (result.headline_row.value, result.verdict) == (Fraction(3, 4), Verdict.REACHED_POINT)


@pytest.mark.usefixtures("counted")
def test_nothing_is_stored_when_something_is_tried_out(session: Session, network: Network) -> None:
    preview_goals(network, FREIBURG, reporting.load_records(session, network), cut_off=TODAY)
    assert goal_design.list_versions(session, network_id=network.id) == []


@pytest.mark.usefixtures("counted")
def test_stricter_minimums_of_the_network_hide_more(session: Session, network: Network) -> None:
    strict = replace(network, minimums=Minimums(internal=13, public=13, sensitive=20))
    result = preview_goals(strict, FREIBURG, reporting.load_records(session, strict), cut_off=TODAY).report.find_result(
        "I4"
    )
    assert result is not None
    assert result.headline_row.value is None


@pytest.mark.usefixtures("counted")
def test_misfits_are_named_and_the_rest_is_evaluated(session: Session, network: Network) -> None:
    wrong = with_affirming("clearly_more", "yes_two")
    change = replace(FREIBURG.indicators[3], id="C", measure=ShareChange("I4", date(2020, 1, 1)), target=None)
    preview = preview_goals(
        network, put_indicator(wrong, change), reporting.load_records(session, network), cut_off=TODAY
    )
    assert [(problem.path, problem.message) for problem in preview.misfits] == [
        ("indicator[3].affirming", "unknown option 'yes_two' of item 'knows_more_offers'")
    ]
    assert {result.indicator.id for result in preview.report.indicators} == {
        indicator.id for indicator in FREIBURG.indicators
    } - {"I4"}


@pytest.mark.usefixtures("counted")
def test_publishing_is_refused_when_no_report_could_be_made(session: Session, network: Network) -> None:
    document = freiburg_goals().replace('affirming = ["clearly_more", "somewhat_more"]', 'affirming = ["yes_two"]')
    version_id = goal_design.start_draft(session, document, network_id=network.id)
    stored = goal_design.load_version(session, version_id, network_id=network.id)
    assert len(find_misfits(session, stored.goal_system, network_id=network.id)) == 1
    with pytest.raises(FormatError):
        goal_design.publish_draft(session, version_id, network_id=network.id, revision=1, now=NOW)
    assert goal_design.load_version(session, version_id, network_id=network.id).published_at is None


def test_a_network_without_any_data_can_try_out_too(session: Session, network: Network) -> None:
    preview = preview_goals(network, FREIBURG, reporting.load_records(session, network), cut_off=TODAY)
    assert preview.report.summary["with_target"] == 9
    assert {result.verdict for result in preview.report.indicators} <= set(Verdict)
