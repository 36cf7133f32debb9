"""Item tallies as plain documents: the item blocks of the facts format, and back."""

from collections.abc import Mapping
from typing import Any

from survey_app.domain.tally import AnswerCounts, ItemTally, TallyType


def write_item_tally(item: ItemTally) -> dict[str, Any]:
    """Return the item block of a tally; `read_item_tally` gives the same value back."""
    block: dict[str, Any] = {"code": item.code, "version": item.version, "type": str(item.type)}
    block |= _write_counts(item.total)
    if item.sensitive:
        block["sensitive"] = True
    if item.equivalent_to:
        block["equivalent_to"] = list(item.equivalent_to)
    if item.by:
        block["by"] = {
            key: {name: _write_counts(counts) for name, counts in classes.items()} for key, classes in item.by.items()
        }
    if item.first_answers is not None:
        block["first_answers"] = _write_counts(item.first_answers)
    return block


def _write_counts(counts: AnswerCounts) -> dict[str, Any]:
    block: dict[str, Any] = {
        "counts": dict(counts.choices),
        "no_answer": counts.no_answer,
        "not_applicable": counts.not_applicable,
        "not_shown": counts.not_shown,
    }
    return block if counts.answered is None else block | {"answered": counts.answered}


def read_item_tally(block: Mapping[str, Any]) -> ItemTally:
    """Return the tally of an item block that `write_item_tally` wrote; files of others are checked elsewhere."""
    first = block.get("first_answers")
    return ItemTally(
        code=block["code"],
        version=block["version"],
        type=TallyType(block["type"]),
        total=_read_counts(block),
        sensitive=block.get("sensitive", False),
        equivalent_to=tuple(block.get("equivalent_to", ())),
        by={
            key: {name: _read_counts(counts) for name, counts in classes.items()}
            for key, classes in block.get("by", {}).items()
        },
        first_answers=None if first is None else _read_counts(first),
    )


def _read_counts(block: Mapping[str, Any]) -> AnswerCounts:
    return AnswerCounts(
        choices=block["counts"],
        no_answer=block["no_answer"],
        not_applicable=block["not_applicable"],
        not_shown=block["not_shown"],
        answered=block.get("answered"),
    )
