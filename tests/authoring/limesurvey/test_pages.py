"""Groups become pages that fit on a phone."""

from __future__ import annotations

import pytest

from tests.authoring.limesurvey.files import AREAS, YES_NO, Q, errors, taken


def pages(*asked, **how) -> list[list[str]]:
    found = taken(*asked, **how).questionnaire.pages
    return [[question.name for question in page.questions] for page in found]


SHORT = (Q("A", "L", answers=YES_NO), Q("B", "N"), Q("C", "S"))


def test_a_short_group_is_one_page_with_its_title_and_text():
    group = {"title": "Über Sie", "text": "<p>Kurz.</p>"}
    intake = taken(*SHORT, groups=[group])
    [page] = intake.questionnaire.pages
    texts = intake.questionnaire.texts["de"]
    assert [question.name for question in page.questions] == ["a", "b", "c"]
    assert texts[page.key("title")] == "Über Sie"
    assert texts[page.key("hint")] == "Kurz."
    assert not errors(intake)


def test_question_by_question_stays_so():
    assert pages(*SHORT, survey={"format": "S"}) == [["a"], ["b"], ["c"]]


@pytest.mark.parametrize("form", ["G", "A", "I", ""])
def test_group_by_group_and_all_in_one_are_read_alike(form):
    assert pages(*SHORT, survey={"format": form}) == [["a", "b", "c"]]


def test_a_question_never_stands_beside_the_one_that_decides_about_it():
    asked = (SHORT[0], Q("B", "N", relevance="A == 'A1'"))
    assert pages(*asked) == [["a"], ["b"]]


@pytest.mark.parametrize(
    "large",
    [
        Q("C", "F", subs=AREAS, answers=YES_NO),
        Q("C", "M", subs=AREAS),
        Q("C", "T"),
        Q("C", "L", answers=[(f"A{n}", f"Antwort {n}") for n in range(8)]),
        Q("C", "*", settings={"equation": "{B + 1}"}),
    ],
)
def test_what_takes_room_has_a_page_of_its_own(large):
    assert pages(SHORT[0], SHORT[1], large) == [["a"], ["b"], ["c"]]


def test_five_questions_are_too_many():
    asked = [Q(code, "N") for code in "ABCDE"]
    assert pages(*asked) == [["a"], ["b"], ["c"], ["d"], ["e"]]
    assert pages(*asked[:4]) == [["a", "b", "c", "d"]]


def test_a_group_that_is_split_says_so_and_titles_its_first_page():
    intake = taken(Q("A", "T"), Q("B", "T"), groups=[{"title": "Wege"}])
    first, second = intake.questionnaire.pages
    assert (first.has_title, second.has_title) == (True, False)
    [found] = [one for one in intake.lines if one.place == "groups"]
    assert found.reason == "It became 2 pages, as each must fit on a phone."


def test_groups_and_questions_stand_in_their_order():
    asked = (Q("A", "T", group=2), Q("B", "T", group=1), Q("C", "T", group=1))
    assert pages(*asked, groups=[{}, {}]) == [["b"], ["c"], ["a"]]


def test_a_group_in_random_order_says_that_it_keeps_its_place():
    intake = taken(Q("A", "T"), groups=[{"random": "x"}])
    [found] = [one for one in intake.lines if one.place == "groups"]
    assert found.reason == (
        "Groups keep their order: orders at random are for options only."
    )


def test_a_group_without_words_names_a_page_that_needs_a_heading():
    intake = taken(Q("A", "O", answers=YES_NO))
    [page] = intake.questionnaire.pages
    assert intake.questionnaire.texts["de"][page.key("title")] == "Group 1"
