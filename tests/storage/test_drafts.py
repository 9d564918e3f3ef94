from __future__ import annotations

import multiprocessing
import os
import sqlite3
import stat
from collections.abc import Iterator
from datetime import date, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from survey.storage.drafts import KEPT_DAYS, Drafts, shelf
from survey.storage.errors import StoreUnavailable
from survey.storage.shelves import Shelf
from tests import postgres
from tests.urn import town

DAY = date(2026, 5, 1)
WAIT_SECONDS = 30


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "drafts.sqlite"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> town.Place:
    return town.found(tmp_path_factory.mktemp("server"), postgres.fresh())


@pytest.fixture
def drafts(request: pytest.FixtureRequest, path: Path) -> Iterator[Drafts]:
    """A store in a file; with tests marked ``BOTH`` one on a server as well."""
    place: Path | Shelf = path
    if getattr(request, "param", "") == "server":
        place = shelf(request.getfixturevalue("server"))
    drafts = Drafts(place)
    drafts.clear()
    yield drafts
    drafts.close()


BOTH = pytest.mark.parametrize(
    "drafts",
    [
        pytest.param("file"),
        pytest.param("server", marks=pytest.mark.thorough),
    ],
    indirect=True,
)


@BOTH
def test_a_draft_is_read_as_it_was_saved_last(drafts: Drafts):
    assert drafts.load(b"id") is None
    drafts.save(b"id", b"one")
    drafts.save(b"id", b"two")
    assert drafts.load(b"id") == b"two"


def test_only_its_owner_can_read_the_store(drafts: Drafts, path: Path):
    drafts.save(b"id", b"box")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@BOTH
def test_drafts_of_different_owners_do_not_meet(drafts: Drafts):
    drafts.save(b"a", b"one")
    drafts.save(b"b", b"two")
    drafts.delete(b"a")
    assert drafts.load(b"a") is None
    assert drafts.load(b"b") == b"two"


@BOTH
def test_two_drafts_are_saved_together(drafts: Drafts):
    drafts.save(b"old", b"draft")
    drafts.sweep()
    drafts.save_both((b"new", b"receipt"), (b"old", b"sent"))
    assert (drafts.load(b"new"), drafts.load(b"old")) == (b"receipt", b"sent")
    drafts.sweep()
    assert (drafts.load(b"new"), drafts.load(b"old")) == (b"receipt", b"sent")
    drafts.sweep()
    assert (drafts.load(b"new"), drafts.load(b"old")) == (None, None)


@BOTH
def test_deleting_what_is_not_there_does_no_harm(drafts: Drafts):
    drafts.delete(b"nobody")
    assert drafts.load(b"nobody") is None


def test_a_deleted_draft_is_overwritten_in_the_file(drafts: Drafts, path: Path):
    drafts.save(b"id", b"ciphertext" * 30)
    drafts.delete(b"id")
    drafts.close()
    assert b"ciphertext" not in path.read_bytes()


@BOTH
def test_a_draft_outlives_one_sweep_and_not_two(drafts: Drafts):
    drafts.save(b"id", b"box")
    drafts.sweep()
    assert drafts.load(b"id") == b"box"
    drafts.sweep()
    assert drafts.load(b"id") is None


def test_saving_again_keeps_a_draft_alive_and_in_one_place(drafts: Drafts, path: Path):
    for number in range(6):
        drafts.save(b"id", str(number).encode())
        drafts.sweep()
    assert drafts.load(b"id") == b"5"
    assert len(_records(path)) == 1


@BOTH
def test_sweeping_is_due_after_the_days_a_draft_is_kept(drafts: Drafts):
    assert not drafts.sweep_if_due(DAY)
    drafts.save(b"id", b"box")
    assert not drafts.sweep_if_due(DAY + timedelta(days=KEPT_DAYS - 1))
    assert drafts.sweep_if_due(DAY + timedelta(days=KEPT_DAYS))
    assert not drafts.sweep_if_due(DAY + timedelta(days=KEPT_DAYS))
    assert drafts.load(b"id") == b"box"
    assert drafts.sweep_if_due(DAY + timedelta(days=2 * KEPT_DAYS))
    assert drafts.load(b"id") is None


