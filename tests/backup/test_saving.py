from __future__ import annotations

import base64
import json
import stat
from pathlib import Path

import pytest

from survey import backup
from survey.backup import BackupError
from survey.backup.files import travelling
from survey.storage import tables, travel
from survey.urn import Urn, keys
from tests.backup import keeping
from tests.urn import town


def rows(content: bytes) -> list[object]:
    return [json.loads(line) for line in content.splitlines()]


def test_somebody_has_decided_of_every_table_whether_it_travels():
    assert set(travel.WAYS) == set(tables.metadata.tables)


def test_somebody_has_decided_of_every_column_of_a_lane_whether_it_travels():
    names = {column.name for column in tables.lanes.columns}
    assert {*travel.COUNTERS, *travel.NOT_COUNTED} == names


def test_a_table_nobody_decided_about_stops_the_backup(
    place: town.Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delitem(travel.WAYS, "comments")
    with pytest.raises(travel.Undecided, match="comments"):
        keeping.save(place, tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_boxes_drafts_and_keys_are_in_no_backup(midway):
    files = keeping.unpacked(midway.file)
    assert {name.split("/")[0] for name in files} == {
        "files",
        "manifest.json",
        "sealed.bin",
        "tables",
    }
    assert "tables/pool.jsonl" not in files
    names = " ".join(files)
    assert "draft" not in names
    assert "key" not in names
    code_key = (midway.place.keys_dir / "village.code").read_bytes()
    pool_keys = (midway.place.keys_dir / "village.main.pool").read_bytes()
    secrets = [code_key, *(slot(pool_keys, at) for at in range(3))]
    ((box,),) = town.ask(midway.place, "SELECT box FROM pool")
    for secret in (*secrets, bytes(box)[:32]):
        assert not any(secret) or not spelled(secret, files)


def slot(content: bytes, at: int) -> bytes:
    return content[at * 4096 + 16 :][:32]


def spelled(secret: bytes, files: dict[str, bytes]) -> list[str]:
    """Files that hold a secret as bytes, as digits or as text."""
    spellings = (secret, secret.hex().encode(), base64.b64encode(secret)[:-1])
    return [
        name
        for name, content in files.items()
        if any(one in content for one in spellings)
    ]


def test_lists_of_codes_can_only_be_read_with_the_passphrase(midway):
    files = keeping.unpacked(midway.file)
    marks = town.ask(midway.place, "SELECT mark FROM codes")
    assert len(marks) == 20
    assert [spelled(bytes(mark), files) for (mark,) in marks] == [[]] * 20
    with backup.opened(midway.file) as opened:
        contents = opened.unseal(keeping.WORDS)
    columns, sealed = contents.tables["codes"]
    assert columns == ["survey", "mark", "used"]
    assert sorted(row[2] for row in sealed) == [0] * 8 + [1] * 12
    assert list(contents.code_keys) == ["village"]


def test_what_waits_is_noted_as_lost_on_restore(midway):
    kept = midway.saved.surveys[town.SLUG]
    assert (kept.waiting, kept.issued, kept.used) == (5, 20, 12)
    assert kept.counters is not None
    assert kept.counters["released"] == 7


def test_neither_epoch_nor_period_of_a_lane_travels(midway):
    manifest = json.loads(keeping.unpacked(midway.file)["manifest.json"])
    assert set(manifest["surveys"][town.SLUG]["counters"]) == set(travel.COUNTERS)


def test_rows_travel_in_the_order_of_their_random_ids(midway):
    columns, *found = rows(keeping.unpacked(midway.file)["tables/responses.jsonl"])
    assert columns == ["survey", "id", "channel", "form_language", "answers"]
    ids = [base64.b64decode(row[1]) for row in found]
    assert len(ids) == 7
    assert ids == sorted(ids)


def test_the_secret_of_the_pages_and_addresses_of_stores_stay_here(
    midway, tmp_path: Path
):
    (midway.place.instance / "settings.toml").write_text(
        'town = "Musterstadt"\ndatabase_url = ""\nkeys_dir = "keys"\n'
    )
    keeping.save(midway.place, tmp_path / "again")
    manifest = json.loads(keeping.unpacked(tmp_path / "again")["manifest.json"])
    assert manifest["settings"] == {"town": "Musterstadt"}


def test_pictures_packages_and_reports_travel_and_lists_of_codes_do_not(
    midway, tmp_path: Path
):
    instance = midway.place.instance
    for name in ("media/frozen/a.png", "packages/village/x.csv", "codes/village.csv"):
        (instance / name).parent.mkdir(parents=True)
        (instance / name).write_bytes(b"something")
    (instance / "reports" / ".new-1").write_bytes(b"half")
    (instance / "reports" / "elsewhere").symlink_to("/etc/hostname")
    keeping.save(midway.place, tmp_path / "again")
    found = [name for name in keeping.unpacked(tmp_path / "again") if "files/" in name]
    assert found == [
        "files/media/frozen/a.png",
        "files/packages/village/x.csv",
        "files/reports/village/report.json",
    ]


def test_a_backup_is_only_for_its_owner_and_never_written_over(midway):
    assert stat.S_IMODE(midway.file.stat().st_mode) == 0o600
    before = midway.file.read_bytes()
    with pytest.raises(BackupError, match="exists already"):
        keeping.save(midway.place, midway.file)
    assert midway.file.read_bytes() == before


def test_a_backup_among_the_keys_is_refused(place: town.Place):
    place.keys_dir.mkdir(mode=0o700)
    with pytest.raises(BackupError, match="among the keys"):
        keeping.save(place, place.keys_dir / "b")


@pytest.mark.parametrize("words", ["", "kurz", "aaaaaaaaaaaaaaaaaaaaaa", "abc" * 9])
def test_a_passphrase_that_can_be_guessed_is_refused(
    words: str, place: town.Place, tmp_path: Path
):
    with pytest.raises(BackupError, match="at least 16 characters"):
        backup.save(place, tmp_path / "b", words)  # type: ignore[arg-type]
    assert not (tmp_path / "b").exists()


def test_a_lost_code_key_does_not_keep_the_rest_from_being_saved(
    midway, tmp_path: Path
):
    (midway.place.keys_dir / "village.code").unlink()
    saved = keeping.save(midway.place, tmp_path / "again")
    assert saved.without_key == (town.SLUG,)
    assert not saved.surveys[town.SLUG].has_codes


def test_the_key_of_another_time_is_not_taken_for_the_right_one(midway, tmp_path: Path):
    keys.create_key(midway.place.keys_dir / "village.code")
    saved = keeping.save(midway.place, tmp_path / "again")
    assert saved.without_key == (town.SLUG,)


def test_a_closed_survey_has_no_codes_left_to_save(urn: Urn, midway, tmp_path: Path):
    urn.close()
    saved = keeping.save(midway.place, tmp_path / "closed")
    kept = saved.surveys[town.SLUG]
    assert (kept.state, kept.issued, kept.waiting) == ("closed", 0, 0)
    assert saved.without_key == ()


def test_the_file_system_need_not_know_files_without_a_name(
    midway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delattr("os.O_TMPFILE")
    folder = tmp_path / "stick"
    folder.mkdir()
    keeping.save(midway.place, folder / "b")
    assert [path.name for path in folder.iterdir()] == ["b"]


def test_what_analysis_keeps_beside_a_package_stays_where_it_is(tmp_path: Path):
    for name in ("town/responses.csv", "town.columns/0000"):
        path = tmp_path / "packages" / name
        path.parent.mkdir(parents=True)
        path.write_text("x")
    names = [name for name, _ in travelling(tmp_path)]
    assert names == ["files/packages/town/responses.csv"]
