import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from evaluation_documents import facts, goals, indicator, item, meeting, survey

from survey_app.commands.evaluate import evaluate_command

ROOT = Path(__file__).parents[2]
FREIBURG = ROOT / "survey_app" / "content" / "freiburg-goals.toml"
SLIDE = ROOT / "tests" / "data" / "results-slide.json"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(evaluate_command, [str(argument) for argument in arguments])


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Goals and facts that are right."""
    goals_file, facts_file = tmp_path / "goals.toml", tmp_path / "facts.json"
    goals_file.write_text(goals(indicator()), encoding="utf-8")
    met = meeting("M1", "2024-02-01", invited=90, attended_invited=40, attended_total=50)
    recorded = facts(
        survey(item(47, 17), meeting="M1"), survey(item(1, 60), id_="S2", date="2024-11-01"), meetings=[met]
    )
    facts_file.write_text(recorded, encoding="utf-8")
    return goals_file, facts_file


def test_report_is_written_when_the_slide_is_evaluated() -> None:
    result = run(FREIBURG, SLIDE, "--format", "json")
    assert result.exit_code == 0
    assert result.stderr == ""
    report = json.loads(result.stdout_bytes)
    assert report["schema"] == "report/1"
    assert report["summary"]["missed"] == 1


@pytest.mark.parametrize("kind", ["json", "text", "csv"])
def test_bytes_are_the_same_when_the_input_is(kind: str) -> None:
    assert run(FREIBURG, SLIDE, "--format", kind).stdout_bytes == run(FREIBURG, SLIDE, "--format", kind).stdout_bytes


def test_lines_are_rows_when_csv_is_wanted() -> None:
    result = run(FREIBURG, SLIDE, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row["indicator"] for row in rows] == [*(f"I{n}" for n in range(1, 10)), *(f"O{n}" for n in range(1, 6))]


def test_figures_are_hidden_when_the_public_reads(tmp_path: Path) -> None:
    goals_file, facts_file = tmp_path / "g.toml", tmp_path / "f.json"
    goals_file.write_text(goals(indicator()), encoding="utf-8")
    facts_file.write_text(facts(survey(item(6, 2))), encoding="utf-8")
    internal = json.loads(run(goals_file, facts_file).stdout)["indicators"][0]["periods"][0]
    public = json.loads(run(goals_file, facts_file, "--tier", "public").stdout)["indicators"][0]["periods"][0]
    assert internal["numerator"] == 6
    assert public["numerator"] is None
    assert public["reasons"] == ["attendance_unknown", "below_disclosure_threshold"]


def test_later_records_are_ignored_when_the_cut_off_is_set_earlier(files: tuple[Path, Path]) -> None:
    report = json.loads(run(*files, "--as-of", "2024-06-30").stdout)
    assert report["cut_off"] == "2024-06-30"
    assert [line["id"] for line in report["surveys"]] == ["S1"]


@pytest.mark.parametrize(
    ("as_of", "words"),
    [("2030-01-01", "lies after the cut-off 2024-12-31"), ("2024-02-30", "no date"), ("soon", "must be a date")],
)
def test_nothing_is_written_when_the_cut_off_is_impossible(files: tuple[Path, Path], as_of: str, words: str) -> None:
    result = run(*files, "--as-of", as_of)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert result.stderr.count("\n") == 1


GOAL_PROBLEMS = {
    "unknown key": ("affirming = ", "affirmin = ", "indicator[0].affirmin: unknown key"),
    "unresolved goal": ('goals = ["1"]', 'goals = ["9"]', "indicator[0].goals[0]: there is no goal '9'"),
    "cycle": ('level = "vision"', 'level = "vision"\nparent = "1"', "goal[0].parent: goals run in a circle: 1 → 1"),
    "unknown option": (
        '["yes"]',
        '["yes_two"]',
        "indicator[0].affirming: unknown option 'yes_two' of item 'benefit'",
    ),
    "bad date": ("2020-01-01", "2020-02-30", "document: no valid TOML"),
    "share above 1": ("target = 0.6", "target = 60", "indicator[0].target: must lie between 0 and 1"),
}


@pytest.mark.parametrize("name", GOAL_PROBLEMS)
def test_place_is_named_when_goals_are_wrong(files: tuple[Path, Path], name: str) -> None:
    old, new, message = GOAL_PROBLEMS[name]
    goals_file, facts_file = files
    text = goals_file.read_text(encoding="utf-8")
    assert old in text
    goals_file.write_text(text.replace(old, new, 1), encoding="utf-8")
    result = run(goals_file, facts_file, "--format", "json")
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    found = [entry for entry in lines if entry.startswith(f"{goals_file}: {message}")]
    assert found, lines
    marked = text.replace(old, new, 1).splitlines()
    number = int(found[0].rsplit("(line ", 1)[1].rstrip(")"))
    assert new.splitlines()[-1] in marked[number - 1]


FACTS_PROBLEMS = {
    "unknown key": ('"state"', '"stat"', "surveys[0].stat: unknown key"),
    "numerator above base": (
        '"yes": 47', '"yes": 470', "surveys[0].items[0].counts: counts of 'benefit' make 487 persons",
    ),
    "fewer in all": (
        '"attended_total": 50', '"attended_total": 5', "meetings[0].attended_total: 5 persons in all cannot be fewer",
    ),
    "bad date": ("2024-03-01", "2024-13-01", "surveys[0].date: 2024-13-01 is no date of the calendar"),
    "no number": ('"yes": 47', '"yes": NaN', "document: no valid JSON"),
    "unresolved meeting": ('"meeting": "M1"', '"meeting": "M9"', "surveys[0].meeting: there is no meeting 'M9'"),
}  # fmt: skip


@pytest.mark.parametrize("name", FACTS_PROBLEMS)
def test_place_is_named_when_facts_are_wrong(files: tuple[Path, Path], name: str) -> None:
    old, new, message = FACTS_PROBLEMS[name]
    goals_file, facts_file = files
    text = facts_file.read_text(encoding="utf-8")
    assert old in text
    facts_file.write_text(text.replace(old, new, 1), encoding="utf-8")
    result = run(goals_file, facts_file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert any(line.startswith(f"{facts_file}: {message}") for line in result.stderr.splitlines()), result.stderr


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.97])
def test_input_is_refused_when_a_file_is_truncated(files: tuple[Path, Path], which: int, part: float) -> None:
    content = files[which].read_bytes()
    files[which].write_bytes(content[: int(len(content) * part)])
    result = run(*files)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{files[which]}: ")


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "is missing"), (b"\xff\xfe", "is no UTF-8 text"), (b"[" * 100_000, "nested")]
)
def test_input_is_refused_when_a_file_is_something_else(files: tuple[Path, Path], content: bytes, words: str) -> None:
    goals_file, facts_file = files
    goals_file.write_bytes(content if words != "nested" else b"a = " + content)
    assert words in run(goals_file, facts_file).stderr
    facts_file.write_bytes(content or b"{}")
    result = run(FREIBURG, facts_file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_all_problems_are_told_when_both_files_are_wrong(files: tuple[Path, Path]) -> None:
    goals_file, facts_file = files
    goals_file.write_text(goals(indicator(foo="1", bar="2")), encoding="utf-8")
    facts_file.write_text('{"schema": "facts/2"}', encoding="utf-8")
    lines = run(goals_file, facts_file).stderr.splitlines()
    assert [line.split(": ")[1] for line in lines] == [
        "indicator[0].foo",
        "indicator[0].bar",
        "schema",
        "cut_off",
    ]


def test_input_is_refused_when_a_file_is_missing(tmp_path: Path) -> None:
    result = run(tmp_path / "goals.toml", SLIDE)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"{tmp_path / 'goals.toml'}: document: cannot be read: No such file or directory\n"


def test_byte_order_mark_is_no_problem_when_an_editor_wrote_one(files: tuple[Path, Path]) -> None:
    for path in files:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert run(*files).exit_code == 0


def test_no_database_is_opened_when_the_modules_are_loaded() -> None:
    code = (
        "import sys, types; house = types.ModuleType('survey_app'); house.__path__ = ['survey_app'];"
        "sys.modules['survey_app'] = house;"
        "from survey_app.evaluation import evaluate; from survey_app.files import report_csv, report_text;"
        "assert not {'flask', 'sqlalchemy', 'werkzeug'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
