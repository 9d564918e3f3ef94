"""What the office does with codes: issue them, count slips, hand out spare ones.

A code leaves this module only as a return value, once; marks are what stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from survey.storage import codes as store
from survey.storage.urn import flip
from survey.urn import codes, keys
from survey.urn.desk import Desk
from survey.urn.errors import CeilingReached, KeyMissing
from survey.urn.turn import Turn

DAILY_CEILING = 20
"""Spare codes a day: more than a hotline needs, too few to vote with."""


@dataclass(frozen=True, slots=True)
class Slips:
    """What became of the code slips of paper envelopes."""

    counted: int
    already_used: tuple[str, ...]
    unknown: tuple[str, ...]


def issue(desk: Desk, count: int) -> list[str]:
    """Make ``count`` codes; the list of marks is written anew, sorted."""
    desk.set_up()
    with desk.turn() as turn:
        made = _issue(turn, count)
    desk.truncate_log()
    return made


def spare(desk: Desk, reason: str, *, today: date, ceiling: int = DAILY_CEILING) -> str:
    """One code by telephone, counted under its reason.

    Raises ``CeilingReached`` when ``ceiling`` codes were handed out today.
    """
    desk.set_up()
    with desk.turn() as turn:
        survey = turn.where.survey
        if store.spares_on(turn.connection, survey, today) >= ceiling:
            raise CeilingReached(f"{ceiling} spare codes were handed out today")
        store.count_spare(turn.connection, survey, reason, today)
        (made,) = _issue(turn, 1)
    desk.truncate_log()
    return made


def use_slips(desk: Desk, slips: Iterable[str]) -> Slips:
    """Mark the codes of paper envelopes as used; typing them in comes apart."""
    desk.set_up()
    with desk.turn() as turn:
        key = read_key(turn)
        free: dict[bytes, str] = {}
        used, unknown = [], []
        known = store.marks(turn.connection, turn.where.survey)
        for slip in slips:
            code = codes.normalise(slip)
            mark = codes.mark(key, code) if code else b""
            if mark not in known:
                unknown.append(slip)
            elif known[mark] or mark in free:
                used.append(slip)
            else:
                free[mark] = slip
        if free:
            flip(turn.connection, turn.where.survey, list(free))
            turn.advance(used=len(free), slips=len(free))
    return Slips(len(free), tuple(used), tuple(unknown))


def read_key(turn: Turn) -> bytes:
    """The code key, if it is the one the marks were made with.

    Raises ``KeyMissing`` otherwise: every code would seem unknown.
    """
    key = keys.read_code_key(turn.where.code_file)
    check = store.key_check(turn.connection, turn.where.survey)
    if check != keys.fingerprint(key):
        raise KeyMissing(f"the code key of {turn.where.survey} is not the right one")
    return key


def _issue(turn: Turn, count: int) -> list[str]:
    key = read_key(turn)
    known = store.marks(turn.connection, turn.where.survey)
    made = codes.generate(count)
    marks = {codes.mark(key, code): 0 for code in made}
    store.rewrite(turn.connection, turn.where.survey, {**marks, **known}.items())
    turn.is_changed = True
    return made
