"""What contradicts itself in the book; `place` of each problem is the field's name."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from survey_app.domain.book import Meeting, Need, Offer, Partner, Quotation
from survey_app.domain.errors import Problem

LARGEST_COUNT = 1_000_000
"""More persons than any meeting has; a typing error beyond it must not reach an integer column."""

MEETING_LENGTHS = {"title": 200, "host": 200, "place": 200, "motto": 300}
PARTNER_LENGTHS = {"name": 200}
NEED_LENGTHS = {"title": 300}
OFFER_LENGTHS = {"title": 300}
QUOTATION_LENGTHS = {"source_text": 500}
LARGEST_VALUE = 1_000_000_000
HALF_A_POINT = Fraction(1, 200)
"""Documents round to whole per cent; a share further off is of other respondents."""
_COUNTS = ("invited", "attended_invited", "attended_total", "series_number")


def check_meeting(meeting: Meeting) -> list[Problem]:
    """Return what contradicts itself in the record of a meeting.

    More persons present than invited is possible (uninvited guests, or a forgotten invitation list), and so is a
    missing number; both are said by the evaluation, not refused here.
    """
    problems = [] if meeting.date else [Problem("required", "date")]
    problems += _check_texts(meeting, MEETING_LENGTHS, required="title")
    problems += _check_counts(meeting, _COUNTS)
    invited, total = meeting.attended_invited, meeting.attended_total
    if not problems and invited is not None and total is not None and total < invited:
        problems.append(Problem("fewer_than_invited_attended", "attended_total", {"limit": invited}))
    return problems


def check_partner(partner: Partner) -> list[Problem]:
    """Return what contradicts itself in the record of a partner."""
    problems = _check_texts(partner, PARTNER_LENGTHS, required="name")
    steps = ("identified_on", "informed_on", "won_on")
    known = [(step, day) for step in steps if (day := getattr(partner, step)) is not None]
    for (earlier, first), (later, second) in pairwise(known):
        if second < first:
            problems.append(Problem("before_earlier_step", later, {"step": earlier}))
    return problems


def check_need(need: Need) -> list[Problem]:
    """Return what contradicts itself in the record of a need."""
    problems = _check_texts(need, NEED_LENGTHS, required="title")
    if need.recognised_on and need.decided_on and need.decided_on < need.recognised_on:
        problems.append(Problem("before_earlier_step", "decided_on", {"step": "recognised_on"}))
    return problems


def check_offer(offer: Offer) -> list[Problem]:
    """Return what contradicts itself in the record of an offer; more participants than places are possible."""
    problems = _check_texts(offer, OFFER_LENGTHS, required="title")
    return [*problems, *_check_counts(offer, ("places", "participants"))]


def check_quotation(quotation: Quotation, *, is_known: bool, is_share: bool, fewest: int) -> list[Problem]:
    """Return what is wrong with a figure from a document.

    Args:
        is_known: whether there is such an indicator; `is_share`: whether its values must be shares.
        fewest: respondents below whom no result is shown, whoever published it.
    """
    problems = _check_texts(quotation, QUOTATION_LENGTHS, required="source_text")
    if not is_known:
        problems.append(Problem("unknown_choice", "indicator"))
    count = quotation.respondents
    if is_share and not 0 <= quotation.value <= 1:
        problems.append(Problem("share_out_of_range", "value"))
    if abs(quotation.value) > LARGEST_VALUE:
        problems.append(Problem("number_too_large", "value", {"limit": LARGEST_VALUE}))
    if count is None or problems:
        return problems
    if count < fewest:
        return [Problem("too_few_respondents", "respondents", {"limit": fewest})]
    if not is_share or quotation.exact:
        return [Problem("respondents_of_no_share", "respondents")]
    if abs(Fraction(round(quotation.value * count), count) - quotation.value) > HALF_A_POINT:
        return [Problem("share_does_not_fit", "respondents")]
    return []


def _check_counts(record: Meeting | Offer, names: Iterable[str]) -> Iterator[Problem]:
    for name in names:
        count = getattr(record, name) or 0
        if count < 0:
            yield Problem("negative_number", name)
        if count > LARGEST_COUNT:
            yield Problem("number_too_large", name, {"limit": LARGEST_COUNT})


def _check_texts(
    record: Meeting | Partner | Need | Offer | Quotation, lengths: Mapping[str, int], *, required: str
) -> list[Problem]:
    problems = [] if (getattr(record, required) or "").strip() else [Problem("required", required)]
    for name, limit in lengths.items():
        length = len(getattr(record, name) or "")
        if length > limit:
            problems.append(Problem("text_too_long", name, {"limit": limit, "length": length}))
    return problems
