"""Releases: published for ever, the same bytes every time, one after the other, and never what could be subtracted."""

import json
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from factories import NOW, freiburg_goals, make_collector, make_meeting, make_network, publish_standard
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from survey_app.domain.collector import CollectorState
from survey_app.domain.errors import InvalidRecord, ReleaseOutdated, ReleaseRefused, UnknownRelease
from survey_app.domain.network import Network
from survey_app.domain.release import ReleaseMark
from survey_app.domain.tally import AnswerCounts, ItemTally, TallyType
from survey_app.evaluation.keeping.texts import write_json
from survey_app.extensions import db
from survey_app.files.release_files import write_files
from survey_app.services import designing, released, releasing, reporting
from survey_app.storage import collectors, tallies
from survey_app.storage.book import change_meeting, load_meeting
from survey_app.storage.engine import writing

pytestmark = pytest.mark.both_databases

FIRST, SECOND, THIRD, FOURTH = date(2024, 3, 6), date(2024, 6, 5), date(2024, 9, 4), date(2024, 11, 6)
CUT_OFF = date(2024, 12, 31)
GOALS = freiburg_goals()
TOPICS = "topics_central"


class Town:
    """A network whose surveys ask whether the topics are central, which its goals judge for the whole year."""

    def __init__(self, session: Session, network: Network) -> None:
        self.session, self.network = session, network
        self.version_id = publish_standard(session, network)
        designing.publish_goal_system(session, GOALS, network_id=network.id, now=NOW)
        self.meetings: dict[date, int] = {}

    def survey(self, day: date, agree: int, disagree: int) -> None:
        now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        meeting = make_meeting(self.session, self.network, date=day, title=f"Treffen {day}", attended_total=80)
        self.meetings[day] = meeting
        collector = make_collector(self.session, self.network, now=now, meeting_id=meeting, version_id=self.version_id)
        choices = {"yes_fully": agree, "yes_mostly": 0, "rather_not": 0, "not_at_all": disagree, "first_time": 0}
        with writing(self.session) as connection:
            tallies.replace_tally(
                connection,
                collector_id=collector.id,
                network_id=self.network.id,
                completed=agree + disagree,
                items=[ItemTally(TOPICS, 1, TallyType.ONE, AnswerCounts(choices, no_answer=0))],
            )
            sealed = replace(collector, state=CollectorState.SEALED)
            collectors.change_collector(self.session, sealed, before=CollectorState.OPEN)

    def correct_attendance(self, day: date, attended: int) -> None:
        stored = load_meeting(self.session, self.meetings[day], network_id=self.network.id)
        with writing(self.session):
            changed = replace(stored, meeting=replace(stored.meeting, attended_total=attended))
            change_meeting(self.session, changed, network_id=self.network.id)

    def draft(self, tier: str = "public", cut_off: date = CUT_OFF) -> releasing.Draft:
        return releasing.draft_release(self.session, self.network, cut_off=cut_off, tier=tier)

    def release(self, tier: str = "public", cut_off: date = CUT_OFF, **values: Any) -> ReleaseMark:
        given: Mapping[str, Any] = {
            "seen": self.draft(tier, cut_off).fingerprint,
            "released_by": "leitung@example.org",
            "now": NOW,
            "write_files": write_files,
        }
        return releasing.release_report(self.session, self.network, cut_off=cut_off, tier=tier, **{**given, **values})

    def bytes_of(self, number: int) -> dict[str, bytes | None]:
        return {kind: released.find_file(self.session, self.network, number, kind) for kind in ("json", "csv", "txt")}


@pytest.fixture
def town(session: Session, network: Network) -> Town:
    town = Town(session, network)
    town.survey(FIRST, 30, 10)
    town.survey(SECOND, 25, 20)
    return town


