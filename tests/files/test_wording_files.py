"""Translations as PO and XLSX: what was written is read again, what does not fit is refused, nothing else changes."""

from dataclasses import replace

import pytest
from factories import standard_questionnaire
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import questionnaires

from survey_app.domain.errors import InvalidDocument
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_document import list_texts
from survey_app.domain.text import clean_text
from survey_app.domain.wording import TranslatedText, apply_wording
from survey_app.files.sheet_writing import write_sheets
from survey_app.files.wording_po import read_po, write_po
from survey_app.files.wording_xlsx import read_wording, write_wording

LANGUAGES = ("de", "ar", "fr", "de-x-simple")
HARD = (
    "=1+1",
    "@x",
    "-",
    "'",
    '"',
    "\\",
    "\\n",
    "a\nb",
    "a\u2028b",
    "a\u0085x",
    "${q}",
    "#~",
    "0012",
    "1e5",
)
"""Signs of formulas, quotes, escapes, breaks of lines, and what looks like a number."""

texts_of_any_kind = st.text(st.characters(codec="utf-8"), max_size=30).map(clean_text)


@st.composite
def worded(draw: st.DrawFn) -> Questionnaire:
    """A questionnaire with texts that are hard for files."""
    questionnaire = replace(draw(questionnaires()), source_language="de", languages=LANGUAGES)
    hard = texts_of_any_kind | st.sampled_from(HARD)
    words = [
        TranslatedText(path, language, draw(hard))
        for path, _text in list_texts(questionnaire)
        for language in LANGUAGES
    ]
    return apply_wording(questionnaire, words)


def without_translations(questionnaire: Questionnaire) -> Questionnaire:
    """Return the questionnaire with every word but those in its source language replaced."""
    source = questionnaire.source_language
    texts = [
        TranslatedText(path, language, "something else")
        for path, text in list_texts(questionnaire)
        for language, words in text.items()
        if language != source and language in LANGUAGES and words
    ]
    return apply_wording(questionnaire, texts)


@settings(deadline=None)
@given(worded())
def test_a_table_gives_every_word_back_when_written(questionnaire: Questionnaire) -> None:
    result = read_wording(write_wording(questionnaire), without_translations(questionnaire))
    assert result.refused == ()
    assert apply_wording(without_translations(questionnaire), result.texts) == questionnaire


@settings(deadline=None)
@given(worded())
def test_po_files_give_every_word_back_when_written(questionnaire: Questionnaire) -> None:
    changed = without_translations(questionnaire)
    for language in LANGUAGES[1:]:
        result = read_po(write_po(questionnaire, language), without_translations(questionnaire))
        assert result.refused == ()
        changed = apply_wording(changed, result.texts)
    for before, after in zip(list_texts(questionnaire), list_texts(changed), strict=True):
        is_orphan = not before[1]["de"]
        assert before == after or is_orphan


def test_a_table_has_a_row_for_each_string_when_written() -> None:
    questionnaire = standard_questionnaire()
    result = read_wording(write_wording(questionnaire), questionnaire)
    translated = len(list_texts(questionnaire)) * (len(questionnaire.languages) - 1)
    assert (len(result.texts), result.refused) == (translated, ())


def small_table(*rows: tuple[str, ...], header: tuple[str, ...] = ("path", "Deutsch (de)", "français (fr)")) -> bytes:
    return write_sheets({"wording": [header, *rows]})


TITLE = ("texts.title", "Ihre Rückmeldung zum Netzwerktreffen", "Votre avis")


def test_rows_are_refused_by_number_and_the_others_are_taken_when_some_do_not_fit() -> None:
    data = small_table(
        TITLE,
        ("texts.surprise", "Was?", "Quoi ?"),
        ("attendance_count", "Wie oft waren Sie früher hier?", "Combien de fois ?"),
        TITLE,
        ("attendance_count", standard_questionnaire().items[0].texts["de"], "Combien de fois ?"),
        ("texts.thanks", standard_questionnaire().texts["thanks"]["de"], "  "),
    )
    result = read_wording(data, standard_questionnaire())
    assert [(problem.code, problem.place) for problem in result.refused] == [
        ("unknown_string", "wording!A3"),
        ("outdated_text", "wording!A4"),
        ("double_text", "wording!C5"),
    ]
    assert result.texts == (
        TranslatedText("texts.title", "fr", "Votre avis"),
        TranslatedText("attendance_count", "fr", "Combien de fois ?"),
    )


