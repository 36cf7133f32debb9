"""The ceiling of a survey: so many responses that no meeting reaches it, and a flood of made-up ones does."""

FACTOR = 3
"""Times the persons expected; Source: R-21 of the promises."""

LEAST = 30
"""A meeting of which too few were expected is not shut out."""

STEP = 10
"""Ceilings are full tens: that one is reached then says no more than the counter does."""

MOST = 1_000_000

_CHECKS = 20
"""How often the responses are counted on the way to the ceiling, at least."""


def find_ceiling(*, chosen: int | None, expected: int | None, default: int) -> int:
    """Return how many responses a survey takes.

    Args:
        chosen: what a coordinator decided; it stands above the rest.
        expected: persons expected to answer; None if nobody knows.
        default: taken where nothing is known.
    """
    wanted = chosen
    if wanted is None:
        wanted = default if expected is None else max(LEAST, FACTOR * expected)
    return round_up(wanted)


def round_up(wanted: int) -> int:
    """Return the next full ten, within what is possible."""
    return min(max(LEAST, -(-wanted // STEP) * STEP), MOST)


def allowance(ceiling: int, count: int) -> int:
    """Return how many responses may be taken before they are counted again; 0 if the ceiling is reached.

    Far from it a twentieth of it, near it a quarter of what is left, at last every single one: so that a process
    alone never takes more than the ceiling, and several at once at most a twentieth of it more each.
    """
    left = ceiling - count
    if left <= 0:
        return 0
    return max(1, min(ceiling // _CHECKS, left // 4))
