"""Reading a report back from what was stored of it: the document report/1 and its annex."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from survey_app.evaluation.goals.goals import GoalSystem, Parameters, Tier
from survey_app.evaluation.judging.assessment import Base
from survey_app.evaluation.keeping.rows_reading import read_row
from survey_app.evaluation.measures.rows import IndicatorResult, SurveyLine, TrendLine
from survey_app.evaluation.report import Report
from survey_app.evaluation.statistics.comparison import Trend

Stored = Mapping[str, Any]


def read_report(document: Stored, annex: Stored, goal_system: GoalSystem) -> Report:
    """Return the report as it was when it was stored; nothing is computed, so nothing can differ.

    Args:
        document: as `Report.to_dict` gave it.
        annex: as `write_annex` gave it for the same report.
        goal_system: the version that the report speaks of; the parameters of the document win over its own.

    Raises:
        KeyError: if document and annex are not of one report, or the goal system is another one.
    """
    extras = {entry["id"]: entry for entry in annex["indicators"]}
    return Report(
        goal_system=replace(goal_system, parameters=_read_parameters(document["parameters"])),
        cut_off=date.fromisoformat(document["cut_off"]),
        starts_on=date.fromisoformat(document["starts_on"]),
        reporting_year=document["reporting_year"],
        tier=Tier(document["tier"]),
        indicators=tuple(_read_result(entry, extras[entry["id"]], goal_system) for entry in document["indicators"]),
        surveys=tuple(_read_survey(line) for line in document["surveys"]),
        not_yet_sealed=tuple(document["not_yet_sealed"]),
    )


def _read_parameters(entry: Stored) -> Parameters:
    allowance, base = Fraction(entry["nonresponse_allowance"]), Base(entry["base"])
    return Parameters(**{**entry, "nonresponse_allowance": allowance, "base": base})


def _read_result(entry: Stored, extra: Stored, goal_system: GoalSystem) -> IndicatorResult:
    indicator = goal_system.find_indicator(entry["id"])
    if indicator is None:
        raise KeyError(entry["id"])
    by_survey, overall = entry.get("by_survey"), entry.get("overall")
    return IndicatorResult(
        indicator,
        rows=tuple(map(read_row, entry["periods"], extra["periods"])),
        headline=entry["headline"],
        by_survey=None if by_survey is None else tuple(map(read_row, by_survey, extra["by_survey"])),
        overall=None if overall is None else read_row(overall, extra["overall"]),
        trend=_read_trend(entry.get("trend")),
        full_years=entry.get("full_years"),
        full_years_reached=entry.get("full_years_reached"),
    )


def _read_trend(entry: Stored | None) -> TrendLine | None:
    if entry is None:
        return None
    return TrendLine(**{**entry, "scores_days": tuple(entry["scores_days"]), "label": Trend(entry["label"])})


def _read_survey(line: Stored) -> SurveyLine:
    rate = line["rr2"]
    return SurveyLine(**{**line, "date": date.fromisoformat(line["date"]), "rr2": rate and Fraction(rate)})
