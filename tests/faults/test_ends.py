"""Processes die: killed at a random moment, or asked to stop for an update. What was acknowledged is there, once."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from faults.crowd import Phone, run_apart, statuses

LOG = logging.getLogger(__name__)
pytestmark = pytest.mark.both_databases
CLIENTS = 12


class Crowd:
    """Clients that fill in one form after the other, and keep an account of what they saw."""

    def __init__(self, port: int, code: str) -> None:
        self.port, self.path = port, f"/q/{code}"
        self.phones: list[Phone] = []

    def count_acknowledged(self) -> int:
        return sum(phone.acknowledged for phone in self.phones)

    async def keep_sending(self, is_over: Callable[[], bool]) -> None:
        async def client() -> None:
            while not is_over():
                number = len(self.phones)
                self.phones.append(Phone(f"form {number:05}", self.port, self.path, seed=number))
                await self.phones[number].visit(is_over)

        await asyncio.gather(*(client() for _client in range(CLIENTS)))

    async def send_the_rest(self) -> None:
        """Send every form once more whose sender does not know what became of it."""
        waiting = [phone for phone in self.phones if phone.key and not phone.acknowledged]
        await asyncio.gather(*(phone.send() for phone in waiting))


def endure(server, survey, end, *, cycles: int) -> Crowd:
    """Let the crowd send while the server ends, each time after some more answers, and begins again."""
    crowd, moments = Crowd(server.port, survey.code), Random(11)

    async def cycle() -> None:
        ended: list[bool] = []
        sending = asyncio.create_task(crowd.keep_sending(lambda: bool(ended)))
        enough = crowd.count_acknowledged() + moments.randint(15, 60)
        while crowd.count_acknowledged() < enough:
            await asyncio.sleep(0.01)
        await asyncio.sleep(moments.uniform(0, 0.05))
        await asyncio.to_thread(end)
        ended.append(True)
        await sending

    for _cycle in range(cycles):
        run_apart(cycle())
        server.start()
    return crowd


def check(crowd: Crowd, stored_marks) -> None:
    stored = stored_marks()
    acknowledged = {phone.mark for phone in crowd.phones if phone.acknowledged}
    assert len(acknowledged) > CLIENTS
    assert acknowledged <= set(stored)
    assert set(stored.values()) == {1}
    run_apart(crowd.send_the_rest())
    assert stored_marks() == Counter(phone.mark for phone in crowd.phones if phone.key)
    assert statuses(crowd.phones) <= {200, 303, 503}
    LOG.info(f"{len(crowd.phones)} forms, {len(acknowledged)} acknowledged before the last end")


def test_acknowledged_answers_are_there_once_when_every_process_is_killed(server, survey, stored_marks):
    check(endure(server, survey, server.kill, cycles=3), stored_marks)


@pytest.mark.soak
def test_acknowledged_answers_are_there_once_after_fifty_kills(server, survey, stored_marks):
    crowd = endure(server, survey, server.kill, cycles=50)
    assert len(crowd.phones) >= 2_000
    check(crowd, stored_marks)


def test_nothing_is_lost_when_the_server_stops_for_an_update(server, survey, stored_marks):
    codes = []
    crowd = endure(server, survey, lambda: codes.append(server.stop()), cycles=2)
    assert codes == [0, 0]
    assert 503 not in statuses(crowd.phones)
    check(crowd, stored_marks)
