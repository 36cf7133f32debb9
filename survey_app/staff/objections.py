"""Why the ledger refuses a release, in words for somebody who wants to publish and not to study disclosure."""

from collections import defaultdict
from dataclasses import dataclass

from flask_babel import format_date, lazy_gettext

from survey_app.evaluation.ledger import Objection
from survey_app.services.releasing import Draft
from survey_app.web.vocabulary import Words

_BESIDE_ONE: Words = {
    Objection.DIFFERENCE_TOO_SMALL: lazy_gettext(
        "Whoever subtracts this report from release %(number)s could work out what a few people answered in these "
        "surveys."
    ),
    Objection.ANSWERS_CHANGED: lazy_gettext(
        "Since release %(number)s only a few answers of these surveys have changed. Whoever compares both could work "
        "out what these few people answered."
    ),
    Objection.NARROWED: lazy_gettext(
        "Together with release %(number)s, hidden numbers of these surveys could be worked out."
    ),
}
_BESIDE_ALL: Words = {
    Objection.DIFFERENCE_TOO_SMALL: lazy_gettext(
        "Whoever subtracts two figures of this report could work out what a few people answered in these surveys."
    ),
    Objection.ANSWERS_CHANGED: lazy_gettext("The answers of these surveys have changed by a few people only."),
    Objection.NARROWED: lazy_gettext(
        "Together with all earlier releases, hidden numbers of these surveys could be worked out."
    ),
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason against a release.

    Attributes:
        indicators: ids of those it concerns; `surveys`: day and title of each.
        earlier: number of the release it would be compared with, or None.
    """

    words: str
    indicators: tuple[str, ...]
    surveys: tuple[str, ...]
    earlier: str | None


def list_objections(draft: Draft) -> list[Obstacle]:
    """Return what the ledger found, equal reasons of several indicators together."""
    found: dict[tuple[Objection, str | None, tuple[str, ...]], list[str]] = defaultdict(list)
    for problem in draft.problems:
        found[problem.objection, problem.earlier, problem.surveys].append(problem.indicator)
    names = _name_surveys(draft)
    return [
        Obstacle(
            _words(objection, earlier), tuple(dict.fromkeys(indicators)), tuple(names[s] for s in surveys), earlier
        )
        for (objection, earlier, surveys), indicators in found.items()
    ]


def _words(objection: Objection, earlier: str | None) -> str:
    if earlier is None:
        return str(_BESIDE_ALL[objection])
    return str(_BESIDE_ONE[objection]) % {"number": earlier}


def _name_surveys(draft: Draft) -> dict[str, str]:
    meetings = {meeting.id: meeting.title for meeting in draft.assessment.book.meetings or ()}
    return {
        tally.id: " – ".join(filter(None, (format_date(tally.date, "medium"), meetings.get(tally.meeting or ""))))
        for tally in draft.assessment.tallies
    }
