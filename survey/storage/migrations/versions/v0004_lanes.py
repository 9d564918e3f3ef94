"""Several lanes: each with its daily act; one closes, the others hand over.

On PostgreSQL also the store of drafts, which lies in a file of its own with
SQLite.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ACTED = sa.text(
    "INSERT INTO acts (survey, lane, done_on)"
    " SELECT l.survey, l.lane, s.done_on FROM lanes AS l"
    " JOIN schedule AS s ON s.survey = l.survey"
)


def upgrade() -> None:
    """Create the tables; the day of the one lane there was is taken over."""
    op.create_table(
        "acts",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("lane", sa.Text, primary_key=True),
        sa.Column("done_on", sa.Date, nullable=False),
    )
    op.create_table(
        "closings",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("lane", sa.Text, nullable=False),
        sa.Column("public", sa.LargeBinary(32), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "remainders",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("lane", sa.Text, primary_key=True),
        sa.Column("public", sa.LargeBinary(32), nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("box", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.execute(ACTED)
    if op.get_context().dialect.name == "postgresql":
        _on_the_server()


def _on_the_server() -> None:
    # never in the write-ahead log nor in a copy of it; empty after a crash
    for name in ("drafts_a", "drafts_b"):
        op.create_table(
            name,
            sa.Column("id", sa.LargeBinary, primary_key=True),
            sa.Column("box", sa.LargeBinary, nullable=False),
            prefixes=["UNLOGGED"],
        )
    # ciphertext cannot be compressed; trying costs time with every batch and save
    for table in ("pool", "remainders", "drafts_a", "drafts_b"):
        op.execute(sa.text(f"ALTER TABLE {table} ALTER box SET STORAGE EXTERNAL"))
    op.create_table(
        "drafts_swept",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        prefixes=["UNLOGGED"],
    )
