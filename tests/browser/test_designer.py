"""Designing with a browser: by keyboard only, two people at once, dragging and its spoken alternative, the preview."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from survey_app.domain.membership import Role
from survey_app.domain.questionnaire import Questionnaire
from survey_app.extensions import db
from survey_app.services import questionnaire_design as design

from .conftest import Stage, sign_in

_MOST_TABS = 200
_NAMED = """(name) => {
  const one = document.activeElement;
  const label = one.labels?.[0]?.innerText ?? one.getAttribute('aria-label') ?? one.innerText ?? '';
  return (one.getAttribute('aria-label') ?? label).trim().startsWith(name) && one !== document.body;
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something with this name has the focus, as somebody without a mouse does."""
    for _press in range(_MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(_NAMED, name):
            return
    raise AssertionError(f"{name!r} cannot be reached by keyboard on {page.url}")


def press(page: Page, name: str) -> None:
    """Go to something by keyboard and press Enter; wait for the page that comes."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, name: str, words: str) -> None:
    tab_to(page, name)
    page.keyboard.type(words)


def draft_of(stage: Stage, address: str) -> Questionnaire:
    version_id = int(address.split("/draft/", maxsplit=1)[0].rsplit("/", 1)[1])
    with stage.app.app_context():
        found = design.load_version(db.session(), version_id, network_id=stage.network.id).questionnaire
        db.session.remove()
    return found


@pytest.fixture
def standard(stage: Stage) -> str:
    """The address of a draft that says what the standard says."""
    with stage.app.app_context():
        version_id = design.copy_version(db.session(), stage.version_id, network_id=stage.network.id)
        db.session.remove()
    return f"{stage.root}/questionnaires/{version_id}/draft/"


@pytest.fixture
def desk(stage: Stage, open_browser: Callable[..., BrowserContext]) -> Callable[[], Page]:
    """Return a function that opens a browser of somebody who organises."""

    def open_desk(**options: object) -> Page:
        page = open_browser(1280, "en", **options).new_page()
        sign_in(page, stage.base, Role.COORDINATOR)
        return page

    return open_desk


KINDS = {
    "One answer": ("Answer 1", "Answer 2"),
    "Several answers": ("Answer 1", "Answer 2"),
    "Yes or no": (),
    "Scale": (),
    "Number": ("Class 1",),
    "Date": ("Class 1",),
    "Short text": (),
    "Long text": (),
    "Text block": (),
}


@pytest.mark.slow
def test_a_questionnaire_of_all_kinds_is_built_by_keyboard_alone(stage: Stage, desk: Callable[[], Page]) -> None:
    page = desk()
    page.goto(f"{stage.root}/questionnaires/")
    press(page, "Begin a questionnaire")
    write(page, "Title", "Nur mit Tasten")
    press(page, "Begin empty")
    root = page.url
    for number, (kind, rows) in enumerate(KINDS.items(), 1):
        press(page, "Add a question")
        press(page, kind)
        write(page, "Question", f"Frage Nummer {number}?")
        for row in rows:
            write(page, row, f"Wort {row[-1]}")
        press(page, "Save")
    for kind in ("Rating grid", "Ranking"):
        press(page, "Add a question")
        press(page, kind)
        write(page, "What stands above all rows", f"{kind}?")
        for row in ("Row 1", "Row 2"):
            write(page, row, f"{kind} {row[-1]}")
        press(page, "Save")
    questionnaire = draft_of(stage, root)
    types = [item.type.value for item in questionnaire.items]
    assert types[:9] == ["one", "many", "one", "one", "number", "date", "text", "long_text", "block"]
    assert types[9:] == ["block", "one", "one", "block", "one", "one"]
    assert len(questionnaire.questions) == 12
    press(page, "Check and publish")
    press(page, "Publish for ever")
    expect(page.locator("h1")).to_have_text("Nur mit Tasten")
    expect(page.locator("[role=status]").first).to_contain_text("Published.")


def test_two_browsers_see_both_texts_when_they_change_the_same_question(
    stage: Stage, desk: Callable[[], Page], standard: str
) -> None:
    ours, theirs = desk(), desk()
    for page in (ours, theirs):
        page.goto(f"{standard}items/impulses/")
    theirs.fill("#text", "Ihre Fassung?")
    expect(theirs.locator("[data-state]")).to_have_text("Saved.")
    assert draft_of(stage, standard).find_item("impulses").texts["de"] == "Ihre Fassung?"
    ours.fill("#text", "Unsere Fassung?")
    expect(ours.locator("[data-state]")).to_contain_text("Somebody else changed this question.")
    assert draft_of(stage, standard).find_item("impulses").texts["de"] == "Ihre Fassung?"
    ours.get_by_role("button", name="Save", exact=True).last.click()
    table = ours.get_by_role("region", name="Both versions")
    expect(table).to_contain_text("Ihre Fassung?")
    expect(table).to_contain_text("Unsere Fassung?")
    ours.get_by_role("button", name="Save", exact=True).last.click()
    ours.wait_for_url(lambda address: address.split("#")[0] == standard)
    assert draft_of(stage, standard).find_item("impulses").texts["de"] == "Unsere Fassung?"


def test_what_is_written_saves_itself_and_is_one_step_to_undo(
    stage: Stage, desk: Callable[[], Page], standard: str
) -> None:
    page = desk()
    page.goto(f"{standard}items/impulses/")
    before = page.input_value("#text")
    for words in ("Neu", "Neue Impulse?"):
        page.fill("#text", words)
        with page.expect_response(lambda answer: "items/impulses" in answer.url and answer.status == 200):
            pass
    page.fill("#text", "")
    expect(page.locator("[data-state]")).to_contain_text("Not saved yet")
    page.goto(standard)
    page.get_by_role("button", name="Undo: question changed").click()
    expect(page.locator("[role=status]").first).to_contain_text("Undone")
    assert draft_of(stage, standard).find_item("impulses").texts["de"] == before


def codes(stage: Stage, standard: str) -> list[str]:
    return [item.code for item in draft_of(stage, standard).items]


def test_order_changes_by_keyboard_and_is_announced(stage: Stage, desk: Callable[[], Page], standard: str) -> None:
    page = desk()
    page.goto(standard)
    before = codes(stage, standard)
    spoken = page.locator("section[aria-labelledby=items] > [role=status]")
    tab_to(page, "Move: 2.")
    page.keyboard.press("Space")
    expect(spoken).to_contain_text("Place 2 of 15.")
    page.keyboard.press("ArrowDown")
    expect(spoken).to_have_text("Place 3 of 15.")
    page.keyboard.press("Escape")
    expect(spoken).to_contain_text("Not moved")
    page.keyboard.press("Space")
    for _press in range(2):
        page.keyboard.press("ArrowUp")
    with page.expect_response(lambda answer: answer.url == standard):
        page.keyboard.press("Space")
    expect(spoken).to_contain_text("Place 1 of 15.")
    assert codes(stage, standard)[:2] == [before[1], before[0]]
    expect(page.locator(".draft-item__number").first).to_have_text("1")
    assert page.evaluate("document.activeElement.closest('[data-code]').dataset.code") == before[1]
    expect(page.get_by_role("button", name="Undo: question moved")).to_be_visible()


def test_order_changes_by_dragging_and_comes_back_when_refused(
    stage: Stage, desk: Callable[[], Page], standard: str
) -> None:
    page = desk()
    page.goto(standard)
    before = codes(stage, standard)
    handles = page.locator(".draft-item__handle")
    source, target = handles.nth(0).bounding_box(), page.locator(".draft-item").nth(1).bounding_box()
    assert source is not None
    assert target is not None
    page.mouse.move(source["x"] + 10, source["y"] + 10)
    page.mouse.down()
    page.mouse.move(source["x"] + 10, target["y"] + target["height"] - 5, steps=6)
    with page.expect_response(lambda answer: answer.url.endswith("/move")):
        page.mouse.up()
    expect(page.locator(".draft-item").nth(1)).to_have_attribute("data-code", before[0])
    assert codes(stage, standard)[:2] == [before[1], before[0]]
    expect(page.get_by_role("button", name="Undo: question moved")).to_be_visible()
    page.goto(f"{standard}items/{before[0]}/rules")
    page.select_option("#new", before[1])
    page.get_by_role("button", name="Add a rule").click()
    page.select_option("#rule-0-operator", "present")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.wait_for_url(lambda address: address.split("#")[0] == standard)
    tab_to(page, "Move: 2.")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    expect(page.locator("[data-refusal]")).to_contain_text("must stay behind it")
    expect(page.locator(".draft-item").nth(1)).to_have_attribute("data-code", before[0])
    assert codes(stage, standard)[:2] == [before[1], before[0]]


def test_a_draft_is_answered_in_the_phone_of_the_preview(stage: Stage, desk: Callable[[], Page], standard: str) -> None:
    page = desk()
    page.goto(standard)
    page.get_by_role("link", name="Preview").click()
    page.select_option("#language", "ar")
    page.select_option("#scheme", "dark")
    page.get_by_role("button", name="Show").click()
    phone = page.frame_locator("iframe")
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    dark = phone.locator("html").evaluate("(root) => getComputedStyle(root).backgroundColor")
    assert dark == "rgb(19, 21, 37)"
    phone.locator("[name=impulses][value=yes]").check()
    phone.locator("button.send").click()
    expect(phone.locator("h1")).to_contain_text("شكر")
    assert draft_of(stage, standard).find_item("impulses") is not None


def test_everything_works_without_a_script(stage: Stage, desk: Callable[..., Page], standard: str) -> None:
    page = desk(java_script_enabled=False)
    page.goto(f"{standard}items/impulses/")
    page.fill("#text", "Ohne Skript?")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator("#item-impulses")).to_contain_text("Ohne Skript?")
    page.get_by_role("button", name="Move up: 7. Ohne Skript?").click()
    assert codes(stage, standard)[5] == "impulses"
    page.get_by_role("button", name="Undo: question moved").click()
    assert codes(stage, standard)[6] == "impulses"


def test_a_new_answer_is_saved_once_it_is_written_and_keeps_its_short_name(
    stage: Stage, desk: Callable[[], Page], standard: str
) -> None:
    page = desk()
    page.goto(f"{standard}items/impulses/")
    for words in ("vielleicht", "vielleicht später"):
        page.fill("#options-2-words", words)
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.keyboard.press("Tab")
        expect(page.locator("[name=options-2-code]")).to_have_value("vielleicht")
    expect(page.locator("[data-state]")).to_have_text("Saved.")
    item = draft_of(stage, standard).find_item("impulses")
    assert item is not None
    assert [(choice.code, choice.texts["de"]) for choice in item.options][2] == ("vielleicht", "vielleicht später")
