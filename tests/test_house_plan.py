"""The house stays as planned: imports point downward, nothing outgrows the eye, no text is trusted blindly."""

import re
import shutil
from pathlib import Path

import pytest
from house_plan import (
    PACKAGE,
    ROOMS,
    check_imports,
    check_names,
    check_sizes,
    check_templates,
    count_markup,
    find_modules,
)

ROOT = Path(__file__).parents[1]

REVIEWED_MARKUP = {
    "web/templating.py": 2,  # <bdi> around a name; the name goes through escape() or format()
    "staff/presenting.py": 1,  # joins two texts by format(), which escapes both
}
"""Where HTML is made in Python, with the number of places that somebody has read."""

_TEXT_SUFFIXES = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".md",
    ".toml",
    ".txt",
    ".ini",
    ".json",
    ".po",
    ".mako",
    ".cfg",
    ".svg",
    "",
}
_FOLDERS = (PACKAGE, "tests", "migrations", "translations", "docs", ".ci", "benchmarks")
_MACHINE_PATHS = re.compile(
    "|".join(f"(?<![\\w.:]){path}" for path in ("/wor" + "k/", "/hom" + "e/", "/roo" + "t/", "/tm" + "p/"))
)
_REGISTRIES = re.compile(
    "|".join(name + r"\.(org|com|io)" for name in ("py" + "pi", "pythonhos" + "ted", "npm" + "js"))
)


