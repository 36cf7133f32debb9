"""What the database files give away: no order after sealing, no receipt, nothing at all after erasing."""

import hmac
import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest
from answering import RECEIPT_KEY, submit_all
from factories import NOW, make_collector
from sqlalchemy import text
from sqlalchemy.orm import Session

from survey_app.domain.collector import Collector
from survey_app.domain.network import Network
from survey_app.domain.response import Answers
from survey_app.services import housekeeping
from survey_app.storage.engine import writing
from survey_app.storage.responses import add_response

pytestmark = pytest.mark.both_databases
PEOPLE = 200
LOW, HIGH = 0.40, 0.60  # four standard deviations of a random order of 200


def concordance(positions: Sequence[float]) -> float:
    """Return the share of pairs that stand in the order of insertion; equal positions count half."""
    pairs = list(combinations(positions, 2))
    return sum(1.0 if first < second else 0.5 if first == second else 0.0 for first, second in pairs) / len(pairs)


def mark(kind: str, number: int) -> str:
    return f"{kind}-marker-{number:04}."


def positions_in(order: Sequence[str], kind: str) -> list[int]:
    """Return for each person where their mark stands in a sequence of stored values."""
    numbers = [int(re.search(rf"{kind}-marker-(\d+)\.", value)[1]) for value in order]  # type: ignore[index]
    assert sorted(numbers) == list(range(PEOPLE))
    return [numbers.index(person) for person in range(PEOPLE)]


@pytest.fixture
def opened(session: Session, network: Network) -> Collector:
    return make_collector(session, network, now=NOW)


def answer_in_order(session: Session, collector: Collector) -> None:
    """Store one marked response and text per person, each in a transaction of its own."""
    for number in range(PEOPLE):
        with writing(session) as connection:
            assert add_response(
                connection,
                collector_id=collector.id,
                version_id=collector.version_id,
                submission_hash=number.to_bytes(32, "big"),
                answers=Answers({"marked": mark("closed", number)}, {"remarks": mark("text", number)}),
                language="de",
            )


def seal(session: Session, collector: Collector) -> None:
    housekeeping.close_collector(session, collector.code, network_id=collector.network_id, now=NOW)
    housekeeping.seal_collector(session, collector.code, network_id=collector.network_id, now=NOW, grace=timedelta(0))
    session.rollback()


def database_file(session: Session) -> Path | None:
    url = session.get_bind().url
    return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None


def stored_bytes(session: Session) -> bytes:
    """Return every byte of an SQLite database and of what stands beside it."""
    file = database_file(session)
    assert file is not None
    return b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))


COLUMNS = {"closed": ("response", "answers"), "text": ("text_answer", "text")}


def readable_orders(session: Session, kind: str) -> dict[str, list[float]]:
    """Return each person's position by every order that somebody with the database can see."""
    table, column = COLUMNS[kind]

    def select(wanted: str) -> list[tuple[str, ...]]:
        return [tuple(row) for row in session.execute(text(f"SELECT {wanted} FROM {table}"))]  # noqa: S608

    found: dict[str, list[float]] = {"select": list(positions_in([row[0] for row in select(column)], kind))}
    file = database_file(session)
    if file is not None:
        data = file.read_bytes()
        found["offset"] = [data.find(mark(kind, person).encode()) for person in range(PEOPLE)]
        assert min(found["offset"]) > 0
        return found
    rows = select(f"{column}, ctid::text, xmin::text")
    by_place = sorted(rows, key=lambda row: tuple(int(part) for part in row[1].strip("()").split(",")))
    found["ctid"] = list(positions_in([row[0] for row in by_place], kind))
    transactions = {row[0]: int(row[2]) for row in rows}
    in_order = sorted(transactions, key=lambda value: re.findall(r"\d{4}", value))
    found["xmin"] = [transactions[value] for value in in_order]
    return found


