"""What a published report is called and where it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ReleaseMark:
    """A release without its content.

    Attributes:
        number: counted in the network, from 1.
        tier: who reads it, "internal" or "public".
        released_by: mail address of the person.
        reason: why a release was corrected, or a note.
        replaces: number of the release that it corrects; `replaced_by`: of the one that corrects it.
    """

    number: int
    tier: str
    cut_off: date
    released_at: datetime
    released_by: str
    reason: str = ""
    replaces: int | None = None
    replaced_by: int | None = None


def find_current(marks: Iterable[ReleaseMark], tier: str) -> ReleaseMark | None:
    """Return the release that these readers have: of the latest day, in its last correction; None without any."""
    standing = [mark for mark in marks if mark.tier == tier and mark.replaced_by is None]
    return max(standing, key=lambda mark: (mark.cut_off, mark.number), default=None)