def project_texts() -> list[Path]:
    """Return every text file of the project, whatever tool made it."""
    files = [path for path in ROOT.iterdir() if path.is_file()]
    files += [path for folder in _FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    return sorted(path for path in files if path.suffix in _TEXT_SUFFIXES and "__pycache__" not in path.parts)


def lines_matching(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in project_texts():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        shown = path.relative_to(ROOT).as_posix()
        found += [
            f"{shown}:{n}: {line.strip()[:80]}" for n, line in enumerate(text.splitlines(), 1) if pattern.search(line)
        ]
    return found


def test_imports_point_downward_when_compared_with_the_plan() -> None:
    assert len(list(find_modules(ROOT))) > 50
    assert check_imports(ROOT) == []


def test_files_and_functions_fit_in_the_eye_when_measured() -> None:
    assert check_sizes(ROOT, PACKAGE, "tests") == []


def test_names_say_what_is_inside_when_read() -> None:
    assert check_names(ROOT) == []


def test_templates_trust_no_text_when_read() -> None:
    assert check_templates(ROOT) == []


def test_html_made_in_python_is_reviewed_when_counted() -> None:
    assert count_markup(ROOT) == REVIEWED_MARKUP


def test_no_file_names_a_place_of_one_machine_when_searched() -> None:
    assert lines_matching(_MACHINE_PATHS) == []


def test_no_file_names_a_package_registry_when_searched() -> None:
    assert lines_matching(_REGISTRIES) == []


def write(root: Path, name: str, source: str) -> None:
    path = root / PACKAGE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "source", "complaint"),
    [
        (
            "domain/book.py",
            "from survey_app.evaluation.goals.goals import GoalSystem",
            "domain must not import evaluation",
        ),
        ("domain/book.py", "from ..storage import book", "domain must not import storage"),
        ("domain/book.py", "from .. import services", "domain must not import services"),
        ("domain/book.py", "import survey_app.web.gate", "domain must not import web"),
        ("domain/book.py", "from survey_app import extensions", "domain must not import extensions"),
        ("domain/book.py", "import survey_app", "domain must not import survey_app"),
        ("domain/book.py", "from flask import g", "domain knows nothing of the web, but imports flask"),
        ("domain/book.py", "def f():\n    import werkzeug", "domain knows nothing of the web, but imports werkzeug"),
        ("domain/book.py", "import sqlalchemy", "domain needs the standard library only, but imports sqlalchemy"),
        ("domain/book.py", "import_module('survey_app.web')", "domain must not import web"),
        ("domain/book.py", "importlib.import_module(name)", "needs the standard library only"),
        ("evaluation/report.py", "import numpy", "evaluation needs the standard library only, but imports numpy"),
        ("evaluation/report.py", "from survey_app.files import pdf", "evaluation must not import files"),
        ("files/qr.py", "import flask_babel", "files knows nothing of the web, but imports flask_babel"),
        ("files/qr.py", "from sqlalchemy.orm import Session", "files knows nothing of the database"),
        ("files/qr.py", "from survey_app.services import reporting", "files must not import services"),
        ("storage/book.py", "import flask_security", "storage knows nothing of the web, but imports flask_security"),
        ("storage/book.py", "from survey_app.services import convening", "storage must not import services"),
        ("services/reporting.py", "from wtforms import Form", "services knows nothing of the web, but imports wtforms"),
        ("services/reporting.py", "from survey_app.files import pdf", "services must not import files"),
        ("services/reporting.py", "from survey_app.extensions import db", "services must not import extensions"),
        ("web/gate.py", "from survey_app.storage import book", "web must not import storage"),
        ("web/login.py", "from survey_app.storage import book", "web must not import storage"),
        ("web/gate.py", "from survey_app.staff import BLUEPRINTS", "web must not import staff"),
        ("staff/routes.py", "from survey_app.coordinators import fields", "staff must not import coordinators"),
        ("participants/routes.py", "from survey_app.storage import responses", "participants must not import storage"),
        ("drawer/odds.py", "", "drawer is no room of the house"),
    ],
)
def test_plan_reports_an_import_when_it_leaves_the_house_rules(
    tmp_path: Path, name: str, source: str, complaint: str
) -> None:
    write(tmp_path, name, source)
    (found,) = check_imports(tmp_path)
    assert found.startswith(name)
    assert complaint in found


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("domain/book.py", "from survey_app.domain.text import Text\nimport json\nfrom . import errors"),
        ("evaluation/report.py", "from ..domain.book import Book\nfrom .goals import GoalSystem"),
        ("files/qr.py", "import qrcode"),
        ("storage/account_tables.py", "from flask_security import UserMixin"),
        ("web/login.py", "from survey_app.storage.account_tables import AccountRow"),
        ("staff/routes.py", "from survey_app.services import reporting\nfrom flask import Blueprint"),
        ("__init__.py", "from survey_app.staff import BLUEPRINTS"),
    ],
)
def test_plan_reports_nothing_when_imports_point_downward(tmp_path: Path, name: str, source: str) -> None:
    write(tmp_path, name, source)
    assert check_imports(tmp_path) == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("domain/collector.py", "from survey_app.services import housekeeping"),
        ("evaluation/report.py", "from flask import request"),
    ],
)
def test_plan_reports_one_new_line_when_added_to_the_real_house(tmp_path: Path, module: str, line: str) -> None:
    def only_python(_folder: str, names: list[str]) -> set[str]:
        return {name for name in names if "." in name and not name.endswith(".py")} | {"__pycache__"}

    shutil.copytree(ROOT / PACKAGE, tmp_path / PACKAGE, ignore=only_python)
    changed = tmp_path / PACKAGE / module
    changed.write_text(f"{changed.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    before = check_imports(ROOT)
    assert len(check_imports(tmp_path)) == len(before) + 1


def test_plan_reports_size_names_and_trust_when_they_are_broken(tmp_path: Path) -> None:
    body = "\n".join(["    pass"] * 40)
    write(tmp_path, "domain/utils.py", f"def get_it():\n{body}\n" + "\n" * 300)
    write(tmp_path, "web/a.py", 'Markup("x")\nmarkupsafe.Markup("y")')
    write(
        tmp_path, "templates/a.html", "{{ x|safe }}\n<p style='a'>\n<a onclick=x>\n<script>\n<p data-on=1>{{ x }}</p>"
    )
    assert len(check_sizes(tmp_path, PACKAGE)) == 2
    assert check_names(tmp_path) == ["domain/utils.py: utils is no name", "domain/utils.py:1: get_it"]
    assert [line.split(":")[1] for line in check_templates(tmp_path)] == ["1", "2", "3", "4"]
    assert count_markup(tmp_path) == {"web/a.py": 2}


def test_every_room_of_the_plan_exists_when_listed() -> None:
    standing = {name.split("/")[0].removesuffix(".py") for name, _path in find_modules(ROOT)} - {"__init__"}
    assert standing <= set(ROOMS)
    assert {"domain", "evaluation", "storage", "services", "files", "web"} <= standing
