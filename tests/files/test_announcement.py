"""Poster, table card, handout and slide: what the room needs is on each, can be scanned, read and heard, and fits."""

import io
from collections import Counter
from dataclasses import replace
from itertools import combinations

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_reading import Reading, check_accessibility, read_pdf
from PIL import Image

from survey_app.domain.announcement import FORMATS, MOST_LANGUAGES, Announcement, Format, Invitation, Kind, Logo
from survey_app.domain.text import Phrase
from survey_app.files.announcement import can_be_printed, draw_announcement, render_announcement
from survey_app.files.qr import QUIET_ZONE, list_runs

ADDRESS = "https://umfrage.example.de/q/bcdfghjk"
_PRINTED = 150 / 72
"""From points to pixels at the resolution of an ordinary printer's draft."""

_COPIES = {"cards-a4": 2, "handout-a4": 4}
_LEAST_MODULE_MILLIMETRES = 0.6
"""A camera reads modules of half a millimetre from a hand's breadth away; with a reserve."""

_SAID = {
    "de": ("Wie war das Treffen? Scannen Sie den Code und sagen Sie es uns.", "Freiwillig und anonym."),
    "en": ("How was the meeting? Scan the code and tell us.", "Voluntary and anonymous."),
    "tr": ("Toplantı nasıldı? Kodu tarayın ve bize söyleyin.", "Gönüllü ve anonim."),
    "ar": ("كيف كان اللقاء؟ امسحوا الرمز وأخبرونا برأيكم.", "طوعي ودون ذكر الاسم."),
    "fa": ("نشست چطور بود؟ کد را اسکن کنید و به ما بگویید.", "داوطلبانه و بدون نام."),
    "uk": ("Як минула зустріч? Відскануйте код і розкажіть нам.", "Добровільно й анонімно."),
}


def say(text: str, language: str = "de") -> Phrase:
    return Phrase(text, language, "rtl" if language in ("ar", "fa") else "ltr")


def invite(*languages: str) -> tuple[Invitation, ...]:
    return tuple(Invitation(say(_SAID[tag][0], tag), say(_SAID[tag][1], tag)) for tag in languages)


def draw_logo(width: int, height: int) -> Logo:
    content = io.BytesIO()
    Image.new("RGBA", (width, height), (180, 20, 60, 200)).save(content, "png")
    return Logo(content.getvalue(), width, height, "Logo der Stadt")


def announcement(**values: object) -> Announcement:
    given = {
        "language": "de",
        "direction": "ltr",
        "network": "Netzwerk Freiburg",
        "title": "13. Netzwerktreffen",
        "motto": "Integration durch Bildung",
        "topics": ("Sprachbildung", "Übergänge"),
        "address": ADDRESS,
        "code": "bcdfghjk",
        "code_word": say("Zugangscode"),
        "picture_words": f"QR-Code, der zu {ADDRESS} führt",
        "invitations": invite(*_SAID),
        "protection": say("Kein Name, keine Adresse, kein Cookie wird gespeichert."),
        "privacy_address": "https://umfrage.example.de/privacy/freiburg",
        "colour": "#14375e",
    } | values
    return Announcement(**given)


CROWDED = announcement(
    network="Kommunales Bildungsnetzwerk " * 7,
    title=("Gelingende Übergänge 🎉 in Donaudampfschifffahrtsgesellschaften " * 4)[:199] + "x",
    motto="Niemand liest ein so langes Motto, und doch steht es da. " * 5,
    topics=tuple(f"Thema {number} mit einem langen Namen, der umbricht" for number in range(5)),
    address="https://bildungsnetzwerk.landkreis-beispielhausen-nord.example.de/q/bcdfghjk",
    stamp=say("Beispiel"),
    logo=draw_logo(90, 300),
)
ARABIC = announcement(
    language="ar",
    direction="rtl",
    title="اللقاء الثالث عشر",
    invitations=invite("ar", "de"),
    code_word=say("الرمز", "ar"),
    protection=say("لا يُحفظ اسم.", "ar"),
    logo=draw_logo(900, 100),
)
BARE = announcement(title="", motto="", topics=(), invitations=invite("de"))
CASES = {"usual": announcement(), "crowded": CROWDED, "arabic": ARABIC, "bare": BARE}

