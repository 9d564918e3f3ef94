"""Corrections of an open survey: editions in force, the one that waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OPENED = sa.text(
    "INSERT INTO survey_editions (survey, number, edition, note, since)"
    " SELECT slug, 1, edition, '', opened_on FROM surveys"
    " WHERE edition IS NOT NULL AND opened_on IS NOT NULL"
)
RELEASED = sa.text(
    "UPDATE lanes SET settled = (SELECT k FROM surveys WHERE slug = survey)"
    " WHERE period > 0"
)


def upgrade() -> None:
    """Create the tables; what surveys asked until now is their first edition."""
    op.create_table(
        "survey_editions",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("edition", sa.Text, sa.ForeignKey("editions.hash"), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
    )
    op.create_table(
        "waiting_editions",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("edition", sa.Text, sa.ForeignKey("editions.hash"), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("published_on", sa.Date, nullable=False),
    )
    op.add_column(
        "lanes", sa.Column("settled", sa.Integer, nullable=False, server_default="0")
    )
    op.execute(OPENED)
    op.execute(RELEASED)
