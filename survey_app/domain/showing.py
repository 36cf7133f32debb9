"""Which items somebody is asked, given what the same person answered before: the `show_if` of a questionnaire.

All conditions of an item must be known to hold. What was not asked, left open or answered by "keine Angabe" is
unknown, so that an item which hangs on it is not asked either, and neither is what hangs on that one.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from survey_app.domain.conditions import Condition, Operator, holds
from survey_app.domain.questionnaire import NO_ANSWER, Item, Questionnaire

Given = str | Sequence[str]
"""A stored answer: a choice code, several, or the text of a number or date."""


def is_asked(item: Item, answers: Mapping[str, Given]) -> bool:
    """Tell whether an item is shown to somebody.

    Args:
        answers: the person's closed answers by item code, without those to items that were not asked.
    """
    return all(is_met(condition, answers.get(condition.field)) for condition in item.show_if)


def is_met(condition: Condition, answer: Given | None) -> bool:
    """Tell whether the answer to an earlier item is known to fulfil a condition.

    Of several ticks one is enough for `=` and `in`; `!=` wants that none of them is the value.
    """
    ticks: Sequence[str] = (answer,) if isinstance(answer, str) else answer or ()
    ticks = [tick for tick in ticks if tick not in ("", NO_ANSWER)]
    if condition.operator is Operator.PRESENT:
        return bool(ticks) is condition.value
    if len(ticks) == 1:  # the usual case, and the fastest way
        return holds(condition, _comparable(ticks[0], condition.value)) is True
    met = (holds(condition, _comparable(tick, condition.value)) is True for tick in ticks)
    return bool(ticks) and (all(met) if condition.operator is Operator.NOT_EQUAL else any(met))


def _comparable(tick: str, wanted: object) -> str | Decimal:
    """Return an answer as the condition's value can be compared with: numbers are stored as text."""
    sample = wanted[0] if isinstance(wanted, tuple) and wanted else wanted
    return Decimal(tick) if isinstance(sample, int | float) else tick


def list_asked(questionnaire: Questionnaire, answers: Mapping[str, Given]) -> tuple[Item, ...]:
    """Return the items, text blocks among them, that are shown to somebody.

    Args:
        answers: closed answers by item code; those to items that were not asked are left out of account.
    """
    shown: list[Item] = []
    known: dict[str, Given] = {}
    for item in questionnaire.items:
        if is_asked(item, known):
            shown.append(item)
            if item.code in answers:
                known[item.code] = answers[item.code]
    return tuple(shown)
