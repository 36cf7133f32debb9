"""Somebody has to send the report this afternoon: from signing in to the saved file in three clicks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from factories import PASSWORD
from pdf_reading import check_accessibility, read_pdf
from playwright.sync_api import BrowserContext
from report_reading import SHEETS, read_sheets

from survey_app.domain.membership import Role

from .conftest import Stage


def test_the_report_is_a_file_after_three_clicks_without_a_script(
    stage: Stage, open_browser: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    page = open_browser(java_script_enabled=False).new_page()
    page.goto(f"{stage.base}/login")
    page.fill("input[name=email]", f"{Role.COORDINATOR}@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.click("main [type=submit]")
    page.get_by_role("link", name="Bericht lesen").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Als PDF herunterladen").click()
    assert coming.value.suggested_filename.startswith("wirkungsbericht-freiburg-")
    assert coming.value.suggested_filename.endswith("-intern-nicht-freigegeben.pdf")
    coming.value.save_as(tmp_path / "report.pdf")
    content = (tmp_path / "report.pdf").read_bytes()
    assert check_accessibility(content) == []
    assert "Nicht freigegeben" in read_pdf(content).root.words


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_workbooks_are_found_among_the_formats(
    stage: Stage, open_browser: Callable[..., BrowserContext], tmp_path: Path, kind: str
) -> None:
    page = open_browser(java_script_enabled=False).new_page()
    page.goto(f"{stage.base}/login")
    page.fill("input[name=email]", f"{Role.COORDINATOR}@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.click("main [type=submit]")
    page.goto(f"{stage.root}/reports/")
    page.get_by_text("Weitere Formate").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name=f"({kind.upper()})").click()
    coming.value.save_as(tmp_path / "report")
    assert list(read_sheets((tmp_path / "report").read_bytes())) == SHEETS
