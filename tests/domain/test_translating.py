"""Texts that translators see, and putting in what they wrote: nobody overwrites anybody."""

from factories import standard_questionnaire
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import questionnaires

from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_document import list_texts
from survey_app.domain.questionnaire_editing import put_wording
from survey_app.domain.translating import (
    LONGEST_WORDS,
    Translated,
    WordingConflict,
    check_translations,
    find_conflicts,
    list_texts_to_translate,
    mark_translations,
    put_translations,
)
from survey_app.domain.wording_states import (
    WordingProgress,
    WordingStates,
    assess_wording,
    fingerprint_text,
    follow_wording,
)

STANDARD = standard_questionnaire()
STATES = follow_wording({}, None, STANDARD)


def write(
    questionnaire: Questionnaire, path: str, language: str, words: str, *, is_reviewed: bool = False
) -> Translated:
    """Fill in one text of a form that was opened for this questionnaire."""
    text = dict(list_texts(questionnaire))[path]
    begun, source = text.get(language, ""), text.get(questionnaire.source_language, "")
    return Translated(path, words, fingerprint_text(begun), fingerprint_text(source), is_reviewed)


def save(
    questionnaire: Questionnaire, states: WordingStates, language: str, *given: Translated
) -> tuple[Questionnaire, WordingStates]:
    changed = put_translations(questionnaire, language, given)
    return changed, mark_translations(changed, follow_wording(states, questionnaire, changed), language, given)


def test_texts_stand_in_the_order_of_the_form_with_the_number_of_their_question() -> None:
    texts = list_texts_to_translate(STANDARD, STATES, "tr")
    assert [text.path for text in texts] == [path for path, _text in list_texts(STANDARD)]
    found = {text.path: text for text in texts}
    assert (found["texts.title"].place, found["attendance_count"].place) == (0, 1)
    assert found["benefit.none"].place == found["benefit"].place
    assert {text.progress for text in texts} == {WordingProgress.DRAFT}


def test_translation_is_called_long_when_it_may_not_fit() -> None:
    (before,) = (text for text in list_texts_to_translate(STANDARD, STATES, "tr") if text.path == "impulses")
    assert not before.is_long
    wordy = put_wording(STANDARD, "impulses", "tr", "uzun " * 60)
    (after,) = (text for text in list_texts_to_translate(wordy, STATES, "tr") if text.path == "impulses")
    assert after.is_long


def test_words_are_a_draft_until_a_second_person_has_read_them() -> None:
    written, states = save(STANDARD, STATES, "tr", write(STANDARD, "impulses", "tr", "Yeni fikirler?"))
    assert assess_wording(written, states, "impulses", "tr") is WordingProgress.DRAFT
    same = write(written, "impulses", "tr", "Yeni fikirler?", is_reviewed=True)
    read, states = save(written, states, "tr", same)
    assert assess_wording(read, states, "impulses", "tr") is WordingProgress.REVIEWED
    _again, states = save(read, states, "tr", write(read, "impulses", "tr", "Yeni fikirler?"))
    assert assess_wording(read, states, "impulses", "tr") is WordingProgress.DRAFT


def test_outdated_text_stays_so_when_nobody_says_that_it_still_fits() -> None:
    changed = put_wording(STANDARD, "impulses", "de", "Neue Ideen?")
    states = follow_wording(STATES, STANDARD, changed)
    words = dict(list_texts(changed))["impulses"]["tr"]
    _same, left = save(changed, states, "tr", write(changed, "impulses", "tr", words))
    assert assess_wording(changed, left, "impulses", "tr") is WordingProgress.OUTDATED
    _same, read = save(changed, states, "tr", write(changed, "impulses", "tr", words, is_reviewed=True))
    assert assess_wording(changed, read, "impulses", "tr") is WordingProgress.REVIEWED


def test_translation_is_outdated_at_once_when_the_source_changed_while_it_was_written() -> None:
    words = write(STANDARD, "impulses", "tr", "Yeni fikirler?")
    changed = put_wording(STANDARD, "impulses", "de", "Neue Ideen?")
    after, states = save(changed, follow_wording(STATES, STANDARD, changed), "tr", words)
    assert dict(list_texts(after))["impulses"]["tr"] == "Yeni fikirler?"
    assert assess_wording(after, states, "impulses", "tr") is WordingProgress.OUTDATED


def test_two_translations_of_one_text_are_a_conflict_and_of_two_are_none() -> None:
    ours = (write(STANDARD, "impulses", "tr", "bizim"), write(STANDARD, "benefit", "tr", "yarar"))
    theirs = put_wording(STANDARD, "impulses", "tr", "onların")
    assert find_conflicts(theirs, "tr", ours) == (WordingConflict("impulses", "bizim", "onların"),)
    assert find_conflicts(put_wording(STANDARD, "impulses", "tr", "bizim"), "tr", ours) == ()


def test_text_that_is_gone_is_given_back() -> None:
    given = Translated("nowhere", "words", fingerprint_text(""), fingerprint_text(""))
    assert find_conflicts(STANDARD, "tr", [given]) == (WordingConflict("nowhere", "words", None),)


def test_who_changed_nothing_takes_nothing_back() -> None:
    begun = write(STANDARD, "impulses", "tr", dict(list_texts(STANDARD))["impulses"]["tr"])
    theirs = put_wording(STANDARD, "impulses", "tr", "onların")
    assert find_conflicts(theirs, "tr", [begun]) == ()
    assert put_translations(theirs, "tr", [begun]) == theirs


def test_endless_text_is_refused_with_its_place() -> None:
    (problem,) = check_translations([write(STANDARD, "impulses", "tr", "x" * (LONGEST_WORDS + 1))])
    assert (problem.code, problem.place) == ("text_too_long", "impulses")


@given(questionnaires(), st.data())
def test_only_the_texts_of_one_language_change_when_translations_are_put_in(
    questionnaire: Questionnaire, data: st.DataObject
) -> None:
    paths = [path for path, _text in list_texts(questionnaire)]
    others = [tag for tag in questionnaire.languages if tag != questionnaire.source_language]
    assume(paths and others)
    language = data.draw(st.sampled_from(others))
    words = data.draw(st.dictionaries(st.sampled_from(paths), st.text("abc ", max_size=9)))
    given = [write(questionnaire, path, language, said) for path, said in words.items()]
    changed = dict(list_texts(put_translations(questionnaire, language, given)))
    for path, text in list_texts(questionnaire):
        expected = words[path].strip() if path in words else text.get(language, "").strip()
        assert changed[path].get(language, "").strip() == expected
        assert {tag: said for tag, said in changed[path].items() if tag != language} == {
            tag: said for tag, said in text.items() if tag != language
        }
