from __future__ import annotations

import fcntl
import threading
from pathlib import Path

import pytest

from survey.urn.errors import LaneBusy
from survey.urn.lane import Lane


def test_the_lane_is_held_by_one_at_a_time(tmp_path: Path):
    other = Lane(tmp_path, "main", patience=0.02)
    with Lane(tmp_path, "main").taken(), pytest.raises(LaneBusy), other.taken():
        pass
    with other.taken():
        pass


def test_a_lane_is_free_again_after_an_error(tmp_path: Path):
    with pytest.raises(ZeroDivisionError), Lane(tmp_path, "main").taken():
        raise ZeroDivisionError
    with Lane(tmp_path, "main", patience=0.02).taken():
        pass


def test_whoever_waits_gets_the_lane_before_its_holder_again(tmp_path: Path):
    order: list[str] = []
    waits = threading.Event()

    def wait() -> None:
        waits.set()
        with Lane(tmp_path, "main").taken():
            order.append("waiter")

    waiter = threading.Thread(target=wait)
    lane = Lane(tmp_path, "main")
    with lane.taken():
        waiter.start()
        waits.wait()
        # the waiter holds the turnstile now, or will before we let go
        _until_busy(tmp_path / "main.turnstile")
    with lane.taken():
        order.append("holder")
    waiter.join()
    assert order == ["waiter", "holder"]


def _until_busy(path: Path) -> None:
    while True:
        with path.open("r+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return


def test_a_folder_that_cannot_be_written_means_try_again(tmp_path: Path):
    with pytest.raises(LaneBusy), Lane(tmp_path / "gone", "main").taken():
        pass
