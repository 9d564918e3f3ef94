"""The writer thread of a process: takes whatever waits and commits it together.

No timer gathers answers: who arrives during a commit forms the next batch.
Started with the first answer, so never before the server forks.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime

from survey.baton import OURS
from survey.logs import kinds_of
from survey.storage.errors import StorageError
from survey.storage.store import looking, translated
from survey.storage.urn import LaneRow
from survey.urn import batch, closing, schedule
from survey.urn.batch import Member
from survey.urn.counters import Counters
from survey.urn.desk import Desk
from survey.urn.invariant import check

LOOK_SECONDS = 60.0
"""How often an idle writer looks whether the survey's hour has passed."""
STOP_SECONDS = 10.0
SWEEP_EVERY = 100
"""After so many batches the store lets go of the boxes they have replaced."""

log = logging.getLogger("survey.urn")


class Writer:
    """One thread with a queue of answers before it and a desk of its own."""

    def __init__(
        self,
        make_desk: Callable[[], Desk],
        counters: Counters,
        clock: Callable[[], datetime],
    ) -> None:
        self._make_desk = make_desk
        self._counters = counters
        self._clock = clock
        self._queue: queue.SimpleQueue[Member | None] = queue.SimpleQueue()
        self._looked = -LOOK_SECONDS
        self._period: int | None = None
        self._batches = 0
        self._thread = threading.Thread(target=self._run, name="urn", daemon=True)
        self._thread.start()

    def submit(self, member: Member) -> None:
        """Put an answer into the queue; its verdict will stand in it."""
        self._queue.put(member)

    def stop(self) -> None:
        """Store what waits and end the thread."""
        self._queue.put(None)
        self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        desk = self._make_desk()
        try:
            self._look(desk)
            while True:
                try:
                    member = self._queue.get(timeout=LOOK_SECONDS)
                except queue.Empty:
                    self._look(desk)
                    continue
                if member is None:
                    return
                self._take(desk, [member])
                self._count_batches(desk)
                self._look(desk)
        finally:
            desk.close()

    def _count_batches(self, desk: Desk) -> None:
        self._batches += 1
        if self._batches % SWEEP_EVERY == 0:
            desk.sweep()

    def _take(self, desk: Desk, members: list[Member]) -> None:
        due: Mapping[str, int] = {}

        def counts(period: int) -> Mapping[str, int]:
            nonlocal due
            self._period, due = period, self._counters.due(period)
            return due

        # who is about to send comes along: one batch costs little more than one answer
        OURS.take()
        OURS.hand_over()
        try:
            batch.take(desk, members, self._waiting, counts)
        except StorageError as error:
            log.warning("a batch was not stored: %s", kinds_of(error))
        except Exception as error:
            # the edge of this thread: it has to outlive any single batch, and
            # a traceback might quote an answer
            log.error("a batch was not stored: %s", kinds_of(error))
        else:
            if due:
                self._counters.settled(due, self._period)
        finally:
            for member in members:
                member.tell()

    @staticmethod
    def _check(desk: Desk, row: LaneRow) -> None:
        connection = desk.connection()
        with looking(connection):
            check(connection, desk.where.survey, row.state)

    def _waiting(self, most: int) -> list[Member]:
        found: list[Member] = []
        while len(found) < most:
            try:
                member = self._queue.get_nowait()
            except queue.Empty:
                break
            if member is None:
                self._queue.put(None)
                break
            found.append(member)
        return found

    def _look(self, desk: Desk) -> None:
        """Do the daily act when the survey's hour has passed, or help to close it."""
        if time.monotonic() - self._looked < LOOK_SECONDS:
            return
        is_first, self._looked = self._looked < 0, time.monotonic()
        try:
            with translated():
                row = desk.peek()
                if row is not None and is_first:
                    self._check(desk, row)
                if row is not None and row.state == "closed":
                    desk.bury()
                elif row is not None and row.closing is not None:
                    closing.hand_over(desk)
                elif schedule.looks_due(desk, self._clock()):
                    schedule.act(desk, self._clock())
                row = desk.peek()
            if row is not None and self._counters.due(row.period):
                self._take(desk, [])
        except StorageError as error:
            log.warning("the daily act was put off: %s", kinds_of(error))
        except Exception as error:  # the edge of this thread, as above
            log.error("the daily act failed: %s", kinds_of(error))
