"""The forms of the kinds that count answers: which question, which of its answers, whose surveys."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext
from wtforms import FormField
from wtforms.fields.choices import SelectChoice

from survey_app.coordinators.fields import CodeField, CodesField, RowList
from survey_app.coordinators.goals.conditions_field import ConditionsField
from survey_app.coordinators.goals.indicator_form import IndicatorForm, PercentTargetForm, offer_codes, plain_number
from survey_app.coordinators.goals.number_field import NumberField, percent_field
from survey_app.domain.errors import Problem
from survey_app.domain.text import Text, wording
from survey_app.evaluation.goals.indicators import HELD, AnswerMean, AnswerShare, Indicator, Kind, Pooling
from survey_app.evaluation.goals.sources import Source
from survey_app.services.question_catalogue import Question, list_answers
from survey_app.web import goal_words
from survey_app.web.format_messages import explain
from survey_app.web.locale import current_language
from survey_app.web.messages import message_of

Questions = Mapping[str, Question]
_AS_SYSTEM = lazy_gettext("as the goal system says")
_LONGEST_LABEL = 110


class AnswerForm(IndicatorForm):
    """What the kinds that count answers have in common.

    Attributes:
        question: the chosen one; None if no published questionnaire has it.
    """

    item = CodeField(lazy_gettext("Question"), words={}, empty=None)
    pooling = CodeField(lazy_gettext("Surveys"), words=goal_words.POOLINGS, empty=None)
    universe = ConditionsField(lazy_gettext("Surveys at which meetings"))
    question: Question | None = None

    def offer_questions(self, questions: Questions) -> None:
        """Fill the questions, and the answers of the chosen one."""
        choices = [SelectChoice(code, _name_question(question)) for code, question in questions.items()]
        stored = self.item.object_data
        if stored and stored not in questions:
            choices.append(SelectChoice(stored, stored))
        self.item.choices = choices
        self.question = questions.get(self.item.data or "")
        self.universe.prepare(Source.MEETINGS)
        self.offer_answers({} if self.question is None else self.question.answers)

    def offer_answers(self, answers: Mapping[str, Text]) -> None:
        """Fill the answers of the chosen question."""
        raise NotImplementedError

    def measure_table(self) -> Mapping[str, object]:
        """Return the keys that both kinds have, as a goal file has them."""
        universe = self.universe.read()
        return {
            "item": self.item.data,
            "pooling": self.pooling.data,
            "universe": None if universe == HELD else universe,
        }

    def _choices(self, answers: Mapping[str, Text]) -> list[SelectChoice]:
        language = current_language().tag
        source = "de" if self.question is None else self.question.source_language
        return [
            SelectChoice(code, wording(texts, language, source=source)[0] or code) for code, texts in answers.items()
        ]


class AnswerShareForm(AnswerForm):
    """The share of those asked who agree."""

    kind = Kind.ANSWER_SHARE
    mandatory = (*IndicatorForm.mandatory, "affirming")
    target = percent_field(lazy_gettext("Target in per cent"))
    targets = RowList(FormField(PercentTargetForm), label=lazy_gettext("Targets that change"), max_entries=20)
    affirming = CodesField(lazy_gettext("Counts as agreement"))
    not_applicable = CodesField(lazy_gettext("Leaves the base"))
    base = CodeField(lazy_gettext("Base"), words=goal_words.BASES, empty=_AS_SYSTEM)
    population = CodeField(lazy_gettext("Speaks of"), words=goal_words.POPULATIONS, empty=None)

    def offer_answers(self, answers: Mapping[str, Text]) -> None:
        """Fill the answers that can agree, and those that can leave the base."""
        for field in (self.affirming, self.not_applicable):
            _forget_others(field, answers)
            offer_codes(field, self._choices(answers))

    def measure_table(self) -> Mapping[str, object]:
        """Return the keys of this kind as a goal file has them."""
        before = self.original.measure if self.original else None
        known = before if isinstance(before, AnswerShare) else None
        return {
            **super().measure_table(),
            "affirming": _as_before(self.affirming.data, known.affirming if known else ()),
            "not_applicable": _as_before(self.not_applicable.data, known.not_applicable if known else ()),
            "base": self.base.data,
            "population": self.population.data,
        }


class AnswerMeanForm(AnswerForm):
    """The mean of answers that stand for numbers."""

    kind = Kind.ANSWER_MEAN

    def offer_answers(self, answers: Mapping[str, Text]) -> None:
        """Offer a number for each answer; they are fields made for the chosen question."""
        stored = self.original.measure.values if self.original and isinstance(self.original.measure, AnswerMean) else {}
        codes = [*answers, *(code for code in stored if code not in answers)]
        labels = {choice.value: choice.label for choice in self._choices(answers)}
        self.numbers = [_bind_number(self, code, labels.get(code, code), stored.get(code)) for code in codes]

    def measure_table(self) -> Mapping[str, object]:
        """Return the keys of this kind as a goal file has them."""
        numbers = {code: plain_number(field.number) for code, field in self.numbers if field.number is not None}
        return {**super().measure_table(), "values": numbers}

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether every field by itself can be read, the numbers of the answers too."""
        is_sound = super().validate(extra_validators)
        for _code, field in self.numbers:
            field.validate(self)
            if field.errors:
                self.add_message("item", f"{field.label.text}: {' '.join(field.errors)}")
        if not any(field.data for _code, field in self.numbers):
            self.add_message("item", explain("is missing") if not self.numbers else message_of(_NO_VALUE))
        return is_sound and not self.errors


