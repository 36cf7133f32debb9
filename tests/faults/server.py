"""A real server for fault tests: the deployed configuration in a process group of its own, which may be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_SECONDS_TO_START = 60


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """One installation, served on one port for as long as it lives, however often its processes die.

    Attributes:
        environment: settings of the installation.
        log: file into which everything goes that the processes say.
    """

    environment: Mapping[str, str]
    log: Path
    workers: int = 2
    port: int = field(default_factory=_free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Server":
        """Start the processes and wait until they answer."""
        command = [
            sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--log-level", "debug",
            "--bind", f"127.0.0.1:{self.port}", "--workers", str(self.workers), "survey_app:create_app()",
        ]  # fmt: skip
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=_ROOT, env=os.environ | dict(self.environment), stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        self._wait_until_it_answers()
        return self

    def kill(self) -> None:
        """End every process at once, without a chance to tidy up."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """Ask the server to stop, and return its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=40)

    def is_running(self) -> bool:
        """Tell whether the server has been started and not stopped."""
        return self.process is not None and self.process.poll() is None

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + _SECONDS_TO_START
        while time.monotonic() < deadline:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as probe:
                    probe.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
                    if b" 200 " in probe.recv(20):
                        return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError(f"nothing answers on port {self.port}:\n{self.log.read_text()[-2000:]}")
