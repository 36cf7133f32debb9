"""Behind the staff's door: the one report that every page and every file renders."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from survey_app.domain.book import Book
from survey_app.domain.network import Network
from survey_app.domain.questionnaire import Item, Questionnaire
from survey_app.domain.tally import Tally
from survey_app.evaluation.goals.goals import GoalSystem
from survey_app.evaluation.report import Report, evaluate
from survey_app.storage.book import load_book
from survey_app.storage.goals import load_current_goal_system
from survey_app.storage.questionnaires import find_all_published, list_published
from survey_app.storage.tallies import list_tallies


@dataclass(frozen=True, slots=True)
class Records:
    """What a network has recorded and asked so far, without any judgement.

    Attributes:
        questionnaires: published versions by id and version.
    """

    book: Book
    tallies: tuple[Tally, ...]
    questionnaires: Mapping[tuple[str, int], Questionnaire]


@dataclass(frozen=True, slots=True)
class Assessment:
    """A report with everything it was calculated from."""

    network: Network
    goal_system: GoalSystem
    book: Book
    tallies: tuple[Tally, ...]
    cut_off: date
    report: Report


def build_report(session: Session, network: Network, *, cut_off: date, tier: str = "internal") -> Assessment:
    """Return the report of a network as of a day, from tallies and records only.

    Args:
        cut_off: local date; what happened later is left out.
        tier: "internal" or "public"; decides the smallest groups shown.

    Raises:
        UnknownGoalSystem: if the network has published no goal system.
    """
    goal_system = load_goal_system(session, network)
    book = load_book(session, network_id=network.id, starts_on=goal_system.starts_on)
    tallies = tuple(list_tallies(session, network_id=network.id))
    asked = find_all_published(session, network_id=network.id)
    report = evaluate(goal_system, book, tallies, cut_off, tier=tier, questionnaires=asked)
    return Assessment(network, goal_system, book, tallies, cut_off, report)


def load_goal_system(session: Session, network: Network) -> GoalSystem:
    """Return the goal system in force, with the network's smallest groups where they are stricter.

    Raises:
        UnknownGoalSystem: if the network has published no goal system.
    """
    return _with_minimums(load_current_goal_system(session, network_id=network.id).goal_system, network)


def load_records(session: Session, network: Network) -> Records:
    """Return the book and the surveys of a network; unsealed surveys come without counts."""
    book = load_book(session, network_id=network.id)
    tallies = tuple(list_tallies(session, network_id=network.id))
    return Records(book, tallies, find_all_published(session, network_id=network.id))


def find_question(session: Session, network: Network, code: str) -> Item | None:
    """Return the question with this code as the newest published questionnaire words it, or None."""
    published = (stored.questionnaire.find_item(code) for stored in list_published(session, network_id=network.id))
    return next((item for item in published if item is not None), None)


def _with_minimums(goal_system: GoalSystem, network: Network) -> GoalSystem:
    """Return the goal system with the network's smallest groups where they are stricter."""
    given = goal_system.parameters
    parameters = replace(
        given,
        min_group=max(given.min_group, network.minimums.internal),
        min_group_public=max(given.min_group_public, network.minimums.public),
        min_group_sensitive=max(given.min_group_sensitive, network.minimums.sensitive),
    )
    return replace(goal_system, parameters=parameters)