_NO_VALUE = Problem("no_answer_has_value", "values")


def answer_values(indicator: Indicator) -> dict[str, Any]:
    """Return what the fields of the kinds in this module show for an indicator."""
    measure = indicator.measure
    if isinstance(measure, AnswerShare):
        names = ("item", "pooling", "universe", "base", "population")
        shown = {name: getattr(measure, name) for name in names}
        return shown | {"affirming": list(measure.affirming), "not_applicable": list(measure.not_applicable)}
    if isinstance(measure, AnswerMean):
        return {"item": measure.item, "pooling": measure.pooling, "universe": measure.universe}
    return {}


def new_answer_values(question: Question | None) -> dict[str, Any]:
    """Return what the form of a new indicator shows: who cannot say leaves the base, as the questionnaire means it."""
    answers = () if question is None else list_answers(question.item)
    return {
        "item": question.code if question else None,
        "pooling": Pooling.LATEST_SURVEY,
        "universe": HELD,
        "population": "attendees",
        "not_applicable": [answer.code for answer in answers if answer.leaves_base],
    }


def _forget_others(field: CodesField, answers: Mapping[str, Text]) -> None:
    """Drop what was ticked at another question, which was chosen before this one."""
    kept = {*answers, *(field.object_data or ())}
    field.data = [code for code in field.data or () if code in kept]


def _as_before(codes: Iterable[str] | None, before: tuple[str, ...]) -> list[str]:
    chosen = list(codes or ())
    return list(before) if set(chosen) == set(before) else chosen


def _name_question(question: Question) -> str:
    words, _language = wording(question.item.texts, current_language().tag, source=question.source_language)
    return words if len(words) <= _LONGEST_LABEL else f"{words[: _LONGEST_LABEL - 1]}…"


def _bind_number(form: AnswerForm, code: str, label: str, stored: Any) -> tuple[str, NumberField]:
    """Return a field for the number of an answer, read from the same form."""
    unbound = NumberField(label)  # type: ignore[arg-type]  # the label is wording of the questionnaire, not of ours
    field = form.meta.bind_field(form, unbound, {"name": f"value-{code}", "prefix": ""})
    field.process(form.posted, stored)
    return code, field
