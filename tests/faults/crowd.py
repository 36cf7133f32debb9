"""Phones that do not give up: each opens the survey, answers, and sends the same form until it is thanked."""

import asyncio
import re
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlencode

_KEY = re.compile(rb'name="submission_key" value="([A-Za-z0-9_-]{22})"')
_PATIENCE = 20.0
_MOST_TRIES = 200


@dataclass
class Phone:
    """One phone with what it has seen.

    Attributes:
        mark: what it writes into the survey, so that its answer can be found again.
        source: loopback address it comes from; all phones of a meeting share one.
        acknowledged: whether it has seen that its answers are stored.
        statuses: of every answer that arrived.
        seconds: how long each of them took.
    """

    mark: str
    port: int
    path: str
    seed: int
    source: str = "127.0.0.1"
    key: str = ""
    acknowledged: bool = False
    statuses: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Give each phone whims of its own, the same in every run."""
        self._random = Random(self.seed)

    async def visit(self, is_over: Callable[[], bool] = lambda: False) -> None:
        """Open the survey, send the answers and read the thanks; give up only when all is over."""
        page = await self._insist("GET", self.path, is_over)
        found = _KEY.search(page)
        if found is None:
            return
        self.key = found.group(1).decode()
        await self.send(is_over)

    async def send(self, is_over: Callable[[], bool] = lambda: False) -> None:
        """Send the answers under the key of this phone until they are acknowledged."""
        body = urlencode({"submission_key": self.key, "lang": "de", "impulses": "yes", "remarks": self.mark})
        taps = 3 if self.seed % 10 == 0 else 1  # some tap three times, since nothing seems to happen
        await asyncio.gather(*(self._insist("POST", self.path, is_over, body) for _tap in range(taps)))
        if self.acknowledged:
            await self._insist("GET", f"{self.path}/thanks?lang=de", is_over)

    async def _insist(self, method: str, path: str, is_over: Callable[[], bool], body: str = "") -> bytes:
        """Ask until an answer arrives that is no trouble of the server's; return its body, or nothing."""
        for _attempt in range(_MOST_TRIES):
            if is_over():
                return b""
            begun = time.perf_counter()
            try:
                status, content = await asyncio.wait_for(self._exchange(method, path, body), _PATIENCE)
            except (TimeoutError, OSError, EOFError, ValueError):
                await asyncio.sleep(self._random.uniform(0.05, 0.3))
                continue
            self.statuses.append(status)
            self.seconds.append(time.perf_counter() - begun)
            if status < 500:
                self.acknowledged = self.acknowledged or (method == "POST" and status == 303)
                return content
            await asyncio.sleep(self._random.uniform(0.05, 0.3))
        return b""

    async def _exchange(self, method: str, path: str, body: str) -> tuple[int, bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(self.source, 0))
        try:
            kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n" if body else ""
            head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n{kind}\r\n"
            writer.write((head + body).encode())
            answer = await reader.read()
        finally:
            writer.close()
        head_bytes, separator, content = answer.partition(b"\r\n\r\n")
        if not separator:
            raise EOFError("the answer was lost")
        return int(head_bytes[9:12]), content


def run_apart(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine in a thread of its own: browser tests of the same process keep a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, coroutine).result()


def percentile(phones: list[Phone], share: float) -> float:
    """Return the seconds within which this share of all answers arrived."""
    seconds = sorted(second for phone in phones for second in phone.seconds)
    return seconds[min(int(len(seconds) * share), len(seconds) - 1)]


def statuses(phones: list[Phone]) -> set[int]:
    """Return every status that any phone has seen."""
    return {status for phone in phones for status in phone.statuses}


async def arrive(phones: list[Phone], within: float) -> None:
    """Let the phones visit the survey, spread evenly over some seconds."""

    async def come(index: int, phone: Phone) -> None:
        await asyncio.sleep(within * index / len(phones))
        await phone.visit()

    await asyncio.gather(*(come(index, phone) for index, phone in enumerate(phones)))
