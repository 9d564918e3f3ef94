"""Every table of the main database, described once.

Tables a resident's request touches are ``WITHOUT ROWID`` and hold no date, no
counting key and no reference to codes; tests/attack/test_schema_guard.py
refuses anything else.
"""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

questionnaires = sa.Table(
    "questionnaires",
    metadata,
    sa.Column("slug", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
)

translations = sa.Table(
    "translations",
    metadata,
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
"""What is known of a translation; its words stand in the questionnaire's document."""

editions = sa.Table(
    "editions",
    metadata,
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("slug", sa.Text, nullable=False),
    sa.Column("document", sa.Text, nullable=False),
)

surveys = sa.Table(
    "surveys",
    metadata,
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
    sa.Column("contact_for", sa.JSON(none_as_null=True)),
    sa.Column("contact_until", sa.Date),
    sa.CheckConstraint(
        "state IN ('draft', 'published', 'open', 'closed')", name="state"
    ),
    sa.CheckConstraint("design IN ('random', 'census', 'open')", name="design"),
    sa.CheckConstraint("access IN ('codes', 'link', 'both')", name="access"),
    sa.CheckConstraint("profile IN ('standard', 'village')", name="profile"),
    sa.CheckConstraint("k >= 5", name="k"),
)

survey_editions = sa.Table(
    "survey_editions",
    metadata,
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("edition", sa.Text, sa.ForeignKey("editions.hash"), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("since", sa.Date, nullable=False),
)
"""What a survey asked from which day on: acts of the office, never of a resident."""

waiting_editions = sa.Table(
    "waiting_editions",
    metadata,
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("edition", sa.Text, sa.ForeignKey("editions.hash"), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("published_on", sa.Date, nullable=False),
)
"""The one correction of an open survey that takes effect with the next release."""

shapes = sa.Table(
    "shapes",
    metadata,
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("shape", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("columns", sa.JSON, nullable=False),
    sa.Column("slot", sa.Integer, nullable=False),
)
"""Which columns a sealed answer has, in order, and the one size it is padded to."""

schedule = sa.Table(
    "schedule",
    metadata,
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("done_on", sa.Date, nullable=False),
    sa.Column("received", sa.Integer, nullable=False, server_default="0"),
    sa.CheckConstraint("received % 10 = 0", name="tens"),
)
"""The number of answers that is shown, in tens, and the day it was renewed."""

acts = sa.Table(
    "acts",
    metadata,
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("lane", sa.Text, primary_key=True),
    sa.Column("done_on", sa.Date, nullable=False),
)
"""The last daily act of each lane of a survey."""

spares = sa.Table(
    "spares",
    metadata,
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("reason", sa.Text, primary_key=True),
    sa.Column("issued", sa.Integer, nullable=False),
    sa.Column("today", sa.Integer, nullable=False),
    sa.Column("issued_on", sa.Date, nullable=False),
)
"""Spare codes handed out by the office: an act of the office, never of a resident."""

reviews = sa.Table(
    "reviews",
    metadata,
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("ended_on", sa.Date, nullable=False),
    sa.Column("merges", sa.Text),
    sa.Column("rules", sa.Text),
    sa.Column("witness", sa.Text),
)
"""When the data review of a closed survey ended, the rules (joined by spaces) by which
it left answers out, who confirmed that, and the merges fixed after it."""

deletions = sa.Table(
    "deletions",
    metadata,
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("matter", sa.Text, primary_key=True),
    sa.Column("done_on", sa.Date, nullable=False),
    sa.Column("about", sa.Integer, nullable=False),
    sa.Column("files", sa.Integer, nullable=False),
    sa.CheckConstraint("about % 10 = 0", name="tens"),
)
"""What was deleted because its date had come; how many rows, in tens."""

urns = sa.Table(
    "urns",
    metadata,
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("code_check", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""Proof that the code key on disk is the one the marks were made with."""

codes = sa.Table(
    "codes",
    metadata,
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("mark", sa.LargeBinary(16), primary_key=True),
    sa.Column("used", sa.Integer, nullable=False),
    sa.CheckConstraint("used IN (0, 1)", name="used"),
    sqlite_with_rowid=False,
)

sent = sa.Table(
    "sent",
    metadata,
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("mark", sa.LargeBinary(16), primary_key=True),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.CheckConstraint("generation IN (0, 1, 2)", name="generation"),
    sqlite_with_rowid=False,
)

entered = sa.Table(
    "entered",
    metadata,
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("mark", sa.LargeBinary(16), primary_key=True),
    sqlite_with_rowid=False,
)
"""Which typed sheets the office has entered: an act of the office."""

lanes = sa.Table(
    "lanes",
    metadata,
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
    sa.Column("settled", sa.Integer, nullable=False, server_default="0"),
    sa.CheckConstraint("generation IN (0, 1, 2)", name="generation"),
    sqlite_with_rowid=False,
)
"""One row per survey and machine; the counters of the invariant live here.

``settled``: how many answers waited when a release or a correction last drew a
line between answers.
"""

pool = sa.Table(
    "pool",
    metadata,
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

closings = sa.Table(
    "closings",
    metadata,
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("lane", sa.Text, nullable=False),
    sa.Column("public", sa.LargeBinary(32), nullable=False),
    sqlite_with_rowid=False,
)
"""The lane that is closing a survey, and its public key for what others hand over."""

remainders = sa.Table(
    "remainders",
    metadata,
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("lane", sa.Text, primary_key=True),
    sa.Column("public", sa.LargeBinary(32), nullable=False),
    sa.Column("epoch", sa.Integer, nullable=False),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("box", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""What a lane has handed over to the closing one; only that one can open it."""
contacts = sa.Table(
    "contacts",
    metadata,
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
"""A sealed box per survey and machine: who wants to be reached; joined to nothing."""

responses = sa.Table(
    "responses",
    metadata,
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("id", sa.LargeBinary(16), primary_key=True),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("form_language", sa.Text, nullable=False),
    sa.Column("answers", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

comments = sa.Table(
    "comments",
    metadata,
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("id", sa.LargeBinary(16), primary_key=True),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

counters = sa.Table(
    "counters",
    metadata,
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("n", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Started and break-off by page, added up at a release."""

RESIDENT_TABLES = (
    "codes",
    "sent",
    "lanes",
    "pool",
    "contacts",
    "responses",
    "comments",
)
"""Tables whose rows change because of something a resident did (and counters)."""
