"""A network and the settings its coordinators may change."""

from dataclasses import dataclass, field

from survey_app.domain.text import Text


@dataclass(frozen=True, slots=True)
class Minimums:
    """The smallest groups shown; a network may only be stricter than these."""

    internal: int = 5
    public: int = 10
    sensitive: int = 20


RETENTION_MONTHS = range(3, 37)
"""How long raw responses may be kept after a meeting; 12 months unless a network decides otherwise."""


@dataclass(frozen=True, slots=True)
class Network:
    """A municipal education network.

    Attributes:
        imprint: the provider identification by language; `privacy` the notice about personal data.
        minimums: smallest groups shown inside, to the public, and for sensitive questions.
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
    is_synthetic: bool = False
    revision: int = 1
