"""The columns of the tables of partners, needs and offers, with words that the caller gives."""

from collections.abc import Mapping, Sequence

from survey_app.files.record_csv import Column, ColumnKind

Words = Mapping[str, Mapping[str, Sequence[str]]]
"""By column: what people call its codes, in any languages, by code."""

_KINDS: Mapping[str, Mapping[str, ColumnKind]] = {
    "partners": {
        "name": ColumnKind.TEXT,
        "actor_group": ColumnKind.CODE,
        "inside": ColumnKind.FLAG,
        "fields": ColumnKind.CODES,
        "identified_on": ColumnKind.DAY,
        "informed_on": ColumnKind.DAY,
        "won_on": ColumnKind.DAY,
    },
    "needs": {
        "id": ColumnKind.TEXT,
        "title": ColumnKind.TEXT,
        "recognised_on": ColumnKind.DAY,
        "meeting": ColumnKind.TEXT,
        "field": ColumnKind.CODE,
        "status": ColumnKind.CODE,
        "offer": ColumnKind.TEXT,
        "decided_on": ColumnKind.DAY,
    },
    "offers": {
        "id": ColumnKind.TEXT,
        "title": ColumnKind.TEXT,
        "started_on": ColumnKind.DAY,
        "field": ColumnKind.CODE,
        "places": ColumnKind.COUNT,
        "participants": ColumnKind.COUNT,
        "languages": ColumnKind.TAGS,
    },
}
REQUIRED: Mapping[str, str] = {"partners": "name", "needs": "title", "offers": "title"}
"""The column without which a table says nothing."""


def build_columns(kind: str, words: Words) -> tuple[Column, ...]:
    """Return the columns of a table: "partners", "needs" or "offers"."""
    return tuple(Column(key, column, words.get(key, {})) for key, column in _KINDS[kind].items())


def list_keys(kind: str) -> tuple[str, ...]:
    """Return the keys of the columns of a table."""
    return tuple(_KINDS[kind])
