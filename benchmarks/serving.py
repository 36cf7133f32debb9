"""Measurements through a real server: pages, submissions, visits, the burst after a meeting."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import psycopg

from benchmarks.figures import Figure
from benchmarks.load import Load, Request, combine_loads, get, post, run_burst, run_load
from benchmarks.servers import serving
from benchmarks.stage import SECRET, application, fresh_database, open_survey
from survey_app.domain.collector import Collector
from survey_app.extensions import db
from survey_app.services.collecting import new_submission_key

_TARGET = "survey_app:create_app()"
_LIMIT = "benchmarks.limits:create_limit_app()"
_COMMITS = 300
_TURNS = 8
_TURN_SECONDS = 0.5
_INITIAL_WINDOW = 14_000


def _body() -> str:
    """Return a form as a phone sends it: thirteen closed answers and a remark."""
    return urlencode(
        [
            ("submission_key", new_submission_key()), ("lang", "de"), ("attendance_count", "two_three"),
            ("topics_central", "yes_mostly"), ("knows_more_offers", "somewhat_more"),
            ("actors_overview", "somewhat_better"),
            ("contacts_made", "yes_one"), ("cooperation_won", "no"), ("impulses", "yes"), ("benefit", "rather_large"),
            ("goals_known", "roughly"), ("topics_wanted", "parents"), ("topics_wanted", "clubs"),
            ("actor_group", "club_volunteers"), ("education_fields", "clubs"), ("answered_this_year", "no"),
            ("remarks", "Danke für die gute Organisation!"),
        ]
    )  # fmt: skip


def measure_serving(kind: str) -> Iterator[Figure]:
    """Yield ratios of pages, submissions and visits to those of bare Flask views on the same server."""
    with fresh_database(kind) as (url, folder):
        with application(url, folder):
            collector = open_survey(db.session())
        path = f"/q/{collector.code}"
        yield from _measure_bytes(kind, url, folder, collector)
        page = _fetch_page(url, folder, path)
        with TemporaryDirectory() as scratch:
            limit_page = Path(scratch) / "page.html.gz"
            limit_page.write_bytes(page)
            ours, limits = _environment(url), {"RESONANZ_BENCH_PAGE": str(limit_page)}
            yield from _compare(kind, path, ours, limits)
        yield Figure(
            f"single-row durable commits per second of the database, {kind}",
            _commits(kind, url),
            "1/s",
            0,
            at_least=True,
        )


def _environment(url: str) -> dict[str, str]:
    return {"SURVEY_DATABASE_URL": url, "SURVEY_SECRET_KEY": SECRET}


def _fetch_page(url: str, folder: Path, path: str) -> bytes:
    with application(url, folder) as app:
        response = app.test_client().get(path, headers={"Accept-Encoding": "gzip"})
        return bytes(response.data)


def _measure_bytes(kind: str, url: str, folder: Path, collector: Collector) -> Iterator[Figure]:
    if kind != "sqlite":
        return
    for language in ("de", "ar"):
        size = len(_fetch_page(url, folder, f"/q/{collector.code}?lang={language}"))
        yield Figure(f"page with 15 items, {language}, compressed", size, "bytes", 1, _INITIAL_WINDOW)


def _compare(kind: str, path: str, ours: dict[str, str], limits: dict[str, str]) -> Iterator[Figure]:
    def visit(form_path: str) -> list[Request]:
        return [get(form_path), post(form_path, _body()), get(f"{path}/thanks" if form_path == path else "/thanks")]

    steps = {
        "GET page": (lambda p: [get(p)], 0.85),
        "stored submission ÷ form only parsed": (lambda p: [post(p, _body())], 0.5),
        "whole visit": (visit, 0.5),
    }
    with serving(_LIMIT, limits) as limit_port, serving(_TARGET, ours) as our_port:
        targets = ((limit_port, "/page"), (our_port, path))
        measured = {name: _take_turns(targets, make) for name, (make, _goal) in steps.items()}
        burst = run_burst(our_port, lambda: visit(path), visitors=240, within=5)
    for name, (_make, goal) in steps.items():
        limit, mine = measured[name]
        yield Figure(f"{name}, per second, {kind}", mine.per_second, "1/s", goal, limit.per_second, at_least=True)
        yield Figure(f"{name}: refused, {kind}", mine.refused, "requests", 0)
    yield Figure(f"p99 when 240 arrive within 5 s, {kind}", burst.percentile(0.99) * 1e3, "ms", 150)
    yield Figure(f"burst: refused, {kind}", burst.refused, "requests", 0)


def _take_turns(targets: Sequence[tuple[int, str]], make: Callable[[str], list[Request]]) -> list[Load]:
    """Return the load of each server, measured in short turns: what disturbs the machine then disturbs both."""
    loads: list[list[Load]] = [[] for _target in targets]
    for turn in range(_TURNS + 1):
        for (port, path), found in zip(targets, loads, strict=True):
            load = run_load(port, lambda path=path: make(path), duration=_TURN_SECONDS)
            if turn:  # the first one warms up
                found.append(load)
    return [combine_loads(found) for found in loads]


def _commits(kind: str, url: str) -> float:
    """Return how many single-row transactions per second the database makes durable, one after the other."""
    begun = time.perf_counter()
    if kind == "sqlite":
        with sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None) as connection:
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("CREATE TABLE bench (value BLOB)")
            for _round in range(_COMMITS):
                connection.execute("INSERT INTO bench VALUES (?)", (os.urandom(16),))
        connection.close()
    else:
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("CREATE TABLE bench (value BYTEA)")
            for _round in range(_COMMITS):
                connection.execute("INSERT INTO bench VALUES (%s)", (os.urandom(16),))
    return _COMMITS / (time.perf_counter() - begun)
