"""Which columns a sealed answer of a survey has and how large it is padded.

One size for everybody: the length of a box tells how many answers are in it
and nothing about any of them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import sqlalchemy as sa

from survey.questionnaire.edition import Edition
from survey.questionnaire.kinds import kind_of
from survey.storage.store import Connection
from survey.storage.tables import shapes as table

STEP = 64
"""Slots are rounded up to this many bytes."""
FIXED = 96
"""Bytes for what is not an answer: lengths, shape, channel, form language."""
NO_ANSWER_BYTES = 2
"""Length of ``-1`` … ``-5``."""
SEPARATOR_BYTES = 1
BYTES_PER_CHARACTER = 2
"""Room for a free text: all of it for every alphabet whose letters take two
bytes in UTF-8 (Latin, Cyrillic, Greek, Arabic); longer ones are deflated."""
COMMENT_FRAME = 32
"""Bytes around one comment: its language, quotes, brackets."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Columns in the order they are sealed in, and the padded size in bytes."""

    columns: tuple[str, ...]
    slot: int


def shape_of(edition: Edition) -> Shape:
    """Shape of every answer to this edition."""
    columns: list[str] = []
    size = FIXED
    for question in edition.questionnaire.questions():
        kind = kind_of(question)
        widest = kind.widest(question)
        for column in kind.columns(question):
            columns.append(column.name)
            size += max(widest, NO_ANSWER_BYTES) + SEPARATOR_BYTES
        for item in kind.items(question):
            if item.longest:
                size += len(item.name) + COMMENT_FRAME
                size += BYTES_PER_CHARACTER * item.longest
    return Shape(tuple(columns), -(-size // STEP) * STEP)


def insert(connection: sa.Connection, survey: str, shape: Shape) -> None:
    """Make this the shape of the answers that come from now on."""
    last = connection.scalar(
        sa.select(sa.func.max(table.c.shape)).filter_by(survey=survey)
    )
    connection.execute(
        table.insert().values(
            survey=survey,
            shape=0 if last is None else last + 1,
            columns=list(shape.columns),
            slot=shape.slot,
        )
    )


def read(connection: Connection, survey: str) -> list[Shape]:
    """All shapes of a survey, by number; the last one is in force."""
    rows = connection.execute(
        "SELECT columns, slot FROM shapes WHERE survey = ? ORDER BY shape", (survey,)
    )
    return [Shape(tuple(json.loads(columns)), slot) for columns, slot in rows]
