"""Killed, out of room, read-only: a whole backup or none, a whole restore or none."""

from __future__ import annotations

import os
import resource
import signal
from pathlib import Path
from unittest import mock

import pytest

from survey import settings as given
from survey.backup import restoring, target
from survey.backup.emptiness import MARK
from survey.storage import refounding
from survey.storage.arrival import Arrival
from tests.attack import children
from tests.backup import keeping
from tests.urn import town

PEOPLE, RELEASED = 40, 35


@pytest.fixture
def midway(urn, place: town.Place) -> town.Place:
    for person in range(PEOPLE):
        urn.send(town.ballot(person), urn.admission_of_draft(b"d", person), "draft")
    assert urn.release().n == RELEASED
    return place


def _die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


SAVING = {
    "complete but not durable": (target.os, "fsync"),
    "durable but without a name": (target, "_show"),
    "named but its folder not durable": (target, "_sync"),
}
RESTORING = {
    "marked": (restoring, "_founded"),
    "with settings": (restoring, "_put_files"),
    "with files": (refounding, "found"),
    "with tables": (Arrival, "put"),
    "with rows": (Arrival, "begin"),
    "committed": (restoring, "_outcome"),
}


def save_and_die(place: town.Place, path: Path, step: str) -> None:
    with mock.patch.object(*SAVING[step], _die):
        keeping.save(place, path)


def restore_and_die(path: Path, folder: Path, step: str) -> None:
    with mock.patch.object(*RESTORING[step], _die):
        keeping.restore(path, folder)


def killed(work, *arguments: object) -> bool:
    child = children.start(work, *arguments)
    child.join()
    return child.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("step", SAVING)
def test_a_backup_that_is_killed_is_whole_or_not_there(
    step: str, midway: town.Place, tmp_path: Path
):
    folder = tmp_path / "backups"
    folder.mkdir()
    assert killed(save_and_die, midway, folder / "b", step)
    left = [path.name for path in folder.iterdir()]
    if step == "named but its folder not durable":
        keeping.restore(folder / "b", tmp_path / "new")
    else:
        assert left == []
    keeping.save(midway, folder / "next")


@pytest.mark.parametrize("step", RESTORING)
@pytest.mark.parametrize("is_made", [False, True], ids=["no instance", "made before"])
def test_a_restore_that_is_killed_is_begun_again_or_was_complete(
    step: str, is_made: bool, midway: town.Place, tmp_path: Path
):
    file, folder = tmp_path / "b", tmp_path / "new"
    keeping.save(midway, file)
    if is_made:
        given.initialise(folder, {})
    assert killed(restore_and_die, file, folder, step)
    if step == "committed":
        place = town.Place(folder, folder / "keys")
    else:
        assert (folder / MARK).exists()
        assert rows_of(folder) == 0
        place, _ = keeping.restore(file, folder)
    assert not (folder / MARK).exists()
    assert rows_of(folder) == RELEASED
    urn = keeping.urn_of(place)
    assert urn.status().holds
    urn.stop()


def rows_of(folder: Path) -> int:
    path = folder / "survey.sqlite"
    if not path.exists():
        return 0
    place = town.Place(folder, folder / "keys")
    names = town.ask(place, "SELECT name FROM sqlite_schema WHERE name = 'responses'")
    return len(town.ask(place, "SELECT id FROM responses")) if names else 0


@pytest.mark.parametrize("room", [0, 100, 2_000, 5_000])
def test_without_room_there_is_no_backup_and_a_clear_error(
    room: int, midway: town.Place, tmp_path: Path
):
    folder = tmp_path / "full"
    folder.mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(OSError, match="too large"):
            keeping.save(midway, folder / "b")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(folder.iterdir()) == []
    keeping.save(midway, folder / "b")


@pytest.mark.parametrize("room", [4_096, 60_000])
def test_without_room_a_restore_leaves_nothing(
    room: int, midway: town.Place, tmp_path: Path
):
    keeping.save(midway, tmp_path / "b")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(Exception, match=r"too large|full|disk I/O"):
            keeping.restore(tmp_path / "b", tmp_path / "new")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not (tmp_path / "new").exists()
    keeping.restore(tmp_path / "b", tmp_path / "new")


def test_where_nothing_can_be_written_a_backup_says_so(midway: town.Place):
    # the system's own folder of processes takes no files, not even from root
    with pytest.raises(OSError, match=r"\[Errno"):
        keeping.save(midway, Path("/proc/night.backup"))
