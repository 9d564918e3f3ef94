"""Statements about the list of codes that only the office runs.

Knows only marks. The list is always rewritten whole and sorted, so that its
layout on disk does not tell which codes were made together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from survey.storage.store import Connection


def marks(connection: Connection, survey: str) -> dict[bytes, int]:
    """All marks of a survey with 1 where the code was used."""
    rows = connection.execute(
        "SELECT mark, used FROM codes WHERE survey = ?", (survey,)
    )
    return dict(rows.fetchall())


def rewrite(
    connection: Connection, survey: str, marks: Iterable[tuple[bytes, int]]
) -> None:
    """Write the list anew, sorted by mark."""
    connection.execute("DELETE FROM codes WHERE survey = ?", (survey,))
    connection.executemany(
        "INSERT INTO codes (survey, mark, used) VALUES (?, ?, ?)",
        [(survey, mark, used) for mark, used in sorted(marks)],
    )


def counts(connection: Connection, survey: str) -> tuple[int, int]:
    """How many codes exist and how many of them were used."""
    row = connection.execute(
        "SELECT count(*), coalesce(sum(used), 0) FROM codes WHERE survey = ?",
        (survey,),
    ).fetchone()
    return int(row[0]), int(row[1])


def forget(connection: Connection, survey: str) -> None:
    """Delete every trace of who could and did take part."""
    for table in ("codes", "sent", "entered", "urns"):
        connection.execute(
            f"DELETE FROM {table} WHERE survey = ?",  # noqa: S608 - names above
            (survey,),
        )


def key_check(connection: Connection, survey: str) -> bytes | None:
    """Fingerprint of the code key the marks were made with."""
    row = connection.execute(
        "SELECT code_check FROM urns WHERE survey = ?", (survey,)
    ).fetchone()
    return None if row is None else bytes(row[0])


def set_key_check(connection: Connection, survey: str, check: bytes) -> None:
    """Note the fingerprint of the code key in force."""
    connection.execute(
        "INSERT INTO urns (survey, code_check) VALUES (?, ?)"
        " ON CONFLICT (survey) DO UPDATE SET code_check = excluded.code_check",
        (survey, check),
    )


def spares_on(connection: Connection, survey: str, day: date) -> int:
    """How many spare codes were handed out on that day, for whatever reason."""
    row = connection.execute(
        "SELECT coalesce(sum(today), 0) FROM spares WHERE survey = ? AND issued_on = ?",
        (survey, day.isoformat()),
    ).fetchone()
    return int(row[0])


def count_spare(connection: Connection, survey: str, reason: str, day: date) -> None:
    """Count one spare code under its reason."""
    connection.execute(
        "INSERT INTO spares (survey, reason, issued, today, issued_on)"
        " VALUES (?, ?, 1, 1, ?) ON CONFLICT (survey, reason) DO UPDATE SET"
        " issued = spares.issued + 1, today = CASE"
        " WHEN spares.issued_on = excluded.issued_on THEN spares.today + 1 ELSE 1 END,"
        " issued_on = excluded.issued_on",
        (survey, reason, day.isoformat()),
    )


def spares(connection: Connection, survey: str) -> dict[str, int]:
    """Spare codes handed out so far, by reason."""
    rows = connection.execute(
        "SELECT reason, issued FROM spares WHERE survey = ? ORDER BY reason", (survey,)
    )
    return dict(rows.fetchall())
