"""Where the surveys of an indicator point over the years."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from survey_app.evaluation.measures.rows import Row, TrendLine
from survey_app.evaluation.statistics.comparison import Trend, cochran_armitage

_FEWEST_SURVEYS = 3
_PERCENT = 100
_DAYS_PER_YEAR = Fraction(1461, 4)
# Sealed counts never change, so neither does a trend until the next survey.
_test_once = lru_cache(maxsize=512)(cochran_armitage)


def build_trend(rows: Sequence[Row], min_base: int) -> TrendLine | None:
    """Return the trend over surveys of one wording, None for fewer than three that may be shown.

    Args:
        rows: one per survey, oldest first; withheld ones do not count.
        min_base: a survey with fewer answers allows no arrow.
    """
    samples = [
        (row.numerator, row.base, row.period.start)
        for row in rows
        if row.numerator is not None and row.base and row.period.start is not None
    ]
    if len(samples) < _FEWEST_SURVEYS:
        return None
    days = tuple((day - samples[0][2]).days for _, _, day in samples)
    test = _test_once(tuple(k for k, _, _ in samples), tuple(n for _, n, _ in samples), days)
    is_safe = all(n >= min_base for _, n, _ in samples)
    return TrendLine(
        scores_days=days,
        chi2=test.chi2,
        z=test.z,
        p_value=test.p_value,
        label=test.label if is_safe else Trend.NO_CLEAR_TREND,
        points_per_year=None if test.slope is None else test.slope * _PERCENT * _DAYS_PER_YEAR,
    )
