"""Every type of question, in both layouts: what it becomes, or why it is refused."""

from __future__ import annotations

import pytest

from survey.questionnaire.model import Option, Question, Row
from tests.authoring.limesurvey.files import (
    AREAS,
    LAYOUTS,
    YES_NO,
    File,
    Q,
    errors,
    inspected,
    line,
    taken,
)

GRADES = [("1", "gut"), ("2", "mittel"), ("3", "schlecht")]


@pytest.fixture(params=LAYOUTS)
def layout(request):
    return request.param


def only(layout, *asked, **how) -> Question:
    """The one question that a file became, free of problems."""
    intake = taken(*asked, layout=layout, **how)
    assert not errors(intake)
    [found] = intake.questionnaire.questions()
    return found


def words(intake, key, language="de") -> str:
    return intake.questionnaire.texts[language].get(key, "")


def codes(question: Question) -> list[str]:
    return [option.code for option in question.options]


@pytest.mark.parametrize(("type_", "kind"), [("L", "single"), ("!", "select")])
def test_a_list_is_one_answer_out_of_several(layout, type_, kind):
    found = only(layout, Q("Q1", type_, answers=YES_NO))
    options = (Option("a1", "q1.option.a1"), Option("a2", "q1.option.a2"))
    assert found == Question("q1", kind, options)


def test_own_words_beside_a_list_keep_the_authors_words(layout):
    settings = {("other_replace_text", "de"): "Etwas anderes:"}
    asked = Q("Q1", "L", answers=YES_NO, other="Y", settings=settings)
    intake = taken(asked, layout=layout)
    assert intake.questionnaire.question("q1").has_other
    assert words(intake, "q1.other") == "Etwas anderes:"


def test_a_list_may_come_in_an_order_of_its_own(layout):
    for settings in ({"random_order": "1"}, {"answer_order": "random"}):
        assert only(layout, Q("Q1", "L", answers=YES_NO, settings=settings)) == (
            Question(
                "q1",
                "single",
                (Option("a1", "q1.option.a1"), Option("a2", "q1.option.a2")),
                has_random_order=True,
            )
        )


def test_a_list_with_comment_has_a_field_for_it_on_its_page(layout):
    asked = Q("Q1", "O", answers=YES_NO)
    intake = taken(asked, layout=layout, groups=[{"title": "Wege"}])
    [page] = intake.questionnaire.pages
    assert [(q.name, q.kind) for q in page.questions] == [
        ("q1", "single"),
        ("q1_comment", "text"),
    ]
    assert words(intake, "q1_comment.label") == "Kommentar"
    assert words(intake, page.key("title")) == "Wege"


def test_five_points_are_numbers_in_every_language(layout):
    intake = taken(Q("Q1", "5"), layout=layout, languages=("de", "en"))
    assert codes(intake.questionnaire.question("q1")) == ["1", "2", "3", "4", "5"]
    for language in ("de", "en"):
        assert words(intake, "q1.option.5", language) == "5"


def test_yes_and_no_are_worded_in_every_language_we_speak(layout):
    languages = ("de", "ar", "et")
    intake = taken(Q("Q1", "Y"), layout=layout, languages=languages)
    assert codes(intake.questionnaire.question("q1")) == ["yes", "no"]
    found = [words(intake, "q1.option.yes", code) for code in languages]
    assert found == ["Ja", "نعم", ""]


def test_gender_says_that_it_leaves_people_out(layout):
    intake = taken(Q("Sex", "G"), layout=layout)
    found = intake.questionnaire.question("sex")
    assert (codes(found), found.role) == (["female", "male"], "demographic")
    assert line(intake, "Sex", "questions").remedy == (
        "Add an option for everybody else."
    )


def test_boxes_are_several_answers(layout):
    found = only(layout, Q("Q1", "M", subs=AREAS, other="Y"))
    assert (found.kind, codes(found), found.has_other) == (
        "multiple",
        ["sq1", "sq2", "sq3"],
        True,
    )


def test_a_highest_number_of_answers_makes_it_a_pick(layout):
    found = only(layout, Q("Q1", "M", subs=AREAS, settings={"max_answers": "2"}))
    assert (found.kind, found.at_most) == ("pick", 2)
    all_of_them = Q("Q1", "M", subs=AREAS, settings={"max_answers": "3"})
    assert only(layout, all_of_them).kind == "multiple"


