"""Opens the urn: on schedule, keeping k answers back, and for good at close.

Knows what is written of an answer once it is released: closed answers in one
table, comments in another, each under a random id of its own.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from survey.storage import codes, corrections, policy, responses, schedule, shapes
from survey.storage import urn as store
from survey.storage.urn import HOT
from survey.urn import ballot, correction, mixing
from survey.urn.desk import Desk
from survey.urn.invariant import check, received
from survey.urn.turn import Turn

ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Released:
    """How many answers were released, and how many stay in the urn.

    ``is_corrected`` when a correction of the survey took effect with it.
    """

    n: int
    kept: int
    is_corrected: bool = False


class WhenFew(Enum):
    """What to do at close with fewer than k answers in all."""

    ASK = "ask"
    DESTROY = "destroy"


class Outcome(Enum):
    """What closing came to."""

    CLOSED = "closed"
    TOO_FEW = "too few"
    DESTROYED = "destroyed"


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing came to and how many answers were released by it.

    After ``TOO_FEW`` nothing was opened and the survey is still open: extend
    it, or close it again with ``WhenFew.DESTROY``.
    """

    outcome: Outcome
    n: int


def let_go(turn: Turn, *, today: date) -> Released:
    """Release within a turn: all but k, if at least 2 k answers are mixed.

    A correction that waits takes effect with it, or without it if it may.
    """
    check(turn.connection, turn.where.survey, turn.row)
    answers, settled = turn.everything(), turn.row.settled
    mixed = mixing.shuffled(answers)
    stay, leave = mixing.release(mixed, turn.row.k, settled=settled)
    if leave:
        turn.period = turn.row.period + 1
        turn.seal(stay, [], marking=lambda: _write(turn, leave))
        turn.advance(released=len(leave))
        settled = len(stay)
        correction.settle(turn, settled)
    corrected = correction.correct(turn, len(stay), settled=settled, today=today)
    return Released(n=len(leave), kept=len(stay), is_corrected=corrected)


def close(
    desk: Desk, *, today: date, when_few: WhenFew, counts: Mapping[str, int]
) -> Closed:
    """Open the urn for good and destroy codes, marks and every key.

    With fewer than k answers in all nothing is opened, whatever ``when_few``.
    """
    with desk.turn() as turn:
        check(turn.connection, turn.where.survey, turn.row)
        waiting = sum(part.n for part in turn.parts())
        in_all = waiting + turn.row.released
        is_few = 0 < in_all < turn.row.k
        if is_few and when_few is WhenFew.ASK:
            return Closed(Outcome.TOO_FEW, 0)
        if is_few:
            turn.advance(lost=waiting)
        else:
            _write(turn, mixing.shuffled(turn.everything()))
            turn.advance(released=waiting)
        _forget(turn, today=today, counts=counts)
    desk.truncate_log()
    if is_few:
        return Closed(Outcome.DESTROYED, 0)
    return Closed(Outcome.CLOSED, waiting)


def _forget(turn: Turn, *, today: date, counts: Mapping[str, int]) -> None:
    connection, survey = turn.connection, turn.where.survey
    names = [part.part for part in turn.parts()]
    store.drop_parts(connection, survey, turn.where.lane, names)
    codes.forget(connection, survey)
    responses.add_counts(connection, survey, counts)
    schedule.note(connection, survey, done_on=today, received=received(turn.row))
    schedule.close_survey(connection, survey, today=today)
    # what nobody was asked any more would say nothing about the answers
    corrections.forget_waiting(connection, survey)
    turn.hook("sealed")
    turn.is_last = True


def _write(turn: Turn, leaving: list[bytes]) -> None:
    connection, survey = turn.connection, turn.where.survey
    known = shapes.read(connection, survey)
    # fewer languages may be told apart by now than when an answer was sealed
    groups = schedule.language_groups(connection, survey)
    answers = [ballot.decode(slot, known) for slot in leaving]
    responses.add_responses(
        connection,
        survey,
        [
            (
                _id(),
                one.channel,
                policy.grouped(one.form_language, groups),
                responses.encode(one.closed),
            )
            for one in answers
        ],
    )
    responses.add_comments(
        connection,
        survey,
        [
            (
                _id(),
                comment.question,
                policy.grouped(comment.language, groups),
                comment.text,
            )
            for one in answers
            for comment in one.comments
        ],
    )
    cold = [part.part for part in turn.parts() if part.part != HOT]
    store.drop_parts(connection, survey, turn.where.lane, cold)


def _id() -> bytes:
    return os.urandom(ID_BYTES)
