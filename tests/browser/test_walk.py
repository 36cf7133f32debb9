"""The whole chain as people walk it: poster, phone, keyboard, attendance, seal, verdict, file."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import zxingcpp
from factories import freiburg_goals, make_meeting
from playwright.sync_api import BrowserContext, Page
from pypdfium2 import PdfDocument

from survey_app.domain.membership import Role
from survey_app.evaluation import Facts
from survey_app.evaluation.facts.facts_writing import write_facts
from survey_app.extensions import db
from survey_app.services import collecting, reporting

from .conftest import Stage, sign_in

_PRESENT = 20
_OTHERS = 11


def test_verdict_is_that_of_the_command_when_walked_from_qr_code_to_file(
    stage: Stage, open_browser: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    desk = open_browser(1280).new_page()
    sign_in(desk, stage.base, Role.COORDINATOR)
    meeting_id = _plan_meeting_today(stage)
    address = _scan(_print_poster_in_three_clicks(desk, stage, meeting_id))
    _answer_in_arabic_by_keyboard(open_browser(390, "ar", java_script_enabled=False).new_page(), address)
    _let_others_answer(stage, address.rsplit("/", 1)[1])
    _record_attendance(desk, stage, meeting_id)
    _close_and_evaluate(desk, stage, address.rsplit("/", 1)[1])
    today = datetime.now(ZoneInfo("Europe/Berlin")).date()
    row = _evaluate_by_command(stage, tmp_path, today)
    _compare_page(desk, stage, row, today)
    _compare_file(desk, stage, row, today)


def _plan_meeting_today(stage: Stage) -> int:
    with stage.app.app_context():
        today = datetime.now(ZoneInfo("Europe/Berlin")).date()
        meeting_id = make_meeting(db.session(), stage.network, date=today, status="planned", title="Treffen am Abend")
        db.session.remove()
    return meeting_id


def _print_poster_in_three_clicks(desk: Page, stage: Stage, meeting_id: int) -> Path:
    """Begin where the meeting stands in its list, and return the file that the third click loads."""
    desk.goto(f"{stage.root}/meetings/")
    clicks = 0

    def click(selector: str) -> None:
        nonlocal clicks
        clicks += 1
        desk.locator(selector).last.click()

    click(f"a[href$='/meetings/{meeting_id}/surveys/new']")
    click("main form[method=post] [type=submit]")
    with desk.expect_download() as loading:
        click("main a[href$='/poster.pdf']")
    assert clicks <= 3
    assert loading.value.suggested_filename.startswith("poster-a4-")
    return loading.value.path()


def _scan(poster: Path) -> str:
    with PdfDocument(poster) as document:
        found = zxingcpp.read_barcodes(document[0].render(scale=150 / 72).to_pil())
    assert len(found) == 1
    return str(found[0].text)


def _answer_in_arabic_by_keyboard(phone: Page, address: str) -> None:
    phone.goto(address)
    assert phone.locator("html").get_attribute("lang") == "ar"
    assert phone.locator("html").get_attribute("dir") == "rtl"
    wanted = {"knows_more_offers": "clearly_more", "contacts_made": "yes_one", "topics_central": "yes_mostly"}
    seen: list[str] = []
    for _stop in range(200):
        phone.keyboard.press("Tab")
        name, value, kind = _focused(phone)
        if kind == "radio" and name not in seen:
            seen.append(name)
            if name in wanted:
                _move_to(phone, wanted[name])
        elif kind == "checkbox" and value == "parents":
            phone.keyboard.press("Space")
        elif kind == "textarea" and name == "remarks":
            phone.keyboard.insert_text("شكرًا جزيلًا 🎉")
        elif kind == "submit" and not name:
            break
    assert set(wanted) <= set(seen)
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/thanks*")
    assert phone.locator("html").get_attribute("lang") == "ar"
    assert phone.context.cookies() == []


def _focused(page: Page) -> tuple[str, str, str]:
    """Return name, value and kind of the focused control; read through locators, since scripts are off."""
    focused = page.locator(":focus")
    if focused.count() != 1:
        return "", "", ""
    return focused.get_attribute("name") or "", focused.get_attribute("value") or "", _kind(focused)


def _kind(focused) -> str:
    if focused.and_(focused.page.locator("textarea")).count():
        return "textarea"
    if focused.and_(focused.page.locator("button")).count():
        return "submit"
    return focused.get_attribute("type") or ""


def _move_to(page: Page, value: str) -> None:
    """Choose a radio button by the keyboard: space takes the first, arrows walk on."""
    page.keyboard.press("Space")
    for _step in range(8):
        if _focused(page)[1] == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} cannot be reached")


def _let_others_answer(stage: Stage, code: str) -> None:
    with stage.app.app_context():
        session = db.session()
        entry = collecting.enter(session, code)
        for number in range(_OTHERS):
            answers = {
                "knows_more_offers": ["somewhat_more" if number < 8 else "no"],
                "contacts_made": ["yes_several" if number < 4 else "no"],
                "topics_central": ["rather_not" if number < 2 else "yes_fully"],
            }
            assert collecting.submit_response(
                session,
                entry,
                fields=answers,
                submission_key=collecting.new_submission_key(),
                language="de",
                receipt_key=b"r" * 32,
                now=datetime.now(UTC),
            )
        db.session.remove()


def _record_attendance(desk: Page, stage: Stage, meeting_id: int) -> None:
    desk.goto(f"{stage.root}/meetings/{meeting_id}/edit")
    desk.select_option("[name=status]", "held")
    for name, value in (("invited", 40), ("attended_invited", 18), ("attended_total", _PRESENT)):
        desk.fill(f"[name={name}]", str(value))
    desk.locator("main form[method=post] [type=submit].kern-btn--primary").last.click()
    desk.wait_for_url(f"**/meetings/{meeting_id}/")


def _close_and_evaluate(desk: Page, stage: Stage, code: str) -> None:
    desk.goto(f"{stage.root}/surveys/{code}/")
    assert "10" in desk.locator("main").inner_text()
    desk.goto(f"{stage.root}/surveys/{code}/evaluate-now")
    desk.locator("main form[method=post] [type=submit]").last.click()
    desk.wait_for_url(f"**/surveys/{code}/")
    with stage.app.app_context():
        states = [
            survey.state
            for survey in reporting.build_report(db.session(), stage.network, cut_off=date(2100, 1, 1)).tallies
        ]
        db.session.remove()
    assert states == ["sealed"]


def _evaluate_by_command(stage: Stage, folder: Path, cut_off: date) -> dict:
    with stage.app.app_context():
        used = reporting.build_report(db.session(), stage.network, cut_off=cut_off)
        db.session.remove()
    (folder / "goals.toml").write_text(freiburg_goals(), encoding="utf-8")
    facts = write_facts(Facts(book=used.book, tallies=used.tallies, cut_off=cut_off))
    (folder / "facts.json").write_text(facts, encoding="utf-8")
    command = [sys.executable, "-m", "flask", "--app", "survey_app", "evaluate"]
    files = [str(folder / "goals.toml"), str(folder / "facts.json")]
    done = subprocess.run([*command, *files, "--format", "json"], capture_output=True, text=True, check=True)
    indicator = next(entry for entry in json.loads(done.stdout)["indicators"] if entry["id"] == "I4")
    return indicator["periods"][indicator["headline"]]


def _compare_page(desk: Page, stage: Stage, row: dict, cut_off: date) -> None:
    assert (row["numerator"], row["base"], row["response"]["attended"]) == (9, 12, _PRESENT)
    assert row["verdict"] == "reached_point"
    desk.goto(f"{stage.root}/reports/indicators/I4?cut_off={cut_off}")
    text = desk.locator("main").inner_text()
    assert row["sentence_de"] in text
    assert "Ziel erreicht – nur im Messwert" in text
    low, high = (f"{round(Fraction(row[limit]) * 100)}\u00a0%" for limit in ("low", "high"))
    assert low in text
    assert high in text


def _compare_file(desk: Page, stage: Stage, row: dict, cut_off: date) -> None:
    address = f"{stage.root}/reports/report.csv?cut_off={cut_off}"
    response = desk.request.get(address)
    assert response.body().startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(response.body().decode("utf-8-sig")), delimiter=";"))
    line = next(entry for entry in table if entry["indicator"] == "I4" and entry["kind"] == "answer_share")
    assert (int(line["numerator"]), int(line["base"])) == (row["numerator"], row["base"])
    for column in ("low", "high", "low_s", "high_s"):
        assert abs(float(line[column].replace(",", ".")) - row[column]) < 1e-9
    assert line["verdict"] == row["verdict"]
