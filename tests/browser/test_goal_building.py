"""A coordinator who has never seen the page builds an indicator from nothing, sees its verdict, and takes it along."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from factories import make_collector, make_meeting
from playwright.sync_api import BrowserContext, Locator, Page

from survey_app.domain.membership import Role
from survey_app.evaluation import parse_goals
from survey_app.evaluation.goals.indicators import AnswerShare
from survey_app.extensions import db
from survey_app.services import collecting, housekeeping

from .conftest import Stage, sign_in

_DAY = date(2026, 5, 20)
_TEXT = "Mindestens 60 % der Befragten haben über das Netzwerk Kontakte geknüpft."
# Seconds of the keystroke-level model (Card, Moran and Newell 1980): a key of somebody who types rarely, pointing with
# a click, finding and deciding before it, and a page that comes.
_KEY, _CLICK, _MIND, _PAGE = 0.28, 1.3, 1.35, 1.0


@dataclass
class Hand:
    """Does what a person does with mouse and keyboard, and adds up how long that takes."""

    page: Page
    seconds: float = 0

    def click(self, place: Locator, *, loads: bool = False) -> None:
        place.click()
        self.seconds += _MIND + _CLICK
        if loads:
            self.page.wait_for_load_state()
            self.seconds += _PAGE

    def write(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(text)
        self.seconds += _MIND + _CLICK + _KEY * len(text)


def test_indicator_is_built_judged_and_exported_within_two_minutes_when_begun_from_nothing(
    stage: Stage, open_browser: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    _hold_meeting(stage, {"yes_several": 9, "yes_one": 9, "no": 6})
    page = open_browser(1280, accept_downloads=True).new_page()
    sign_in(page, stage.base, Role.COORDINATOR)
    hand = Hand(page)
    page.goto(f"{stage.root}/")
    main = page.locator("main")
    hand.click(page.get_by_role("link", name="Ziele", exact=True).first, loads=True)
    hand.click(main.get_by_role("link", name="Zielsystem beginnen"), loads=True)
    hand.write("Titel", "Netzwerk Bildung")
    hand.write("Erster Tag des Netzwerks", "2026-01-01")
    hand.write("Erstes Ziel", "Die Akteure kennen sich.")
    hand.click(main.get_by_role("button", name="Leer beginnen"), loads=True)
    hand.click(main.get_by_role("link", name="Indikator anlegen"), loads=True)
    hand.click(main.get_by_role("link", name="Anteil der Zustimmenden an den Befragten"), loads=True)
    hand.click(main.get_by_role("link", name="Haben Sie über das Netzwerk Kontakte geknüpft"), loads=True)
    hand.write("Indikator", _TEXT)
    agrees = page.get_by_role("group", name="Gilt als Zustimmung")
    hand.click(agrees.get_by_text("ja, mehrere"))
    hand.click(agrees.get_by_text("ja, einen"))
    hand.write("Zielwert in Prozent", "60")
    hand.click(main.get_by_role("button", name="Mit bisherigen Daten ausprobieren"), loads=True)
    tried = page.locator("#trial")
    assert "18 von 24" in tried.inner_text()
    hand.click(main.get_by_role("button", name="Speichern").first, loads=True)
    assert "Ziel erreicht – gesichert" in main.inner_text()
    assert "75\u00a0%" in main.inner_text()
    with page.expect_download() as coming:
        hand.click(main.get_by_role("link", name="Datei herunterladen"))
    coming.value.save_as(tmp_path / "goals.toml")
    (indicator,) = parse_goals((tmp_path / "goals.toml").read_text(encoding="utf-8")).indicators
    assert indicator.text == _TEXT
    assert isinstance(indicator.measure, AnswerShare)
    assert (indicator.measure.item, indicator.measure.affirming) == ("contacts_made", ("yes_several", "yes_one"))
    assert (str(indicator.target), indicator.measure.not_applicable) == ("3/5", ("first_time",))
    assert hand.seconds < 120


def _hold_meeting(stage: Stage, answers: dict[str, int]) -> None:
    """Hold a meeting of thirty people whose survey is answered and sealed."""
    now = datetime(_DAY.year, _DAY.month, _DAY.day, 12, tzinfo=UTC)
    with stage.app.app_context():
        session = db.session()
        meeting_id = make_meeting(session, stage.network, date=_DAY, attended_total=30, attended_invited=30, invited=60)
        survey = make_collector(session, stage.network, now=now, meeting_id=meeting_id, version_id=stage.version_id)
        entry = collecting.enter(session, survey.code)
        for choice in (code for code, count in answers.items() for _ in range(count)):
            collecting.submit_response(
                session,
                entry,
                fields={"contacts_made": [choice]},
                submission_key=collecting.new_submission_key(),
                language="de",
                receipt_key=b"k" * 32,
                now=now,
            )
        network_id = stage.network.id
        housekeeping.close_collector(session, survey.code, network_id=network_id, now=now)
        housekeeping.seal_collector(session, survey.code, network_id=network_id, now=now, grace=timedelta(0))
        db.session.remove()
