from survey_app.content import read_document
from survey_app.domain.glossary import Glossary, Term, parse_glossary

SMALL = Glossary(
    "de", {"Netzwerk": {"en": "network"}, "Netzwerktreffen": {"en": "network meeting"}, "Amt": {"en": "office"}}
)


def test_longer_term_stands_for_its_parts() -> None:
    assert SMALL.find_terms("Ihr netzwerktreffen gestern", "en") == (Term("Netzwerktreffen", "network meeting"),)
    found = SMALL.find_terms("Das Netzwerk und das Netzwerktreffen", "en")
    assert [term.source for term in found] == ["Netzwerktreffen", "Netzwerk"]


def test_term_begins_a_word() -> None:
    assert SMALL.find_terms("Das Schulamt im Netzwerk", "en") == (Term("Netzwerk", "network"),)


def test_language_without_the_term_gets_no_hint() -> None:
    assert SMALL.find_terms("Netzwerk", "ti") == ()


def test_shipped_glossary_has_every_term_in_all_languages() -> None:
    glossary = parse_glossary(read_document("glossary.json"))
    for language in ("en", "fr", "tr", "ar", "fa", "uk", "ru"):
        assert len(glossary.find_terms("Ehrenamt · Migrantenorganisation · keine Angabe", language)) == 3
