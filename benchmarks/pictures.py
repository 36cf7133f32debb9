"""Take the pictures of README and handbook again, from the demonstration in a real browser."""

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import product
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from pypdfium2 import PdfDocument

from benchmarks.servers import serving

_ROOT = Path(__file__).parent.parent
_FOLDER = _ROOT / "docs" / "pictures"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
_COLOURS = 256
_DRAWN_WIDTH = 833
"""Pixels across a printed side: as many as an A4 has at a hundred to the inch."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: where, how large, in which language and light, as whom.

    Attributes:
        path: with a fragment, the picture begins there.
        part: selector of the only element that is shown; None shows the window.
    """

    name: str
    path: str
    width: int = 1040
    height: int = 800
    role: str | None = None
    language: str = "de"
    dark: bool = False
    part: str | None = None


def _pictures(code: str, slug: str, past: str, planned: str, wording: str) -> Iterator[Picture]:
    yield from _on_a_phone(code)
    yield from _of_reports(f"/n/{slug}/reports/")
    yield from _of_coordinators(f"/n/{slug}", code, past, planned, wording)
    yield Picture("sign-in", "/login", height=620)
    yield Picture("settings", f"/n/{slug}/settings", role="network_admin", height=900)


def _on_a_phone(code: str) -> Iterator[Picture]:
    for language, dark in product(("de", "de-x-simple", "ar", "uk"), (False, True)):
        name = f"questionnaire-{language}-390-{'dark' if dark else 'light'}"
        yield Picture(name, f"/q/{code}?lang={language}", 390, 844, language=language, dark=dark)
    yield Picture("thanks", f"/q/{code}/thanks?lang=de", 390, 620)


def _of_reports(address: str) -> Iterator[Picture]:
    day = "?cut_off=2017-04-30"
    yield Picture("report-de-1280-light", f"{address}{day}#glance", 1280, 1000, role="viewer")
    yield Picture("report-head", f"{address}{day}", role="viewer", part=".report-head")
    for indicator in ("I4", "I5", "I9"):
        yield Picture(f"indicator-{indicator}", f"{address}{day}", role="viewer", part=f"#{indicator}")
    yield Picture(
        "definition", f"{address}indicators/I4{day}", role="viewer", part="section[aria-labelledby=definition]"
    )


def _of_coordinators(start: str, code: str, past: str, planned: str, wording: str) -> Iterator[Picture]:
    pages = (
        ("home", "/", 920),
        ("meetings", "/meetings/", 800),
        ("meeting", f"{planned}", 800),
        ("survey", f"/surveys/{code}/", 900),
        ("survey-sealed", f"/surveys/{past}/", 680),
        ("evaluate-now", f"/surveys/{code}/evaluate-now", 620),
        ("paper", f"/surveys/{code}/papers", 860),
        ("partners", "/partners/", 800),
        ("questionnaires", "/questionnaires/", 740),
        ("wording", wording, 800),
    )
    for name, path, height in pages:
        yield Picture(name, start + path, height=height, role="coordinator")
    yield Picture("survey-form", f"{start}{planned}surveys/new", 760, role="coordinator", part="main form")
    steps = "fieldset.group:has([name=won_on])"
    yield Picture("partner-dates", f"{start}/partners/new", role="coordinator", part=steps)
    attendance = "fieldset.group:has([name=attended_total])"
    yield Picture("attendance", f"{start}{planned}edit", role="coordinator", part=attendance)
    yield Picture("wall", f"{start}/surveys/{code}/slide?languages=de,ar,uk,tr", 1280, 720, role="coordinator")
    yield Picture("printing", f"{start}/surveys/{code}/poster?languages=de,ar,uk,tr", height=980, role="coordinator")


def _printed(start: str, code: str) -> Iterator[tuple[str, str]]:
    """Yield name and address of each printed document of which a side is shown."""
    yield "paper-sheet", f"{start}/surveys/{code}/paper-forms/de.pdf"
    sheets = (("poster", "poster-a4"), ("table-card", "cards-a4"), ("handout", "handout-a6"), ("slide", "slide-16-9"))
    for name, sheet in sheets:
        yield name, f"{start}/surveys/{code}/poster.pdf?sheet={sheet}&languages=de,ar,uk,tr,en,fa"


@contextmanager
def demonstration() -> Iterator[tuple[str, dict[str, Any]]]:
    """Serve a fresh demonstration and yield its address and description."""
    with TemporaryDirectory() as folder:
        environment = {"SURVEY_INSTANCE_PATH": folder}
        command = [sys.executable, "-m", "flask", "--app", "survey_app", "demo"]
        subprocess.run(command, cwd=_ROOT, env=os.environ | environment, check=True, stdout=subprocess.DEVNULL)
        description = json.loads((Path(folder) / "demo.json").read_text())
        with serving("survey_app:create_app()", environment) as port:
            yield f"http://127.0.0.1:{port}", description