each_format = pytest.mark.parametrize("sheet", FORMATS, ids=lambda sheet: sheet.code)
each_case = pytest.mark.parametrize("case", CASES)


def print_page(pdf: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        return document[0].render(scale=_PRINTED).to_pil()


def read_codes(page: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)]


def read(said: Announcement, sheet: Format = FORMATS[0]) -> Reading:
    return read_pdf(render_announcement(said, sheet))


@each_format
@each_case
def test_every_sheet_is_one_accessible_page_whose_codes_can_be_scanned(case: str, sheet: Format) -> None:
    said = CASES[case]
    pdf = render_announcement(said, sheet)
    found = read_pdf(pdf)
    assert check_accessibility(pdf) == []
    assert read_codes(print_page(pdf)) == [said.address] * _COPIES.get(sheet.code, 1)
    assert (found.page_count, found.language, found.shows_title) == (1, said.language, True)
    assert len(found.root.words_of("H1")) == 1
    families = {name.partition("+")[2].split("-")[0] for name in found.fonts}
    assert families <= {"NotoSans", "IBMPlexSansArabic"}
    assert found.fonts
    assert all(found.fonts.values())


@each_format
@each_case
def test_nothing_leaves_the_sheet_and_no_words_overlap(case: str, sheet: Format) -> None:
    pdf = render_announcement(CASES[case], sheet)
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        text = page.get_textpage()
        lines = [text.get_rect(number) for number in range(text.count_rects())]
        width, height = page.get_size()
    assert len(lines) > 4
    assert all(0 <= left < right <= width and 0 <= bottom < top <= height for left, bottom, right, top in lines)
    assert [pair for pair in combinations(lines, 2) if _overlap(*pair)] == []


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Tell whether two rectangles share more than marks above and below letters do."""
    shared_width = min(one[2], other[2]) - max(one[0], other[0])
    shared_height = min(one[3], other[3]) - max(one[1], other[1])
    lowest = min(one[3] - one[1], other[3] - other[1])
    return min(shared_width, shared_height) > 0.3 * lowest


@each_format
def test_sheet_has_its_size_and_a_code_that_is_large_enough(sheet: Format) -> None:
    sizes = {"a3": (297, 420), "a4": (210, 297), "a6": (105, 148), "16-9": (338.67, 190.5)}
    page = print_page(render_announcement(CROWDED, sheet))
    per_millimetre = 150 / 25.4
    assert (page.width / per_millimetre, page.height / per_millimetre) == pytest.approx(sizes[sheet.size], abs=0.3)
    modules = list_runs(CROWDED.address)[0] - 2 * QUIET_ZONE
    for code in zxingcpp.read_barcodes(page):
        corners = code.position.top_left, code.position.top_right
        edge = ((corners[0].x - corners[1].x) ** 2 + (corners[0].y - corners[1].y) ** 2) ** 0.5
        assert edge / modules / per_millimetre > _LEAST_MODULE_MILLIMETRES


@each_format
def test_everything_is_heard_once(sheet: Format) -> None:
    root = read(announcement(logo=draw_logo(400, 200), stamp=say("Vorführung")), sheet).root
    said = root.words
    wanted = ["Netzwerk Freiburg", "Integration durch Bildung", "Sprachbildung", "Übergänge", "Zugangscode: bcdfghjk"]
    wanted += ["umfrage.example.de/q/bcdfghjk", "Kein Name, keine Adresse", "privacy/freiburg", "Logo der Stadt"]
    wanted += [f"QR-Code, der zu {ADDRESS} führt", "Vorführung", *_SAID["de"], *_SAID["uk"], *_SAID["tr"]]
    counted = {words: said.count(words) for words in wanted}
    assert counted.pop("umfrage.example.de/q/bcdfghjk") == 2  # once in the alternative of the code
    assert set(counted.values()) == {1}, counted
    assert root.words_of("H1") == ["13. Netzwerktreffen"]


def test_address_is_not_torn_when_it_is_copied() -> None:
    """It stands in the text as it is typed, and leads to the survey when somebody presses it."""
    assert "bildungsnetzwerk.landkreis-beispielhausen-nord.example.de/q/bcdfghjk" in read(CROWDED).root.words


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_words_from_the_right_are_complete_shaped_and_at_the_right_edge(language: str) -> None:
    pdf = render_announcement(announcement(invitations=invite("de", language)), FORMATS[0])
    words = Counter(read_pdf(pdf).root.words)
    assert not Counter(_SAID[language][0].replace(" ", "")) - words
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        text = page.get_textpage()
        boxes = [
            text.get_charbox(index)
            for index in range(text.count_chars())
            if "\u0600" <= text.get_text_range(index, 1) <= "\ufeff"
        ]
        width = page.get_width()
    assert max(right for _left, _bottom, right, _top in boxes) > width * 0.88
    glyphs = {right - left for left, _bottom, right, _top in boxes}
    assert len(glyphs) > 20  # letters have different forms by where they stand in a word


def test_colour_of_the_network_is_the_ground_of_the_title() -> None:
    page = print_page(render_announcement(announcement(colour="#7a1f4b"), FORMATS[0])).convert("RGB")
    colours = Counter(page.get_flattened_data())
    assert colours[0x7A, 0x1F, 0x4B] > 0.05 * page.width * page.height


def test_network_gives_the_heading_when_there_is_no_meeting() -> None:
    found = read(BARE)
    assert found.root.words_of("H1") == ["Netzwerk Freiburg"]
    assert found.title == "Netzwerk Freiburg – bcdfghjk"
    assert read(announcement(title="\u200b", network="🎉")).root.words_of("H1") == ["□"]


def test_equal_announcements_give_equal_bytes() -> None:
    first, second = (render_announcement(announcement(logo=draw_logo(9, 9)), FORMATS[0]) for _time in range(2))
    assert first == second
    assert len({announcement(), announcement()}) == 1


@each_format
def test_preview_shows_the_sheet_small(sheet: Format) -> None:
    with Image.open(io.BytesIO(draw_announcement(announcement(), sheet))) as picture:
        assert picture.format == "PNG"
        assert 400 < picture.width < 800
        assert set(read_codes(picture.convert("L"))) <= {ADDRESS}


def test_script_without_a_font_cannot_be_printed() -> None:
    assert can_be_printed(invite("ar")[0])
    assert not can_be_printed(Invitation(say("ሰላም", "ti"), say("Free.", "en")))


@settings(max_examples=12)
@given(
    names=st.tuples(st.text(max_size=200), st.text(max_size=300), st.text(max_size=200)),
    topics=st.lists(st.text(max_size=300), max_size=4),
    sheet=st.sampled_from(FORMATS),
    count=st.integers(0, MOST_LANGUAGES),
    is_arabic=st.booleans(),
)
def test_no_words_stop_a_sheet_or_hide_its_code(
    names: tuple[str, str, str], topics: list[str], sheet: Format, *, count: int, is_arabic: bool
) -> None:
    title, motto, network = names
    said = replace(
        ARABIC if is_arabic else announcement(),
        title=title,
        motto=motto,
        network=network,
        topics=tuple(topics),
        invitations=invite(*list(_SAID)[:count]),
    )
    assert set(read_codes(print_page(render_announcement(said, sheet)))) == {ADDRESS}


def test_every_kind_has_a_sheet() -> None:
    assert {sheet.kind for sheet in FORMATS} == set(Kind)
