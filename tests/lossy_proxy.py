"""A proxy on loopback that loses what a bad Wi-Fi loses: requests on their way there, answers on their way back.

What becomes of a request is decided by a function of its method and path; `random_fates` gives one that is the same
every time for a seed. The proxy counts what it did, stops by itself with its context, and speaks to one server only.
"""

import http.client
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_LONGEST = 60
_OWN_TO_A_CONNECTION = frozenset({"connection", "keep-alive", "transfer-encoding", "date", "server"})


class Fate(StrEnum):
    """What becomes of a request."""

    PASS = "pass"
    DROP_REQUEST = "drop_request"
    DROP_RESPONSE = "drop_response"
    REFUSE = "refuse"
    """A gateway or portal on the way answers by itself, with a page that is not the survey's."""


@dataclass
class LossyProxy:
    """A running proxy.

    Attributes:
        choose: decides about each request; may be replaced at any time.
        delay: seconds before a request goes on.
        refusal: status with which the gateway answers by itself.
        counted: how often each fate befell a request, by method and fate.
    """

    upstream: int
    choose: Callable[[str, str], Fate] = lambda _method, _path: Fate.PASS
    delay: float = 0.0
    refusal: int = 502
    counted: Counter[tuple[str, Fate]] = field(default_factory=Counter)
    port: int = 0

    @property
    def base(self) -> str:
        """Return the address behind which everything is as at the server, but lossy."""
        return f"http://127.0.0.1:{self.port}"


def random_fates(seed: int, **shares: float) -> Callable[[str, str], Fate]:
    """Return fates for POST requests in these shares, `drop_request` and so on; all else passes."""
    drawn = random.Random(seed)
    lock = threading.Lock()
    fates = [Fate(name) for name in shares]
    weights = list(shares.values())

    def choose(method: str, _path: str) -> Fate:
        with lock:
            found = drawn.choices([*fates, Fate.PASS], [*weights, 1 - sum(weights)])[0]
        return found if method == "POST" else Fate.PASS

    return choose


@contextmanager
def lossy_proxy(upstream: int, **values: Any) -> Iterator[LossyProxy]:
    """Run a proxy in front of the server on this port of loopback."""
    proxy = LossyProxy(upstream, **values)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"proxy": proxy}))
    server.daemon_threads = True
    proxy.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """One connection of a phone."""

    proxy: LossyProxy
    protocol_version = "HTTP/1.1"
    timeout = _LONGEST

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fate = self.proxy.choose(self.command, self.path)
        self.proxy.counted[self.command, fate] += 1
        time.sleep(self.proxy.delay)
        if fate is Fate.DROP_REQUEST:
            return self._break_off()
        if fate is Fate.REFUSE:
            return self._answer(self.proxy.refusal, [("Content-Type", "text/html")], b"<h1>Not the survey</h1>")
        status, headers, content = self._ask(body)
        if fate is Fate.DROP_RESPONSE:
            return self._break_off()
        return self._answer(status, headers, content)

    do_GET = do_HEAD = do_POST = _serve  # noqa: N815  # the names are the library's

    def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        """Let the server answer in full: what it has committed then stays, whatever becomes of its answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.proxy.upstream, timeout=_LONGEST)
        try:
            kept = {name: value for name, value in self.headers.items() if name.lower() not in _OWN_TO_A_CONNECTION}
            connection.request(self.command, self.path, body or None, kept)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

    def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in _OWN_TO_A_CONNECTION | {"content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content if self.command != "HEAD" else b"")

    def _break_off(self) -> None:
        """End the connection as one ends that the phone has walked out of."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def handle(self) -> None:
        """Serve until the phone goes away; that it does is no error here."""
        try:
            super().handle()
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the names are the library's
        """Write nothing."""
