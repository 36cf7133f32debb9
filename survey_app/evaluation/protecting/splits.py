"""Several figures of one item: what each publishes, and which would tell too much beside the ones before.

A single split of the answers (so many affirm, so many do not) is what an indicator is for, and is shown from the
minimum base on. A second one over the same item may be subtracted from it: "fully" and "fully or mostly" together tell
how many said "mostly". So a figure is left out if it would fix a count of one or two that no single figure states.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import lcm

from survey_app.domain.tally import AnswerCounts, ItemTally, TallyType
from survey_app.evaluation.disclosure import SMALLEST_CELL
from survey_app.evaluation.goals.indicators import AnswerMean, AnswerShare, Pooling
from survey_app.evaluation.judging.assessment import Base
from survey_app.evaluation.protecting.constraints import Constraint, Span, System, equal

FEWEST_FOR_SPREAD = 20
"""From here on a mean has an interval, which tells how far the answers are spread."""


@dataclass(frozen=True, slots=True)
class Split:
    """A share of an item: which answers affirm, and which leave the base."""

    affirming: frozenset[str]
    not_applicable: frozenset[str]
    base: Base
    first_answers: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """A mean of an item: the value of each answer; others leave the base."""

    values: tuple[tuple[str, Fraction], ...]
    first_answers: bool = False


@dataclass(frozen=True, slots=True)
class Distribution:
    """The cells of a distribution, each with its options; `left`: options that leave the base."""

    cells: tuple[frozenset[str], ...]
    left: frozenset[str] = frozenset()


Figure = Split | Scale


def build_figure(measure: AnswerShare | AnswerMean, base: Base) -> Figure:
    """Return what a measure publishes of its item.

    Args:
        base: what a share is a share of, where the measure does not say it.
    """
    is_first = measure.pooling is Pooling.FIRST_ANSWERS
    if isinstance(measure, AnswerMean):
        return Scale(tuple(sorted(measure.values.items())), is_first)
    affirming, left = frozenset(measure.affirming), frozenset(measure.not_applicable)
    return Split(affirming, left, measure.base or base, is_first)


@dataclass(frozen=True, slots=True)
class FigureCounts:
    """What one survey gives a figure: its base, the valid answers in it, and those that affirm (None for a mean)."""

    base: int
    valid: int
    affirming: int | None


def count_figure(figure: Figure, item: ItemTally) -> FigureCounts:
    """Return the persons of one survey that a figure counts."""
    counts = item.first_answers if figure.first_answers else item.total
    if counts is None:
        return FigureCounts(0, 0, None)
    if isinstance(figure, Scale):
        coded = sum(counts.choices.get(code, 0) for code, _ in figure.values)
        return FigureCounts(coded, coded, None)
    substantive = sum(counts.choices.values()) if item.type is TallyType.ONE else counts.answered or 0
    valid = substantive - sum(counts.choices.get(code, 0) for code in figure.not_applicable)
    affirming = sum(counts.choices.get(code, 0) for code in figure.affirming)
    return FigureCounts(valid if figure.base is Base.VALID else valid + counts.no_answer, valid, affirming)


def find_conflicting(figures: Sequence[Figure], item: ItemTally, minimum: int) -> frozenset[Figure]:
    """Return the figures that may not be shown of the answers of one survey.

    Args:
        figures: everything the report publishes of the item, in its order; the earlier one wins.
        minimum: smallest group that the readers may see.
    """
    whole = tuple(dict.fromkeys(figure for figure in figures if not figure.first_answers))
    first = tuple(dict.fromkeys(figure for figure in figures if figure.first_answers))
    found: frozenset[Figure] = frozenset()
    if item.type is TallyType.ONE:  # options that may be ticked together have no sum: none follows from the others
        found |= _find_in_block(whole, item.total)
    if not first or item.first_answers is None:
        return found
    if item.type is TallyType.ONE:
        found |= _find_in_block(first, item.first_answers)
    rest = subtract_counts(item.total, item.first_answers)
    others = _count_answered(item.total) - _count_answered(item.first_answers)
    return found | {
        figure for figure in first if isinstance(figure, Scale) or _tells_rest(figure, rest, others, minimum)
    }


def _count_answered(counts: AnswerCounts) -> int:
    return sum(counts.choices.values()) if counts.answered is None else counts.answered


def subtract_counts(total: AnswerCounts, part: AnswerCounts) -> dict[str, int]:
    """Return the persons per option who are not in a part of the answers."""
    return {code: count - part.choices.get(code, 0) for code, count in total.choices.items()}


def _tells_rest(split: Split, rest: Mapping[str, int], persons: int, minimum: int) -> bool:
    """Tell whether too few would be left who answered more than once: their numbers follow from the total.

    Args:
        rest: of them, persons per option; `persons`: all who answered, whatever they said.
    """
    if not persons:
        return False
    affirming = sum(count for code, count in rest.items() if code in split.affirming)
    left = sum(count for code, count in rest.items() if code in split.not_applicable)
    negative = persons - affirming - left
    is_small = affirming + negative < minimum or min(affirming, negative) < SMALLEST_CELL
    return is_small or 0 < left < SMALLEST_CELL


def _find_in_block(figures: tuple[Figure, ...], counts: AnswerCounts) -> frozenset[Figure]:
    if len(figures) < 2 and not any(isinstance(figure, Scale) for figure in figures):
        return frozenset()
    return _find_once(figures, tuple(counts.choices.items()))


@lru_cache(maxsize=1024)
def _find_once(figures: tuple[Figure, ...], choices: tuple[tuple[str, int], ...]) -> frozenset[Figure]:
    accepted: list[Figure] = []
    for figure in figures:
        if is_safe_beside([*accepted, figure], dict(choices)):
            accepted.append(figure)
    return frozenset(figures) - frozenset(accepted)


def is_safe_beside(figures: Sequence[Figure | Distribution], choices: Mapping[str, int]) -> bool:
    """Tell whether no count of one or two follows from all figures together, unless one of them states it.

    Args:
        choices: persons per option of an item with one answer each.
    """
    atoms = _find_atoms(figures, choices)
    counts = [sum(choices[code] for code in atom) for atom in atoms]
    system = System(
        [Span(0, sum(counts))] * len(atoms),
        [constraint for figure in figures for constraint in _constrain(figure, atoms, counts)]
        + [equal(range(len(atoms)), sum(counts))],
    )
    stated = {side for figure in figures for side in _list_sides(figure, atoms, counts)}
    few = [index for index, count in enumerate(counts) if 0 < count < SMALLEST_CELL]
    unions = (union for size in (1, 2) for union in combinations(few, size))
    for union in (union for union in unions if sum(counts[index] for index in union) < SMALLEST_CELL):
        if frozenset(union) not in stated:
            span = system.find_open_span(union, known=counts)
            if span is None or span.width == 0:
                return False
    return True


def _find_atoms(figures: Sequence[Figure | Distribution], choices: Mapping[str, int]) -> list[tuple[str, ...]]:
    """Return the smallest sets of options that some figure keeps apart."""
    atoms: dict[tuple[object, ...], list[str]] = {}
    for code in choices:
        atoms.setdefault(tuple(_find_place(figure, code) for figure in figures), []).append(code)
    return [tuple(atom) for atom in atoms.values()]


def _find_place(figure: Figure | Distribution, code: str) -> object:
    if isinstance(figure, Scale):
        return dict(figure.values).get(code)
    if isinstance(figure, Distribution):
        return next((index for index, cell in enumerate(figure.cells) if code in cell), "left")
    return "in" if code in figure.affirming else "left" if code in figure.not_applicable else "out"


def _list_sides(
    figure: Figure | Distribution, atoms: Sequence[tuple[str, ...]], counts: Sequence[int]
) -> list[frozenset[int]]:
    """Return the parts a figure states, each as its atoms with anybody in them.

    A mean of two answers is a share. A distribution states only who left the base.
    """
    if isinstance(figure, Scale) and len(figure.values) > 2:
        return []
    sides: dict[object, set[int]] = {}
    for index, atom in enumerate(atoms):
        if counts[index]:
            sides.setdefault(_find_place(figure, atom[0]), set()).add(index)
    if isinstance(figure, Distribution):
        return [frozenset(sides.get("left", ()))]
    return [frozenset(side) for side in sides.values()]


def _constrain(
    figure: Figure | Distribution, atoms: Sequence[tuple[str, ...]], counts: Sequence[int]
) -> list[Constraint]:
    if isinstance(figure, Scale):
        return _constrain_mean(figure, atoms, counts)
    places = [_find_place(figure, atom[0]) for atom in atoms]
    sides = [[index for index, place in enumerate(places) if place == side] for side in dict.fromkeys(places)]
    return [equal(side, sum(counts[index] for index in side)) for side in sides]


def _constrain_mean(scale: Scale, atoms: Sequence[tuple[str, ...]], counts: Sequence[int]) -> list[Constraint]:
    """Return what a mean tells: persons, sum of their values, and by its interval the sum of the squares."""
    values = dict(scale.values)
    coded = [(index, values[atom[0]]) for index, atom in enumerate(atoms) if atom[0] in values]
    n = sum(counts[index] for index, _ in coded)
    unit = lcm(*(value.denominator for _, value in coded))
    terms = tuple((index, int(value * unit)) for index, value in coded if value)
    sums = [terms, *([tuple((index, factor * factor) for index, factor in terms)] if n >= FEWEST_FOR_SPREAD else [])]
    totals = [sum(counts[index] * factor for index, factor in each) for each in sums]
    told = [Constraint(each, total, total) for each, total in zip(sums, totals, strict=True)]
    return [equal([index for index, _ in coded], n), *told]
