from __future__ import annotations

import sqlite3
from datetime import date, timedelta

import pytest

from survey import retention
from survey.retention import Deleted
from survey.storage import retention as stored
from survey.storage import tables, traces
from survey.storage.engine import driver
from survey.storage.errors import SurveyError
from survey.urn import Urn
from tests.retention.conftest import DUE, WORD
from tests.urn import town


def run(place: town.Place, engine, today: date = DUE) -> dict[str, Deleted]:
    planned = list(retention.plan(place, engine, today))
    return {
        one.due.matter: retention.run(place, engine, one.due, today=today)
        for one in planned
    }


def files_with(place: town.Place, text: str) -> list[str]:
    return [
        path.name
        for path in place.instance.rglob("*")
        if path.is_file() and text.encode() in path.read_bytes()
    ]


def test_nothing_is_deleted_before_its_day(closed, engine):
    assert run(closed, engine, DUE - timedelta(days=1)) == {}
    assert len(town.ask(closed, "SELECT id FROM responses")) == 34


def test_on_its_day_every_row_goes_and_the_record_stays(closed, engine):
    done = run(closed, engine)
    assert town.ask(closed, "SELECT id FROM responses") == []
    assert town.ask(closed, "SELECT id FROM comments") == []
    assert set(done) == {"answers", "comments"}
    # 34 and 17 rows are told in full tens
    assert [one.about for one in stored.done(engine)] == [30, 10]
    assert {one.done_on for one in stored.done(engine)} == {DUE}


def test_the_words_are_in_no_file_afterwards_and_every_byte_was_searched(
    closed, engine
):
    assert files_with(closed, WORD) != []
    done = run(closed, engine)
    assert files_with(closed, WORD) == []
    assert all(one.is_proven for one in done.values())
    assert done["answers"].searched == 34
    assert done["comments"].searched == 17 + 17


def test_packages_go_with_the_rows_and_published_reports_stay(closed, engine):
    done = run(closed, engine)
    assert done["answers"].record.files == 2
    packages = closed.instance / "packages"
    assert [path.name for path in packages.iterdir()] == ["village-fair"]
    assert (closed.instance / "reports" / town.SLUG / "report.json").exists()


def test_a_link_out_of_the_packages_is_cut_and_not_followed(closed, engine, tmp_path):
    outside = tmp_path / "outside.csv"
    outside.write_text("somebody else's")
    (closed.instance / "packages" / town.SLUG / "link").symlink_to(outside)
    run(closed, engine)
    assert outside.read_text() == "somebody else's"


def test_a_second_run_finds_nothing_to_do(closed, engine):
    run(closed, engine)
    assert run(closed, engine) == {}


def test_the_equation_of_the_urn_holds_without_the_answers(closed, engine, urn: Urn):
    run(closed, engine)
    assert urn.status().holds
    connection = driver(closed.database)
    connection.execute(
        "INSERT INTO responses VALUES ('village', ?, 'code', 'de', '{}')", (b"x" * 16,)
    )
    connection.close()
    assert not urn.status().holds


def test_the_search_finds_what_was_deleted_without_care(closed, engine):
    """To show that it would notice: rows deleted with overwriting switched off."""
    ((row,),) = town.ask(closed, "SELECT id FROM responses ORDER BY id LIMIT 1")
    connection = sqlite3.connect(closed.database, isolation_level=None)
    connection.execute("PRAGMA secure_delete=OFF")
    connection.execute("DELETE FROM responses")
    connection.close()
    assert traces.found(closed, [bytes(row)]) != []
    traces.settle(closed, rewrite=True)
    assert traces.found(closed, [bytes(row)]) == []


def test_a_log_in_use_is_no_proof(closed, engine, monkeypatch):
    reader = driver(closed.database)
    reader.execute("BEGIN")
    reader.execute("SELECT id FROM responses").fetchone()
    impatient = lambda path: driver(path, patience=0.01)  # noqa: E731
    monkeypatch.setattr(traces, "driver", impatient)
    done = run(closed, engine)
    reader.close()
    assert not done["answers"].is_proven


def test_an_open_survey_is_not_touched(urn: Urn, place: town.Place, engine):
    for person in range(12):
        urn.send(town.ballot(person), urn.admission_of_draft(b"d", person), "draft")
    urn.release()
    stored.promise(engine, town.SLUG, {"answers": DUE})
    (planned,) = retention.plan(place, engine, DUE)
    assert planned.why_not == "village is open; close it first"


def test_a_promised_day_only_comes_sooner(closed, engine):
    with pytest.raises(SurveyError, match="only come sooner"):
        stored.promise(engine, town.SLUG, {"answers": DUE + timedelta(days=1)})
    stored.promise(engine, town.SLUG, {"answers": DUE - timedelta(days=30)})
    ((policy,),) = town.ask(closed, "SELECT policy FROM surveys")
    assert '"answers": "2026-11-01"' in str(policy)
    assert '"k": 5' in str(policy)


def test_a_day_of_an_unknown_kind_is_refused(closed, engine):
    with pytest.raises(SurveyError, match="answers, comments"):
        stored.promise(engine, town.SLUG, {"everything": DUE})


def test_a_text_somebody_else_wrote_as_well_is_no_trace(closed, engine):
    ((text,),) = town.ask(
        closed, "SELECT text FROM comments ORDER BY length(text) DESC LIMIT 1"
    )
    connection = driver(closed.database)
    connection.execute(
        "INSERT INTO comments VALUES ('other', ?, 'q03', 'de', ?)", (b"y" * 16, text)
    )
    connection.close()
    assert run(closed, engine)["comments"].is_proven


def test_every_table_that_is_deleted_by_date_exists():
    named = {name for names in stored.TABLES.values() for name in names}
    assert named <= set(tables.metadata.tables)
    assert set(stored.TABLES) == set(stored.MATTERS)


def test_what_analysis_keeps_beside_a_package_goes_with_it(closed, engine):
    kept = closed.instance / "packages" / f"{town.SLUG}.columns" / ("0" * 64)
    kept.parent.mkdir(parents=True)
    kept.write_text(WORD)
    run(closed, engine)
    assert not kept.parent.exists()
