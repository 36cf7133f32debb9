"""A collector: one opening of one questionnaire version for one meeting, and the steps of its life.

``draft → open → closed → sealed → erased``; ``closed → open`` until sealing. Whether an answer is accepted
follows from the opening times and the moment of the request; recorded states only follow the clock.
"""

import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from survey_app.domain.errors import CollectorClosed, CollectorNotOpen, CollectorSealed, TransitionNotAllowed

GRACE = timedelta(minutes=30)
"""How long pages that were open at closing may still be sent."""

ALPHABET = "bcdfghjkmnpqrstvwxz23456789"
"""Signs of every printed code: no vowels, so no words; no 0, 1 and l, so no misreading."""

_CODE_LENGTH = 8

SMALL_GROUP = 10
"""Where fewer are expected, those who know the group may guess who answered what: everybody reads it first."""


class CollectorState(StrEnum):
    """The recorded stages of a collector's life."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    SEALED = "sealed"
    ERASED = "erased"


class Device(StrEnum):
    """On what a survey is answered, and so what a device may keep for its owner."""

    OWN = "own"
    SHARED = "shared"
    KIOSK = "kiosk"


def new_access_code() -> str:
    """Return a code for a printed address.

    27⁸ codes are 2·10¹¹: with a million collectors a guess hits once in 280,000 tries.
    """
    return "".join(secrets.choice(ALPHABET) for _ in range(_CODE_LENGTH))


@dataclass(frozen=True, slots=True)
class Collector:
    """One opening of one questionnaire version; times are aware and in UTC.

    Attributes:
        languages: the languages offered, best first.
        closes_at: None while nobody has set an end.
        needs_ticket: whether only people with a one-time code may answer; never changes.
        is_synthetic: the responses are made up for demonstration; every page and file says so.
        device: whether answers may wait on the device for a connection, and whether its page returns to the start.
        revision: grows with every change of what is stored about the collector.
    """

    id: str
    code: str
    network_id: int
    meeting_id: str | None
    version_id: int
    state: CollectorState
    languages: tuple[str, ...]
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    expected_count: int | None = None
    is_synthetic: bool = False
    device: Device = Device.OWN
    needs_ticket: bool = False
    revision: int = field(default=1, compare=False)

    @property
    def is_small_group(self) -> bool:
        """Tell whether so few are expected that answers might be guessed; not if nobody knows how many."""
        return self.expected_count is not None and self.expected_count < SMALL_GROUP

    def ensure_readable(self, now: datetime) -> None:
        """Raise unless the form may be shown to somebody who arrives now.

        Raises:
            CollectorNotOpen: still a draft, or before its opening time.
            CollectorClosed: after its closing time.
            CollectorSealed: its responses are counted.
        """
        self._ensure_begun(now)
        if self.state is CollectorState.CLOSED or self._has_ended(now):
            raise CollectorClosed(self.code)

    def ensure_accepting(self, now: datetime, grace: timedelta = GRACE) -> None:
        """Raise unless a form sent now may be stored; pages opened in time have the grace period.

        Raises:
            CollectorNotOpen: still a draft, or before its opening time.
            CollectorClosed: after its closing time and the grace.
            CollectorSealed: its responses are counted.
        """
        self._ensure_begun(now)
        if self._has_ended(now - grace):
            raise CollectorClosed(self.code)

    def _ensure_begun(self, now: datetime) -> None:
        if self.state in (CollectorState.SEALED, CollectorState.ERASED):
            raise CollectorSealed(self.code)
        if self.state is CollectorState.DRAFT or (self.opens_at is not None and now < self.opens_at):
            raise CollectorNotOpen(self.code)

    def _has_ended(self, moment: datetime) -> bool:
        return self.closes_at is not None and moment >= self.closes_at

    def opened(self, now: datetime, closes_at: datetime | None) -> "Collector":
        """Return the collector open from now (or again) until `closes_at`."""
        self._ensure_state(CollectorState.DRAFT, CollectorState.CLOSED)
        return replace(self, state=CollectorState.OPEN, opens_at=self.opens_at or now, closes_at=closes_at)

    def closed(self, now: datetime) -> "Collector":
        """Return the collector closed by hand, or by the clock if its closing time has passed already."""
        self._ensure_state(CollectorState.OPEN)
        ended = self.closes_at if self._has_ended(now) else now
        return replace(self, state=CollectorState.CLOSED, closes_at=ended)

    def sealed(self, now: datetime, *, grace: timedelta = GRACE) -> "Collector":
        """Return the collector sealed, once it is closed and the grace for open pages is over."""
        self._ensure_state(CollectorState.CLOSED)
        if not self._has_ended(now - grace):
            raise TransitionNotAllowed(f"{self.code}: pages already open may still be sent")
        return replace(self, state=CollectorState.SEALED)

    def erased(self) -> "Collector":
        """Return the collector without raw responses; tally and releases stay."""
        self._ensure_state(CollectorState.SEALED)
        return replace(self, state=CollectorState.ERASED)

    def _ensure_state(self, *allowed: CollectorState) -> None:
        if self.state not in allowed:
            raise TransitionNotAllowed(f"{self.code}: not possible from {self.state}")
