"""The tables of networks, documents and the book; accounts stand in `account_tables`, answers in `answer_tables`.

Every table of a network has a ``network_id``: the wall between tenants runs along it.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.extensions import db
from survey_app.storage.column_types import UtcTime

CODE = String(63)
LANGUAGE = String(35)
EMAIL = String(254)


def network_key() -> Mapped[int]:
    """Return the column that binds a row to its network."""
    return mapped_column(ForeignKey("network.id"), index=True)


class NetworkRow(db.Model):
    """A network with its settings."""

    __tablename__ = "network"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(CODE, unique=True)
    name: Mapped[str] = mapped_column(String(200))
    default_language: Mapped[str] = mapped_column(LANGUAGE, default="de")
    imprint: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    privacy: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    contact_email: Mapped[str] = mapped_column(EMAIL, default="")
    minimum_internal: Mapped[int] = mapped_column(default=5)
    minimum_public: Mapped[int] = mapped_column(default=10)
    minimum_sensitive: Mapped[int] = mapped_column(default=20)
    retention_months: Mapped[int] = mapped_column(default=12)
    colour: Mapped[str] = mapped_column(String(7), default="")
    is_synthetic: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=1)
    __table_args__ = (
        CheckConstraint("minimum_internal >= 5", "minimum_internal"),
        CheckConstraint("minimum_public >= 10", "minimum_public"),
        CheckConstraint("minimum_sensitive >= 20", "minimum_sensitive"),
        CheckConstraint("retention_months BETWEEN 3 AND 36", "retention_months"),
    )


class NetworkLogoRow(db.Model):
    """The sign of a network, as PNG."""

    __tablename__ = "network_logo"
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]
    alternative: Mapped[str] = mapped_column(String(200))
    revision: Mapped[int]


class GoalSystemRow(db.Model):
    """One version of a goal system: its document, frozen once `published_at` is set."""

    __tablename__ = "goal_system_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = network_key()
    code: Mapped[str] = mapped_column(CODE)
    version: Mapped[str] = mapped_column(CODE)
    document: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime | None] = mapped_column(UtcTime)
    revision: Mapped[int] = mapped_column(default=1)
    __table_args__ = (UniqueConstraint("network_id", "code", "version"),)


class QuestionnaireRow(db.Model):
    """One version of a questionnaire: its document, frozen once `published_at` is set.

    `wording_states` says of a draft's translations from which source text they were made; `override_reason` why a
    version was published although wording was missing.
    """

    __tablename__ = "questionnaire_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = network_key()
    code: Mapped[str] = mapped_column(CODE)
    version: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    wording_states: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    published_at: Mapped[datetime | None] = mapped_column(UtcTime)
    published_by: Mapped[str] = mapped_column(EMAIL, default="", server_default="")
    override_reason: Mapped[str] = mapped_column(String(500), default="", server_default="")
    revision: Mapped[int] = mapped_column(default=1)
    __table_args__ = (UniqueConstraint("network_id", "code", "version"),)


class QuestionnaireStepRow(db.Model):
    """What a draft was like before one of its last changes, so that the change can be undone.

    `revision` is the draft's before the change; `kind` and `subject` say what the change was.
    """

    __tablename__ = "questionnaire_step"
    version_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire_version.id", ondelete="CASCADE"), primary_key=True
    )
    revision: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = network_key()
    kind: Mapped[str] = mapped_column(CODE)
    subject: Mapped[str] = mapped_column(CODE, default="")
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    wording_states: Mapped[dict[str, Any]] = mapped_column(JSON)


class TranslatorLinkRow(db.Model):
    """An address by which somebody without an account translates one language of a draft, until it expires."""

    __tablename__ = "translator_link"
    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = network_key()
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(LANGUAGE)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)


class MeetingRow(db.Model):
    """A meeting as the organisers record it; None is unknown. `topics` and `actor_groups` are lists or None."""

    __tablename__ = "meeting"
    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = network_key()
    date: Mapped[date]
    format: Mapped[str] = mapped_column(CODE, default="network_meeting")
    status: Mapped[str] = mapped_column(CODE, default="planned")
    title: Mapped[str] = mapped_column(String(200))
    series_number: Mapped[int | None]
    host: Mapped[str | None] = mapped_column(String(200))
    place: Mapped[str | None] = mapped_column(String(200))
    motto: Mapped[str | None] = mapped_column(String(300))
    invited: Mapped[int | None]
    attended_invited: Mapped[int | None]
    attended_total: Mapped[int | None]
    good_practice: Mapped[bool | None]
    topics: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    actor_groups: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    revision: Mapped[int] = mapped_column(default=1)
    __table_args__ = (
        CheckConstraint("invited >= 0", "invited"),
        CheckConstraint("attended_invited >= 0", "attended_invited"),
        CheckConstraint("attended_total >= attended_invited", "attended_total"),
        Index("ix_meeting_network_id_date", "network_id", "date"),
    )


class PartnerRow(db.Model):
    """An organisation on its way from identified over informed to won."""

    __tablename__ = "partner"
    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = network_key()
    name: Mapped[str] = mapped_column(String(200))
    actor_group: Mapped[str | None] = mapped_column(CODE)
    fields: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    inside: Mapped[bool | None]
    identified_on: Mapped[date | None]
    informed_on: Mapped[date | None]
    won_on: Mapped[date | None]
    revision: Mapped[int] = mapped_column(default=1)
    __table_args__ = (UniqueConstraint("network_id", "name"),)


class OfferRow(db.Model):
    """An education or advice offer that exists; None is unknown, `languages` is a list or None."""

    __tablename__ = "offer"
    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = network_key()
    title: Mapped[str] = mapped_column(String(300))
    started_on: Mapped[date | None]
    field: Mapped[str | None] = mapped_column(CODE)
    places: Mapped[int | None]
    participants: Mapped[int | None]
    languages: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    revision: Mapped[int] = mapped_column(default=1)
    __table_args__ = (
        CheckConstraint("places >= 0", "places"),
        CheckConstraint("participants >= 0", "participants"),
    )


class NeedRow(db.Model):
    """A need that the network recognised, on its way to an offer or to a reasoned refusal."""

    __tablename__ = "need"
    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = network_key()
    title: Mapped[str] = mapped_column(String(300))
    recognised_on: Mapped[date | None]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id", ondelete="SET NULL"), index=True)
    field: Mapped[str | None] = mapped_column(CODE)
    status: Mapped[str | None] = mapped_column(CODE)
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id", ondelete="SET NULL"), index=True)
    decided_on: Mapped[date | None]
    revision: Mapped[int] = mapped_column(default=1)


class QuotationRow(db.Model):
    """A figure that stands in a document; `value` is a fraction "a/b"."""

    __tablename__ = "quotation"
    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = network_key()
    indicator: Mapped[str] = mapped_column(CODE)
    as_of: Mapped[date]
    value: Mapped[str] = mapped_column(String(80))
    respondents: Mapped[int | None]
    exact: Mapped[bool] = mapped_column(default=False)
    source_text: Mapped[str] = mapped_column(String(500))
    revision: Mapped[int] = mapped_column(default=1)
    __table_args__ = (
        UniqueConstraint("network_id", "indicator", "as_of"),
        CheckConstraint("respondents >= 1", "respondents"),
    )


class ReleaseRow(db.Model):
    """A published report, stored as it is and never recomputed; a correction names what it replaces and why.

    `document` and `descriptions` are what was published; `annex` is what pages need beside it, and `ledger` the sets
    of answers that later releases are compared with: neither leaves the house.
    """

    __tablename__ = "release"
    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = network_key()
    number: Mapped[int]
    goal_system_id: Mapped[int] = mapped_column(ForeignKey("goal_system_version.id"))
    tier: Mapped[str] = mapped_column(CODE)
    cut_off: Mapped[date]
    released_at: Mapped[datetime] = mapped_column(UtcTime)
    released_by: Mapped[str] = mapped_column(EMAIL)
    facts_hash: Mapped[str] = mapped_column(String(64))
    document: Mapped[str] = mapped_column(Text)
    annex: Mapped[str] = mapped_column(Text)
    descriptions: Mapped[str] = mapped_column(Text)
    ledger: Mapped[str] = mapped_column(Text)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"), unique=True)
    reason: Mapped[str] = mapped_column(String(500), default="")
    __table_args__ = (UniqueConstraint("network_id", "number"),)


release_file = Table(
    "release_file",
    db.metadata,
    Column("release_id", ForeignKey("release.id"), primary_key=True),
    Column("kind", CODE, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""The files of a release as they were written, so that a later writer cannot change a byte of them."""
