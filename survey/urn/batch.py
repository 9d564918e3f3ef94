"""One batch: verdicts first, then everybody's answers sealed in one transaction.

Knows members only by their marks and padded bytes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from survey.storage import responses
from survey.storage import urn as store
from survey.urn import mixing
from survey.urn.desk import Desk
from survey.urn.errors import SurveyClosed
from survey.urn.turn import Turn

MOST = 64
"""Members of one batch at most."""


class Verdict(Enum):
    """What became of one answer."""

    STORED = "stored"
    ALREADY = "already"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    TRY_AGAIN = "try again"
    TOO_LARGE = "too large"


class Admission(Enum):
    """By what right an answer is taken: a code, a draft, an envelope."""

    CODE = "code"
    DRAFT = "draft"
    PAPER = "paper"


@dataclass(slots=True)
class Member:
    """One answer in the queue; ``done`` is let go when the verdict stands."""

    slot: bytes
    mark: bytes
    admission: Admission
    verdict: Verdict = Verdict.TRY_AGAIN
    done: threading.Event = field(default_factory=threading.Event)


def take(
    desk: Desk,
    members: list[Member],
    more: Callable[[int], list[Member]],
    counts: Callable[[int], Mapping[str, int]],
) -> None:
    """Store a batch: ``members``, and whoever arrived while waiting for the lane.

    ``counts`` is asked, with the period, for counters to add. Verdicts stand
    when this returns; when it raises, every verdict is "try again".
    """
    try:
        with desk.turn() as turn:
            members += more(MOST - len(members))
            _store(turn, members, counts(turn.row.period))
    except SurveyClosed:
        _all(members, Verdict.CLOSED)
    except BaseException:
        _all(members, Verdict.TRY_AGAIN)
        raise


def _all(members: list[Member], verdict: Verdict) -> None:
    for member in members:
        member.verdict = verdict


def _store(turn: Turn, members: list[Member], counts: Mapping[str, int]) -> None:
    if turn.row.state != "open":
        _all(members, Verdict.CLOSED)
        return
    accepted = _verdicts(turn, members)
    if not accepted and not counts:
        return
    answers = turn.hot() + [member.slot for member in accepted]
    hot, cold = mixing.spill(mixing.shuffled(answers), turn.row.k)
    marks = {
        admission: [m.mark for m in accepted if m.admission is admission]
        for admission in Admission
    }
    turn.seal(hot, cold, marking=lambda: _mark(turn, marks))
    responses.add_counts(turn.connection, turn.where.survey, counts)
    turn.advance(
        used=len(marks[Admission.CODE]),
        admitted=len(marks[Admission.DRAFT]),
        typed=len(marks[Admission.PAPER]),
    )


def _verdicts(turn: Turn, members: list[Member]) -> list[Member]:
    """Decide about each member; of two with one mark the first is taken."""
    accepted: list[Member] = []
    seen: set[bytes] = set()
    for member in members:
        if member.mark in seen:
            member.verdict = Verdict.ALREADY
            continue
        member.verdict = _verdict(turn, member)
        if member.verdict is Verdict.STORED:
            seen.add(member.mark)
            accepted.append(member)
    return accepted


def _verdict(turn: Turn, member: Member) -> Verdict:
    connection, survey = turn.connection, turn.where.survey
    if member.admission is not Admission.CODE:
        was_sent = store.was_sent(connection, survey, member.mark)
        return Verdict.ALREADY if was_sent else Verdict.STORED
    used = store.code_used(connection, survey, member.mark)
    if used is None:
        return Verdict.UNKNOWN
    return Verdict.ALREADY if used else Verdict.STORED


def _mark(turn: Turn, marks: Mapping[Admission, list[bytes]]) -> None:
    connection, survey = turn.connection, turn.where.survey
    codes = marks[Admission.CODE]
    if codes:
        store.flip(connection, survey, codes)
    others = marks[Admission.DRAFT] + marks[Admission.PAPER]
    if others:
        store.add_sent(connection, survey, others, turn.row.generation)
