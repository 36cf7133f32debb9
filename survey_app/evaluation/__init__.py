"""Goals, indicators, statistics, verdicts: pure functions on exact numbers.

Everything that other rooms may use is importable from here.
"""

from survey_app.domain.conditions import (
    Condition,
    InvalidCondition,
    Operator,
    list_fields,
    matches,
    parse_conditions,
)
from survey_app.evaluation.disclosure import (
    Cell,
    ShareMask,
    Suppression,
    mask_extreme_share,
    merge_small_cells,
    suppress,
)
from survey_app.evaluation.facts.facts_format import Facts, parse_facts
from survey_app.evaluation.facts.facts_writing import write_facts
from survey_app.evaluation.formats.format_errors import FormatError, FormatProblem
from survey_app.evaluation.goals.goals import Goal, GoalState, GoalSystem, Level, Parameters, Tier, Wording
from survey_app.evaluation.goals.goals_checking import check_goals
from survey_app.evaluation.goals.goals_format import parse_goals
from survey_app.evaluation.goals.goals_writing import write_goals
from survey_app.evaluation.goals.indicators import Indicator, Kind, PeriodKind
from survey_app.evaluation.judging.assessment import Base, ShareAssessment, assess_share
from survey_app.evaluation.judging.assessment_records import (
    Averaging,
    CountState,
    RecordAssessment,
    YearCount,
    YearCounts,
    assess_count,
    assess_mean_ratio,
    assess_record_share,
    count_full_years,
)
from survey_app.evaluation.judging.targets import Comparison, is_reached
from survey_app.evaluation.judging.verdict import Flag, Reason, Verdict, decide
from survey_app.evaluation.measures.periods import Period
from survey_app.evaluation.measures.rows import Breakdown, Group, IndicatorResult, Row, SurveyLine, TrendLine
from survey_app.evaluation.one_page import GoalSection, OnePage, build_one_page
from survey_app.evaluation.report import Report, evaluate
from survey_app.evaluation.statistics.comparison import (
    Change,
    PooledShares,
    ShareDifference,
    Trend,
    TrendTest,
    cochran_armitage,
    holm_adjust,
    newcombe_difference,
    pooled_shares,
)
from survey_app.evaluation.statistics.inputs import Limit, Number
from survey_app.evaluation.statistics.intervals import (
    HypergeometricInterval,
    Interval,
    clopper_pearson_interval,
    effective_sample_size,
    hypergeometric_interval,
    jeffreys_interval,
    wilson_interval,
)
from survey_app.evaluation.statistics.nonresponse import (
    ResponseRates,
    Robustness,
    manski_bounds,
    response_rates,
    robustness,
    tipping_point,
)
from survey_app.evaluation.statistics.scales import (
    MeanInterval,
    ShareInterval,
    mean_interval,
    option_share,
    top_box_share,
)
from survey_app.evaluation.statistics.special import student_t_quantile
from survey_app.evaluation.survey_description import ItemResult, ShownCell, SurveyDescription, describe_survey
from survey_app.evaluation.wording.display import (
    FormattedShare,
    describe_share,
    format_number,
    format_percent,
    format_points,
    format_share,
    format_tipping_point,
)

__all__ = [
    "Averaging",
    "Base",
    "Breakdown",
    "Cell",
    "Change",
    "Comparison",
    "Condition",
    "CountState",
    "Facts",
    "Flag",
    "FormatError",
    "FormatProblem",
    "FormattedShare",
    "Goal",
    "GoalSection",
    "GoalState",
    "GoalSystem",
    "Group",
    "HypergeometricInterval",
    "Indicator",
    "IndicatorResult",
    "Interval",
    "InvalidCondition",
    "ItemResult",
    "Kind",
    "Level",
    "Limit",
    "MeanInterval",
    "Number",
    "OnePage",
    "Operator",
    "Parameters",
    "Period",
    "PeriodKind",
    "PooledShares",
    "Reason",
    "RecordAssessment",
    "Report",
    "ResponseRates",
    "Robustness",
    "Row",
    "ShareAssessment",
    "ShareDifference",
    "ShareInterval",
    "ShareMask",
    "ShownCell",
    "Suppression",
    "SurveyDescription",
    "SurveyLine",
    "Tier",
    "Trend",
    "TrendLine",
    "TrendTest",
    "Verdict",
    "Wording",
    "YearCount",
    "YearCounts",
    "assess_count",
    "assess_mean_ratio",
    "assess_record_share",
    "assess_share",
    "build_one_page",
    "check_goals",
    "clopper_pearson_interval",
    "cochran_armitage",
    "count_full_years",
    "decide",
    "describe_share",
    "describe_survey",
    "effective_sample_size",
    "evaluate",
    "format_number",
    "format_percent",
    "format_points",
    "format_share",
    "format_tipping_point",
    "holm_adjust",
    "hypergeometric_interval",
    "is_reached",
    "jeffreys_interval",
    "list_fields",
    "manski_bounds",
    "mask_extreme_share",
    "matches",
    "mean_interval",
    "merge_small_cells",
    "newcombe_difference",
    "option_share",
    "parse_conditions",
    "parse_facts",
    "parse_goals",
    "pooled_shares",
    "response_rates",
    "robustness",
    "student_t_quantile",
    "suppress",
    "tipping_point",
    "top_box_share",
    "wilson_interval",
    "write_facts",
    "write_goals",
]
