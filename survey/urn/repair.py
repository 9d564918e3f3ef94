"""After a lost key: says what is lost, and lets the urn go on without it.

Opens nothing to anybody; an answer that still opens is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from survey.storage import codes as code_store
from survey.storage import urn as store
from survey.storage.urn import HOT, PartRow
from survey.urn import keys
from survey.urn.desk import Desk, Mending
from survey.urn.errors import KeyMissing
from survey.urn.keys import PERIOD
from survey.urn.office import read_key
from survey.urn.turn import Turn


@dataclass(frozen=True, slots=True)
class Repaired:
    """What is lost and what to issue for it.

    ``lost_answers`` cannot be opened any more; as many spare codes are to be
    issued, and ``lost_codes`` for the codes nobody can use any more.
    """

    lost_answers: int
    lost_codes: int
    is_done: bool

    @property
    def spare_codes(self) -> int:
        """How many codes to hand out anew."""
        return self.lost_answers + self.lost_codes


def repair(desk: Desk, *, accept_loss: bool) -> Repaired:
    """Look at every key; with ``accept_loss`` go on without what is lost."""
    mending = Mending.MEND if accept_loss else Mending.LOOK
    with desk.turn(mending) as turn:
        hot, lost = _sort_out(turn)
        has_key, free = _code_key(turn)
        answers = sum(part.n for part in lost)
        if accept_loss:
            _go_on(turn, hot, lost)
            turn.advance(lost=answers)
        if accept_loss and not has_key:
            _new_code_key(turn)
    return Repaired(answers, 0 if has_key else free, accept_loss)


def _sort_out(turn: Turn) -> tuple[list[bytes], list[PartRow]]:
    """The answers of the hot part that still open, and the parts that do not."""
    hot: list[bytes] = []
    lost: list[PartRow] = []
    for part in turn.parts():
        try:
            answers = turn.open(part)
        except KeyMissing:
            lost.append(part)
        else:
            hot += answers if part.part == HOT else []
    return hot, lost


def _go_on(turn: Turn, hot: list[bytes], lost: list[PartRow]) -> None:
    where = turn.where
    store.drop_parts(
        turn.connection, where.survey, where.lane, [part.part for part in lost]
    )
    period = turn.slots.read(PERIOD)
    if period is None or period.number != turn.row.period:
        turn.slots.write(PERIOD, turn.row.period)
    turn.seal(hot, [])


def _code_key(turn: Turn) -> tuple[bool, int]:
    """Whether the code key is there, and how many codes still wait for it."""
    issued, used = code_store.counts(turn.connection, turn.where.survey)
    try:
        read_key(turn)
    except KeyMissing:
        return False, issued - used
    return True, issued - used


def _new_code_key(turn: Turn) -> None:
    """Begin a new code key; marks of the old one stay only where they count."""
    survey = turn.where.survey
    key = keys.create_key(turn.where.code_file)
    code_store.set_key_check(turn.connection, survey, keys.fingerprint(key))
    marks = code_store.marks(turn.connection, survey)
    used = [(mark, state) for mark, state in marks.items() if state]
    code_store.rewrite(turn.connection, survey, used)
