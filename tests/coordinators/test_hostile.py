"""No form of this door, however damaged, makes a server error."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from factories import make_collector
from werkzeug.datastructures import MultiDict

from survey_app.domain.book import Need, Offer, Partner
from survey_app.services import convening, recording

from .conftest import Desk

POSTS = 130
NASTY = (
    *(
        "",
        "0",
        "-1",
        "x" * 400,
        "\x00a\x1f",
        "\u202eabc",
        "👩‍👩‍👧",
        "ﷺ" * 500,
        "e\u0301" * 50,
        "\ufeffx",
        "\u2028",
        "9" * 400,
    ),
    *(
        "2026-02-30T25:61",
        "0001-01-01T00:00",
        "9999-12-31T23:59",
        "2026-11-20",
        "' OR 1=1 --",
        "<script>",
        "{{7*7}}",
        "%s%n",
    ),
    *(
        "٣",
        "²",
        "½",
        "Ⅷ",
        "on",
        "yes",
        "school",
        "de",
        "de,en",
        "\r\n\r\n",
        "\ufffe\uffff\ufdd0",
        "1e5",
        "nan",
        "0x10",
        "--5",
    ),
)


@pytest.mark.both_databases
def test_damaged_form_is_answered_with_a_page(desk: Desk, meeting_id: int) -> None:
    chance = random.Random(7)
    now = datetime.now(UTC)
    times = {"now": now - timedelta(days=3), "closes_at": now - timedelta(minutes=2)}
    survey = make_collector(desk.session, desk.network, meeting_id=meeting_id, **times)
    partner_id = convening.add_partner(desk.session, Partner(name="Kita"), network_id=desk.network.id)
    paths = [f"/meetings/{meeting_id}/edit", f"/meetings/{meeting_id}/surveys/new", f"/partners/{partner_id}/edit"]
    offer_id = recording.add_offer(desk.session, Offer(title="Kurs", languages=("it",)), network_id=desk.network.id)
    need_id = recording.add_need(desk.session, Need(title="Rat", offer=str(offer_id)), network_id=desk.network.id)
    paths += [f"/needs/{need_id}/edit", f"/offers/{offer_id}/edit", "/needs/new", "/offers/new"]
    paths += ["/meetings/new", "/partners/new", "/settings", f"/surveys/{survey.code}/reopen"]
    whole = {path: desk.see(path).fields() for path in paths}
    for _post in range(POSTS):
        path = chance.choice(paths)
        damaged = damage(whole[path], chance)
        assert desk.send(path, damaged).status in (200, 303, 400, 409), (path, damaged)


def damage(fields: MultiDict[str, str], chance: random.Random) -> MultiDict[str, str]:
    """Return the fields with one to four of them missing, doubled or replaced."""
    damaged = MultiDict(fields)
    names = [name for name in fields if name != "csrf_token"]
    names += ["bogus", "topics-0-title", "topics-5-origin", "topics-2-"]
    for _change in range(chance.randint(1, 4)):
        name = chance.choice(names)
        kept = damaged.poplist(name)
        for value in chance.choice(([], [chance.choice(NASTY)], [*kept, chance.choice(NASTY)])):
            damaged.add(name, value)
    return damaged
