"""Statements that concern all lanes of a survey: sums, lines, and closing.

Knows no key and no answer; what a lane hands over is opaque here.
"""

from __future__ import annotations

from dataclasses import dataclass

from survey.storage.store import Connection


@dataclass(frozen=True, slots=True)
class Totals:
    """The counters of the invariant, over all lanes."""

    used: int
    slips: int
    admitted: int
    typed: int
    released: int
    lost: int
    pooled: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How many answers wait in a lane, and waited when a line was last drawn."""

    lane: str
    epoch: int
    n: int
    settled: int


@dataclass(frozen=True, slots=True)
class Remainder:
    """What a lane hands over, sealed so that only the closing lane can open it."""

    lane: str
    public: bytes
    epoch: int
    n: int
    box: bytes


TOTALS = (
    "SELECT coalesce(sum(used), 0), coalesce(sum(slips), 0),"
    " coalesce(sum(admitted), 0), coalesce(sum(typed), 0),"
    " coalesce(sum(released), 0), coalesce(sum(lost), 0),"
    " (SELECT coalesce(sum(n), 0) FROM pool WHERE pool.survey = :survey)"
    " FROM lanes WHERE survey = :survey"
)
STANDINGS = (
    "SELECT l.lane, l.epoch, coalesce(sum(p.n), 0), l.settled FROM lanes AS l"
    " LEFT JOIN pool AS p ON p.survey = l.survey AND p.lane = l.lane"
    " WHERE l.survey = ? GROUP BY l.lane, l.epoch, l.settled ORDER BY l.lane"
)


def totals(connection: Connection, survey: str) -> Totals:
    """The counters of the invariant; all zero before the first lane began."""
    row = connection.execute(TOTALS, {"survey": survey}).fetchone()
    return Totals(*map(int, row))


def standings(connection: Connection, survey: str) -> list[Standing]:
    """Every lane of a survey, in order of their names."""
    rows = connection.execute(STANDINGS, (survey,))
    return [Standing(lane, epoch, int(n), settled) for lane, epoch, n, settled in rows]


def settle(connection: Connection, survey: str, lane: str, n: int) -> None:
    """Note how many answers wait now that a line is drawn between answers."""
    connection.execute(
        "UPDATE lanes SET settled = ? WHERE survey = ? AND lane = ?", (n, survey, lane)
    )


def count(
    connection: Connection, survey: str, lane: str, *, released: int = 0, lost: int = 0
) -> None:
    """Add to the counters of a lane whose answers were taken out by another."""
    connection.execute(
        "UPDATE lanes SET released = released + ?, lost = lost + ?"
        " WHERE survey = ? AND lane = ?",
        (released, lost, survey, lane),
    )


def closing(connection: Connection, survey: str) -> tuple[str, bytes] | None:
    """Which lane is closing the survey, and its public key for what is left."""
    row = connection.execute(
        "SELECT lane, public FROM closings WHERE survey = ?", (survey,)
    ).fetchone()
    return None if row is None else (row[0], bytes(row[1]))


def announce(connection: Connection, survey: str, lane: str, public: bytes) -> None:
    """Let no lane take answers any more and tell where to hand over."""
    connection.execute(
        "INSERT INTO closings (survey, lane, public) VALUES (?, ?, ?)"
        " ON CONFLICT (survey) DO UPDATE SET"
        " lane = excluded.lane, public = excluded.public",
        (survey, lane, public),
    )


def hand_over(connection: Connection, survey: str, remainder: Remainder) -> None:
    """Keep what a lane hands over, instead of what it did before."""
    connection.execute(
        "INSERT INTO remainders (survey, lane, public, epoch, n, box)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (survey, lane) DO UPDATE SET"
        " public = excluded.public, epoch = excluded.epoch, n = excluded.n,"
        " box = excluded.box",
        (
            survey,
            remainder.lane,
            remainder.public,
            remainder.epoch,
            remainder.n,
            remainder.box,
        ),
    )


def remainders(connection: Connection, survey: str) -> dict[str, Remainder]:
    """What was handed over, by lane."""
    rows = connection.execute(
        "SELECT lane, public, epoch, n, box FROM remainders WHERE survey = ?", (survey,)
    )
    return {row[0]: Remainder(*row) for row in rows}


def forget(connection: Connection, survey: str) -> None:
    """Drop every box of every lane and what was handed over; the survey is closed."""
    for table in ("pool", "remainders", "closings"):
        connection.execute(
            f"DELETE FROM {table} WHERE survey = ?",  # noqa: S608 - names above
            (survey,),
        )
