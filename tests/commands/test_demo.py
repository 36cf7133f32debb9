"""The demonstration: loaded through the shell, described for tools, kept when run again."""

import json
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask_security import verify_password
from sqlalchemy import select

from survey_app.domain.collector import CollectorState
from survey_app.extensions import db
from survey_app.services.collecting import enter
from survey_app.services.networks import load_network
from survey_app.services.released import list_releases
from survey_app.services.reporting import build_report
from survey_app.storage.account_tables import AccountRow


@pytest.fixture
def described(app: Flask) -> dict:
    return run(app)


def run(app: Flask, *arguments: str) -> dict:
    result = app.test_cli_runner().invoke(args=["demo", *arguments])
    assert result.exit_code == 0, result.output
    return json.loads((Path(app.instance_path) / "demo.json").read_text(encoding="utf-8"))


def test_description_names_everything_tools_rely_on(app: Flask, described: dict) -> None:
    assert set(described) == {
        "base_url", "network", "open_collector", "past_collectors", "accounts", "report_url",
    }  # fmt: skip
    assert set(described["open_collector"]) == {"code", "url", "languages"}
    assert len(described["open_collector"]["languages"]) == 9
    assert len(described["past_collectors"]) == 13
    assert {entry["role"] for entry in described["accounts"]} == {
        "viewer", "coordinator", "network_admin", "system_admin",
    }  # fmt: skip
    assert described["report_url"].endswith("/n/freiburg/reports/?cut_off=2017-04-30")
    assert (Path(app.instance_path) / "demo.json").stat().st_mode & 0o077 == 0
    with app.app_context():
        for entry in described["accounts"]:
            account = db.session.scalars(select(AccountRow).where(AccountRow.email == entry["email"])).one()
            assert verify_password(entry["password"], account.password)


def test_network_is_that_of_the_talk_and_marked_as_made_up(app: Flask, described: dict) -> None:
    with app.app_context():
        session = db.session()
        network = load_network(session, described["network"])
        assert network.is_synthetic
        used = build_report(session, network, cut_off=date(2017, 4, 30))
        attended = [meeting.attended_total for meeting in used.book.meetings if meeting.date.year < 2018]
        groups = [meeting.actor_groups_count for meeting in used.book.meetings if meeting.date.year < 2018]
        assert (len(attended), min(attended), max(attended), max(groups)) == (13, 80, 240, 65)
        slide = used.tallies[12]
        assert (slide.date, slide.completed, slide.state) == (date(2017, 4, 26), 150, "sealed")
        headline = {result.indicator.id: result.headline_row for result in used.report.indicators}
        assert (headline["I4"].numerator, headline["I4"].base, headline["I4"].verdict) == (100, 150, "reached_point")
        assert (headline["I5"].numerator, headline["I5"].verdict) == (75, "missed")


def test_one_survey_is_open_and_all_others_sealed(app: Flask, described: dict) -> None:
    with app.app_context():
        session = db.session()
        opened = enter(session, described["open_collector"]["code"]).collector
        assert (opened.state, opened.is_synthetic) == (CollectorState.OPEN, True)
        past = [enter(session, entry["code"]).collector for entry in described["past_collectors"]]
        assert {(collector.state, collector.is_synthetic) for collector in past} == {(CollectorState.SEALED, True)}


def test_a_report_is_released_for_viewers(app: Flask, described: dict) -> None:
    with app.app_context():
        network = load_network(db.session(), described["network"])
        (mark,) = list_releases(db.session(), network)
    assert (mark.tier, mark.cut_off.isoformat(), mark.released_by) == ("public", "2017-04-30", "leitung@example.org")


def test_everything_stays_when_run_again(app: Flask, described: dict) -> None:
    assert run(app) == described


def test_everything_begins_anew_when_reset(app: Flask, described: dict, database_kind: str) -> None:
    if database_kind == "postgresql":
        result = app.test_cli_runner().invoke(args=["demo", "--reset"])
        assert result.exit_code == 2
        assert "only the demonstration's own SQLite file" in result.output
        return
    again = run(app, "--reset")
    assert again["open_collector"]["code"] != described["open_collector"]["code"]
    assert len(again["past_collectors"]) == 13


def test_secret_key_is_made_once_and_for_its_owner_alone(app: Flask, described: dict) -> None:
    path = Path(app.instance_path) / "config.toml"
    before = path.read_text(encoding="utf-8")
    run(app)
    assert path.read_text(encoding="utf-8") == before
    assert path.stat().st_mode & 0o077 == 0
