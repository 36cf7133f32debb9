"""Behind the staff's door: publishing a report for ever.

A release is stored with everything that pages and files show of it and is never recomputed. The ledger lets a new one
pass only if nobody can subtract it from an earlier one and learn what a few persons said.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from survey_app.domain.errors import InvalidRecord, Problem, ReleaseOutdated, ReleaseRefused
from survey_app.domain.local_days import local_day
from survey_app.domain.network import Network
from survey_app.domain.release import ReleaseMark, find_current
from survey_app.evaluation.facts.facts_format import Facts
from survey_app.evaluation.facts.facts_writing import write_facts
from survey_app.evaluation.goals.goals import Tier
from survey_app.evaluation.keeping.annex import write_annex
from survey_app.evaluation.keeping.changes import Changes, compare_reports
from survey_app.evaluation.keeping.texts import fingerprint, write_json
from survey_app.evaluation.ledger import LedgerEntry, LedgerProblem, audit_releases, build_ledger_entry, read_questions
from survey_app.evaluation.report import Report
from survey_app.evaluation.survey_description import describe_survey
from survey_app.services.released import find_questionnaires, read_release
from survey_app.services.reporting import Assessment, build_report
from survey_app.storage import releases
from survey_app.storage.engine import writing
from survey_app.storage.goals import load_current_goal_system
from survey_app.storage.releases import ReleaseContent, StoredRelease

LONGEST_REASON = 500


class FileWriter(Protocol):
    """Writes the files of a release; they are stored with it."""

    def __call__(self, report: Report, *, number: int, released_on: date, is_synthetic: bool) -> Mapping[str, bytes]:
        """Return the bytes of each file by its kind."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a release would be, and how it stands to the earlier ones.

    Attributes:
        fingerprint: of what would be published; a release is made only of the draft that somebody has seen.
        same: the release that says exactly this already, if there is one.
        corrects: the release of the same day for the same readers, which this one would replace.
        last: what these readers have now, and `changes`: what would be different.
        problems: why the ledger refuses, empty if it does not.
    """

    assessment: Assessment
    content: ReleaseContent
    fingerprint: str
    same: ReleaseMark | None
    corrects: ReleaseMark | None
    last: ReleaseMark | None
    changes: Changes
    problems: tuple[LedgerProblem, ...]


def draft_release(session: Session, network: Network, *, cut_off: date, tier: str) -> Draft:
    """Return what would be released now; nothing is written.

    Raises:
        UnknownGoalSystem: if the network has published no goal system.
    """
    assessment = build_report(session, network, cut_off=cut_off, tier=tier)
    stored = releases.list_contents(session, network_id=network.id)
    marks = [entry.mark for entry in stored]
    content, problems = _write_content(session, assessment, stored)
    corrects = next((mark for mark in marks if _is_standing(mark, tier, cut_off)), None)
    last = find_current(marks, tier)
    before = next((read_release(entry, network).report for entry in stored if entry.mark == last), None)
    published = (content.document, content.descriptions)
    same = (entry.mark for entry in stored if (entry.content.document, entry.content.descriptions) == published)
    return Draft(
        assessment=assessment,
        content=content,
        fingerprint=fingerprint(*published),
        same=next((mark for mark in same if mark.replaced_by is None), None),
        corrects=corrects,
        last=last,
        changes=compare_reports(before, assessment.report),
        problems=problems,
    )


def release_report(
    session: Session,
    network: Network,
    *,
    cut_off: date,
    tier: str,
    seen: str,
    released_by: str,
    now: datetime,
    write_files: FileWriter,
    reason: str = "",
) -> ReleaseMark:
    """Publish a report for ever and return what it is called.

    Who presses twice gets the same release twice: what is published already is not published again.

    Args:
        seen: fingerprint of the draft that somebody has looked at.
        reason: why a release of the same day is corrected; a note otherwise.

    Raises:
        ReleaseOutdated: if something has changed since the draft.
        ReleaseRefused: if the ledger objects; the earlier releases stay as they are.
        InvalidRecord: for a day that has not come, or a correction without a reason.
        UnknownGoalSystem: if the network has published no goal system.
    """
    with writing(session):
        releases.lock_releases(session, network_id=network.id)
        draft = draft_release(session, network, cut_off=cut_off, tier=tier)
        if draft.same is not None:
            return draft.same
        if draft.fingerprint != seen:
            raise ReleaseOutdated(seen)
        if draft.problems:
            raise ReleaseRefused(draft.problems)
        _ensure_sound(draft, cut_off=cut_off, reason=reason, now=now)
        mark = ReleaseMark(
            number=1 + max((one.number for one in releases.list_releases(session, network_id=network.id)), default=0),
            tier=tier,
            cut_off=cut_off,
            released_at=now,
            released_by=released_by,
            reason=reason.strip(),
            replaces=None if draft.corrects is None else draft.corrects.number,
        )
        report = draft.assessment.report
        files = write_files(report, number=mark.number, released_on=local_day(now), is_synthetic=network.is_synthetic)
        goal_system_id = load_current_goal_system(session, network_id=network.id).id
        releases.add_release(
            session, mark, draft.content, network_id=network.id, goal_system_id=goal_system_id, files=files
        )
        return mark


def _ensure_sound(draft: Draft, *, cut_off: date, reason: str, now: datetime) -> None:
    problems = []
    if cut_off > local_day(now):
        problems.append(Problem("day_not_come", "cut_off"))
    if draft.corrects is not None and not reason.strip():
        problems.append(Problem("required", "reason"))
    if len(reason) > LONGEST_REASON:
        problems.append(Problem("text_too_long", "reason", {"length": len(reason), "limit": LONGEST_REASON}))
    if problems:
        raise InvalidRecord(problems)


def _is_standing(mark: ReleaseMark, tier: str, cut_off: date) -> bool:
    return (mark.tier, mark.cut_off) == (tier, cut_off) and mark.replaced_by is None


def _write_content(
    session: Session, assessment: Assessment, stored: Sequence[StoredRelease]
) -> tuple[ReleaseContent, tuple[LedgerProblem, ...]]:
    report = assessment.report
    descriptions = describe_surveys(session, assessment)
    entry = build_ledger_entry("", report, assessment.tallies, descriptions)
    facts = write_facts(Facts(assessment.book, assessment.tallies, assessment.cut_off))
    content = ReleaseContent(
        document=write_json(report.to_dict()),
        annex=write_json({**write_annex(report), **_describe_surroundings(assessment)}),
        descriptions=write_json(descriptions),
        ledger=write_json(entry.write_questions()),
        facts_hash=hashlib.sha256(facts.encode()).hexdigest(),
    )
    return content, audit_releases(entry, [_to_entry(one) for one in stored])


def describe_surveys(session: Session, assessment: Assessment, *, only: str | None = None) -> list[Mapping[str, Any]]:
    """Return the results of every question of the surveys in a report, as its readers may see them.

    Args:
        only: id of the one survey that is wanted.
    """
    network, report = assessment.network, assessment.report
    published = find_questionnaires(session, network)
    tallies = {tally.id: tally for tally in assessment.tallies}
    found: list[Mapping[str, Any]] = []
    for line in report.surveys:
        tally = tallies[line.id]
        questionnaire = published.get((tally.questionnaire or "", tally.version or 0))
        if questionnaire is not None and only in (None, line.id):
            attended = replace(tally, attended=line.attended)
            found.append(describe_survey(questionnaire, attended, tier=report.tier, report=report).to_dict())
    return found


def _describe_surroundings(assessment: Assessment) -> dict[str, Any]:
    network = assessment.network
    meetings = {meeting.id: meeting.title or "" for meeting in assessment.book.meetings or ()}
    return {
        "network": {
            "name": network.name,
            "contact_email": network.contact_email,
            "is_synthetic": network.is_synthetic,
        },
        "titles": {tally.id: meetings.get(tally.meeting or "", "") for tally in assessment.tallies},
    }


def _to_entry(stored: StoredRelease) -> LedgerEntry:
    content = stored.content
    return LedgerEntry(
        release=str(stored.mark.number),
        tier=Tier(stored.mark.tier),
        report=json.loads(content.document),
        questions=read_questions(json.loads(content.ledger)),
        descriptions=tuple(json.loads(content.descriptions)),
    )
