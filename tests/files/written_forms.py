"""Tables written by hand as text: sheets begin with "# name", cells stand between upright strokes."""

import json
from pathlib import Path
from typing import Any

from survey_app.domain.questionnaire_document import write_questionnaire
from survey_app.files.sheet_writing import write_sheets
from survey_app.files.xlsform_reading import read_xlsform

FORMS = sorted((Path(__file__).parents[1] / "data" / "xlsforms").glob("*.md"))


def read_tables(text: str) -> dict[str, list[tuple[str, ...]]]:
    """Return the rows of each sheet."""
    tables: dict[str, list[tuple[str, ...]]] = {}
    rows: list[tuple[str, ...]] = []
    for line in text.splitlines():
        if line.startswith("# "):
            rows = tables.setdefault(line[2:].strip(), [])
        elif line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip()[1:-1].split("|")))
    return tables


def as_workbook(path: Path) -> bytes:
    """Return the form of a file as XLSX."""
    return write_sheets(read_tables(path.read_text(encoding="utf-8")))


def describe(data: bytes) -> dict[str, Any]:
    """Return the questionnaire of a form as its document, and a line for each note."""
    result = read_xlsform(data, language="en")
    lines = [" ".join([note.place, note.code, *map(str, note.parameters.values())]) for note in result.notes]
    return {"questionnaire": write_questionnaire(result.questionnaire), "notes": lines}


def main() -> None:
    """Write the expectations anew; every change of them has to be read."""
    for path in FORMS:
        expected = json.dumps(describe(as_workbook(path)), ensure_ascii=False, indent=1)
        path.with_suffix(".json").write_text(f"{expected}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