def test_measure_is_one_half_when_nothing_is_ordered_and_one_when_everything_is() -> None:
    assert concordance(range(50)) == 1
    assert concordance(range(50, 0, -1)) == 0
    assert concordance([7] * 50) == 0.5


def test_order_of_arrival_is_unreadable_when_sealed(session: Session, opened: Collector) -> None:
    answer_in_order(session, opened)
    session.rollback()
    file = database_file(session)
    if file is None:
        assert concordance(readable_orders(session, "closed")["ctid"]) == 1, (
            "the measure must see what sealing destroys"
        )
        assert concordance(readable_orders(session, "closed")["xmin"]) == 1
    else:
        log = Path(f"{file}-wal").read_bytes()
        seen = [log.find(mark("closed", person).encode()) for person in range(PEOPLE)]
        assert concordance([place for place in seen if place >= 0]) > HIGH
    session.rollback()
    seal(session, opened)
    orders = {kind: readable_orders(session, kind) for kind in COLUMNS}
    for kind, found in orders.items():
        for name, positions in found.items():
            assert LOW <= concordance(positions) <= HIGH, f"{kind} by {name}"
    persons = sorted(range(PEOPLE), key=orders["closed"]["select"].__getitem__)
    linked = concordance([orders["text"]["select"][person] for person in persons])
    assert LOW <= linked <= HIGH, "answers and texts of a person stand side by side"
    if file is not None:
        assert Path(f"{file}-wal").stat().st_size == 0
        data = file.read_bytes()
        for kind in COLUMNS:
            assert {data.count(mark(kind, person).encode()) for person in range(PEOPLE)} == {1}


def disk_size(session: Session, *tables: str) -> int:
    return sum(session.scalar(text(f"SELECT pg_relation_size('{table}')")) or 0 for table in tables)


def assert_gone(session: Session, secrets: Sequence[bytes], tables: Sequence[str]) -> None:
    """Find none of the secrets in SQLite's files; find the tables empty on PostgreSQL's disk."""
    session.rollback()
    if database_file(session) is None:
        assert disk_size(session, *tables) == 0
    else:
        data = stored_bytes(session)
        assert [secret for secret in secrets if secret in data] == []


def assert_there(session: Session, secrets: Sequence[bytes], tables: Sequence[str]) -> None:
    """Find every secret, so that not finding it later means something."""
    session.rollback()
    if database_file(session) is None:
        assert disk_size(session, *tables) > 0
    else:
        data = stored_bytes(session)
        assert all(secret in data for secret in secrets)


def test_receipts_are_nowhere_in_the_files_when_sealed(session: Session, opened: Collector) -> None:
    keys = submit_all(session, opened, [{"impulses": ["yes"]}] * 50)
    hashes = [hmac.digest(RECEIPT_KEY, key.encode(), "sha256") for key in keys]
    assert_there(session, hashes, ["receipt"])
    seal(session, opened)
    forms: list[Callable[[bytes], bytes]] = [bytes, lambda raw: raw.hex().encode(), lambda raw: raw[:16]]
    secrets = [form(raw) for raw in hashes for form in forms] + [key.encode() for key in keys]
    assert_gone(session, secrets, ["receipt"])


def test_answers_are_nowhere_in_the_files_when_erased(session: Session, opened: Collector) -> None:
    words = [f"wortlaut-{number:03}-canary" for number in range(30)]
    submit_all(session, opened, [{"topics_wanted": ["other"], "topics_wanted.other": [word]} for word in words])
    seal(session, opened)
    tables = ["response", "text_answer", "receipt", "language_tick"]
    assert_there(session, [word.encode() for word in words], tables)
    housekeeping.erase_collector(session, opened.code, network_id=opened.network_id)
    assert_gone(session, [word.encode() for word in words], tables)
    if database_file(session) is not None:
        assert b"topics_wanted.other" not in stored_bytes(session).replace(b'"', b"")
