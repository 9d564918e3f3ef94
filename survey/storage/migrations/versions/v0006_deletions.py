"""What was deleted because its date had come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; nothing was deleted by date before."""
    op.create_table(
        "deletions",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("matter", sa.Text, primary_key=True),
        sa.Column("done_on", sa.Date, nullable=False),
        sa.Column("about", sa.Integer, nullable=False),
        sa.Column("files", sa.Integer, nullable=False),
        sa.CheckConstraint("about % 10 = 0", name="tens"),
    )
