"""What the style sheet promises about colours and about scripts that run from right to left."""

import re
from pathlib import Path

import pytest

import survey_app

STATIC = Path(survey_app.__file__).parent / "static"
DRAWING = "data:image/svg+xml,%3Csvg xmlns="
CSS = (STATIC / "resonanz.css").read_text(encoding="utf-8")
LIGHT, DARK = re.findall(r"--reached-secure: (#\w+);\s*--reached-point: (#\w+);\s*--open: (#\w+);\s*--missed: (#\w+);"
                         r"\s*--no-verdict: (#\w+);", CSS)  # fmt: skip


def luminance(colour):
    """Return the relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_published_when_colours_are_known():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#0b6e4f", "#ffffff") == pytest.approx(6.3, abs=0.05)


@pytest.mark.parametrize("colour", LIGHT)
@pytest.mark.parametrize("paper", ["#ffffff", "#f3f4f7"])
def test_verdict_is_legible_when_page_is_light(colour, paper):
    assert contrast(colour, paper) >= 4.5


@pytest.mark.parametrize("colour", DARK)
@pytest.mark.parametrize("paper", ["#000000", "#131525"])
def test_verdict_is_legible_when_page_is_dark(colour, paper):
    assert contrast(colour, paper) >= 4.5


def test_style_sheet_names_no_other_host_when_loaded():
    for sheet in (CSS, (STATIC / "vendor/kern/kern.min.css").read_text(encoding="utf-8")):
        addresses = re.findall(r"url\(\s*[\"']?([^\"')]{1,40})", sheet)
        assert addresses
        assert not [address for address in addresses if "//" in address.removeprefix(DRAWING)]
        assert "@import" not in sheet


def test_style_sheet_files_exist_when_named():
    for address in re.findall(r"url\(\"([^\"?]+)", CSS):
        assert (STATIC / address).is_file()


def test_own_rules_use_logical_sides_when_they_name_one():
    rules = [rule for rule in CSS.split("}") if "[dir=" not in rule]
    assert not re.findall(r"(?:margin|padding|border)-(?:left|right)|text-align: (?:left|right)|float: (?:left|right)",
                          "".join(rules))  # fmt: skip
