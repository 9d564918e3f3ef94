"""Groups become pages and batteries; everybody meets what the author meant them to."""

from __future__ import annotations

import pytest

from survey.questionnaire.model import Row
from tests.authoring.forms import YES_NO, Forms, lines, texts


@pytest.fixture
def form(tmp_path):
    return Forms(tmp_path)


HEADS = ["type", "name", "label", "appearance", "relevant"]


def pages(asked):
    return [(page.name, [q.name for q in page.questions]) for page in asked.pages]


def test_a_group_shown_at_once_is_a_page_with_a_heading(form):
    asked = form.asked(
        [
            HEADS,
            ["begin group", "you", "Über Sie", "field-list"],
            ["text", "a", "Name?"],
            ["integer", "b", "Alter?"],
            ["end group"],
            ["text", "c", "Sonst noch?"],
        ]
    )
    assert pages(asked) == [("you", ["a", "b"]), ("c", ["c"])]
    assert texts(asked, "page.you.title") == {"de": "Über Sie"}


def test_what_a_group_demands_is_left_out_as_other_programs_do_and_said(form):
    found = form(
        [
            [*HEADS, "constraint"],
            ["begin group", "you", "Über Sie", "field-list", "", "${a} > 1"],
            ["integer", "a", "Alter?"],
            ["end group"],
        ]
    )
    assert [page.constraint for page in found.questionnaire.pages] == [""]
    [line] = lines(found, "survey", 2)
    assert (line.verdict, line.reason) == (
        "changed",
        "Its constraint is left out: a form demands something of questions only.",
    )


def test_any_other_group_is_a_page_per_question_and_its_label_is_missed(form):
    found = form(
        [
            HEADS,
            ["begin_group", "you", "Über Sie"],
            ["text", "a", "Name?"],
            ["text", "b", "Ort?"],
            ["end_group"],
        ]
    )
    assert pages(found.questionnaire) == [("a", ["a"]), ("b", ["b"])]
    [line] = lines(found, "survey", 2)
    assert line.reason.endswith("its label is not shown.")


def test_a_page_is_cut_where_one_question_follows_from_another(form):
    asked = form.asked(
        [
            HEADS,
            ["begin_group", "home", "Ihr Haushalt", "field-list"],
            ["select_one yn", "kids", "Haben Sie Kinder?"],
            ["text", "street", "Straße?"],
            ["integer", "many", "Wie viele Kinder?", "", "${kids} = 'yes'"],
            ["text", "town", "Ort?"],
            ["text", "names", "Wie heißen sie?", "", "${many} > 0"],
            ["end_group"],
        ]
    )
    assert pages(asked) == [
        ("home", ["kids", "street"]),
        ("home_2", ["many", "town"]),
        ("home_3", ["names"]),
    ]
    assert texts(asked, "page.home_3.title") == {"de": "Ihr Haushalt"}


def test_what_hangs_on_something_sensitive_stays_on_its_page(form):
    asked = form.asked(
        [
            [*HEADS, "sensitive"],
            ["begin_group", "health", "Gesundheit", "field-list"],
            ["select_one yn", "ill", "Krank?", "", "", "yes"],
            ["text", "what", "Was fehlt?", "", "${ill} = 'yes'"],
            ["end_group"],
        ]
    )
    assert pages(asked) == [("health", ["ill", "what"])]


def test_a_group_without_a_label_cannot_be_one_page(form):
    found = form(
        [
            HEADS,
            ["begin_group", "you", "", "field-list"],
            ["text", "a", "Name?"],
            ["text", "b", "Ort?"],
            ["end_group"],
        ]
    )
    assert pages(found.questionnaire) == [("a", ["a"]), ("b", ["b"])]
    assert not found.problems
    [line] = lines(found, "survey", 2)
    assert line.remedy == "Write a label for the group."


def test_groups_inside_a_page_are_read_above_their_questions(form):
    asked = form.asked(
        [
            HEADS,
            ["begin_group", "all", "Alle", "field-list"],
            ["begin_group", "mother", "Ihre Mutter"],
            ["text", "a", "Name?"],
            ["end_group"],
            ["begin_group", "father", "Ihr Vater", "", "${known} = 'yes'"],
            ["end_group"],
            ["end_group"],
        ]
    )
    assert pages(asked) == [("all", ["mother", "a"])]
    assert asked.question("mother").kind == "note"


def test_conditions_of_all_groups_are_joined(form):
    asked = form.asked(
        [
            HEADS,
            ["select_one yn", "a", "A?"],
            ["select_one yn", "b", "B?"],
            ["begin_group", "g", "G", "", "${a} = 'yes' or ${b} = 'yes'"],
            ["begin_group", "h", "H", "", "true()"],
            ["text", "c", "C?", "", "${b} = 'no'"],
            ["text", "d", "D?"],
            ["end_group"],
            ["end_group"],
        ]
    )
    assert asked.question("c").shown_if == (
        "(${a} = 'yes' or ${b} = 'yes') and (${b} = 'no')"
    )
    assert asked.question("d").shown_if == "${a} = 'yes' or ${b} = 'yes'"


def test_a_group_nobody_is_asked_takes_its_questions_along(form):
    found = form(
        [
            HEADS,
            ["begin_group", "g", "G", "", "FALSE"],
            ["text", "a", "A?"],
            ["end_group"],
            ["text", "b", "B?", "", "${a} = 'x'"],
            ["text", "c", "C?"],
        ]
    )
    assert [q.name for q in found.questionnaire.questions()] == ["c"]
    verdicts = {line.name: line for line in lines(found, "survey")}
    assert verdicts["a"].reason.startswith("Nobody is ever asked")
    assert verdicts["g"].reason == "Nothing in it is taken."
    assert verdicts["b"].reason.startswith(
        "The condition cannot be evaluated: a is not taken: Nobody is ever asked"
    )
    assert verdicts["b"].excerpt.splitlines()[1].index("^") == 2


