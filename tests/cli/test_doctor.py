"""What `doctor` names, and the command that mends it."""

from __future__ import annotations

import resource
import sqlite3
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from survey.backup.emptiness import MARK
from survey.cli import surroundings


@pytest.fixture
def made(shell):
    shell.ok("init")
    return shell


@pytest.mark.parametrize("name", ["settings.toml", "survey.sqlite", "keys/web.key"])
def test_files_that_others_can_read_are_named_with_the_command(made, name):
    (made.folder / name).chmod(0o644)
    said = made.refused("doctor")
    assert str(made.folder / name) in said
    assert "chmod" in said


def test_settings_without_a_default_are_named_with_what_they_may_be(made):
    said = made.ok("doctor")
    assert '"none", "days:N", "unknown"' in said
    assert '"none" or "keys-excluded"' in said


def test_keys_beside_the_database_are_noted(made):
    assert "lies on the device of the database" in made.ok("doctor")


def test_an_address_that_needs_a_proxy_while_none_is_trusted(made):
    said = made.refused("doctor", SURVEY_PUBLIC_URL="https://umfrage.example")
    assert "Set trusted_proxies" in said
    well = {"SURVEY_TRUSTED_PROXIES": "1", "SURVEY_PUBLIC_URL": "https://u.example"}
    assert "All is well" in made.ok("doctor", **well)


def test_a_restore_that_broke_off_is_named(made):
    (made.folder / MARK).write_text("half")
    assert "Run `survey restore FILE` again" in made.refused("doctor")


def test_a_backup_is_missed_until_one_is_made_and_again_when_it_is_old(made, tmp_path):
    assert "backup: none was made yet" in made.ok("doctor")
    words = "fünf Wörter sind besser als eins"
    made.ok("backup", tmp_path / "b", SURVEY_BACKUP_PASSPHRASE=words)
    today = datetime.now(UTC).date()
    assert f"backup: made on {today}" in made.ok("doctor")
    old = today - timedelta(days=8)
    (made.folder / "last-backup.txt").write_text(f"{old}\n")
    assert f"the last was made on {old}" in made.ok("doctor")


def changed(shell, statement, *values):
    connection = sqlite3.connect(shell.folder / "survey.sqlite", isolation_level=None)
    connection.execute(statement, values)
    connection.close()


def test_a_clock_that_was_put_back_is_named(opened):
    later = datetime.now(UTC).date() + timedelta(days=3)
    changed(opened, "UPDATE surveys SET opened_on = ?", later.isoformat())
    assert "Set the clock" in opened.refused("doctor")


def test_a_survey_nobody_looks_after_is_noted(opened):
    earlier = datetime.now(UTC).date() - timedelta(days=9)
    changed(opened, "UPDATE surveys SET opened_on = ?", earlier.isoformat())
    said = opened.ok("doctor")
    assert f"its daily act was last done on {earlier}" in said
    assert "a timer: `survey release`" in said


def test_a_disk_that_is_nearly_full_is_named(made, monkeypatch):
    usage = SimpleNamespace(total=10 << 30, used=(10 << 30) - (9 << 20), free=9 << 20)
    monkeypatch.setattr(surroundings.shutil, "disk_usage", lambda _: usage)
    said = made.refused("doctor")
    assert "only 9 MB are free" in said
    assert "Make room" in said


def test_core_dumps_are_noted(made):
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (min(1, hard), hard))
    try:
        said = made.ok("doctor")
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))
    assert ("LimitCORE=0" in said) == (hard != 0)


def test_only_swap_that_is_neither_encrypted_nor_memory_is_named(tmp_path):
    table = tmp_path / "swaps"
    table.write_text(
        "Filename\tType\tSize\tUsed\tPriority\n"
        "/dev/sda2 partition 100 0 -2\n"
        "/dev/dm-1 partition 100 0 -3\n"
        "/dev/dm-2 partition 100 0 -3\n"
        "/dev/zram0 partition 100 0 100\n"
        "/swapfile file 100 0 -4\n"
    )
    for name, uuid in (("dm-1", "CRYPT-PLAIN-swap"), ("dm-2", "LVM-abc")):
        (tmp_path / name / "dm").mkdir(parents=True)
        (tmp_path / name / "dm" / "uuid").write_text(uuid)
    found = surroundings.open_swaps(table, tmp_path)
    assert found == ["/dev/sda2", "/dev/dm-2", "/swapfile"]
    assert surroundings.open_swaps(tmp_path / "none", tmp_path) == []
