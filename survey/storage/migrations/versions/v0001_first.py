"""Questionnaires, editions, surveys and the urn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the first version."""
    _what_is_asked()
    _what_the_office_does()
    _urn()
    _results()


def _what_is_asked() -> None:
    op.create_table(
        "questionnaires",
        sa.Column("slug", sa.Text, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
    )
    op.create_table(
        "editions",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "surveys",
        sa.Column("slug", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False, server_default="draft"),
        sa.Column("edition", sa.Text, sa.ForeignKey("editions.hash")),
        sa.Column("languages", sa.JSON, nullable=False),
        sa.Column("access", sa.Text, nullable=False, server_default="codes"),
        sa.Column("design", sa.Text, nullable=False, server_default="random"),
        sa.Column("population", sa.Integer),
        sa.Column("invited", sa.Integer),
        sa.Column("k", sa.Integer, nullable=False, server_default="10"),
        sa.Column("until", sa.Date),
        sa.Column("channels", sa.JSON, nullable=False),
        sa.Column("profile", sa.Text, nullable=False, server_default="standard"),
        sa.Column("groups", sa.JSON, nullable=False),
        sa.Column("policy", sa.JSON, nullable=False),
        sa.Column("opened_on", sa.Date),
        sa.Column("closed_on", sa.Date),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'open', 'closed')", name="state"
        ),
        sa.CheckConstraint("design IN ('random', 'census', 'open')", name="design"),
        sa.CheckConstraint("access IN ('codes', 'link', 'both')", name="access"),
        sa.CheckConstraint("profile IN ('standard', 'village')", name="profile"),
        sa.CheckConstraint("k >= 5", name="k"),
    )


def _what_the_office_does() -> None:
    op.create_table(
        "reviews",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("ended_on", sa.Date, nullable=False),
        sa.Column("merges", sa.Text),
    )
    op.create_table(
        "shapes",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("shape", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("columns", sa.JSON, nullable=False),
        sa.Column("slot", sa.Integer, nullable=False),
    )
    op.create_table(
        "schedule",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("done_on", sa.Date, nullable=False),
        sa.Column("received", sa.Integer, nullable=False, server_default="0"),
        sa.CheckConstraint("received % 10 = 0", name="tens"),
    )
    op.create_table(
        "spares",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("reason", sa.Text, primary_key=True),
        sa.Column("issued", sa.Integer, nullable=False),
        sa.Column("today", sa.Integer, nullable=False),
        sa.Column("issued_on", sa.Date, nullable=False),
    )
    op.create_table(
        "urns",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("code_check", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


def _urn() -> None:
    op.create_table(
        "codes",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("mark", sa.LargeBinary(16), primary_key=True),
        sa.Column("used", sa.Integer, nullable=False),
        sa.CheckConstraint("used IN (0, 1)", name="used"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sent",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("mark", sa.LargeBinary(16), primary_key=True),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.CheckConstraint("generation IN (0, 1, 2)", name="generation"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lanes",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("lane", sa.Text, primary_key=True),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("period", sa.Integer, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False, server_default="0"),
        sa.Column("fence", sa.Integer, nullable=False, server_default="0"),
        sa.Column("used", sa.Integer, nullable=False, server_default="0"),
        sa.Column("slips", sa.Integer, nullable=False, server_default="0"),
        sa.Column("admitted", sa.Integer, nullable=False, server_default="0"),
        sa.Column("typed", sa.Integer, nullable=False, server_default="0"),
        sa.Column("released", sa.Integer, nullable=False, server_default="0"),
        sa.Column("lost", sa.Integer, nullable=False, server_default="0"),
        sa.CheckConstraint("generation IN (0, 1, 2)", name="generation"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pool",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("lane", sa.Text, primary_key=True),
        sa.Column("part", sa.Text, primary_key=True),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("period", sa.Integer, nullable=False),
        sa.Column("salt", sa.LargeBinary(32), nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("box", sa.LargeBinary, nullable=False),
        sa.CheckConstraint("n >= 0", name="n"),
        sqlite_with_rowid=False,
    )


def _results() -> None:
    op.create_table(
        "responses",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("form_language", sa.Text, nullable=False),
        sa.Column("answers", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comments",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counters",
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("n", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
