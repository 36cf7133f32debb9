"""How far published sums narrow a number: never wider than it is, and every limit is reached by a whole solution."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.evaluation.protecting.constraints import Constraint, Span, System, equal

TRUTHS = st.lists(st.integers(0, 4), min_size=2, max_size=4)


def list_solutions(system: System) -> list[tuple[int, ...]]:
    """Return every solution by trying all numbers."""
    candidates = product(*(range(span.low, span.high + 1) for span in system.spans))
    return [
        found
        for found in candidates
        if all(
            each.low <= sum(factor * found[index] for index, factor in each.terms) <= each.high
            for each in system.constraints
        )
    ]


@settings(max_examples=60)
@given(TRUTHS, st.data())
def test_limits_are_reached_when_they_are_given(truth: list[int], data: st.DataObject) -> None:
    indexes = range(len(truth))
    sums = data.draw(st.lists(st.sets(st.sampled_from(indexes), min_size=1).map(sorted), max_size=3))
    told = [equal(each, sum(truth[index] for index in each)) for each in sums]
    factors = data.draw(st.lists(st.sampled_from([-2, -1, 1, 3]), min_size=len(truth), max_size=len(truth)))
    total = sum(factor * count for factor, count in zip(factors, truth, strict=True))
    told.append(Constraint(tuple(enumerate(factors)), total - 1, total + 1))
    system = System([Span(0, 4)] * len(truth), told)
    solutions = list_solutions(system)
    for index in indexes:
        span = system.find_open_span([index], known=truth)
        assert span is not None
        values = {found[index] for found in solutions}
        assert {span.low, span.high} <= values
        # The systems are small enough for the search to find the limits themselves.
        assert (span.low, span.high) == (min(values), max(values))


def test_nothing_is_found_when_the_sums_contradict_each_other() -> None:
    system = System([Span(0, 9)] * 2, [equal([0, 1], 5), equal([0], 3), equal([1], 3)])
    assert system.find_solution() is None
    assert system.find_open_span([0]) is None


def test_a_number_is_fixed_when_two_sums_differ_by_it() -> None:
    system = System([Span(0, 50)] * 3, [equal([0, 1, 2], 40), equal([0, 1], 38)])
    assert system.find_open_span([2]) == Span(2, 2)
    assert system.find_open_span([0]) == Span(0, 38)
