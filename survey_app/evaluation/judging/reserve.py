"""How far a share of answers is from a secure verdict: worked out from what a report publishes, and from nothing else.

Every function asks the decision rule itself about other counts, one person at a time, so what it finds is exact and
the smallest there is. What is hidden in a report is hidden here too, because only its rows are read.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from survey_app.evaluation.goals.goals import Parameters
from survey_app.evaluation.judging.assessment import Base, ShareAssessment, assess_share
from survey_app.evaluation.judging.targets import Comparison
from survey_app.evaluation.judging.verdict import Verdict
from survey_app.evaluation.measures.rows import Row


@dataclass(frozen=True, slots=True)
class Reserve:
    """What would have made a verdict another one; None where nothing of the kind would.

    For a target that must not be exceeded, agreements count the other way: fewer are needed, more could be borne.

    Attributes:
        to_reach: persons in the base who would have had to answer otherwise for the value to reach the target.
        to_secure: the same for a secure verdict.
        from_silent: persons without an answer who would have had to answer in favour for a secure verdict.
        answers: answers that would have made it secure with the same share, all told.
        to_spare: persons in the base who could have answered otherwise without the verdict ceasing to be secure.
    """

    to_reach: int | None = None
    to_secure: int | None = None
    from_silent: int | None = None
    answers: int | None = None
    to_spare: int | None = None


@dataclass(frozen=True, slots=True)
class _Counts:
    """Published counts of a row, from which the decision can be asked again."""

    row: Row
    parameters: Parameters
    base: Base
    numerator: int
    n: int
    missing: int
    not_applicable: int
    no_answer: int

    def assess(self, numerator: int, n: int) -> ShareAssessment:
        """Return the verdict on other counts; who is added to the base was present without an answer before."""
        added = n - self.n
        # Of valid answers, whoever came without an answer to this question may have given one instead.
        no_answer = min(self.no_answer, self.missing - added)
        return assess_share(
            numerator,
            n - numerator,
            no_answer,
            self.not_applicable,
            attended=self.n + self.missing + self.not_applicable,
            target=self.row.target,
            comparison=self.row.comparison,
            base=self.base,
            running=self.row.period.running,
            confidence=self.parameters.confidence,
            min_base=self.parameters.min_base,
            min_group=1,
            nonresponse_allowance=self.parameters.nonresponse_allowance,
        )

    def is_secure(self, numerator: int, n: int) -> bool:
        """Tell whether the verdict on other counts is secure."""
        return self.assess(numerator, n).verdict is Verdict.REACHED_SECURE


def find_reserve(row: Row, parameters: Parameters, base: Base) -> Reserve | None:
    """Return what would have made the verdict on a share of answers another one.

    Args:
        row: of an answer share.
        parameters: those of the report.
        base: what the share is a share of.

    Returns:
        None without a value or a target; only `to_reach` while nobody knows how many were present or the period
        runs, since then nothing is secure.
    """
    if row.value is None or row.target is None or row.numerator is None or not row.base:
        return None
    to_reach = _find_to_reach(row.numerator, row.base, row.target, row.comparison)
    counts = _read_counts(row, parameters, base)
    if counts is None or row.period.running:
        return Reserve(to_reach=to_reach)
    towards = 1 if row.comparison is Comparison.AT_LEAST else -1
    k, n = counts.numerator, counts.n
    if counts.is_secure(k, n):
        return Reserve(to_reach=0, to_secure=0, to_spare=_count_spare(counts, towards))
    favourable = n - k if towards > 0 else k
    return Reserve(
        to_reach=to_reach,
        to_secure=_first(range(1, favourable + 1), lambda more: counts.is_secure(k + towards * more, n)),
        from_silent=_first(
            range(1, counts.missing + 1), lambda more: counts.is_secure(k + (more if towards > 0 else 0), n + more)
        ),
        answers=_first(range(n + 1, n + counts.missing + 1), lambda all_: counts.is_secure(_keep(row, all_), all_)),
    )


def count_at_target(base: int, target: Fraction, comparison: Comparison) -> int:
    """Return how many of a base are at least, or at most, a target."""
    return ceil(target * base) if comparison is Comparison.AT_LEAST else floor(target * base)


def _read_counts(row: Row, parameters: Parameters, base: Base) -> _Counts | None:
    if row.missing is None or row.response is None or row.response.attended is None:
        return None
    n, asked = row.base or 0, row.response.answered
    not_applicable = row.response.attended - row.missing - n
    no_answer = 0 if base is Base.ASKED else asked - n - not_applicable
    return _Counts(row, parameters, base, row.numerator or 0, n, row.missing, not_applicable, no_answer)


def _find_to_reach(numerator: int, base: int, target: Fraction, comparison: Comparison) -> int:
    wanted = count_at_target(base, target, comparison)
    return max(wanted - numerator, 0) if comparison is Comparison.AT_LEAST else max(numerator - wanted, 0)


def _count_spare(counts: _Counts, towards: int) -> int:
    k, n = counts.numerator, counts.n
    most = k if towards > 0 else n - k
    lost = _first(range(1, most + 1), lambda fewer: not counts.is_secure(k - towards * fewer, n))
    return most if lost is None else lost - 1


def _keep(row: Row, answers: int) -> int:
    """Return the whole number of agreements that keeps the share, rounded against the target."""
    share = Fraction(row.numerator or 0, row.base or 1) * answers
    return floor(share) if row.comparison is Comparison.AT_LEAST else ceil(share)


def _first(numbers: Iterable[int], holds: Callable[[int], bool]) -> int | None:
    return next((number for number in numbers if holds(number)), None)
