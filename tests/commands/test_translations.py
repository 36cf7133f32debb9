"""Catalogues: complete for every language, and the check finds what would go wrong."""

from babel.messages.catalog import Catalog
from flask import Flask

from survey_app.commands.translations import check_catalogue, collect_messages
from survey_app.web.locale import interface_languages, load_catalogue


def test_every_catalogue_is_complete(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["translations", "check"])
    assert (result.exit_code, result.output.split()[0]) == (0, "9"), result.output


def test_every_language_names_itself() -> None:
    names = [load_catalogue(tag).pgettext("language name in itself", "English") for tag in interface_languages()]
    assert len(set(names)) == len(names) == 9


def make(**messages: str) -> Catalog:
    catalogue = Catalog(locale="fr")
    for identity, string in messages.items():
        catalogue.add(identity.replace("_", " "), string)
    return catalogue


def test_problems_are_named_when_a_catalogue_has_some() -> None:
    template = make(Send="", Close="", Hello="")
    template.add("%(count)s answers", "")
    catalogue = make(Send="Envoyer", Close="", Old="Vieux")
    catalogue.add("%(count)s answers", "%(number)s réponses")
    problems = sorted(line.split(":")[0] for line in check_catalogue(catalogue, template, "fr"))
    assert problems == [
        "missing",
        "not in the catalogue, run the update",
        "obsolete, run the update",
        "placeholders differ",
    ]


def test_plain_german_may_leave_messages_to_german() -> None:
    template = make(Send="")
    assert list(check_catalogue(make(Send=""), template, "de-x-simple")) == []
    assert load_catalogue("de-x-simple").gettext("Save") == load_catalogue("de").gettext("Save")


def test_messages_of_code_and_templates_are_collected() -> None:
    found = {message.id for message in collect_messages() if message.id}
    assert {"Send", "Save"} <= found
