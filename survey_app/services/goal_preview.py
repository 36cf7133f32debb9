"""What a goal system would give on a network's past data, before anybody decides for it; nothing is stored."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from survey_app.domain.network import Network
from survey_app.evaluation.facts.evidence import gather_evidence
from survey_app.evaluation.formats.format_errors import FormatError, FormatProblem
from survey_app.evaluation.goals.compatibility import check_compatibility
from survey_app.evaluation.goals.goals import GoalSystem, Tier
from survey_app.evaluation.goals.indicators import ShareChange
from survey_app.evaluation.measures.periods import Calendar
from survey_app.evaluation.report import Report, evaluate
from survey_app.services.reporting import Records
from survey_app.storage.book import load_book
from survey_app.storage.tallies import list_tallies


@dataclass(frozen=True, slots=True)
class Preview:
    """A report that is only looked at.

    Attributes:
        misfits: why indicators are missing from it: they name answers that a counted survey does not have.
    """

    report: Report
    misfits: tuple[FormatProblem, ...]


def preview_goals(network: Network, goal_system: GoalSystem, records: Records, *, cut_off: date) -> Preview:
    """Return what a goal system would give as of a day, with the network's own smallest groups.

    Args:
        goal_system: sound by itself; a draft, or a draft with an indicator that is not saved yet.
        records: what the network has recorded and asked so far.
        cut_off: local date; what happened later is left out.
    """
    minimums = network.minimums
    strict = goal_system.parameters.at_least(
        internal=minimums.internal, public=minimums.public, sensitive=minimums.sensitive
    )
    wanted = replace(goal_system, parameters=strict)
    book = replace(records.book, starts_on=goal_system.starts_on)
    return _evaluate_what_fits(wanted, replace(records, book=book), cut_off)


def find_misfits(session: Session, goal_system: GoalSystem, *, network_id: int) -> tuple[FormatProblem, ...]:
    """Return which indicators name answers that a counted survey of the network does not have."""
    tallies = tuple(list_tallies(session, network_id=network_id))
    book = load_book(session, network_id=network_id)
    calendar = Calendar(goal_system.starts_on, date.max)
    evidence = gather_evidence(goal_system.parameters, Tier.INTERNAL, calendar, book, tallies)
    return check_compatibility(goal_system, evidence)


def _evaluate_what_fits(goal_system: GoalSystem, records: Records, cut_off: date) -> Preview:
    def look(at: GoalSystem) -> Report:
        return evaluate(at, records.book, records.tallies, cut_off, questionnaires=records.questionnaires)

    try:
        return Preview(look(goal_system), ())
    except FormatError as error:
        return Preview(look(_without(goal_system, error.problems)), error.problems)


def _without(goal_system: GoalSystem, misfits: Iterable[FormatProblem]) -> GoalSystem:
    """Return the system without the indicators that do not fit, and without those that measure their change."""
    paths = {problem.path.split(".", maxsplit=1)[0] for problem in misfits}
    bad = {one.id for index, one in enumerate(goal_system.indicators) if f"indicator[{index}]" in paths}
    kept = (
        one
        for one in goal_system.indicators
        if one.id not in bad and not (isinstance(one.measure, ShareChange) and one.measure.indicator in bad)
    )
    return replace(goal_system, indicators=tuple(kept))
