"""The two directions of a target and the one comparison with it."""

from enum import StrEnum

from survey_app.evaluation.statistics.inputs import Number, ensure_choice


class Comparison(StrEnum):
    """On which side of the target the goal lies."""

    AT_LEAST = ">="
    AT_MOST = "<="


def ensure_comparison(comparison: str) -> Comparison:
    """Return the comparison as a `Comparison`; ValueError for an unknown one."""
    return Comparison(ensure_choice(comparison, "comparison", Comparison))


def is_reached(value: Number, target: Number, comparison: str = ">=") -> bool:
    """Return whether the value lies on the target or on its good side.

    Python compares fractions and floats exactly, so nothing is rounded here.

    Raises:
        ValueError: for an unknown comparison.
    """
    if ensure_comparison(comparison) is Comparison.AT_LEAST:
        return value >= target
    return value <= target
