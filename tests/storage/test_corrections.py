"""Corrections in the store: one waits at most, and only for what is in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
import sqlalchemy as sa

from survey.questionnaire.edition import Edition
from survey.storage import corrections, migrate, policy, surveys
from survey.storage.corrections import InForce, Waiting
from survey.storage.errors import SurveyError
from survey.storage.surveys import Terms
from tests.storage.test_surveys import TODAY, frozen
from tests.urn import town

NEXT_DAY = date(2026, 5, 2)


def titled(edition: Edition, title: str) -> Edition:
    """The edition under another title."""
    asked = edition.questionnaire
    texts = {
        code: MappingProxyType({**own, "title": title})
        for code, own in asked.texts.items()
    }
    return Edition(replace(asked, texts=MappingProxyType(texts)), edition.languages)


@pytest.fixture
def opened(engine: sa.Engine) -> Edition:
    edition = frozen()
    surveys.save_questionnaire(engine, "single", "")
    surveys.publish(engine, "single", edition)
    surveys.open(engine, "single", Terms("census"), today=TODAY)
    return edition


def let_wait(engine: sa.Engine, opened: Edition, title: str, note: str = "why") -> str:
    corrected = titled(opened, title)
    corrections.wait(
        engine, "single", corrected, instead_of=opened.hash, note=note, today=NEXT_DAY
    )
    return corrected.hash


def test_the_edition_a_survey_opens_with_is_its_first(
    engine: sa.Engine, opened: Edition
):
    assert corrections.history(engine, "single") == (
        InForce(1, opened.hash, "", TODAY),
    )
    assert corrections.waiting(engine, "single") is None


def test_a_correction_waits_and_changes_nothing_until_then(
    engine: sa.Engine, opened: Edition
):
    before = surveys.get(engine, "single")
    corrected = let_wait(engine, opened, "Better")
    assert corrections.waiting(engine, "single") == Waiting(corrected, "why", NEXT_DAY)
    assert surveys.get(engine, "single") == before
    assert surveys.edition(engine, corrected) == titled(opened, "Better")


def test_a_later_correction_replaces_the_one_that_waits(
    engine: sa.Engine, opened: Edition
):
    let_wait(engine, opened, "Better")
    corrected = let_wait(engine, opened, "Best", "again")
    found = corrections.waiting(engine, "single")
    assert found == Waiting(corrected, "again", NEXT_DAY)


def test_a_correction_is_withdrawn_once(engine: sa.Engine, opened: Edition):
    let_wait(engine, opened, "Better")
    assert corrections.withdraw(engine, "single")
    assert not corrections.withdraw(engine, "single")
    assert corrections.waiting(engine, "single") is None


def test_it_takes_effect_for_everybody_who_looks(
    engine: sa.Engine, opened: Edition, place: town.Place
):
    corrected = let_wait(engine, opened, "Better")
    connection = place.store.driver()
    connection.execute("BEGIN IMMEDIATE")
    assert corrections.is_waiting(connection, "single")
    corrections.take_effect(connection, "single", NEXT_DAY)
    assert not corrections.is_waiting(connection, "single")
    connection.execute("COMMIT")
    connection.close()
    found = surveys.get(engine, "single")
    assert found is not None
    assert (found.edition, found.languages) == (corrected, ("de",))
    assert corrections.history(engine, "single")[1:] == (
        InForce(2, corrected, "why", NEXT_DAY),
    )


def test_what_was_compared_with_another_edition_is_refused(
    engine: sa.Engine, opened: Edition
):
    with pytest.raises(SurveyError, match="changed meanwhile"):
        corrections.wait(
            engine,
            "single",
            titled(opened, "Better"),
            instead_of="0" * 64,
            note="why",
            today=NEXT_DAY,
        )
    assert corrections.waiting(engine, "single") is None


def test_a_survey_that_is_not_open_takes_no_correction(
    engine: sa.Engine, opened: Edition, place: town.Place
):
    connection = place.store.driver()
    connection.execute("UPDATE surveys SET state = 'closed'")
    connection.close()
    with pytest.raises(SurveyError, match="changed meanwhile"):
        let_wait(engine, opened, "Better")


def test_answers_with_other_columns_are_refused_whatever_was_compared(
    engine: sa.Engine, opened: Edition
):
    with pytest.raises(SurveyError, match="other columns"):
        corrections.wait(
            engine,
            "single",
            frozen("multiple"),
            instead_of=opened.hash,
            note="why",
            today=NEXT_DAY,
        )


@pytest.mark.parametrize(
    ("groups", "before", "added", "told"),
    [
        (("de",), ("de", "en"), ("ar",), ("de",)),
        (("de", "ar"), ("de", "en"), ("ar",), ("de",)),
        (("de", "en"), ("de", "en"), ("ar",), ()),
        (("de",), ("de",), ("ar",), ()),
        (("de", "en"), ("de", "en"), (), ("de", "en")),
        ((), ("de",), ("ar",), ()),
    ],
)
def test_languages_are_told_apart_only_while_that_dates_nobody(
    groups: tuple[str, ...],
    before: tuple[str, ...],
    added: tuple[str, ...],
    told: tuple[str, ...],
):
    assert policy.groups_after(groups, before, added) == told


def test_surveys_of_before_have_the_edition_they_opened_with(tmp_path: Path):
    place = town.Place(tmp_path, tmp_path / "keys")
    migrate.migrate(place, to="0001")
    connection = place.store.driver()
    connection.execute("INSERT INTO editions VALUES ('abc', 'village', '{}')")
    for slug, state, edition, day in (
        ("village", "open", "abc", "2026-05-01"),
        ("town", "published", "abc", None),
    ):
        connection.execute(
            "INSERT INTO surveys (slug, state, edition, k, languages, channels,"
            " groups, policy, opened_on)"
            " VALUES (?, ?, ?, 7, '[]', '[]', '[]', '{}', ?)",
            (slug, state, edition, day),
        )
    connection.execute(
        "INSERT INTO lanes (survey, lane, epoch, period)"
        " VALUES ('village', 'main', 9, 2), ('town', 'main', 0, 0)"
    )
    connection.close()
    migrate.migrate(place)
    assert town.ask(place, "SELECT * FROM survey_editions") == [
        ("village", 1, "abc", "", "2026-05-01")
    ]
    # whoever a release left behind stands on one side of the first line
    assert town.ask(place, "SELECT survey, settled FROM lanes ORDER BY survey") == [
        ("town", 0),
        ("village", 7),
    ]
