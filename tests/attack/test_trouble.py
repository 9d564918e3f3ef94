"""Full, locked, read-only, gone, busy: a clear "try again" and nothing lost."""

from __future__ import annotations

import errno
import os
import resource
import signal
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from survey.storage import store
from survey.storage.errors import StoreUnavailable
from survey.storage.store import Connection
from survey.urn import CodeState, Urn, Verdict, desk
from survey.urn.keys import PoolKeys
from survey.urn.lane import Lane
from tests.attack import children
from tests.urn import town


class Trouble:
    """A hook that raises at a step as often as it is told to."""

    def __init__(self) -> None:
        self.left: dict[str, int] = {}

    def __call__(self, step: str) -> None:
        if self.left.get(step, 0) > 0:
            self.left[step] -= 1
            raise sqlite3.OperationalError("disk I/O error")


class Undoing:
    """A connection whose commits are undone instead, with an error."""

    def __init__(self, real: Connection) -> None:
        self._real = real

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)

    def commit(self) -> None:
        self._real.rollback()
        raise sqlite3.OperationalError("disk I/O error")


def read_only(connection: Connection) -> Connection:
    is_server = bool(connection.locking)
    connection.execute(
        "SET default_transaction_read_only = on"
        if is_server
        else "PRAGMA query_only = ON"
    )
    return connection


def change_connections(
    patched: pytest.MonkeyPatch,
    place: town.Place,
    change: Callable[[Connection], object],
) -> None:
    """Let every connection that is opened be changed first."""
    kind = type(place.store)
    really = kind.driver
    patched.setattr(kind, "driver", lambda store: change(really(store)))


@pytest.fixture
def trouble() -> Trouble:
    return Trouble()


