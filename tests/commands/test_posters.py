"""`flask posters export`: each kind as a file whose code can be scanned, wrong input in one line."""

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from click.testing import Result
from factories import make_collector, make_meeting
from flask import Flask
from pdf_reading import check_accessibility, read_pdf
from sqlalchemy.orm import Session

from survey_app.domain.collector import Collector
from survey_app.domain.network import Network


@pytest.fixture
def survey(session: Session, network: Network) -> Collector:
    meeting_id = make_meeting(session, network, title="13. Netzwerktreffen", motto="Integration durch Bildung")
    return make_collector(session, network, meeting_id=meeting_id)


def export(app: Flask, code: str, out: Path, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["posters", "export", "--code", code, "--out", str(out), *arguments])


@pytest.mark.parametrize(
    ("kind", "size", "width"),
    [
        ("poster", "", 210),
        ("poster", "A3", 297),
        ("cards", "a4", 210),
        ("handout", "", 105),
        ("handout", "a4", 210),
        ("slide", "", 338.67),
    ],
)
def test_each_kind_is_written(
    app: Flask, survey: Collector, tmp_path: Path, *, kind: str, size: str, width: float
) -> None:
    out = tmp_path / "out.pdf"
    done = export(app, survey.code, out, "--kind", kind, "--languages", "ar, de", *(["--size", size] if size else []))
    assert (done.exit_code, done.output) == (0, "")
    pdf = out.read_bytes()
    assert check_accessibility(pdf) == []
    words = read_pdf(pdf).root.words
    assert "13. Netzwerktreffen" in words
    assert "Freiwillig und anonym." in words
    assert "Voluntary" not in words
    with pypdfium2.PdfDocument(pdf) as document:
        assert document[0].get_width() / 72 * 25.4 == pytest.approx(width, abs=0.1)
        found = zxingcpp.read_barcodes(document[0].render(scale=150 / 72).to_pil())
    assert {code.text for code in found} == {f"http://127.0.0.1:8000/q/{survey.code}"}


def test_languages_of_the_survey_invite_when_none_are_named(app: Flask, survey: Collector, tmp_path: Path) -> None:
    assert export(app, survey.code, tmp_path / "out.pdf", "--kind", "poster").exit_code == 0
    words = read_pdf((tmp_path / "out.pdf").read_bytes()).root.words
    assert "Voluntary and anonymous." in words


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--kind", "flag"], "'flag' is not one of"),
        (["--kind", "poster", "--size", "a5"], "--size: poster is printed on a4, a3, not on a5"),
        (["--kind", "poster", "--languages", "de,xx"], "is not offered in xx"),
        (["--kind", "poster", "--languages", "de,en,fr,tr,ar,fa,uk"], "--languages: there is room for 6, not for 7"),
        (["--languages", "de"], "Missing option '--kind'"),
    ],
)
def test_wrong_input_is_told_in_one_line(
    app: Flask, survey: Collector, tmp_path: Path, arguments: list[str], complaint: str
) -> None:
    done = export(app, survey.code, tmp_path / "out.pdf", *arguments)
    assert done.exit_code == 2
    assert complaint in done.output
    assert not (tmp_path / "out.pdf").exists()


def test_survey_that_is_not_there_and_place_that_cannot_be_written(
    app: Flask, survey: Collector, tmp_path: Path
) -> None:
    for code in ("zzzzzzzz", "مرحبا"):
        done = export(app, code, tmp_path / "out.pdf", "--kind", "poster")
        assert (done.exit_code, done.output) == (2, f"Error: {code}: no such survey\n")
    done = export(app, survey.code, tmp_path / "none" / "out.pdf", "--kind", "poster")
    assert done.exit_code == 2
    assert "cannot be written: No such file or directory" in done.output