@BOTH
def test_a_clock_that_was_ahead_loses_no_draft_of_today(drafts: Drafts):
    drafts.sweep_if_due(DAY)
    drafts.save(b"id", b"box")
    drafts.sweep_if_due(DAY + timedelta(days=4000))
    drafts.sweep_if_due(DAY)
    assert drafts.load(b"id") == b"box"
    assert not drafts.sweep_if_due(DAY + timedelta(days=1))


@BOTH
def test_a_sound_store_passes_its_check(drafts: Drafts):
    drafts.save(b"id", b"box")
    assert drafts.check()
    assert drafts.load(b"id") == b"box"


@pytest.mark.parametrize("damage", [b"not a database at all" * 50, bytes(3000)])
def test_a_damaged_store_is_begun_anew(path: Path, damage: bytes):
    path.write_bytes(damage)
    drafts = Drafts(path)
    assert not drafts.check()
    drafts.save(b"id", b"box")
    assert drafts.load(b"id") == b"box"
    drafts.close()


def _begin(path: str, gate: Barrier) -> None:
    drafts = Drafts(Path(path))
    gate.wait(WAIT_SECONDS)
    drafts.check()
    drafts.save(str(os.getpid()).encode(), b"box")


def test_processes_that_start_together_make_one_file(tmp_path: Path):
    context = multiprocessing.get_context("fork")
    for number in range(15):
        path, gate = tmp_path / f"{number}.sqlite", context.Barrier(4)
        starting = [
            context.Process(target=_begin, args=(str(path), gate)) for _ in range(4)
        ]
        for process in starting:
            process.start()
        for process in starting:
            process.join(WAIT_SECONDS)
        assert [process.exitcode for process in starting] == [0] * 4
        assert len(_records(path)) == 4


def _records(path: Path) -> list[tuple[bytes, bytes]]:
    connection = sqlite3.connect(path)
    found = connection.execute(
        "SELECT id, box FROM drafts_a UNION ALL SELECT id, box FROM drafts_b"
    ).fetchall()
    connection.close()
    return found


@BOTH
def test_whoever_has_not_noticed_a_sweep_keeps_one_record_of_each(drafts: Drafts):
    """Another process asks only once a minute which table is in use."""
    other = Drafts(drafts._shelf)
    other.save(b"id", b"one")
    other.save(b"his", b"his")
    drafts.sweep()
    drafts.save(b"id", b"two")
    other.save(b"id", b"three")
    assert drafts.load(b"id") == other.load(b"id") == b"three"
    drafts.delete(b"id")
    assert drafts.load(b"id") is None
    drafts.sweep()
    assert drafts.load(b"his") is None
    other.close()


def test_a_store_that_cannot_be_reached_says_so(tmp_path: Path):
    drafts = Drafts(tmp_path / "gone" / "drafts.sqlite")
    with pytest.raises(StoreUnavailable):
        drafts.load(b"id")
    with pytest.raises(StoreUnavailable):
        drafts.save(b"id", b"box")
    with pytest.raises(StoreUnavailable):
        drafts.check()


def test_after_an_error_the_store_is_usable_again(drafts: Drafts, path: Path):
    drafts.save(b"id", b"box")
    connection = sqlite3.connect(path)
    connection.execute("ALTER TABLE drafts_a RENAME TO away")
    connection.commit()
    with pytest.raises(StoreUnavailable):
        drafts.load(b"id")
    connection.execute("ALTER TABLE away RENAME TO drafts_a")
    connection.commit()
    connection.close()
    assert drafts.load(b"id") == b"box"


@BOTH
def test_a_store_opened_before_a_fork_works_in_the_child(drafts: Drafts):
    drafts.save(b"id", b"box")
    child = os.fork()
    if child == 0:
        drafts.save(b"other", b"child")
        os._exit(0 if drafts.load(b"id") == b"box" else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert drafts.load(b"other") == b"child"
