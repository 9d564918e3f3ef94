"""Which answers tell which pages somebody met; expected values are read off below."""

from __future__ import annotations

import pytest

from survey.authoring import toml
from survey.questionnaire.edition import freeze
from survey.questionnaire.telling import Asked, one_by_one, questions

SOURCE = """
name = "told"
language = "de"
title = { de = "Wer was sagt", en = "Who says what" }
screened_out_if = "${here} = 'no'"

[[pages]]
name = "here"

[[pages.questions]]
name = "here"
kind = "single"
label = { de = "Wohnen Sie hier?", en = "Do you live here?" }
options = [
  { code = "yes", label = { de = "Ja", en = "Yes" } },
  { code = "no", label = { de = "Nein", en = "No" } },
]

[[pages]]
name = "fields"
title = { de = "Was zählt", en = "What matters" }

[[pages.questions]]
name = "pick"
kind = "pick"
label = { de = "Was ist wichtig?", en = "What is important?" }
at_most = 2
options = [
  { code = "bus", label = { de = "Bus", en = "Bus" } },
  { code = "park", label = { de = "Park", en = "Park" } },
  { code = "club", label = { de = "Verein", en = "Club" } },
]

[[pages.questions]]
name = "club"
kind = "single"
label = { de = "In welchem Verein?", en = "Which club?" }
shown_if = "selected(${pick}, 'club')"
options = [
  { code = "choir", label = { de = "Chor", en = "Choir" } },
  { code = "chess", label = { de = "Schach", en = "Chess" } },
]

[[pages]]
name = "rank"

[[pages.questions]]
name = "rank"
kind = "rank"
label = { de = "Was zuerst?", en = "What first?" }
picks_from = "pick"

[[pages]]
name = "words"

[[pages.questions]]
name = "words"
kind = "text"
label = { de = "Was noch?", en = "What else?" }
longest = 600
"""


@pytest.fixture(scope="module")
def told() -> dict[str, Asked]:
    edition = freeze(toml.read(SOURCE.encode(), name="told"), ("de", "en"))
    return {asked.name: asked for asked in questions(edition.route)}


def test_every_question_with_closed_answers_stands_on_its_page(told: dict[str, Asked]):
    assert {name: asked.page for name, asked in told.items()} == {
        "here": 0,
        "pick": 1,
        "club": 1,
        "rank": 2,
    }
    assert told["pick"].columns == ("pick__bus", "pick__park", "pick__club")


def test_it_names_what_decides_whether_it_is_asked(told: dict[str, Asked]):
    # whoever does not live here is asked nothing more
    assert told["here"].by == set()
    assert told["pick"].by == {"here"}
    assert told["club"].by == {"here", "pick"}


def test_what_is_offered_by_another_answer_is_derived_from_it(told: dict[str, Asked]):
    assert told["rank"].by == {"here", "pick"}
    assert told["rank"].is_derived
    assert not told["club"].is_derived


def test_without_a_questionnaire_every_column_stands_alone():
    assert one_by_one(("a", "b")) == (Asked("a", 0, ("a",)), Asked("b", 1, ("b",)))
