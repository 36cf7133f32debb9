"""Commands for the catalogues of the interface: collect messages, bring catalogues up to date, check them."""

import copy
import sys
from datetime import UTC, datetime

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po
from flask.cli import AppGroup

from survey_app.commands.catalogue_checks import check_file, is_translated
from survey_app.commands.participant_sources import PACKAGE, list_participant_sources
from survey_app.commands.plural_rules import find_plural_header
from survey_app.web.catalogues import (
    FrameCatalogue,
    Scope,
    catalogue_path,
    interface_languages,
    read_catalogue,
    staff_languages,
)
from survey_app.web.locale import find_language

translations = AppGroup("translations", help="Catalogues of the interface.")

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
_SOURCE_LANGUAGE = "en"
_HEADER_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def _new_catalogue(locale: str | None) -> FrameCatalogue:
    """Return an empty catalogue whose header says nothing that changes from day to day."""
    return FrameCatalogue(
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


def collect_messages() -> dict[Scope, Catalog]:
    """Return the messages of code and templates, each with its places, by the scope of a catalogue."""
    templates: dict[Scope, Catalog] = {scope: _new_catalogue(None) for scope in Scope}
    theirs = list_participant_sources()
    found = extract_from_dir(
        PACKAGE, _METHODS, _OPTIONS, keywords=_KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    )
    for filename, line, message, comments, context in found:
        for scope in Scope if filename in theirs else (Scope.EVERYBODY,):
            templates[scope].add(message, None, [(filename, line)], auto_comments=comments, context=context)
    return templates


@translations.command("update")
@click.option("--add", "added", multiple=True, metavar="TAG", help="Tag of a language to add.")
@click.option(
    "--scope",
    type=click.Choice([scope.value for scope in Scope]),
    default=Scope.EVERYBODY.value,
    help="For whom added languages have words: everybody, or participants only.",
)
def update(added: tuple[str, ...], scope: str) -> None:
    """Collect all messages and bring every catalogue up to date; obsolete messages go."""
    for tag in added:
        if not catalogue_path(tag).is_file():
            _add_language(tag, Scope(scope))
    templates = collect_messages()
    for tag in sorted({*interface_languages(), *added}):
        missing = _update_catalogue(tag, templates)
        click.echo(f"{tag}: {missing} missing")


def _add_language(tag: str, scope: Scope) -> None:
    """Write the header of a new catalogue; whoever adds it is rarely the native speaker who reads it last."""
    locale = find_language(tag).locale
    catalogue = _new_catalogue(locale)
    catalogue.mime_headers = [("Plural-Forms", find_plural_header(locale))]
    catalogue.own_headers = {"X-Reviewed": "no"}
    if scope is Scope.PARTICIPANTS:
        catalogue.own_headers["X-Scope"] = scope
    catalogue_path(tag).parent.mkdir(parents=True, exist_ok=True)
    _write(tag, catalogue)


def _update_catalogue(tag: str, templates: dict[Scope, Catalog]) -> int:
    """Bring one catalogue up to date and return how many of its messages have no translation."""
    locale = find_language(tag).locale
    known = read_catalogue(catalogue_path(tag), locale)
    catalogue = _new_catalogue(locale)
    catalogue.mime_headers = [("Plural-Forms", known.plural_forms)]
    catalogue.own_headers = known.own_headers
    for message in known:
        if message.id:
            catalogue.add(message.id, message.string, context=message.context)
    scope = Scope(known.own_headers.get("X-Scope", Scope.EVERYBODY))
    catalogue.update(copy.deepcopy(templates[scope]), no_fuzzy_matching=True, update_creation_date=False)
    if tag == _SOURCE_LANGUAGE:
        _repeat_source(catalogue)
    _write(tag, catalogue)
    return sum(1 for message in catalogue if message.id and not is_translated(message))


def _write(tag: str, catalogue: Catalog) -> None:
    with catalogue_path(tag).open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True, ignore_obsolete=True, no_location=True)


def _repeat_source(catalogue: Catalog) -> None:
    """English is the language of the message ids: what nobody worded otherwise reads as it stands."""
    for message in catalogue:
        if message.id and not is_translated(message):
            message.string = message.id


@translations.command("check")
def check() -> None:
    """Name everything that is missing, doubtful or does not fit in a catalogue; exit 2 if there is anything."""
    templates = collect_messages()
    problems = [line for tag in interface_languages() for line in check_file(tag, templates)]
    for line in problems:
        click.echo(line, err=True)
    if problems:
        sys.exit(2)
    languages, complete = interface_languages(), staff_languages()
    counts = {scope: sum(1 for message in template if message.id) for scope, template in templates.items()}
    click.echo(
        f"{len(complete)} catalogues complete with {counts[Scope.EVERYBODY]} messages, "
        f"{len(languages) - len(complete)} for participants with {counts[Scope.PARTICIPANTS]}"
    )
