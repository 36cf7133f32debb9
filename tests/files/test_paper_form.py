"""The sheet of paper: everything asked stands on it, in every language, accessibly, and on one sheet."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pypdfium2
import pytest
from factories import standard_questionnaire
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_reading import Reading, check_accessibility, read_pdf

from survey_app.domain.paper import MARKS, mark_choices
from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire
from survey_app.domain.text import Phrase
from survey_app.files.paper_form import (
    Occasion,
    PaperForm,
    Sheet,
    SheetWords,
    build_paper_form,
    render_paper_form,
)

_FROM_RIGHT = ("ar", "fa")
_LANGUAGES = standard_questionnaire().languages


def words_in(language: str) -> SheetWords:
    """Return words of the frame, in English whatever the language: they are the caller's."""

    def say(text: str) -> Phrase:
        return Phrase(text, "en", "ltr")

    return SheetWords(
        instruction=say("Tick one answer each."),
        privacy=say("No names."),
        returning=say("Put it into the box."),
        several=say("Several answers."),
        at_most=tuple((limit, say(f"At most {limit}.")) for limit in range(1, 20)),
        required=say("(required)"),
        number=say("A number."),
        date=say("A date."),
        page=say("Page {page} of {total}"),
        survey=say("Survey bcdfghjk"),
    )


def sheet_of(questionnaire: Questionnaire, language: str = "de", **values: object) -> Sheet:
    directions = {tag: "rtl" if tag in _FROM_RIGHT else "ltr" for tag in (*_LANGUAGES, language)}
    occasion = Occasion("Netzwerk Freiburg", "13. Netzwerktreffen", "26. April 2017")
    given = {"words": words_in(language), "occasion": occasion} | values
    return Sheet(questionnaire, language, directions, **given)


def read_form(form: PaperForm) -> Reading:
    return read_pdf(render_paper_form(form))


def ask(*items: Item, **texts: str) -> Questionnaire:
    """Return a questionnaire in German with these items."""
    return Questionnaire("small", 1, "de", ("de",), items, {key: {"de": text} for key, text in texts.items()})


@pytest.mark.parametrize("language", [tag for tag in _LANGUAGES if tag not in _FROM_RIGHT])
def test_every_question_and_answer_is_read_when_written_from_the_left(language: str) -> None:
    questionnaire = standard_questionnaire()
    root = read_form(build_paper_form(sheet_of(questionnaire, language))).root
    assert root.words_of("H1") == [" ".join(questionnaire.texts["title"][language].split())]
    asked = [" ".join(item.texts[language].split()) for item in questionnaire.questions]
    assert root.words_of("H2") == [f"{number}. {words}" for number, words in enumerate(asked, 1)]
    answers = [(one.mark, one.choice.texts[language]) for item in questionnaire.questions for one in mark_choices(item)]
    assert root.words_of("LI") == [" ".join(f"{mark}{words}".split()) for mark, words in answers]
    assert " ".join(questionnaire.texts["introduction"][language].split()) in root.words


@pytest.mark.parametrize("language", _FROM_RIGHT)
def test_every_letter_is_there_when_written_from_the_right(language: str) -> None:
    """Words come in the order of the line and accents twice (see `docs/decisions.md`), but nothing is missing."""
    questionnaire = standard_questionnaire()
    root = read_form(build_paper_form(sheet_of(questionnaire, language))).root
    for item, words in zip(questionnaire.questions, root.words_of("H2"), strict=True):
        assert not Counter(item.texts[language].replace(" ", "")) - Counter(words)
    answers = [one.choice.texts[language] for item in questionnaire.questions for one in mark_choices(item)]
    for answer, words in zip(answers, root.words_of("LI"), strict=True):
        assert not Counter(answer.replace(" ", "")) - Counter(words)


@pytest.mark.parametrize("language", _LANGUAGES)
def test_sheet_is_accessible_on_two_sides_with_its_own_fonts(language: str) -> None:
    pdf = render_paper_form(build_paper_form(sheet_of(standard_questionnaire(), language)))
    read = read_pdf(pdf)
    assert check_accessibility(pdf) == []
    assert read.page_count == 2
    assert read.language == language.split("-", maxsplit=1)[0]
    assert read.title.endswith("– 13. Netzwerktreffen – Netzwerk Freiburg")
    families = {name.partition("+")[2].split("-")[0] for name in read.fonts}
    assert families == {"IBMPlexSansArabic" if language in _FROM_RIGHT else "NotoSans"}
    assert all(read.fonts.values())


def test_sides_are_numbered_and_carry_the_survey() -> None:
    pdf = render_paper_form(build_paper_form(sheet_of(standard_questionnaire())))
    with pypdfium2.PdfDocument(pdf) as document:
        sides = [page.get_textpage().get_text_range() for page in document]
    assert ["Page 1 of 2" in sides[0], "Page 2 of 2" in sides[1]] == [True, True]
    assert all("Survey bcdfghjk" in side for side in sides)
    assert "13. Netzwerktreffen" in sides[0]
    assert "26. April 2017" in sides[0]


def test_sheet_says_where_it_goes_and_what_becomes_of_it() -> None:
    words = read_form(build_paper_form(sheet_of(standard_questionnaire(), "en"))).root.words
    for said in ("Tick one answer each.", "No names.", "Put it into the box.", "Netzwerk Freiburg"):
        assert said in words


