"""What a phone on a bad connection sees: requests, bytes, and the time until the first words are painted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from benchmarks.browser import browsing
from benchmarks.figures import Figure
from benchmarks.servers import serving
from benchmarks.stage import SECRET, application, fresh_database, open_survey, standard_questionnaire
from survey_app.domain.questionnaire import Questionnaire
from survey_app.extensions import db

_LATENCY_MILLISECONDS = 400
_BYTES_PER_SECOND = 400_000 / 8
_CPU_SLOWDOWN = 4
_ROUNDS = 9
_CONSTANT_BYTES = 10_000
_LANGUAGES = ("de", "ar")
_STANDARD, _LONG = 15, 40
"""Numbers of questions; the goals speak of the first, the second is measured to be known."""

_INITIAL_WINDOW = 14_000
_BLOCKING = (
    "() => performance.getEntriesByType('resource').filter(one => one.renderBlockingStatus === 'blocking').length"
)
_PAINTED = """() => new Promise(resolve => new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (entry.name === "first-contentful-paint") resolve(entry.startTime);
}).observe({type: "paint", buffered: true}))"""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a page was opened once.

    Attributes:
        painted: milliseconds to the first words.
        blocking: requests besides the page that the first words waited for.
        bytes_by_address: as they came over the wire.
    """

    painted: float
    blocking: int
    bytes_by_address: dict[str, float]


def long_questionnaire(count: int) -> Questionnaire:
    """Return a questionnaire with so many questions, made of the standard ones."""
    standard = standard_questionnaire()
    items = [
        replace(item, code=f"{item.code}_{number // len(standard.questions)}", show_if=())
        for number, item in ((number, standard.questions[number % len(standard.questions)]) for number in range(count))
    ]
    return replace(standard, id="long", items=tuple(items))


def measure_painting(kind: str) -> Iterator[Figure]:
    """Yield requests, bytes and first paint for questionnaires of 15 and 40 questions beside a constant page."""
    if kind != "sqlite":
        return
    with fresh_database(kind) as (url, folder), TemporaryDirectory() as scratch:
        with application(url, folder):
            codes = {
                _STANDARD: open_survey(db.session()).code,
                _LONG: open_survey(db.session(), long_questionnaire(_LONG), slug="long").code,
            }
        constant = Path(scratch) / "page.html"
        constant.write_text(_constant_page(), encoding="ascii")
        ours = {"SURVEY_DATABASE_URL": url, "SURVEY_SECRET_KEY": SECRET, "SURVEY_INSTANCE_PATH": str(folder)}
        limits = {"RESONANZ_BENCH_PAGE": str(constant), "RESONANZ_BENCH_ENCODING": "identity"}
        with (
            serving("survey_app:create_app()", ours) as port,
            serving("benchmarks.limits:create_limit_app()", limits) as limit_port,
            browsing() as browser,
        ):
            limit = f"http://127.0.0.1:{limit_port}/page"
            for count, code in codes.items():
                for language in _LANGUAGES:
                    address = f"http://127.0.0.1:{port}/q/{code}?lang={language}"
                    yield from _compare(browser, f"{count} questions, {language}", address, limit, count)


def _constant_page() -> str:
    head, foot = "<!doctype html><html lang=de><title>constant</title><body><p>", "</p>"
    words = "words "
    return head + words * ((_CONSTANT_BYTES - len(head) - len(foot)) // len(words)) + foot


def _compare(browser: Browser, what: str, address: str, limit: str, count: int) -> Iterator[Figure]:
    _open(browser, address)  # the server renders the page once
    mine: list[Opening] = []
    theirs: list[Opening] = []
    for _round in range(_ROUNDS):
        theirs.append(_open(browser, limit))
        mine.append(_open(browser, address))
    last = mine[-1]
    is_standard = count == _STANDARD
    yield Figure(f"requests to the first paint, {what}", 1 + last.blocking, "requests", 1)
    yield Figure(f"further requests, {what}", len(last.bytes_by_address) - 1, "requests", 2)
    size = sum(last.bytes_by_address.values())
    yield Figure(f"everything the page needs, {what}", size, "bytes", 1 if is_standard else 3, _INITIAL_WINDOW)
    painted = median(opening.painted for opening in mine)
    goal = 1.5 if is_standard else 9
    yield Figure(f"first contentful paint, {what}", painted, "ms", goal, median(opening.painted for opening in theirs))


def _open(browser: Browser, address: str) -> Opening:
    """Open a page as a slow phone that has never been here."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": _LATENCY_MILLISECONDS,
            "downloadThroughput": _BYTES_PER_SECOND,
            "uploadThroughput": _BYTES_PER_SECOND,
        },
    )
    wire.send("Emulation.setCPUThrottlingRate", {"rate": _CPU_SLOWDOWN})
    addresses: dict[str, str] = {}
    sizes: dict[str, float] = {}
    wire.on("Network.requestWillBeSent", lambda event: addresses.update({event["requestId"]: event["request"]["url"]}))
    wire.on(
        "Network.loadingFinished",
        lambda event: sizes.update({addresses[event["requestId"]]: event["encodedDataLength"]}),
    )
    page.goto(address, wait_until="networkidle")
    opening = Opening(float(page.evaluate(_PAINTED)), int(page.evaluate(_BLOCKING)), sizes)
    context.close()
    return opening
