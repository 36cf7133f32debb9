"""Real servers for measurements: gunicorn as it is deployed, on loopback, for as long as a block lasts."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_SECONDS_TO_START = 20


@contextmanager
def serving(target: str, environment: Mapping[str, str], *, workers: int = 1) -> Iterator[int]:
    """Serve an application and yield its port; pins nothing, stops the server afterwards.

    Raises:
        TimeoutError: if the server does not come up.
    """
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py",
        "--bind", f"127.0.0.1:{port}", "--workers", str(workers), target,
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=_ROOT, env=os.environ | dict(environment))
    try:
        _wait_for(port)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=40)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nothing answers on port {port}")
