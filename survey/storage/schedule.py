"""What was done for a survey on which day, and the number shown since.

Days here are the office's; the number is in tens and renewed once a day.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from survey.storage.store import Connection

TENS = 10


@dataclass(frozen=True, slots=True)
class Plan:
    """The survey's hour, the last day a lane acted, and the number shown.

    ``shown_on`` is the day the number was renewed, by whichever lane.
    """

    state: str
    hour: int
    done_on: date | None
    shown_on: date | None
    received: int


def plan(connection: Connection, survey: str, lane: str) -> Plan | None:
    """Read what the daily act of a survey's lane depends on."""
    row = connection.execute(
        "SELECT v.state, v.policy, a.done_on, s.done_on, s.received FROM surveys AS v"
        " LEFT JOIN schedule AS s ON s.survey = v.slug"
        " LEFT JOIN acts AS a ON a.survey = v.slug AND a.lane = ? WHERE v.slug = ?",
        (lane, survey),
    ).fetchone()
    if row is None:
        return None
    state, policy, done_on, shown_on, received = row
    return Plan(
        state=state,
        hour=int(json.loads(policy).get("release_hour", 3)),
        done_on=_day(done_on),
        shown_on=_day(shown_on),
        received=int(received or 0),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def is_any_open(connection: Connection) -> bool:
    """Whether any survey of this instance takes answers."""
    row = connection.execute(
        "SELECT 1 FROM surveys WHERE state = 'open' LIMIT 1"
    ).fetchone()
    return row is not None


def language_groups(connection: Connection, survey: str) -> tuple[str, ...]:
    """Form languages that may be stored as themselves, frozen at opening."""
    row = connection.execute(
        "SELECT policy FROM surveys WHERE slug = ?", (survey,)
    ).fetchone()
    return () if row is None else tuple(json.loads(row[0]).get("language_groups", ()))


def note(connection: Connection, survey: str, lane: str, *, done_on: date) -> None:
    """Note that today's act of a lane is done."""
    connection.execute(
        "INSERT INTO acts (survey, lane, done_on) VALUES (?, ?, ?)"
        " ON CONFLICT (survey, lane) DO UPDATE SET done_on = excluded.done_on",
        (survey, lane, done_on.isoformat()),
    )


def show(connection: Connection, survey: str, *, done_on: date, received: int) -> None:
    """Show this number from now on, in full tens."""
    connection.execute(
        "INSERT INTO schedule (survey, done_on, received) VALUES (?, ?, ?)"
        " ON CONFLICT (survey) DO UPDATE SET"
        " done_on = excluded.done_on, received = excluded.received",
        (survey, done_on.isoformat(), received // TENS * TENS),
    )


def close_survey(connection: Connection, survey: str, *, today: date) -> None:
    """Close the survey's record in the transaction that empties its urn."""
    connection.execute(
        "UPDATE surveys SET state = 'closed', closed_on = ? WHERE slug = ?",
        (today.isoformat(), survey),
    )
