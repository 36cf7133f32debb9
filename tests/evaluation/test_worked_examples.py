"""Small tables that were worked out by hand: what is published of each is written beside it, and why."""

import json
from pathlib import Path
from typing import Any

import pytest
from evaluation_documents import facts, goals, indicator, item, report, survey

from survey_app.evaluation import Group, Row, merge_small_cells

GOLDEN = json.loads((Path(__file__).parents[1] / "data" / "worked-examples.json").read_text(encoding="utf-8"))


def examples(kind: str) -> Any:
    return pytest.mark.parametrize("example", [pytest.param(one, id=one["name"]) for one in GOLDEN[kind]])


def write(figure: Group | Row | None) -> str | None:
    """Return a figure as the examples write it: "k/n", words, or nothing."""
    if figure is None or figure.numerator is None:
        return None if figure is None else figure.display
    return f"{figure.numerator}/{figure.base}"


@examples("breakdowns")
def test_breakdown_tells_what_was_worked_out(example: dict[str, Any]) -> None:
    groups = {code: {"counts": {"yes": yes, "no": no}} for code, (yes, no) in example["groups"].items()}
    whole = item(*(sum(part[side] for part in example["groups"].values()) for side in (0, 1)), by={"group": groups})
    (table,) = report(goals(indicator()), facts(survey(whole))).indicators[0].headline_row.groups
    assert {group.code: write(group) for group in table.shown} == example["shown"]
    assert list(table.hidden) == example["hidden"]
    assert write(table.pooled) == example["pooled"]


@examples("distributions")
def test_distribution_tells_what_was_worked_out(example: dict[str, Any]) -> None:
    cells = merge_small_cells(example["counts"].items(), ordered=example["ordered"])
    assert {" ".join(cell.codes): cell.count for cell in cells} == example["cells"]


@examples("totals")
def test_total_tells_what_was_worked_out(example: dict[str, Any]) -> None:
    held = [survey(item(*counts), id_=day, date=day) for day, counts in example["surveys"].items()]
    figure = goals(indicator(period='"since_start"', pooling='"all"'))
    row = report(figure, facts(*held), tier=example["tier"]).indicators[0].headline_row
    assert (write(row), row.left_out) == (example["total"], example["left_out"])


@examples("linked")
def test_linked_figures_tell_what_was_worked_out(example: dict[str, Any]) -> None:
    figures = [
        indicator(id_=f"I{place}", affirming=json.dumps(codes.split())) for place, codes in enumerate(example["shown"])
    ]
    whole = item(0, 0) | {"counts": example["counts"]}
    found = report(goals(*figures), facts(survey(whole))).indicators
    shown = zip(example["shown"], found, strict=True)
    assert {codes: write(result.headline_row) for codes, result in shown} == example["shown"]
