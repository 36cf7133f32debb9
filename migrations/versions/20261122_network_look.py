"""A network's colour and logo, for what is printed.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("network", sa.Column("colour", sa.String(length=7), nullable=False, server_default=""))
    op.create_table(
        "network_logo",
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("alternative", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_network_logo_network_id_network")),
        sa.PrimaryKeyConstraint("network_id", name=op.f("pk_network_logo")),
    )


def downgrade() -> None:
    op.drop_table("network_logo")
    op.drop_column("network", "colour")
