"""What contradicts itself in the book; `place` of each problem is the field's name."""

from itertools import pairwise

from survey_app.domain.book import Meeting, Partner
from survey_app.domain.errors import Problem

_COUNTS = ("invited", "attended_invited", "attended_total")


def check_meeting(meeting: Meeting) -> list[Problem]:
    """Return what contradicts itself in the record of a meeting.

    More persons present than invited is possible (uninvited guests, or a forgotten invitation list), and so is a
    missing number; both are said by the evaluation, not refused here.
    """
    problems = [Problem("required", name) for name in ("date", "title") if not getattr(meeting, name)]
    problems += [Problem("negative_number", name) for name in _COUNTS if (getattr(meeting, name) or 0) < 0]
    invited, total = meeting.attended_invited, meeting.attended_total
    if invited is not None and total is not None and total < invited:
        problems.append(Problem("fewer_than_invited_attended", "attended_total", {"limit": invited}))
    return problems


def check_partner(partner: Partner) -> list[Problem]:
    """Return what contradicts itself in the record of a partner."""
    problems = [] if partner.name else [Problem("required", "name")]
    steps = ("identified_on", "informed_on", "won_on")
    for earlier, later in pairwise(steps):
        first, second = getattr(partner, earlier), getattr(partner, later)
        if first is not None and second is not None and second < first:
            problems.append(Problem("before_earlier_step", later, {"step": earlier}))
    return problems
