"""A stack of papers entered by keyboard alone, with and without scripts, and what "back" does."""

from collections.abc import Callable

import pytest
from factories import make_collector
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import func, select

from survey_app.domain.collector import Collector
from survey_app.domain.membership import Role
from survey_app.extensions import db
from survey_app.storage.answer_tables import CollectorRow, response, text_answer
from survey_app.storage.responses import iterate_responses

from .conftest import Stage, sign_in
from .test_accessibility import check_page

_STORED = "[role=status] >> text=/gespeichert/i"


@pytest.fixture
def survey(stage: Stage) -> Collector:
    with stage.app.app_context():
        made = make_collector(db.session(), stage.network, version_id=stage.version_id)
        db.session.remove()
    return made


@pytest.fixture
def desk(stage: Stage, survey: Collector, open_browser: Callable[..., BrowserContext]) -> Page:
    return open_stack(stage, survey, open_browser(1280))


def open_stack(stage: Stage, survey: Collector, browser: BrowserContext) -> Page:
    page = browser.new_page()
    sign_in(page, stage.base, Role.COORDINATOR)
    page.goto(f"{stage.root}/surveys/{survey.code}/papers?lang=de")
    return page


def focused(page: Page) -> tuple[str, str]:
    """Return name and value of the focused control; found by a selector, since scripts may be off."""
    control = page.locator(":focus")
    return control.get_attribute("name") or "", control.get_attribute("value") or ""


def stored(stage: Stage, survey: Collector) -> list[object]:
    with stage.app.app_context():
        found = list(iterate_responses(db.session().connection(), survey.id))
        counted = db.session().scalar(select(CollectorRow.paper_count).where(CollectorRow.id == survey.id))
        db.session.remove()
    assert counted == len(found)
    return found


def test_stack_is_entered_without_a_mouse(stage: Stage, survey: Collector, desk: Page) -> None:
    keys = desk.keyboard
    for number in (1, 2, 3):
        assert focused(desk) == ("attendance_count", "first")
        for key in ("3", "Enter", "Enter", "2", "Enter"):
            keys.press(key)
        assert focused(desk)[0] == "actors_overview"
        for key in ("1", "1", "Shift+Enter", "1", *["Enter"] * 7):
            keys.press(key)
        assert focused(desk)[0] == "topics_wanted"
        for key in ("5", "9"):
            keys.press(key)
        assert focused(desk)[0] == "topics_wanted.other"
        keys.insert_text("Chor 5a")
        for _step in range(6):
            keys.press("Enter")
        assert desk.locator(":focus").get_attribute("data-paper-store") is not None
        keys.press("Enter")
        desk.wait_for_selector(_STORED)
        assert f"{number} " in desk.locator(".paper__count").inner_text()
    answer = {"attendance_count": "four_plus", "knows_more_offers": "clearly_more", "topics_wanted": ["clubs", "other"]}
    assert stored(stage, survey) == [answer] * 3
    with stage.app.app_context():
        assert list(db.session().scalars(select(text_answer.c.text))) == ["Chor 5a"] * 3
        db.session.remove()


def test_form_is_stored_from_anywhere(stage: Stage, survey: Collector, desk: Page) -> None:
    for key in ("Numpad1", "Control+Enter"):
        desk.keyboard.press(key)
    desk.wait_for_selector(_STORED)
    assert focused(desk) == ("attendance_count", "first")
    assert stored(stage, survey) == [{"attendance_count": "first"}]


def test_stack_is_entered_without_scripts(
    stage: Stage, survey: Collector, open_browser: Callable[..., BrowserContext]
) -> None:
    page = open_stack(stage, survey, open_browser(1280, java_script_enabled=False))
    assert page.locator("[data-paper-keys]:visible").count() == 0
    assert focused(page) == ("attendance_count", "first")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("text=Noch nicht gespeichert").wait_for()
    assert stored(stage, survey) == []
    assert page.locator("[name=attendance_count]:checked").get_attribute("value") == "two_three"
    for _stop in range(60):
        if page.locator(":focus[data-paper-store]").count():
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers?paper=de")
    assert page.locator(_STORED).count() == 1
    assert focused(page) == ("attendance_count", "first")
    assert stored(stage, survey) == [{"attendance_count": "two_three"}]


def test_back_never_stores_a_paper_twice(stage: Stage, survey: Collector, desk: Page) -> None:
    for key in ("1", "Control+Enter"):
        desk.keyboard.press(key)
    desk.wait_for_selector(_STORED)
    desk.go_back()
    desk.wait_for_selector("[data-paper]")
    restored = desk.locator("[name=attendance_count]:checked").count()
    desk.keyboard.press("Control+Enter")
    desk.wait_for_selector("[role=alert], [role=status]")
    assert stored(stage, survey) == [{"attendance_count": "first"}], f"restored: {restored}"


def test_mistake_is_shown_and_mended_by_keyboard(stage: Stage, survey: Collector, desk: Page) -> None:
    desk.locator("[name=topics_wanted]").first.focus()
    for key in ("1", "2", "3", "4", "Control+Enter"):
        desk.keyboard.press(key)
    desk.wait_for_selector("[role=alert]")
    assert desk.title().startswith("Fehler")
    assert list(check_page(desk)) == []
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    desk.locator("[name=topics_wanted]").first.focus()
    for key in ("4", "Control+Enter"):
        desk.keyboard.press(key)
    desk.wait_for_selector(_STORED)
    (answer,) = stored(stage, survey)
    assert answer == {"topics_wanted": ["language_education", "staff_training", "transitions"]}


def test_double_click_stores_one_paper(stage: Stage, survey: Collector, desk: Page) -> None:
    desk.keyboard.press("2")
    desk.locator("[data-paper-store]").dblclick(no_wait_after=True)
    desk.wait_for_selector(_STORED)
    with stage.app.app_context():
        assert db.session().scalar(select(func.count()).select_from(response)) == 1
        db.session.remove()


_LOOKS = (
    {"viewport": {"width": 320, "height": 844}, "color_scheme": "dark"},
    {"viewport": {"width": 1280, "height": 844}, "forced_colors": "active", "reduced_motion": "reduce"},
    {"viewport": {"width": 1280, "height": 844}},
)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "ar", "uk"])
def test_pages_of_paper_have_no_violation(stage: Stage, survey: Collector, chromium: Browser, language: str) -> None:
    kept = None
    for look in _LOOKS:
        with chromium.new_context(locale=language, storage_state=kept, **look) as browser:
            page = browser.new_page() if kept else open_stack(stage, survey, browser)
            kept = browser.storage_state()
            for path in ("papers", ""):
                page.goto(f"{stage.root}/surveys/{survey.code}/{path}?lang={language}")
                assert list(check_page(page)) == [], (path, look)
