"""The one small style sheet of participants' pages, set into the page so that the first paint needs one request."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from survey_app.web.headers import content_policy

_SOURCE = Path(__file__).parent.parent / "static" / "participants" / "page.css"
_PLACE = "<style></style>"
_DARK = "@media (prefers-color-scheme:dark)"


def shorten_style(source: str) -> str:
    """Return a style sheet without comments and needless space; its rules stay what they are."""
    bare = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    bare = re.sub(r"\s+", " ", bare).strip()
    bare = re.sub(r"\s*([{};,])\s*", r"\1", bare)
    return bare.replace(": ", ":").replace(";}", "}")


@cache
def page_style(scheme: str = "") -> str:
    """Return the style sheet as it stands in the page.

    Args:
        scheme: "light" or "dark" for a preview; else the reader's device decides.
    """
    style = shorten_style(_SOURCE.read_text(encoding="utf-8"))
    if not scheme:
        return style
    style = style.replace("color-scheme:light dark", f"color-scheme:{scheme}")
    return style.replace(_DARK, "@media all" if scheme == "dark" else "@media not all")


@cache
def page_policy(scheme: str = "", *, is_framed: bool = False) -> str:
    """Return the content policy that allows this style sheet and no other; one that is framed, by our own pages."""
    digest = base64.b64encode(hashlib.sha256(page_style(scheme).encode()).digest()).decode()
    return content_policy(f"sha256-{digest}", is_framed=is_framed)


def with_style(html: str, scheme: str = "") -> str:
    """Return the page with the style sheet in its empty style element."""
    return html.replace(_PLACE, f"<style>{page_style(scheme)}</style>", 1)
