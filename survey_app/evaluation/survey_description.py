"""What may be told about every single item of a survey, beside the indicators."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from survey_app.domain.questionnaire import NO_ANSWER, Item, Questionnaire
from survey_app.domain.tally import ItemTally, Tally, TallyType
from survey_app.evaluation.disclosure import SMALLEST_CELL, Cell, merge_small_cells, suppress
from survey_app.evaluation.facts.evidence import COUNTED_STATES
from survey_app.evaluation.goals.goals import Parameters, Tier
from survey_app.evaluation.judging.verdict import Reason
from survey_app.evaluation.report_document import Document, write_date, write_float, write_fraction
from survey_app.evaluation.statistics.nonresponse import response_rates
from survey_app.evaluation.wording.display import describe_share


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One line of a distribution.

    Attributes:
        codes: options it stands for; several where small ones were merged.
        count: persons, None where there are too few to say how many.
        share: of the base; None where the count is.
    """

    codes: tuple[str, ...]
    count: int | None
    share: Fraction | None
    display: str


@dataclass(frozen=True, slots=True)
class ItemResult:
    """The answers to one item after disclosure control.

    Attributes:
        base: persons with a valid answer to whom the item applies; None if the item is withheld.
        missing: persons without one, by reason; None if the item is withheld.
        cells: the distribution; empty for texts and withheld items.
        several: whether a person may be in several cells, so that the shares add up to more than 1.
        reason: why nothing is shown.
    """

    code: str
    version: int
    type: TallyType
    sensitive: bool
    base: int | None = None
    missing: Mapping[str, int] | None = None
    cells: tuple[ShownCell, ...] = ()
    several: bool = False
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class SurveyDescription:
    """Every item of one sealed survey as it may be shown to a tier."""

    id: str
    date: date
    questionnaire: str | None
    version: int | None
    tier: Tier
    completed: int
    partial: int
    attended: int | None
    response_rate: Fraction | None
    items: tuple[ItemResult, ...]

    def to_dict(self) -> Document:
        """Return plain values, to be stored with a release."""
        return {
            "id": self.id,
            "date": write_date(self.date),
            "questionnaire": self.questionnaire,
            "version": self.version,
            "tier": str(self.tier),
            "completed": self.completed,
            "partial": self.partial,
            "attended": self.attended,
            "rr2": write_fraction(self.response_rate),
            "items": [_write_item(item) for item in self.items],
        }


def describe_survey(
    questionnaire: Questionnaire, tally: Tally, *, tier: str = "internal", parameters: Parameters | None = None
) -> SurveyDescription:
    """Return the results of every item that the questionnaire asks and the tally counted.

    Args:
        questionnaire: the version that was answered; its order is kept.
        tally: of a sealed survey.
        tier: "internal" or "public"; decides the smallest base shown.
        parameters: smallest groups, where the network is stricter than everybody has to be.

    Raises:
        ValueError: for an unknown tier, or a survey that is not sealed: before that there are no results.
    """
    if tally.state not in COUNTED_STATES:
        raise ValueError(f"survey {tally.id!r} is not sealed")
    reader, minima = Tier(tier), parameters or Parameters()
    results = []
    for item in questionnaire.questions:
        counted = tally.find_item(item.code)
        if counted is not None:
            sensitive = item.sensitive or counted.sensitive
            results.append(_describe_item(item, counted, minima.minimum(reader, sensitive=sensitive)))
    answered = tally.completed + tally.partial
    rate = None
    if tally.attended is not None and tally.attended >= answered:
        rate = response_rates(tally.completed, tally.partial, non_contact=tally.attended - answered).rr2
    return SurveyDescription(
        id=tally.id,
        date=tally.date,
        questionnaire=tally.questionnaire,
        version=tally.version,
        tier=reader,
        completed=tally.completed,
        partial=tally.partial,
        attended=tally.attended,
        response_rate=rate,
        items=tuple(results),
    )


def _describe_item(item: Item, counted: ItemTally, minimum: int) -> ItemResult:
    is_sensitive = item.sensitive or counted.sensitive
    is_multiple = counted.type is TallyType.MANY
    result = ItemResult(counted.code, counted.version, counted.type, is_sensitive, several=is_multiple)
    counts, base, missing = _count(item, counted)
    if base < minimum:
        return replace(result, reason=Reason.BELOW_DISCLOSURE_THRESHOLD if base else Reason.NO_ANSWERS)
    if is_multiple:
        smallest = minimum if item.key_variable else SMALLEST_CELL
        cells = tuple(_build_tick(code, count, base, smallest) for code, count in counts.items())
    elif item.key_variable:
        cells = tuple(_build_cell(cell, base) for cell in _pool_hidden(counts, minimum))
    else:
        merged = merge_small_cells(counts.items(), ordered=not item.shuffle, sensitive=is_sensitive)
        cells = tuple(_build_cell(cell, base) for cell in merged)
    return replace(result, base=base, missing=missing, cells=cells)


def _count(item: Item, counted: ItemTally) -> tuple[Mapping[str, int], int, Mapping[str, int]]:
    """Return persons per option, the base, and who is not in it.

    Who says that the question does not apply is not in the base. Of a key variable "no answer" is a group like any
    other: its size would tell that of another one.
    """
    total = counted.total
    leaving = {choice.code for choice in item.options if choice.leaves_base}
    counts = {code: count for code, count in total.choices.items() if code not in leaving}
    left = sum(count for code, count in total.choices.items() if code in leaving)
    missing = {
        NO_ANSWER: total.no_answer,
        "not_applicable": total.not_applicable + left,
        "not_shown": total.not_shown,
    }
    if total.answered is not None:
        return counts, total.answered - left, missing
    if item.key_variable:
        counts[NO_ANSWER] = missing.pop(NO_ANSWER)
    return counts, sum(counts.values()), missing


def _pool_hidden(counts: Mapping[str, int], minimum: int) -> tuple[Cell, ...]:
    """Return the groups of a key variable, those hidden in every breakdown gathered in one cell."""
    hidden = set(suppress(counts.items(), minimum).hidden)
    cells = [Cell((code,), count) for code, count in counts.items() if code not in hidden]
    if hidden:
        codes = tuple(code for code in counts if code in hidden)
        cells.append(Cell(codes, sum(counts[code] for code in codes)))
    return tuple(cells)


def _build_cell(cell: Cell, base: int) -> ShownCell:
    return ShownCell(cell.codes, cell.count, Fraction(cell.count, base), describe_share(cell.count, base))


def _build_tick(code: str, count: int, base: int, smallest: int) -> ShownCell:
    """Return one option of several answers; few ticks are "fewer than", for ticks have no total to hide in."""
    if count < smallest:
        return ShownCell((code,), None, None, f"unter {smallest}")
    return ShownCell((code,), count, Fraction(count, base), describe_share(count, base))


def _write_item(item: ItemResult) -> Document:
    cells = [
        {
            "codes": list(cell.codes),
            "count": cell.count,
            "share": write_fraction(cell.share),
            "share_decimal": write_float(cell.share),
            "display": cell.display,
        }
        for cell in item.cells
    ]
    return {
        "code": item.code,
        "version": item.version,
        "type": str(item.type),
        "sensitive": item.sensitive,
        "base": item.base,
        "missing": None if item.missing is None else dict(item.missing),
        "cells": cells,
        "several": item.several,
        "reason": None if item.reason is None else str(item.reason),
    }
