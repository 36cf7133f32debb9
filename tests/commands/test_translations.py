"""The commands for catalogues: complete for every language, and adding one is adding a file."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import write_po
from flask import Flask

from survey_app.commands.participant_sources import list_participant_sources
from survey_app.commands.translations import collect_messages
from survey_app.web import catalogues
from survey_app.web.catalogues import Scope, catalogue_path, interface_languages, read_catalogue, staff_languages
from survey_app.web.locale import find_language, load_catalogue


def run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["translations", *words])
    return result.exit_code, result.output


@cache
def ids_of(scope: Scope) -> frozenset[object]:
    return frozenset(message.id for message in collect_messages()[scope] if message.id)


def forget_catalogues() -> None:
    for cached in (catalogues.translations_folder, interface_languages, staff_languages, catalogues.read_header,
                   catalogues.find_frame, catalogues.load_messages, find_language, load_catalogue):  # fmt: skip
        cached.cache_clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of catalogues with German alone, instead of the real one."""
    german = catalogue_path("de").read_bytes()
    path = tmp_path / "translations" / "de" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(german)
    monkeypatch.setattr(catalogues, "_FOLDERS", (tmp_path / "translations",))
    forget_catalogues()
    yield tmp_path / "translations"
    forget_catalogues()


def test_every_catalogue_is_complete(app: Flask) -> None:
    status, output = run(app, "check")
    assert (status, output.split()[0]) == (0, "9"), output


def test_messages_of_code_and_templates_are_collected() -> None:
    found = ids_of(Scope.EVERYBODY)
    assert {"Send", "Save"} <= found


def test_participants_words_are_found_by_where_they_stand() -> None:
    sources = list_participant_sources()
    assert {"participants/refusals.py", "templates/participants/form.html", "templates/web/privacy.html"} <= sources
    assert {"templates/web/base.html", "templates/web/macros.html", "web/answer_messages.py"} <= sources
    assert {"web/announcing.py", "coordinators/paper_words.py"} <= sources
    assert not [name for name in sources if "staff/" in name or "security" in name or "own_networks" in name]
    theirs, everything = ids_of(Scope.PARTICIPANTS), ids_of(Scope.EVERYBODY)
    assert theirs < everything
    assert {"Send", "This survey is closed", "Please choose one answer only.", "Voluntary and anonymous."} <= theirs
    assert not theirs & {"Seal survey", "Sign in", "Tipping point", "Smallest group shown to the public"}


def test_adding_a_language_is_adding_a_file(app: Flask, folder: Path) -> None:
    assert interface_languages() == ("de",)
    status, output = run(app, "update", "--add", "ti", "--scope", "participants")
    assert status == 0
    assert re.search(r"^ti: \d+ missing$", output, re.MULTILINE)
    forget_catalogues()
    assert interface_languages() == ("de", "ti")
    assert staff_languages() == ("de",)
    header = catalogues.read_header("ti")
    assert (header.scope, header.is_reviewed) == (Scope.PARTICIPANTS, False)
    assert "nplurals=2" in (folder / "ti" / "LC_MESSAGES" / "messages.po").read_text(encoding="utf-8")
    page = app.test_client().get("/", headers={"Accept-Language": "ti"}).get_data(as_text=True)
    assert '<html lang="ti" dir="ltr">' in page
    assert 'href="?lang=ti" lang="ti"' in page
    assert "ትግርኛ" in page
    assert 'lang="ti"' not in app.test_client().get("/login?lang=ti").get_data(as_text=True)


def test_five_languages_are_added_for_participants_only() -> None:
    added = set(interface_languages()) - set(staff_languages())
    assert added == {"ku", "pl", "ro", "so", "ti"}
    assert not any(catalogues.read_header(tag).is_reviewed for tag in added)


def test_update_keeps_what_translators_wrote(app: Flask, folder: Path) -> None:
    assert run(app, "update", "--add", "pl")[0] == 0
    path = folder / "pl" / "LC_MESSAGES" / "messages.po"
    catalogue = read_catalogue(path, "pl")
    catalogue["Send"].string = "Wyślij"
    catalogue.own_headers |= {"X-Language-Name": "Polszczyzna"}
    catalogue.add("Nobody says this any more", "Nikt")
    with path.open("wb") as file:
        write_po(file, catalogue)
    forget_catalogues()
    run(app, "update")
    again = read_catalogue(path, "pl")
    assert again["Send"].string == "Wyślij"
    assert again.get("Nobody says this any more") is None
    assert again.own_headers == {"X-Reviewed": "no", "X-Language-Name": "Polszczyzna"}
    assert again.num_plurals == 3
    forget_catalogues()
    assert find_language("pl").autonym == "Polszczyzna"


def test_update_changes_nothing_when_everything_is_up_to_date(app: Flask, folder: Path) -> None:
    run(app, "update", "--add", "so", "--scope", "participants")
    before = {path: path.read_bytes() for path in folder.rglob("*.po")}
    forget_catalogues()
    run(app, "update")
    assert {path: path.read_bytes() for path in folder.rglob("*.po")} == before


def test_check_exits_with_two_when_something_is_missing(app: Flask, folder: Path) -> None:
    run(app, "update", "--add", "ku", "--scope", "participants")
    forget_catalogues()
    status, output = run(app, "check")
    assert status == 2
    theirs = [line for line in output.splitlines() if line.startswith("translations/ku/")]
    assert any(re.fullmatch(r'translations/ku/LC_MESSAGES/messages.po:\d+: missing: "Send"', line) for line in theirs)
    assert len(theirs) == len(ids_of(Scope.PARTICIPANTS))


def test_every_language_names_itself() -> None:
    names = [find_language(tag).autonym for tag in interface_languages()]
    assert len(set(names)) == len(names)
    assert names[:3] == ["Deutsch", "Einfache Sprache", "العربية"]


def test_plain_german_may_leave_messages_to_german() -> None:
    assert load_catalogue("de-x-simple").gettext("Save") == load_catalogue("de").gettext("Save")
