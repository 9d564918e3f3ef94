from __future__ import annotations

import hashlib
import json
import sqlite3
import stat
from pathlib import Path

import pytest

from survey import backup
from survey import settings as given
from survey.backup import BackupError, WrongPassphrase
from survey.backup.emptiness import MARK
from survey.storage import migrate, refounding
from survey.urn import CodeState, Entering, Urn, Verdict
from tests.backup import keeping
from tests.urn import town
from tests.urn.test_sheets import enter

ANSWERED, RELEASED, WAITING, FREE = 12, 7, 5, 8


def states(urn: Urn, codes: list[str]) -> list[CodeState]:
    return [urn.state_of(code) for code in codes]


def test_answers_comments_and_reports_come_back(midway, tmp_path: Path):
    before = town.ask(midway.place, "SELECT * FROM responses ORDER BY id")
    place, restored = keeping.restore(midway.file, tmp_path / "new")
    assert town.ask(place, "SELECT * FROM responses ORDER BY id") == before
    assert len(town.ask(place, "SELECT * FROM comments")) == RELEASED
    report = place.instance / "reports" / town.SLUG / "report.json"
    assert report.read_text() == '{"chart": 1}'
    assert restored.made_at == "2026-05-02 01:30 UTC"


def test_used_codes_stay_used_and_free_ones_free(midway, tmp_path: Path):
    place, restored = keeping.restore(midway.file, tmp_path / "new")
    urn = keeping.urn_of(place)
    assert states(urn, midway.codes) == (
        [CodeState.USED] * ANSWERED + [CodeState.FREE] * FREE
    )
    urn.stop()
    (outcome,) = restored.surveys
    assert (outcome.lost, outcome.to_issue, outcome.free) == (WAITING, WAITING, FREE)


def test_the_equation_of_the_urn_holds_after_a_restore(midway, tmp_path: Path):
    place, _ = keeping.restore(midway.file, tmp_path / "new")
    urn = keeping.urn_of(place)
    assert urn.status().holds
    assert urn.status().key_problem == ""
    counts = town.ask(place, "SELECT used, released, lost, epoch, period FROM lanes")
    assert counts == [(ANSWERED, RELEASED, WAITING, 0, 0)]
    for person in range(ANSWERED, 20):
        mark = urn.admission(midway.codes[person])
        assert urn.send(town.ballot(person), mark, "code") is Verdict.STORED
    urn.close()
    assert urn.status().holds
    numbers = town.numbers(urn)
    assert len(numbers) == len(set(numbers)) == RELEASED + FREE


def test_a_code_that_answered_before_the_backup_cannot_answer_again(
    midway, tmp_path: Path
):
    place, _ = keeping.restore(midway.file, tmp_path / "new")
    urn = keeping.urn_of(place)
    verdicts = {
        urn.send(town.ballot(90 + at), urn.admission(code), "code")
        for at, code in enumerate(midway.codes[:ANSWERED])
    }
    urn.stop()
    assert verdicts == {Verdict.ALREADY}


def test_who_sent_without_a_code_before_the_backup_is_still_known(
    urn: Urn, place: town.Place, tmp_path: Path
):
    urn.send(town.ballot(1), urn.admission_of_draft(b"browser", 0), "draft")
    keeping.save(place, tmp_path / "b")
    again, _ = keeping.restore(tmp_path / "b", tmp_path / "new")
    other = keeping.urn_of(again)
    mark = other.admission_of_draft(b"browser", 0)
    assert other.send(town.ballot(2), mark, "draft") is Verdict.ALREADY
    other.stop()


def test_a_sheet_typed_before_the_backup_is_not_counted_twice(
    urn: Urn, place: town.Place, tmp_path: Path
):
    enter(urn, range(5))
    keeping.save(place, tmp_path / "b")
    again, _ = keeping.restore(tmp_path / "b", tmp_path / "new")
    other = keeping.urn_of(again)
    assert enter(other, range(5)).outcome is Entering.ALREADY
    other.stop()


def test_without_the_passphrase_everything_but_the_codes_comes_back(
    midway, tmp_path: Path
):
    place, restored = keeping.restore(midway.file, tmp_path / "new", words=None)
    urn = keeping.urn_of(place)
    assert set(states(urn, midway.codes)) == {CodeState.UNKNOWN}
    assert urn.status().holds
    (outcome,) = restored.surveys
    assert (outcome.lost, outcome.to_issue, outcome.free) == (5, 5 + FREE, 0)
    (code,) = urn.issue(1)
    assert urn.send(town.ballot(50), urn.admission(code), "code") is Verdict.STORED
    assert urn.status().holds
    urn.stop()


def test_a_survey_whose_key_was_lost_comes_back_without_codes(midway, tmp_path: Path):
    (midway.place.keys_dir / "village.code").unlink()
    keeping.save(midway.place, tmp_path / "again")
    place, restored = keeping.restore(tmp_path / "again", tmp_path / "new")
    urn = keeping.urn_of(place)
    assert set(states(urn, midway.codes)) == {CodeState.UNKNOWN}
    assert urn.status().holds
    urn.stop()
    assert restored.surveys[0].to_issue == WAITING + FREE


