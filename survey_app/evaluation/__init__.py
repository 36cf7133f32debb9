"""Goals, indicators, statistics, verdicts: pure functions on exact numbers.

Everything that other rooms may use is importable from here.
"""

from .assessment import Base, ShareAssessment, assess_share
from .assessment_records import (
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
from .comparison import (
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
from .conditions import Condition, InvalidCondition, Operator, list_fields, matches, parse_conditions
from .disclosure import Cell, ShareMask, Suppression, mask_extreme_share, merge_small_cells, suppress
from .display import (
    FormattedShare,
    describe_share,
    format_number,
    format_percent,
    format_points,
    format_share,
    format_tipping_point,
)
from .facts_format import Facts, parse_facts
from .facts_writing import write_facts
from .format_errors import FormatError, FormatProblem
from .goals import Goal, GoalState, GoalSystem, Level, Parameters, Tier, Wording
from .goals_checking import check_goals
from .goals_format import parse_goals
from .goals_writing import write_goals
from .indicators import Indicator, Kind, PeriodKind
from .inputs import Limit, Number
from .intervals import (
    HypergeometricInterval,
    Interval,
    clopper_pearson_interval,
    effective_sample_size,
    hypergeometric_interval,
    jeffreys_interval,
    wilson_interval,
)
from .nonresponse import (
    ResponseRates,
    Robustness,
    manski_bounds,
    response_rates,
    robustness,
    tipping_point,
)
from .one_page import GoalSection, OnePage, build_one_page
from .periods import Period
from .report import Report, evaluate
from .rows import Breakdown, Group, IndicatorResult, Row, SurveyLine, TrendLine
from .scales import MeanInterval, ShareInterval, mean_interval, option_share, top_box_share
from .special import student_t_quantile
from .survey_description import ItemResult, ShownCell, SurveyDescription, describe_survey
from .targets import Comparison, is_reached
from .verdict import Flag, Reason, Verdict, decide

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
