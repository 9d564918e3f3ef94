"""One batch: verdicts first, then everybody's answers sealed in one transaction.

Knows members only by their marks and padded bytes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from enum import Enum

from survey.baton import OURS
from survey.storage import responses
from survey.storage import urn as store
from survey.storage.errors import Overtaken
from survey.urn import mixing
from survey.urn.desk import Desk
from survey.urn.errors import SurveyClosed
from survey.urn.turn import Turn

MOST = 64
"""Members of one batch at most."""
TRIES = 3
"""How often a batch is tried when another lane is faster each time."""


class Verdict(Enum):
    """What became of one answer."""

    STORED = "stored"
    ALREADY = "already"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    TRY_AGAIN = "try again"
    TOO_LARGE = "too large"


class Admission(Enum):
    """By what right an answer is taken: a code or a draft; paper comes in stacks."""

    CODE = "code"
    DRAFT = "draft"


class Member:
    """One answer in the queue, until its verdict is told."""

    __slots__ = ("_told", "admission", "mark", "slot", "verdict")

    def __init__(self, slot: bytes, mark: bytes, admission: Admission) -> None:
        self.slot = slot
        self.mark = mark
        self.admission = admission
        self.verdict = Verdict.TRY_AGAIN
        self._told = threading.Lock()
        self._told.acquire()

    def tell(self) -> None:
        """Let the sender know the verdict; once."""
        self._told.release()

    def hear(self, seconds: float) -> Verdict:
        """Wait for the verdict; "try again" when it takes too long."""
        with OURS.laid_down():
            is_told = self._told.acquire(timeout=seconds)
        return self.verdict if is_told else Verdict.TRY_AGAIN


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
        desk.set_up()
        _persistently(lambda: _once(desk, members, more, counts))
    except SurveyClosed:
        _all(members, Verdict.CLOSED)
    except BaseException:
        _all(members, Verdict.TRY_AGAIN)
        raise


def _persistently(work: Callable[[], None]) -> None:
    for _ in range(TRIES - 1):
        try:
            return work()
        except Overtaken:
            continue
    return work()


def _once(
    desk: Desk,
    members: list[Member],
    more: Callable[[int], list[Member]],
    counts: Callable[[int], Mapping[str, int]],
) -> None:
    with desk.turn(alone=False) as turn:
        members += more(MOST - len(members))
        _store(turn, members, counts(turn.row.period))


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
    )


def _verdicts(turn: Turn, members: list[Member]) -> list[Member]:
    """Decide about each member; of two with one mark the first is taken."""
    connection, survey = turn.connection, turn.where.survey
    asked = [m.mark for m in members if m.admission is Admission.CODE]
    used = store.code_states(connection, survey, asked)
    asked = [m.mark for m in members if m.admission is not Admission.CODE]
    sent = store.sent_marks(connection, survey, asked)
    accepted: list[Member] = []
    seen: set[bytes] = set()
    for member in members:
        if member.admission is Admission.CODE and member.mark not in used:
            member.verdict = Verdict.UNKNOWN
        elif member.mark in seen or member.mark in sent or used.get(member.mark):
            member.verdict = Verdict.ALREADY
        else:
            member.verdict = Verdict.STORED
            seen.add(member.mark)
            accepted.append(member)
    return accepted


def _mark(turn: Turn, marks: Mapping[Admission, list[bytes]]) -> None:
    connection, survey = turn.connection, turn.where.survey
    codes = marks[Admission.CODE]
    if codes:
        store.flip(connection, survey, codes)
    drafts = marks[Admission.DRAFT]
    if drafts:
        store.add_sent(connection, survey, drafts, turn.row.generation)
