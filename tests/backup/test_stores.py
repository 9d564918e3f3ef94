"""A backup of one store comes back into the other, and deletions work on both."""

from __future__ import annotations

from pathlib import Path

import pytest

from survey import backup, retention
from survey import settings as given
from survey.storage import migrate
from survey.storage import retention as stored
from survey.storage.engine import connect
from survey.urn import Urn, Verdict
from tests import postgres
from tests.backup import keeping
from tests.urn import town

TODAY = town.OPENED_AT.date()


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> town.Place:
    """A folder for a restore; on PostgreSQL one fresh from `survey init`."""
    folder, url = tmp_path / "new", ""
    if request.param == "postgres":
        url = postgres.fresh()
        monkeypatch.setenv("SURVEY_DATABASE_URL", url)
        given.initialise(folder, {})
        migrate.migrate(given.read(folder))
    return town.Place(folder, folder / "keys", url)


@town.BOTH
def test_what_one_store_saved_the_other_brings_back(
    urn: Urn, place: town.Place, empty: town.Place, tmp_path: Path
):
    codes = urn.issue(20)
    for person in range(12):
        mark = urn.admission(codes[person])
        urn.send(town.ballot(person, text=f"idea {person}"), mark, "code")
    released = urn.release().n
    keeping.save(place, tmp_path / "b")
    with backup.opened(tmp_path / "b") as opened:
        restored = backup.restore(empty.instance, opened, opened.unseal(keeping.WORDS))
        with pytest.raises(backup.BackupError, match="not empty"):
            backup.restore(empty.instance, opened, None)
    assert restored.surveys[0].lost == 12 - released
    other = keeping.urn_of(empty)
    assert other.status().holds
    verdicts = [
        other.send(town.ballot(100 + at), other.admission(code), "code")
        for at, code in enumerate(codes)
    ]
    assert verdicts == [Verdict.ALREADY] * 12 + [Verdict.STORED] * 8
    other.close()
    assert other.status().holds
    assert len(town.numbers(other)) == released + 8
    other.stop()


@town.BOTH
def test_deletion_by_date_on_both_stores(urn: Urn, place: town.Place):
    for person in range(12):
        urn.send(town.ballot(person), urn.admission_of_draft(b"d", person), "draft")
    urn.close()
    engine = connect(place)
    stored.promise(engine, town.SLUG, {stored.ANSWERS: TODAY})
    (planned,) = retention.plan(place, engine, TODAY)
    done = retention.run(place, engine, planned.due, today=TODAY)
    engine.dispose()
    assert done.record.about == 10
    assert done.is_here == (not place.database_url)
    assert town.ask(place, "SELECT id FROM responses") == []
    assert urn.status().holds