def test_equal_sheets_give_equal_bytes() -> None:
    first, second = (
        render_paper_form(build_paper_form(sheet_of(standard_questionnaire(), "uk"))) for _time in range(2)
    )
    assert first == second
    same = {build_paper_form(sheet_of(standard_questionnaire(), "uk")) for _time in range(2)}
    assert len(same) == 1


def test_made_up_surveys_are_stamped() -> None:
    stamped = replace(words_in("de"), stamp=Phrase("Vorführung", "de", "ltr"))
    assert "Vorführung" in read_form(build_paper_form(sheet_of(standard_questionnaire(), words=stamped))).root.words


def test_question_longer_than_a_column_runs_on() -> None:
    many = tuple(Choice(f"c{n}", {"de": f"Antwort Nummer {n}."}) for n in range(120))
    long = Item("t", ItemType.TEXT, {"de": "Satz. " * 900})
    form = build_paper_form(sheet_of(ask(Item("x", ItemType.ONE, {"de": "Welche?"}, options=many), long, title="Lang")))
    with pypdfium2.PdfDocument(render_paper_form(form)) as document:
        shown = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert [n for n in range(120) if f"Antwort Nummer {n}." not in shown] == []
    assert shown.count("Satz.") == 900


def test_marks_follow_the_order_of_the_paper() -> None:
    choices = [Choice(f"c{n}", {"de": f"{n}"}) for n in range(10)]
    odd = [Choice("none", {"de": "keine"}, set_off=True), Choice("other", {"de": "andere"}, last=True)]
    item = Item("x", ItemType.MANY, {"de": "?"}, options=(*odd, *choices), shuffle=True)
    marked = [(one.mark, one.choice.code) for one in mark_choices(item)]
    assert marked == [*zip("1234567890", (f"c{n}" for n in range(10)), strict=True), ("a", "other"), ("b", "none")]
    crowd = replace(item, options=tuple(Choice(f"c{n}", {"de": "x"}) for n in range(40)))
    assert [one.mark for one in mark_choices(crowd)] == [*MARKS, *[""] * (40 - len(MARKS))]


def test_each_kind_of_question_has_its_notes_and_lines() -> None:
    yes = (Choice("yes", {"de": "ja"}), Choice("other", {"de": "anderes:"}, text_length=250))
    items = (
        Item("b", ItemType.BLOCK, {"de": "Nun zu Ihnen."}),
        Item("one", ItemType.ONE, {"de": "Eins?"}, options=yes, required=True),
        Item("many", ItemType.MANY, {"de": "Viele?"}, options=yes),
        Item("some", ItemType.MANY, {"de": "Einige?"}, options=yes, max_choices=2, hint="work"),
        Item("n", ItemType.NUMBER, {"de": "Wie viele?"}, maximum=Decimal(3)),
        Item("d", ItemType.DATE, {"de": "Wann?"}),
        Item("t", ItemType.TEXT, {"de": "Was?"}),
        Item("l", ItemType.LONG_TEXT, {"de": "Und sonst?"}),
    )
    only_if = Phrase("Nur, wenn Sie bei Frage 1 ja angekreuzt haben.", "de", "ltr")
    form = build_paper_form(sheet_of(ask(*items, work="Auch Ehrenamt."), notes={"many": only_if}))
    notes = [[note.text for note in question.notes] for question in form.questions]
    several = "Several answers."
    assert notes == [[], ["(required)"], [only_if.text, several], ["At most 2."], ["A number."], ["A date."], [], []]
    assert [question.number for question in form.questions] == [0, 1, 2, 3, 4, 5, 6, 7]
    assert [question.shape for question in form.questions][:4] == ["", "circle", "square", "square"]
    assert [question.lines for question in form.questions] == [0, 0, 0, 0, 1, 1, 3, 10]
    assert [box.lines for box in form.questions[1].boxes] == [0, 3]
    words = read_form(form).root.words
    for said in ("Nun zu Ihnen.", only_if.text, "Auch Ehrenamt.", "At most 2.", "4. Wie viele?"):
        assert said in words


def test_wording_that_is_missing_keeps_its_own_language() -> None:
    item = Item("x", ItemType.ONE, {"de": "Wie geht es?"}, options=(Choice("well", {"de": "gut", "ar": "جيد"}),))
    form = build_paper_form(sheet_of(ask(item, title="Umfrage"), "ar"))
    assert form.questions[0].words == Phrase("Wie geht es?", "de", "ltr")
    assert form.questions[0].boxes[0].words == Phrase("جيد", "ar", "rtl")
    assert read_form(form).root.words_of("H1") == ["Umfrage"]


def test_questionnaire_without_a_title_is_named_after_its_network() -> None:
    form = build_paper_form(sheet_of(ask(Item("x", ItemType.TEXT, {"de": "?"}))))
    assert read_form(form).root.words_of("H1") == ["Netzwerk Freiburg"]


@settings(max_examples=25)
@given(st.text(max_size=400), st.text(max_size=60), st.text(max_size=60))
def test_no_wording_stops_the_sheet(question: str, answer: str, name: str) -> None:
    item = Item("x", ItemType.ONE, {"de": question}, options=(Choice("a", {"de": answer}, text_length=9),))
    form = build_paper_form(sheet_of(ask(item, title=name), occasion=Occasion(name, name, name)))
    assert render_paper_form(form).startswith(b"%PDF")


def test_own_words_are_what_the_questionnaire_says() -> None:
    form = build_paper_form(sheet_of(standard_questionnaire(), "uk"))
    assert "Ваш відгук про зустріч мережі" in form.own_words
    assert "уперше" in form.own_words
    assert "Netzwerk Freiburg" not in form.own_words
