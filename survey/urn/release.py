"""Opens the urn on schedule, keeping k answers back; for good in closing.py.

Knows what is written of an answer once it is released: closed answers in one
table, comments in another, each under a random id of its own.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date

from survey.storage import policy, responses, schedule, shapes
from survey.storage import urn as store
from survey.storage.urn import HOT
from survey.urn import ballot, correction, mixing
from survey.urn.invariant import check
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


def let_go(turn: Turn, *, today: date) -> Released:
    """Release within a turn: all but k, if at least 2 k answers are mixed.

    A correction that waits takes effect with it, or without it if it may.
    """
    check(turn.connection, turn.where.survey, turn.row.state)
    answers, settled = turn.everything(), turn.row.settled
    mixed = mixing.shuffled(answers)
    stay, leave = mixing.release(mixed, turn.row.k, settled=settled)
    if leave:
        turn.period = turn.row.period + 1
        turn.seal(stay, [], marking=lambda: write(turn, leave))
        turn.advance(released=len(leave))
        settled = len(stay)
        correction.settle(turn, settled)
    corrected = correction.correct(turn, len(stay), settled=settled, today=today)
    return Released(n=len(leave), kept=len(stay), is_corrected=corrected)


def write(turn: Turn, leaving: list[bytes]) -> None:
    """Write answers and comments, each under an id of its own, and drop cold boxes."""
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
