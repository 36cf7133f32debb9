"""A vocabulary for tests of the designer: what stands in a draft, and the buttons of its items."""

from survey_app.domain.questionnaire import Item, Questionnaire
from survey_app.services import questionnaire_design as design

from .conftest import Desk
from .visiting import Sheet


def draft_of(desk: Desk, version_id: int) -> Questionnaire:
    desk.session.rollback()
    return design.load_version(desk.session, version_id, network_id=desk.network.id).questionnaire


def last_item(desk: Desk, version_id: int) -> Item:
    return draft_of(desk, version_id).items[-1]


def root_of(version_id: int) -> str:
    return f"/questionnaires/{version_id}/draft"


def last_saved(desk: Desk, version_id: int, code: str) -> str:
    item = draft_of(desk, version_id).find_item(code)
    assert item is not None
    return item.texts["de"]


def undo(desk: Desk, version_id: int) -> Sheet:
    page = desk.see(f"{root_of(version_id)}/")
    form = next(form for form in page.root.iter("form") if (form.get("action") or "").endswith("/undo"))
    fields = {field.get("name"): field.get("value") for field in form.iter("input")}
    return desk.follow(desk.post(form.get("action"), fields))


def codes(desk: Desk, version_id: int) -> list[str]:
    return [item.code for item in draft_of(desk, version_id).items]


def press_at(desk: Desk, version_id: int, code: str, action: str, **values: str) -> Sheet:
    page = desk.see(f"{root_of(version_id)}/")
    token = next(field.get("value") for field in page.root.iter("input") if field.get("name") == "csrf_token")
    return desk.post(f"{desk.root}{root_of(version_id)}/items/{code}/{action}", {"csrf_token": token, **values})
