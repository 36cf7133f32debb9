"""What brings a survey into a room: what is said on it, and on which sheets it can be printed."""

from dataclasses import dataclass, field
from enum import StrEnum

from survey_app.domain.text import Phrase

MOST_LANGUAGES = 6
"""Invitations that a sheet has room for at a size that can be read."""


class Kind(StrEnum):
    """For what it is printed."""

    POSTER = "poster"
    CARDS = "cards"
    HANDOUT = "handout"
    SLIDE = "slide"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind on a sheet of a size: "a3", "a4" or "a6"; the slide has that of a screen, "16-9"."""

    kind: Kind
    size: str

    @property
    def code(self) -> str:
        """Return the name of the format in addresses and files."""
        return f"{self.kind}-{self.size}"


FORMATS = (
    Format(Kind.POSTER, "a4"),
    Format(Kind.POSTER, "a3"),
    Format(Kind.CARDS, "a4"),
    Format(Kind.HANDOUT, "a6"),
    Format(Kind.HANDOUT, "a4"),
    Format(Kind.SLIDE, "16-9"),
)
"""Everything that can be printed; of each kind the usual size first. Four handouts fill one A4."""


def find_format(code: str) -> Format | None:
    """Return the format with this code or, for a kind alone, its usual one; None if there is none."""
    return next((one for one in FORMATS if code in (one.code, one.kind)), None)


@dataclass(frozen=True, slots=True)
class Invitation:
    """What is said in one language."""

    invitation: Phrase
    promise: Phrase


@dataclass(frozen=True, slots=True)
class Logo:
    """A network's sign: a PNG, its width and height in pixels, and what is read to those who cannot see it.

    Attributes:
        revision: counts saves; 0 while nothing is stored.
    """

    content: bytes
    width: int
    height: int
    alternative: str
    revision: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Announcement:
    """Everything that is said about a survey in a room; equal ones are equal keys and give equal bytes.

    Attributes:
        language, direction: of the words around names and invitations.
        title, motto, topics: of the meeting, as people gave them; empty without one.
        address: where the code leads; `privacy_address` where the notice about personal data stands.
        picture_words: text alternative of the QR code.
        stamp: that everything is made up, or None.
        colour: ``#rrggbb``, on which white can be read.
    """

    language: str
    direction: str
    network: str
    title: str
    motto: str
    topics: tuple[str, ...]
    address: str
    code: str
    code_word: Phrase
    picture_words: str
    invitations: tuple[Invitation, ...]
    protection: Phrase
    privacy_address: str
    colour: str
    stamp: Phrase | None = None
    logo: Logo | None = None