def test_what_excludes_all_others_stands_alone(layout):
    asked = Q("Q1", "M", subs=AREAS, settings={"exclude_all_others": "SQ3"})
    found = only(layout, asked)
    assert [option.exclusive for option in found.options] == [False, False, True]


def test_boxes_with_comments_have_one_comment(layout):
    intake = taken(Q("Q1", "P", subs=AREAS), layout=layout)
    kinds = [question.kind for question in intake.questionnaire.questions()]
    assert kinds == ["multiple", "text"]
    assert line(intake, "Q1", "questions").reason == (
        "One field for comments stands below, not one for each answer."
    )


def test_a_ranking_orders_a_whole_list(layout):
    asked = Q("Q1", "R", answers=AREAS, settings={"max_answers": "2"})
    found = only(layout, asked)
    assert (found.kind, codes(found), found.at_most, found.picks_from) == (
        "rank",
        ["sq1", "sq2", "sq3"],
        2,
        "",
    )


def test_a_filtered_ranking_orders_what_was_chosen(layout):
    intake = taken(
        Q("Q1", "M", subs=AREAS),
        Q("Q2", "R", answers=AREAS, settings={"array_filter": "Q1"}),
        layout=layout,
    )
    assert intake.questionnaire.question("q2").picks_from == "q1"
    assert not errors(intake)


@pytest.mark.parametrize("type_", ["F", "H"])
def test_an_array_is_a_battery(layout, type_):
    found = only(layout, Q("Q1", type_, subs=AREAS, answers=GRADES))
    assert found.kind == "battery"
    assert codes(found) == ["1", "2", "3"]
    assert found.rows == tuple(Row(f"q1_sq{n}", f"q1_sq{n}.label") for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        ("A", [str(n) for n in range(1, 6)]),
        ("B", [str(n) for n in range(1, 11)]),
        ("C", ["yes", "no", "uncertain"]),
        ("E", ["increase", "same", "decrease"]),
    ],
)
def test_arrays_with_standard_answers_are_batteries(layout, type_, expected):
    found = only(layout, Q("Q1", type_, subs=AREAS))
    assert (found.kind, codes(found), len(found.rows)) == ("battery", expected, 3)


def test_a_dual_scale_becomes_two_batteries(layout):
    settings = {
        ("dualscale_headerA", "de"): "heute",
        ("dualscale_headerB", "de"): "morgen",
    }
    asked = Q("Q1", "1", "Wie gut?", subs=AREAS, answers=GRADES, second=YES_NO)
    asked.settings = settings
    intake = taken(asked, layout=layout)
    first, second = intake.questionnaire.questions()
    assert (first.kind, codes(first)) == ("battery", ["1", "2", "3"])
    assert (second.kind, codes(second)) == ("battery", ["a1", "a2"])
    assert words(intake, first.key("label")) == "Wie gut? (heute)"
    assert words(intake, second.key("label")) == "Wie gut? (morgen)"
    assert not errors(intake)


def test_a_table_of_numbers_has_a_page_for_each_row(layout):
    asked = Q(
        "Q1", ":", "Wie viele?", subs=AREAS, columns=[("C1", "Autos"), ("C2", "Räder")]
    )
    asked.settings = {"multiflexible_min": "0", "multiflexible_max": "9"}
    intake = taken(asked, layout=layout)
    assert [page.name for page in intake.questionnaire.pages] == [
        "q1_sq1_c1",
        "q1_sq2_c1",
        "q1_sq3_c1",
    ]
    assert words(intake, "page.q1_sq2_c1.title") == "Wie viele? – Busse"
    found = intake.questionnaire.question("q1_sq2_c2")
    assert (found.kind, found.least, found.most) == ("number", "0", "9")
    assert words(intake, "q1_sq2_c2.label") == "Räder"
    assert not errors(intake)


def test_a_table_of_boxes_is_several_answers_for_each_row(layout):
    asked = Q("Q1", ":", subs=AREAS, columns=YES_NO)
    asked.settings = {"multiflexible_checkbox": "1"}
    intake = taken(asked, layout=layout)
    [page] = intake.questionnaire.pages
    assert [(q.kind, codes(q)) for q in page.questions] == [
        ("multiple", ["a1", "a2"])
    ] * 3


def test_a_table_of_texts_has_lines(layout):
    intake = taken(Q("Q1", ";", subs=AREAS[:1], columns=YES_NO), layout=layout)
    found = [(q.kind, q.longest) for q in intake.questionnaire.questions()]
    assert found == [("short_text", 200)] * 2


