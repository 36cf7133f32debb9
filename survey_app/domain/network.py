"""A network and the settings its coordinators may change."""

import re
from dataclasses import dataclass, field

from survey_app.domain.colour import LEAST_CONTRAST, contrast_with_white, read_colour
from survey_app.domain.errors import Problem
from survey_app.domain.text import Text


@dataclass(frozen=True, slots=True)
class Minimums:
    """The smallest groups shown; a network may only be stricter than these."""

    internal: int = 5
    public: int = 10
    sensitive: int = 20


_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


def is_slug(text: str) -> bool:
    """Tell whether the text can be the short name of a network in addresses: lower case, digits, hyphens."""
    return _SLUG.fullmatch(text) is not None


RETENTION_MONTHS = range(3, 37)
"""How long raw responses may be kept after a meeting; 12 months unless a network decides otherwise."""

LARGEST_MINIMUM = 1_000
"""Beyond it nothing would ever be shown: a typing error."""

NETWORK_LENGTHS = {"name": 200, "contact_email": 254}
_SLUG = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Network:
    """A municipal education network.

    Attributes:
        imprint: the provider identification by language; `privacy` the notice about personal data.
        minimums: smallest groups shown inside, to the public, and for sensitive questions.
        colour: ``#rrggbb`` for what is printed; "" for the usual one.
        is_synthetic: everything in it is made up for demonstration.
    """

    id: int
    slug: str
    name: str
    default_language: str = "de"
    imprint: Text = field(default_factory=dict)
    privacy: Text = field(default_factory=dict)
    contact_email: str = ""
    minimums: Minimums = field(default_factory=Minimums)
    retention_months: int = 12
    colour: str = ""
    is_synthetic: bool = False
    revision: int = 1


def check_slug(slug: str) -> list[Problem]:
    """Return what keeps a slug from being part of an address: lower case letters, digits and inner hyphens only."""
    return [] if _SLUG.fullmatch(slug) else [Problem("malformed_code", "slug", {"value": slug})]


def check_network(network: Network) -> list[Problem]:
    """Return what is wrong with the settings of a network; `place` of each problem is the field's name."""
    problems = []
    least = Minimums()
    for tier in ("internal", "public", "sensitive"):
        chosen, limit = getattr(network.minimums, tier), getattr(least, tier)
        if chosen < limit:
            problems.append(Problem("minimum_too_small", f"minimum_{tier}", {"limit": limit}))
        if chosen > LARGEST_MINIMUM:
            problems.append(Problem("number_too_large", f"minimum_{tier}", {"limit": LARGEST_MINIMUM}))
    if network.retention_months not in RETENTION_MONTHS:
        limits = {"low": RETENTION_MONTHS[0], "high": RETENTION_MONTHS[-1]}
        problems.append(Problem("retention_out_of_range", "retention_months", limits))
    if network.colour:
        problems += _check_colour(network.colour)
    if not network.name.strip():
        problems.append(Problem("required", "name"))
    for name, limit in NETWORK_LENGTHS.items():
        length = len(getattr(network, name))
        if length > limit:
            problems.append(Problem("text_too_long", name, {"limit": limit, "length": length}))
    return problems


def _check_colour(colour: str) -> list[Problem]:
    if read_colour(colour) != colour:
        return [Problem("malformed_colour", "colour")]
    ratio = contrast_with_white(colour)
    if ratio >= LEAST_CONTRAST:
        return []
    return [Problem("colour_too_light", "colour", {"ratio": ratio, "limit": LEAST_CONTRAST})]
