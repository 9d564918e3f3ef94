"""Backups from strangers' hands: refused in words, and nothing is written."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from survey import backup
from survey.backup import BackupError
from survey.storage import migrate
from tests.backup import keeping

KEEP = keeping.WORDS


def refused(file: Path, tmp_path: Path, *, words: str | None = KEEP) -> str:
    """What a restore says that is refused; nothing may be written by it."""
    with pytest.raises(BackupError) as found:
        keeping.restore(file, tmp_path / "new", words=words)
    assert not (tmp_path / "new").exists()
    return str(found.value)


def with_manifest(night, path: Path, **changes: Any) -> Path:
    manifest = json.loads(keeping.unpacked(night.file)["manifest.json"])
    content = json.dumps({**manifest, **changes}).encode()
    return keeping.rebuilt(night.file, path, **{"manifest.json": content})


def with_entry(night, path: Path, name: str, content: bytes) -> Path:
    """A backup with one entry changed, and its hash in the manifest too."""
    manifest = json.loads(keeping.unpacked(night.file)["manifest.json"])
    digest = hashlib.sha256(content).hexdigest()
    manifest["files"][name] = {"size": len(content), "sha256": digest}
    written = {"manifest.json": json.dumps(manifest).encode(), name: content}
    return keeping.rebuilt(night.file, path, **written)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"\0" * 5000, b"{}", "Umfrage".encode("utf-16")]
)
def test_what_is_no_backup_is_refused(content: bytes, tmp_path: Path):
    (tmp_path / "b").write_bytes(content)
    assert "is no backup" in refused(tmp_path / "b", tmp_path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    assert "There is no file" in refused(tmp_path / "missing", tmp_path)


def test_a_backup_cut_short_is_refused(night, tmp_path: Path):
    whole = night.file.read_bytes()
    for at in range(0, len(whole), len(whole) // 23):
        (tmp_path / "cut").write_bytes(whole[:at])
        assert "is no backup" in refused(tmp_path / "cut", tmp_path)


def test_a_flipped_bit_is_found_wherever_it_is(night, tmp_path: Path):
    whole = night.file.read_bytes()
    for at in range(7, len(whole), len(whole) // 41):
        changed = bytearray(whole)
        changed[at] ^= 0x10
        (tmp_path / "flipped").write_bytes(changed)
        try:
            with backup.opened(tmp_path / "flipped") as opened:
                opened.unseal(KEEP)
                opened.verify()
        except BackupError:
            continue
        # a bit nothing depends on, as a date in a list of the archive
        assert keeping.unpacked(tmp_path / "flipped") == keeping.unpacked(night.file)


def test_a_changed_row_is_found_without_the_passphrase(night, tmp_path: Path):
    rows = keeping.unpacked(night.file)["tables/responses.jsonl"]
    file = keeping.rebuilt(
        night.file, tmp_path / "b", **{"tables/responses.jsonl": rows[::-1]}
    )
    assert "damaged" in refused(file, tmp_path, words=None)


def test_a_row_changed_on_purpose_is_found_with_the_passphrase(night, tmp_path: Path):
    rows = keeping.unpacked(night.file)["tables/responses.jsonl"]
    forged = rows.replace(b'"code"', b'"link"')
    file = with_entry(night, tmp_path / "b", "tables/responses.jsonl", forged)
    assert "was changed after it was made" in refused(file, tmp_path)


@pytest.mark.parametrize(
    "changes",
    [{"format": 2}, {"revision": f"{int(migrate.NEWEST) + 1:04d}"}],
)
def test_a_newer_version_is_named(changes: dict[str, Any], night, tmp_path: Path):
    file = with_manifest(night, tmp_path / "b", **changes)
    assert "newer version" in refused(file, tmp_path)


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "1"},
        {"revision": 3},
        {"revision": "../0003"},
        {"files": []},
        {"files": {"manifest.json": {"size": 1, "sha256": "0" * 64}}},
        {"surveys": {"../../etc": {}}},
        {"surveys": {"a": {"state": "open"}}},
        {"settings": {"town": [1]}},
        {"lock": {}},
        {"lock": {"kdf": "argon2id", "memory_kib": 2**40}},
    ],
)
def test_a_manifest_of_another_form_is_refused(
    changes: dict[str, Any], night, tmp_path: Path
):
    file = with_manifest(night, tmp_path / "b", **changes)
    said = refused(file, tmp_path, words=None)
    assert "is no backup" in said or "damaged" in said


def test_a_lock_that_would_eat_the_memory_is_refused(night, tmp_path: Path):
    lock = json.loads(keeping.unpacked(night.file)["manifest.json"])["lock"]
    for change in ({"memory_kib": 2**31}, {"passes": 10**6}, {"lanes": 4096}):
        file = with_manifest(night, tmp_path / "b", lock={**lock, **change})
        assert "is no backup" in refused(file, tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "files/../../outside",
        "files/reports/../../../outside",
        "/files/reports/x",
        "files/keys/village.code",
        "files/survey.sqlite",
        "files/reports/a\\b",
        "files/reports/.hidden",
        "files/reports//x",
        "files/reports/C:x",
        "files/reports/" + "x" * 300,
        "files/reports/" + "/".join("a" * 30),
        "files/media/x\x00y",
        "tables/codes.jsonl",
        "tables/alembic_version.jsonl",
        "other",
    ],
)
def test_a_file_that_has_no_business_in_a_backup_is_refused(
    name: str, night, tmp_path: Path
):
    file = with_entry(night, tmp_path / "b", name, b"[]\n")
    assert "damaged" in refused(file, tmp_path, words=None)


def test_a_file_nobody_listed_is_refused(night, tmp_path: Path):
    file = keeping.rebuilt(night.file, tmp_path / "b", **{"files/reports/x": b"1"})
    assert "damaged" in refused(file, tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_two_files_of_one_name_are_refused(night, tmp_path: Path):
    file = keeping.rebuilt(night.file, tmp_path / "b")
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("tables/responses.jsonl", b"[]")
    assert "is no backup" in refused(file, tmp_path)


def test_a_bomb_is_refused_before_it_goes_off(night, tmp_path: Path):
    zeros = bytes(80 * 1024 * 1024)
    file = with_entry(night, tmp_path / "b", "files/media/zeros", zeros)
    assert file.stat().st_size < 200_000
    assert "far more" in refused(file, tmp_path)


def test_a_file_longer_than_it_says_is_refused(night, tmp_path: Path):
    manifest = json.loads(keeping.unpacked(night.file)["manifest.json"])
    manifest["files"]["tables/comments.jsonl"]["size"] -= 1
    content = json.dumps(manifest).encode()
    file = keeping.rebuilt(night.file, tmp_path / "b", **{"manifest.json": content})
    assert "damaged" in refused(file, tmp_path, words=None)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"not json\n",
        b'{"a": 1}\n',
        b'["survey"]\n[1,2,3]\n',
        b'["survey","nothing"]\n["village","x"]\n',
        b'["survey","id","channel","form_language","answers"]\n'
        b'["village","***","code","de","{}"]\n',
        b'["survey","id","channel","form_language","answers"]\n'
        b'["village","AAAA",null,"de","{}"]\n',
        b'["survey","id","channel","form_language","answers"]\n'
        b'["village","AAAA",{"a":1},"de","{}"]\n',
        b"[" * 100_000 + b"\n",
        b"\xff\xfe\n",
    ],
)
def test_rows_of_another_form_are_refused_and_undone(
    content: bytes, night, tmp_path: Path
):
    file = with_entry(night, tmp_path / "b", "tables/responses.jsonl", content)
    assert "damaged" in refused(file, tmp_path, words=None)


@pytest.mark.parametrize(
    "settings", [{"public_url": "http://town.example"}, {"upstream_logs": "often"}]
)
def test_settings_no_instance_could_start_with_are_refused(
    settings: dict[str, str], night, tmp_path: Path
):
    file = with_manifest(night, tmp_path / "b", settings=settings)
    assert "settings" in refused(file, tmp_path, words=None)


def test_settings_cannot_move_the_keys_or_the_database(night, tmp_path: Path):
    """They are the machine's; a forged backup must not point them elsewhere."""
    outside = str(tmp_path / "outside")
    forged = {"keys_dir": outside, "database_url": "postgresql://thief.example/x"}
    file = with_manifest(night, tmp_path / "b", settings=forged)
    place, _ = keeping.restore(file, tmp_path / "new", words=None)
    assert place.keys_dir == tmp_path / "new" / "keys"
    assert not Path(outside).exists()
