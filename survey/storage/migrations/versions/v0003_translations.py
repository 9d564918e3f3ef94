"""What is known of every translation beside its words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; translations without a row came with their questionnaire."""
    op.create_table(
        "translations",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("language", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("source_hash", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("reviewed_by", sa.Text, nullable=False),
        sa.Column("in_file", sa.Text, nullable=False),
        sa.CheckConstraint(
            "state IN ('machine_draft', 'translated', 'reviewed')", name="state"
        ),
        sqlite_with_rowid=False,
    )
