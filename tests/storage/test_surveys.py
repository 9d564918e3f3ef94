from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from survey.authoring import toml
from survey.questionnaire.edition import Edition, freeze
from survey.storage import editions, policy, surveys
from survey.storage.errors import StorageError, SurveyError
from survey.storage.surveys import Terms
from tests.urn import town

FOLDER = Path(__file__).parent.parent / "questionnaires"
TODAY = date(2026, 5, 1)


def frozen(name: str = "single") -> Edition:
    path = FOLDER / f"{name}.toml"
    questionnaire = toml.read(path, name=path.name)
    return freeze(questionnaire, [questionnaire.source_language])


@pytest.fixture
def published(engine: sa.Engine) -> Edition:
    edition = frozen()
    surveys.save_questionnaire(engine, "single", "name = 'single'")
    surveys.publish(engine, "single", edition)
    return edition


def test_a_questionnaire_is_kept_as_it_was_written(engine: sa.Engine):
    assert surveys.questionnaire(engine, "single") is None
    surveys.save_questionnaire(engine, "single", "one")
    surveys.save_questionnaire(engine, "single", "two")
    assert surveys.questionnaire(engine, "single") == "two"
    found = surveys.get(engine, "single")
    assert found is not None
    assert (found.state, found.edition) == ("draft", None)


@pytest.mark.parametrize("slug", ["", "../keys", "A", "a b", "-a", "a.b", "a" * 65])
def test_a_name_that_cannot_be_a_file_or_an_address_is_refused(
    engine: sa.Engine, slug: str
):
    with pytest.raises(SurveyError, match="name of a survey"):
        surveys.save_questionnaire(engine, slug, "")


def test_all_surveys_come_in_the_order_of_their_names(engine: sa.Engine):
    for slug in ("b", "a", "c"):
        surveys.save_questionnaire(engine, slug, "")
    assert [one.slug for one in surveys.all(engine)] == ["a", "b", "c"]
    assert surveys.get(engine, "d") is None


def test_an_edition_comes_back_with_the_same_hash(engine: sa.Engine):
    edition = frozen()
    surveys.save_edition(engine, "single", edition)
    surveys.save_edition(engine, "single", edition)
    editions._known.clear()
    assert surveys.edition(engine, edition.hash) == edition
    assert surveys.edition(engine, edition.hash) is surveys.edition(
        engine, edition.hash
    )


def test_an_edition_nobody_stored_is_an_error(engine: sa.Engine):
    with pytest.raises(StorageError, match="no edition"):
        surveys.edition(engine, "0" * 64)


def test_an_edition_changed_on_disk_is_noticed(
    engine: sa.Engine, place: town.Place, published: Edition
):
    document = published.to_json().replace('"single"', '"double"', 1)
    connection = place.store.driver()
    connection.execute("UPDATE editions SET document = ?", (document,))
    connection.close()
    editions._known.clear()
    with pytest.raises(StorageError, match="changed"):
        surveys.edition(engine, published.hash)


def test_publishing_freezes_what_is_asked(engine: sa.Engine, published: Edition):
    found = surveys.get(engine, "single")
    assert found is not None
    assert found.state == "published"
    assert found.edition == published.hash
    assert found.languages == published.languages


def test_a_published_survey_can_be_published_anew_until_it_opens(
    engine: sa.Engine, published: Edition
):
    assert surveys.publish(engine, "single", frozen("multiple")).state == "published"
    surveys.open(engine, "single", Terms("census", k=10), today=TODAY)
    with pytest.raises(SurveyError, match="open"):
        surveys.publish(engine, "single", published)


def test_opening_freezes_terms_and_policy(engine: sa.Engine, published: Edition):
    terms = Terms("random", "both", population=46000, invited=800, k=12)
    opened = surveys.open(engine, "single", terms, today=TODAY)
    assert opened == surveys.get(engine, "single")
    assert opened.state == "open"
    assert opened.channels == ("code", "link")
    assert (opened.population, opened.invited, opened.k) == (46000, 800, 12)
    assert opened.opened_on == TODAY
    assert opened.policy["k"] == 12
    assert opened.policy["privacy_profile"] == "standard"
    assert {"group_base", "sensitive", "groups", "interim", "language_groups"} <= set(
        opened.policy
    )


def test_the_three_groups_are_frozen_at_opening(published: Edition):
    named = ("d1", "d2", "d3")
    asked = published.questionnaire
    asked = replace(asked, settings=replace(asked.settings, three_way=named))
    assert policy.policy_of(asked, k=10)["three_way"] == list(named)


def test_only_a_published_survey_can_be_opened(engine: sa.Engine):
    surveys.save_questionnaire(engine, "single", "")
    with pytest.raises(SurveyError, match="publish"):
        surveys.open(engine, "single", Terms("census"), today=TODAY)
    with pytest.raises(SurveyError, match="unknown"):
        surveys.open(engine, "nowhere", Terms("census"), today=TODAY)


def test_a_survey_is_opened_once(engine: sa.Engine, published: Edition):
    surveys.open(engine, "single", Terms("census"), today=TODAY)
    with pytest.raises(SurveyError):
        surveys.open(engine, "single", Terms("census"), today=TODAY)


@pytest.mark.parametrize(
    ("terms", "word"),
    [
        (Terms("lottery"), "design"),
        (Terms("census", "phone"), "access"),
        (Terms("census", k=9), "at least 10"),
        (Terms("census", k=1), "at least 10"),
    ],
)
def test_terms_that_promise_too_little_are_refused(
    engine: sa.Engine, published: Edition, terms: Terms, word: str
):
    with pytest.raises(SurveyError, match=word):
        surveys.open(engine, "single", terms, today=TODAY)


def test_k_is_only_ever_raised(engine: sa.Engine, published: Edition):
    surveys.open(engine, "single", Terms("census", k=10), today=TODAY)
    assert surveys.raise_k(engine, "single", 15).policy["k"] == 15
    with pytest.raises(SurveyError, match="only be raised"):
        surveys.raise_k(engine, "single", 14)


def test_an_open_survey_can_be_extended(engine: sa.Engine, published: Edition):
    with pytest.raises(SurveyError, match="not open"):
        surveys.extend(engine, "single", TODAY)
    surveys.open(engine, "single", Terms("census"), today=TODAY)
    assert surveys.extend(engine, "single", TODAY).until == TODAY


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE surveys SET k = 4",
        "UPDATE surveys SET state = 'ajar'",
        "UPDATE surveys SET design = 'guess'",
        "UPDATE surveys SET edition = 'nowhere'",
        "INSERT INTO codes VALUES ('single', x'00', 2)",
        "INSERT INTO schedule VALUES ('single', '2026-05-01', 17)",
    ],
)
def test_the_database_itself_refuses_what_must_not_be(
    engine: sa.Engine, published: Edition, statement: str
):
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.execute(sa.text(statement))
