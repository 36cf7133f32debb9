import base64
import hashlib
import re
from pathlib import Path

import survey_app
from survey_app.web.participant_style import page_policy, page_style, shorten_style, with_style

SOURCE = Path(survey_app.__file__).parent / "static" / "participants" / "page.css"


def test_comments_and_space_go_when_shortened():
    source = "/* why\n this */\na ,  b {\n  color: red;\n  margin: 0 auto;\n}\n\n@media print {\n  a { top: 0; }\n}\n"
    assert shorten_style(source) == "a,b{color:red;margin:0 auto}@media print{a{top:0}}"


def test_rules_stay_what_they_are_when_shortened():
    def tokens(text: str) -> list[str]:
        return re.findall(r"[^\s{};,]+", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).replace(": ", ":"))

    source = SOURCE.read_text(encoding="utf-8")
    assert tokens(page_style()) == tokens(source)
    assert page_style().count("{") == source.count("{") == page_style().count("}")
    assert len(page_style()) < 0.8 * len(source)


def test_style_needs_no_other_request_and_no_escape_when_in_a_page():
    assert "url(" not in page_style()
    assert "@import" not in page_style()
    assert "<" not in page_style()


def test_directions_are_logical_when_a_page_runs_from_the_right():
    sided = re.findall(
        r"(?:margin|padding|border|inset)-(?:left|right)|[{;](?:left|right):|float:(?:left|right)", page_style()
    )
    assert sided == []


def test_policy_allows_exactly_this_style_when_hashed_by_a_browser():
    html = with_style("<html><style></style><p>&lt;style&gt;&lt;/style&gt;</p>")
    inside = re.search("<style>(.*?)</style>", html, re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}'" in page_policy()
    assert "unsafe" not in page_policy()


def test_a_preview_is_light_or_dark_whatever_the_device_wants():
    assert "prefers-color-scheme" in page_style()
    for scheme in ("light", "dark"):
        style = page_style(scheme)
        assert "prefers-color-scheme" not in style
        assert f"color-scheme:{scheme};" in style
        assert style.count("{") == page_style().count("{")
        assert page_policy(scheme) != page_policy()
    assert "frame-ancestors 'none'" in page_policy("dark")
    assert "frame-ancestors 'self'" in page_policy("dark", is_framed=True)
