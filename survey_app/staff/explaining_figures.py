"""Explaining means of answers, changes of shares and figures from documents."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from flask_babel import format_date, gettext, ngettext

from survey_app.domain.questionnaire import Item
from survey_app.evaluation.goals.goals import Parameters
from survey_app.evaluation.goals.indicators import Indicator, Kind, ManualValue
from survey_app.evaluation.measures.rows import Row
from survey_app.staff.explaining_shares import list_sampling
from survey_app.staff.steps import MINUS, Step, Sum, Told, one_decimal
from survey_app.web.definition import choices_text
from survey_app.web.figures import number_text, share_text


def explain_figure(row: Row, indicator: Indicator, parameters: Parameters, question: Item | None) -> Told:
    """Return how the figure comes about and how sure it is."""
    if indicator.kind is Kind.ANSWER_MEAN:
        return Told(
            counting=tuple(_count_mean(row)),
            table=_list_values(row, question),
            certainty=tuple(_doubt_mean(row, parameters)),
        )
    if indicator.kind is Kind.SHARE_CHANGE:
        return Told(
            counting=tuple(_count_change(row)),
            table=_list_shares(row),
            certainty=tuple(_doubt_change(row, parameters)),
        )
    return Told(counting=tuple(_quote(row, indicator)), certainty=tuple(_doubt_quotation(row, indicator, parameters)))


def _count_mean(row: Row) -> Iterator[Step]:
    yield Step(ngettext("%(num)s answer has a value.", "%(num)s answers have a value.", row.base or 0))
    yield Step(gettext("The values are added up and divided by the number of answers."))
    if not row.terms:
        yield Step(gettext("How many gave each answer is not shown, because some answers are rare."))


def _list_values(row: Row, question: Item | None) -> Sum | None:
    if not row.terms:
        return None
    lines = tuple(
        (
            choices_text([term.name], question),
            number_text(term.first),
            number_text(term.second),
            number_text(term.first * term.second),
        )
        for term in row.terms
    )
    total = sum((term.first * term.second for term in row.terms), Fraction(0))
    persons = number_text(sum(term.second for term in row.terms))
    divided = f"{number_text(total)} ÷ {persons} = {number_text(row.value or 0)}"
    headers = (gettext("Answer"), gettext("Value"), gettext("Persons"), gettext("Product"))
    return Sum(gettext("The numbers behind it"), headers, lines, (gettext("Mean"), "", persons, divided))


def _doubt_mean(row: Row, parameters: Parameters) -> Iterator[Step]:
    if row.low is None or row.high is None or row.low == row.high:
        return
    yield Step(
        gettext(
            "Among all present the mean lies at %(low)s to %(high)s (%(confidence)s range).",
            low=one_decimal(row.low),
            high=one_decimal(row.high),
            confidence=share_text(Fraction(str(parameters.confidence))),
        )
    )
    if row.low_s is not None and row.high_s is not None and (row.low_s, row.high_s) != (row.low, row.high):
        yield Step(
            gettext(
                "If those without an answer think differently, it lies at %(low)s to %(high)s.",
                low=one_decimal(row.low_s),
                high=one_decimal(row.high_s),
            )
        )


def _count_change(row: Row) -> Iterator[Step]:
    now, before = row.terms
    first, second = (share_text(term.first / term.second, decimals=1) for term in (now, before))
    yield Step(
        gettext("The share now, less the share then, is the change in percentage points."),
        f"{first} {MINUS} {second} = {one_decimal((row.value or Fraction(0)) * 100)}",
    )


def _list_shares(row: Row) -> Sum | None:
    lines = tuple(
        (
            _name_period(term.name),
            number_text(term.first),
            number_text(term.second),
            share_text(term.first / term.second, decimals=1),
        )
        for term in reversed(row.terms)
    )
    headers = (gettext("Period"), gettext("Agreed"), gettext("Base"), gettext("Share"))
    change = one_decimal((row.value or Fraction(0)) * 100)
    return Sum(gettext("The numbers behind it"), headers, lines, (gettext("Change"), "", "", change))


def _name_period(name: str) -> str:
    try:
        return format_date(date.fromisoformat(name), "medium")
    except ValueError:
        return name


def _doubt_change(row: Row, parameters: Parameters) -> Iterator[Step]:
    if row.low is None or row.high is None:
        return
    low, high = (one_decimal(Fraction(limit) * 100) for limit in (row.low, row.high))
    confidence = share_text(Fraction(str(parameters.confidence)))
    yield Step(
        gettext(
            "The change lies at %(low)s to %(high)s percentage points (%(confidence)s range).",
            low=low,
            high=high,
            confidence=confidence,
        )
    )
    if row.low <= 0 <= row.high:
        yield Step(gettext("No change at all is possible too, so nothing is certain about its direction."))
    else:
        yield Step(gettext("No change at all is outside of this, so the direction is clear."))


def _quote(row: Row, indicator: Indicator) -> Iterator[Step]:
    measure = indicator.measure
    if isinstance(measure, ManualValue):
        source = row.source_text or measure.source_text
        day = format_date(row.period.end or measure.as_of, "long")
        yield Step(gettext("The figure was taken from a document: %(source)s (as of %(day)s).", source=source, day=day))
    yield Step(gettext("It was not counted from answers or records of this network."))


def _doubt_quotation(row: Row, indicator: Indicator, parameters: Parameters) -> Iterator[Step]:
    if row.base is not None:
        yield from list_sampling(row, indicator, parameters)
        yield Step(gettext("How many people stayed silent is not known, so nothing can be said about them."))
    elif row.low is None or row.high is None:
        yield Step(gettext("The document does not say how precise it is; so it is neither secure nor clearly missed."))
    elif row.low == row.high:
        yield Step(gettext("The document gives it as an exact figure."))
    else:
        yield Step(
            gettext(
                "The document allows for %(low)s to %(high)s.", low=number_text(row.low), high=number_text(row.high)
            )
        )
