"""How one figure comes about, how sure it is and why it is judged as it is: sentence by sentence, each with its sum.

Everything here is worked out from the row that the report shows. What the report withholds is not explained either:
a sum that leads to a hidden number would give it away.
"""

from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext

from survey_app.domain.questionnaire import Item
from survey_app.evaluation import Limit, Reason, Verdict, is_reached
from survey_app.evaluation.goals.goals import Parameters
from survey_app.evaluation.goals.indicators import Kind
from survey_app.evaluation.judging.targets import Comparison
from survey_app.evaluation.measures.rows import IndicatorResult, Row
from survey_app.staff import explaining_figures, explaining_records, explaining_shares
from survey_app.staff.steps import Check, Step, Sum
from survey_app.web.figures import is_percentage, number_text, share_text
from survey_app.web.goal_words import REASONS


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is said about a figure.

    Attributes:
        counting: how it comes about; `table`: the numbers it is made of, where these are many.
        certainty: how sure it is.
        security: what would have made it secure, or how much it could bear.
        checks: the questions that the verdict answers, in their order.
    """

    counting: tuple[Step, ...]
    table: Sum | None
    certainty: tuple[Step, ...]
    security: tuple[Step, ...]
    checks: tuple[Check, ...]


def explain(result: IndicatorResult, parameters: Parameters, question: Item | None = None) -> Explanation | None:
    """Return the explanation of the headline of an indicator, or None if it is withheld or there is none.

    Args:
        question: the item that is counted, for the words of its answers.
    """
    row, indicator = result.headline_row, result.indicator
    if row.value is None:
        return None
    if indicator.kind is Kind.ANSWER_SHARE:
        told = explaining_shares.explain_share(row, indicator, parameters, question)
    elif indicator.kind in (Kind.RECORD_COUNT, Kind.RECORD_SHARE, Kind.MEAN_RATIO):
        told = explaining_records.explain_records(row, indicator)
    else:
        told = explaining_figures.explain_figure(row, indicator, parameters, question)
    return Explanation(
        told.counting, told.table, told.certainty, told.security, tuple(_list_checks(row, indicator.kind))
    )


def _list_checks(row: Row, kind: Kind) -> list[Check]:
    """Return the questions of the decision rule that were asked, up to the one that decided."""
    if row.target is None or row.value is None or row.verdict is Verdict.NOT_ASSESSABLE:
        return []
    upwards = row.comparison is Comparison.AT_LEAST
    reached = is_reached(row.value, row.target, row.comparison)
    first = Check(gettext("Does the measured value reach the target?"), _compare(row.value, row, kind), reached)
    edge, far = (row.low_s, row.high) if upwards else (row.high_s, row.low)
    if reached:
        question = gettext("Does it still reach the target in an unfavourable case?")
        doubt = _doubt(row)
        decided = "" if doubt else _compare(edge, row, kind)
        return [first, Check(question, decided, row.verdict is Verdict.REACHED_SECURE, doubt)]
    question = gettext("Could it reach the target within the uncertainty?")
    running = str(REASONS[Reason.PERIOD_RUNNING]) if row.period.running else ""
    decided = "" if running else _compare(far, row, kind)
    return [first, Check(question, decided, row.verdict is not Verdict.MISSED, running)]


def _doubt(row: Row) -> str:
    """Return why nothing can be secure, whatever the figures are; empty if they decide."""
    doubts = (Reason.ATTENDANCE_UNKNOWN, Reason.ATTENDANCE_IMPLAUSIBLE, Reason.PERIOD_RUNNING)
    found = next((reason for reason in doubts if reason in row.reasons), None)
    return "" if found is None or row.verdict is Verdict.REACHED_SECURE else str(REASONS[found])


def _compare(value: Limit | None, row: Row, kind: Kind) -> str:
    """Return "73 % ≥ 60 %", with the sign that is true; empty where a limit is unbounded."""
    if value is None or row.target is None:
        return ""
    exact, target = Fraction(value), row.target
    sign = "=" if exact == target else ">" if exact > target else "<"
    if is_percentage(row, kind):
        return f"{share_text(exact, target=target, comparison=row.comparison)} {sign} {share_text(target)}"
    factor = 100 if kind is Kind.SHARE_CHANGE else 1
    return f"{number_text(exact * factor)} {sign} {number_text(target * factor)}"
