"""Who is asked what, decided slowly and apart from the code under test."""

import operator
from datetime import date
from decimal import Decimal
from typing import Any

from survey_app.domain.questionnaire import NO_ANSWER, ItemType, Questionnaire

ORDERS = {"<=": operator.le, ">=": operator.ge}


def met_by_hand(kind: ItemType, answer: Any, sign: str, value: Any) -> bool:
    """Return whether an answer meets a condition, written apart from the code under test and by type of item."""
    ticks = [] if answer is None else [answer] if isinstance(answer, str) else list(answer)
    said = [tick for tick in ticks if tick != NO_ANSWER]
    if sign == "present":
        return value == (len(said) > 0)
    if not said:
        return False
    if kind in (ItemType.ONE, ItemType.MANY):
        wanted = set(value) if sign == "in" else {value}
        return (sign == "!=") != (not wanted.isdisjoint(said))
    read = date.fromisoformat if kind is ItemType.DATE else lambda text: Decimal(str(text))
    if sign in ORDERS:
        return bool(ORDERS[sign](read(said[0]), read(value)))
    wanted = {read(one) for one in (value if sign == "in" else (value,))}
    return (sign == "!=") != (read(said[0]) in wanted)


def shown_by_hand(questionnaire: Questionnaire, answers: dict[str, Any]) -> list[str]:
    """Return the codes of the items that are shown, each decided by itself from the beginning."""
    items = {item.code: item for item in questionnaire.items}

    def is_shown(code: str) -> bool:
        return all(
            met_by_hand(items[name].type, answers.get(name) if is_shown(name) else None, sign, value)
            for name, sign, value in items[code].show_if
        )

    return [code for code in items if is_shown(code)]
