"""What a page shows before anybody has answered."""

import pytest

from survey.forms.page import describe
from survey.language import registry, speaking
from survey.questionnaire.edition import freeze
from tests import instances


@pytest.fixture
def view():
    languages = registry()

    def view(name, page, language="de"):
        edition = freeze(instances.questionnaire(name), [language])
        found = {one.name: one for one in edition.questionnaire.pages}[page]
        with speaking(languages.words(languages.get(language))):
            return describe(edition, found, language)

    return view


def test_a_single_question_is_the_heading_of_its_page(view):
    page = view("text", "idea")
    assert (page.heading, page.is_group) == ("Was ist Ihre Idee?", False)
    (question,) = page.questions
    assert (question.hint, question.longest) == ("Bitte keine Namen.", 40)
    assert question.answers == ()


def test_several_questions_stand_under_the_heading_of_the_page(view):
    page = view("several_questions", "you")
    assert page.is_group
    assert (page.heading, page.hint) == ("Über Sie", "Jede Angabe ist freiwillig.")
    assert [question.label for question in page.questions] == [
        "Wie alt sind Sie?",
        "Haben Sie Kinder?",
    ]


def test_what_is_no_answer_stands_apart_in_standard_or_own_words(view):
    standard = view("single", "mood").questions[0]
    assert [choice.code for choice in standard.options] == ["good", "medium", "bad"]
    assert [choice.code for choice in standard.apart] == ["-3", "-4"]
    assert [choice.label for choice in standard.apart] == [
        "Weiß nicht",
        "Keine Angabe",
    ]
    own = view("sensitive_page", "treated").questions[0]
    assert [choice.label for choice in own.apart] == ["Weiß nicht"]
    assert own.answers == own.options + own.apart


def test_the_rows_of_a_battery_are_its_lines(view):
    (question,) = view("zusammenleben", "q04").questions
    assert [line.name for line in question.lines][:2] == ["q04_f1", "q04_f2"]
    assert question.lines[0].label.startswith("Sprache und Bildung")
    assert "\u2068Musterstadt\u2069" in question.label
    assert question.ranks == ()


def test_a_rank_has_one_input_per_place(view):
    (question,) = view("pick_and_rank", "order").questions
    assert question.ranks == ("order__1", "order__2", "order__3")
    assert [choice.code for choice in question.apart] == ["-4"]


def test_a_pick_announces_its_limit(view):
    (question,) = view("pick_and_rank", "first").questions
    assert question.at_most == 3
