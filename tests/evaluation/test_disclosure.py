"""Hiding small groups."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.evaluation import ShareMask, mask_extreme_share, merge_small_cells, suppress

GROUPS = st.lists(st.integers(0, 40), max_size=8).map(
    lambda counts: [(f"g{place}", count) for place, count in enumerate(counts)]
)


@given(groups=GROUPS, minimum=st.integers(1, 20))
def test_every_group_is_shown_hidden_or_empty(groups, minimum):
    found = suppress(groups, minimum)
    assert not set(found.shown) & set(found.hidden)
    assert {*found.shown, *found.hidden} == {name for name, count in groups if count}
    order = [name for name, _ in groups]
    assert list(found.shown) == [name for name in order if name in found.shown]
    assert list(found.hidden) == [name for name in order if name in found.hidden]


@given(groups=GROUPS, minimum=st.integers(1, 20))
def test_subtraction_from_the_total_reveals_no_small_group(groups, minimum):
    found, counts = suppress(groups, minimum), dict(groups)
    assert all(counts[name] >= minimum for name in found.shown)
    if found.hidden and found.shown:
        assert len(found.hidden) >= 2
        assert sum(counts[name] for name in found.hidden) >= minimum


@given(groups=GROUPS, minimum=st.integers(1, 20))
def test_nothing_is_hidden_when_every_group_is_large_enough(groups, minimum):
    found = suppress(groups, minimum)
    if all(count == 0 or count >= minimum for _, count in groups):
        assert found.hidden == ()
    else:
        assert found.hidden


@given(groups=GROUPS, minimum=st.integers(1, 20), stricter=st.integers(0, 20))
def test_stricter_minimum_never_shows_more(groups, minimum, stricter):
    assert set(suppress(groups, minimum + stricter).shown) <= set(suppress(groups, minimum).shown)


@given(groups=GROUPS, minimum=st.integers(1, 20))
def test_no_group_is_hidden_without_need(groups, minimum):
    """One group fewer hidden, the largest of them, would break the rule."""
    found, counts = suppress(groups, minimum), dict(groups)
    sacrificed = [name for name in found.hidden if counts[name] >= minimum]
    if sacrificed:
        largest = max(sacrificed, key=lambda name: counts[name])
        rest = [name for name in found.hidden if name != largest]
        assert len(rest) < 2 or sum(counts[name] for name in rest) < minimum


@pytest.mark.parametrize("groups", [[("a", -1)], [("a", 1), ("a", 2)]])
def test_suppression_refuses_when_groups_are_impossible(groups):
    with pytest.raises(ValueError, match="a"):
        suppress(groups)
    with pytest.raises(ValueError, match="a"):
        merge_small_cells(groups, ordered=True)


def test_suppression_refuses_when_numbers_are_no_counts():
    with pytest.raises(ValueError, match="minimum"):
        suppress([("a", 1)], 0)
    for count in (True, 2.0, None):
        with pytest.raises(TypeError, match="int"):
            suppress([("a", count)])


@given(groups=GROUPS, ordered=st.booleans(), minimum=st.integers(1, 6), sensitive=st.booleans())
def test_merging_loses_nobody_and_leaves_no_small_cell(groups, ordered, minimum, sensitive):
    cells = merge_small_cells(groups, ordered=ordered, minimum=minimum, sensitive=sensitive)
    assert sum(cell.count for cell in cells) == sum(count for _, count in groups)
    assert sorted(code for cell in cells for code in cell.codes) == sorted(name for name, _ in groups)
    counts = dict(groups)
    assert all(cell.count == sum(counts[code] for code in cell.codes) for cell in cells)
    if len([cell for cell in cells if cell.count]) > 1:
        assert all(cell.count >= minimum or (cell.count == 0 and not sensitive) for cell in cells)


@given(groups=GROUPS, minimum=st.integers(1, 6))
def test_merging_keeps_the_order_when_options_are_a_scale(groups, minimum):
    cells = merge_small_cells(groups, ordered=True, minimum=minimum)
    assert [code for cell in cells for code in cell.codes] == [name for name, _ in groups]


@given(groups=GROUPS, minimum=st.integers(1, 6))
def test_at_most_one_cell_is_merged_when_options_have_no_order(groups, minimum):
    cells = merge_small_cells(groups, ordered=False, minimum=minimum)
    merged = [cell for cell in cells if len(cell.codes) > 1]
    assert len(merged) <= 1
    for cell in merged:
        assert cells[-1] is cell
        assert sum(dict(groups)[code] > 0 for code in cell.codes) >= 2 or len(cells) == 1 + sum(
            count == 0 for _, count in groups
        )


def test_next_smallest_is_taken_too_when_one_small_category_is_alone():
    cells = merge_small_cells([("a", 30), ("b", 2), ("c", 9), ("d", 0)], ordered=False)
    assert [(cell.codes, cell.count) for cell in cells] == [(("a",), 30), (("d",), 0), (("b", "c"), 11)]


def test_small_cell_joins_its_smaller_neighbour_when_options_are_a_scale():
    cells = merge_small_cells([("--", 2), ("-", 0), ("0", 9), ("+", 20), ("++", 1)], ordered=True)
    assert [(cell.codes, cell.count) for cell in cells] == [(("--", "-", "0"), 11), (("+", "++"), 21)]


def test_empty_cell_is_merged_only_when_the_item_is_sensitive():
    groups = [("a", 30), ("b", 0), ("c", 9)]
    assert len(merge_small_cells(groups, ordered=True)) == 3
    assert len(merge_small_cells(groups, ordered=True, sensitive=True)) == 2


@given(n=st.integers(1, 200), data=st.data())
def test_mask_is_needed_when_fewer_than_three_differ_and_never_says_what_is_false(n, data):
    k = data.draw(st.integers(0, n))
    mask = mask_extreme_share(k, n)
    assert (mask is None) == (min(k, n - k) >= 3)
    if mask is ShareMask.OVER_90:
        assert all(Fraction(n - few, n) > Fraction(9, 10) for few in range(3))
    if mask is ShareMask.UNDER_10:
        assert all(Fraction(few, n) < Fraction(1, 10) for few in range(3))


@pytest.mark.parametrize(
    ("sample", "text"),
    [
        ((21, 21), "über 90\u00a0%"), ((28, 30), "über 90\u00a0%"),
        ((2, 21), "unter 10\u00a0%"), ((0, 60), "unter 10\u00a0%"),
        ((20, 20), None), ((0, 5), None), ((3, 5), None),
    ],
)  # fmt: skip
def test_mask_has_words_where_they_are_true_of_every_number_they_stand_for(sample, text):
    assert mask_extreme_share(*sample).text == text
