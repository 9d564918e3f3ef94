"""Choice lists: codes of our own, cascades, and lists that several questions share."""

from __future__ import annotations

import pytest

from survey.questionnaire import filters
from tests.authoring.forms import GERMAN, YES_NO, Forms, lines, texts


@pytest.fixture
def form(tmp_path):
    return Forms(tmp_path)


CASCADE = [
    ["type", "name", "label", "choice_filter"],
    ["select_one regions", "Region", "Welche Region?", ""],
    ["select_one towns", "town", "Welche Stadt?", "region = ${Region}"],
    ["select_one parts", "part", "Welcher Teil?", "region=${Region} and town=${town}"],
]
PLACES = [
    ["list_name", "name", "label", "region", "town", "unused"],
    ["regions", "North & East", "Nordost", "", "", "1"],
    ["regions", "South", "Süden"],
    ["towns", "Neustadt", "Neustadt", "North & East"],
    ["towns", "Neustadt", "Neustadt", "South"],
    ["towns", "Altstadt", "Altstadt", "South"],
    ["parts", "centre", "Mitte", "North & East", "Neustadt"],
    ["parts", "market", "Markt", "South", "Neustadt"],
    ["parts", "harbour", "Hafen", "South", "Neustadt"],
    ["parts", "lost", "Verloren", "South"],
]


def shown(question, answers):
    options = filters.shown(question.options, question.choice_filter, answers)
    return [option.code for option in options]


def test_a_cascade_shows_what_its_author_meant(form):
    asked = form.asked(CASCADE, PLACES)
    region, town, part = asked.questions()
    assert [option.code for option in region.options] == ["north_east", "south"]
    assert shown(town, {"region": "north_east"}) == ["neustadt_north_east"]
    assert shown(town, {"region": "south"}) == ["neustadt_south", "altstadt"]
    answers = {"region": "north_east", "town": "neustadt_north_east"}
    assert shown(part, answers) == ["centre"]
    answers = {"region": "south", "town": "neustadt_south"}
    assert shown(part, answers) == ["market", "harbour"]
    assert shown(part, {"region": "south", "town": "altstadt"}) == []


def test_each_step_of_a_cascade_stands_on_a_page_of_its_own(form):
    rows = [
        CASCADE[0] + ["appearance"],
        ["begin_group", "where", "Wo?", "", "field-list"],
        *CASCADE[1:],
        ["end_group"],
    ]
    asked = form.asked(rows, PLACES)
    assert [page.name for page in asked.pages] == ["where", "where_2", "where_3"]


def test_filtered_lists_are_shared_and_properties_nobody_looks_at_stay_away(form):
    asked = form.asked(CASCADE, PLACES)
    assert [shared.name for shared in asked.lists] == ["towns", "parts"]
    market = asked.lists[1].options[1]
    assert dict(market.properties) == {"region": "south", "town": "neustadt_south"}
    assert asked.question("region").options[0].properties == ()


def test_what_a_filter_never_shows_is_said(form):
    found = form(CASCADE, PLACES)
    [line] = lines(found, "choices", 10)
    assert line.reason == "It is never shown, as it has nothing in town."


def test_codes_that_were_changed_are_said_and_twins_explained(form):
    found = form(CASCADE, PLACES)
    said = {line.row: line.reason for line in lines(found, "choices")}
    assert (
        said[2] == "Its code is written with small letters, digits and single _ here."
    )
    assert said[4] == "Its code is neustadt_north_east, as the list has Neustadt twice."


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("region = ${gone}", "There is no question gone."),
        ("size = ${Region}", "The list towns has no column size."),
        ("region = ", "The expression ends too early."),
    ],
)
def test_a_filter_that_cannot_be_used_refuses_its_question(form, source, reason):
    rows = [*CASCADE[:2], ["select_one towns", "town", "Welche?", source]]
    found = form(rows, PLACES)
    [line] = lines(found, "survey", 3)
    assert line.verdict == "refused"
    assert line.reason == f"Its choice_filter cannot be used: {reason}"
    assert "^" in line.excerpt


