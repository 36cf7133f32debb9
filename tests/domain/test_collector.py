"""The life of a collector: which steps exist, and whose answers are taken when."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from survey_app.domain.collector import GRACE, Collector, CollectorState, new_access_code
from survey_app.domain.errors import (
    CollectorClosed,
    CollectorError,
    CollectorNotOpen,
    CollectorSealed,
    TransitionNotAllowed,
)

NOW = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def in_state(state: CollectorState, **values: object) -> Collector:
    values.setdefault("opens_at", None if state is CollectorState.DRAFT else NOW)
    values.setdefault("closes_at", None if state in (CollectorState.DRAFT, CollectorState.OPEN) else NOW + HOUR)
    return Collector("id", "code", 1, "1", 1, state, ("de",), **values)  # type: ignore[arg-type]


def error_of(check, *moment) -> type[CollectorError] | None:
    try:
        check(*moment)
    except CollectorError as error:
        return type(error)
    return None


STEPS = {
    "opened": lambda collector, now: collector.opened(now, now + HOUR),
    "closed": lambda collector, now: collector.closed(now),
    "sealed": lambda collector, now: collector.sealed(now),
    "erased": lambda collector, _now: collector.erased(),
}
ALLOWED = {
    ("draft", "opened"), ("open", "closed"), ("closed", "opened"), ("closed", "sealed"), ("sealed", "erased"),
}  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", CollectorState)
def test_step_is_refused_when_the_life_of_a_collector_has_none_such(state: CollectorState, step: str) -> None:
    late = NOW + timedelta(days=1)
    if (state, step) in ALLOWED:
        expected = "open" if step == "opened" else step
        assert STEPS[step](in_state(state), late).state == expected
    else:
        with pytest.raises(TransitionNotAllowed):
            STEPS[step](in_state(state), late)


@pytest.mark.parametrize(
    ("moment", "reading", "sending"),
    [
        (NOW - SECOND, CollectorNotOpen, CollectorNotOpen),
        (NOW, None, None),
        (NOW + HOUR - SECOND, None, None),
        (NOW + HOUR, CollectorClosed, None),
        (NOW + HOUR + GRACE - SECOND, CollectorClosed, None),
        (NOW + HOUR + GRACE, CollectorClosed, CollectorClosed),
    ],
)
@pytest.mark.parametrize("state", [CollectorState.OPEN, CollectorState.CLOSED])
def test_clock_decides_who_may_read_and_send_when_times_are_set(
    state: CollectorState, moment: datetime, reading: type | None, sending: type | None
) -> None:
    collector = in_state(state, closes_at=NOW + HOUR)
    if state is CollectorState.CLOSED and reading is None:
        reading = CollectorClosed  # closed by hand, whatever its old closing time says
    assert error_of(collector.ensure_readable, moment) is reading
    assert error_of(collector.ensure_accepting, moment) is sending


@pytest.mark.parametrize(
    ("state", "error"),
    [("draft", CollectorNotOpen), ("sealed", CollectorSealed), ("erased", CollectorSealed)],
)
def test_nobody_reads_or_sends_when_the_state_forbids_it(state: str, error: type) -> None:
    collector = in_state(CollectorState(state), opens_at=NOW, closes_at=NOW + HOUR)
    for moment in (NOW - HOUR, NOW, NOW + HOUR, NOW + 99 * HOUR):
        assert error_of(collector.ensure_readable, moment) is error
        assert error_of(collector.ensure_accepting, moment) is error


def test_open_end_never_closes_when_nobody_set_one() -> None:
    collector = in_state(CollectorState.OPEN)
    collector.ensure_readable(NOW + timedelta(days=9999))
    collector.ensure_accepting(NOW + timedelta(days=9999))


def test_closing_time_is_now_when_closed_by_hand_and_the_planned_one_when_that_has_passed() -> None:
    collector = in_state(CollectorState.OPEN, closes_at=NOW + HOUR)
    assert collector.closed(NOW).closes_at == NOW
    assert collector.closed(NOW + HOUR).closes_at == NOW + HOUR
    assert collector.closed(NOW + 5 * HOUR).closes_at == NOW + HOUR
    assert in_state(CollectorState.OPEN).closed(NOW).closes_at == NOW


def test_sealing_waits_for_the_grace_when_pages_may_still_be_open() -> None:
    collector = in_state(CollectorState.CLOSED, closes_at=NOW)
    with pytest.raises(TransitionNotAllowed):
        collector.sealed(NOW + GRACE - SECOND)
    assert collector.sealed(NOW + GRACE).state is CollectorState.SEALED
    assert collector.sealed(NOW, grace=timedelta(0)).state is CollectorState.SEALED


def test_opening_time_stays_when_opened_again() -> None:
    first = in_state(CollectorState.DRAFT).opened(NOW, NOW + HOUR)
    again = first.closed(NOW + HOUR).opened(NOW + 2 * HOUR, NOW + 3 * HOUR)
    assert (first.opens_at, again.opens_at, again.closes_at) == (NOW, NOW, NOW + 3 * HOUR)
    assert in_state(CollectorState.DRAFT, opens_at=NOW + HOUR).opened(NOW, None).opens_at == NOW + HOUR


def test_steps_change_nothing_but_state_and_times_when_taken() -> None:
    before = in_state(CollectorState.OPEN, expected_count=80, is_synthetic=True)
    after = before.closed(NOW).sealed(NOW, grace=timedelta(0)).erased()
    assert replace(after, state=before.state, closes_at=before.closes_at) == before


def test_access_codes_can_be_read_and_typed_when_printed() -> None:
    codes = [new_access_code() for _ in range(500)]
    assert all(re.fullmatch(r"[bcdfghjkmnpqrstvwxz2-9]{8}", code) for code in codes)
    assert len(set(codes)) == 500
    assert len(set("".join(codes))) == 27


class CollectorLife(RuleBasedStateMachine):
    """A collector, a clock that only goes forward, and a diary of what happened."""

    @initialize()
    def begin(self) -> None:
        self.now = NOW
        self.collector = in_state(CollectorState.DRAFT)
        self.seen = [self.collector.state]

    @rule(minutes=st.integers(0, 90))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(step=st.sampled_from(sorted(STEPS)))
    def take(self, step: str) -> None:
        try:
            self.collector = STEPS[step](self.collector, self.now)
        except TransitionNotAllowed:
            return
        self.seen.append(self.collector.state)

    @invariant()
    def whoever_may_read_may_send(self) -> None:
        if error_of(self.collector.ensure_readable, self.now) is None:
            assert error_of(self.collector.ensure_accepting, self.now) is None
            assert self.collector.state is CollectorState.OPEN

    @invariant()
    def nothing_is_taken_once_sealed(self) -> None:
        if CollectorState.SEALED in self.seen:
            assert error_of(self.collector.ensure_accepting, self.now) is CollectorSealed
            assert set(self.seen[self.seen.index(CollectorState.SEALED) :]) <= {"sealed", "erased"}

    @invariant()
    def nobody_may_send_when_sealing_is_allowed(self) -> None:
        if error_of(self.collector.sealed, self.now) is None:
            assert error_of(self.collector.ensure_accepting, self.now) is CollectorClosed

    @invariant()
    def closed_collectors_have_an_end(self) -> None:
        if self.collector.state is CollectorState.CLOSED:
            assert self.collector.closes_at is not None
            assert self.collector.closes_at <= self.now


CollectorLife.TestCase.settings = settings(max_examples=40, stateful_step_count=20)
TestCollectorLife = CollectorLife.TestCase
