"""Commands for the catalogues of the interface: collect messages, bring catalogues up to date, check them."""

import copy
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from flask.cli import AppGroup

from survey_app.domain.text import PLAIN_GERMAN
from survey_app.web.locale import find_language, interface_languages, translations_folder

translations = AppGroup("translations", help="Catalogues of the interface.")

_PACKAGE = Path(__file__).parent.parent
_METHODS = [("**.py", "python"), ("templates/**", "jinja2.ext:babel_extract")]
_OPTIONS = {"templates/**": {"trimmed": "true", "silent": "false"}}
_KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
_SOURCE_LANGUAGE = "en"
_HEADER_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def _new_catalogue(locale: str | None) -> Catalog:
    """Return an empty catalogue whose header says nothing that changes from day to day."""
    return Catalog(
        locale=locale,
        header_comment="# Messages of Resonanz. Licence: EUPL-1.2, as the project.",
        project="Resonanz",
        version="1",
        last_translator="the developers of Resonanz",
        language_team=locale or "",
        msgid_bugs_address="the project's issue tracker",
        creation_date=_HEADER_DATE,
        revision_date=_HEADER_DATE,
        fuzzy=False,
    )


def collect_messages() -> Catalog:
    """Return every message of code and templates."""
    template = _new_catalogue(None)
    found = extract_from_dir(
        _PACKAGE, _METHODS, _OPTIONS, keywords=_KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    )
    for filename, _line, message, comments, context in found:
        template.add(message, None, [(filename, 0)], auto_comments=comments, context=context)
    return template


def _path_of(tag: str) -> Path:
    return translations_folder() / find_language(tag).catalogue / "LC_MESSAGES" / "messages.po"


def _read(tag: str) -> Catalog:
    with _path_of(tag).open("rb") as file:
        return read_po(file, locale=find_language(tag).locale, domain="messages")


@translations.command("update")
@click.option("--add", "added", multiple=True, help="Tag of a language to add.")
def update(added: tuple[str, ...]) -> None:
    """Collect all messages and bring every catalogue up to date; obsolete messages go."""
    template = collect_messages()
    for tag in sorted({*interface_languages(), *added}):
        path = _path_of(tag)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = _new_catalogue(find_language(tag).locale)
        known = _read(tag) if path.is_file() else ()
        for message in known:
            if message.id:
                catalogue.add(message.id, message.string, context=message.context)
        catalogue.update(copy.deepcopy(template), no_fuzzy_matching=True, update_creation_date=False)
        if tag == _SOURCE_LANGUAGE:
            _repeat_source(catalogue)
        with path.open("wb") as file:
            write_po(file, catalogue, width=120, sort_output=True, ignore_obsolete=True, no_location=True)
        click.echo(f"{tag}: {sum(1 for message in catalogue if message.id and not _is_translated(message))} missing")


def _repeat_source(catalogue: Catalog) -> None:
    """English is the language of the message ids: what nobody worded otherwise reads as it stands."""
    for message in catalogue:
        if message.id and not _is_translated(message):
            message.string = message.id


@translations.command("check")
def check() -> None:
    """Name every message that is missing, doubtful or lacks a placeholder; exit 2 if there is one."""
    template = collect_messages()
    problems = [
        f"{tag}: {line}" for tag in interface_languages() for line in check_catalogue(_read(tag), template, tag)
    ]
    for line in problems:
        click.echo(line, err=True)
    if problems:
        sys.exit(2)
    click.echo(f"{len(interface_languages())} catalogues complete, {len(template)} messages")


def check_catalogue(catalogue: Catalog, template: Catalog, tag: str) -> Iterator[str]:
    """Yield one line for each problem of a catalogue; plain German may leave messages to German."""
    wanted = {(message.id, message.context): message for message in template if message.id}
    have = {(message.id, message.context): message for message in catalogue if message.id}
    for key in wanted.keys() - have.keys():
        yield f"not in the catalogue, run the update: {key[0]!r}"
    for key in have.keys() - wanted.keys():
        yield f"obsolete, run the update: {key[0]!r}"
    for key in wanted.keys() & have.keys():
        yield from _check_message(have[key], tag)


def _check_message(message: Message, tag: str) -> Iterator[str]:
    if not _is_translated(message):
        if tag != PLAIN_GERMAN:
            yield f"missing: {message.id!r}"
        return
    if message.fuzzy:
        yield f"doubtful: {message.id!r}"
    sources = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    wanted = set(_PLACEHOLDER.findall(sources[-1]))
    for string in strings:
        found = set(_PLACEHOLDER.findall(string))
        # A form for exactly one or two things may spell the number out.
        if found - wanted or (wanted - found) - ({"%(num)d", "%(num)s"} if len(sources) > 1 else set()):
            yield f"placeholders differ: {message.id!r}"


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return all(strings)
