from __future__ import annotations

import stat
from pathlib import Path

import pytest

from survey.urn import keys
from survey.urn.errors import KeyExposed, KeyMissing
from survey.urn.keys import EVEN, ODD, PERIOD


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "keys" / "village.main.pool"
    keys.create_pool_file(path)
    return path


def test_a_key_file_belongs_to_its_owner_alone(file: Path):
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_new_slots_are_empty_and_the_file_has_three_blocks(file: Path):
    assert file.stat().st_size == 3 * 4096
    with keys.pool_keys(file) as slots:
        assert [slots.read(slot) for slot in (EVEN, ODD, PERIOD)] == [None] * 3


def test_a_key_is_read_back_with_its_number(file: Path):
    with keys.pool_keys(file) as slots:
        key = slots.write(ODD, 7)
    with keys.pool_keys(file) as slots:
        assert slots.read(ODD) == keys.Slot(7, key)
        assert slots.read(EVEN) is None


def test_a_destroyed_key_is_in_the_file_no_more(file: Path):
    with keys.pool_keys(file) as slots:
        key = slots.write(EVEN, 2)
        assert key in file.read_bytes()
        slots.destroy(EVEN)
        assert slots.read(EVEN) is None
    assert key not in file.read_bytes()


def test_a_key_is_overwritten_in_the_same_place(file: Path):
    inode = file.stat().st_ino
    with keys.pool_keys(file) as slots:
        first = slots.write(PERIOD, 0)
        second = slots.write(PERIOD, 1)
    assert first != second
    assert first not in file.read_bytes()
    assert file.stat().st_ino == inode


@pytest.mark.parametrize("at", [0, 9, 20, 50])
def test_a_torn_slot_counts_as_empty(file: Path, at: int):
    with keys.pool_keys(file) as slots:
        slots.write(EVEN, 4)
    data = bytearray(file.read_bytes())
    data[at] ^= 0xFF
    file.write_bytes(data)
    with keys.pool_keys(file) as slots:
        assert slots.read(EVEN) is None


def test_a_shortened_file_counts_as_empty(file: Path):
    file.write_bytes(file.read_bytes()[:5000])
    with keys.pool_keys(file) as slots:
        assert slots.read(ODD) is None


def test_a_missing_key_file_is_said_to_be_missing(tmp_path: Path):
    with pytest.raises(KeyMissing, match="missing"), keys.pool_keys(tmp_path / "x"):
        pass
    with pytest.raises(KeyMissing, match="missing"):
        keys.read_key(tmp_path / "x")


def test_a_missing_file_can_be_looked_at_but_not_written(tmp_path: Path):
    with keys.pool_keys(tmp_path / "x", missing_ok=True) as slots:
        assert slots.read(EVEN) is None
        with pytest.raises(KeyMissing):
            slots.write(EVEN, 2)


def test_a_key_file_others_can_read_is_refused(file: Path):
    file.chmod(0o640)
    with pytest.raises(KeyExposed, match="chmod 600"), keys.pool_keys(file):
        pass


def test_a_damaged_code_key_is_refused(tmp_path: Path):
    path = keys.code_file(tmp_path, "village")
    made = keys.create_key(path)
    assert keys.read_key(path) == made
    path.write_bytes(made[:20])
    with pytest.raises(KeyMissing, match="damaged"):
        keys.read_key(path)


def test_destroying_a_file_twice_does_no_harm(file: Path):
    keys.destroy_file(file)
    keys.destroy_file(file)
    assert not file.exists()


def test_a_fingerprint_tells_keys_apart_and_is_no_key():
    one, two = keys.fingerprint(bytes(32)), keys.fingerprint(bytes(31) + b"\1")
    assert one != two
    assert one not in bytes(32)