@pytest.mark.parametrize(
    ("header", "code", "place"),
    [
        (("Deutsch (de)", "français (fr)"), "column_missing", "wording!A1"),
        (("path", "français (fr)"), "column_missing", "wording!A1"),
        (("path", "Deutsch (de)", "Klingon"), "language_not_in_questionnaire", "wording!C1"),
        (("path", "Deutsch (de)", "italiano (it)"), "language_not_in_questionnaire", "wording!C1"),
        (("path", "Deutsch (de)", "German"), "duplicate_language", "wording!C1"),
    ],
)
def test_a_table_is_refused_as_a_whole_when_its_header_is_wrong(header: tuple[str, ...], code: str, place: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_wording(small_table(header=header), standard_questionnaire())
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [(code, place)]


def test_columns_are_found_in_any_order_and_by_any_name_when_read() -> None:
    header = ("Französisch", "path", "de")
    data = small_table((TITLE[2], TITLE[0], TITLE[1]), header=header)
    assert read_wording(data, standard_questionnaire()).texts == (TranslatedText("texts.title", "fr", "Votre avis"),)


PO = """msgid ""
msgstr "Language: fr\\n"

msgctxt "texts.title"
msgid "Ihre Rückmeldung zum Netzwerktreffen"
msgstr "Votre avis"

msgctxt "texts.title"
msgid "Ihre Rückmeldung"
msgstr "Votre avis"

msgctxt "surprise"
msgid "Was?"
msgstr "Quoi ?"

#, fuzzy
msgctxt "attendance_count"
msgid "Zum wievielten Mal sind Sie heute bei einem Treffen dieses Netzwerks?"
msgstr "Combien ?"

msgctxt "attendance_count"
msgid "eins"
msgid_plural "zwei"
msgstr[0] "un"
msgstr[1] "deux"
"""


def test_entries_are_refused_by_line_and_the_others_are_taken_when_some_do_not_fit() -> None:
    result = read_po(PO.encode(), standard_questionnaire())
    assert result.texts == (TranslatedText("texts.title", "fr", "Votre avis"),)
    assert [(problem.code, problem.place) for problem in result.refused] == [
        ("outdated_text", "line 9"),
        ("unknown_string", "line 13"),
        ("fuzzy_text", "line 18"),
        ("text_with_plural", "line 22"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "file_is_empty", "document"),
        ("\n \n", "file_is_empty", "document"),
        ("hello\n", "line_is_broken", "line 1"),
        ("# only a comment\n", "language_missing", "line 1"),
        (PO.replace("Language: fr", "Project: fr"), "language_missing", "line 1"),
        (PO.replace("Language: fr", "Language: xx"), "language_not_in_questionnaire", "line 1"),
        (PO.replace("Language: fr", "Language: de"), "language_is_the_source", "line 1"),
        (PO.replace('"Votre avis"', '"Votre avis', 1), "line_is_broken", "line 6"),
        (PO[: PO.index("msgstr", 60)], "line_is_broken", "line 5"),
        (PO.replace("msgstr[1]", "msgstr[x]"), "line_is_broken", "line 25"),
        ('msgstr ""\n', "file_is_no_po", "document"),
        ('"x"\n', "line_is_broken", "line 1"),
    ],
)
def test_a_po_file_is_refused_as_a_whole_when_it_is_broken(text: str, code: str, place: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_po(text.encode(), standard_questionnaire())
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [(code, place)]


@pytest.mark.parametrize(
    ("language", "code"), [("it", "language_not_in_questionnaire"), ("de", "language_is_the_source")]
)
def test_no_po_file_is_written_when_there_is_nothing_to_translate(language: str, code: str) -> None:
    with pytest.raises(InvalidDocument, match=code):
        write_po(standard_questionnaire(), language)
