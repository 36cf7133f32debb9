"""Drafts of questionnaires: states of wording, the last steps for undoing, links for translators.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("wording_states", sa.JSON(), "{}"),
    ("published_by", sa.String(length=254), ""),
    ("override_reason", sa.String(length=500), ""),
)


def upgrade() -> None:
    # Added in place, with a default: copying the table, as batch mode does, would lose the triggers that freeze it,
    # and no row of a published version may be updated.
    for name, kind, default in _COLUMNS:
        op.add_column("questionnaire_version", sa.Column(name, kind, nullable=False, server_default=default))
    op.create_table(
        "questionnaire_step",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=63), nullable=False),
        sa.Column("subject", sa.String(length=63), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("wording_states", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_questionnaire_step_network_id_network")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["questionnaire_version.id"],
            name=op.f("fk_questionnaire_step_version_id_questionnaire_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "revision", name=op.f("pk_questionnaire_step")),
    )
    op.create_index(op.f("ix_questionnaire_step_network_id"), "questionnaire_step", ["network_id"])
    op.create_table(
        "translator_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_translator_link_network_id_network")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["questionnaire_version.id"],
            name=op.f("fk_translator_link_version_id_questionnaire_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translator_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_translator_link_token_hash")),
    )
    op.create_index(op.f("ix_translator_link_network_id"), "translator_link", ["network_id"])
    op.create_index(op.f("ix_translator_link_version_id"), "translator_link", ["version_id"])


def downgrade() -> None:
    op.drop_table("translator_link")
    op.drop_table("questionnaire_step")
    for name, _kind, _default in reversed(_COLUMNS):
        op.drop_column("questionnaire_version", name)
