"""Take the pictures of README and handbook again, from the demonstration in a real browser."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.servers import serving

_ROOT = Path(__file__).parent.parent
_FOLDER = _ROOT / "docs" / "pictures"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: where, how wide, in which language and light, as whom."""

    name: str
    path: str
    width: int = 1280
    language: str = "de"
    dark: bool = False
    role: str | None = None
    whole_page: bool = False
    height: int = 844


def _pictures(code: str, slug: str, past: str) -> Iterator[Picture]:
    for language in ("de", "de-x-simple", "ar", "uk"):
        for dark in (False, True):
            light = "dark" if dark else "light"
            yield Picture(f"questionnaire-{language}-390-{light}", f"/q/{code}?lang={language}", 390, language, dark)
    report = f"/n/{slug}/reports/?cut_off=2017-04-30"
    yield Picture("report-de-1280-light", report, role="viewer", height=1000)
    yield Picture("report-ar-390-dark", f"{report}&lang=ar", 390, "ar", dark=True, role="viewer")
    yield Picture("report-whole", report, role="viewer", whole_page=True)
    yield Picture("indicator", f"/n/{slug}/reports/indicators/I4?cut_off=2017-04-30", role="viewer", height=1000)
    yield Picture("home", f"/n/{slug}/", role="coordinator", height=900)
    yield Picture("meetings", f"/n/{slug}/meetings/", role="coordinator", height=900)
    yield Picture("partners", f"/n/{slug}/partners/", role="coordinator", height=900)
    yield Picture("survey", f"/n/{slug}/surveys/{code}/", role="coordinator", height=1000)
    yield Picture("survey-sealed", f"/n/{slug}/surveys/{past}/", role="coordinator", height=900)
    yield Picture("poster", f"/n/{slug}/surveys/{code}/poster?languages=de,ar,uk,tr", role="coordinator", height=1200)
    yield Picture("settings", f"/n/{slug}/settings", role="network_admin", height=1000)
    yield Picture("sign-in", "/login", height=700)


@contextmanager
def demonstration() -> Iterator[tuple[str, dict]]:
    """Serve a fresh demonstration and yield its address and description."""
    with TemporaryDirectory() as folder:
        environment = {"SURVEY_INSTANCE_PATH": folder}
        command = [sys.executable, "-m", "flask", "--app", "survey_app", "demo"]
        subprocess.run(command, cwd=_ROOT, env=os.environ | environment, check=True, stdout=subprocess.DEVNULL)
        description = json.loads((Path(folder) / "demo.json").read_text())
        with serving("survey_app:create_app()", environment) as port:
            yield f"http://127.0.0.1:{port}", description


def _sign_in(page: Page, base: str, description: dict, role: str) -> None:
    account = next(entry for entry in description["accounts"] if entry["role"] == role)
    page.goto(f"{base}/login")
    page.fill("input[name=email]", account["email"])
    page.fill("input[name=password]", account["password"])
    page.click("main [type=submit]")
    page.wait_for_url(lambda address: "/login" not in address)


def _take(browser: Browser, base: str, description: dict, picture: Picture) -> None:
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        locale=picture.language.split("-")[0],
        color_scheme="dark" if picture.dark else "light",
    )
    page = context.new_page()
    if picture.role:
        _sign_in(page, base, description, picture.role)
    page.goto(base + picture.path)
    page.screenshot(path=_FOLDER / f"{picture.name}.png", full_page=picture.whole_page)
    context.close()


def main() -> None:
    """Take all pictures, or those whose names begin with a given word."""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = tuple(sys.argv[1:]) or ("",)
    executable = next(filter(None, map(which, _BROWSERS)), None)
    with demonstration() as (base, description), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=_ARGUMENTS)
        code, past = description["open_collector"]["code"], description["past_collectors"][-1]["code"]
        for picture in _pictures(code, description["network"], past):
            if picture.name.startswith(wanted):
                _take(browser, base, description, picture)
                print(picture.name)
        browser.close()


if __name__ == "__main__":
    main()
