"""The ceiling: three times the room, full tens, and never exceeded by a process that counts when it is told to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.domain.ceiling import FACTOR, LEAST, MOST, allowance, find_ceiling, round_up

counts = st.integers(0, 200_000)


@pytest.mark.parametrize(
    ("chosen", "expected", "ceiling"),
    [
        (None, 240, 720),
        (None, 41, 130),
        (None, 4, 30),
        (None, 0, 30),
        (None, None, 3_000),
        (900, 240, 900),
        (31, 9, 40),
    ],
)
def test_ceiling_follows_from_what_is_known(chosen: int | None, expected: int | None, ceiling: int) -> None:
    assert find_ceiling(chosen=chosen, expected=expected, default=3_000) == ceiling


@given(st.none() | counts, st.none() | counts, counts)
def test_ceiling_is_a_full_ten_within_bounds(chosen: int | None, expected: int | None, default: int) -> None:
    ceiling = find_ceiling(chosen=chosen, expected=expected, default=default)
    assert ceiling % 10 == 0
    assert LEAST <= ceiling <= MOST
    assert chosen is not None or expected is None or ceiling >= FACTOR * expected


@given(st.integers(-10, 2 * MOST))
def test_rounding_never_takes_away(wanted: int) -> None:
    assert min(wanted, MOST) <= round_up(wanted) == round_up(round_up(wanted))


@given(counts.map(round_up), counts)
def test_allowance_never_leads_over_the_ceiling(ceiling: int, count: int) -> None:
    taken = allowance(ceiling, count)
    assert (taken == 0) is (count >= ceiling)
    assert count >= ceiling or count + taken <= ceiling
    assert taken <= max(1, ceiling // 20)


@given(counts.map(round_up), st.integers(1, 8))
def test_several_processes_exceed_the_ceiling_by_a_twentieth_each_at_most(ceiling: int, processes: int) -> None:
    count, left = 0, [0] * processes
    open_ones = set(range(processes))
    while open_ones and count < 2 * ceiling:
        for one in list(open_ones):
            left[one] = left[one] or allowance(ceiling, count)
            if not left[one]:
                open_ones.discard(one)
                continue
        # The unluckiest order: everybody asks before anybody stores.
        for one in open_ones:
            count, left[one] = count + left[one], 0
    assert ceiling <= count <= ceiling + processes * max(1, ceiling // 20)


def test_counting_stays_rare_far_from_the_ceiling() -> None:
    count = asked = 0
    while taken := allowance(720, count):
        count, asked = count + taken, asked + 1
    assert count == 720
    assert asked <= 45
