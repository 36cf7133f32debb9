"""What the templates of figures call: those of a report, and those of a goal system that is being tried out."""

from typing import Any

from flask_babel import gettext

from survey_app.evaluation.goals.indicators import Indicator
from survey_app.evaluation.measures.rows import Row
from survey_app.evaluation.wording.bars import Bar, build_bar
from survey_app.web import figures, goal_words
from survey_app.web.locale import current_language


def list_figure_helpers() -> dict[str, Any]:
    """Return the functions and tables that ``web/figures.html`` uses."""
    return {
        "bar_of": bar_of,
        "bar_words": bar_words,
        "figures": figures,
        "named_records": named_records,
        "goal_words": goal_words,
    }


def bar_of(row: Row, indicator: Indicator) -> Bar | None:
    """Return the picture of a row, drawn in the direction of the page."""
    return build_bar(row, indicator.kind, direction=current_language().direction)


def bar_words(row: Row, indicator: Indicator) -> str:
    """Return what the picture of a row shows, for those who do not see it."""
    figure = figures.figure_of(row, indicator.kind)
    parts = [gettext("Value: %(value)s", value=figure.main if figure else "–")]
    interval = figures.range_text(row.low, row.high, row, indicator.kind)
    if interval:
        parts.append(gettext("Uncertainty: %(range)s", range=interval))
    target = figures.target_text(row, indicator.kind)
    if target:
        parts.append(gettext("Target: %(target)s", target=target))
    return " · ".join(parts)


def named_records(row: Row) -> list[tuple[str, tuple[str, ...]]]:
    """Return the records that explain a figure, under what is wrong with them."""
    titles = {"failed": gettext("Not fulfilled"), "unknown": gettext("Not documented")}
    return [(titles[what], names) for what, names in row.named.items() if names]
