"""The urn of one survey, as the rest of the application sees it.

Answers go in one by one and come out mixed; nobody, this module included, can
ask what became of a single one. Knows no request and no page.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum

from survey.storage import codes as code_store
from survey.storage import lanes
from survey.storage import responses as response_store
from survey.storage import schedule as schedule_store
from survey.storage import urn as store
from survey.storage.drafts import Drafts, shelf
from survey.storage.engine import Settings
from survey.storage.engine import store as store_of
from survey.storage.errors import StoreUnavailable
from survey.storage.store import looking, translated
from survey.urn import ballot as ballots
from survey.urn import closing as closings
from survey.urn import codes, office, repair, schedule, sheets
from survey.urn.ballot import Ballot
from survey.urn.batch import Admission, Member, Verdict
from survey.urn.closing import Closed, Outcome, Terms, WhenFew
from survey.urn.desk import Desk
from survey.urn.errors import SurveyClosed, TooLarge
from survey.urn.invariant import holds
from survey.urn.office import DAILY_CEILING, Slips
from survey.urn.process import Form, Process
from survey.urn.release import Released
from survey.urn.repair import Repaired
from survey.urn.sheets import Entered, Entering
from survey.urn.turn import Hook, Where, no_hook

WAIT_SECONDS = 15.0
"""How long a sender waits for the verdict; longer than lane and store may take."""


class CodeState(Enum):
    """What is known of a code at Start; an abandoned form burns nothing."""

    FREE = "free"
    USED = "used"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Status:
    """What may be shown of an urn: received answers in tens, renewed daily.

    ``slips`` and ``typed`` are the office's own acts, counted exactly.
    """

    state: str
    received: int
    holds: bool
    issued: int
    spares: dict[str, int]
    key_problem: str
    done_on: date | None
    waits_for: tuple[str, ...] = ()
    """Lanes that have still to hand over, once closing has begun."""
    slips: int = 0
    typed: int = 0


def _now() -> datetime:
    return datetime.now(UTC)


class Urn:
    """The sealed urn of one survey.

    Every method raises ``StoreUnavailable`` while store or keys are out of
    reach, except ``send``, whose verdict is "try again" then.
    """

    def __init__(
        self,
        settings: Settings,
        slug: str,
        *,
        hooks: Hook | None = None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._where = Where(
            slug, store_of(settings), settings.keys_dir, shelf(settings), settings.lane
        )
        self._hook = hooks or no_hook
        self._clock = clock
        self._kept = self._process()
        self._inherited: list[Process] = []

    def admission(self, code: str) -> bytes:
        """Admission mark of a normalised code."""
        return codes.mark(self._mine().code_key(), code)

    def admission_of_draft(self, draft_id: bytes, person: int) -> bytes:
        """Admission mark of somebody without a code."""
        return codes.draft_mark(self._mine().code_key(), draft_id, person)

    def admission_of_paper(self, batch: bytes, position: int) -> bytes:
        """Admission mark of a typed sheet: hash of its file and its place in it."""
        return codes.paper_mark(self._mine().code_key(), batch, position)

    def state_of(self, code: str) -> CodeState:
        """Whether a code, as typed, is free, used or none of ours."""
        normal = codes.normalise(code)
        if normal is None:
            return CodeState.UNKNOWN
        mine = self._mine()
        try:
            with translated():
                mark = codes.mark(mine.code_key(), normal)
                with mine.reading() as connection:
                    used = store.code_used(connection, self._where.survey, mark)
        except SurveyClosed:
            return CodeState.UNKNOWN
        if used is None:
            return CodeState.UNKNOWN
        return CodeState.USED if used else CodeState.FREE

    def send(self, ballot: Ballot, admission: bytes, kind: str) -> Verdict:
        """Put one answer into the urn and wait until it is durable.

        ``kind`` says what the admission mark is of: ``code`` or ``draft``.
        Raises ``BallotError`` for an answer the survey cannot have.
        """
        return self.send_many([(ballot, admission)], kind)[0]

    def send_many(
        self, ballots: Iterable[tuple[Ballot, bytes]], kind: str
    ) -> list[Verdict]:
        """Put many answers in at once, for simulations."""
        members = [self._submit(one, mark, Admission(kind)) for one, mark in ballots]
        return [member.hear(WAIT_SECONDS) for member in members]

    def count(self, name: str) -> None:
        """Count in memory that somebody began (``started``) or saw a page."""
        self._mine().counters.add(name)

    def issue(self, count: int) -> list[str]:
        """Make codes; they are returned once and only their marks are kept."""
        with self._desk() as desk:
            return office.issue(desk, count)

    def register(self, made: Sequence[str], *, again: bool = False) -> None:
        """Make codes valid that lie on paper already, all or none."""
        with self._desk() as desk:
            office.register(desk, made, again=again)

    def spare(self, reason: str, *, today: date, ceiling: int = DAILY_CEILING) -> str:
        """One code by telephone; ``CeilingReached`` when too many were asked for."""
        with self._desk() as desk:
            return office.spare(desk, reason, today=today, ceiling=ceiling)

    def use_slips(self, slips: Iterable[str]) -> Slips:
        """Mark the codes of paper envelopes as used."""
        with self._desk() as desk:
            return office.use_slips(desk, slips)

    def enter(
        self,
        stack: Sequence[tuple[Ballot, bytes]],
        kind: str,
        *,
        is_last: bool,
        needs_slips: bool,
    ) -> Entered:
        """Put typed sheets with their marks in, all of them or none.

        ``kind`` is what may be ended with ``is_last``. Raises ``SurveyClosed``
        unless the survey is open.
        """
        mine = self._mine()
        with translated():
            form = mine.form()
        if form is None:
            raise SurveyClosed(f"{self._where.survey} is not open")
        slots, too_large = _slots(stack, form)
        if too_large:
            return Entered(Entering.TOO_LARGE, too_large)
        last = codes.paper_mark(mine.code_key(), b"last " + kind.encode(), 0)
        terms = sheets.Terms(last, is_last=is_last, needs_slips=needs_slips)
        with self._desk() as desk:
            return sheets.enter(desk, slots, [mark for _, mark in stack], terms)

    def release(self) -> Released:
        """Release of every look all but k answers, if at least 2 k are mixed."""
        with self._desk() as desk:
            desk.set_up()
            return schedule.release_now(desk, self._clock())

    def act_if_due(self) -> Released | None:
        """Do the daily act if the survey's hour has passed."""
        with self._desk() as desk:
            desk.set_up()
            return schedule.act(desk, self._clock())

    def correct_if_unanswered(self) -> bool:
        """Put a correction in force at once, as long as nobody has answered."""
        with self._desk() as desk:
            desk.set_up()
            return schedule.correct_now(desk, self._clock())

    def close(
        self,
        when_few: WhenFew | str = WhenFew.ASK,
        *,
        without: Collection[str] = (),
    ) -> Closed:
        """Open the urn for good; codes, marks and keys are destroyed.

        With fewer than k answers nothing is opened: ``ask`` leaves the survey
        open, ``destroy`` destroys the answers. ``without`` names lanes whose
        machine is lost; while others have still to hand over, the outcome is
        ``waiting``, and this is to be called again. With the last open survey
        everybody's drafts are dropped.
        """
        mine = self._mine()
        counts = mine.counters.everything()
        today = self._clock().astimezone().date()
        with self._desk() as desk:
            desk.set_up()
            closed = closings.close(
                desk, Terms(today, WhenFew(when_few), counts, without)
            )
            is_over = not schedule_store.is_any_open(desk.connection())
        if closed.outcome in (Outcome.CLOSED, Outcome.DESTROYED):
            mine.counters.settled(counts, None)
            mine.stop()
        if is_over:
            with closing(Drafts(self._where.drafts)) as drafts:
                drafts.clear()
        return closed

    def hand_over(self) -> bool:
        """Hand this lane's answers to the lane that closes; whether there was need."""
        with self._desk() as desk:
            desk.set_up()
            return closings.hand_over(desk)

    def repair(self, *, accept_loss: bool = False) -> Repaired:
        """Say what a lost key has cost; with ``accept_loss`` go on without it."""
        self._mine().stop()
        with self._desk() as desk:
            return repair.repair(desk, accept_loss=accept_loss)

    def status(self) -> Status:
        """What may be shown of this urn; raises nothing about keys."""
        survey = self._where.survey
        with translated(), self._desk() as desk:
            connection = desk.connection()
            problem = desk.key_problem()
            with looking(connection):
                plan = schedule_store.plan(connection, survey, self._where.lane)
                totals = lanes.totals(connection, survey)
                return Status(
                    state=plan.state if plan else "unknown",
                    received=plan.received if plan else 0,
                    holds=plan is None or holds(connection, survey, plan.state),
                    issued=code_store.counts(connection, survey)[0],
                    spares=code_store.spares(connection, survey),
                    key_problem=problem,
                    done_on=plan.done_on if plan else None,
                    waits_for=closings.missing(desk),
                    slips=totals.slips,
                    typed=totals.typed,
                )

    def responses(self) -> Iterator[dict[str, str]]:
        """Released answers: column → cell, ``channel`` and ``form_language``."""
        with translated(), self._desk() as desk:
            yield from response_store.responses(desk.connection(), self._where.survey)

    def channels(self) -> set[str]:
        """The ways in by which released answers came."""
        with translated(), self._desk() as desk:
            return response_store.channels(desk.connection(), self._where.survey)

    def comments(self) -> Iterator[dict[str, str]]:
        """Released comments: ``question``, ``language``, ``text``."""
        with translated(), self._desk() as desk:
            yield from response_store.comments(desk.connection(), self._where.survey)

    def counts(self) -> dict[str, int]:
        """Counters as far as they were released: ``started``, ``page:<name>``."""
        with translated(), self._desk() as desk:
            return response_store.counts(desk.connection(), self._where.survey)

    def watch(self) -> None:
        """Start this process's writer now, so that the daily act awaits no answer."""
        self._mine().writer()

    def stop(self) -> None:
        """Store what waits and end this process's writer."""
        self._mine().stop()

    def _submit(self, ballot: Ballot, mark: bytes, admission: Admission) -> Member:
        mine, member = self._mine(), Member(b"", mark, admission)
        try:
            with translated():
                form = mine.form()
            if form is not None:
                member.slot = ballots.encode(
                    _grouped(ballot, form), form.number, form.shape
                )
                mine.writer().submit(member)
                return member
            member.verdict = Verdict.CLOSED
        except TooLarge:
            member.verdict = Verdict.TOO_LARGE
        except StoreUnavailable:
            member.verdict = Verdict.TRY_AGAIN
        member.tell()
        return member

    @contextmanager
    def _desk(self) -> Iterator[Desk]:
        with closing(self._mine().desk()) as desk:
            yield desk

    def _mine(self) -> Process:
        if self._kept.pid != os.getpid():
            # closing what the parent process opened would disturb its locks
            self._inherited.append(self._kept)
            self._kept = self._process()
        return self._kept

    def _process(self) -> Process:
        return Process(self._where, self._hook, self._clock)


def _slots(
    stack: Iterable[tuple[Ballot, bytes]], form: Form
) -> tuple[list[bytes], tuple[int, ...]]:
    """Padded bytes of every sheet, and the places of those that are too large."""
    slots, too_large = [], []
    for at, (ballot, _) in enumerate(stack):
        try:
            one = ballots.encode(_grouped(ballot, form), form.number, form.shape)
        except TooLarge:
            too_large.append(at)
        else:
            slots.append(one)
    return slots, tuple(too_large)


def _grouped(ballot: Ballot, form: Form) -> Ballot:
    comments = (replace(c, language=form.grouped(c.language)) for c in ballot.comments)
    return replace(
        ballot,
        form_language=form.grouped(ballot.form_language),
        comments=tuple(comments),
    )
