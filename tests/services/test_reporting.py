"""The one report: the same from the database as from a file, for one network, up to one day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from answering import submit_all
from factories import NOW, freiburg_goals, make_collector, make_meeting, make_network, publish_standard
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from survey_app.domain.book import Book, Partner
from survey_app.domain.collector import Collector
from survey_app.domain.errors import UnknownGoalSystem
from survey_app.domain.network import Minimums, Network
from survey_app.evaluation.facts.facts_format import Facts, parse_facts
from survey_app.evaluation.facts.facts_writing import write_facts
from survey_app.evaluation.goals.goals_format import parse_goals
from survey_app.evaluation.report import evaluate
from survey_app.extensions import db
from survey_app.services import convening, designing, housekeeping, reporting
from survey_app.storage.questionnaires import list_published

pytestmark = pytest.mark.both_databases
DAYS = (date(2025, 3, 1), date(2025, 10, 1), date(2026, 11, 20))
CUT_OFF = date(2026, 11, 30)
YES = {"topics_central": "yes_fully", "knows_more_offers": "clearly_more", "contacts_made": "yes_one"}


def forms(count: int, agreeing: int) -> list[dict[str, list[str]]]:
    """Return forms of which some affirm and the others decline, with key variables filled."""
    made = []
    for number in range(count):
        given = YES if number < agreeing else {"topics_central": "not_at_all", "knows_more_offers": "no"}
        form = {code: [value] for code, value in given.items()}
        form["attendance_count"] = ["first" if number % 2 else "four_plus"]
        form["answered_this_year"] = ["no"]
        form["remarks"] = ["gern wieder"] if number % 3 == 0 else []
        made.append(form)
    return made


def hold_survey(session: Session, network: Network, day: date, version: int, count: int, **attended: Any) -> Collector:
    """Hold a meeting with a survey that is answered and sealed."""
    opened = datetime.combine(day, NOW.timetz())
    attended = {"invited": 60, "attended_invited": 40, "attended_total": 50, "good_practice": True} | attended
    meeting = make_meeting(session, network, date=day, **attended)
    collector = make_collector(
        session, network, now=opened, meeting_id=meeting, version_id=version, closes_at=NOW + timedelta(days=1)
    )
    submit_all(session, collector, forms(count, count * 3 // 4))
    return collector


def seal(session: Session, collector: Collector) -> None:
    housekeeping.close_collector(session, collector.code, network_id=collector.network_id, now=NOW)
    housekeeping.seal_collector(session, collector.code, network_id=collector.network_id, now=NOW, grace=timedelta(0))


@pytest.fixture
def aimed(session: Session, network: Network) -> Network:
    """The network with its goals, partners and three sealed surveys."""
    designing.publish_goal_system(session, freiburg_goals(), network_id=network.id, now=NOW)
    version = publish_standard(session, network)
    for number in range(3):
        steps = {"identified_on": date(2025, 1, 1), "informed_on": date(2025, 2, 1)}
        won = {"won_on": date(2025, 5, 1)} if number else {}
        convening.add_partner(session, Partner(f"Partner {number}", **steps, **won), network_id=network.id)
    for day in DAYS:
        seal(session, hold_survey(session, network, day, version, 12))
    return network


def test_report_equals_that_of_the_command_when_the_facts_are_the_same(session: Session, aimed: Network) -> None:
    found = reporting.build_report(session, aimed, cut_off=CUT_OFF)
    facts = parse_facts(write_facts(Facts(found.book, found.tallies, CUT_OFF)))
    assert facts.tallies == found.tallies
    again = evaluate(parse_goals(freiburg_goals()), facts.book, facts.tallies, CUT_OFF)
    assert again.to_dict() == found.report.to_dict()
    assert len(found.report.surveys) == 3
    assert {line.completed for line in found.report.surveys} == {12}


def test_figures_are_those_of_the_answers_when_counted_by_hand(session: Session, aimed: Network) -> None:
    report = reporting.build_report(session, aimed, cut_off=CUT_OFF).report
    central = report.find_result("I9")
    assert central is not None
    shares = {(row.numerator, row.base) for row in central.by_survey or central.rows}
    assert shares == {(9, 12)}
    (line, *_others) = report.surveys
    assert (line.attended, line.completed) == (50, 12)


def test_later_meetings_and_surveys_are_left_out_when_the_cut_off_is_earlier(session: Session, aimed: Network) -> None:
    report = reporting.build_report(session, aimed, cut_off=date(2025, 12, 31)).report
    assert [line.date for line in report.surveys] == list(DAYS[:2])
    assert report.cut_off == date(2025, 12, 31)


def test_unsealed_surveys_are_named_but_not_counted_when_reported(session: Session, aimed: Network) -> None:
    version = publish_next(session, aimed)
    opened = hold_survey(session, aimed, date(2026, 11, 19), version, 5)
    report = reporting.build_report(session, aimed, cut_off=CUT_OFF).report
    assert report.not_yet_sealed == (opened.code,)
    assert len(report.surveys) == 3


def publish_next(session: Session, network: Network) -> int:
    (newest, *_older) = list_published(session, network_id=network.id)
    successor = replace(newest.questionnaire, version=newest.questionnaire.version + 1)
    return designing.publish_questionnaire(session, successor, network_id=network.id, now=NOW)


def test_report_is_the_same_when_the_answers_are_erased(session: Session, aimed: Network) -> None:
    before = reporting.build_report(session, aimed, cut_off=CUT_OFF).report.to_dict()
    assert len(housekeeping.erase_due(session, now=datetime(2099, 1, 1, tzinfo=UTC))) == 3
    assert reporting.build_report(session, aimed, cut_off=CUT_OFF).report.to_dict() == before


def test_another_network_adds_nothing_when_it_reports(session: Session, aimed: Network) -> None:
    before = reporting.build_report(session, aimed, cut_off=CUT_OFF).report.to_dict()
    other = make_network(session, "other")
    designing.publish_goal_system(session, freiburg_goals(), network_id=other.id, now=NOW)
    found = reporting.build_report(session, other, cut_off=CUT_OFF)
    assert (found.book, found.tallies) == (Book(found.goal_system.starts_on, (), ()), ())
    seal(session, hold_survey(session, other, DAYS[0], publish_standard(session, other), 6))
    assert reporting.build_report(session, aimed, cut_off=CUT_OFF).report.to_dict() == before
    assert len(reporting.load_records(session, other).tallies) == 1
    assert len(reporting.load_records(session, aimed).tallies) == 3


def test_network_is_told_when_it_has_no_goals(session: Session, network: Network) -> None:
    with pytest.raises(UnknownGoalSystem):
        reporting.build_report(session, network, cut_off=CUT_OFF)
    with pytest.raises(UnknownGoalSystem):
        reporting.load_goal_system(session, network)


def test_stricter_minimum_wins_when_network_and_goals_differ(session: Session, aimed: Network) -> None:
    saved = aimed
    for expected in ((5, 10, 20), (7, 12, 30), (5, 10, 21)):
        saved = convening.change_settings(session, replace(saved, minimums=Minimums(*expected)))
        used = reporting.build_report(session, saved, cut_off=CUT_OFF).goal_system.parameters
        assert (used.min_group, used.min_group_public, used.min_group_sensitive) == expected


def test_public_report_shows_no_smaller_groups_when_compared(session: Session, aimed: Network) -> None:
    def shown(tier: str) -> list[int]:
        report = reporting.build_report(session, aimed, cut_off=CUT_OFF, tier=tier).report
        rows = [row for result in report.indicators for row in result.rows]
        return [group.base for row in rows for one in row.groups for group in one.shown]

    assert shown("internal")
    assert all(base >= 5 for base in shown("internal"))
    assert all(base >= 10 for base in shown("public"))
    assert len(shown("public")) < len(shown("internal"))


def test_questions_are_found_by_code_when_published(session: Session, aimed: Network) -> None:
    item = reporting.find_question(session, aimed, "contacts_made")
    assert item is not None
    assert item.code == "contacts_made"
    assert reporting.find_question(session, aimed, "absent") is None


def test_report_asks_the_database_as_often_when_there_are_more_surveys(
    app: Flask, session: Session, aimed: Network
) -> None:
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))

    def count_statements() -> int:
        session.rollback()
        statements.clear()
        reporting.build_report(session, aimed, cut_off=CUT_OFF)
        return len([statement for statement in statements if statement.lstrip().startswith("SELECT")])

    count_statements()
    before = count_statements()
    seal(session, hold_survey(session, aimed, date(2026, 1, 10), publish_next(session, aimed), 4))
    assert count_statements() == before <= 8
