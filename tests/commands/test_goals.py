"""The commands for goal systems: what is wrong is said with file, place and line; files go in and out unchanged."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from evaluation_documents import goals, indicator
from factories import freiburg_goals, make_network
from flask import Flask
from sqlalchemy.orm import Session

from survey_app.commands.goals import goals as command
from survey_app.domain.network import Network
from survey_app.services import goal_design

ROOT = Path(__file__).parents[2]
FREIBURG = ROOT / "survey_app" / "content" / "freiburg-goals.toml"


def check(*arguments: object) -> Result:
    return CliRunner().invoke(command, ["check", *map(str, arguments)])


def write(folder: Path, text: str, name: str = "goals.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sound_file_is_called_sound() -> None:
    result = check(FREIBURG)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "14 goals, 14 indicators" in result.stdout


def test_every_problem_has_file_place_and_line_when_something_is_wrong(tmp_path: Path) -> None:
    broken = write(tmp_path, goals(indicator(item="", target="7"), indicator("record_count", id_="I")))
    result = check(broken, FREIBURG, tmp_path / "absent.toml")
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert [line.split(": ")[1] for line in lines if line.startswith(str(broken))] == [
        "indicator[0].item",
        "indicator[1].id",
    ]
    assert all(line.startswith((str(broken), str(tmp_path / "absent.toml"))) for line in lines)
    assert "(line " in lines[0]
    assert "cannot be read" in lines[-1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("schema = ", "no valid TOML"),
        ("[[goal]]\nid = 3\n", "must be a text"),
        (goals(indicator(period='"never"')), "must be one of survey"),
    ],
)
def test_the_line_is_named_when_a_file_breaks_the_format(tmp_path: Path, text: str, words: str) -> None:
    result = check(write(tmp_path, text))
    assert result.exit_code == 2
    assert any(words in line and "(line " in line for line in result.stderr.splitlines())


def test_a_file_is_checked_where_nothing_is_configured(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "survey_app", "goals", "check", str(FREIBURG)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"SURVEY_DATABASE_URL": f"sqlite:///{tmp_path / 'no' / 'where.db'}", "PATH": ""},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "no").exists()


@pytest.fixture
def runner(app: Flask, session: Session, network: Network):
    session.rollback()
    return app.test_cli_runner()


def test_a_file_comes_out_as_it_went_in(runner, session: Session, network: Network, tmp_path: Path) -> None:
    out = tmp_path / "out.toml"
    read = runner.invoke(args=["goals", "import", str(FREIBURG), "--network", network.slug, "--publish"])
    assert (read.exit_code, "is published" in read.output) == (0, True)
    written = runner.invoke(args=["goals", "export", "--network", network.slug, "--out", str(out)])
    assert written.exit_code == 0
    assert out.read_text(encoding="utf-8") == freiburg_goals()
    again = runner.invoke(args=["goals", "import", str(out), "--network", network.slug])
    assert "2017-04-26-2 is a draft" in again.output
    session.rollback()
    assert len(goal_design.list_versions(session, network_id=network.id)) == 2


def test_wrong_input_is_said_and_nothing_is_kept(runner, session: Session, network: Network, tmp_path: Path) -> None:
    make_network(session, "empty")
    broken = write(tmp_path, "schema = 1")
    out = str(tmp_path / "out.toml")
    for arguments, words in (
        (["import", str(broken), "--network", network.slug], "schema: must be"),
        (["import", str(FREIBURG), "--network", "nobody"], "no such network"),
        (["export", "--network", "empty", "--out", out], "no goal system yet"),
        (["export", "--network", "empty", "--version", "9", "--out", out], "no such version"),
    ):
        result = runner.invoke(args=["goals", *arguments])
        assert result.exit_code == 2
        assert words in result.output
    session.rollback()
    assert goal_design.list_versions(session, network_id=network.id) == []
    assert not (tmp_path / "out.toml").exists()
