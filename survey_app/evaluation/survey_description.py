"""What may be told about every single item of a survey, beside the indicators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from survey_app.domain.questionnaire import NO_ANSWER, Item, Questionnaire
from survey_app.domain.tally import ItemTally, Tally, TallyType
from survey_app.evaluation.disclosure import SMALLEST_CELL, Cell, mask_extreme_share, merge_small_cells
from survey_app.evaluation.facts.evidence import COUNTED_STATES
from survey_app.evaluation.goals.goals import Parameters, Tier
from survey_app.evaluation.judging.verdict import Reason
from survey_app.evaluation.protecting.groups import SMALLEST_OPEN_GROUP, are_offered, find_pooled
from survey_app.evaluation.protecting.routing import AnsweredSurvey, Routes
from survey_app.evaluation.protecting.splits import Distribution, Figure, Split, find_conflicting, is_safe_beside
from survey_app.evaluation.report import Report
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
    questionnaire: Questionnaire,
    tally: Tally,
    *,
    tier: str = "internal",
    parameters: Parameters | None = None,
    report: Report | None = None,
) -> SurveyDescription:
    """Return the results of every item that the questionnaire asks and the tally counted.

    Args:
        questionnaire: the version that was answered; its order is kept.
        tally: of a sealed survey.
        tier: "internal" or "public"; decides the smallest base shown.
        parameters: smallest groups, where the network is stricter than everybody has to be; those of the report if
            there is one.
        report: what the same readers may read beside it; the distributions then tell nothing by subtraction.

    Raises:
        ValueError: for an unknown tier, or a survey that is not sealed: before that there are no results.
    """
    if tally.state not in COUNTED_STATES:
        raise ValueError(f"survey {tally.id!r} is not sealed")
    reader = Tier(tier)
    minima = parameters or (Parameters() if report is None else report.goal_system.parameters)
    figures = {} if report is None else report.figures
    items = {item.code: item for item in tally.items}
    routes = AnsweredSurvey(questionnaire, items, figures, minima, reader).find_routes()
    results = []
    for item in questionnaire.questions:
        counted = items.get(item.code)
        if counted is not None:
            minimum = minima.minimum(reader, sensitive=item.sensitive or counted.sensitive)
            result = _describe_item(item, counted, minimum, figures.get(item.code, ()), routes)
            results.append(result)
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


def _describe_item(
    item: Item, counted: ItemTally, minimum: int, figures: Sequence[Figure], routes: Routes
) -> ItemResult:
    is_sensitive = item.sensitive or counted.sensitive
    is_multiple = counted.type is TallyType.MANY
    result = ItemResult(counted.code, counted.version, counted.type, is_sensitive, several=is_multiple)
    counts, base, missing = _count(item, counted)
    if base < minimum:
        return replace(result, reason=Reason.BELOW_DISCLOSURE_THRESHOLD if base else Reason.NO_ANSWERS)
    if item.code in routes.withheld:
        return replace(result, reason=Reason.BELOW_DISCLOSURE_THRESHOLD)
    cells: tuple[ShownCell, ...] | None
    if item.key_variable and (figures or not are_offered(len(item.key_variable), overlapping=is_multiple)):
        cells = None
    elif is_multiple:
        smallest = max(minimum, SMALLEST_OPEN_GROUP) if item.key_variable else SMALLEST_CELL
        cells = tuple(_build_tick(code, count, base, smallest) for code, count in counts.items())
    elif item.key_variable:
        cells = tuple(_build_cell(cell, base) for cell in _pool_hidden(item, counts, minimum))
    else:
        told = routes.told.get(item.code, ())
        cells = _build_cells(item, counted, counts, [*_list_shown(figures, counted, minimum), *told])
    if cells is None:
        return replace(result, reason=Reason.BELOW_DISCLOSURE_THRESHOLD)
    return replace(result, base=base, missing=missing, cells=cells)


def _list_shown(figures: Sequence[Figure], counted: ItemTally, minimum: int) -> list[Figure]:
    conflicting = find_conflicting(figures, counted, minimum)
    return [figure for figure in figures if not figure.first_answers and figure not in conflicting]


def _build_cells(
    item: Item, counted: ItemTally, counts: Mapping[str, int], beside: Sequence[Figure | Distribution]
) -> tuple[ShownCell, ...] | None:
    """Return the distribution of an item with one answer each, None if every one would tell too much.

    Args:
        beside: what is told of its answers elsewhere.
    """
    sensitive = item.sensitive or counted.sensitive
    choices = counted.total.choices
    left = frozenset(choices) - frozenset(counts)
    whole = (Cell(tuple(counts), sum(counts.values())),)
    for cells in (_merge_in_blocks(item, counts, beside, sensitive=sensitive), whole):
        told = Distribution(tuple(frozenset(cell.codes) for cell in cells), left)
        if is_safe_beside([*beside, told], choices):
            return tuple(_build_cell(cell, whole[0].count) for cell in cells)
    return None


def _merge_in_blocks(
    item: Item, counts: Mapping[str, int], beside: Sequence[Figure | Distribution], *, sensitive: bool
) -> tuple[Cell, ...]:
    """Return the cells, small ones merged only with such as nothing told elsewhere keeps apart from them.

    Of a sensitive item an indicator with (nearly) everybody on one side tells no number, so it keeps nothing apart.
    """
    sides = [
        one.affirming if isinstance(one, Split) else one.cells[0]
        for one in beside
        if isinstance(one, Distribution)
        or (isinstance(one, Split) and (not sensitive or _is_told_exactly(one, counts)))
    ]
    blocks: dict[tuple[bool, ...], list[tuple[str, int]]] = {}
    for code, count in counts.items():
        blocks.setdefault(tuple(code in side for side in sides), []).append((code, count))
    merged = (merge_small_cells(block, ordered=not item.shuffle, sensitive=sensitive) for block in blocks.values())
    return tuple(cell for block in merged for cell in block)


def _is_told_exactly(split: Split, counts: Mapping[str, int]) -> bool:
    affirming = sum(count for code, count in counts.items() if code in split.affirming)
    return mask_extreme_share(affirming, sum(counts.values())) is None


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
        # Files may count somebody among those who left and among those who ticked; such a person has answered.
        return counts, max(total.answered - left, *counts.values(), 0), missing
    if item.key_variable:
        counts[NO_ANSWER] = missing.pop(NO_ANSWER)
    return counts, sum(counts.values()), missing


def _pool_hidden(item: Item, counts: Mapping[str, int], minimum: int) -> tuple[Cell, ...]:
    """Return the classes of a key variable, those pooled in every breakdown gathered in one cell."""
    classes = [*(tuple(codes) for codes in item.key_variable.values())]
    classed = {code for codes in classes for code in codes}
    # Options of no class, and no answer, are the rest in a breakdown too.
    classes.append(tuple(code for code in counts if code not in classed))
    cells = [Cell(codes, sum(counts.get(code, 0) for code in codes)) for codes in classes if codes]
    pooled = find_pooled(((str(index), cell.count) for index, cell in enumerate(cells)), minimum)
    kept = [cell for index, cell in enumerate(cells) if str(index) not in pooled]
    rest = [cell for index, cell in enumerate(cells) if str(index) in pooled]
    if rest:
        kept.append(Cell(tuple(code for cell in rest for code in cell.codes), sum(cell.count for cell in rest)))
    return tuple(kept)


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
