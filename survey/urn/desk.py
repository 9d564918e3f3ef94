"""One turn at the lane: the only right order of locks, keys and commit.

    lane -> locked row -> recovery -> (work: open, add, shuffle) -> key N+1
    -> marks and box -> durable commit -> destroy key N -> say thank you

Until the commit the answers of before are under key N, after it all are under
key N+1; whichever of the two was overtaken is destroyed by the next turn if
this process dies in between. Knows no request and nothing about answers.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum

from survey.storage import codes, lanes
from survey.storage import urn as store
from survey.storage.errors import StorageError, StoreUnavailable
from survey.storage.store import Connection, failures, told, translated
from survey.storage.urn import LaneRow
from survey.urn import keys, place
from survey.urn.errors import KeyMissing, SurveyClosed
from survey.urn.keys import PERIOD
from survey.urn.lane import Lane
from survey.urn.recovery import recover
from survey.urn.turn import Hook, Turn, Where, no_hook

SETTLE_SECONDS = 5.0
SETTLE_PAUSE_SECONDS = 0.05


class Mending(Enum):
    """What ``survey repair`` is about: to look, or to go on without a lost key."""

    LOOK = "look"
    MEND = "mend"


class Desk:
    """Gives out turns, one at a time; belongs to one thread."""

    def __init__(self, where: Where, *, hook: Hook = no_hook) -> None:
        self.where = where
        self._hook = hook
        self._lane = Lane(where.keys_dir, where.lane)
        self._open: Connection | None = None

    def set_up(self) -> None:
        """Begin the survey's urn if it has none: keys first, then the row.

        Keys without a row belong to nothing, so they may be made anew after a
        crash; keys of a row never are.
        """
        with translated():
            if self._is_set_up():
                return
            self.where.keys_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._locked(alone=True):
            if not self._is_set_up():
                self._begin()

    def _check_code_file(self, connection: Connection) -> None:
        where = self.where
        is_begun = codes.key_check(connection, where.survey) is not None
        if is_begun and not where.code_file.exists():
            raise KeyMissing(
                f"{where.survey} has its codes from another machine: copy the key"
                f" file {where.code_file.name} from there into {where.keys_dir}"
            )

    def check_not_closed(self) -> None:
        """Raise ``SurveyClosed`` once the survey was closed."""
        row = self.peek()
        if row is not None and row.state == "closed":
            raise SurveyClosed(f"{self.where.survey} is closed")

    def _is_set_up(self) -> bool:
        return self.peek() is not None

    def _begin(self) -> None:
        where, connection = self.where, self.connection()
        state = store.survey_state(connection, where.survey)
        if state not in ("draft", "published", "open"):
            raise SurveyClosed(f"there is no open survey {where.survey}")
        place.refuse_copies(where.keys_dir)
        if codes.key_check(connection, where.survey) is None:
            key = keys.create_key(where.code_file)
            codes.set_key_check(connection, where.survey, keys.fingerprint(key))
        self._check_code_file(connection)
        keys.create_pool_file(where.pool_file)
        store.add_lane(connection, where.survey, where.lane)
        connection.commit()

    @contextmanager
    def turn(
        self,
        mending: Mending | None = None,
        *,
        alone: bool = True,
        closing: bool = False,
    ) -> Iterator[Turn]:
        """One transaction; committed durably when the block ends without error.

        ``alone`` holds off every other lane; a batch need not. ``mending``
        leaves out recovery, for ``survey repair``. Raises ``StoreUnavailable``
        when store, keys or lane are out of reach: nothing was acknowledged
        then, and nothing that might be needed was destroyed; and
        ``SurveyClosed`` once a lane is ``closing`` the survey, to all others.
        """
        file = self.where.pool_file
        with self._locked(alone=alone) as connection:
            row = self._open_row(connection)
            if row.closing is not None and not closing and mending is None:
                raise SurveyClosed(f"{self.where.survey} is being closed")
            if mending is Mending.MEND and not file.exists():
                keys.create_pool_file(file)
            with keys.pool_keys(file, missing_ok=mending is not None) as slots:
                turn = Turn(self.where, connection, row, slots, self._hook, alone=alone)
                self._hook("row")
                if mending is None:
                    recover(turn)
                yield turn
                self._finish(turn)

    @contextmanager
    def _locked(self, *, alone: bool) -> Iterator[Connection]:
        """Hold the lane and its row, written; undone if not committed."""
        with translated(), self._lane.taken():
            self._hook("lane")
            try:
                yield self._begun(alone=alone)
            finally:
                self._leave()

    def _begun(self, *, alone: bool) -> Connection:
        """A connection with a transaction; a new one if the old one is lost."""
        where, connection = self.where, self.connection()
        try:
            store.begin(connection, where.survey, where.lane, alone=alone)
        except failures():
            if not connection.is_lost:
                raise
            connection = self.connection()
            store.begin(connection, where.survey, where.lane, alone=alone)
        return connection

    def connection(self) -> Connection:
        """The desk's own connection, opened when it is needed."""
        if self._open is not None and self._open.is_lost:
            self.close()
        if self._open is None:
            self._open = self.where.store.driver()
        return self._open

    def peek(self) -> LaneRow | None:
        """The lane's row without a lock; ``None`` before the urn was set up."""
        return store.lane_row(self.connection(), self.where.survey, self.where.lane)

    def key_problem(self) -> str:
        """What is wrong with the keys of an urn in use; empty if nothing is.

        Those of a closed survey are destroyed, if that was not done yet.
        """
        row = self.peek()
        if row is not None and row.state == "closed":
            self.bury()
            return ""
        try:
            if row is None:
                self._check_code_file(self.connection())
                return ""
            key = keys.read_key(self.where.code_file)
            with self.turn(closing=True):
                check = codes.key_check(self.connection(), self.where.survey)
        except StorageError as error:
            return str(error)
        if check != keys.fingerprint(key):
            return f"the code key of {self.where.survey} is not the right one"
        return ""

    def close(self) -> None:
        """Close the connection; an unfinished transaction is undone."""
        if self._open is not None:
            with suppress(*failures()):
                self._open.close()
            self._open = None

    def tidy(self) -> None:
        """Let the store forget what earlier states of its tables looked like."""
        with suppress(StoreUnavailable, *failures()):
            self.connection().tidy()

    def sweep(self) -> None:
        """The same between batches, where the store needs it."""
        with suppress(StoreUnavailable, *failures()):
            self.connection().sweep()

    def _row(self, connection: Connection) -> LaneRow:
        row = store.lane_row(connection, self.where.survey, self.where.lane)
        if row is None:
            raise SurveyClosed(f"the urn of {self.where.survey} was never set up")
        return row

    def _open_row(self, connection: Connection) -> LaneRow:
        row = self._row(connection)
        if row.state == "closed":
            self.bury()
            raise SurveyClosed(f"{self.where.survey} is closed")
        return row

    def bury(self) -> None:
        """Destroy every key of a closed survey; again, if a crash prevented it.

        Also those of a lane this machine had under an earlier name.
        """
        keys.destroy_file(self.where.pool_file)
        keys.destroy_file(self.where.closing_file)
        keys.destroy_file(self.where.code_file)
        with suppress(StoreUnavailable, *failures()):
            for one in lanes.standings(self.connection(), self.where.survey):
                folder, survey = self.where.keys_dir, self.where.survey
                keys.destroy_file(keys.pool_file(folder, survey, one.lane))

    def _leave(self) -> None:
        if self._open is not None and self._open.in_transaction:
            try:
                self._open.rollback()
            except failures():
                self.close()

    def _finish(self, turn: Turn) -> None:
        if not turn.is_changed:
            return
        self._commit(turn)
        if turn.is_last:
            self.bury()
            self._hook("destroyed")
            return
        if turn.is_sealed:
            turn.slots.destroy(turn.row.epoch % 2)
            self._hook("destroyed")
        if turn.period != turn.row.period:
            turn.slots.write(PERIOD, turn.period)
            self._hook("period-key")
        self._hook("done")

    def _commit(self, turn: Turn) -> None:
        self._hook("committing")
        try:
            turn.connection.commit()
            self._hook("committed")
        except failures() as error:
            self._settle(turn, error)

    def _settle(self, turn: Turn, error: Exception) -> None:
        """Find out whether a commit whose answer was lost has happened.

        The lane is still ours, so the locked row on a new connection decides.
        While the store is out of reach both keys stay and nobody is thanked.
        """
        self.close()
        if not turn.is_sealed:
            raise StoreUnavailable(f"the outcome is unknown: {told(error)}") from error
        deadline = time.monotonic() + SETTLE_SECONDS
        while True:
            try:
                with translated():
                    is_committed = self._is_committed(turn)
                break
            except StoreUnavailable:
                self.close()
                if time.monotonic() > deadline:
                    raise
                time.sleep(SETTLE_PAUSE_SECONDS)
        if not is_committed:
            raise StoreUnavailable(
                f"the answers were not stored: {told(error)}"
            ) from error

    def _is_committed(self, turn: Turn) -> bool:
        self._hook("settling")
        where, connection = self.where, self.connection()
        store.begin(connection, where.survey, where.lane, alone=False)
        if self._row(connection).epoch != turn.epoch:
            return False
        store.turn_fence(connection, where.survey, where.lane)
        connection.commit()
        return True
