"""The urn of one survey, as the rest of the application sees it.

Answers go in one by one and come out mixed; nobody, this module included, can
ask what became of a single one. Knows no request and no page.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum

from survey.storage import codes as code_store
from survey.storage import responses as response_store
from survey.storage import schedule as schedule_store
from survey.storage import urn as store
from survey.storage.drafts import Drafts
from survey.storage.engine import Settings, database, drafts_file
from survey.storage.errors import StoreUnavailable
from survey.urn import ballot as ballots
from survey.urn import codes, office, release, repair, schedule
from survey.urn.ballot import Ballot
from survey.urn.batch import Admission, Member, Verdict
from survey.urn.desk import Desk, translated
from survey.urn.errors import SurveyClosed, TooLarge
from survey.urn.invariant import holds
from survey.urn.office import DAILY_CEILING, Slips
from survey.urn.process import Form, Process
from survey.urn.release import Closed, Outcome, Released, WhenFew
from survey.urn.repair import Repaired
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
    """What may be shown of an urn: received answers in tens, renewed daily."""

    state: str
    received: int
    holds: bool
    issued: int
    spares: dict[str, int]
    key_problem: str
    done_on: date | None


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
            slug, database(settings), settings.keys_dir, drafts_file(settings)
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

        ``kind`` says what the admission mark is of: ``code``, ``draft`` or
        ``paper``. Raises ``BallotError`` for an answer the survey cannot have.
        """
        return self.send_many([(ballot, admission)], kind)[0]

    def send_many(
        self, ballots: Iterable[tuple[Ballot, bytes]], kind: str
    ) -> list[Verdict]:
        """Put many answers in at once, for typed paper and for simulations."""
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

    def release(self) -> Released:
        """Release all but k answers if at least 2 k are mixed."""
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

    def close(self, when_few: WhenFew | str = WhenFew.ASK) -> Closed:
        """Open the urn for good; codes, marks and keys are destroyed.

        With fewer than k answers nothing is opened: ``ask`` leaves the survey
        open, ``destroy`` destroys the answers. With the last open survey
        everybody's drafts are dropped.
        """
        mine = self._mine()
        counts = mine.counters.everything()
        today = self._clock().astimezone().date()
        with self._desk() as desk:
            desk.set_up()
            closed = release.close(
                desk, today=today, when_few=WhenFew(when_few), counts=counts
            )
            is_over = not schedule_store.is_any_open(desk.connection())
        if closed.outcome is not Outcome.TOO_FEW:
            mine.counters.settled(counts, None)
            mine.stop()
        if is_over:
            with closing(Drafts(self._where.drafts)) as drafts:
                drafts.clear()
        return closed

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
            plan = schedule_store.plan(connection, survey)
            row = store.lane_row(connection, survey, self._where.lane)
            return Status(
                state=plan.state if plan else "unknown",
                received=plan.received if plan else 0,
                holds=row is None or holds(connection, survey, row),
                issued=code_store.counts(connection, survey)[0],
                spares=code_store.spares(connection, survey),
                key_problem=desk.key_problem(),
                done_on=plan.done_on if plan else None,
            )

    def responses(self) -> Iterator[dict[str, str]]:
        """Released answers: column → cell, ``channel`` and ``form_language``."""
        with translated(), self._desk() as desk:
            yield from response_store.responses(desk.connection(), self._where.survey)

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


def _grouped(ballot: Ballot, form: Form) -> Ballot:
    comments = (replace(c, language=form.grouped(c.language)) for c in ballot.comments)
    return replace(
        ballot,
        form_language=form.grouped(ballot.form_language),
        comments=tuple(comments),
    )