class _Camera:
    """Opens pages of the demonstration; signs in once per role."""

    def __init__(self, browser: Browser, base: str, description: dict[str, Any]) -> None:
        self._browser = browser
        self._base = base
        self._accounts = {entry["role"]: entry for entry in description["accounts"]}
        self._states: dict[str, Any] = {}

    @contextmanager
    def page(self, picture: Picture) -> Iterator[Page]:
        """Yield the page of a picture, in a window of its own."""
        context = self._browser.new_context(
            viewport={"width": picture.width, "height": picture.height},
            locale=picture.language.split("-")[0],
            timezone_id="Europe/Berlin",
            color_scheme="dark" if picture.dark else "light",
            reduced_motion="reduce",  # a page that scrolls smoothly would be taken on its way
            storage_state=self._signed_in(picture.role) if picture.role else None,
        )
        page = context.new_page()
        page.goto(self._base + picture.path)
        yield page
        context.close()

    def _signed_in(self, role: str) -> Any:
        if role not in self._states:
            self._states[role] = self._sign_in(self._accounts[role])
        return self._states[role]

    def _sign_in(self, account: dict[str, str]) -> Any:
        context = self._browser.new_context()
        page = context.new_page()
        page.goto(f"{self._base}/login")
        page.fill("input[name=email]", account["email"])
        page.fill("input[name=password]", account["password"])
        page.click("main [type=submit]")
        page.wait_for_url(lambda address: "/login" not in address)
        state = context.storage_state()
        context.close()
        return state

    def take(self, picture: Picture) -> None:
        """Take a picture and store it small."""
        with self.page(picture) as page:
            taken = page.locator(picture.part).first.screenshot() if picture.part else _photograph_window(page)
        _store(taken, _FOLDER / f"{picture.name}.png")

    def draw(self, name: str, path: str) -> None:
        """Draw the first side of a printed document that a coordinator loads."""
        with self.page(Picture("", "/networks", role="coordinator")) as page:
            loaded = page.request.get(self._base + path).body()
        taken = BytesIO()
        with PdfDocument(loaded) as document:
            page = document[0]
            page.render(scale=_DRAWN_WIDTH / page.get_width()).to_pil().save(taken, "png")
        _store(taken.getvalue(), _FOLDER / f"{name}.png")


def _photograph_window(page: Page) -> bytes:
    """Return the window without the empty strip that is kept free for a scroll bar."""
    body = page.evaluate("(({x, width}) => ({x, width}))(document.body.getBoundingClientRect())")
    return page.screenshot(clip=body | {"y": 0, "height": page.evaluate("innerHeight")})


def _store(picture: bytes, path: Path) -> None:
    """Write a PNG with a palette: pages have few colours, and a repository keeps every version."""
    with Image.open(BytesIO(picture)) as taken:
        few = taken.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def _find_wording(camera: _Camera, slug: str) -> str:
    """Return where the newest questionnaire can be read in Turkish, below the network."""
    with camera.page(Picture("", f"/n/{slug}/questionnaires/", role="coordinator")) as page:
        address = page.locator(".wordings a[lang=tr]").first.get_attribute("href") or ""
        return address.removeprefix(f"/n/{slug}")


def _plan_meeting(camera: _Camera, slug: str) -> str:
    """Enter a meeting that is still to come and return its path below the network."""
    with camera.page(Picture("", f"/n/{slug}/meetings/new", role="coordinator")) as page:
        page.fill("[name=title]", "Sprachmittlung vor Ort (Beispiel)")
        page.fill("[name=date]", str(datetime.now(UTC).date() + timedelta(days=14)))
        page.fill("[name=place]", "Volkshochschule")
        page.fill("[name=invited]", "180")
        page.click("main button.kern-btn--primary")
        page.wait_for_url(lambda address: not address.endswith("/new"))
        return page.url.split(f"/n/{slug}")[1]


def _of_designer(camera: _Camera, slug: str) -> Iterator[Picture]:
    """Begin a draft with the standard, and yield pictures of it."""
    with camera.page(Picture("", f"/n/{slug}/questionnaires/new", role="coordinator")) as page:
        page.click("main button[name=begin]")
        page.wait_for_url(lambda address: "/draft/" in address)
        draft = page.url.split("#")[0].removeprefix(page.url.split("/n/")[0])
    for name, path, height in (
        ("draft", draft, 860),
        ("question", f"{draft}items/contacts_made/", 1080),
        ("preview", draft.replace("/draft/", "/preview?language=ar&scheme=dark"), 1140),
        ("publish", f"{draft}publish", 860),
    ):
        yield Picture(f"designer-{name}", path, height=height, role="coordinator")


def main() -> None:
    """Take all pictures, or those whose names begin with a given word."""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = tuple(sys.argv[1:]) or ("",)
    executable = next(filter(None, map(which, _BROWSERS)), None)
    with demonstration() as (base, description), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=_ARGUMENTS, env=os.environ | {"LANGUAGE": "de"}
        )
        camera = _Camera(browser, base, description)
        code, past = description["open_collector"]["code"], description["past_collectors"][-1]["code"]
        slug = description["network"]
        planned, wording = _plan_meeting(camera, slug), _find_wording(camera, slug)
        pictures = itertools.chain(_pictures(code, slug, past, planned, wording), _of_designer(camera, slug))
        for picture in pictures:
            if picture.name.startswith(wanted):
                camera.take(picture)
                print(picture.name)
        for name, path in _printed(f"/n/{slug}", code):
            if name.startswith(wanted):
                camera.draw(name, path)
                print(name)
        browser.close()


if __name__ == "__main__":
    main()
