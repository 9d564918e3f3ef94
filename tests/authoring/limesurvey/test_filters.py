"""Parts of a question that depend on other answers stay dependent."""

from __future__ import annotations

from survey.questionnaire import filters as shown_filters
from tests.authoring.limesurvey.files import AREAS, YES_NO, Q, errors, line, taken

SOURCE = Q("Src", "M", subs=AREAS)


def shown(question, answers) -> list[str]:
    """Codes of the options that a filter shows."""
    options = shown_filters.shown(question.options, question.choice_filter, answers)
    return [option.code for option in options]


def test_a_filtered_list_shows_what_was_chosen():
    asked = Q("Q1", "M", subs=[*AREAS, ("SQ9", "immer")])
    asked.settings = {"array_filter": "Src"}
    found = taken(SOURCE, asked).questionnaire.question("q1")
    assert shown(found, {"src": ("sq1", "sq3")}) == ["sq1", "sq3", "sq9"]
    assert shown(found, {}) == ["sq9"]


def test_an_excluding_filter_shows_what_was_not_chosen():
    asked = Q("Q1", "L", answers=AREAS, settings={"array_filter_exclude": "Src"})
    found = taken(SOURCE, asked).questionnaire.question("q1")
    assert shown(found, {"src": ("sq1", "sq3")}) == ["sq2"]
    assert shown(found, {}) == ["sq1", "sq2", "sq3"]


def test_two_filters_must_both_let_through():
    other = Q("Src2", "M", subs=AREAS)
    asked = Q("Q1", "M", subs=AREAS, settings={"array_filter": "Src;Src2"})
    found = taken(SOURCE, other, asked).questionnaire.question("q1")
    assert shown(found, {"src": ("sq1", "sq2"), "src2": ("sq2", "sq3")}) == ["sq2"]


def test_single_answers_may_have_conditions_of_their_own():
    asked = Q("Q1", "M", subs=AREAS, relevances={"SQ2": 'Yes == "Y"'})
    found = taken(Q("Yes", "Y"), asked).questionnaire.question("q1")
    assert shown(found, {"yes": "yes"}) == ["sq1", "sq2", "sq3"]
    assert shown(found, {"yes": "no"}) == ["sq1", "sq3"]


def test_filtered_rows_become_questions_that_share_their_answers():
    asked = Q("Q1", "F", "Wie gut?", subs=AREAS, answers=YES_NO)
    asked.settings = {"array_filter": "Src"}
    intake = taken(SOURCE, asked, Q("Q2", "T", relevance="Q1_SQ2 == 'A1'"))
    [_, page, _] = intake.questionnaire.pages
    assert [(q.name, q.kind, q.options_from, q.shown_if) for q in page.questions] == [
        (f"q1_sq{n}", "single", "q1", f"selected(${{src}}, 'sq{n}')") for n in (1, 2, 3)
    ]
    assert [one.name for one in intake.questionnaire.lists] == ["q1"]
    texts = intake.questionnaire.texts["de"]
    assert (texts["list.q1.a1"], texts[page.key("title")]) == ("Ja", "Wie gut?")
    assert intake.questionnaire.question("q2").shown_if == "${q1_sq2} = 'a1'"
    assert not errors(intake)
    assert line(intake, "Q1", "questions").reason == (
        "Each row became a question, because rows have conditions of their own."
    )


def test_fields_may_be_filtered_by_rows_that_were_answered():
    rows = Q("Rows", "F", subs=AREAS, answers=YES_NO)
    asked = Q("Q1", "Q", subs=AREAS, settings={"array_filter": "Rows"})
    found = taken(rows, asked).questionnaire
    assert found.question("q1_sq2").shown_if == "${rows_sq2} != ''"


def test_a_filter_by_an_unknown_question_refuses_rather_than_shows_everything():
    asked = Q("Q1", "M", subs=AREAS, settings={"array_filter": "Gone"})
    intake = taken(asked, Q("Q2", "T", relevance="Q1_SQ1 == 'Y'"))
    assert line(intake, "Q1", "questions").reason == (
        "Its filter cannot be taken: There is no question Gone."
    )
    assert line(intake, "Q2", "questions").verdict == "refused"


def test_a_ranking_filtered_otherwise_is_refused():
    asked = Q("Q1", "R", answers=AREAS, settings={"array_filter_exclude": "Src"})
    intake = taken(SOURCE, asked)
    assert line(intake, "Q1", "questions").verdict == "refused"
    odd = Q("Q1", "R", answers=[*AREAS, ("X", "x")], settings={"array_filter": "Src"})
    assert (
        "X cannot be chosen there" in line(taken(SOURCE, odd), "Q1", "questions").reason
    )


def test_a_part_whose_condition_cannot_be_said_refuses_the_question():
    asked = Q("Q1", "M", subs=AREAS, relevances={"SQ2": "Gone == 1"})
    found = line(taken(asked, Q("Q2", "T")), "Q1", "questions")
    assert found.reason.startswith("The condition of SQ2 cannot be taken:")
    assert found.excerpt == "  Gone == 1\n  ^"
