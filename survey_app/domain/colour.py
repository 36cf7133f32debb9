"""A network's colour: how it is written, and whether white can be read on it."""

import re
from decimal import ROUND_DOWN, Decimal

LEAST_CONTRAST = Decimal("4.5")
"""Of text to its ground, white on the colour as the colour on white; Source: WCAG 2.2, 1.4.3 (AA)."""

_WRITTEN = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)


def read_colour(text: str) -> str | None:
    """Return a colour as ``#rrggbb``, from six or three hexadecimal digits; None for anything else."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def contrast_with_white(colour: str) -> Decimal:
    """Return the contrast ratio of ``#rrggbb`` and white, 1 to 21, cut off after two decimals: never told too high.

    Source: WCAG 2.2, definitions of contrast ratio and relative luminance.
    """
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return Decimal(1.05 / (luminance + 0.05)).quantize(Decimal("0.01"), ROUND_DOWN)


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
