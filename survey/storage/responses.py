"""Answers after their release: closed answers here, comments apart, no time.

Rows carry random ids of their own and come out in the order of those.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from survey.storage.store import Connection

Response = tuple[bytes, str, str, str]
"""id, channel, form language, answers as JSON."""
Comment = tuple[bytes, str, str, str]
"""id, question, language, text."""


def encode(answers: Mapping[str, str]) -> str:
    """Answers as they are stored: sorted by column, so that no order tells."""
    return json.dumps(answers, sort_keys=True, separators=(",", ":"))


def add_responses(
    connection: Connection, survey: str, rows: Sequence[Response]
) -> None:
    """Insert released answers, sorted by their random ids."""
    connection.executemany(
        "INSERT INTO responses (survey, id, channel, form_language, answers)"
        " VALUES (?, ?, ?, ?, ?)",
        [(survey, *row) for row in sorted(rows)],
    )


def add_comments(connection: Connection, survey: str, rows: Sequence[Comment]) -> None:
    """Insert released comments, sorted by their own random ids."""
    connection.executemany(
        "INSERT INTO comments (survey, id, question, language, text)"
        " VALUES (?, ?, ?, ?, ?)",
        [(survey, *_written(row)) for row in sorted(rows)],
    )


def forget_languages(connection: Connection, survey: str, language: str) -> None:
    """Write one language over the form languages of everything released."""
    connection.execute(
        "UPDATE responses SET form_language = ? WHERE survey = ?", (language, survey)
    )
    connection.execute(
        "UPDATE comments SET language = ? WHERE survey = ?", (language, survey)
    )


def _written(row: Comment) -> Comment:
    """Without the one character PostgreSQL can hold in no text."""
    found, question, language, text = row
    return found, question, language, text.replace("\0", "")


def responses(connection: Connection, survey: str) -> Iterator[dict[str, str]]:
    """Released answers: column → cell, with ``channel`` and ``form_language``."""
    rows: Iterable[tuple[str, str, str]] = connection.execute(
        "SELECT channel, form_language, answers FROM responses"
        " WHERE survey = ? ORDER BY id",
        (survey,),
    )
    for channel, form_language, answers in rows:
        cells: dict[str, str] = json.loads(answers)
        cells["channel"], cells["form_language"] = channel, form_language
        yield cells


def channels(connection: Connection, survey: str) -> set[str]:
    """The ways in by which released answers came."""
    rows = connection.execute(
        "SELECT DISTINCT channel FROM responses WHERE survey = ?", (survey,)
    )
    return {channel for (channel,) in rows}


def comments(connection: Connection, survey: str) -> Iterator[dict[str, str]]:
    """Released comments: ``question``, ``language``, ``text``."""
    rows: Iterable[Any] = connection.execute(
        "SELECT question, language, text FROM comments WHERE survey = ? ORDER BY id",
        (survey,),
    )
    for question, language, text in rows:
        yield {"question": question, "language": language, "text": text}


def released(connection: Connection, survey: str) -> int:
    """How many answers were released."""
    row = connection.execute(
        "SELECT count(*) FROM responses WHERE survey = ?", (survey,)
    ).fetchone()
    return int(row[0])


def add_counts(connection: Connection, survey: str, counts: Mapping[str, int]) -> None:
    """Add to the counters of started and reached pages."""
    connection.executemany(
        "INSERT INTO counters (survey, name, n) VALUES (?, ?, ?)"
        " ON CONFLICT (survey, name) DO UPDATE SET n = counters.n + excluded.n",
        [(survey, name, n) for name, n in sorted(counts.items())],
    )


def counts(connection: Connection, survey: str) -> dict[str, int]:
    """Counters so far: ``started``, ``page:<name>``."""
    rows = connection.execute(
        "SELECT name, n FROM counters WHERE survey = ? ORDER BY name", (survey,)
    )
    return dict(rows.fetchall())
