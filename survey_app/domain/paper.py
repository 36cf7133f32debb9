"""A questionnaire on paper: which sign stands at which choice, so that the sheet and its entry page agree."""

from dataclasses import dataclass

from survey_app.domain.questionnaire import Choice, Item

MARKS = "1234567890abcdefghjkmnpqrstuvwxyz"
"""Signs in the order of a keyboard's row of digits, then letters; without i, l and o, which look like digits."""


@dataclass(frozen=True, slots=True)
class MarkedChoice:
    """A choice with the sign that is printed in its box and pressed to tick it; "" beyond the last sign."""

    mark: str
    choice: Choice


def mark_choices(item: Item) -> tuple[MarkedChoice, ...]:
    """Return the choices in the order of the paper: never shuffled, last ones last, set off ones at the end."""
    ordered = sorted(item.options, key=lambda choice: (choice.set_off, choice.last))
    return tuple(
        MarkedChoice(MARKS[index] if index < len(MARKS) else "", choice) for index, choice in enumerate(ordered)
    )
