from __future__ import annotations

import pytest
import sqlalchemy as sa

from survey.questionnaire.translation import Mark
from survey.storage import migrate, questionnaires, translations
from survey.storage.engine import connect
from survey.storage.errors import SurveyError
from tests.urn import town

MARK = Mark("reviewed", "0123456789abcdef", "Wohnen Sie hier?", "Amal", "fedc")


def test_a_questionnaire_and_its_marks_come_back_together(engine: sa.Engine):
    assert translations.kept(engine, "a") == (None, {})
    marks = {"ar": {"q01.label": MARK}, "uk": {"title": Mark("machine_draft", "00")}}
    translations.save(engine, "a", "one", marks, instead_of=None)
    translations.save(engine, "b", "other", {}, instead_of=None)
    assert translations.kept(engine, "a") == ("one", marks)
    assert translations.kept(engine, "b") == ("other", {})
    assert questionnaires.questionnaire(engine, "a") == "one"


def test_what_is_saved_replaces_all_marks_of_the_survey_and_of_no_other(
    engine: sa.Engine,
):
    for slug in ("a", "b"):
        translations.save(engine, slug, "one", {"ar": {"x": MARK}}, instead_of=None)
    translations.save(engine, "a", "two", {"ar": {"y": MARK}}, instead_of="one")
    assert translations.kept(engine, "a") == ("two", {"ar": {"y": MARK}})
    assert translations.kept(engine, "b") == ("one", {"ar": {"x": MARK}})


@pytest.mark.parametrize("read", ["one", None])
def test_what_somebody_else_has_changed_is_not_overwritten(
    engine: sa.Engine, read: str | None
):
    translations.save(engine, "a", "two", {"ar": {"x": MARK}}, instead_of=None)
    with pytest.raises(SurveyError, match="changed meanwhile"):
        translations.save(engine, "a", "three", {}, instead_of=read)
    assert translations.kept(engine, "a") == ("two", {"ar": {"x": MARK}})


def test_marks_that_cannot_be_kept_leave_the_questionnaire_as_it_was(
    engine: sa.Engine,
):
    translations.save(engine, "a", "one", {"ar": {"x": MARK}}, instead_of=None)
    wrong = {"ar": {"x": MARK, "y": Mark("finished", "00")}}
    with pytest.raises(sa.exc.IntegrityError):
        translations.save(engine, "a", "two", wrong, instead_of="one")
    assert translations.kept(engine, "a") == ("one", {"ar": {"x": MARK}})


def test_a_name_that_cannot_be_used_keeps_nothing(engine: sa.Engine):
    with pytest.raises(SurveyError, match="name of a survey"):
        translations.save(engine, "../a", "one", {"ar": {"x": MARK}}, instead_of=None)
    assert translations.kept(engine, "../a") == (None, {})


def test_a_database_of_the_version_before_keeps_its_rows_and_gets_the_table(tmp_path):
    place = town.Place(tmp_path, tmp_path / "keys")
    migrate.migrate(place, to="0002")
    assert not migrate.is_current(place)
    town.open_survey(place)
    engine = connect(place)
    with engine.begin() as connection:
        connection.execute(
            sa.text("INSERT INTO questionnaires VALUES ('village', 'name = 1')")
        )
        connection.execute(sa.text("INSERT INTO codes VALUES ('village', x'00', 0)"))
    engine.dispose()
    migrate.migrate(place)
    assert migrate.is_current(place)
    assert town.ask(place, "SELECT slug, state FROM surveys") == [("village", "open")]
    assert town.ask(place, "SELECT count(*) FROM codes") == [(1,)]
    engine = connect(place)
    assert translations.kept(engine, "village") == ("name = 1", {})
    translations.save(
        engine, "village", "new", {"ar": {"x": MARK}}, instead_of="name = 1"
    )
    assert translations.kept(engine, "village") == ("new", {"ar": {"x": MARK}})
    engine.dispose()
