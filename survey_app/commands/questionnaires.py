"""Commands for questionnaires in files: check them, turn one format into another; no database needed."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import click

from survey_app.domain.errors import InvalidDocument, Problem
from survey_app.domain.text import canonical_tag
from survey_app.domain.wording import apply_wording
from survey_app.files.questionnaire_files import (
    OF_WORDING,
    SUFFIXES,
    FileKind,
    QuestionnaireFile,
    find_kind,
    read_questionnaire,
    read_wording,
    with_notes,
    write_file,
)
from survey_app.files.questionnaire_json import ExchangedQuestionnaire
from survey_app.files.sheet_guard import LARGEST_FILE
from survey_app.web.exchange_messages import explain_problem

_ONTO = click.option("--onto", metavar="FILE", help="Questionnaire to which translations belong (JSON or XLSForm).")
_LANGUAGE = click.option(
    "--language", default="de", show_default=True, help="Language of texts in a form that does not name it."
)


class WrongQuestionnaire(click.ClickException):
    """A file that is wrong: one line per problem on standard error, exit code 2."""

    exit_code = 2

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.lines = [_line(name, problem) for problem in problems]
        super().__init__("\n".join(self.lines))

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the problems to standard error, without a word around them."""
        for line in self.lines:
            click.echo(line, file=file, err=file is None)


@click.group("questionnaires")
def questionnaires() -> None:
    """Questionnaires in files."""


@questionnaires.command("check")
@click.argument("file", metavar="FILE")
@_ONTO
@_LANGUAGE
def check(file: str, *, onto: str | None, language: str) -> None:
    """Check a questionnaire (XLSForm, JSON), or translations of one (PO, XLSX), which need --onto.

    What a form holds that cannot be carried is listed on standard error: file, place, reason.

    Exit code 0: sound; 2: something is wrong, one line per problem; 1: anything else.
    """
    found, refused = _load(file, onto, language)
    _list(file, found.notes)
    if refused:
        raise WrongQuestionnaire(file, refused)
    questionnaire = found.exchanged.questionnaire
    languages = ", ".join(questionnaire.languages)
    click.echo(
        f"{file}: {questionnaire.id} {questionnaire.version}, {len(questionnaire.questions)} questions, {languages}"
    )


@questionnaires.command("convert")
@click.argument("file", metavar="FILE")
@click.option(
    "--out", required=True, metavar="FILE", help="File that is written; its ending says what: xlsx, json, po."
)
@click.option(
    "--as",
    "kind",
    type=click.Choice([str(kind) for kind in FileKind]),
    help="What is written, where the ending leaves it open.",
)
@click.option("--to", "target", metavar="TAG", default="", help="Language of a PO file that is written.")
@click.option("--origin", help="Who made the questionnaire, for JSON.")
@click.option("--licence", help="Terms under which others may use it, for JSON.")
@click.option("--skip-refused", is_flag=True, help="Take the translations that fit, although others do not.")
@_ONTO
@_LANGUAGE
def convert(
    file: str,
    *,
    out: str,
    kind: str | None,
    target: str,
    origin: str | None,
    licence: str | None,
    skip_refused: bool,
    onto: str | None,
    language: str,
) -> None:
    """Turn a questionnaire into another format, or put translations into it.

    XLSForm, JSON, PO and XLSX (--as wording) in and out. What cannot be carried, and translations that do not fit,
    are listed on standard error: file, place, reason.

    Exit code 0: done; 2: an input is wrong, nothing is written; 1: anything else.
    """
    wanted = _find_output(out, kind)
    found, refused = _load(file, onto, language)
    _list(file, found.notes)
    if refused and not skip_refused:
        raise WrongQuestionnaire(file, refused)
    _list(file, refused)
    exchanged = with_notes(found.exchanged, origin=origin, licence=licence)
    try:
        written = write_file(exchanged, wanted, language=canonical_tag(target))
    except InvalidDocument as error:
        raise WrongQuestionnaire(out, error.problems) from None
    _list(out, written.losses)
    try:
        Path(out).write_bytes(written.data)
    except OSError as error:
        raise click.FileError(out, error.strerror) from None


def _load(name: str, onto: str | None, language: str) -> tuple[QuestionnaireFile, tuple[Problem, ...]]:
    """Return the questionnaire of a file, or that of `onto` with the translations of the file, and what is refused."""
    data = _read(name)
    try:
        kind = find_kind(name, data)
        if kind not in OF_WORDING or onto is None:
            return read_questionnaire(data, kind, language=canonical_tag(language)), ()
        base = _load(onto, None, language)[0]
        wording = read_wording(data, kind, base.exchanged.questionnaire)
    except InvalidDocument as error:
        raise WrongQuestionnaire(name, error.problems) from None
    changed = apply_wording(base.exchanged.questionnaire, wording.texts)
    merged: ExchangedQuestionnaire = replace(base.exchanged, questionnaire=changed)
    return QuestionnaireFile(merged), wording.refused


def _read(name: str) -> bytes:
    """Return the content of a file, of a very large one only so much that it is seen to be too large."""
    try:
        with Path(name).open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _cannot_read(name, error) from None


def _cannot_read(name: str, error: OSError) -> click.ClickException:
    wrong = click.ClickException(f"{name}: cannot be read: {error.strerror}")
    wrong.exit_code = WrongQuestionnaire.exit_code
    return wrong


def _find_output(name: str, kind: str | None) -> FileKind:
    suffix = Path(name).suffix.lower()
    fitting = [one for one, its_suffix in SUFFIXES.items() if its_suffix == suffix and kind in (None, one)]
    if not fitting:
        raise WrongQuestionnaire(name, [Problem("file_kind_unknown", "document")])
    return fitting[0]


def _list(name: str, problems: Iterable[Problem]) -> None:
    for problem in problems:
        click.echo(_line(name, problem), err=True)


def _line(name: str, problem: Problem) -> str:
    return f"{name}: {problem.place}: {explain_problem(problem)}".replace("\n", " ")
