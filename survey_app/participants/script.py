"""The one script of participants' pages: small modules joined at start-up, cached for ever, needed by nothing.

A page says everything without it; with it, answers wait for a connection, questions are read aloud, and a tablet
returns to its start.
"""

import hashlib
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from survey_app.domain.collector import Device
from survey_app.participants.packing import Packing
from survey_app.participants.splicing import finish_page

_FOLDER = Path(__file__).parent.parent / "static" / "participants"
_BEFORE = ("page", "telling")
_CONDITIONAL = ("conditions",)
"""What only forms need in which some questions are not for everybody."""

_AFTER = ("beside", "counting", "progress", "aloud", "keeping", "sending", "pressing")
_LENT = ("lent", "kiosk")
"""What only devices need that are not one's own."""

_COMMENTS = re.compile(r"/\*.*?\*/|^\s*//[^\n]*$", re.DOTALL | re.MULTILINE)
_IMPORTS = re.compile(r"^import [^;]*;$", re.MULTILINE)
_EXPORTS = re.compile(r"^export (?=(?:async )?function|const)", re.MULTILINE)
_DIGEST_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Script:
    """Modules as one file.

    Attributes:
        digest: names the content, so that the address of another content is another one.
        packed: the content in every packing.
    """

    digest: str
    packed: Mapping[Packing, bytes]


def join_modules(sources: list[str]) -> str:
    """Return modules as one classic script: in one function of its own, without imports, comments and indentation.

    A comment stands on lines of its own or between ``/*`` and ``*/``; no text of a module runs over several lines.
    """
    bare = (_EXPORTS.sub("", _IMPORTS.sub("", _COMMENTS.sub("", source))) for source in sources)
    lines = [line.strip() for source in bare for line in source.splitlines()]
    return "(() => {\n'use strict';\n" + "\n".join(line for line in lines if line) + "\n})();\n"


def list_modules(device: Device, *, is_conditional: bool) -> list[Path]:
    """Return the files of the modules for a page, each after those that it imports."""
    lent = () if device is Device.OWN else _LENT
    return [_FOLDER / f"{name}.js" for name in (*_BEFORE, *(_CONDITIONAL * is_conditional), *_AFTER, *lent)]


@cache
def script_for(device: Device, *, is_conditional: bool = False) -> Script:
    """Return the script for pages on such a device, with or without questions that are not for everybody."""
    modules = list_modules(device, is_conditional=is_conditional)
    content = join_modules([path.read_text(encoding="utf-8") for path in modules]).encode()
    digest = hashlib.sha256(content).hexdigest()[:_DIGEST_LENGTH]
    return Script(digest, finish_page(content).packed)


def find_script(digest: str) -> Script | None:
    """Return the script with this content, or None if it is from another version of the product."""
    kinds = itertools.product(Device, (False, True))
    scripts = (script_for(device, is_conditional=is_conditional) for device, is_conditional in kinds)
    return next((script for script in scripts if script.digest == digest), None)