def test_a_table_nobody_would_fill_in_is_refused(layout):
    many = [(f"S{n}", str(n)) for n in range(11)]
    intake = taken(Q("Q1", ";", subs=many, columns=many), layout=layout)
    assert line(intake, "Q1", "questions").reason == "The table has 121 fields."


def test_several_numbers_with_a_sum_are_points(layout):
    asked = Q("Q1", "K", subs=AREAS, settings={"equals_num_value": "10"})
    found = only(layout, asked)
    assert (found.kind, found.total, codes(found)) == (
        "points",
        10,
        ["sq1", "sq2", "sq3"],
    )


def test_several_numbers_without_a_sum_are_fields_on_a_page(layout):
    settings = {"min_num_value_n": "0", "max_num_value_n": "7", "max_num_value": "9"}
    intake = taken(
        Q("Q1", "K", "Wie oft?", subs=AREAS, settings=settings), layout=layout
    )
    [page] = intake.questionnaire.pages
    assert [(q.name, q.kind, q.least, q.most) for q in page.questions] == [
        (f"q1_sq{n}", "number", "0", "7") for n in (1, 2, 3)
    ]
    assert words(intake, page.key("title")) == "Wie oft?"
    assert line(intake, "Q1.max_num_value").verdict == "taken"
    assert page.constraint == "round(sum(${q1_sq1}, ${q1_sq2}, ${q1_sq3}), 4) <= 9"


def test_several_lines_are_fields_on_a_page(layout):
    asked = Q("Q1", "Q", subs=AREAS, settings={"maximum_chars": "80"})
    intake = taken(asked, layout=layout)
    found = [(q.kind, q.longest) for q in intake.questionnaire.questions()]
    assert found == [("short_text", 80)] * 3
    assert len(intake.questionnaire.pages) == 1


@pytest.mark.parametrize(
    ("type_", "kind", "longest"),
    [("S", "short_text", 200), ("T", "text", 2000), ("U", "text", 5000)],
)
def test_texts_have_a_limit(layout, type_, kind, longest):
    assert only(layout, Q("Q1", type_)) == Question("q1", kind, longest=longest)
    own = Q("Q1", type_, settings={"maximum_chars": "120"})
    assert only(layout, own).longest == 120


def test_a_line_of_digits_only_is_a_number(layout):
    asked = Q("Q1", "S", settings={"numbers_only": "1"})
    assert only(layout, asked).kind == "number"


def test_a_number_keeps_its_limits(layout):
    settings = {
        "min_num_value_n": "0",
        "max_num_value_n": "115.50",
        "num_value_int_only": "1",
    }
    found = only(layout, Q("Age", "N", settings=settings))
    assert found == Question("age", "number", least="0", most="115.5")
    assert only(layout, Q("Age", "N")).decimals == 4


@pytest.mark.parametrize(
    ("form", "precision"),
    [("", "day"), ("dd.mm.yyyy", "day"), ("mm/yyyy", "month"), ("yyyy", "year")],
)
def test_a_date_is_as_precise_as_its_format(layout, form, precision):
    settings = {"date_format": form, "date_min": "1900", "date_max": "2020-06-30"}
    found = only(layout, Q("Q1", "D", settings=settings))
    assert found == Question(
        "q1", "date", precision=precision, least="1900-01-01", most="2020-06-30"
    )


def test_the_time_of_a_day_is_left_out(layout):
    asked = Q("Q1", "D", settings={"date_format": "dd.mm.yyyy HH:MM"})
    intake = taken(asked, layout=layout)
    assert line(intake, "Q1.date_format").reason == "The time of the day is left out."
    intake = taken(Q("Q1", "D", settings={"date_format": "HH:MM"}), layout=layout)
    assert line(intake, "Q1", "questions").reason == ("It asks for a time of the day.")


def test_a_text_display_is_a_note(layout):
    found = only(layout, Q("Q1", "X", "Willkommen", "Bitte lesen"))
    assert found == Question("q1", "note", has_hint=True)


