"""Each kind of flaw in a catalogue is named in one line, with file, line and message."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from survey_app.commands.catalogue_checks import check_file
from survey_app.web import catalogues
from survey_app.web.catalogues import Scope

HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plural}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"X-Scope: {scope}\\n"
"X-Reviewed: {reviewed}\\n"

"""
USUAL = {"pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"}
SINGLE = 'msgid "Send"\nmsgstr "{}"\n'
LIMITED = 'msgid "at most %(limit)s"\nmsgstr "{}"\n'
COUNTED = 'msgid "%(num)s answer"\nmsgid_plural "%(num)s answers"\n'


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    catalogues.read_header.cache_clear()
    catalogues.translations_folder.cache_clear()
    yield
    catalogues.read_header.cache_clear()
    catalogues.translations_folder.cache_clear()


def template(*messages: str | tuple[str, str]) -> dict[Scope, Catalog]:
    made = Catalog()
    for number, message in enumerate(messages, 40):
        made.add(message, locations=[("participants/page.py", number)])
    return {Scope.EVERYBODY: made, Scope.PARTICIPANTS: Catalog()}


class Shelf:
    """A folder of catalogues with one catalogue, written for the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def check(self, body: str, *messages: str | tuple[str, str], tag: str = "fr", **header: str) -> list[str]:
        values = {"language": tag, "plural": USUAL.get(tag, "nplurals=2; plural=(n > 1);"), "scope": "everybody"}
        path = self.folder / tag.replace("-", "_") / "LC_MESSAGES" / "messages.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEADER.format(**(values | {"reviewed": "no"} | header)) + body, encoding="utf-8")
        catalogues.read_header.cache_clear()
        return list(check_file(tag, template(*messages)))


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    folder = tmp_path / "translations"
    folder.mkdir()
    monkeypatch.setattr(catalogues, "_FOLDERS", (folder,))
    return Shelf(folder)


FILE = "translations/fr/LC_MESSAGES/messages.po"


def test_nothing_is_said_of_a_sound_catalogue(shelf: Shelf) -> None:
    body = SINGLE.format("Envoyer") + "\n" + COUNTED + 'msgstr[0] "%(num)s réponse"\nmsgstr[1] "%(num)s réponses"\n'
    assert shelf.check(body, "Send", ("%(num)s answer", "%(num)s answers")) == []


@pytest.mark.parametrize(
    ("body", "line", "reason"),
    [
        (SINGLE.format(""), 9, "missing"),
        ("#, fuzzy\n" + SINGLE.format("Envoyer"), 10, "doubtful (fuzzy)"),
        (SINGLE.format("Envoyer") + "\n" + SINGLE.format("Expédier"), 12, "stands here a second time"),
        (SINGLE.format("Envoye\u0301r"), 9, "not in normal form (NFC)"),
        (SINGLE.format("Envoyer \u202eici"), 9, "has hidden control characters"),
        (SINGLE.format("Envoyer ٣"), 9, "has other digits than 0 to 9"),
        (SINGLE.format(" Envoyer"), 9, "begins with other white space"),
        (SINGLE.format("Envoyer\\n"), 9, "ends with other white space"),
        (SINGLE.format("Envoyer 100 % sûr"), 9, "a per cent sign stands alone, write %%"),
    ],
)
def test_flaw_of_one_message_is_named(shelf: Shelf, body: str, line: int, reason: str) -> None:
    assert shelf.check(body, "Send") == [f'{FILE}:{line}: {reason}: "Send"']


@pytest.mark.parametrize(
    ("translated", "reasons"),
    [
        ("au plus", ["placeholder %(limit)s is missing"]),
        ("au plus %(limite)s", ["placeholder %(limit)s is missing", "placeholder %(limite) is unknown"]),
        ("au plus %(limit)d", ["placeholder %(limit)s has another format: %(limit)d"]),
        ("au plus %(limit)", ["placeholder %(limit)s has another format: %(limit)"]),
        ("au plus %(limit)s %", ["a per cent sign stands alone, write %%"]),
        ("au plus %s", ["placeholder %(limit)s is missing", "a per cent sign stands alone, write %%"]),
        ("au plus %(limit)s %%", []),
    ],
)
def test_placeholders_are_compared(shelf: Shelf, translated: str, reasons: list[str]) -> None:
    found = shelf.check(LIMITED.format(translated), "at most %(limit)s")
    assert found == [f'{FILE}:9: {reason}: "at most %(limit)s"' for reason in reasons]


def test_message_that_is_not_there_is_named_where_the_code_has_it(shelf: Shelf) -> None:
    found = shelf.check(SINGLE.format("Envoyer"), "Send", "Close")
    assert found == [f'survey_app/participants/page.py:41: not in the catalogue, run the update ({FILE}): "Close"']


def test_message_that_nobody_says_any_more_is_obsolete(shelf: Shelf) -> None:
    assert shelf.check(SINGLE.format("Envoyer")) == [f'{FILE}:9: obsolete, run the update: "Send"']


def test_words_outside_the_scope_of_a_catalogue_are_obsolete(shelf: Shelf) -> None:
    found = shelf.check(SINGLE.format("Envoyer"), "Send", scope="participants")
    assert found == [f'{FILE}:9: obsolete, run the update: "Send"']


@pytest.mark.parametrize(
    ("forms", "reasons"),
    [
        (("%(num)s odpowiedź", "%(num)s odpowiedzi", "%(num)s odpowiedzi"), []),
        (("jedna odpowiedź", "%(num)s odpowiedzi", "%(num)s odpowiedzi"), []),
        (("jedna odpowiedź", "dwie odpowiedzi", "%(num)s odpowiedzi"), ["placeholder %(num)s is missing in form 1"]),
        (("%(num)s odpowiedź", "%(num)s odpowiedzi"), ["a plural form is missing, 3 are needed"]),
        (("", "", ""), ["missing"]),
    ],
)
def test_plural_forms_are_counted_and_compared(shelf: Shelf, forms: tuple[str, ...], reasons: list[str]) -> None:
    body = COUNTED + "".join(f'msgstr[{number}] "{form}"\n' for number, form in enumerate(forms))
    found = shelf.check(body, ("%(num)s answer", "%(num)s answers"), tag="pl")
    place = "translations/pl/LC_MESSAGES/messages.po:9"
    assert found == [f'{place}: {reason}: "%(num)s answer"' for reason in reasons]


def test_more_forms_than_the_header_knows_cannot_be_read(shelf: Shelf) -> None:
    body = COUNTED + "".join(f'msgstr[{number}] "%(num)s réponses"\n' for number in range(3))
    (found,) = shelf.check(body, ("%(num)s answer", "%(num)s answers"))
    assert found.startswith(f"{FILE}:9: cannot be read: msg has more translations than num_plurals")


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({"plural": "nplurals=3; plural=(n > 1);"}, "Plural-Forms has 3 forms, fr has 2"),
        ({"plural": "nplurals=2; plural=(n > 5);"}, "does not fit fr: numbers of the kind “other” take different"),
        ({"plural": "nplurals=2; plural=(n > 1 ? 7 : 0);"}, "Plural-Forms leads beyond its 2 forms"),
        ({"plural": "nplurals=2; plural=import os;"}, "Plural-Forms cannot be read"),
        ({"scope": "nobody"}, "X-Scope is nobody, possible are everybody and participants"),
        ({"reviewed": "maybe"}, "X-Reviewed is maybe, possible are yes and no"),
        ({"language": "pl"}, "Language is pl, but the folder is for fr"),
    ],
)
def test_header_is_checked(shelf: Shelf, header: dict[str, str], reason: str) -> None:
    found = shelf.check(SINGLE.format("Envoyer"), "Send", **header)
    assert found[0].startswith(f"{FILE}:1: ")
    assert reason in found[0]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('msgid "Send"\nmsgstr "Envoyer"\nrubbish\n', 11),
        ('msgid "Send"\n\nmsgid "Close"\nmsgstr "Fermer"\n', 9),
    ],
)
def test_file_that_cannot_be_read_is_named_with_its_line(shelf: Shelf, body: str, line: int) -> None:
    (found,) = shelf.check(body, "Send")
    assert found.startswith(f"{FILE}:{line}: cannot be read: ")


def test_english_words_in_another_catalogue_are_noticed(shelf: Shelf) -> None:
    body = 'msgid "Please come back later."\nmsgstr "Please come back later."\n'
    assert shelf.check(body, "Please come back later.") == [f'{FILE}:9: repeats the English: "Please come back later."']
    assert shelf.check(SINGLE.format("Send"), "Send") == []


def test_plain_german_may_leave_messages_to_german(shelf: Shelf) -> None:
    path = shelf.folder / "de@simple" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    values = {"language": "de", "plural": "nplurals=2; plural=(n != 1);", "scope": "everybody", "reviewed": "yes"}
    path.write_text(HEADER.format(**values) + SINGLE.format(""), encoding="utf-8")
    assert list(check_file("de-x-simple", template("Send"))) == []


def test_long_and_broken_messages_are_shown_in_one_line(shelf: Shelf) -> None:
    long = "one\n" + "word " * 40 + "end"
    (found,) = shelf.check("", long)
    assert "\n" not in found
    assert found.endswith('…"')
    assert "one\\nword word" in found
