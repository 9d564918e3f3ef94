"""Which typed sheets have been entered, so that none is entered twice until close.

Marks only: under the code key, of a number on a sheet or of a whole file. An act
of the office; nothing a resident does touches them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Envelopes:
    """Code slips taken in and sheets typed, over all lanes of a survey."""

    slips: int
    typed: int


def envelopes(connection: sqlite3.Connection, survey: str) -> Envelopes:
    """The two counts that two people make apart."""
    row = connection.execute(
        "SELECT coalesce(sum(slips), 0), coalesce(sum(typed), 0) FROM lanes"
        " WHERE survey = ?",
        (survey,),
    ).fetchone()
    return Envelopes(int(row[0]), int(row[1]))


def marks(connection: sqlite3.Connection, survey: str) -> set[bytes]:
    """All marks of a survey."""
    rows = connection.execute("SELECT mark FROM entered WHERE survey = ?", (survey,))
    return {bytes(mark) for (mark,) in rows}


def add(connection: sqlite3.Connection, survey: str, marks: Iterable[bytes]) -> None:
    """Remember marks, in an order that is none of the sheets'."""
    connection.executemany(
        "INSERT INTO entered (survey, mark) VALUES (?, ?)",
        [(survey, mark) for mark in sorted(marks)],
    )
