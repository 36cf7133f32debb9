"""The staff's pages: the numbers of `evaluate`, nothing withheld, nobody else's network."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from datetime import date

import pytest
from factories import freiburg_goals
from flask import Flask
from inspection import InspectingClient

from survey_app.domain.membership import Role
from survey_app.domain.network import Network
from survey_app.evaluation import Report, evaluate, parse_facts, parse_goals
from survey_app.evaluation.facts.facts_format import Facts
from survey_app.evaluation.facts.facts_writing import write_facts
from survey_app.extensions import db
from survey_app.files import report_csv, report_json
from survey_app.files.report_formats import FORMATS
from survey_app.services import reporting

from .conftest import CUT_OFF, SECOND
from .reading import drawn, main_of, numbers_in, parse, part, section, without_survey_codes, words

Networks = Mapping[str, Network]
SignIn = Callable[..., InspectingClient]

PAGES = ("/", "/reports/", "/reports/indicators/I5")
FILES = tuple(f"/reports/report.{kind}" for kind in FORMATS)


def address(page: str, slug: str = "freiburg", **query: str) -> str:
    query.setdefault("lang", "en")
    query.setdefault("cut_off", CUT_OFF)
    return f"/n/{slug}{page}?" + "&".join(f"{name}={value}" for name, value in query.items())


def read(client: InspectingClient, page: str, slug: str = "freiburg", **query: str) -> str:
    return client.get(address(page, slug, **query)).get_data(as_text=True)


def read_csv(client: InspectingClient, slug: str = "freiburg", **query: str) -> list[dict[str, str]]:
    content = client.get(address("/reports/report.csv", slug, **query)).data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline=""), delimiter=";"))


def read_json(client: InspectingClient, indicator: str, slug: str = "freiburg", **query: str) -> dict:
    document = json.loads(client.get(address("/reports/report.json", slug, **query)).data)
    assert document["schema"] == "report/1"
    return next(one for one in document["indicators"] if one["id"] == indicator)


def evaluate_from_files(app: Flask, network: Network, tier: str = "internal") -> Report:
    """Return the report that the command would give for the same facts, written to a file and read back."""
    cut_off = date.fromisoformat(CUT_OFF)
    with app.app_context():
        records = reporting.load_records(db.session(), network)
    facts = parse_facts(write_facts(Facts(records.book, records.tallies, cut_off)))
    return evaluate(parse_goals(freiburg_goals()), facts.book, facts.tallies, cut_off, tier=tier)


def test_the_page_shows_what_was_answered_when_counted_by_hand(reader: InspectingClient) -> None:
    shown = words(part(read(reader, "/reports/"), "I5"))
    for piece in (
        "76% 25 of 33",  # 36 answered, 3 were there for the first time
        "Target: at least 60%",
        "36 of 48 people present (75%)",
        "It would be missed if fewer than 17% of the 12 people present without an answer agreed.",
        "81% of everyone who gave a valid answer (31)",
        "25 von 33 Befragten (76\u00a0%) haben über das Netzwerk Kontakte geknüpft",
        "✔✔ Target reached – secure",
        "6 Mar 2024",
    ):
        assert piece in shown, piece


def test_every_figure_on_the_page_is_that_of_evaluate(reader: InspectingClient, app: Flask, networks: Networks) -> None:
    report = evaluate_from_files(app, networks["freiburg"])
    cards = {
        article.get("id"): words(article) for article in parse(read(reader, "/reports/", lang="de")).iter("article")
    }
    assert len(report.indicators) == len(cards) == 14
    for result in report.indicators:
        card, row = cards[result.indicator.id], result.headline_row
        assert row.sentence_de in card
        assert row.verdict.sign in card
        assert row.numerator is None or str(row.numerator) in card
        if row.value is not None and row.display.endswith("%"):
            assert row.display in card


@pytest.mark.parametrize("tier", ["internal", "public"])
def test_files_hold_exactly_what_evaluate_gives(
    reader: InspectingClient, app: Flask, networks: Networks, tier: str
) -> None:
    report = evaluate_from_files(app, networks["freiburg"], tier)
    as_json = reader.get(address("/reports/report.json", tier=tier))
    as_csv = reader.get(address("/reports/report.csv", tier=tier))
    assert as_json.data == report_json.write_report(report, stamp="Nicht freigegeben")
    assert as_csv.data == report_csv.write_report(report, stamp="Nicht freigegeben")
    assert as_json.mimetype == "application/json"
    readers = {"internal": "intern", "public": "oeffentlich"}[tier]
    assert (
        as_csv.headers["Content-Disposition"]
        == f"attachment; filename=wirkungsbericht-freiburg-{CUT_OFF}-{readers}-nicht-freigegeben.csv"
    )
    assert as_csv.headers["Cache-Control"] == as_json.headers["Cache-Control"] == "no-store"


def test_the_table_has_the_numbers_of_the_page_when_read_back(reader: InspectingClient) -> None:
    (contacts,) = (row for row in read_csv(reader) if row["indicator"] == "I5" and row["value"])
    assert contacts["value"] == "0,757575757576"
    found = [contacts[name] for name in ("numerator", "base", "answered", "attended")]
    assert found == ["25", "33", "36", "48"]
    assert "25 von 33 Befragten" in read(reader, "/reports/report.txt")


def test_numbers_of_small_groups_are_nowhere(networks: Networks, sign_in: SignIn) -> None:
    """Base 33, 25 agree, 31 valid: with a minimum of 34 for the public none of it may be found there."""
    reader = sign_in(networks["streng"])
    withheld = {"25", "33", "76", "81", "31"}
    for find, page, place in (
        (part, "/reports/", "I5"),
        (section, "/reports/indicators/I5", "result"),
        (section, "/reports/indicators/I5", "periods"),
    ):
        internal, public = (find(read(reader, page, "streng", tier=tier), place) for tier in ("internal", "public"))
        assert {"25", "33"} <= numbers_in(words(internal)), "the search finds what is shown"
        assert not withheld & numbers_in(words(public)), page
        assert "Too few answers" in words(public)
        assert not drawn(public, "svg")
    rows = [row for row in read_csv(reader, "streng", tier="public") if row["indicator"] == "I5"]
    assert rows
    assert not withheld & numbers_in(json.dumps(rows))
    assert not withheld & numbers_in(without_survey_codes(read_json(reader, "I5", "streng", tier="public")))


def test_a_survey_of_three_people_shows_no_result_to_anybody(reader: InspectingClient) -> None:
    """In the survey of 10 May 2023 two of three agreed."""
    table = section(read(reader, "/reports/indicators/I5"), "periods")
    (line,) = (words(row) for row in table.iter("tr") if "2023" in words(row))
    assert numbers_in(line) == {"2023", "10", "60"}
    assert "Too few answers" in line


def test_goals_are_shown_verbatim_and_with_what_is_not_measured(reader: InspectingClient) -> None:
    text = words(main_of(read(reader, "/reports/", lang="de")))
    for verbatim in (
        "jeder sozialer",
        "über Ihre Angebote",
        "prozisieren Bedarfsefelder",
        "für dieses Mittlerziel werden zum jetzigen Zeitpunkt keine Detailziele formuliert",
        "Freiburger Bürgerinnen und Bürger",
        "3. Bildungsbericht",
        "2017-04-26",
    ):
        assert verbatim in text, verbatim
    # At a glance, at its first goal, and referred to at its second.
    assert text.count("es erfolgen mindestens 2 Netzwerktreffen pro vollem Kalenderjahr") == 3


def test_an_english_page_has_english_goals_and_says_what_lacks_indicators(reader: InspectingClient) -> None:
    html = read(reader, "/reports/")
    text = words(main_of(html))
    assert "at least 60 % of respondents say that they made contacts" in text
    assert text.count("Not operationalised yet") == 5  # the goals of the other wording
    assert text.count("Not measured: no indicator stands at this goal") == 2
    assert "Not documented: Frühjahr (06.03.2024)" in words(part(html, "I6"))


def test_a_day_before_a_meeting_leaves_it_out(reader: InspectingClient) -> None:
    def meetings_of_2023(cut_off: str) -> int:
        rows = read_json(reader, "I3", cut_off=cut_off)["periods"]
        return next(row["base_parts"]["known"] for row in rows if row["period"]["label"] == "2023")

    assert (meetings_of_2023("2023-11-14"), meetings_of_2023(SECOND.isoformat())) == (1, 2)


@pytest.mark.parametrize("cut_off", ["31.12.2024", "2024-02-30", "1999-01-01", "9999-12-31"])
def test_a_bad_date_is_explained_at_the_field(reader: InspectingClient, cut_off: str) -> None:
    for page in (*PAGES[1:], *FILES):
        response = reader.get(address(page, cut_off=cut_off))
        assert response.status_code == 400
        field = part(response.get_data(as_text=True), "cut_off")
        assert field.get("aria-invalid") == "true"
        assert words(part(response.get_data(as_text=True), field.get("aria-describedby")))


def test_an_unknown_tier_is_explained_at_the_field(reader: InspectingClient) -> None:
    response = reader.get(address("/reports/", tier="secret"))
    assert response.status_code == 400
    assert words(part(response.get_data(as_text=True), "tier-error"))


@pytest.mark.parametrize("query", ["", "?cut_off="])
def test_today_is_the_day_when_nobody_asks_for_another(reader: InspectingClient, query: str) -> None:
    field = part(reader.get(f"/n/freiburg/reports/{query}").get_data(as_text=True), "cut_off")
    assert field.get("value") == field.get("max")


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_pages_have_direction_and_described_pictures_in(reader: InspectingClient, language: str) -> None:
    for page in PAGES:
        document = parse(read(reader, page, lang=language))
        assert document.get("dir") == ("rtl" if language == "ar" else "ltr")
        # A strip beside its number is decoration.
        pictures = [picture for picture in drawn(document, "svg") if picture.get("aria-hidden") != "true"]
        assert pictures
        assert all(picture.get("role") == "img" and picture.get("aria-label") for picture in pictures)


def test_pictures_are_mirrored_when_the_page_is(reader: InspectingClient) -> None:
    def dot(language: str) -> float:
        (circle,) = drawn(section(read(reader, "/reports/indicators/I5", lang=language), "result"), "circle")
        return float(circle.get("cx").rstrip("%"))

    assert dot("de") == pytest.approx(75.76)
    assert dot("ar") == pytest.approx(24.24)


def test_made_up_networks_say_so_on_every_page_and_file(networks: Networks, sign_in: SignIn) -> None:
    reader = sign_in(networks["beispiel"])
    assert all("made up" in read(reader, page, "beispiel") for page in PAGES)
    for page in FILES:
        assert "erfundene-daten" in reader.get(address(page, "beispiel")).headers["Content-Disposition"]
    rows = read_csv(reader, "beispiel")
    assert {row["note"] for row in rows} == {"Nicht freigegeben · Erfundene Daten zur Demonstration"}
    assert tuple(rows[0])[:-1] == report_csv.COLUMNS
    assert "Erfundene Daten" in read(reader, "/reports/report.txt", "beispiel").splitlines()[0]


def test_real_networks_carry_no_such_mark(reader: InspectingClient) -> None:
    for page in (*PAGES, *FILES):
        response = reader.get(address(page))
        assert b"rfundene" not in response.data
        assert "erfundene" not in response.headers.get("Content-Disposition", "")


def test_home_says_what_is_to_be_done_and_links_those_who_may(networks: Networks, sign_in: SignIn) -> None:
    seen, organised = (
        section(read(sign_in(networks["offen"], role), "/", "offen"), "tasks")
        for role in (Role.VIEWER, Role.COORDINATOR)
    )
    for tasks in (seen, organised):
        assert "Ohne Zählung" in words(tasks)
        assert "attendance not recorded" in words(tasks)
    assert not list(seen.iter("a"))
    (link,) = organised.iter("a")
    assert link.get("href").startswith("/n/offen/meetings/")
    assert link.get("href").endswith("/edit")


def test_a_network_without_goals_says_so(networks: Networks, sign_in: SignIn) -> None:
    reader = sign_in(networks["neu"])
    assert "no goal system yet" in read(reader, "/", "neu")
    assert "no goal system yet" in read(reader, "/reports/", "neu")
    assert {reader.get(address(page, "neu")).status_code for page in (*PAGES[1:], *FILES)} == {404}


@pytest.mark.parametrize("page", [*PAGES, *FILES])
def test_the_wall_lets_readers_of_the_network_in_and_nobody_else(
    networks: Networks, sign_in: SignIn, app: Flask, page: str
) -> None:
    for role in (Role.COORDINATOR, Role.NETWORK_ADMIN):
        assert sign_in(networks["freiburg"], role).get(address(page)).status_code == 200
    assert sign_in(None, Role.SYSTEM_ADMIN).get(address(page)).status_code == 403
    stranger = sign_in(networks["neu"], Role.NETWORK_ADMIN)
    foreign, missing = stranger.get(address(page)), stranger.get(address(page, "nowhere"))
    assert foreign.status_code == missing.status_code == 404
    assert "Netzwerk Freiburg" not in foreign.get_data(as_text=True)
    anonymous = app.test_client().get(address(page))
    assert anonymous.status_code == 302
    assert "/login" in anonymous.headers["Location"]


@pytest.mark.parametrize("name", ["I99", "i5", "..", "<b>"])
def test_an_unknown_indicator_does_not_exist(reader: InspectingClient, name: str) -> None:
    assert reader.get(address(f"/reports/indicators/{name}")).status_code == 404


def test_every_indicator_has_a_page_that_defines_it(reader: InspectingClient) -> None:
    names = [*(f"I{number}" for number in range(1, 10)), *(f"O{number}" for number in range(1, 6))]
    pages = {name: read(reader, f"/reports/indicators/{name}") for name in names}
    defined = {name: words(section(html, "definition")) for name, html in pages.items()}
    assert all("Ladder of effects" in text for text in defined.values())
    assert "step 5 of 7: people act differently" in defined["I5"]
    assert "Counts as agreement yes, several · yes, one" in defined["I5"]
    assert "topic: brought in by = members of the network; rated = important, urgent" in defined["I8"]
    assert "identified; informed; won" in defined["I1"]
    assert "invited persons who came of invited persons" in defined["I3"]
