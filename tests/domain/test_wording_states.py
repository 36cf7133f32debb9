"""States of translations: a changed source marks exactly its translations, a restored one unmarks them."""

from dataclasses import replace

from factories import standard_questionnaire
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import questionnaires

from survey_app.domain.questionnaire import Item, ItemType, Questionnaire
from survey_app.domain.questionnaire_document import list_texts
from survey_app.domain.questionnaire_editing import add_item, copy_item, put_wording, remove_item
from survey_app.domain.wording_states import (
    WordingProgress,
    WordingState,
    WordingStates,
    WordingStep,
    assess_wording,
    fingerprint_text,
    follow_wording,
    list_progress,
    read_wording_states,
    write_wording_states,
)

STANDARD = standard_questionnaire()


def all_progress(questionnaire: Questionnaire, states: WordingStates) -> dict[tuple[str, str], WordingProgress]:
    return {
        (path, language): progress
        for language in questionnaire.languages
        for path, progress in list_progress(questionnaire, states, language).items()
    }


@given(questionnaires())
def test_states_come_back_when_written(questionnaire: Questionnaire) -> None:
    states = follow_wording({}, None, questionnaire)
    assert read_wording_states(write_wording_states(states)) == states
    assert follow_wording(states, questionnaire, questionnaire) == states


@given(questionnaires(), st.data())
def test_exactly_its_translations_are_outdated_when_a_source_text_changes(
    questionnaire: Questionnaire, data: st.DataObject
) -> None:
    texts = dict(list_texts(questionnaire))
    assume(texts)
    path = data.draw(st.sampled_from(sorted(texts)))
    states = follow_wording({}, None, questionnaire)
    before = all_progress(questionnaire, states)
    assert WordingProgress.OUTDATED not in before.values()
    changed = put_wording(questionnaire, path, questionnaire.source_language, "ganz anders formuliert")
    after_states = follow_wording(states, questionnaire, changed)
    after = all_progress(changed, after_states)
    for (place, language), progress in after.items():
        is_translated = texts[place].get(language, "").strip() and language != questionnaire.source_language
        if place == path and is_translated:
            assert progress is WordingProgress.OUTDATED
        elif place != path:
            assert progress is before[place, language]
    assert all_progress(questionnaire, follow_wording(after_states, changed, questionnaire)) == before


def test_a_translation_is_up_to_date_and_a_draft_when_it_is_written_anew() -> None:
    states = follow_wording({}, None, STANDARD)
    assert assess_wording(STANDARD, states, "impulses", "fr") is WordingProgress.DRAFT
    changed = put_wording(STANDARD, "impulses", "de", "Neue Impulse?")
    states = follow_wording(states, STANDARD, changed)
    assert assess_wording(changed, states, "impulses", "fr") is WordingProgress.OUTDATED
    translated = put_wording(changed, "impulses", "fr", "De nouvelles idées ?")
    states = follow_wording(states, changed, translated)
    assert assess_wording(translated, states, "impulses", "fr") is WordingProgress.DRAFT
    assert assess_wording(translated, states, "impulses", "uk") is WordingProgress.OUTDATED
    emptied = put_wording(translated, "impulses", "fr", "")
    assert assess_wording(emptied, follow_wording(states, translated, emptied), "impulses", "fr") is (
        WordingProgress.MISSING
    )


def test_a_reviewed_translation_stays_reviewed_when_something_else_changes() -> None:
    reviewed = replace(STANDARD, reviewed={"fr": True})
    states = follow_wording({}, None, reviewed)
    assert set(list_progress(reviewed, states, "fr").values()) == {WordingProgress.REVIEWED}
    changed = add_item(reviewed, Item("", ItemType.TEXT, {"de": "Noch etwas?"}))
    states = follow_wording(states, reviewed, changed)
    progress = list_progress(changed, states, "fr")
    assert progress.pop("noch_etwas") is WordingProgress.MISSING
    assert set(progress.values()) == {WordingProgress.REVIEWED}
    reworded = put_wording(changed, "impulses", "fr", "Autrement ?")
    assert follow_wording(states, changed, reworded)["impulses"]["fr"].step is WordingStep.DRAFT


def test_a_source_text_needs_no_review_when_it_is_there() -> None:
    assert set(list_progress(STANDARD, {}, "de").values()) == {WordingProgress.REVIEWED}


def test_states_come_and_go_with_their_texts_when_items_do() -> None:
    states = follow_wording({}, None, STANDARD)
    copied, new = copy_item(STANDARD, "impulses")
    assert follow_wording(states, STANDARD, copied)[new] == states["impulses"]
    removed = remove_item(STANDARD, "impulses")
    gone = set(states) - set(follow_wording(states, STANDARD, removed))
    assert gone == {"impulses", "impulses.yes", "impulses.no", "impulses.no_answer"}


def test_a_state_names_its_source_when_it_is_written() -> None:
    states = {"a.b": {"ar": WordingState(WordingStep.REVIEWED, fingerprint_text(" Hallo "))}}
    assert write_wording_states(states) == {"a.b": {"ar": {"state": "reviewed", "source": fingerprint_text("Hallo")}}}
