"""What changed from one version of a goal system to another, goal by goal and indicator by indicator."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from survey_app.evaluation.goals.goals import GoalSystem
from survey_app.evaluation.goals.goals_writing import (
    Entries,
    list_goal,
    list_head,
    list_indicator,
    list_parameters,
    list_wording,
)


class Part(StrEnum):
    """What a goal system consists of."""

    HEAD = "head"
    PARAMETERS = "parameters"
    WORDING = "wording"
    GOAL = "goal"
    INDICATOR = "indicator"


class ChangeKind(StrEnum):
    """What happened to a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One key of a part, before and after; None is absent."""

    key: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class PartChange:
    """What happened to one part.

    Attributes:
        id: of the wording, goal or indicator; empty for head and parameters.
        keys: what differs; for something added or removed, everything it says.
    """

    part: Part
    kind: ChangeKind
    id: str
    keys: tuple[KeyChange, ...]


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Entry = TypeVar("Entry", bound=_Named)


def compare_goals(before: GoalSystem, after: GoalSystem) -> tuple[PartChange, ...]:
    """Return what changed, in the order of the document; equal systems differ in nothing."""
    return (
        *_compare_table(Part.HEAD, list_head(before), list_head(after)),
        *_compare_table(Part.PARAMETERS, list_parameters(before.parameters), list_parameters(after.parameters)),
        *_compare_entries(Part.WORDING, before.wordings, after.wordings, list_wording),
        *_compare_entries(Part.GOAL, before.goals, after.goals, list_goal),
        *_compare_entries(Part.INDICATOR, before.indicators, after.indicators, list_indicator),
    )


def compare_keys(before: Entries, after: Entries) -> tuple[KeyChange, ...]:
    """Return the keys in which two tables differ, in the order of the later one."""
    keys = dict.fromkeys((*after, *before))
    pairs = ((key, before.get(key), after.get(key)) for key in keys)
    return tuple(KeyChange(key, old, new) for key, old, new in pairs if old != new)


def _compare_table(part: Part, before: Entries, after: Entries) -> Iterator[PartChange]:
    keys = compare_keys(before, after)
    if keys:
        yield PartChange(part, ChangeKind.CHANGED, "", keys)


def _compare_entries(
    part: Part, before: Sequence[Entry], after: Sequence[Entry], list_keys: Callable[[Entry], Entries]
) -> Iterator[PartChange]:
    old = {entry.id: list_keys(entry) for entry in before}
    moved = _find_moved([entry.id for entry in before if entry.id in {one.id for one in after}], after)
    for entry in after:
        keys = compare_keys(old.get(entry.id, {}), list_keys(entry))
        if entry.id not in old:
            yield PartChange(part, ChangeKind.ADDED, entry.id, keys)
        elif keys:
            yield PartChange(part, ChangeKind.CHANGED, entry.id, keys)
        elif entry.id in moved:
            yield PartChange(part, ChangeKind.MOVED, entry.id, ())
    kept = {entry.id for entry in after}
    for entry_id, entries in old.items():
        if entry_id not in kept:
            yield PartChange(part, ChangeKind.REMOVED, entry_id, compare_keys(entries, _NOTHING))


_NOTHING: Mapping[str, object] = {}


def _find_moved(before: Sequence[str], after: Sequence[_Named]) -> frozenset[str]:
    """Return which of the kept ids stand elsewhere: as few as possible, the longest unmoved chain stays."""
    places = {entry_id: place for place, entry_id in enumerate(before)}
    kept = [entry.id for entry in after if entry.id in places]
    best: list[list[str]] = []
    for entry_id in kept:
        earlier = (chain for chain in best if places[chain[-1]] < places[entry_id])
        best.append([*max(earlier, key=len, default=[]), entry_id])
    unmoved = max(best, key=len, default=[])
    return frozenset(kept) - frozenset(unmoved)
