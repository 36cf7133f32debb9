"""Nobody who answers leaves a trace: address, browser, referrer and wishes of language are written nowhere."""

import base64
import hashlib
import http.client
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from databases import POSTGRES

from faults.server import Server
from survey_app.domain.collector import Collector
from survey_app.services.collecting import new_submission_key

pytestmark = pytest.mark.both_databases

# All of 127.0.0.0/8 is this machine; this address of it stands in no configuration.
CANARIES = {
    "address": "127.83.211.47",
    "forwarded address": "203.0.113.77",
    "agent": "CanaryBrowser/7.31 (Zeisig; Kohlmeise)",
    "referrer": "https://canary-referrer.example/zilpzalp",
    "languages": "de-CH-zilpzalp,gsw;q=0.3",
    "header": "canary-header-rotkehlchen",
}
ANSWERED = 50
FAILED = 20
ALLOWED = {"survey.db", "survey.db-wal", "survey.db-shm", "server.log"}


def request(server: Server, method: str, path: str, form: dict[str, str] | None = None) -> int:
    """Send a request that carries every canary, and return the status."""
    connection = http.client.HTTPConnection(
        "127.0.0.1", server.port, timeout=30, source_address=(CANARIES["address"], 0)
    )
    headers = {
        "X-Forwarded-For": CANARIES["forwarded address"],
        "User-Agent": CANARIES["agent"],
        "Referer": CANARIES["referrer"],
        "Accept-Language": CANARIES["languages"],
        "X-Canary": CANARIES["header"],
        "Cookie": f"canary={CANARIES['header']}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    with closing(connection):
        connection.request(method, path, urlencode(form or {}) if method == "POST" else None, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status


def answer_and_fail(server: Server, collector: Collector) -> None:
    """Let people answer, and others meet every kind of error."""
    path = f"/q/{collector.code}"
    for number in range(ANSWERED):
        form = {"submission_key": new_submission_key(), "lang": "de", "impulses": "yes", "remarks": f"marker {number}"}
        assert request(server, "GET", path) == 200
        assert request(server, "POST", path, form) == 303
        assert request(server, "GET", f"{path}/thanks") == 200
    errors = [
        ("GET", "/q/nobody22", None, 404),
        ("GET", "/n/nobody/", None, 302),
        ("POST", path, {"impulses": "nonsense", "submission_key": "x" * 22}, 400),
        ("POST", path, {"remarks": "x" * 300_000, "submission_key": "x" * 22}, 413),
        ("DELETE", path, None, 405),
    ]
    for number in range(FAILED):
        method, where, form, status = errors[number % len(errors)]
        assert request(server, method, where, form) == status, (method, where)


def spellings(canary: str) -> Iterator[bytes]:
    """Yield what a canary may look like in a file."""
    raw = canary.encode()
    yield raw
    yield raw.hex().encode()
    yield raw.hex().upper().encode()
    yield base64.b64encode(raw).rstrip(b"=")[:-1]  # its last character depends on what follows
    for algorithm in ("md5", "sha1", "sha256"):
        digest = hashlib.new(algorithm, raw, usedforsecurity=False)
        yield digest.digest()
        yield digest.hexdigest().encode()


def dump(url: str, folder: Path) -> None:
    """Write what PostgreSQL holds into a file, as a backup would."""
    program = shutil.which("pg_dump") or pytest.skip("no pg_dump on this machine")
    plain = url.replace("+psycopg", "")
    name = plain.rsplit("/", 1)[1]
    address = POSTGRES.rsplit("/", 1)[0] + f"/{name}"
    with (folder / "dump.sql").open("wb") as file:
        subprocess.run([program, address], stdout=file, check=True)


@pytest.fixture
def everything_written(
    server: Server, database_kind: str, database_url: str, tmp_path: Path
) -> Callable[[], dict[str, bytes]]:
    """Return a function that gives every file of the installation with its bytes."""

    def collect() -> dict[str, bytes]:
        if database_kind == "postgresql":
            dump(database_url, tmp_path)
        return {str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    return collect


def test_no_trace_of_a_person_is_written_anywhere(server, survey, everything_written):
    before = set(everything_written())
    answer_and_fail(server, survey)
    running = everything_written()
    server.stop()
    stopped = everything_written()
    assert set(running) | set(stopped) <= before | ALLOWED
    assert any(b"marker 49" in content for content in running.values()), "the search looks in the wrong place"
    hits = [
        (name, file, spelling)
        for name, canary in CANARIES.items()
        for spelling in spellings(canary)
        for files in (running, stopped)
        for file, content in files.items()
        if spelling in content
    ]
    assert hits == []
