"""The commands for questionnaires in files: every format in and out, one line per problem, nothing half done."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from factories import standard_questionnaire

from survey_app.commands.questionnaires import questionnaires as command
from survey_app.files.questionnaire_json import ExchangedQuestionnaire, read_exchange, write_exchange
from survey_app.files.sheet_writing import write_sheets
from survey_app.files.wording_xlsx import write_wording

ROOT = Path(__file__).parents[2]
STANDARD = standard_questionnaire()


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "standard.json"
    path.write_bytes(write_exchange(ExchangedQuestionnaire(STANDARD, "Freiburg", "CC BY 4.0")))
    return path


def test_a_sound_file_is_called_sound(document: Path) -> None:
    result = run("check", document)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "post-meeting 1, 15 questions, de, de-x-simple" in result.stdout


def test_files_are_checked_where_nothing_is_configured(document: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "survey_app", "questionnaires", "check", str(document)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"SURVEY_DATABASE_URL": f"sqlite:///{tmp_path / 'no' / 'where.db'}", "PATH": ""},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "no").exists()


def test_a_form_is_written_and_what_is_lost_is_listed(document: Path, tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    result = run("convert", document, "--out", form)
    assert result.exit_code == 0
    assert f"{form}: item.number: Forms have no place for this: attendance_count" in result.stderr
    assert all(line.startswith(f"{form}: ") for line in result.stderr.splitlines())
    checked = run("check", form)
    assert (checked.exit_code, checked.stderr) == (0, "")


def test_what_a_form_holds_and_nobody_can_carry_is_listed(tmp_path: Path) -> None:
    form, out = tmp_path / "form.xlsx", tmp_path / "out.json"
    survey = [("type", "name", "label"), ("geopoint", "where", "Where?"), ("text", "what", "What?")]
    form.write_bytes(write_sheets({"survey": survey}))
    result = run("convert", form, "--out", out, "--language", "en", "--origin", "Kobo", "--licence", "CC0")
    assert result.exit_code == 0
    assert result.stderr == f"{form}: survey!A2: Questions of this type cannot be asked here: geopoint\n"
    exchanged = read_exchange(out.read_bytes())
    assert (exchanged.origin, exchanged.licence) == ("Kobo", "CC0")
    assert [item.texts for item in exchanged.questionnaire.items] == [{"en": "What?"}]


@pytest.mark.parametrize(("name", "more"), [("fr.po", ["--to", "fr"]), ("words.xlsx", ["--as", "wording"])])
def test_translations_go_out_and_come_back(document: Path, tmp_path: Path, name: str, more: list[str]) -> None:
    words, out = tmp_path / name, tmp_path / "out.json"
    assert run("convert", document, "--out", words, *more).exit_code == 0
    result = run("convert", words, "--onto", document, "--out", out)
    assert (result.exit_code, result.stderr) == (0, "")
    assert out.read_bytes() == document.read_bytes()


def test_nothing_is_written_when_a_row_is_refused_unless_that_is_wanted(document: Path, tmp_path: Path) -> None:
    words, out = tmp_path / "words.xlsx", tmp_path / "out.json"
    words.write_bytes(write_wording(STANDARD))
    changed = json.loads(document.read_text(encoding="utf-8"))
    changed["questionnaire"]["texts"]["title"]["de"] = "Ein anderer Titel"
    document.write_text(json.dumps(changed), encoding="utf-8")
    result = run("convert", words, "--onto", document, "--out", out)
    line = f"{words}: wording!A2: The original has changed since this was translated: texts.title\n"
    assert (result.exit_code, result.stderr, out.exists()) == (2, line, False)
    result = run("convert", words, "--onto", document, "--out", out, "--skip-refused")
    assert (result.exit_code, result.stderr) == (0, line)
    assert read_exchange(out.read_bytes()).questionnaire.texts["title"]["de"] == "Ein anderer Titel"
    assert run("check", words, "--onto", document).exit_code == 2


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.json", b"{", "line 1: This is no valid JSON."),
        ("a.json", b"{}", "schema: This is missing."),
        ("a.xlsx", b"x", "document: This is no XLSX file that can be opened; it may be damaged."),
        ("a.po", b"x", "document: Translations need the questionnaire to which they belong."),
        ("a.docx", b"x", "document: Files of this kind cannot be read: please use XLSX, JSON or PO."),
    ],
)
def test_file_place_and_reason_are_said_when_a_file_is_wrong(
    tmp_path: Path, name: str, content: bytes, line: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    result = run("check", path)
    assert result.exit_code == 2
    assert f"{path}: {line}" in result.stderr.splitlines()


def test_input_that_is_wrong_has_exit_code_two(document: Path, tmp_path: Path) -> None:
    absent = run("check", tmp_path / "absent.json")
    assert absent.exit_code == 2
    assert "cannot be read" in absent.stderr
    assert run("convert", document, "--out", tmp_path / "a.doc").exit_code == 2
    assert run("convert", document, "--out", tmp_path / "a.po", "--as", "json").exit_code == 2
    assert run("convert", document, "--out", tmp_path / "a.po").exit_code == 2
    assert run("convert", document, "--out", tmp_path / "a.po", "--to", "it").exit_code == 2


def test_a_file_that_cannot_be_written_has_exit_code_one(document: Path, tmp_path: Path) -> None:
    result = run("convert", document, "--out", tmp_path / "no" / "where.json")
    assert result.exit_code == 1
    assert "where.json" in result.stderr