def test_repeats_are_refused_with_everything_in_them(form):
    found = form(
        [
            HEADS,
            ["text", "a", "A?"],
            ["begin repeat", "kids", "Kinder"],
            ["begin_group", "kid", "Kind", "field-list"],
            ["text", "name", "Name?"],
            ["end_group"],
            ["end repeat"],
            ["text", "b", "B?"],
        ]
    )
    assert pages(found.questionnaire) == [("a", ["a"]), ("b", ["b"])]
    refused = [line.row for line in found.lines if line.verdict == "refused"]
    assert refused[:5] == [3, 4, 5, 6, 7]


def test_ends_without_a_beginning_and_beginnings_without_an_end_are_said(form):
    found = form(
        [
            HEADS,
            ["end_group"],
            ["begin_group", "g", "G", "field-list"],
            ["text", "a", "A?"],
            ["text", "b", "B?"],
        ]
    )
    assert pages(found.questionnaire) == [("g", ["a", "b"])]
    first, second, *_ = lines(found, "survey")
    assert first.reason == "It ends a group that never began."
    assert second.reason.startswith("It is never ended")


BATTERY = (Row("a", "a.label"), Row("b", "b.label"))


def test_a_group_in_a_table_list_is_asked_row_by_row(form):
    asked = form.asked(
        [
            [*HEADS, "hint"],
            ["begin_group", "rate", "Wie gut?", "table-list", "", "Ungefähr"],
            ["select_one yn", "a", "Busse"],
            ["select_one yn", "b", "Wege"],
            ["end_group"],
        ]
    )
    question = asked.question("rate")
    assert question.kind == "battery"
    assert question.rows == BATTERY
    assert [option.code for option in question.options] == ["yes", "no"]
    assert texts(asked, "rate.label") == {"de": "Wie gut?"}
    assert texts(asked, "rate.hint") == {"de": "Ungefähr"}
    assert texts(asked, "b.label") == {"de": "Wege"}


def test_rows_below_their_headings_are_asked_row_by_row(form):
    asked = form.asked(
        [
            HEADS,
            ["begin_group", "g", "Über Wege", "field-list"],
            ["select_one yn", "head", "Wie gut?", "label"],
            ["select_one yn", "a", "Busse", "list-nolabel"],
            ["select_one yn", "b", "Wege", "list-nolabel"],
            ["text", "why", "Warum?"],
            ["end_group"],
            ["text", "more", "Noch etwas?", "", "${b} = 'no'"],
        ]
    )
    assert pages(asked) == [("g", ["head", "why"]), ("more", ["more"])]
    assert asked.question("head").rows == BATTERY
    assert asked.question("more").shown_if == "${b} = 'no'"


def test_rows_that_differ_in_who_is_asked_are_asked_alone(form):
    found = form(
        [
            HEADS,
            ["select_one yn", "first", "Zuerst?"],
            ["begin_group", "rate", "Wie gut?", "table-list"],
            ["select_one yn", "a", "Busse"],
            ["select_one yn", "b", "Wege", "", "${first} = 'yes'"],
            ["end_group"],
        ]
    )
    assert [q.kind for q in found.questionnaire.questions()] == ["single"] * 3
    [line] = lines(found, "survey", 4)
    assert line.reason == "It is asked alone, as the rows differ in who is asked."


def test_a_row_stands_in_one_table_only(form):
    found = form(
        [
            HEADS,
            ["begin_group", "g", "Über Wege", "field-list"],
            ["select_one yn", "head", "Wie gut?", "label"],
            ["select_one yn", "a", "Busse", "list-nolabel"],
            ["select_one yn", "b", "Bahnen", "list-nolabel", "${"],
            ["select_one yn", "c", "Wege", "list-nolabel"],
            ["end_group"],
        ]
    )
    assert [q.name for q in found.questionnaire.questions()] == ["a", "c"]


def test_headings_of_several_choices_are_no_question(form):
    found = form(
        [
            HEADS,
            ["begin_group", "g", "Liste", "field-list"],
            ["select_multiple yn", "head", "Was?", "label"],
            ["select_multiple yn", "a", "Busse", "list-nolabel"],
            ["select_multiple yn", "b", "Wege", "list-nolabel"],
            ["end_group"],
        ]
    )
    assert pages(found.questionnaire) == [("g", ["a", "b"])]
    [line] = lines(found, "survey", 3)
    assert line.verdict == "refused"
    assert line.reason.startswith("It only shows the headings of a table")


def test_a_condition_on_a_table_as_a_whole_is_refused(form):
    found = form(
        [
            HEADS,
            ["begin_group", "rate", "Wie gut?", "table-list", "${no} = 'x'"],
            ["select_one yn", "a", "Busse"],
            ["select_one yn", "b", "Wege"],
            ["end_group"],
            ["text", "c", "C?"],
        ]
    )
    assert pages(found.questionnaire) == [("c", ["c"])]
    verdicts = {line.name: line.verdict for line in lines(found, "survey")}
    assert verdicts == {
        "rate": "refused",
        "a": "refused",
        "b": "refused",
        "": "taken",
        "c": "taken",
    }


def test_deep_nesting_is_refused_and_not_followed(form):
    rows = [["begin_group", f"g{n}", "G"] for n in range(40)]
    rows += [["text", "a", "A?"], *[["end_group"]] * 40, ["text", "b", "B?"]]
    found = form([HEADS, *rows], YES_NO)
    assert pages(found.questionnaire) == [("b", ["b"])]
