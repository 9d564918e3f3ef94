"""Typed paper that was entered; the box of those who want to be reached."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; surveys that exist have no contact box."""
    op.create_table(
        "entered",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("mark", sa.LargeBinary(16), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contacts",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("lane", sa.Text, primary_key=True),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("fence", sa.Integer, nullable=False, server_default="0"),
        sa.Column("salt", sa.LargeBinary(32), nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("box", sa.LargeBinary, nullable=False),
        sa.CheckConstraint("n >= 0", name="n"),
        sqlite_with_rowid=False,
    )
    op.add_column("surveys", sa.Column("contact_for", sa.JSON))
    op.add_column("surveys", sa.Column("contact_until", sa.Date))
