"""Pages and files with something withheld: the same bytes and the same queries, whatever it is; the same every time."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import pytest
from factories import make_network
from flask import Flask
from inspection import InspectingClient
from report_reading import unpack
from sqlalchemy import event

from survey_app.domain.network import Network
from survey_app.extensions import db

from .conftest import CONTACTS, CUT_OFF, FIRST, LAST, Seed

SignIn = Callable[..., InspectingClient]
SLUGS = ("haus-a", "haus-b")
FEW = ({"yes_several": 3}, {"no": 3})
"""Three people who all agree, and three of whom nobody does."""
PAGES = (
    "/reports/?cut_off={day}&tier={tier}",
    "/reports/indicators/I5?cut_off={day}&tier={tier}",
    "/reports/indicators/I7?cut_off={day}&tier={tier}",
    "/reports/surveys/{few}/?cut_off={day}&tier={tier}",
    "/reports/report.csv?cut_off={day}&tier={tier}",
    "/reports/report.json?cut_off={day}&tier={tier}",
    "/reports/report.txt?cut_off={day}&tier={tier}",
    "/reports/report.utf8.csv?cut_off={day}&tier={tier}",
    "/reports/report.xlsx?cut_off={day}&tier={tier}",
    "/reports/report.ods?cut_off={day}&tier={tier}",
    "/reports/report.pdf?cut_off={day}&tier={tier}",
    "/reports/releases/new?cut_off={day}&tier={tier}",
)
_DRAWN = re.compile(r'(nonce|csrf_token" type="hidden" value|name="(?:csrf_token|seen)" value)="[^"]*"')


@pytest.fixture(scope="module")
def houses(app: Flask, sign_in: SignIn) -> Mapping[str, tuple[InspectingClient, str, str]]:
    """Two networks that differ in the answers of three people; reader, code of their survey, code of the other one."""
    made: dict[str, tuple[Network, str, str]] = {}
    with app.app_context():
        session = db.session()
        for slug, few in zip(SLUGS, FEW, strict=True):
            network = make_network(session, slug, name="Ein Haus")
            seed = Seed(session, network)
            small = seed.ask(seed.meet(FIRST, title="Auftakt", attended_total=38), FIRST, few)
            large = seed.ask(seed.meet(LAST, title="Frühjahr", attended_total=48), LAST, CONTACTS)
            made[slug] = network, small.code, large.code
        session.rollback()
    return {slug: (sign_in(network), small, large) for slug, (network, small, large) in made.items()}


@contextmanager
def listening(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that the database gets."""
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def fetch(client: InspectingClient, slug: str, page: str, codes: tuple[str, str]) -> str:
    """Return a page without what is drawn anew for it, the names of network and surveys, and the reader's address."""
    answer = client.get(f"/n/{slug}{page}")
    assert answer.status_code == 200, page
    content = unpack(answer.data).decode("utf-8", "replace")
    text = _DRAWN.sub(r"\1", content).replace(slug, "haus")
    for name, code in zip(("few", "many"), codes, strict=True):
        text = text.replace(code, name)
    return re.sub(r"/meetings/\d+|[0-9a-f]{16}(?=@example)|[0-9a-f]{64}", "", text)


@pytest.mark.parametrize("tier", ["internal", "public"])
@pytest.mark.parametrize("page", PAGES)
def test_bytes_and_queries_are_the_same_when_only_hidden_answers_are_others(
    app: Flask, houses: Mapping[str, tuple[InspectingClient, str, str]], page: str, tier: str
) -> None:
    """A page takes its time for its queries and its bytes, so neither tells of what it withholds."""
    texts, queries = [], []
    for slug, (client, few, many) in houses.items():
        address = page.format(day=CUT_OFF, tier=tier, few=few)
        fetch(client, slug, address, (few, many))
        with listening(app) as statements:
            texts.append(fetch(client, slug, address, (few, many)))
        queries.append(list(statements))
    assert texts[0] == texts[1]
    assert queries[0] == queries[1]


@pytest.mark.parametrize("page", [PAGES[1], PAGES[4], PAGES[5]])
def test_the_same_is_sent_when_it_is_asked_a_hundred_times(
    houses: Mapping[str, tuple[InspectingClient, str, str]], page: str
) -> None:
    client, few, many = houses[SLUGS[0]]
    address = page.format(day=CUT_OFF, tier="internal", few=few)
    assert len({fetch(client, SLUGS[0], address, (few, many)) for _ in range(100)}) == 1
