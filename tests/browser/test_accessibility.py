"""axe-core on every page of the product, in three languages, on a phone and at a desk: no violation, no exception."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import pytest
from drafting import change, reword, start
from factories import make_collector, make_meeting
from playwright.sync_api import BrowserContext, Page, expect

from survey_app.domain.book import Need, Offer, Partner
from survey_app.domain.membership import Role
from survey_app.domain.network import Network
from survey_app.extensions import db
from survey_app.files.release_files import write_files
from survey_app.services import collecting, convening, housekeeping, questionnaire_design, recording, releasing

from .conftest import Stage, sign_in

_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
}
_RUN = "options => axe.run(document, options).then(result => result.violations)"
_OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True)
class Place:
    """A page that a test can open: its address and whether somebody has to be signed in."""

    path: str
    is_public: bool = False


DESIGNER = (
    "", "add", "add/many", "add/number", "add/date", "add/text", "add/block", "add-grid", "add-ranking", "library",
    "texts", "languages", "discard", "check", "publish",
    "../changes", "../preview", "items/topics_wanted/", "items/benefit/rules", "items/benefit/remove",
)  # fmt: skip
"""Pages of a draft of a questionnaire."""


def _furnish(stage: Stage) -> list[Place]:
    """Put something on every kind of page and return all of them."""
    with stage.app.app_context():
        session, network = db.session(), stage.network
        common = {"version_id": stage.version_id, "expected_count": 20}
        opened = make_collector(session, network, **common)
        later = datetime.now(UTC) + timedelta(days=1)
        waiting = make_collector(session, network, **common, opens_at=later, closes_at=None)
        closed = make_collector(session, network, version_id=stage.version_id, expected_count=5, needs_ticket=True)
        small = make_collector(session, network, version_id=stage.version_id, expected_count=5)
        sealed = make_collector(session, network, **common, meeting_id=_held(stage))
        _answer(session, sealed.code)
        now = datetime.now(UTC)
        housekeeping.close_collector(session, sealed.code, network_id=network.id, now=now)
        housekeeping.seal_collector(session, sealed.code, network_id=network.id, now=now, grace=timedelta(0))
        partner_id = _record_partner(session, network)
        meeting = make_meeting(session, network, title="Ohne Umfrage")
        inside = _record_needs(session, network, meeting) + _translate(session, network)
        inside += _release(session, network, now, sealed.code)
        db.session.remove()
    public = ["/", "/login", "/reset", f"/q/{opened.code}", f"/q/{opened.code}/thanks", f"/q/{sealed.code}"]
    public += [f"/q/{closed.code}", f"/q/{closed.code}?ticket=bbbbbbbbbb", f"/q/{small.code}"]
    public += ["/translate/unknown/", f"/q/{waiting.code}", "/q/unknown1", "/?code=%21", "/nothing-here"]
    public += [f"/{page}" for page in ("imprint", "privacy", "accessibility", "feedback")]
    public += [f"/{page}/{network.slug}" for page in ("imprint", "privacy", "accessibility", "feedback")]
    inside += ["", "meetings/", "meetings/new", f"meetings/{meeting}/", f"meetings/{meeting}/edit"]
    inside += [f"meetings/{meeting}/delete", f"meetings/{meeting}/surveys/new", "partners/", "partners/new"]
    inside += [f"partners/{partner_id}/edit", f"partners/{partner_id}/delete", "questionnaires/"]
    inside += [f"questionnaires/{stage.version_id}/de/", f"questionnaires/{stage.version_id}/ar/", "settings"]
    inside += [f"surveys/{opened.code}/{page}" for page in ("", "papers", "poster", "slide", "again", "delete")]
    inside += [f"surveys/{opened.code}/evaluate-now", "settings/logo"]
    inside += [f"surveys/{closed.code}/{page}" for page in ("", "cards", "cards/withdraw", "ceiling")]
    inside += [f"surveys/{sealed.code}/", "reports/", "reports/indicators/I4", "reports/indicators/I1"]
    inside += ["goals/figures/", f"reports/surveys/{sealed.code}/"]
    inside += ["reports/?cut_off=never", "reports/?tier=public", "nothing-here", *_design(stage)]
    return [
        *(Place(path, is_public=True) for path in public),
        *(Place(f"/n/{network.slug}/{path}") for path in inside),
        Place("/change"),
    ]


def _record_partner(session, network: Network) -> int:
    partner = Partner(name="Verein <Beispiel>", identified_on=date(2020, 1, 2), informed_on=date(2020, 2, 2))
    return convening.add_partner(session, partner, network_id=network.id)


def _record_needs(session, network: Network, meeting: int) -> list[str]:
    offer = recording.add_offer(session, Offer(title="Kurs", languages=("de", "it")), network_id=network.id)
    given = Need(title="Rat", status="offer_created", offer=str(offer), meeting=str(meeting), field="school")
    need = recording.add_need(session, given, network_id=network.id)
    pages = [f"needs/{page}" for page in ("", "new", f"{need}/edit", f"{need}/delete", "import")]
    pages += [f"offers/{page}" for page in ("", "new", f"{offer}/edit", f"{offer}/delete", "import")]
    return [*pages, "partners/import"]


def _design(stage: Stage) -> list[str]:
    with stage.app.app_context():
        draft = questionnaire_design.copy_version(db.session(), stage.version_id, network_id=stage.network.id)
        db.session.remove()
    files = ["questionnaires/new", "questionnaires/import", f"questionnaires/{draft}/files"]
    return [*files, *(f"questionnaires/{draft}/draft/{page}".replace("draft/../", "") for page in DESIGNER)]


def _translate(session, network: Network) -> list[str]:
    draft = start(session, network)
    change(session, draft, network, reword("benefit", "", "ar"), step=None)
    pages = ("", "ar/?show=open", "ar/link", "file")
    return [f"questionnaires/{draft}/draft/translations/{page}" for page in pages]


def _release(session, network: Network, now: datetime, survey: str) -> list[str]:
    given = {"cut_off": now.date(), "tier": "public"}
    seen = releasing.draft_release(session, network, **given).fingerprint
    releasing.release_report(
        session, network, **given, seen=seen, released_by="a@example.org", now=now, write_files=write_files
    )
    pages = [f"surveys/{survey}/", *(f"surveys/{survey}/screen?step={step}" for step in (0, 1, 2))]
    return ["reports/releases/", "reports/releases/new", *(f"reports/releases/1/{page}" for page in ("", *pages))]


def _held(stage: Stage) -> int:
    return make_meeting(
        db.session(), stage.network, date=date(2026, 5, 5), invited=30, attended_invited=12, attended_total=14
    )


def _answer(session, code: str) -> None:
    entry = collecting.enter(session, code)
    for number in range(12):
        fields = {"knows_more_offers": ["clearly_more" if number < 9 else "no"], "contacts_made": ["no"]}
        collecting.submit_response(
            session,
            entry,
            fields=fields,
            submission_key=collecting.new_submission_key(),
            language="de",
            receipt_key=b"r" * 32,
            now=datetime.now(UTC),
        )


def check_page(page: Page) -> Iterator[str]:
    """Yield one line per violation on the page as it stands, and one if it scrolls sideways."""
    page.evaluate(_AXE)
    for violation in page.evaluate(_RUN, _RULES):
        nodes = "; ".join(str(node["target"]) for node in violation["nodes"][:3])
        yield f"{violation['id']}: {violation['help']} at {nodes}"
    overflow = page.evaluate(_OVERFLOW)
    if overflow > 0:
        yield f"scrolls sideways by {overflow} px"


# Every language and every width each time; all pairs of them with the long tests.
_SHORT = [("de", 1280), ("en", 320), ("ar", 320)]
_LONG = [("de", 320), ("en", 1280), ("ar", 1280)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "width"), [*_SHORT, *(pytest.param(*pair, marks=pytest.mark.soak) for pair in _LONG)]
)
def test_no_page_has_a_violation(
    stage: Stage, open_browser: Callable[..., BrowserContext], language: str, width: int
) -> None:
    places = _furnish(stage)
    page = open_browser(width, language).new_page()
    problems = [line for place in places if place.is_public for line in _check(page, stage, place, language)]
    problems += [f"wrong answers: {line}" for line in _check_mistakes(page, stage, places, language)]
    sign_in(page, stage.base, Role.NETWORK_ADMIN)
    page.goto(f"{stage.root}/?lang={language}")
    problems += [line for place in places if not place.is_public for line in _check(page, stage, place, language)]
    problems += [f"tables: {line}" for line in _check_tables(page, stage, language)]
    assert not problems, "\n".join(problems)


def _check(page: Page, stage: Stage, place: Place, language: str) -> Iterator[str]:
    joint = "&" if "?" in place.path else "?"
    page.goto(f"{stage.base}{place.path}{joint}lang={language}")
    assert page.locator("html").get_attribute("lang") == language, place.path
    yield from (f"{place.path}: {line}" for line in check_page(page))


def _check_tables(page: Page, stage: Stage, language: str) -> Iterator[str]:
    """Send a table that can be stored, one that cannot, and something that is no table."""
    for data in (b"title;status\nRat;planned\nFahrt;recognised\n", b"title;status\nRat;lost\n", b"PK\x03\x04\x00"):
        page.goto(f"{stage.root}/needs/import?lang={language}")
        page.set_input_files("[name=file]", {"name": "x.csv", "mimeType": "text/csv", "buffer": data})
        page.locator("main form button").click()
        yield from check_page(page)


def _check_mistakes(page: Page, stage: Stage, places: list[Place], language: str) -> Iterator[str]:
    form = next(place for place in places if place.path.startswith("/q/"))
    page.goto(f"{stage.base}{form.path}?lang={language}")
    for name in ("language_education", "transitions", "clubs", "parents"):
        page.check(f"[name=topics_wanted][value={name}]")
    page.locator("button.send").click()
    expect(page.locator("[role=alert]")).to_have_count(1)
    assert page.locator("[name=topics_wanted]:checked").count() == 4
    yield from check_page(page)
