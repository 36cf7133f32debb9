"""The files of a release, and the words that every file of a report carries: whether it was released, to whom.

In German like the sentences beside them, whatever the language of the page.
"""

from collections.abc import Mapping
from datetime import date

from survey_app.evaluation import Report, Tier
from survey_app.files import report_csv, report_text

MADE_UP = "Erfundene Daten zur Demonstration"
NOT_RELEASED = "Nicht freigegeben"
_READERS = {Tier.INTERNAL: "intern", Tier.PUBLIC: "öffentlich"}


def write_files(report: Report, *, number: int, released_on: date, is_synthetic: bool) -> Mapping[str, bytes]:
    """Return the files of a release by their kind; they are stored with it and never written again."""
    stamp = write_release_stamp(report, number=number, released_on=released_on, is_synthetic=is_synthetic)
    return {
        "csv": report_csv.write_report(report, stamp=stamp),
        "txt": report_text.write_report(report, stamp=stamp),
    }


def write_release_stamp(report: Report, *, number: int, released_on: date, is_synthetic: bool) -> str:
    """Return the words on the files of a release."""
    return _join(f"Freigabe {number} vom {released_on:%d.%m.%Y}, {_READERS[report.tier]}", is_synthetic=is_synthetic)


def write_draft_stamp(*, is_synthetic: bool) -> str:
    """Return the words on files that show how things stand today."""
    return _join(NOT_RELEASED, is_synthetic=is_synthetic)


def _join(words: str, *, is_synthetic: bool) -> str:
    return f"{words} · {MADE_UP}" if is_synthetic else words