def test_what_was_chosen_before_can_be_asked_about(form):
    asked = form.asked(
        [
            CASCADE[0],
            ["select_multiple yn", "Many", "Welche?", ""],
            ["select_one yn", "best", "Welche am besten?", "selected(${Many}, name)"],
        ],
        [YES_NO[0], ["yn", "Bus", "Bus"], ["yn", "Tram", "Bahn"]],
    )
    best = asked.question("best")
    assert shown(best, {"many": ("tram",)}) == ["tram"]


def test_lists_of_the_other_sheet_have_a_room_of_their_own(form):
    asked = form.asked(
        [
            ["type", "name", "label"],
            ["select_one yn", "a", "A?"],
            ["select_one_external yn", "b", "B?"],
        ],
        external_choices=[YES_NO[0], ["yn", "x", "Ixe"], ["yn", "z", "Zett"]],
    )
    assert [option.code for option in asked.question("a").options] == ["yes", "no"]
    assert [option.code for option in asked.question("b").options] == ["x", "z"]


def test_a_list_of_one_question_is_its_own_and_of_two_is_shared(form):
    rows = [["type", "name", "label"], ["select_one yn", "a", "A?"]]
    asked = form.asked(rows)
    assert asked.question("a").options_from == ""
    assert texts(asked, "a.option.yes") == {"de": "Ja"}
    asked = form.asked([*rows, ["select_multiple yn", "b", "B?"]])
    assert asked.question("a").options_from == "yn"
    assert texts(asked, "list.yn.yes") == {"de": "Ja"}


def test_choices_that_read_alike_are_told_apart(form):
    choices = [
        ["list_name", "name", "label::de", "label::en"],
        ["yn", "a", "Anderes", "Other"],
        ["yn", "b", "Sonstiges", " other"],
    ]
    rows = [
        ["type", "name", "label::de", "label::en"],
        ["select_one yn", "q", "Was?", "What?"],
    ]
    asked = form.asked(rows, choices)
    assert texts(asked, "q.option.b") == {"de": "Sonstiges", "en": "other (2)"}
    [line] = [n for n in form(rows, choices).noteworthy() if n.place == "choices"]
    assert line.reason.startswith("In en it reads like another choice")


def test_rows_that_are_no_choice_are_refused(form):
    choices = [
        *YES_NO,
        ["", "x", "Ixe"],
        ["yn", "", "Ypsilon"],
        ["yn", "z", ""],
        ["yn", "yes", "Ja"],
        ["other", "o", "Anderes"],
    ]
    found = form([["type", "name", "label"], ["select_one yn", "q", "Was?"]], choices)
    assert [line.reason for line in lines(found, "choices")] == [
        "",
        "",
        "It names no list.",
        "The choice has no name.",
        "The choice has no label in de that could be read.",
        "The choice yes stands in the list yn twice.",
        "No question that is taken uses the list other.",
    ]


def test_exact_codes_keep_their_place_whoever_comes_first(form):
    choices = [YES_NO[0], ["yn", "A", "Groß"], ["yn", "a", "Klein"], ["yn", "ä", "Ä"]]
    question, _ = form.one("select_one yn", "q", "Was?", choices=choices)
    assert [option.code for option in question.options] == ["a_2", "a", "ae"]


def test_fields_of_action_lend_their_words(form):
    asked = form.asked(
        [["type", "name", "label"], ["select_one yn", "q", "Was?"]],
        [
            ["list_name", "name", "label", "field_of_action", "words_of_field"],
            ["yn", "f1", "", "f1", "yes"],
            ["yn", "none", "Nichts", "", ""],
        ],
        GERMAN,
        fields=[["code", "label"], ["f1", "Wohnen"]],
    )
    assert [option.text for option in asked.question("q").options] == [
        "field.f1.label",
        "q.option.none",
    ]
