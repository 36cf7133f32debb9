"""What a sheet of paper says beside the questionnaire, in the language of the sheet."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask_babel import format_date, gettext

from survey_app.domain.book import Meeting
from survey_app.domain.collector import Collector
from survey_app.domain.network import Network
from survey_app.domain.questionnaire import Item, Questionnaire
from survey_app.domain.text import Phrase, wording
from survey_app.files.paper_form import Occasion, PaperForm, Sheet, SheetWords, build_paper_form
from survey_app.web.locale import Language, current_language, find_language, use_language
from survey_app.web.question_notes import describe_conditions


def word_sheet(
    survey: Collector, questionnaire: Questionnaire, language: str, *, network: Network, meeting: Meeting | None
) -> PaperForm:
    """Return the sheet of a survey in one of its languages."""
    directions = {tag: find_language(tag).direction for tag in (*questionnaire.languages, language)}
    with _speaking(language) as spoken:
        sheet = Sheet(
            questionnaire,
            language,
            directions,
            words=_word_frame(survey, questionnaire, spoken, is_made_up=survey.is_synthetic or network.is_synthetic),
            occasion=_describe_occasion(network, meeting),
            notes={
                item.code: _say(note_condition(item, questionnaire, language), spoken)
                for item in questionnaire.items
                if item.show_if
            },
        )
    return build_paper_form(sheet)


@contextmanager
def _speaking(tag: str) -> Iterator[Language]:
    """Let messages and dates speak a language; yield the one that they really have."""
    before = current_language()
    try:
        yield use_language(tag).spoken
    finally:
        use_language(before.tag)


def _word_frame(survey: Collector, questionnaire: Questionnaire, spoken: Language, *, is_made_up: bool) -> SheetWords:
    def say(words: str) -> Phrase:
        return _say(words, spoken)

    limits = sorted({item.max_choices for item in questionnaire.items if item.max_choices is not None})
    return SheetWords(
        instruction=say(gettext("Please tick one answer to each question, unless it says otherwise.")),
        privacy=say(
            gettext(
                "Please write no names on this sheet. Your answers are entered into the survey without anything about "
                "you; afterwards nobody can tell which ones are yours."
            )
        ),
        returning=say(gettext("Thank you! Please put the sheet into the box or give it back to the organisers.")),
        several=say(gettext("You can tick several answers.")),
        at_most=tuple(
            (limit, say(gettext("Please choose at most %(limit)s answers.", limit=limit))) for limit in limits
        ),
        required=say(gettext("Please do not leave this question out.")),
        number=say(gettext("Please enter a number, for example 12.")),
        date=say(gettext("Please enter a date with day, month and year.")),
        page=say(gettext("Page %(page)s of %(total)s", page="{page}", total="{total}")),
        survey=say(gettext("Survey %(code)s", code=survey.code)),
        stamp=say(gettext("Demonstration")) if is_made_up else None,
    )


def note_condition(item: Item, questionnaire: Questionnaire, language: str) -> str:
    """Return to whom an item is put, in the language of the page with choices worded in that of the questionnaire."""
    source = questionnaire.source_language
    parts = describe_conditions(item, questionnaire)
    return "".join(part if isinstance(part, str) else wording(part.texts, language, source=source)[0] for part in parts)


def _say(words: str, spoken: Language) -> Phrase:
    return Phrase(words, spoken.tag.split("-", maxsplit=1)[0], spoken.direction)


def _describe_occasion(network: Network, meeting: Meeting | None) -> Occasion:
    if meeting is None:
        return Occasion(network.name)
    return Occasion(network.name, meeting.title or "", format_date(meeting.date, "long") if meeting.date else "")
