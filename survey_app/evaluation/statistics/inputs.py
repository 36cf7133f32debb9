"""What the evaluation accepts as a number, and how it says no.

Counts are whole persons or records: a bool or a float in their place is a mistake of the caller, not a value to
be rounded, so it raises TypeError. Everything that is a number but impossible raises ValueError.
"""

from collections.abc import Iterable
from fractions import Fraction

Number = int | Fraction | float
Limit = Fraction | float


def ensure_count(value: object, name: str, *, minimum: int = 0) -> int:
    """Return `value` if it is a whole number of at least `minimum`.

    Raises:
        TypeError: for anything but an int, so also for a bool.
        ValueError: below the minimum.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} must be an int, not {type(value).__name__}")
    if value < minimum:
        raise ValueError(f"{name} must be at least {minimum}, not {value}")
    return value


def ensure_counts(values: Iterable[object], name: str) -> tuple[int, ...]:
    """Return the values as a tuple of counts; the errors are those of `ensure_count`."""
    return tuple(ensure_count(value, f"{name}[{index}]") for index, value in enumerate(values))


def ensure_sample(successes: object, n: object) -> tuple[int, int]:
    """Return `successes` and `n` if they make a share.

    Raises:
        TypeError: if one of them is no int.
        ValueError: if n is 0, or successes are negative or more than n.
    """
    size = ensure_count(n, "n", minimum=1)
    count = ensure_count(successes, "successes")
    if count > size:
        raise ValueError(f"successes ({count}) must not exceed n ({size})")
    return count, size


def ensure_number(value: Number, name: str) -> Number:
    """Return the number as it is, floats unchanged.

    Raises:
        TypeError: for anything but int, Fraction or float.
        ValueError: for a float that is not a number.
    """
    if isinstance(value, bool) or not isinstance(value, int | Fraction | float):
        raise TypeError(f"{name} must be int, Fraction or float, not {type(value).__name__}")
    if value != value:  # noqa: PLR0124 – only nan differs from itself
        raise ValueError(f"{name} must be a number, not nan")
    return value


def read_fraction(value: Number, name: str) -> Fraction:
    """Return a number as the fraction that people mean by it: the float 0.6 is 3/5.

    Raises:
        TypeError: for anything but int, Fraction or float.
        ValueError: if the float is infinite or not a number.
    """
    if type(value) is Fraction:
        return value
    try:
        return Fraction(str(ensure_number(value, name)))
    except ValueError:
        raise ValueError(f"{name} must be finite, not {value}") from None


def read_share(value: Number, name: str) -> Fraction:
    """Return a share in 0…1 as a fraction; the errors are those of `read_fraction`, ValueError outside 0…1."""
    share = read_fraction(value, name)
    if not 0 <= share <= 1:
        raise ValueError(f"{name} must lie in 0…1, not {value}")
    return share


def read_confidence(value: Number) -> Fraction:
    """Return the confidence as a fraction strictly between 0 and 1; ValueError otherwise."""
    confidence = read_fraction(value, "confidence")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {value}")
    return confidence


def read_population(value: object, n: int) -> Fraction:
    """Return the size of the population as a fraction.

    Not always whole: if an item does not apply to some, only a part of those present counts.

    Raises:
        TypeError: for anything but int or Fraction.
        ValueError: if the population is smaller than the sample.
    """
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise TypeError(f"population must be int or Fraction, not {type(value).__name__}")
    if value < n:
        raise ValueError(f"population ({value}) must not be smaller than n ({n})")
    return Fraction(value)


def ensure_choice(value: str, name: str, choices: Iterable[str]) -> str:
    """Return `value` if it is one of the choices; ValueError otherwise."""
    allowed = tuple(choices)
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value
