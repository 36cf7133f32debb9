"""A real browser for measurements and pictures."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import which

from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def browsing() -> Iterator[Browser]:
    """Yield the system's Chromium.

    Raises:
        FileNotFoundError: if there is none.
    """
    executable = next(filter(None, map(which, _NAMES)), None)
    if executable is None:
        raise FileNotFoundError("no Chromium on this machine; install the package 'chromium'")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=_ARGUMENTS, env=os.environ | {"LANGUAGE": "de"}
        )
        yield browser
        browser.close()
