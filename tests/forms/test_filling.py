"""One person's answers as what a prepared page has to show."""

from datetime import date

import pytest

from survey.forms import filling
from survey.language import registry
from survey.questionnaire.edition import freeze
from survey.questionnaire.journey import UNREACHED, Journey
from tests import instances


@pytest.fixture
def journey():
    def journey(name, answers, reached):
        edition = freeze(instances.questionnaire(name), ["de"])
        return Journey(edition, answers, reached, today=date(2026, 5, 4))

    return journey


ANSWERS = {"first": ("f1", "f3"), "order": ("f3", "f1")}


def test_stored_answers_become_what_a_form_would_post(journey):
    path = journey("pick_and_rank", ANSWERS, ["first", "order"])
    questions = path.steps[1].questions
    assert filling.typed(questions, ANSWERS) == {
        "order__1": ("f3",),
        "order__2": ("f1",),
    }


def test_only_inputs_of_the_page_are_its_own(journey):
    path = journey("pick_and_rank", {}, [])
    posted = {"first": ["f1"], "order__1": ["f1"], "token": ["x"], "go": ["next"]}
    assert filling.own_inputs(path.steps[0].questions, posted) == {"first": ("f1",)}


def test_facts_name_what_is_shown_and_what_is_chosen(journey):
    questions = journey("pick_and_rank", {}, []).steps[0].questions
    facts = set(filling.facts(questions, {"first": ("f1", "f3")}))
    assert facts == {"shown first", "first=f1", "first=f3"}


def test_own_words_are_escaped(journey):
    questions = journey("text", {}, []).steps[0].questions
    words = dict(filling.texts(questions, {"idea": ("<b> & \"'",)}))
    assert words == {"value idea": "&lt;b&gt; &amp; &#34;&#39;"}


def test_a_rank_has_as_many_places_as_options(journey):
    path = journey("pick_and_rank", ANSWERS, ["first"])
    shown = dict(filling.orders(path.steps[1].questions, path, b"seed"))
    assert sorted(shown["order"]) == ["f1", "f3"]
    assert set(filling.rank_facts(shown)) == {"place order 1", "place order 2"}


def test_a_summary_knows_answered_empty_and_written(journey):
    lines = journey("pick_and_rank", ANSWERS, ["first", "order"]).summary()
    assert {"listed first", "chosen first", "chosen order"} <= set(
        filling.summary_facts(lines)
    )
    assert dict(filling.summary_orders(lines)) == {
        "answer first": ["f1", "f3"],
        "answer order": ["f3", "f1"],
    }
    empty = journey("text", {}, ["idea"]).summary()
    assert set(filling.summary_facts(empty)) == {"listed idea", "empty idea"}
    written = journey("text", {"idea": "a<b"}, ["idea"]).summary()
    assert "written idea" in set(filling.summary_facts(written))
    assert dict(filling.summary_texts(written, registry().get("de"))) == {
        "number idea": "1",
        "value idea": "a&lt;b",
    }


def test_pages_nobody_reached_have_a_state_of_their_own(journey):
    lines = journey("fork", {"core_1": "yes"}, ["core_1"]).summary()
    assert [line.state == UNREACHED for line in lines] == [False, True, True]
