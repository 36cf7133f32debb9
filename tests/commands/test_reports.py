"""`flask reports export`: the figures of today marked, a release byte for byte, wrong input in one line."""

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import Result
from factories import NOW, freiburg_goals, make_meeting, make_network
from files.test_report_pdf import compare as compare_pdf
from flask import Flask
from pdf_reading import read_pdf
from report_reading import compare, read_sheets
from sqlalchemy.orm import Session

from survey_app.domain.network import Network
from survey_app.evaluation import evaluate, parse_goals
from survey_app.files import report_json
from survey_app.files.release_files import write_files
from survey_app.services import designing, released, releasing, reporting

CUT_OFF = date(2024, 12, 31)


@pytest.fixture
def town(session: Session, network: Network) -> Network:
    designing.publish_goal_system(session, freiburg_goals(), network_id=network.id, now=NOW)
    for month in (3, 9):
        make_meeting(session, network, date=date(2024, month, 5), invited=50, attended_invited=20, attended_total=30)
    return network


def release(session: Session, network: Network, tier: str = "public", reason: str = "") -> int:
    given = {"cut_off": CUT_OFF, "tier": tier}
    seen = releasing.draft_release(session, network, **given).fingerprint
    return releasing.release_report(
        session,
        network,
        **given,
        seen=seen,
        reason=reason,
        released_by="leitung@example.org",
        now=datetime.now(UTC),
        write_files=write_files,
    ).number


def export(app: Flask, path: Path, *arguments: str) -> Result:
    words = ["reports", "export", "--network", "freiburg", "--out", str(path), *arguments]
    return app.test_cli_runner().invoke(args=words)


@pytest.mark.parametrize("tier", [(), ("--tier", "internal")])
def test_figures_of_today_are_marked_in_every_format(
    app: Flask, session: Session, town: Network, tmp_path: Path, tier: tuple[str, ...]
) -> None:
    contents = {}
    for kind in ("csv", "json", "text"):
        done = export(app, tmp_path / "report", "--format", kind, "--as-of", "2024-12-31", *tier)
        assert (done.exit_code, done.output) == (0, "")
        contents[kind] = (tmp_path / "report").read_bytes()
    rows = csv.DictReader(io.StringIO(contents["csv"].decode("utf-8-sig"), newline=""), delimiter=";")
    assert {row["note"] for row in rows} == {"Nicht freigegeben"}
    assert contents["text"].decode().splitlines()[0] == "Nicht freigegeben"
    for kind, read in (("xlsx", read_sheets), ("ods", read_sheets)):
        assert export(app, tmp_path / "report", "--format", kind, "--as-of", "2024-12-31", *tier).exit_code == 0
        overview = read((tmp_path / "report").read_bytes())["Überblick"]
        assert {line["Angabe"]: line["Wert"] for line in overview}["Freigabe"] == "Nicht freigegeben"
    book = reporting.load_records(session, town).book
    report = evaluate(parse_goals(freiburg_goals()), book, (), CUT_OFF)
    assert contents["json"] == report_json.write_report(report, stamp="Nicht freigegeben")
    assert json.loads(contents["json"])["note"] == "Nicht freigegeben"


def test_a_release_is_written_byte_for_byte_every_time(
    app: Flask, session: Session, town: Network, tmp_path: Path
) -> None:
    number = release(session, town)
    wanted = {kind: released.find_file(session, town, number, kind) for kind in ("csv", "json", "txt")}
    make_meeting(session, town, date=date(2024, 10, 5), invited=50, attended_invited=1, attended_total=1)
    for _ in range(2):
        for given in (("--release", str(number)), ("--tier", "public"), ("--tier", "public", "--release", str(number))):
            for kind, stored in (("csv", "csv"), ("json", "json"), ("text", "txt")):
                assert export(app, tmp_path / "report", "--format", kind, *given).exit_code == 0
                assert (tmp_path / "report").read_bytes() == wanted[stored]


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "ods"])
def test_a_release_of_before_is_written_from_what_was_stored_in_every_format(
    app: Flask, session: Session, town: Network, tmp_path: Path, kind: str
) -> None:
    number = release(session, town)
    report = released.load_released(session, town, number).report
    make_meeting(session, town, date=date(2024, 10, 5), invited=50, attended_invited=1, attended_total=1)
    written = set()
    for _ in range(2):
        assert export(app, tmp_path / "report", "--format", kind, "--release", str(number)).exit_code == 0
        written.add((tmp_path / "report").read_bytes())
    (content,) = written
    if kind == "pdf":
        compare_pdf(content, report)
        assert "Freigabe 1 vom " in read_pdf(content).root.words
        return
    sheets = read_sheets(content)
    compare(sheets, report)
    assert {line["Angabe"]: line["Wert"] for line in sheets["Überblick"]}["Freigabe"].startswith("Freigabe 1 vom ")


def test_the_latest_public_release_is_taken_when_there_are_several(
    app: Flask, session: Session, town: Network, tmp_path: Path
) -> None:
    release(session, town)
    make_meeting(session, town, date=date(2024, 10, 5), invited=50, attended_invited=1, attended_total=1)
    release(session, town, reason="Treffen nachgetragen")
    release(session, town, "internal")
    assert export(app, tmp_path / "report", "--format", "text", "--tier", "public").exit_code == 0
    assert "Freigabe 2" in (tmp_path / "report").read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--format", "csv", "--tier", "public"], "nothing is released for the public"),
        (["--format", "csv", "--release", "7"], "there is no release 7"),
        (["--format", "csv", "--release", "99999999999"], "there is no release"),
        (["--format", "csv", "--as-of", "2999-01-01"], "lies in the future"),
        (["--format", "csv", "--as-of", "gestern"], "--as-of"),
        (["--format", "doc"], "--format"),
        (["--format", "csv", "--tier", "secret"], "--tier"),
    ],
)
def test_wrong_input_ends_with_2_and_says_why(
    app: Flask, town: Network, tmp_path: Path, arguments: list[str], complaint: str
) -> None:
    done = export(app, tmp_path / "report", *arguments)
    assert done.exit_code == 2
    assert complaint in done.output
    assert not (tmp_path / "report").exists()


def test_wrong_places_end_with_2(app: Flask, session: Session, town: Network, tmp_path: Path) -> None:
    nowhere = export(app, tmp_path / "no" / "folder", "--format", "csv")
    assert (nowhere.exit_code, "cannot be written" in nowhere.output) == (2, True)
    foreign = export(app, tmp_path / "report", "--format", "csv", "--network", "nirgends")
    assert (foreign.exit_code, "no such network" in foreign.output) == (2, True)
    make_network(session, "rostock")
    without = export(app, tmp_path / "report", "--format", "csv", "--network", "rostock")
    assert (without.exit_code, "no goal system" in without.output) == (2, True)
    release(session, town, "internal")
    wrong = export(app, tmp_path / "report", "--format", "csv", "--release", "1", "--tier", "public")
    assert (wrong.exit_code, "is internal, not public" in wrong.output) == (2, True)


def test_a_day_before_the_network_is_no_error(app: Flask, town: Network, tmp_path: Path) -> None:
    assert export(app, tmp_path / "report", "--format", "csv", "--as-of", "1990-01-01").exit_code in (0, 2)
