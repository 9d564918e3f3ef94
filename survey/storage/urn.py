"""Every statement of the urn, for the plain driver (SQLAlchemy costs 100 µs more).

Knows no key and no answer: boxes are opaque here. All functions work inside
the transaction of their caller; what concerns several lanes stands in lanes.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from survey.storage.errors import Overtaken
from survey.storage.store import Connection

HOT = "hot"
"""Name of the part that is rewritten with every batch."""


@dataclass(frozen=True, slots=True)
class LaneRow:
    """The locked row of one lane, with the survey's state and k."""

    epoch: int
    period: int
    generation: int
    fence: int
    used: int
    slips: int
    admitted: int
    typed: int
    released: int
    lost: int
    settled: int
    k: int
    state: str
    closing: str | None
    """The lane that is closing the survey, once one has begun to."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """One sealed box as it is stored."""

    part: str
    epoch: int
    period: int
    salt: bytes
    n: int
    box: bytes


LANE = (
    "SELECT l.epoch, l.period, l.generation, l.fence, l.used, l.slips, l.admitted,"
    " l.typed, l.released, l.lost, l.settled, s.k, s.state, c.lane"
    " FROM lanes AS l JOIN surveys AS s ON s.slug = l.survey"
    " LEFT JOIN closings AS c ON c.survey = l.survey"
    " WHERE l.survey = ? AND l.lane = ?"
)
HELD = "SELECT 1 FROM lanes WHERE survey = ? AND lane = ?"
ADVANCE = (
    "UPDATE lanes SET epoch = :epoch, period = :period, used = used + :used,"
    " slips = slips + :slips, admitted = admitted + :admitted,"
    " typed = typed + :typed, released = released + :released, lost = lost + :lost"
    " WHERE survey = :survey AND lane = :lane"
)
PARTS = "SELECT part, epoch, period, salt, n, box FROM pool WHERE survey = ?"
WRITE_PART = (
    "INSERT INTO pool (survey, lane, part, epoch, period, salt, n, box)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (survey, lane, part) DO UPDATE SET"
    " epoch = excluded.epoch, period = excluded.period, salt = excluded.salt,"
    " n = excluded.n, box = excluded.box"
)


def begin(connection: Connection, survey: str, lane: str, *, alone: bool) -> None:
    """Begin a transaction that holds the lane's row; ``alone`` holds off all others.

    The row is locked before it is read: what a statement reads that had to wait
    for a lock may be of the time before it waited.
    """
    connection.begin(alone=alone)
    if connection.locking:
        connection.execute(f"{HELD}{connection.locking}", (survey, lane))


def lane_row(connection: Connection, survey: str, lane: str) -> LaneRow | None:
    """The lane's row; ``None`` before the first code or answer."""
    row = connection.execute(LANE, (survey, lane)).fetchone()
    return None if row is None else LaneRow(*row)


def survey_state(connection: Connection, survey: str) -> str | None:
    """State of the survey's record; ``None`` if there is no such survey."""
    row = connection.execute(
        "SELECT state FROM surveys WHERE slug = ?", (survey,)
    ).fetchone()
    return None if row is None else str(row[0])


def add_lane(connection: Connection, survey: str, lane: str) -> None:
    """Begin a lane: epoch 0, period 0, nothing in it; marks age with the others."""
    (generation,) = connection.execute(
        "SELECT coalesce(max(generation), 0) FROM lanes WHERE survey = ?", (survey,)
    ).fetchone()
    connection.execute(
        "INSERT INTO lanes (survey, lane, epoch, period, generation)"
        " VALUES (?, ?, 0, 0, ?)",
        (survey, lane, generation),
    )


def turn_fence(connection: Connection, survey: str, lane: str) -> None:
    """Change the lane's row, so that a commit really writes it."""
    connection.execute(
        "UPDATE lanes SET fence = 1 - fence WHERE survey = ? AND lane = ?",
        (survey, lane),
    )


def advance(
    connection: Connection,
    survey: str,
    lane: str,
    *,
    epoch: int,
    period: int,
    used: int = 0,
    slips: int = 0,
    admitted: int = 0,
    typed: int = 0,
    released: int = 0,
    lost: int = 0,
) -> None:
    """Set the lane's epoch and period and add to its counters."""
    connection.execute(
        ADVANCE,
        {
            "survey": survey,
            "lane": lane,
            "epoch": epoch,
            "period": period,
            "used": used,
            "slips": slips,
            "admitted": admitted,
            "typed": typed,
            "released": released,
            "lost": lost,
        },
    )


