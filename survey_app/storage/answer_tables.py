"""The tables of collectors and what people answered.

Nothing here holds a time, an address, an agent or an order. The tables of answers are core tables, not mapped
classes: their rows are written on the hot path and never edited. Random keys alone would not hide the order in an
ordinary SQLite table, whose hidden rowid keeps it; hence ``WITHOUT ROWID``. The key begins with the collector and
there is no other index: each one would be a further page to make durable with every answer.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.extensions import db
from survey_app.storage.column_types import UtcTime
from survey_app.storage.tables import CODE, LANGUAGE, network_key

RANDOM_KEY_BYTES = 16


class CollectorRow(db.Model):
    """One opening of one questionnaire version for one meeting."""

    __tablename__ = "collector"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    network_id: Mapped[int] = network_key()
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    code: Mapped[str] = mapped_column(String(16), unique=True)
    state: Mapped[str] = mapped_column(CODE, default="draft")
    languages: Mapped[list[str]] = mapped_column(JSON)
    opens_at: Mapped[datetime | None] = mapped_column(UtcTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcTime)
    expected_count: Mapped[int | None]
    paper_count: Mapped[int] = mapped_column(default=0)
    ceiling: Mapped[int | None]
    needs_ticket: Mapped[bool] = mapped_column(default=False)
    ticket_count: Mapped[int] = mapped_column(default=0)
    is_synthetic: Mapped[bool] = mapped_column(default=False)
    device: Mapped[str] = mapped_column(CODE, default="own")
    revision: Mapped[int] = mapped_column(default=1)
    __table_args__ = (UniqueConstraint("id", "version_id"),)


def _random_key() -> Column[Any]:
    return Column("id", LargeBinary(RANDOM_KEY_BYTES), nullable=False)


def _collector_key() -> Column[Any]:
    return Column("collector_id", ForeignKey("collector.id"), nullable=False)


response = Table(
    "response",
    db.metadata,
    _random_key(),
    Column("collector_id", String(32), nullable=False),
    Column("version_id", Integer, nullable=False),
    Column("answers", Text, nullable=False),
    PrimaryKeyConstraint("collector_id", "id"),
    # One constraint says more than two: the version is the collector's own. It is also checked once instead of twice.
    ForeignKeyConstraint(["collector_id", "version_id"], ["collector.id", "collector.version_id"]),
    sqlite_with_rowid=False,
)

text_answer = Table(
    "text_answer",
    db.metadata,
    _random_key(),
    _collector_key(),
    Column("item", String(130), nullable=False),
    Column("text", Text, nullable=False),
    Column("review_state", CODE, nullable=False, server_default="unread"),
    PrimaryKeyConstraint("collector_id", "id"),
    sqlite_with_rowid=False,
)

language_tick = Table(
    "language_tick",
    db.metadata,
    _random_key(),
    _collector_key(),
    Column("language", LANGUAGE, nullable=False),
    PrimaryKeyConstraint("collector_id", "id"),
    sqlite_with_rowid=False,
)

language_count = Table(
    "language_count",
    db.metadata,
    Column("collector_id", ForeignKey("collector.id"), primary_key=True),
    Column("language", LANGUAGE, primary_key=True),
    Column("persons", Integer, nullable=False),
)

receipt = Table(
    "receipt",
    db.metadata,
    Column("submission_hash", LargeBinary(32), primary_key=True),
    _collector_key(),
    sqlite_with_rowid=False,
)

ticket = Table(
    "ticket",
    db.metadata,
    Column("ticket_hash", LargeBinary(32), primary_key=True),
    _collector_key(),
    sqlite_with_rowid=False,
)

tally = Table(
    "tally",
    db.metadata,
    Column("collector_id", ForeignKey("collector.id"), primary_key=True),
    Column("network_id", ForeignKey("network.id"), nullable=False, index=True),
    Column("completed", Integer, nullable=False),
    Column("partial", Integer, nullable=False),
    Column("items", JSON, nullable=False),
)
