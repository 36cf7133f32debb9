"""A small load client on raw sockets: the client must not be what is measured."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Request = bytes
MakeRequests = Callable[[], Sequence[Request]]


@dataclass(frozen=True, slots=True)
class Load:
    """What a load showed: visits per second, sorted seconds per request, and statuses that were not wanted."""

    per_second: float
    seconds: tuple[float, ...]
    refused: int

    def percentile(self, share: float) -> float:
        """Return the seconds within which this share of the requests was answered."""
        return self.seconds[min(int(len(self.seconds) * share), len(self.seconds) - 1)]


def combine_loads(loads: Sequence[Load]) -> Load:
    """Return several loads of equal length as one."""
    seconds = sorted(second for load in loads for second in load.seconds)
    per_second = sum(load.per_second for load in loads) / len(loads)
    return Load(per_second, tuple(seconds), sum(load.refused for load in loads))


def get(path: str) -> Request:
    """Return a GET request as bytes."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode()


def post(path: str, body: str) -> Request:
    """Return a form POST as bytes."""
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    return f"{head}Content-Length: {len(body.encode())}\r\n\r\n{body}".encode()


async def exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: Request) -> tuple[int, bytes]:
    """Send one request on a kept-alive connection; return status and body."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    return status, await reader.readexactly(length)


async def _client(port: int, make: MakeRequests, until: float, seconds: list[float]) -> tuple[int, int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    visits = refused = 0
    while time.perf_counter() < until:
        for request in make():
            begun = time.perf_counter()
            try:
                status, _body = await exchange(reader, writer, request)
            except (asyncio.IncompleteReadError, ConnectionError):
                # A worker may end a kept-alive connection between two requests: a browser opens a new one.
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                status, _body = await exchange(reader, writer, request)
            seconds.append(time.perf_counter() - begun)
            refused += status >= 400
        visits += 1
    writer.close()
    return visits, refused


def run_load(port: int, make: MakeRequests, *, clients: int = 8, duration: float = 3.0) -> Load:
    """Let clients make visits one after the other for some seconds; a visit is one call of `make`."""

    async def run() -> Load:
        seconds: list[float] = []
        begun = time.perf_counter()
        done = await asyncio.gather(*(_client(port, make, begun + duration, seconds) for _ in range(clients)))
        took = time.perf_counter() - begun
        return Load(sum(v for v, _ in done) / took, tuple(sorted(seconds)), sum(r for _, r in done))

    return asyncio.run(run())


def run_burst(port: int, make: MakeRequests, *, visitors: int, within: float) -> Load:
    """Let visitors arrive evenly within some seconds, each on a connection of their own."""

    async def visit(delay: float, seconds: list[float]) -> int:
        await asyncio.sleep(delay)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        refused = 0
        for request in make():
            begun = time.perf_counter()
            status, _body = await exchange(reader, writer, request)
            seconds.append(time.perf_counter() - begun)
            refused += status >= 400
        writer.close()
        return refused

    async def run() -> Load:
        seconds: list[float] = []
        begun = time.perf_counter()
        waits = [within * index / visitors for index in range(visitors)]
        refused = sum(await asyncio.gather(*(visit(wait, seconds) for wait in waits)))
        return Load(visitors / (time.perf_counter() - begun), tuple(sorted(seconds)), refused)

    return asyncio.run(run())