def test_release_keeps_what_was_published_when_the_records_change(town: Town) -> None:
    mark = town.release()
    files, report = town.bytes_of(mark.number), released.load_released(town.session, town.network, mark.number).report
    town.correct_attendance(FIRST, 200)
    town.survey(THIRD, 40, 1)
    assert town.bytes_of(mark.number) == files
    assert released.load_released(town.session, town.network, mark.number).report == report
    assert town.draft().content.document.encode() != files["json"]


def test_release_is_the_same_bytes_when_read_a_hundred_times(town: Town) -> None:
    number = town.release().number
    first = town.bytes_of(number)
    assert all(town.bytes_of(number) == first for _ in range(100))
    assert None not in first.values()


def test_release_says_what_the_report_said_when_it_was_made(town: Town) -> None:
    draft, mark = town.draft("internal"), town.release("internal")
    report = draft.assessment.report
    stored = released.load_released(town.session, town.network, mark.number)
    assert town.bytes_of(mark.number)["json"] == write_json(report.to_dict()).encode()
    assert stored.report.to_dict() == report.to_dict()
    assert (mark.number, mark.tier, mark.cut_off, mark.released_by) == (1, "internal", CUT_OFF, "leitung@example.org")
    assert [one["tier"] for one in stored.descriptions] == ["internal", "internal"]
    (first,) = {one["items"][0]["code"] for one in stored.descriptions}
    assert first
    assert set(stored.titles.values()) == {f"Treffen {FIRST}", f"Treffen {SECOND}"}
    assert "Freigabe 1 vom 20.11.2026, intern" in (town.bytes_of(1)["txt"] or b"").decode()


def test_the_hash_of_the_facts_is_stored_and_stands_in_no_file(town: Town) -> None:
    facts_hash = town.draft().content.facts_hash
    number = town.release().number
    assert len(facts_hash) == 64
    assert not [kind for kind, content in town.bytes_of(number).items() if facts_hash.encode() in (content or b"")]


def test_who_presses_twice_has_one_release(town: Town) -> None:
    assert town.release() == town.release()
    assert len(released.list_releases(town.session, town.network)) == 1
    assert town.draft().same is not None


def test_the_same_day_again_is_a_correction_that_says_why(town: Town) -> None:
    first = town.release()
    town.correct_attendance(FIRST, 90)
    assert town.draft().corrects == first
    with pytest.raises(InvalidRecord) as caught:
        town.release()
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [("required", "reason")]
    second = town.release(reason=" Zahl der Anwesenden berichtigt ")
    assert (second.replaces, second.reason) == (1, "Zahl der Anwesenden berichtigt")
    newest, oldest = released.list_releases(town.session, town.network)
    assert (newest.number, oldest.number, oldest.replaced_by) == (2, 1, 2)
    assert released.find_latest(town.session, town.network, "public") == newest
    assert released.find_latest(town.session, town.network, "internal") is None


def test_a_later_day_needs_no_reason_and_replaces_nothing(town: Town) -> None:
    town.release(cut_off=date(2024, 6, 30))
    assert town.release().replaces is None
    latest = released.find_latest(town.session, town.network, "public")
    assert latest is not None
    assert latest.cut_off == CUT_OFF


def test_what_nobody_has_seen_is_not_released(town: Town) -> None:
    seen = town.draft().fingerprint
    town.correct_attendance(FIRST, 90)
    with pytest.raises(ReleaseOutdated):
        town.release(seen=seen)
    assert not released.list_releases(town.session, town.network)


def test_a_day_to_come_is_not_released(town: Town) -> None:
    with pytest.raises(InvalidRecord) as caught:
        town.release(cut_off=date(2027, 1, 1))
    assert [problem.code for problem in caught.value.problems] == ["day_not_come"]
    with pytest.raises(InvalidRecord):
        town.release(reason="x" * 501)


