"""Behind the staff's door: reading what was published. Nothing here computes anything."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from survey_app.domain.network import Network
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.release import ReleaseMark, find_current
from survey_app.evaluation.goals.goals import GoalSystem
from survey_app.evaluation.keeping.reading import read_report
from survey_app.evaluation.report import Report
from survey_app.storage import releases
from survey_app.storage.questionnaires import find_all_published
from survey_app.storage.releases import StoredRelease


@dataclass(frozen=True, slots=True)
class ReleasedReport:
    """A release as pages show it: the report with what surrounded it on the day it was published.

    Attributes:
        network: with the name and contact it had then.
        titles: of the meeting behind each survey, by the survey's id; empty without one.
        descriptions: the results of every question, one document per survey.
    """

    mark: ReleaseMark
    network: Network
    report: Report
    titles: Mapping[str, str]
    descriptions: tuple[Mapping[str, Any], ...]

    @property
    def goal_system(self) -> GoalSystem:
        """Return the goals with the parameters that were in force."""
        return self.report.goal_system

    @property
    def cut_off(self) -> date:
        """Return the last day that counted."""
        return self.report.cut_off


def list_releases(session: Session, network: Network) -> list[ReleaseMark]:
    """Return the releases of the network, the newest first."""
    return releases.list_releases(session, network_id=network.id)[::-1]


def find_latest(session: Session, network: Network, tier: str) -> ReleaseMark | None:
    """Return the release that these readers have, or None."""
    return find_current(releases.list_releases(session, network_id=network.id), tier)


def load_released(session: Session, network: Network, number: int) -> ReleasedReport:
    """Return a release from what was stored.

    Raises:
        UnknownRelease: if the network has released nothing under this number.
    """
    return read_release(releases.load_release(session, number, network_id=network.id), network)


def find_file(session: Session, network: Network, number: int, kind: str) -> bytes | None:
    """Return a file of a release, every time the same bytes; None if it has none of this kind.

    Raises:
        UnknownRelease: if the network has released nothing under this number.
    """
    if kind == "json":
        return releases.load_release(session, number, network_id=network.id).content.document.encode()
    return releases.find_file(session, number, kind, network_id=network.id)


def find_questionnaires(session: Session, network: Network) -> Mapping[tuple[str, int], Questionnaire]:
    """Return the published questionnaires by code and version: wording for the results of every question."""
    return find_all_published(session, network_id=network.id)


def read_release(stored: StoredRelease, network: Network) -> ReleasedReport:
    """Return a stored release as pages show it; the network may be called otherwise today."""
    annex = json.loads(stored.content.annex)
    return ReleasedReport(
        mark=stored.mark,
        network=replace(network, **annex["network"]),
        report=read_report(json.loads(stored.content.document), annex, stored.goal_system),
        titles=annex["titles"],
        descriptions=tuple(json.loads(stored.content.descriptions)),
    )