def hot_part(connection: Connection, survey: str, lane: str) -> PartRow | None:
    """The box that is rewritten with every batch; ``None`` while it is empty."""
    row = connection.execute(
        f"{PARTS} AND lane = ? AND part = '{HOT}'", (survey, lane)
    ).fetchone()
    return None if row is None else PartRow(*row)


def parts(connection: Connection, survey: str, lane: str) -> list[PartRow]:
    """All boxes of a lane."""
    rows = connection.execute(f"{PARTS} AND lane = ?", (survey, lane))
    return [PartRow(*row) for row in rows]


def has_cold(connection: Connection, survey: str, lane: str, period: int) -> bool:
    """Whether a box of this period lies under the period key."""
    row = connection.execute(
        "SELECT 1 FROM pool WHERE survey = ? AND lane = ? AND part <> ?"
        " AND period = ? LIMIT 1",
        (survey, lane, HOT, period),
    ).fetchone()
    return row is not None


def write_part(connection: Connection, survey: str, lane: str, part: PartRow) -> None:
    """Write a box, over the earlier one of that name."""
    connection.execute(
        WRITE_PART,
        (
            survey,
            lane,
            part.part,
            part.epoch,
            part.period,
            part.salt,
            part.n,
            part.box,
        ),
    )


def drop_parts(
    connection: Connection, survey: str, lane: str, names: Iterable[str]
) -> None:
    """Delete boxes."""
    connection.executemany(
        "DELETE FROM pool WHERE survey = ? AND lane = ? AND part = ?",
        [(survey, lane, name) for name in names],
    )


def code_used(connection: Connection, survey: str, mark: bytes) -> bool | None:
    """Whether the code was used; ``None`` if no such code was issued."""
    row = connection.execute(
        "SELECT used FROM codes WHERE survey = ? AND mark = ?", (survey, mark)
    ).fetchone()
    return None if row is None else bool(row[0])


def code_states(
    connection: Connection, survey: str, marks: Sequence[bytes]
) -> dict[bytes, bool]:
    """Which of these marks were issued, with whether each was used.

    They stay so until the end, and are locked in the order of the marks, so
    that no two lanes wait for each other.
    """
    if not marks:
        return {}
    rows = connection.execute(
        "SELECT mark, used FROM codes WHERE survey = ?"  # noqa: S608 - only places
        f" AND mark IN ({_places(marks)}) ORDER BY mark{connection.locking}",
        (survey, *marks),
    )
    return {mark: bool(used) for mark, used in rows}


def flip(connection: Connection, survey: str, marks: Sequence[bytes]) -> None:
    """Mark free codes as used, in place; ``Overtaken`` if one is not free."""
    cursor = connection.executemany(
        "UPDATE codes SET used = 1 WHERE survey = ? AND mark = ? AND used = 0",
        [(survey, mark) for mark in sorted(marks)],
    )
    if cursor.rowcount != len(marks):
        raise Overtaken("a code was used by another lane meanwhile")


def sent_marks(
    connection: Connection, survey: str, marks: Sequence[bytes]
) -> set[bytes]:
    """Under which of these admission marks an answer was stored."""
    if not marks:
        return set()
    rows = connection.execute(
        "SELECT mark FROM sent WHERE survey = ?"  # noqa: S608 - only places
        f" AND mark IN ({_places(marks)})",
        (survey, *marks),
    )
    return {mark for (mark,) in rows}


def add_sent(
    connection: Connection,
    survey: str,
    marks: Sequence[bytes],
    generation: int,
) -> None:
    """Remember admission marks, so that nothing is stored twice under them.

    ``Overtaken`` if one is known: counted here, because the server's log would
    quote a mark that offends against the table's key.
    """
    cursor = connection.executemany(
        "INSERT INTO sent (survey, mark, generation) VALUES (?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        [(survey, mark, generation) for mark in sorted(marks)],
    )
    if cursor.rowcount != len(marks):
        raise Overtaken("somebody's answer was stored by another lane meanwhile")


def sweep_sent(connection: Connection, survey: str) -> None:
    """Begin the next of three generations of marks and drop the oldest."""
    connection.execute(
        "UPDATE lanes SET generation = (generation + 1) % 3 WHERE survey = ?",
        (survey,),
    )
    connection.execute(
        "DELETE FROM sent WHERE survey = ? AND generation ="
        " (SELECT max(generation) FROM lanes WHERE lanes.survey = sent.survey)",
        (survey,),
    )


def _places(values: Sequence[bytes]) -> str:
    return ",".join("?" * len(values))