def test_a_year_total_is_refused_when_it_tells_of_a_few(town: Town) -> None:
    """Two small surveys are part of the year together; a third one alone would be the difference of two releases."""
    town.survey(THIRD, 5, 1)
    town.survey(FOURTH, 2, 5)
    year = town.draft().assessment.report.find_result("I9")
    assert year is not None
    assert year.headline_row.base == 98
    mark = town.release()
    town.survey(date(2024, 12, 4), 4, 4)
    draft = town.draft()
    assert {(problem.indicator, problem.earlier) for problem in draft.problems} == {("I9", str(mark.number))}
    with pytest.raises(ReleaseRefused) as caught:
        town.release(reason="spät versiegelt")
    assert caught.value.problems == draft.problems
    assert [one.number for one in released.list_releases(town.session, town.network)] == [1]


def test_a_year_total_leaves_out_a_single_small_survey_and_says_so(town: Town) -> None:
    town.release()
    town.survey(THIRD, 5, 1)
    year = town.draft().assessment.report.find_result("I9")
    assert year is not None
    assert (year.headline_row.base, year.headline_row.left_out) == (85, 1)
    assert town.release(reason="dritte Erhebung").number == 2
    text = (town.bytes_of(2)["txt"] or b"").decode()
    assert "1 Erhebung mit zu wenigen Antworten ist nicht enthalten" in " ".join(text.split())


def test_a_release_is_nothing_to_another_network(town: Town) -> None:
    number = town.release().number
    other = make_network(town.session, "rostock")
    for missing in (number, number + 1, 10**12):
        with pytest.raises(UnknownRelease):
            released.load_released(town.session, other, missing)
        with pytest.raises(UnknownRelease):
            released.find_file(town.session, other, missing, "csv")
    assert released.list_releases(town.session, other) == []
    assert released.find_file(town.session, town.network, number, "exe") is None


@pytest.mark.parametrize("table", ["release", "release_file"])
def test_database_refuses_to_change_or_delete_a_release(town: Town, table: str) -> None:
    town.release()
    column = "document" if table == "release" else "kind"
    for statement in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):  # noqa: S608
        with pytest.raises(DBAPIError, match="never changes"), writing(town.session) as connection:
            connection.execute(text(statement))


def test_two_releases_at_once_are_made_one_after_the_other(town: Town, app: Flask) -> None:
    """Both saw the same draft: one is published, the other finds it published. Numbers are never given twice."""
    drafts = {tier: town.draft(tier).fingerprint for tier in ("public", "internal")}
    town.session.rollback()
    made: list[tuple[str, int]] = []
    start = threading.Barrier(4)

    def press(tier: str) -> None:
        with app.app_context():
            start.wait()
            mark = releasing.release_report(
                db.session(),
                town.network,
                cut_off=CUT_OFF,
                tier=tier,
                seen=drafts[tier],
                released_by="leitung@example.org",
                now=NOW,
                write_files=write_files,
            )
            made.append((tier, mark.number))
            db.session.remove()

    threads = [threading.Thread(target=press, args=(tier,)) for tier in ("public", "internal") * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(made) == 4
    assert len(set(made)) == 2
    assert {number for _, number in made} == {1, 2}
    assert sorted(one.number for one in released.list_releases(town.session, town.network)) == [1, 2]


def test_report_of_today_stays_what_it_is_when_nothing_is_released(town: Town) -> None:
    before = town.draft()
    assert (before.same, before.corrects, before.last) == (None, None, None)
    assert len(before.changes.surveys) == 2
    today = reporting.build_report(town.session, town.network, cut_off=CUT_OFF, tier="public")
    assert json.loads(before.content.document) == json.loads(write_json(today.report.to_dict()))


def test_draft_names_what_is_different_from_the_last_release(town: Town) -> None:
    town.release()
    town.survey(THIRD, 40, 1)
    changes = town.draft().changes
    assert [line.date for line in changes.surveys] == [THIRD]
    changed = {change.indicator.id: change for change in changes.indicators}
    assert "I9" in changed
    assert changed["I9"].before is not None
    assert changed["I9"].now is not None
    assert (changed["I9"].before.base, changed["I9"].now.base) == (85, 126)
    assert "I1" not in changed
