"""The first schema: networks, accounts, documents, the book, collectors, answers, tallies, releases.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_FROZEN = {
    "questionnaire_version": "OLD.published_at IS NOT NULL",
    "goal_system_version": "OLD.published_at IS NOT NULL",
    "release": "TRUE",
    "release_file": "TRUE",
    "tally": "EXISTS (SELECT 1 FROM collector WHERE id = OLD.collector_id AND state IN ('sealed', 'erased'))",
}


def _freeze() -> None:
    """Let the database itself refuse to change or delete what is published, released or sealed."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'frozen: % never changes', TG_TABLE_NAME USING ERRCODE = '23001'; END $$"
        )
    for table, condition in _FROZEN.items():
        for action in ("UPDATE", "DELETE"):
            name = f"{table}_frozen_{action.lower()}"
            if is_sqlite:
                op.execute(
                    f"CREATE TRIGGER {name} BEFORE {action} ON {table} WHEN {condition} "
                    f"BEGIN SELECT RAISE(ABORT, 'frozen: {table} never changes'); END"
                )
            else:
                op.execute(_postgresql_trigger(name, action, table, condition))


def _postgresql_trigger(name: str, action: str, table: str, condition: str) -> str:
    """Return the trigger; PostgreSQL allows no subquery in WHEN, so the tally's condition moves into a function."""
    if "SELECT" not in condition:
        return (
            f"CREATE TRIGGER {name} BEFORE {action} ON {table} FOR EACH ROW WHEN ({condition}) "
            "EXECUTE FUNCTION refuse_change()"
        )
    result = "NEW" if action == "UPDATE" else "OLD"
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
        f"RAISE EXCEPTION 'frozen: {table} never changes' USING ERRCODE = '23001'; END IF; RETURN {result}; END $$; "
        f"CREATE TRIGGER {name} BEFORE {action} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def _thaw() -> None:
    """Remove the triggers, tables go next."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, condition in _FROZEN.items():
        for action in ("update", "delete"):
            name = f"{table}_frozen_{action}"
            op.execute(f"DROP TRIGGER {name}" if is_sqlite else f"DROP TRIGGER {name} ON {table}")
            if not is_sqlite and "SELECT" in condition:
                op.execute(f"DROP FUNCTION {name}()")
    if not is_sqlite:
        op.execute("DROP FUNCTION refuse_change()")


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("tf_primary_method", sa.String(length=64), nullable=True),
        sa.Column("tf_totp_secret", sa.String(length=255), nullable=True),
        sa.Column("mf_recovery_codes", sa.UnicodeText(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_account_fs_uniquifier")),
    )
    op.create_table(
        "network",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=63), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("default_language", sa.String(length=35), nullable=False),
        sa.Column("imprint", sa.JSON(), nullable=False),
        sa.Column("privacy", sa.JSON(), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("minimum_internal", sa.Integer(), nullable=False),
        sa.Column("minimum_public", sa.Integer(), nullable=False),
        sa.Column("minimum_sensitive", sa.Integer(), nullable=False),
        sa.Column("retention_months", sa.Integer(), nullable=False),
        sa.Column("is_synthetic", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("minimum_internal >= 5", name=op.f("ck_network_minimum_internal")),
        sa.CheckConstraint("minimum_public >= 10", name=op.f("ck_network_minimum_public")),
        sa.CheckConstraint("minimum_sensitive >= 20", name=op.f("ck_network_minimum_sensitive")),
        sa.CheckConstraint("retention_months BETWEEN 3 AND 36", name=op.f("ck_network_retention_months")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network")),
        sa.UniqueConstraint("slug", name=op.f("uq_network_slug")),
    )
    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=63), nullable=False),
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("name", name=op.f("uq_role_name")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("account_hash", sa.String(length=64), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("failure_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account_hash", "window", name=op.f("pk_sign_in_attempt")),
    )
    op.create_table(
        "account_role",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_role_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["role_id"], ["role.id"], name=op.f("fk_account_role_role_id_role"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "role_id", name=op.f("pk_account_role")),
    )
    op.create_table(
        "goal_system_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=63), nullable=False),
        sa.Column("version", sa.String(length=63), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_goal_system_version_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_system_version")),
        sa.UniqueConstraint(
            "network_id", "code", "version", name=op.f("uq_goal_system_version_network_id_code_version")
        ),
    )
    with op.batch_alter_table("goal_system_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_system_version_network_id"), ["network_id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("format", sa.String(length=63), nullable=False),
        sa.Column("status", sa.String(length=63), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("series_number", sa.Integer(), nullable=True),
        sa.Column("host", sa.String(length=200), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("motto", sa.String(length=300), nullable=True),
        sa.Column("invited", sa.Integer(), nullable=True),
        sa.Column("attended_invited", sa.Integer(), nullable=True),
        sa.Column("attended_total", sa.Integer(), nullable=True),
        sa.Column("good_practice", sa.Boolean(), nullable=True),
        sa.Column("topics", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("actor_groups", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("attended_invited >= 0", name=op.f("ck_meeting_attended_invited")),
        sa.CheckConstraint("attended_total >= attended_invited", name=op.f("ck_meeting_attended_total")),
        sa.CheckConstraint("invited >= 0", name=op.f("ck_meeting_invited")),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_meeting_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_network_id"), ["network_id"], unique=False)
        batch_op.create_index("ix_meeting_network_id_date", ["network_id", "date"], unique=False)

    op.create_table(
        "membership",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=63), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_membership_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_membership_network_id_network")),
        sa.PrimaryKeyConstraint("account_id", "network_id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_network_id"), ["network_id"], unique=False)

    op.create_table(
        "partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("actor_group", sa.String(length=63), nullable=True),
        sa.Column("fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("inside", sa.Boolean(), nullable=True),
        sa.Column("identified_on", sa.Date(), nullable=True),
        sa.Column("informed_on", sa.Date(), nullable=True),
        sa.Column("won_on", sa.Date(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_partner_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("network_id", "name", name=op.f("uq_partner_network_id_name")),
    )
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_network_id"), ["network_id"], unique=False)

    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("field", sa.String(length=63), nullable=True),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("participants >= 0", name=op.f("ck_offer_participants")),
        sa.CheckConstraint("places >= 0", name=op.f("ck_offer_places")),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_offer_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_network_id"), ["network_id"], unique=False)

    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("recognised_on", sa.Date(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(length=63), nullable=True),
        sa.Column("status", sa.String(length=63), nullable=True),
        sa.Column("offer_id", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_need_meeting_id_meeting"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_need_network_id_network")),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_need_offer_id_offer"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_network_id"), ["network_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_offer_id"), ["offer_id"], unique=False)

    op.create_table(
        "quotation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(length=63), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.Column("respondents", sa.Integer(), nullable=True),
        sa.Column("exact", sa.Boolean(), nullable=False),
        sa.Column("source_text", sa.String(length=500), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("respondents >= 1", name=op.f("ck_quotation_respondents")),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_quotation_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotation")),
        sa.UniqueConstraint(
            "network_id", "indicator", "as_of", name=op.f("uq_quotation_network_id_indicator_as_of")
        ),
    )
    with op.batch_alter_table("quotation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quotation_network_id"), ["network_id"], unique=False)

    op.create_table(
        "questionnaire_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=63), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_questionnaire_version_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_version")),
        sa.UniqueConstraint(
            "network_id", "code", "version", name=op.f("uq_questionnaire_version_network_id_code_version")
        ),
    )
    with op.batch_alter_table("questionnaire_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_questionnaire_version_network_id"), ["network_id"], unique=False)

    op.create_table(
        "collector",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=63), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expected_count", sa.Integer(), nullable=True),
        sa.Column("paper_count", sa.Integer(), nullable=False),
        sa.Column("ceiling", sa.Integer(), nullable=True),
        sa.Column("needs_ticket", sa.Boolean(), nullable=False),
        sa.Column("ticket_count", sa.Integer(), nullable=False),
        sa.Column("is_synthetic", sa.Boolean(), nullable=False),
        sa.Column("device", sa.String(length=63), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_collector_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_collector_network_id_network")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["questionnaire_version.id"], name=op.f("fk_collector_version_id_questionnaire_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collector")),
        sa.UniqueConstraint("code", name=op.f("uq_collector_code")),
        sa.UniqueConstraint("id", "version_id", name=op.f("uq_collector_id_version_id")),
    )
    with op.batch_alter_table("collector", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_collector_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_collector_network_id"), ["network_id"], unique=False)

    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("goal_system_id", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(length=63), nullable=False),
        sa.Column("cut_off", sa.Date(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.String(length=254), nullable=False),
        sa.Column("facts_hash", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("annex", sa.Text(), nullable=False),
        sa.Column("descriptions", sa.Text(), nullable=False),
        sa.Column("ledger", sa.Text(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["goal_system_id"], ["goal_system_version.id"], name=op.f("fk_release_goal_system_id_goal_system_version")
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_release_network_id_network")),
        sa.ForeignKeyConstraint(["replaces_id"], ["release.id"], name=op.f("fk_release_replaces_id_release")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("network_id", "number", name=op.f("uq_release_network_id_number")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_release_replaces_id")),
    )
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_network_id"), ["network_id"], unique=False)

    op.create_table(
        "release_file",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=63), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_release_file_release_id_release")),
        sa.PrimaryKeyConstraint("release_id", "kind", name=op.f("pk_release_file")),
    )
    op.create_table(
        "language_count",
        sa.Column("collector_id", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collector_id"], ["collector.id"], name=op.f("fk_language_count_collector_id_collector")
        ),
        sa.PrimaryKeyConstraint("collector_id", "language", name=op.f("pk_language_count")),
    )
    op.create_table(
        "language_tick",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("collector_id", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.ForeignKeyConstraint(
            ["collector_id"], ["collector.id"], name=op.f("fk_language_tick_collector_id_collector")
        ),
        sa.PrimaryKeyConstraint("collector_id", "id", name=op.f("pk_language_tick")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "receipt",
        sa.Column("submission_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("collector_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["collector_id"], ["collector.id"], name=op.f("fk_receipt_collector_id_collector")),
        sa.PrimaryKeyConstraint("submission_hash", name=op.f("pk_receipt")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "response",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("collector_id", sa.String(length=32), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collector_id", "version_id"],
            ["collector.id", "collector.version_id"],
            name=op.f("fk_response_collector_id_version_id_collector"),
        ),
        sa.PrimaryKeyConstraint("collector_id", "id", name=op.f("pk_response")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tally",
        sa.Column("collector_id", sa.String(length=32), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.Column("partial", sa.Integer(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["collector_id"], ["collector.id"], name=op.f("fk_tally_collector_id_collector")),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_tally_network_id_network")),
        sa.PrimaryKeyConstraint("collector_id", name=op.f("pk_tally")),
    )
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tally_network_id"), ["network_id"], unique=False)

    op.create_table(
        "text_answer",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("collector_id", sa.String(length=32), nullable=False),
        sa.Column("item", sa.String(length=130), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("review_state", sa.String(length=63), server_default="unread", nullable=False),
        sa.ForeignKeyConstraint(["collector_id"], ["collector.id"], name=op.f("fk_text_answer_collector_id_collector")),
        sa.PrimaryKeyConstraint("collector_id", "id", name=op.f("pk_text_answer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ticket",
        sa.Column("ticket_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("collector_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["collector_id"], ["collector.id"], name=op.f("fk_ticket_collector_id_collector")),
        sa.PrimaryKeyConstraint("ticket_hash", name=op.f("pk_ticket")),
        sqlite_with_rowid=False,
    )
    _freeze()


def downgrade() -> None:
    _thaw()
    op.drop_table("ticket")
    op.drop_table("text_answer")
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tally_network_id"))

    op.drop_table("tally")
    op.drop_table("response")
    op.drop_table("receipt")
    op.drop_table("language_tick")
    op.drop_table("language_count")
    op.drop_table("release_file")
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_release_network_id"))

    op.drop_table("release")
    with op.batch_alter_table("collector", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_collector_network_id"))
        batch_op.drop_index(batch_op.f("ix_collector_meeting_id"))

    op.drop_table("collector")
    with op.batch_alter_table("questionnaire_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_questionnaire_version_network_id"))

    op.drop_table("questionnaire_version")
    with op.batch_alter_table("quotation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quotation_network_id"))

    op.drop_table("quotation")
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partner_network_id"))

    op.drop_table("partner")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_network_id"))

    op.drop_table("membership")
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_need_offer_id"))
        batch_op.drop_index(batch_op.f("ix_need_network_id"))
        batch_op.drop_index(batch_op.f("ix_need_meeting_id"))

    op.drop_table("need")
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_network_id"))

    op.drop_table("offer")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index("ix_meeting_network_id_date")
        batch_op.drop_index(batch_op.f("ix_meeting_network_id"))

    op.drop_table("meeting")
    with op.batch_alter_table("goal_system_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_goal_system_version_network_id"))

    op.drop_table("goal_system_version")
    op.drop_table("account_role")
    op.drop_table("sign_in_attempt")
    op.drop_table("role")
    op.drop_table("network")
    op.drop_table("account")
