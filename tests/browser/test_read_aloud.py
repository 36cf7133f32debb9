"""Questions read aloud by the device.

Chromium in tests has no voices at all, so those of a device are played here; that nothing is offered without one is
shown with the browser as it is.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import Stage

_DEVICE_WITH_VOICES = """(() => {
  const voices = [
    {lang: 'de-DE', localService: true},
    {lang: 'ar_SA', localService: true},
    {lang: 'uk-UA', localService: false},
  ];
  const waiting = [];
  const speech = Object.assign(new EventTarget(), {
    getVoices: () => window.hasVoices === false ? [] : voices,
    speak: (utterance) => {
      waiting.push(utterance);
      if (waiting.length === 1) queueMicrotask(() => waiting[0]?.onstart());
    },
    cancel: () => { waiting.length = 0; window.cancelled = (window.cancelled ?? 0) + 1; },
  });
  window.said = [];
  window.finishOne = () => {
    const done = waiting.shift();
    said.push([done.text, done.lang, done.voice?.lang]);
    done.onend();
    waiting[0]?.onstart();
    return waiting.length;
  };
  Object.defineProperty(window, 'speechSynthesis', {value: speech});
  Object.defineProperty(window, 'SpeechSynthesisUtterance', {value: class { constructor(text) { this.text = text; } }});
})()"""
_SHIFT = """() => new Promise(done => new PerformanceObserver(list =>
  done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))).observe({type: 'layout-shift', buffered: true})
  || setTimeout(() => done(0), 500))"""

OpenBrowser = Callable[..., BrowserContext]


@pytest.fixture
def address(stage: Stage, open_survey: Callable[..., str]) -> str:
    return f"{stage.base}/q/{open_survey()}"


@pytest.fixture
def phone(open_browser: OpenBrowser) -> Page:
    """A phone with a German and an Arabic voice of its own, and a Ukrainian one that lives elsewhere."""
    browser = open_browser(390)
    browser.add_init_script(_DEVICE_WITH_VOICES)
    return browser.new_page()


def button_of(page: Page, question: str) -> object:
    return page.locator(f"#q-{question} .aloud")


def test_nothing_is_offered_when_the_device_has_no_voice(address: str, open_browser: OpenBrowser) -> None:
    page = open_browser(390).new_page()
    page.goto(address)
    assert page.evaluate("speechSynthesis.getVoices().length") == 0
    expect(page.locator(".progress")).to_be_visible()
    assert page.locator(".aloud").count() == 0


@pytest.mark.parametrize(("language", "count"), [("de", 15), ("de-x-simple", 15), ("ar", 15), ("uk", 0), ("tr", 0)])
def test_buttons_are_there_when_the_device_itself_speaks_the_language(
    phone: Page, address: str, language: str, count: int
) -> None:
    phone.goto(f"{address}?lang={language}")
    expect(phone.locator(".progress")).to_be_visible()
    assert phone.locator(".aloud").count() == count


def test_question_and_answers_are_read_in_order(phone: Page, address: str) -> None:
    phone.goto(address)
    button = button_of(phone, "benefit")
    expect(button).to_have_accessible_name("Vorlesen: Frage 8 von 15")
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    expect(phone.locator("legend.read")).to_contain_text("Wie groß ist der Nutzen")
    while phone.evaluate("finishOne()"):
        assert phone.locator(".read").count() == 1
    said = phone.evaluate("said")
    words = ["sehr groß", "eher groß", "eher gering", "kein Nutzen", "keine Angabe"]
    assert [text for text, *_voice in said[1:]] == words
    assert said[0][0] == "Frage 8 von 15. Wie groß ist der Nutzen des Netzwerks für Ihre eigene Arbeit?"
    assert {tuple(voice) for _text, *voice in said} == {("de-DE", "de-DE")}
    assert button.get_attribute("aria-pressed") == "false"
    assert phone.locator(".read").count() == 0


def test_hint_is_read_with_its_question(phone: Page, address: str) -> None:
    phone.goto(address)
    button_of(phone, "topics_central").click()
    while phone.evaluate("finishOne()"):
        pass
    assert "Mit „Arbeit“ meinen wir auch Ihr Ehrenamt." in [text for text, *_voice in phone.evaluate("said")]


@pytest.mark.parametrize("how", ["again", "other", "escape"])
def test_reading_stops_when_wanted(phone: Page, address: str, how: str) -> None:
    phone.goto(address)
    first, other = button_of(phone, "benefit"), button_of(phone, "impulses")
    first.click()
    before = phone.evaluate("cancelled")
    {"again": first.click, "other": other.click, "escape": lambda: phone.keyboard.press("Escape")}[how]()
    assert phone.evaluate("cancelled") > before
    assert first.get_attribute("aria-pressed") == "false"
    assert other.get_attribute("aria-pressed") == ("true" if how == "other" else "false")


def test_reading_needs_no_server_and_moves_nothing(phone: Page, address: str) -> None:
    phone.add_init_script("window.hasVoices = false")
    phone.goto(address)
    expect(phone.locator(".progress")).to_be_visible()
    assert phone.locator(".aloud").count() == 0
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.context.set_offline(offline=True)
    phone.evaluate("() => { window.hasVoices = true; speechSynthesis.dispatchEvent(new Event('voiceschanged')); }")
    expect(phone.locator(".aloud")).to_have_count(15)
    button_of(phone, "benefit").click()
    assert phone.evaluate("finishOne()") == 5
    assert asked == []
    assert phone.evaluate(_SHIFT) == 0
    assert phone.evaluate("document.activeElement.className") == "aloud"
