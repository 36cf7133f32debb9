"""Somebody without an account translates a draft with the link that a coordinator sent."""

from collections.abc import Callable

from drafting import reword, start
from playwright.sync_api import BrowserContext

from survey_app.domain.membership import Role
from survey_app.domain.questionnaire_document import list_texts
from survey_app.extensions import db
from survey_app.services import questionnaire_design as design

from .conftest import Stage, sign_in


def test_volunteer_translates_by_keyboard_with_a_link_and_nothing_else(
    stage: Stage, open_browser: Callable[..., BrowserContext]
) -> None:
    version_id = _begin_draft(stage)
    desk = open_browser(1280).new_page()
    sign_in(desk, stage.base, Role.COORDINATOR)
    desk.goto(f"{stage.root}/questionnaires/{version_id}/draft/translations/")
    desk.locator("section", has_text="العربية").get_by_role("link", name="Link für").click()
    desk.get_by_role("button", name="Link erstellen").click()
    address = desk.locator("#address").input_value()

    volunteer = open_browser(390, "ar").new_page()
    volunteer.goto(f"{address}?show=open")
    assert volunteer.locator("nav[aria-label] .sections").count() == 0
    fields = volunteer.locator("textarea")
    assert fields.count() == 2
    assert fields.first.get_attribute("dir") == "rtl"
    assert volunteer.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    fields.first.focus()
    volunteer.keyboard.type("ما مدى فائدة الشبكة لعملكم؟")
    volunteer.keyboard.press("Alt+ArrowDown")
    volunteer.keyboard.type("ملاحظات")
    assert volunteer.locator("textarea:focus").input_value() == "ملاحظات"
    volunteer.keyboard.press("Control+Enter")
    volunteer.wait_for_url(lambda url: "#place-" in url)
    assert volunteer.locator("textarea").count() == 0
    with stage.app.app_context():
        stored = design.load_version(db.session(), version_id, network_id=stage.network.id)
        db.session.remove()
    texts = dict(list_texts(stored.questionnaire))
    assert (texts["benefit"]["ar"], texts["remarks"]["ar"]) == ("ما مدى فائدة الشبكة لعملكم؟", "ملاحظات")


def _begin_draft(stage: Stage) -> int:
    with stage.app.app_context():
        session = db.session()
        version_id = start(session, stage.network)
        for path in ("benefit", "remarks"):
            design.change_draft(session, version_id, reword(path, "", "ar"), network_id=stage.network.id, step=None)
        db.session.remove()
    return version_id
