"""Typed paper goes into the urn: a stack at once, in one batch, or not at all.

Knows sheets only by their marks and padded bytes; their order does not survive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from survey.storage import entered, lanes
from survey.urn import mixing
from survey.urn.desk import Desk
from survey.urn.errors import SurveyClosed
from survey.urn.turn import Turn


class Entering(Enum):
    """What became of a stack."""

    ENTERED = "entered"
    ALREADY = "already"
    TOO_FEW = "too few"
    AFTER_THE_LAST = "after the last"
    NO_SLIPS = "no slips"
    TOO_LARGE = "too large"


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of it; ``places`` are the sheets a refusal is about, from 0."""

    outcome: Entering
    places: tuple[int, ...] = ()
    k: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms a stack is taken.

    ``last`` is the mark that ends the typing of this kind; with ``is_last`` it is
    set, and fewer than k sheets are taken. ``needs_slips``: no sheet without one.
    """

    last: bytes
    is_last: bool = False
    needs_slips: bool = True


def enter(
    desk: Desk, slots: Sequence[bytes], marks: Sequence[bytes], terms: Terms
) -> Entered:
    """Store a stack in one transaction, or say why none of it was stored."""
    desk.set_up()
    with desk.turn() as turn:
        if turn.row.state != "open":
            raise SurveyClosed(f"{turn.where.survey} is {turn.row.state}, not open")
        refused = _refusal(turn, marks, terms)
        if refused is not None:
            return refused
        answers = turn.hot() + list(slots)
        hot, cold = mixing.spill(mixing.shuffled(answers), turn.row.k)
        new = {*marks, terms.last} if terms.is_last else {*marks}
        connection, survey = turn.connection, turn.where.survey
        turn.seal(hot, cold, marking=lambda: entered.add(connection, survey, new))
        turn.advance(typed=len(slots))
        return Entered(Entering.ENTERED, k=turn.row.k)


def _refusal(turn: Turn, marks: Sequence[bytes], terms: Terms) -> Entered | None:
    connection, survey, k = turn.connection, turn.where.survey, turn.row.k
    known = entered.marks(connection, survey)
    already = tuple(at for at, mark in enumerate(marks) if mark in known)
    if already:
        return Entered(Entering.ALREADY, already, k)
    if terms.last in known:
        return Entered(Entering.AFTER_THE_LAST, k=k)
    if len(marks) < k and not terms.is_last:
        return Entered(Entering.TOO_FEW, k=k)
    counted = lanes.totals(connection, survey)
    if terms.needs_slips and counted.typed + len(marks) > counted.slips:
        return Entered(Entering.NO_SLIPS, k=k)
    return None
