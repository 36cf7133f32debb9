"""The page for the projector on a real screen: it can be scanned, everything has room, the counter follows."""

import io
from collections.abc import Callable

import pytest
import zxingcpp
from factories import make_meeting
from PIL import Image
from playwright.sync_api import BrowserContext, Page

from survey_app.domain.membership import Role
from survey_app.extensions import db
from survey_app.files.pictures import read_logo
from survey_app.services import networks

from .conftest import Stage, sign_in
from .test_accessibility import check_page
from .test_walk import _let_others_answer

_CROWDED = {"title": ("Gelingende Übergänge gemeinsam gestalten " * 5)[:200], "motto": "Niemand liest das. " * 15}
_OUTSIDE = """() => [...document.querySelectorAll('.slide *')].filter(one => {
  const box = one.getBoundingClientRect(), slide = document.querySelector('.slide').getBoundingClientRect();
  return box.bottom > slide.bottom + 1 || box.right > slide.right + 1 || box.top < slide.top || box.left < slide.left;
}).map(one => one.outerHTML.slice(0, 80))"""
_PARTS = """() => {
  const boxes = [...document.querySelectorAll('.slide__head, .slide__invitations li, .slide__way, .slide__counter')]
    .map(one => one.getBoundingClientRect());
  return boxes.flatMap((one, n) => boxes.slice(n + 1).filter(other =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1)).length;
}"""


def open_slide(stage: Stage, page: Page, code: str) -> None:
    sign_in(page, stage.base, Role.COORDINATOR)
    page.goto(f"{stage.root}/surveys/{code}/slide")


def open_wall(open_browser: Callable[..., BrowserContext], width: int, height: int) -> Page:
    page = open_browser(width).new_page()
    page.set_viewport_size({"width": width, "height": height})
    return page


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (1024, 768)])
@pytest.mark.parametrize("is_crowded", [False, True])
def test_everything_has_room_on_the_wall_and_can_be_scanned(
    stage: Stage, open_browser: Callable[..., BrowserContext], open_survey: Callable[..., str], width: int, height: int,
    *, is_crowded: bool,
) -> None:  # fmt: skip
    with stage.app.app_context():
        meeting = make_meeting(db.session(), stage.network, **(_CROWDED if is_crowded else {}))
        picture = io.BytesIO()
        Image.new("RGB", (400, 100)).save(picture, "png")
        logo = read_logo(picture.getvalue(), "Wappen der Stadt")
        networks.change_logo(db.session(), logo, network_id=stage.network.id)
        db.session.remove()
    code = open_survey(meeting_id=meeting, is_synthetic=True)
    page = open_wall(open_browser, width, height)
    open_slide(stage, page, code)
    assert page.evaluate(_OUTSIDE) == []
    assert page.evaluate(_PARTS) == 0
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
    assert found.text == f"{stage.base}/q/{code}"
    assert list(check_page(page)) == []


def test_counter_follows_by_itself(
    stage: Stage, open_browser: Callable[..., BrowserContext], open_survey: Callable[..., str]
) -> None:
    code = open_survey()
    page = open_wall(open_browser, 1280, 720)
    page.clock.install()
    open_slide(stage, page, code)
    counter = page.locator("[data-counter]")
    assert "weniger als 10" in counter.inner_text()
    _let_others_answer(stage, code)
    page.evaluate("window.isTheSame = true")
    with page.expect_response(f"**/surveys/{code}/slide"):
        page.clock.fast_forward(21_000)
    page.get_by_text("10+").wait_for()
    assert page.evaluate("window.isTheSame") is True
    page.context.set_offline(True)
    page.clock.fast_forward(21_000)
    assert "10+" in counter.inner_text()
