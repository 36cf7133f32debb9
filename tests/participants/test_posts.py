"""Thousands of generated posts, mutated from valid ones: never an error of ours, never an answer that does not fit."""

from collections import Counter
from itertools import chain
from typing import Any
from urllib.parse import urlencode

import pytest
from factories import make_collector, standard_questionnaire
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from participants.test_hostile import CHOICES, CODES, PAYLOADS, fits
from survey_app.domain.collector import Collector
from survey_app.domain.network import Network
from survey_app.domain.questionnaire import Item
from survey_app.services.collecting import new_submission_key

pytestmark = pytest.mark.both_databases

Pairs = list[tuple[str, str]]
STANDARD = standard_questionnaire()
LIMITS = {name: limit for item in STANDARD.items for name, limit in item.text_fields}
EXPECTED = {200, 303, 400, 403, 413}


@pytest.fixture
def collector(session: Session, network: Network) -> Collector:
    return make_collector(session, network, expected_count=10_000)


def answers_to(item: Item) -> st.SearchStrategy[Pairs]:
    """Return what somebody may validly answer to an item, or nothing."""
    if item.is_text:
        return st.text(max_size=40).map(lambda words: [(item.code, words)])
    alone = st.sampled_from([choice.code for choice in item.options])
    return st.one_of(st.just([]), alone.map(lambda code: [(item.code, code)]))


valid = st.tuples(*(answers_to(item) for item in STANDARD.questions)).map(
    lambda parts: list(chain.from_iterable(parts))
)
names = st.one_of(st.sampled_from([*CODES, *LIMITS, "switch_language", "lang", "ticket", ""]), st.text(max_size=8))
values = st.one_of(
    st.sampled_from([*CHOICES, *PAYLOADS, "", "0", "-1", "null", "\x00", "de", "xx", "ar", "x" * 3_000, "\u202e" * 40]),
    st.text(max_size=60),
)


@st.composite
def mutated(draw: st.DrawFn) -> Pairs:
    """Draw a valid form with a few things wrong in it: missing, repeated, foreign, huge, of another version."""
    pairs = [("submission_key", new_submission_key()), ("lang", "de"), *draw(valid)]
    for _mutation in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(pairs) - 1)) if pairs else 0
        match draw(st.sampled_from(["leave out", "repeat", "change", "rename", "add"])):
            case "leave out":
                del pairs[place : place + 1]
            case "repeat":
                pairs[place:place] = pairs[place : place + 1] * draw(st.integers(1, 30))
            case "change" if pairs:
                pairs[place] = (pairs[place][0], draw(values))
            case "rename" if pairs:
                pairs[place] = (draw(names), pairs[place][1])
            case _:
                pairs.insert(place, (draw(names), draw(values)))
    return pairs


def post_many(bare: FlaskClient, collector: Collector, count: int) -> Counter[int]:
    """Post so many generated forms, and return how often each status came."""
    seen: Counter[int] = Counter()

    @run(max_examples=count, database=None)
    @given(mutated())
    def post(pairs: Pairs) -> None:
        answer = bare.post(
            f"/q/{collector.code}",
            data=urlencode(pairs, errors="surrogatepass").encode(),
            content_type="application/x-www-form-urlencoded",
        )
        seen[answer.status_code] += 1
        assert answer.status_code in EXPECTED

    post()
    return seen


def check(seen: Counter[int], documents: list[dict[str, Any]], texts: dict[str, str]) -> None:
    """Check that just what was thanked is stored, and that all of it fits the version."""
    assert 0 < len(documents) <= seen[303]
    assert all(fits(document) for document in documents if document)
    assert all(len(text) <= LIMITS[name] for name, text in texts.items())


def test_only_fitting_answers_are_stored_when_forms_are_mutated(bare, collector, stored, stored_texts):
    check(post_many(bare, collector, 300), stored(), stored_texts())


@pytest.mark.soak
def test_only_fitting_answers_are_stored_after_ten_thousand_posts(bare, collector, stored, stored_texts):
    seen = post_many(bare, collector, 10_000)
    assert seen.total() >= 10_000
    check(seen, stored(), stored_texts())
