"""One figure of a report with everything that belongs to it, and the figures of one indicator together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import overload

from survey_app.evaluation.disclosure import ShareMask
from survey_app.evaluation.goals.indicators import Indicator
from survey_app.evaluation.judging.targets import Comparison
from survey_app.evaluation.judging.verdict import Flag, Reason, Verdict
from survey_app.evaluation.measures.periods import Period
from survey_app.evaluation.statistics.comparison import PooledShares, Trend
from survey_app.evaluation.statistics.inputs import Limit
from survey_app.evaluation.statistics.nonresponse import Robustness
from survey_app.evaluation.wording.display import describe_share


@dataclass(frozen=True, slots=True)
class OtherBase:
    """The same share on the other base: of valid answers, if the row counts everybody asked."""

    base: str
    n: int
    value: Fraction | None
    display: str | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Response:
    """How many of those present answered; the rate is None if that is unknown or implausible."""

    answered: int
    attended: int | None
    rate: Fraction | None


@dataclass(frozen=True, slots=True)
class Stage:
    """How many records fulfil one condition of a count by itself: a rung of the funnel."""

    condition: tuple[object, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Term:
    """Two numbers that a figure is made of, so that a reader can do the sum again.

    Attributes:
        name: of the record, the period ("2016", "2017-04-26") or the option they belong to.
        first: the part of a ratio, or the value of an option on its scale.
        second: the whole of a ratio, or how many persons chose the option.
    """

    name: str
    first: Fraction
    second: int


@dataclass(frozen=True, slots=True)
class Group:
    """A share within one group.

    Attributes:
        numerator: None where nearly all answer alike.
        mask: what is shown instead of the share then.
    """

    code: str
    numerator: int | None
    base: int
    mask: ShareMask | None = None

    @property
    def value(self) -> Fraction | None:
        """Return the share, None where nearly all answer alike."""
        return None if self.numerator is None else Fraction(self.numerator, self.base)

    @property
    def display(self) -> str | None:
        """Return the share as it is read; None where nothing true and coarse can be said."""
        if self.numerator is None:
            return None if self.mask is None else self.mask.text
        return describe_share(self.numerator, self.base)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The share by one criterion after suppression.

    Attributes:
        hidden: codes of the groups of which nothing is told.
        pooled: those groups together, where their number follows from the others anyway.
    """

    by: str
    shown: tuple[Group, ...]
    hidden: tuple[str, ...]
    pooled: Group | None = None


class Breakdowns(Sequence[Breakdown]):
    """The breakdowns of a row, worked out when somebody looks at them: most rows of a report are never opened.

    Args:
        build: returns them; a pure function, so that it does not matter when it is called.
    """

    __slots__ = ("_build", "_built")
    __hash__ = None  # type: ignore[assignment]  # rows are no keys either

    def __init__(self, build: Callable[[], tuple[Breakdown, ...]]) -> None:
        self._build = build
        self._built: tuple[Breakdown, ...] | None = None

    def _list(self) -> tuple[Breakdown, ...]:
        if self._built is None:
            self._built = self._build()
        return self._built

    @overload
    def __getitem__(self, index: int) -> Breakdown: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Breakdown]: ...
    def __getitem__(self, index: int | slice) -> Breakdown | Sequence[Breakdown]:
        """Return one of them, or some."""
        return self._list()[index]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._list())

    def __eq__(self, other: object) -> bool:
        """Tell whether another sequence holds the same breakdowns."""
        return isinstance(other, Sequence) and self._list() == tuple(other)

    def __repr__(self) -> str:
        """Return them as the tuple they stand for."""
        return repr(self._list())


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: value, uncertainty, verdict and what explains them.

    Attributes:
        target: valid on the first day of the period.
        value: exact; None if there is none or it is withheld, never 0.
        display: the value as it is read.
        base: persons or records the value is a share of.
        base_parts: how the base is made up, by name.
        low: lower limit of the sampling interval; `low_s`: with allowance for those who did not answer.
        missing: persons present whose answer is missing; None if attendance is unknown.
        named: records that explain the figure, by what is wrong with them ("failed", "unknown").
        pooled: three ways of pooling, for comparison.
        source_text: document that a typed-in value comes from.
        terms: what the value is made of, where two counts do not tell it: ratios of a mean, the two shares of a
            change, the options of a mean; empty where that would tell too much.
    """

    period: Period
    verdict: Verdict
    target: Fraction | None = None
    comparison: Comparison = Comparison.AT_LEAST
    value: Fraction | None = None
    display: str | None = None
    numerator: int | None = None
    base: int | None = None
    base_parts: Mapping[str, int | Fraction | None] | None = None
    low: Limit | None = None
    high: Limit | None = None
    low_s: Limit | None = None
    high_s: Limit | None = None
    manski_low: Limit | None = None
    manski_high: Limit | None = None
    tipping_point: Fraction | None = None
    reasons: tuple[Reason, ...] = ()
    flags: tuple[Flag, ...] = ()
    sentence_de: str = ""
    other_base: OtherBase | None = None
    response: Response | None = None
    robustness: Robustness | None = None
    stages: tuple[Stage, ...] | None = None
    groups: Sequence[Breakdown] = ()
    missing: int | None = None
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pooled: PooledShares | None = None
    left_out: int = 0
    source_text: str | None = None
    terms: tuple[Term, ...] = ()

    @property
    def label(self) -> str:
        """Return the German name of the verdict."""
        return self.verdict.label_when(running=self.period.running)


@dataclass(frozen=True, slots=True)
class TrendLine:
    """Where the surveys of an indicator point.

    Attributes:
        scores_days: days of each survey since the first one.
        points_per_year: slope in percentage points per year.
    """

    scores_days: tuple[int, ...]
    chi2: Limit | None
    z: float | None
    p_value: float | None
    label: Trend
    points_per_year: Limit | None


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """Everything a report says about one indicator.

    Attributes:
        rows: one per period, oldest first; at least one.
        headline: index of the row that speaks for the indicator.
        by_survey: the surveys behind pooled answers; None where nothing is pooled.
        overall: the mean ratio since the start.
        full_years: full years that have ended and were judged; None without years or target.
    """

    indicator: Indicator
    rows: tuple[Row, ...]
    headline: int
    by_survey: tuple[Row, ...] | None = None
    overall: Row | None = None
    trend: TrendLine | None = None
    full_years: int | None = None
    full_years_reached: int | None = None

    @property
    def headline_row(self) -> Row:
        """Return the row that speaks for the indicator."""
        return self.rows[self.headline]

    @property
    def verdict(self) -> Verdict:
        """Return the verdict of the headline."""
        return self.headline_row.verdict

    @property
    def target(self) -> Fraction | None:
        """Return the target of the headline."""
        return self.headline_row.target


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """One evaluated survey: who was there, who answered, and the response rate RR2."""

    id: str
    date: date
    completed: int
    partial: int
    attended: int | None
    rr2: Fraction | None
