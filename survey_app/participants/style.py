"""The one small style sheet of participants' pages, set into the page so that the first paint needs one request."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from survey_app.web.headers import content_policy

_SOURCE = Path(__file__).parent.parent / "static" / "participants" / "page.css"
_PLACE = "<style></style>"


def shorten_style(source: str) -> str:
    """Return a style sheet without comments and needless space; its rules stay what they are."""
    bare = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    bare = re.sub(r"\s+", " ", bare).strip()
    bare = re.sub(r"\s*([{};,])\s*", r"\1", bare)
    return bare.replace(": ", ":").replace(";}", "}")


@cache
def page_style() -> str:
    """Return the style sheet as it stands in the page."""
    return shorten_style(_SOURCE.read_text(encoding="utf-8"))


@cache
def page_policy() -> str:
    """Return the content policy that allows this style sheet and no other."""
    digest = base64.b64encode(hashlib.sha256(page_style().encode()).digest()).decode()
    return content_policy(f"sha256-{digest}")


def with_style(html: str) -> str:
    """Return the page with the style sheet in its empty style element."""
    return html.replace(_PLACE, f"<style>{page_style()}</style>", 1)
