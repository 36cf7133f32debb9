"""The decision rule: one value, its intervals and a target make one of six verdicts."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from survey_app.evaluation.judging.targets import Comparison, ensure_comparison
from survey_app.evaluation.statistics.inputs import Number, ensure_number

RUNNING_LABEL = "offen – Zeitraum läuft noch"


class _Face(NamedTuple):
    label: str
    sign: str
    colour: str
    sentence: str


class Verdict(StrEnum):
    """What can be said about a goal; the value is the code, the properties are how it is shown."""

    REACHED_SECURE = "reached_secure"
    REACHED_POINT = "reached_point"
    OPEN = "open"
    MISSED = "missed"
    NOT_ASSESSABLE = "not_assessable"
    NO_TARGET = "no_target"

    @property
    def label(self) -> str:
        """German name."""
        return _FACES[self].label

    @property
    def sign(self) -> str:
        """Sign that stands beside the label, readable without colour."""
        return _FACES[self].sign

    @property
    def colour(self) -> str:
        """Colour as #rrggbb, at least 4.5:1 on white."""
        return _FACES[self].colour

    @property
    def sentence(self) -> str:
        """One German sentence that explains it."""
        return _FACES[self].sentence

    def label_when(self, *, running: bool) -> str:
        """Return the label; an open verdict in a running period says that the period is running."""
        return RUNNING_LABEL if running and self is Verdict.OPEN else self.label


_FACES = {
    Verdict.REACHED_SECURE: _Face(
        "Ziel erreicht – gesichert",
        "✔✔",
        "#0b6e4f",
        "Auch bei ungünstiger Annahme über die Nichtantwortenden erreicht.",
    ),
    Verdict.REACHED_POINT: _Face(
        "Ziel erreicht – nur im Messwert",
        "✔",
        "#1f5fa8",
        "Der gemessene Wert erreicht das Ziel; gesichert ist es nicht.",
    ),
    Verdict.OPEN: _Face(
        "offen – knapp unter dem Ziel",
        "○",
        "#7a5200",
        "Unter dem Ziel, der Abstand liegt aber im Bereich der Unsicherheit.",
    ),
    Verdict.MISSED: _Face("Ziel verfehlt", "✖", "#a3210f", "Deutlich unter dem Ziel."),
    Verdict.NOT_ASSESSABLE: _Face("zu wenig Daten", "–", "#4d5560", "Keine Bewertung möglich; Grund steht daneben."),
    Verdict.NO_TARGET: _Face("ohne Zielwert", "·", "#4d5560", "Nur Beobachtung."),
}


class Reason(StrEnum):
    """Why a verdict is what it is."""

    NO_ANSWERS = "no_answers"
    BELOW_DISCLOSURE_THRESHOLD = "below_disclosure_threshold"
    SMALL_BASE = "small_base"
    ATTENDANCE_UNKNOWN = "attendance_unknown"
    ATTENDANCE_IMPLAUSIBLE = "attendance_implausible"
    NOT_A_FULL_YEAR = "not_a_full_year"
    PERIOD_RUNNING = "period_running"
    INCOMPLETE = "incomplete"
    UNDOCUMENTED = "undocumented"
    MORE_ATTENDED_THAN_INVITED = "more_attended_than_invited"
    ONLY_TOTAL_RECORDED = "only_total_recorded"
    NO_USABLE_MEETINGS = "no_usable_meetings"


class Flag(StrEnum):
    """A warning beside a verdict that does not change it."""

    BASE_SENSITIVE = "base_sensitive"
    AVERAGING_SENSITIVE = "averaging_sensitive"
    POOLING_SENSITIVE = "pooling_sensitive"
    VERSION_CHANGED = "version_changed"


def sort_reasons(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return the reasons in alphabetical order of their codes."""
    return tuple(sorted(reasons))


def decide(
    value: Number | None,
    interval: Sequence[Number | None] | None,
    wide_interval: Sequence[Number | None] | None = None,
    target: Number | None = None,
    comparison: str = ">=",
    *,
    attendance_known: bool = True,
    running: bool = False,
) -> Verdict:
    """Return the verdict on a value.

    Everything is compared as it is given, fractions exactly: the float 0.6 lies below 3/5. Success needs more
    evidence than failure, so only `reached_secure` looks at the wide interval.

    Args:
        value: what was measured; None if there is nothing to judge.
        interval: low and high of the sampling interval; a limit of None is unbounded, None instead of both too.
        wide_interval: the same with allowance for those who did not answer; without it the interval.
        target: None if there is none.
        comparison: ">=" or "<=", for which everything is mirrored.
        attendance_known: whether those who did not answer could be counted at all.
        running: whether later data can still turn the result round.

    Raises:
        TypeError: for anything that is no number.
        ValueError: for nan, an unknown comparison, or limits that are not two in order.
    """
    direction = ensure_comparison(comparison)
    narrow = (None, None) if interval is None else _ensure_limits(interval)
    wide = narrow if wide_interval is None else _ensure_limits(wide_interval)
    if value is None:
        return Verdict.NOT_ASSESSABLE
    if target is None:
        return Verdict.NO_TARGET
    value, target = ensure_number(value, "value"), ensure_number(target, "target")
    if direction is Comparison.AT_MOST:
        value, target, narrow, wide = -value, -target, _mirror(narrow), _mirror(wide)
    return _decide_upwards(value, narrow[1], wide[0] if attendance_known else None, target, running=running)


def _decide_upwards(
    value: Number, high: Number | None, secure_low: Number | None, target: Number, *, running: bool
) -> Verdict:
    if secure_low is not None and secure_low >= target and not running:
        return Verdict.REACHED_SECURE
    if value >= target:
        return Verdict.REACHED_POINT
    if high is None or high >= target or running:
        return Verdict.OPEN
    return Verdict.MISSED


def _ensure_limits(limits: Sequence[Number | None]) -> tuple[Number | None, Number | None]:
    if len(limits) != 2:
        raise ValueError(f"an interval has two limits, not {len(limits)}")
    low, high = (None if limit is None else ensure_number(limit, "limit") for limit in limits)
    if low is not None and high is not None and low > high:
        raise ValueError(f"the lower limit ({low}) must not exceed the upper one ({high})")
    return low, high


def _mirror(limits: tuple[Number | None, Number | None]) -> tuple[Number | None, Number | None]:
    low, high = limits
    return (None if high is None else -high, None if low is None else -low)
