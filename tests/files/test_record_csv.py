"""Tables of records: what is written comes back, whatever Excel did to it; nothing dangerous, nothing guessed."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.domain.errors import InvalidRecord
from survey_app.domain.text import clean_text
from survey_app.files.csv_reading import Encoding, guard_cell, read_table
from survey_app.files.record_columns import REQUIRED, build_columns, list_keys
from survey_app.files.record_csv import read_records, write_records

WORDS = {
    "actor_group": {"business_chambers": ("Wirtschaft, Kammern", "business, chambers"), "other": ("andere Gruppe",)},
    "fields": {"school": ("schulische Bildung",), "culture": ("kulturelle Einrichtungen (z. B. Museen; Theater)",)},
    "field": {"school": ("schulische Bildung",), "culture": ("Kultur",)},
    "status": {"planned": ("geplant",), "offer_created": ("Angebot geschaffen",)},
}
NAMES = {key: (f"Spalte {key}", f"column {key}") for kind in REQUIRED for key in list_keys(kind)}
KINDS = st.sampled_from(list(REQUIRED))
TEXTS = (
    st.text(st.characters(exclude_categories=["Cs", "Cn"]), min_size=1, max_size=30)
    .map(lambda text: re.sub("[ \t\n]+", " ", clean_text(text)))
    .filter(bool)
)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
VALUES = {
    "text": TEXTS,
    "day": DAYS,
    "count": st.integers(0, 1_000_000),
    "flag": st.booleans(),
    "tags": st.lists(st.sampled_from(["de", "ar", "de-x-simple", "zh-Hans"]), unique=True).map(tuple),
}


def columns(kind: str):
    return build_columns(kind, WORDS)


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, list[dict]]:
    kind = draw(KINDS)
    records = []
    for _row in range(draw(st.integers(0, 5))):
        record = {}
        for column in columns(kind):
            codes = list(column.words)
            choice = VALUES.get(column.kind)
            if column.kind == "code":
                choice = st.sampled_from(codes)
            elif column.kind == "codes":
                choice = st.lists(st.sampled_from(codes), unique=True).map(tuple)
            assert choice is not None
            is_needed = column.key == REQUIRED[kind]
            record[column.key] = draw(choice if is_needed else st.none() | choice)
        records.append(record)
    return kind, records


@given(tables())
def test_what_is_written_comes_back(table: tuple[str, list[dict]]) -> None:
    kind, records = table
    found = read_records(write_records(columns(kind), NAMES, records), columns(kind), NAMES, required=REQUIRED[kind])
    assert [line.problems for line in found.lines] == [()] * len(records)
    assert [dict(line.values) for line in found.lines] == records
    assert found.encoding is Encoding.UTF_8


@given(tables())
def test_no_cell_begins_like_a_formula(table: tuple[str, list[dict]]) -> None:
    kind, records = table
    written = write_records(columns(kind), NAMES, records)
    for _number, cells in read_raw(written):
        assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]


def read_raw(data: bytes) -> list[tuple[int, list[str]]]:
    import csv
    import io

    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    return list(enumerate(rows))[1:]


@pytest.mark.parametrize("text", ["=1+1", "'=1", "''-x", "@a", "-", "- ", "'", "'a", "+49 30"])
def test_a_dangerous_cell_is_guarded_and_opened_again(text: str) -> None:
    written = write_records(columns("offers"), NAMES, [{"title": text}])
    (line,) = read_records(written, columns("offers"), NAMES, required="title").lines
    assert line.values["title"] == text.strip()
    assert guard_cell("abc") == "abc"


GERMAN = "Spalte title;Spalte started_on;Spalte places;Spalte field\r\nÜbergänge für Mütter;02.09.2024;12;kultur\r\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (GERMAN.encode("utf-8"), Encoding.UTF_8),
        (b"\xef\xbb\xbf" + GERMAN.encode("utf-8"), Encoding.UTF_8),
        (GERMAN.encode("cp1252"), Encoding.WINDOWS_1252),
        (GERMAN.replace(";", "\t").encode("utf-16"), Encoding.UTF_16),
        (GERMAN.replace(";", ",").encode("utf-8"), Encoding.UTF_8),
        (GERMAN.replace("\r\n", "\n").encode("utf-8"), Encoding.UTF_8),
        (GERMAN.replace("\r\n", "\r\n\r\n;;;\r\n").encode("utf-8"), Encoding.UTF_8),
        ("title;started_on;places;field\nÜbergänge für Mütter;2024-09-02;12;culture\n".encode(), Encoding.UTF_8),
        (
            'COLUMN TITLE;column started_on;places;field\n"Übergänge für Mütter";2.9.2024;12;Kultur;;\n'.encode(),
            Encoding.UTF_8,
        ),
    ],
)
def test_every_dialect_of_a_german_excel_is_read(data: bytes, encoding: Encoding) -> None:
    table = read_records(data, columns("offers"), NAMES, required="title")
    assert table.encoding is encoding
    (line,) = table.lines
    assert dict(line.values) == {
        "title": "Übergänge für Mütter",
        "started_on": date(2024, 9, 2),
        "places": 12,
        "field": "culture",
    }


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ("x;32.1.2024;;;", ("not_a_date", "started_on")),
        ("x;1.1.1066;;;", ("not_a_date", "started_on")),
        ("x;;viele;;", ("not_a_number", "places")),
        ("x;;-3;;", ("not_a_number", "places")),
        ("x;;99999999;;", ("number_too_large", "places")),
        ("x;;;Sport;", ("unknown_value", "field")),
        ("x;;;;Deutsch", ("not_a_language", "languages")),
    ],
)
def test_a_wrong_cell_is_named_with_its_row_and_column(cells: str, problem: tuple[str, str]) -> None:
    data = f"title;started_on;places;field;languages\ngut;;;;\n{cells}\n".encode()
    good, bad = read_records(data, columns("offers"), NAMES, required="title").lines
    assert (good.number, good.problems) == (2, ())
    assert (bad.number, [(one.code, one.place) for one in bad.problems]) == (3, [problem])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_is_empty"),
        (b"\n \n;;\n", "file_is_empty"),
        (b"title;colour\nx;red\n", "unknown_column"),
        (b"title;Spalte title\nx;y\n", "doubled_column"),
        (b"places\n12\n", "missing_column"),
        (b"PK\x03\x04\x00\x00", "file_is_no_text"),
        (b"\x81\x8d\xff", "file_is_no_text"),
        (b'title\n"open\n', "row_is_broken"),
        (b"title\na;b\n", "row_is_too_wide"),
        (b"title\n" + b"x" * 5000 + b"\n", "cell_is_too_long"),
        (b"title\n" + b"x\n" * 2001, "file_is_too_long"),
        (b"title;;places\nx;lost;3\n", "column_without_name"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_as_a_whole(data: bytes, code: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        read_records(data, columns("offers"), NAMES, required="title")
    assert code in {problem.code for problem in caught.value.problems}


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    problems: tuple[object, ...] = ("none",)
    try:
        read_table(data)
        read_records(data, columns("needs"), NAMES, required="title")
    except InvalidRecord as error:
        problems = error.problems
    assert problems


@pytest.mark.parametrize(("cell", "value"), [("ja", True), ("Nein", False), ("x", True), ("0", False), ("WAHR", True)])
def test_yes_and_no_are_read_as_people_write_them(cell: str, value: bool) -> None:
    (line,) = read_records(f"name;inside\na;{cell}\n".encode(), columns("partners"), NAMES, required="name").lines
    assert line.values["inside"] is value
    (wrong,) = read_records(b"name;inside\na;vielleicht\n", columns("partners"), NAMES, required="name").lines
    assert [problem.code for problem in wrong.problems] == ["not_yes_or_no"]


def test_as_many_rows_as_allowed_are_read() -> None:
    assert len(read_table(b"title\n" + b"x\n" * 2000).rows) == 2000


def test_a_column_without_name_and_text_is_ignored() -> None:
    (line,) = read_records(b"title;;places;\nx;;3;\n", columns("offers"), NAMES, required="title").lines
    assert dict(line.values) == {"title": "x", "places": 3}


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("de | ar", ("de", "ar")),
        ("Deutsch, Arabisch", ("de", "ar")),
        ("de/DE; AR", ("de", "ar")),
        ("zh_hans", ("zh-Hans",)),
        ("–", ()),
    ],
)
def test_languages_are_read_by_name_or_tag(cell: str, tags: tuple[str, ...]) -> None:
    spoken = build_columns("offers", {**WORDS, "languages": {"de": ("Deutsch",), "ar": ("Arabisch", "Arabic")}})
    (line,) = read_records(f'title;languages\na;"{cell}"\n'.encode(), spoken, NAMES, required="title").lines
    assert line.values["languages"] == tags
    assert "ar" in write_records(spoken, NAMES, [{"languages": ("de", "ar")}]).decode().split(";")[-1]


def test_what_is_written_comes_back_though_it_means_something_else_in_another_language() -> None:
    words = {"status": {"planned": ("offen", "zu"), "offer_created": ("zu", "fertig")}}
    status = next(column for column in build_columns("needs", words) if column.key == "status")
    assert [status.find_code(word) for word in ("offen", "zu", "fertig", "planned")] == [
        "planned",
        "offer_created",
        "offer_created",
        "planned",
    ]


def test_spaces_that_do_not_break_lines_are_kept() -> None:
    written = write_records(columns("offers"), NAMES, [{"title": "Amt\u00a0für\u2009Schule"}])
    (line,) = read_records(written, columns("offers"), NAMES, required="title").lines
    assert line.values["title"] == "Amt\u00a0für\u2009Schule"
