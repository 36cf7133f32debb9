"""The wheel: holds all that the application needs, and works where there is no checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NEEDED = (
    "survey_app/templates/web/base.html",
    "survey_app/static/resonanz.css",
    "survey_app/translations/de@simple/LC_MESSAGES/messages.po",
    "survey_app/translations/ar/LC_MESSAGES/messages.po",
    "survey_app/migrations/env.py",
    "survey_app/migrations/alembic.ini",
    "survey_app/content/freiburg-goals.toml",
    "survey_app/files/typst/frame.typ",
    "survey_app/files/typst/announcement.typ",
    "survey_app/files/typst/paper_form.typ",
    "survey_app/content/post-meeting-questionnaire.json",
)


def run(folder: Path, *arguments: str, **environment: str) -> str:
    """Run Python somewhere else and return what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_wheel_works_alone_when_unpacked_elsewhere(tmp_path: Path) -> None:
    run(ROOT, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path))
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        assert set(NEEDED) <= names
        assert not [name for name in names if name.startswith(("tests/", "benchmarks/", "instance/"))]
        archive.extractall(tmp_path / "site")
    place = {"PYTHONPATH": str(tmp_path / "site"), "SURVEY_INSTANCE_PATH": str(tmp_path)}
    where = run(tmp_path, "-c", "import survey_app; print(survey_app.__file__)", **place)
    assert where.startswith(str(tmp_path))
    run(tmp_path, "-m", "flask", "--app", "survey_app", "db", "upgrade", **place)
    page = (
        "from survey_app import create_app;"
        "answer = create_app().test_client().get('/login?lang=ar');"
        "print(answer.status_code, 'dir=\"rtl\"' in answer.text)"
    )
    assert run(tmp_path, "-c", page, **place) == "200 True\n"
