"""Opens the urn on schedule, keeping answers back; for good in closing.py.

Knows what is written of an answer once it is released: closed answers in one
table, comments in another, each under a random id of its own.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from survey.storage import policy, responses, schedule, shapes
from survey.storage import urn as store
from survey.storage.urn import HOT
from survey.urn import ballot, correction, looks, mixing
from survey.urn.ballot import Ballot
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
    """Release within a turn: of every look all but k, if 2 k answers have it.

    A correction that waits takes effect with it, or without it if it may.
    """
    check(turn.connection, turn.where.survey, turn.row.state)
    answers, settled = turn.everything(), turn.row.settled
    mixed = mixing.shuffled(answers)
    stay, leave = _parted(turn, mixed)
    if leave:
        turn.period = turn.row.period + 1
        turn.seal(stay, [], marking=lambda: write(turn, leave))
        turn.advance(released=len(leave))
        settled = len(stay)
        correction.settle(turn, settled)
    corrected = correction.correct(turn, len(stay), settled=settled, today=today)
    return Released(n=len(leave), kept=len(stay), is_corrected=corrected)


def _parted(turn: Turn, mixed: list[bytes]) -> tuple[list[bytes], list[Ballot]]:
    """What stays sealed, and what is released as it was read."""
    if not mixed:
        return [], []
    ways = looks.ways(turn.connection, turn.where.survey)
    pairs = list(zip(mixed, read(turn, mixed), strict=True))
    stay, leave = mixing.release(
        pairs,
        turn.row.k,
        settled=turn.row.settled,
        look=lambda pair: ways.look(pair[1]),
    )
    return [slot for slot, _ in stay], [ballot for _, ballot in leave]


def read(turn: Turn, slots: Iterable[bytes]) -> list[Ballot]:
    """Answers as they may be released, with the languages that may be told apart."""
    connection, survey = turn.connection, turn.where.survey
    known = shapes.read(connection, survey)
    # fewer languages may be told apart by now than when an answer was sealed
    groups = schedule.language_groups(connection, survey)
    return [_grouped(ballot.decode(slot, known), groups) for slot in slots]


def _grouped(one: Ballot, groups: Collection[str]) -> Ballot:
    comments = (
        replace(comment, language=policy.grouped(comment.language, groups))
        for comment in one.comments
    )
    language = policy.grouped(one.form_language, groups)
    return replace(one, form_language=language, comments=tuple(comments))


def write(turn: Turn, answers: Iterable[Ballot]) -> None:
    """Write answers and comments, each under an id of its own, and drop cold boxes."""
    connection, survey = turn.connection, turn.where.survey
    leaving = list(answers)
    responses.add_responses(
        connection,
        survey,
        [
            (_id(), one.channel, one.form_language, responses.encode(one.closed))
            for one in leaving
        ],
    )
    responses.add_comments(
        connection,
        survey,
        [
            (_id(), comment.question, comment.language, comment.text)
            for one in leaving
            for comment in one.comments
        ],
    )
    cold = [part.part for part in turn.parts() if part.part != HOT]
    store.drop_parts(connection, survey, turn.where.lane, cold)


def _id() -> bytes:
    return os.urandom(ID_BYTES)
