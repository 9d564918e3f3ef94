"""Which typed sheets have been entered, so that none is entered twice until close.

Marks only: under the code key, of a number on a sheet or of a whole file. An act
of the office; nothing a resident does touches them.
"""

from __future__ import annotations

from collections.abc import Iterable

from survey.storage.store import Connection


def marks(connection: Connection, survey: str) -> set[bytes]:
    """All marks of a survey."""
    rows = connection.execute("SELECT mark FROM entered WHERE survey = ?", (survey,))
    return {bytes(mark) for (mark,) in rows}


def add(connection: Connection, survey: str, marks: Iterable[bytes]) -> None:
    """Remember marks, in an order that is none of the sheets'."""
    connection.executemany(
        "INSERT INTO entered (survey, mark) VALUES (?, ?)",
        [(survey, mark) for mark in sorted(marks)],
    )