@pytest.fixture
def shaky(place: town.Place, trouble: Trouble) -> Iterator[Urn]:
    """An urn in trouble, with one answer in it already."""
    urn = Urn(place, town.SLUG, hooks=trouble, clock=town.Clock())
    urn.act_if_due()
    urn.send(town.ballot(0), urn.admission_of_draft(b"d", 0), "draft")
    urn.stop()
    yield urn
    urn.stop()


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deadlines of milliseconds instead of seconds."""
    monkeypatch.setattr(store, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(desk, "Lane", partial(Lane, patience=0.05))
    monkeypatch.setattr(desk, "SETTLE_SECONDS", 0.05)
    monkeypatch.setattr(desk, "SETTLE_PAUSE_SECONDS", 0.01)


def slots(place: town.Place) -> list[bool]:
    data = (place.keys_dir / "village.main.pool").read_bytes()
    return [any(data[:4096]), any(data[4096:8192])]


def check_the_urn_goes_on(urn: Urn, expected: list[int]) -> None:
    urn.send_many(
        [(town.ballot(i), urn.admission_of_draft(b"on", i)) for i in range(50, 56)],
        "draft",
    )
    assert urn.status().holds
    urn.close()
    assert sorted(town.numbers(urn)) == sorted([*expected, *range(50, 56)])


@town.BOTH
@pytest.mark.parametrize(
    "step", ["row", "recovered", "opened", "key-written", "marked", "sealed"]
)
def test_a_failure_before_the_commit_means_try_again(
    shaky: Urn, trouble: Trouble, step: str
):
    (code,) = shaky.issue(1)
    trouble.left[step] = 1
    mark = shaky.admission(code)
    assert shaky.send(town.ballot(1), mark, "code") is Verdict.TRY_AGAIN
    assert shaky.state_of(code) is CodeState.FREE
    assert shaky.send(town.ballot(1), mark, "code") is Verdict.STORED
    check_the_urn_goes_on(shaky, [0, 1])


@town.BOTH
def test_a_commit_whose_answer_was_lost_is_looked_up_and_acknowledged(
    shaky: Urn, trouble: Trouble, place: town.Place
):
    mark = shaky.admission_of_draft(b"d", 1)
    trouble.left["committed"] = 1
    assert shaky.send(town.ballot(1), mark, "draft") is Verdict.STORED
    assert slots(place).count(True) == 1
    check_the_urn_goes_on(shaky, [0, 1])


@town.BOTH
def test_while_the_outcome_cannot_be_looked_up_both_keys_stay(
    shaky: Urn, trouble: Trouble, place: town.Place, hurried: None
):
    mark = shaky.admission_of_draft(b"d", 1)
    trouble.left.update({"committed": 1, "settling": 10**6})
    assert shaky.send(town.ballot(1), mark, "draft") is Verdict.TRY_AGAIN
    assert slots(place) == [True, True]
    trouble.left.clear()
    # the commit had happened: pressing Send again finds one answer stored
    assert shaky.send(town.ballot(1), mark, "draft") is Verdict.ALREADY
    check_the_urn_goes_on(shaky, [0, 1])


def test_a_short_outage_after_the_commit_is_waited_for(
    shaky: Urn, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(desk, "SETTLE_PAUSE_SECONDS", 0.01)
    mark = shaky.admission_of_draft(b"d", 1)
    trouble.left.update({"committed": 1, "settling": 3})
    assert shaky.send(town.ballot(1), mark, "draft") is Verdict.STORED
    check_the_urn_goes_on(shaky, [0, 1])


@town.BOTH
def test_a_commit_that_did_not_happen_is_looked_up_and_refused(
    shaky: Urn, place: town.Place, monkeypatch: pytest.MonkeyPatch
):
    (code,) = shaky.issue(1)
    mark = shaky.admission(code)
    with monkeypatch.context() as patched:
        change_connections(patched, place, Undoing)
        assert shaky.send(town.ballot(1), mark, "code") is Verdict.TRY_AGAIN
        shaky.stop()
    assert slots(place) == [True, True]
    assert shaky.state_of(code) is CodeState.FREE
    assert shaky.send(town.ballot(1), mark, "code") is Verdict.STORED
    assert slots(place).count(True) == 1
    check_the_urn_goes_on(shaky, [0, 1])


@town.BOTH
def test_a_lost_transaction_is_overwritten_before_its_key_is_destroyed(
    shaky: Urn, trouble: Trouble, place: town.Place
):
    """A durable write takes the place its pages have in the log."""
    assert town.ask(place, "SELECT fence FROM lanes") == [(0,)]
    trouble.left["sealed"] = 1
    shaky.send(town.ballot(1), shaky.admission_of_draft(b"d", 1), "draft")
    assert slots(place) == [True, True]
    trouble.left["recovered"] = 1
    shaky.send(town.ballot(1), shaky.admission_of_draft(b"d", 1), "draft")
    assert town.ask(place, "SELECT fence FROM lanes") == [(1,)]
    assert slots(place).count(True) == 1
    check_the_urn_goes_on(shaky, [0])


@town.BOTH
def test_a_release_whose_commit_was_lost_releases_once(
    shaky: Urn, trouble: Trouble, hurried: None
):
    shaky.send_many(
        [(town.ballot(i), shaky.admission_of_draft(b"r", i)) for i in range(1, 20)],
        "draft",
    )
    shaky.stop()
    trouble.left.update({"committed": 1, "settling": 10**6})
    with pytest.raises(StoreUnavailable):
        shaky.release()
    trouble.left.clear()
    assert len(town.numbers(shaky)) == 15
    assert shaky.release().n == 0
    check_the_urn_goes_on(shaky, list(range(20)))


@town.BOTH
def test_a_locked_database_means_try_again(
    shaky: Urn, place: town.Place, hurried: None
):
    other = place.store.driver()
    other.begin()
    mark = shaky.admission_of_draft(b"d", 1)
    assert shaky.send(town.ballot(1), mark, "draft") is Verdict.TRY_AGAIN
    other.rollback()
    other.close()
    assert shaky.send(town.ballot(1), mark, "draft") is Verdict.STORED


def test_a_lane_somebody_keeps_means_try_again(
    shaky: Urn, place: town.Place, hurried: None
):
    mark = shaky.admission_of_draft(b"d", 1)
    with Lane(place.keys_dir, "main").taken():
        assert shaky.send(town.ballot(1), mark, "draft") is Verdict.TRY_AGAIN
    assert shaky.send(town.ballot(1), mark, "draft") is Verdict.STORED


def test_a_database_that_is_not_mounted_means_try_again_and_is_not_made_anew(
    shaky: Urn, place: town.Place
):
    mark = shaky.admission_of_draft(b"d", 1)
    away = place.instance / "away"
    away.mkdir()
    files = list(place.instance.glob("survey.sqlite*"))
    for file in files:
        file.rename(away / file.name)
    assert shaky.send(town.ballot(1), mark, "draft") is Verdict.TRY_AGAIN
    with pytest.raises(StoreUnavailable):
        shaky.status()
    assert not place.database.exists()
    for file in files:
        (away / file.name).rename(file)
    assert shaky.send(town.ballot(1), mark, "draft") is Verdict.STORED


@town.BOTH
def test_a_read_only_database_means_try_again(
    shaky: Urn, place: town.Place, monkeypatch: pytest.MonkeyPatch
):
    mark = shaky.admission_of_draft(b"d", 1)
    with monkeypatch.context() as patched:
        change_connections(patched, place, read_only)
        assert shaky.send(town.ballot(1), mark, "draft") is Verdict.TRY_AGAIN
    shaky.stop()
    assert shaky.send(town.ballot(1), mark, "draft") is Verdict.STORED
    check_the_urn_goes_on(shaky, [0, 1])


def test_a_key_that_cannot_be_written_means_try_again(
    shaky: Urn, monkeypatch: pytest.MonkeyPatch
):
    def full(self: PoolKeys, slot: int, number: int) -> bytes:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    mark = shaky.admission_of_draft(b"d", 1)
    with monkeypatch.context() as patched:
        patched.setattr(PoolKeys, "write", full)
        assert shaky.send(town.ballot(1), mark, "draft") is Verdict.TRY_AGAIN
    assert shaky.send(town.ballot(1), mark, "draft") is Verdict.STORED


def test_nobody_is_thanked_before_the_old_key_is_destroyed(
    shaky: Urn, place: town.Place, monkeypatch: pytest.MonkeyPatch
):
    def broken(self: PoolKeys, slot: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    mark = shaky.admission_of_draft(b"d", 1)
    with monkeypatch.context() as patched:
        patched.setattr(PoolKeys, "destroy", broken)
        assert shaky.send(town.ballot(1), mark, "draft") is Verdict.TRY_AGAIN
    assert slots(place) == [True, True]
    assert shaky.send(town.ballot(1), mark, "draft") is Verdict.ALREADY
    shaky.send(town.ballot(2), shaky.admission_of_draft(b"d", 2), "draft")
    assert slots(place).count(True) == 1


def send_on_a_full_disk(place: town.Place, told: Path) -> None:
    """Send until the files may not grow, then let them grow again."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    urn = Urn(place, town.SLUG, clock=town.Clock())
    log = place.database.with_name("survey.sqlite-wal")
    urn.send(town.ballot(1), urn.admission_of_draft(b"d", 1), "draft")
    limit = log.stat().st_size + 5000
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    for number in range(2, 12):
        mark = urn.admission_of_draft(b"d", number)
        verdict = urn.send(town.ballot(number), mark, "draft")
        resource.setrlimit(
            resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        )
        children.note(told, f"{number} {verdict.value}")
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    resource.setrlimit(
        resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    )
    urn.stop()


def test_a_full_disk_means_try_again_and_loses_nothing(
    shaky: Urn, place: town.Place, tmp_path: Path
):
    told = tmp_path / "told"
    child = children.start(send_on_a_full_disk, place, told)
    child.join(60)
    assert child.exitcode == 0
    lines = [line.split(" ", 1) for line in children.noted(told)]
    assert "try again" in {verdict for _, verdict in lines}
    assert {verdict for _, verdict in lines} <= {"stored", "try again"}
    for number, verdict in lines:
        mark = shaky.admission_of_draft(b"d", int(number))
        again = shaky.send(town.ballot(int(number)), mark, "draft")
        assert again is Verdict.ALREADY or verdict == "try again"
    check_the_urn_goes_on(shaky, list(range(12)))