def test_a_closed_survey_comes_back_closed_and_without_keys(
    urn: Urn, midway, tmp_path: Path
):
    urn.close()
    keeping.save(midway.place, tmp_path / "closed")
    place, _ = keeping.restore(tmp_path / "closed", tmp_path / "new")
    other = keeping.urn_of(place)
    assert (other.status().state, other.status().holds) == ("closed", True)
    assert sorted(town.numbers(other)) == list(range(ANSWERED))
    other.stop()
    assert list(place.keys_dir.glob("village*")) == []


def test_keys_that_come_back_belong_to_their_owner_alone(midway, tmp_path: Path):
    place, _ = keeping.restore(midway.file, tmp_path / "new")
    for path in (place.database, *place.keys_dir.iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert stat.S_IMODE(place.keys_dir.stat().st_mode) == 0o700


def test_a_wrong_passphrase_opens_nothing(midway):
    with backup.opened(midway.file) as opened, pytest.raises(WrongPassphrase):
        opened.unseal("sechs Wörter sind besser als fünf")


def test_the_same_words_typed_on_another_keyboard_open_it(midway):
    decomposed = keeping.WORDS.replace("ü", "u\u0308").replace("ö", "o\u0308")
    with backup.opened(midway.file) as opened:
        assert opened.unseal(f" {decomposed}\n").code_keys


def test_an_instance_with_content_is_never_restored_into(midway, tmp_path: Path):
    keeping.restore(midway.file, tmp_path / "new")
    before = files(tmp_path / "new")
    with pytest.raises(BackupError, match="not empty"):
        keeping.restore(midway.file, tmp_path / "new")
    assert files(tmp_path / "new") == before


@pytest.mark.parametrize("name", ["keys/old.code", "media/x.png", "survey.sqlite"])
def test_what_an_earlier_instance_left_is_never_written_over(
    name: str, midway, tmp_path: Path
):
    path = tmp_path / "new" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"earlier")
    with pytest.raises(BackupError, match="not empty"):
        keeping.restore(midway.file, tmp_path / "new")
    assert files(tmp_path / "new") == {name: b"earlier"}


def test_a_fresh_instance_keeps_its_own_secret_and_settings(midway, tmp_path: Path):
    source = midway.place.instance / "settings.toml"
    source.write_text('town = "Altdorf"\ntelephone = "07031 1"\n')
    keeping.save(midway.place, tmp_path / "b")
    folder = tmp_path / "new"
    given.initialise(folder, {"town": "Neudorf", "keys_dir": "elsewhere"})
    migrate.migrate(given.read(folder, {}))
    secret = (folder / "elsewhere" / "web.key").read_bytes()
    place, _ = keeping.restore(tmp_path / "b", folder)
    assert (folder / "elsewhere" / "web.key").read_bytes() == secret
    assert place.keys_dir == folder / "elsewhere"
    found = given.read(folder, {})
    assert (found.town, found.telephone) == ("Neudorf", "07031 1")


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def test_a_restore_that_fails_leaves_nothing(
    midway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(refounding, "found", full)
    with pytest.raises(OSError, match="No space"):
        keeping.restore(midway.file, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_an_interrupted_restore_is_begun_again(midway, tmp_path: Path):
    folder = tmp_path / "new"
    given.initialise(folder, {})
    (folder / MARK).write_text("half")
    (folder / "media").mkdir()
    (folder / "media" / "half.png").write_bytes(b"half")
    (folder / "keys" / "village.code").write_bytes(bytes(32))
    place, _ = keeping.restore(midway.file, folder)
    assert not (folder / MARK).exists()
    assert not (folder / "media" / "half.png").exists()
    assert len(town.ask(place, "SELECT * FROM responses")) == RELEASED


def test_a_backup_of_an_older_version_is_brought_to_this_one(midway, tmp_path: Path):
    entries = keeping.unpacked(midway.file)
    older = json.loads(entries["manifest.json"])
    older["revision"] = "0006"  # its reviews had neither rules nor a witness
    reviews = b'["survey","ended_on","merges"]\n'
    digest = hashlib.sha256(reviews).hexdigest()
    older["files"]["tables/reviews.jsonl"] = {"size": len(reviews), "sha256": digest}
    content = {
        "manifest.json": json.dumps(older).encode(),
        "tables/reviews.jsonl": reviews,
    }
    file = keeping.rebuilt(midway.file, tmp_path / "older", **content)
    place, _ = keeping.restore(file, tmp_path / "new", words=None)
    assert migrate.is_current(place)
    assert len(town.ask(place, "SELECT * FROM responses")) == RELEASED


def test_a_restored_database_is_whole(midway, tmp_path: Path):
    place, _ = keeping.restore(midway.file, tmp_path / "new")
    connection = sqlite3.connect(place.database)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