@pytest.mark.parametrize(
    "asked",
    [
        Q("Sum", "*", settings={"equation": "{Age * 2}"}),
        Q("Sum", "*", "{Age * 2}", settings={"hidden": "1"}),
    ],
)
def test_an_equation_is_a_calculated_value(layout, asked):
    intake = taken(Q("Age", "N"), asked, layout=layout)
    found = intake.questionnaire.question("sum")
    assert (found.kind, found.calculation) == (
        "calculated",
        "coalesce(${age}, 0) * 2",
    )


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (Q("Q1", "I"), "It switches the language, which every page offers here"),
        (Q("Q1", "|"), "It takes files, which could give away who sent them."),
        (Q("Q1", "Z"), "The type 'Z' is not known here."),
        (Q("Q1", ""), "The type '' is not known here."),
        (Q("Q1", "L"), "It has no answers."),
        (Q("Q1", "M"), "It has no subquestions."),
        (Q("Q1", "F", answers=GRADES), "It has no subquestions."),
        (Q("Q1", "F", subs=AREAS), "It has no answers."),
        (Q("Q1", "1", subs=AREAS, answers=GRADES), "Its scale 2 has no answers."),
        (Q("Q1", "R"), "It has nothing to put in order."),
        (Q("Q1", ":", subs=AREAS), "It has no rows or no columns."),
        (Q("Q1", "*", ""), "It has no equation."),
        (Q("Q1", "T", settings={"hidden": "1"}), "It is hidden in LimeSurvey"),
        (Q("Q1", "S", settings={"location_mapservice": "1"}), "It asks for a place"),
    ],
)
def test_what_cannot_be_taken_says_why(layout, asked, reason):
    intake = taken(asked, Q("Q2", "T"), layout=layout)
    found = line(intake, "Q1", "questions")
    assert (found.verdict, found.row) == ("refused", 1)
    assert found.reason.startswith(reason)
    assert found.remedy
    assert [q.name for q in intake.questionnaire.questions()] == ["q2"]
    cascade = [one for one in intake.lines if one.name.startswith("Q1")]
    assert {one.verdict for one in cascade} == {"refused"}


def test_mandatory_answers_are_optional_here(layout):
    intake = taken(Q("Q1", "T", mandatory="Y"), layout=layout)
    found = line(intake, "Q1", "questions")
    assert (found.verdict, found.reason) == (
        "changed",
        "Every answer is optional here.",
    )


def test_units_stand_below_the_question(layout):
    settings = {("suffix", "de"): "Jahre"}
    intake = taken(Q("Q1", "N", settings=settings), layout=layout)
    assert words(intake, "q1.hint") == "Jahre"
    helped = Q("Q1", "N", help="Seit wann?", settings=settings)
    assert words(taken(helped, layout=layout), "q1.hint") == "Seit wann? (Jahre)"


def test_defaults_are_filled_in(layout):
    asked = (
        Q("Q1", "L", answers=YES_NO, defaults={"": "A2"}),
        Q("Q2", "M", subs=AREAS, defaults={"SQ1": "Y", "SQ3": "Y"}),
        Q("Q3", "N", defaults={"": "7"}),
        Q("Q4", "N", defaults={"": "{Q3 + 1}"}),
        Q("Q5", "F", subs=AREAS, answers=GRADES, defaults={"SQ1": "1"}),
    )
    intake = taken(*asked, layout=layout)
    found = intake.questionnaire.question
    assert (found("q1").default, found("q2").default) == ("a2", "sq1 sq3")
    assert (found("q3").default, found("q4").default_from) == (
        "7",
        "coalesce(${q3}, 0) + 1",
    )
    [refused] = [
        one for one in intake.lines if one.verdict == "refused" and "def" in one.place
    ][:1]
    assert refused.reason == "Nothing can be filled in beforehand there."


def test_a_default_that_differs_between_languages_is_refused(layout):
    asked = Q("Q1", "T", defaults={"": {"de": "ja", "en": "yes"}})
    intake = taken(asked, layout=layout, languages=("de", "en"))
    assert intake.questionnaire.question("q1").default == ""
    reasons = {one.reason for one in intake.lines if one.place.startswith("default")}
    assert "It differs from language to language." in reasons


def test_both_layouts_say_the_same():
    both = [("A1", {"de": "x", "en": "y"}), ("A2", "z")]
    asked = (
        Q("Q1", "L", {"de": "A?", "en": "B?"}, answers=both),
        Q("Q2", "M", subs=AREAS, relevance='Q1 == "A1"'),
        Q("Q3", "F", subs=AREAS, answers=GRADES),
    )
    old, new = (
        inspected(File(*asked, layout=layout, languages=("de", "en")).bytes())
        for layout in LAYOUTS
    )
    assert old.questionnaire == new.questionnaire
    assert not errors(old)
