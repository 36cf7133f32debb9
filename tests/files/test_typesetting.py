"""The compile step behind everything printed: accessible, repeatable, and never stopped by a strange character."""

import io
import tempfile
from pathlib import Path

import pikepdf
import pytest
from factories import standard_questionnaire
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_reading import check_accessibility, read_pdf

from survey_app.files import typesetting
from survey_app.files.typesetting import MISSING, BadDocument, list_missing_scripts, printable, render_pdf
from survey_app.web.catalogues import catalogue_path, interface_languages, read_catalogue

_TEMPLATE = """#import "frame.typ": name, printed, say, values
#show: printed
#heading(say((text: values.title, language: "en", direction: "ltr")))
#name(values.words)
"""


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Put a small template beside the frame."""
    return _add_template(tmp_path, monkeypatch, _TEMPLATE)


def _add_template(folder: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> str:
    frame = typesetting._TEMPLATES / "frame.typ"
    (folder / "frame.typ").write_bytes(frame.read_bytes())
    (folder / "small.typ").write_text(source, encoding="utf-8")
    monkeypatch.setattr(typesetting, "_TEMPLATES", folder)
    return "small.typ"


def values(words: str, language: str = "de", direction: str = "ltr") -> dict[str, str]:
    return {"title": words, "language": language, "direction": direction, "words": words}


def test_document_is_accessible_when_checked_by_others(template: str) -> None:
    pdf = render_pdf(template, values("Guten Tag"))
    read = read_pdf(pdf)
    assert check_accessibility(pdf) == []
    assert (read.language, read.title, read.shows_title, read.conformance) == ("de", "Guten Tag", True, "1")
    assert read.root.words_of("H1") == ["Guten Tag"]
    assert read.fonts
    assert all(read.fonts.values())


def test_equal_values_give_equal_bytes_without_a_time(template: str) -> None:
    first, second = (render_pdf(template, values("Guten Tag")) for _time in range(2))
    assert first == second
    with pikepdf.open(io.BytesIO(first)) as document:
        assert "/CreationDate" not in document.docinfo
        assert b"CreateDate" not in document.Root.Metadata.read_bytes()


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_no_text_stops_a_document(words: str) -> None:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        template = _add_template(Path(folder), patch, _TEMPLATE)
        assert render_pdf(template, values(words or "x", "ar", "rtl")).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("words", ["#panic()", "*fett* _kursiv_ $x$ <label> @ref", '[#link("http://x")[y]]', "\\u{0}"])
def test_markup_in_values_is_shown_and_never_run(template: str, words: str) -> None:
    assert read_pdf(render_pdf(template, values(words))).root.words_of("H1") == [words]


def test_missing_character_is_drawn_with_its_alternative(template: str) -> None:
    root = read_pdf(render_pdf(template, values("Danke 👩‍👩‍👧!"))).root
    assert root.words_of("H1") == [f"Danke {MISSING}!"]
    assert [node.alternative for node in root.walk() if node.role == "Figure"] == [MISSING, MISSING]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Łódź, ağ, мережа, شبكة, شبکهٔ می‌شود", "Łódź, ağ, мережа, شبكة, شبکهٔ می‌شود"),
        ("👍🏽 ☃ ❤️", f"{MISSING} {MISSING} {MISSING}"),
        ("a\x00b\x1bc\ud800d", "abcd"),
        ("\u202eabc", "abc"),
        ("eins\r\nzwei\u2028drei", "eins\nzwei\ndrei"),
        ("a\u3000b", "a b"),
        ("w" * 70, f"{'w' * 32}\u200b{'w' * 32}\u200b{'w' * 6}"),
    ],
)
def test_text_is_printable_afterwards(typed: str, printed: str) -> None:
    assert printable(typed) == printed


@given(st.text())
def test_printable_text_stays_as_it_is(typed: str) -> None:
    once = printable(typed)
    assert printable(once) == once
    assert len(once.replace("\u200b", "")) <= len(typed)


def test_scripts_without_a_font_are_named() -> None:
    assert list_missing_scripts(["ሰላም", "שלום", "Grüße", "🎉", "1 + ½"]) == ("Ethiopic", "Hebrew")


@pytest.mark.parametrize("language", standard_questionnaire().languages)
def test_every_content_language_has_a_font(language: str) -> None:
    questionnaire = standard_questionnaire()
    texts = [item.texts for item in questionnaire.items] + [c.texts for i in questionnaire.items for c in i.options]
    words = [text[language] for text in [*texts, *questionnaire.texts.values()]]
    assert list_missing_scripts(words) == ()
    assert MISSING not in "".join(map(printable, words))


_WITHOUT_A_FONT = {"am": ("Ethiopic",), "ti": ("Ethiopic",)}
"""Languages of the interface that cannot be printed: no package brings a font for their script."""


def test_every_interface_language_has_a_font_or_is_known_to_have_none() -> None:
    for tag in interface_languages():
        catalogue = read_catalogue(catalogue_path(tag), None)
        words = [str(message.string) for message in catalogue if message.id]
        assert list_missing_scripts(words) == _WITHOUT_A_FONT.get(tag, ()), tag


def test_inaccessible_document_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = 'image(bytes("<svg xmlns=\'http://www.w3.org/2000/svg\'/>"), format: "svg")'
    for source in (_TEMPLATE + f"#{picture}", _TEMPLATE.replace("#name", '#set text(font: "None")\n#name'), "#nothing"):
        template = _add_template(tmp_path, monkeypatch, source)
        with pytest.raises(BadDocument, match=template):
            render_pdf(template, values("x"))
