"""What the office does with codes: issue them, count slips, hand out spare ones.

A code leaves this module only as a return value, once; marks are what stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from survey.storage import codes as store
from survey.storage.urn import flip
from survey.urn import codes, keys
from survey.urn.desk import Desk
from survey.urn.errors import CeilingReached, CodesCollide, KeyMissing
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
    made = codes.generate(count)
    register(desk, made)
    return made


def register(desk: Desk, made: Sequence[str], *, again: bool = False) -> None:
    """Make codes valid that lie on paper already: all of them or none.

    ``again`` repeats this after an interruption: what is valid or used stays so.
    Otherwise ``CodesCollide`` when one of them was given to somebody before.
    """
    desk.set_up()
    with desk.turn() as turn:
        _register(turn, made, again=again)
    desk.tidy()


def spare(desk: Desk, reason: str, *, today: date, ceiling: int = DAILY_CEILING) -> str:
    """One code by telephone, counted under its reason.

    Raises ``CeilingReached`` when ``ceiling`` codes were handed out today.
    """
    desk.set_up()
    with desk.turn() as turn:
        survey = turn.where.survey
        if store.spares_on(turn.connection, survey, today) >= ceiling:
            raise CeilingReached(
                f"{ceiling} spare codes were handed out today; there are more tomorrow"
            )
        store.count_spare(turn.connection, survey, reason, today)
        (made,) = codes.generate(1)
        _register(turn, [made], again=False)
    desk.tidy()
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
    key = keys.read_key(turn.where.code_file)
    check = store.key_check(turn.connection, turn.where.survey)
    if check != keys.fingerprint(key):
        raise KeyMissing(f"the code key of {turn.where.survey} is not the right one")
    return key


def _register(turn: Turn, made: Sequence[str], *, again: bool) -> None:
    key = read_key(turn)
    known = store.marks(turn.connection, turn.where.survey)
    marks = {codes.mark(key, code): 0 for code in made}
    if not again and not known.keys().isdisjoint(marks):
        raise CodesCollide("two codes were drawn alike; run the command again")
    store.rewrite(turn.connection, turn.where.survey, {**marks, **known}.items())
    turn.is_changed = True
