from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from survey.authoring import shipped
from survey.questionnaire.edition import Edition, freeze
from survey.questionnaire.journey import Journey
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.model import Questionnaire
from survey.storage import policy, shapes
from survey.storage.engine import writing
from survey.urn import Ballot, Comment
from survey.urn.ballot import decode, encode
from tests.storage.test_surveys import TODAY, frozen
from tests.urn import town


def test_a_shape_has_every_column_of_the_closed_answers():
    for name in ("single", "multiple", "battery", "pick_and_rank", "text", "fork"):
        edition = frozen(name)
        journey = Journey(edition, {}, set(), today=TODAY)
        columns = shapes.shape_of(edition).columns
        assert sorted(columns) == sorted(journey.closed_answers())


def test_the_longest_answer_the_forms_allow_fits():
    for name in ("single", "multiple", "battery", "pick_and_rank", "text", "fork"):
        edition = frozen(name)
        shape = shapes.shape_of(edition)
        ballot = fullest(edition, "ش")
        assert decode(encode(ballot, 0, shape), [shape]) == ballot


def fullest(edition: Edition, letter: str) -> Ballot:
    """Every column with its widest cell and every text written to its end."""
    closed: dict[str, str] = {}
    comments = []
    for question in edition.questionnaire.questions():
        kind = kind_of(question)
        widest = max([*kind.categories(question), "-5"], key=len)
        closed |= {column.name: widest for column in kind.columns(question)}
        if question.longest:
            text = letter * question.longest
            comments.append(Comment(question.name, "de-simple", text))
    return Ballot(closed, tuple(comments), "assisted-by-volunteer", "de-simple")


def test_slots_are_a_multiple_of_sixty_four_bytes():
    assert all(shapes.shape_of(frozen(n)).slot % 64 == 0 for n in ("single", "text"))


def test_a_second_shape_gets_the_next_number(engine: sa.Engine, place: town.Place):
    one, two = shapes.Shape(("a", "b"), 128), shapes.Shape(("a",), 64)
    with writing(engine) as connection:
        shapes.insert(connection, "village", one)
        shapes.insert(connection, "village", two)
        shapes.insert(connection, "town", two)
    connection = place.store.driver()
    assert shapes.read(connection, "village") == [one, two]
    assert shapes.read(connection, "town") == [two]
    assert shapes.read(connection, "nowhere") == []
    connection.close()


def test_a_village_keeps_only_its_own_language_apart():
    questionnaire = frozen().questionnaire
    village = _with(questionnaire, privacy_profile="village", language_groups=("ar",))
    standard = _with(questionnaire, privacy_profile="standard", language_groups=("ar",))
    assert policy.language_groups(village) == (questionnaire.source_language,)
    assert policy.language_groups(standard) == ("ar",)


def test_the_policy_names_what_was_promised():
    questionnaire = frozen("sensitive_page").questionnaire
    found = policy.policy_of(questionnaire, k=12)
    assert found["k"] == 12
    assert found["sensitive"] == [
        question.name for question in questionnaire.questions() if question.is_sensitive
    ]
    assert found["sensitive"]


def _with(questionnaire: Questionnaire, **changes: object) -> Questionnaire:
    settings = replace(questionnaire.settings, **changes)  # type: ignore[arg-type] # named above
    return replace(questionnaire, settings=settings)


def test_an_edition_of_the_shipped_questionnaire_stays_small():
    edition = freeze(shipped.load("zusammenleben"), ["de"])
    assert shapes.shape_of(edition).slot <= 3328
