"""A share by groups on its page: what is shown with its number of answers, what is hidden by name, nothing else."""

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
from factories import make_collector, make_network
from flask import Flask
from inspection import InspectingClient

from survey_app.domain.network import Network
from survey_app.extensions import db
from survey_app.services import collecting, housekeeping

from .conftest import Seed, at_noon
from .reading import main_of, part, section, words

DAY = date(2024, 3, 6)
GROUPS: Mapping[str, tuple[int, int]] = {
    "politics_administration": (14, 9),
    "childcare_school_university": (11, 7),
    "provider_advice": (23, 0),
    "migrant_organisation": (12, 8),
    "club_volunteers": (3, 4),
    "business_chambers": (1, 2),
    "other": (2, 2),
}
"""Of each group so many agree and disagree; one is unanimous, two are small."""


@pytest.fixture(scope="module")
def town(app: Flask, sign_in: Callable[..., InspectingClient]) -> Callable[[str], str]:
    """Return a function that reads a page of a network with one survey of many groups, as its coordinator."""
    with app.app_context():
        network = make_network(db.session(), "gruppen")
        hold(Seed(db.session(), network), network)
        db.session.rollback()
    client = sign_in(network)
    return lambda page: client.get(f"/n/gruppen/reports/{page}").get_data(as_text=True)


def hold(seed: Seed, network: Network) -> None:
    meeting = seed.meet(DAY, title="Frühjahr", attended_total=120)
    now = at_noon(DAY)
    collector = make_collector(seed.session, network, now=now, meeting_id=meeting, version_id=seed.version_id)
    entry = collecting.enter(seed.session, collector.code)
    for group, (agreeing, others) in GROUPS.items():
        for choice in ["yes_one"] * agreeing + ["no"] * others:
            collecting.submit_response(
                seed.session,
                entry,
                fields={"contacts_made": [choice], "actor_group": [group]},
                submission_key=collecting.new_submission_key(),
                language="de",
                receipt_key=b"k" * 32,
                now=now,
            )
    housekeeping.close_collector(seed.session, collector.code, network_id=network.id, now=now)
    housekeeping.seal_collector(seed.session, collector.code, network_id=network.id, now=now, grace=timedelta(0))


def find_table(town: Callable[[str], str]) -> dict[str, object]:
    document = json.loads(town("report.json?cut_off=2024-12-31"))
    entry = next(one for one in document["indicators"] if one["id"] == "I5")
    return next(one for one in entry["periods"][-1]["groups"] if one["by"] == "actor_group")


def test_groups_stand_on_the_page_as_in_the_data(town: Callable[[str], str]) -> None:
    page = section(town("indicators/I5?cut_off=2024-12-31&lang=en"), "groups")
    lines = [[words(cell) for cell in row] for row in page.iter("tr")]
    table = find_table(town)
    assert [one["code"] for one in table["shown"]]
    for group in table["shown"]:
        base, agreed = group["base"], group["numerator"]
        assert (f"of {base} people" if agreed is None else f"{agreed} of {base}") in [line[-1] for line in lines]


def test_unanimous_group_is_told_in_words(town: Callable[[str], str]) -> None:
    told = {one["code"]: one for one in find_table(town)["shown"]}
    assert told["provider_advice"]["numerator"] is None
    for language, expected in (("en", "over 90%"), ("de", "über 90\u00a0%"), ("tr", "%90’ın üzerinde")):
        page = section(town(f"indicators/I5?cut_off=2024-12-31&lang={language}"), "groups")
        assert expected in [words(cell) for cell in page.iter("td")]
        assert "%%" not in words(page)


def test_hidden_groups_are_named_and_explained(town: Callable[[str], str]) -> None:
    hidden = find_table(town)["hidden"]
    assert {"business_chambers", "other"} <= set(hidden)
    said = words(section(town("indicators/I5?cut_off=2024-12-31&lang=en"), "groups"))
    assert "Not shown, because too few answered or the numbers could be worked out:" in said
    assert "Why groups are missing" in said


def test_report_leads_to_the_groups(town: Callable[[str], str]) -> None:
    links = [link.get("href") for link in main_of(town("?cut_off=2024-12-31&lang=en")).iter("a")]
    assert any("/indicators/I5" in link and link.endswith("#groups") for link in links)
    assert part(town("indicators/I5?cut_off=2024-12-31&lang=en"), "groups").tag == "h2"


def test_no_file_tells_of_groups_that_the_page_hides(town: Callable[[str], str]) -> None:
    """Page, CSV, JSON and text hold the same suppressed set: of a hidden group there is nothing but its name."""
    table = find_table(town)
    codes = {one["code"] for one in table["shown"]}
    assert not codes & set(table["hidden"])
    for kind in ("csv", "txt"):
        text = town(f"report.{kind}?cut_off=2024-12-31")
        assert not [group for group in GROUPS if group in text]


@pytest.mark.parametrize("language", ["de", "ar"])
def test_page_is_whole_in_every_direction(town: Callable[[str], str], language: str) -> None:
    assert section(town(f"indicators/I5?cut_off=2024-12-31&lang={language}"), "groups") is not None
