"""Everything that participants meet, for every person: four languages, small and large, dark, forced colours, calm."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from conditional import conditional_questionnaire
from factories import make_collector
from playwright.sync_api import BrowserContext, Page

from survey_app.domain.collector import Device
from survey_app.extensions import db
from survey_app.services import designing, housekeeping

from .conftest import Stage
from .test_accessibility import check_page

LANGUAGES = ("de", "de-x-simple", "ar", "uk")
EYES: dict[str, dict[str, Any]] = {
    "320 px": {"width": 320},
    "desktop": {"width": 1280},
    "dark": {"width": 390, "color_scheme": "dark"},
    "forced colours": {"width": 390, "forced_colors": "active"},
    "reduced motion": {"width": 390, "reduced_motion": "reduce"},
}
_LEAST = 44
_SMALL_TARGETS = """least => {
    const controls = document.querySelectorAll("button, summary, select, input, textarea, nav a, footer a, header a");
    const tick = one => ["radio", "checkbox"].includes(one.type);
    const boxes = [...controls].map(one => [one, (tick(one) && one.closest("label")) || one]);
    return boxes
        .filter(([one, box]) => one.type !== "hidden" && box.checkVisibility() && !one.disabled)
        .map(([one, box]) => [one, box.getBoundingClientRect()])
        .filter(([, box]) => box.height < least - 0.5 || box.width < least - 0.5)
        .filter(([, box]) => box.width > 1 && box.right > 0 && box.bottom > 0)
        .map(([one, box]) => `${one.outerHTML.slice(0, 70)} is ${Math.round(box.width)} × ${Math.round(box.height)}`);
}"""
_SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""
_CLIPPED = """() => [...document.querySelectorAll("main *, header *, footer *")].filter(one =>
    one.scrollWidth > one.clientWidth + 1 && ["hidden", "clip"].includes(getComputedStyle(one).overflowX)
    && one.clientWidth > 1 && one.textContent.trim()).map(one => one.outerHTML.slice(0, 80))"""


def _furnish(stage: Stage) -> list[str]:
    """Return the addresses of every kind of page that participants can meet."""
    with stage.app.app_context():
        session, network, now = db.session(), stage.network, datetime.now(UTC)
        common: dict[str, Any] = {"version_id": stage.version_id}
        opened = make_collector(session, network, **common)
        small = make_collector(session, network, **common, expected_count=6)
        lent = make_collector(session, network, **common, device=Device.KIOSK)
        waiting = make_collector(session, network, **common, opens_at=now + timedelta(days=1), closes_at=None)
        ended = make_collector(session, network, **common)
        housekeeping.close_collector(session, ended.code, network_id=network.id, now=now)
        asking = designing.publish_questionnaire(session, conditional_questionnaire(), network_id=network.id, now=now)
        conditional = make_collector(session, network, version_id=asking, languages=("de",))
        db.session.remove()
    codes = [opened.code, small.code, lent.code, waiting.code, ended.code, conditional.code, "nobody22"]
    notices = [f"/{page}/{network.slug}" for page in ("imprint", "privacy", "accessibility", "feedback")]
    return ["/", "/?code=%21", *(f"/q/{code}" for code in codes), f"/q/{opened.code}/thanks", *notices]


def _problems(page: Page, path: str, name: str) -> Iterator[str]:
    found = list(check_page(page))
    if name in ("320 px", "desktop"):
        found += page.evaluate(_SMALL_TARGETS, _LEAST)
    if name == "reduced motion":
        found += ["something moves"] * page.evaluate("document.getAnimations().length")
    if name == "320 px":
        page.add_style_tag(content=_SPACING)
        found += [f"clipped when spaced: {one}" for one in page.evaluate(_CLIPPED)]
    yield from (f"{path}: {line}" for line in found)


def _send_mistakes(page: Page, address: str) -> None:
    page.goto(address)
    for choice in ("language_education", "transitions", "clubs", "parents"):
        page.check(f"[name=topics_wanted][value={choice}]")
    page.locator("button.send").click()
    page.wait_for_selector("[role=alert]")


@pytest.mark.slow
@pytest.mark.parametrize("name", EYES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_can_use_what_participants_meet(
    stage: Stage, open_browser: Callable[..., BrowserContext], language: str, name: str
) -> None:
    paths = _furnish(stage)
    # The style that spaces text is the test's own; the page's policy would refuse it.
    page = open_browser(language=language, bypass_csp=True, **EYES[name]).new_page()
    problems = []
    for path in paths:
        page.goto(f"{stage.base}{path}{'&' if '?' in path else '?'}lang={language}")
        problems += _problems(page, path, name)
    form = next(path for path in paths if path.startswith("/q/"))
    _send_mistakes(page, f"{stage.base}{form}?lang={language}")
    assert len(page.evaluate(_SMALL_TARGETS, 2_000)) > 30, "the search for small targets looks at nothing"
    problems += _problems(page, "wrong answers", name)
    assert not problems, "\n".join(problems)
