"""Each type of row becomes the kind that asks the same, or is refused with a reason."""

from __future__ import annotations

import pytest

from survey.questionnaire.model import Option
from tests.authoring.forms import GERMAN, YES_NO, Forms, lines, texts


@pytest.fixture
def form(tmp_path):
    return Forms(tmp_path)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("select_one yn", "single"),
        ("Select_One  yn", "single"),
        ("select one from yn", "single"),
        ("select1 yn", "single"),
        ("select_multiple yn", "multiple"),
        ("select all that apply from yn", "multiple"),
        ("rank yn", "rank"),
        ("text", "short_text"),
        ("string", "short_text"),
        ("integer", "number"),
        ("int", "number"),
        ("decimal", "number"),
        ("date", "date"),
        ("dateTime", "date"),
        ("note", "note"),
        ("acknowledge", "note"),
        ("trigger", "note"),
        ("range", "single"),
    ],
)
def test_types_become_kinds(form, written, kind):
    question, line = form.one(written, "q", "Frage?")
    assert question.kind == kind
    assert line.verdict != "refused"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("start", "No time, no device and no place is kept"),
        ("deviceid", "No time, no device and no place is kept"),
        ("phonenumber", "No time, no device and no place is kept"),
        ("start-geopoint", "No time, no device and no place is kept"),
        ("geopoint", "No place on a map is asked"),
        ("geoshape", "No place on a map is asked"),
        ("image", "Nobody can send files"),
        ("background-audio", "Nobody can send files"),
        ("barcode", "Nothing can be scanned"),
        ("time", "There is no question for a time of day"),
        ("select_one_from_file towns.csv", "Its choices stand in another file"),
        ("select_one towns.geojson", "Its choices stand in another file"),
        ("select_one ${children}", "Its choices are answers from a repeat"),
        ("select_one", "No list of choices is named"),
        ("select_one nothere", "There is no list nothere among the choices"),
        ("wish", "There is no type 'wish'"),
        ("", "The row has no type"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(form, written, reason):
    question, line = form.one(written, "q", "Frage?")
    assert question is None
    assert line.verdict == "refused"
    assert line.reason.startswith(reason)
    assert line.remedy


def test_a_list_that_is_spelt_wrong_is_named(form):
    _, line = form.one("select_one yns", "q", "Frage?")
    assert line.remedy == "Is yn meant?"


@pytest.mark.parametrize("appearance", ["minimal", "autocomplete", "search quick"])
def test_a_list_to_open_stays_one(form, appearance):
    heads = ("type", "name", "label", "appearance")
    question, line = form.one("select_one yn", "q", "Wo?", appearance, heads=heads)
    assert question.kind == "select"
    assert line.verdict == "taken"


def test_a_long_list_is_opened_and_that_is_said(form):
    choices = [["list_name", "name", "label"]]
    choices += [["yn", f"c{n}", f"Ort {n}"] for n in range(30)]
    question, line = form.one("select_one yn", "q", "Wo?", choices=choices)
    assert question.kind == "select"
    assert line.reason == "Its 30 choices are shown as a list to open."
    choices += [["yn", f"d{n}", f"Dorf {n}"] for n in range(200)]
    question, line = form.one("rank yn", "q", "Wo?", choices=choices)
    assert question is None
    assert line.reason == "The list yn has 230 choices."


def test_texts_are_short_unless_the_form_shows_several_lines(form):
    heads = ("type", "name", "label", "appearance")
    question, _ = form.one("text", "q", "Was?", "", heads=heads)
    assert (question.kind, question.longest) == ("short_text", 200)
    question, _ = form.one("text", "q", "Was?", "multiline", heads=heads)
    assert (question.kind, question.longest) == ("text", 1000)


def test_dates_are_as_precise_as_they_look(form):
    heads = ("type", "name", "label", "appearance")
    for appearance, precision in (
        ("", "day"),
        ("no-calendar", "day"),
        ("month-year", "month"),
        ("year", "year"),
    ):
        question, line = form.one("date", "q", "Wann?", appearance, heads=heads)
        assert question.precision == precision
        assert line.verdict == "taken"
    _, line = form.one("date", "q", "Wann?", "ethiopian", heads=heads)
    assert line.reason == "It is asked in the Gregorian calendar, not ethiopian."
    _, line = form.one("datetime", "q", "Wann?", "", heads=heads)
    assert line.reason == "The day is asked, not the time of day."


@pytest.mark.parametrize(
    ("written", "constraint", "least", "most", "left"),
    [
        ("integer", ". >= 18 and . <= 120", "18", "120", ""),
        ("integer", ". > 0 and . < 10", "1", "9", ""),
        ("integer", "120 >= .", "", "120", ""),
        ("decimal", ". <= 2.5", "", "2.5", ""),
        ("decimal", ". < 2", "", "", ". < 2"),
        ("integer", ". > 3 or . = 1", "", "", ". > 3 or . = 1"),
        ("integer", ". mod 2 = 0 and . > 3", "", "", ". mod 2 = 0 and . > 3"),
    ],
)
def test_limits_in_a_constraint_become_limits(
    form, written, constraint, least, most, left
):
    heads = ("type", "name", "label", "constraint")
    question, _ = form.one(written, "q", "Wie viele?", constraint, heads=heads)
    found = (question.least, question.most, question.constraint)
    assert found == (least, most, left)


def test_a_constraint_with_words_of_its_own_keeps_both(form):
    heads = ("type", "name", "label", "constraint", "constraint message")
    row = ("integer", "age", "Wie alt?", ". >= 18", "Ab 18 Jahren.")
    question, line = form.one(*row, heads=heads)
    assert question.constraint == ". >= 18"
    assert question.has_constraint_message
    assert question.least == ""
    assert line.verdict == "taken"


def test_a_constraint_that_cannot_be_read_is_left_out_with_a_caret(form):
    heads = ("type", "name", "label", "constraint")
    question, line = form.one("text", "q", "Was?", "pulldata('a', .)", heads=heads)
    assert question.constraint == ""
    assert line.verdict == "changed"
    assert line.reason.startswith("It is asked without its constraint: ")
    assert line.excerpt.splitlines()[1].index("^") == 2


def test_numbers_below_zero_are_not_asked(form):
    heads = ("type", "name", "label", "constraint")
    question, line = form.one("integer", "q", "Grad?", ". >= -10", heads=heads)
    assert question.least == ""
    assert "below zero" in line.reason


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("", [str(n) for n in range(1, 11)]),
        ("start=0;end=10;step=5", ["0", "5", "10"]),
        ("start=0 end=4", ["0", "1", "2", "3", "4"]),
    ],
)
def test_a_range_of_few_steps_is_a_choice(form, parameters, expected):
    heads = ("type", "name", "label", "parameters")
    question, line = form.one("range", "q", "Wie sehr?", parameters, heads=heads)
    assert [option.code for option in question.options] == expected
    assert line.verdict == "changed"


def test_a_range_of_many_steps_is_a_number(form):
    heads = ("type", "name", "label", "parameters")
    row = ("range", "q", "Wie viel?", "start=0;end=100;step=0.5")
    question, line = form.one(*row, heads=heads)
    assert question.kind == "number"
    assert (question.least, question.most, question.decimals) == ("0", "100", 1)
    assert "steps of 0.5" in line.reason
    row = ("range", "q", "Wie viel?", "start=5;end=1")
    question, line = form.one(*row, heads=heads)
    assert question is None
    assert "has no steps" in line.reason


def test_or_other_asks_for_own_words(form):
    question, line = form.one("select_one yn or_other", "q", "Was?")
    assert question.has_other
    assert line.verdict == "taken"
    question, line = form.one("rank yn or_other", "q", "Was?")
    assert not question.has_other
    assert line.reason == "Own words beside the choices are not asked here."


def test_own_words_can_be_looked_at(form):
    asked = form.asked(
        [
            ["type", "name", "label", "relevant"],
            ["select_one yn or_other", "Q", "Was?", ""],
            ["text", "a", "A?", "${Q} = 'other'"],
            ["text", "b", "B?", "${Q_other} != ''"],
        ]
    )
    assert asked.question("a").shown_if == "${q} = 'other'"
    assert asked.question("b").shown_if == "${q_other} != ''"


def test_a_choice_other_lends_its_words_to_the_own_words(form):
    choices = [*YES_NO, ["yn", "other", "Etwas anderes"]]
    asked = form.asked(
        [["type", "name", "label"], ["select_one yn or_other", "q", "Was?"]], choices
    )
    [question] = asked.questions()
    assert [option.code for option in question.options] == ["yes", "no"]
    assert texts(asked, "q.other") == {"de": "Etwas anderes"}


def test_choices_in_any_order_are_shuffled(form):
    heads = ("type", "name", "label", "parameters")
    row = ("select_one yn", "q", "Was?", "randomize=true, seed=5")
    question, line = form.one(*row, heads=heads)
    assert question.has_random_order
    assert line.verdict == "taken"


@pytest.mark.parametrize("required", ["yes", "TRUE", "true()", "1", "${a} = 'b'"])
def test_every_answer_is_optional_and_that_is_said(form, required):
    heads = ("type", "name", "label", "required")
    _, line = form.one("text", "q", "Was?", required, heads=heads)
    assert line.reason == "Every answer is optional here."


def test_defaults_are_answers_or_reckoned(form):
    asked = form.asked(
        [
            ["type", "name", "label", "default"],
            ["text", "land", "Land?", "Deutschland"],
            ["select_one yn", "one", "Eins?", "no"],
            ["select_multiple yn", "many", "Viele?", "yes no"],
            ["integer", "n", "Zahl?", "3"],
            ["date", "d", "Tag?", "2026-10-05"],
            ["date", "t", "Heute?", "today()"],
            ["integer", "m", "Mehr?", "${n} + 1"],
        ]
    )
    found = {q.name: (q.default, q.default_from) for q in asked.questions()}
    assert found == {
        "land": ("Deutschland", ""),
        "one": ("no", ""),
        "many": ("yes no", ""),
        "n": ("3", ""),
        "d": ("2026-10-05", ""),
        "t": ("", "today()"),
        "m": ("", "${n} + 1"),
    }


def test_a_default_that_is_no_answer_is_left_out(form):
    heads = ("type", "name", "label", "default")
    for written, default in (("select_one yn", "maybe"), ("integer", "many")):
        question, line = form.one(written, "q", "Was?", default, heads=heads)
        assert question.default == ""
        assert f"The default {default!r} is no answer" in line.reason


def test_reckoned_values_are_kept_and_shown_to_nobody(form):
    asked = form.asked(
        [
            ["type", "name", "label", "calculation", "read_only", "default"],
            ["integer", "a", "Wie viele?", "", "", ""],
            ["calculate", "twice", "", "${a} * 2", "", ""],
            ["hidden", "round", "", "", "", "2026"],
            ["text", "shown", "Das Doppelte", "${a} * 2", "yes", ""],
            ["integer", "guess", "Wie viele noch?", "${a} + 1", "", ""],
        ]
    )
    found = {q.name: q for q in asked.questions()}
    assert found["twice"].calculation == "${a} * 2"
    assert texts(asked, "twice.label") == {"de": "twice"}
    assert found["round"].calculation == "'2026'"
    assert found["shown"].kind == "calculated"
    assert found["guess"].default_from == "${a} + 1"


def test_a_reckoned_value_moves_behind_what_it_looks_at(form):
    found = form(
        [
            ["type", "name", "label", "calculation"],
            ["calculate", "sum", "", "${a} + ${b}"],
            ["integer", "a", "A?", ""],
            ["integer", "b", "B?", ""],
        ]
    )
    assert [q.name for q in found.questionnaire.questions()] == ["a", "b", "sum"]
    [line] = lines(found, "survey", 2)
    assert line.reason == "It is reckoned after b, which it looks at."


def test_nothing_to_reckon_is_refused(form):
    for written in ("calculate", "hidden"):
        _, line = form.one(written, "q", "")
        assert line.reason == "There is nothing to calculate."
    heads = ("type", "name", "label", "calculation")
    row = ("calculate", "q", "", "uuid()")
    _, line = form.one(*row, heads=heads)
    assert line.verdict == "refused"
    assert line.excerpt


def test_a_note_of_several_paragraphs_gets_its_first_as_heading(form):
    asked = form.asked(
        [["type", "name", "label"], ["note", "n", "Willkommen!\n\nEs geht los.\nBald."]]
    )
    assert texts(asked, "n.label") == {"de": "Willkommen!"}
    assert texts(asked, "n.hint") == {"de": "Es geht los.\nBald."}


def test_what_has_no_label_takes_its_hint_or_is_refused(form):
    heads = ("type", "name", "label", "hint")
    question, line = form.one("text", "q", "", "Ihr Name", heads=heads)
    assert not question.has_hint
    assert line.reason == "It has no label: its hint is what is asked."
    _, line = form.one("text", "q", "", "", heads=heads)
    assert line.reason == "It has no label in de."
    _, line = form.one("text", "", "Was?", "", heads=heads)
    assert line.reason == "The row has no name."


def test_names_are_ours_and_every_change_is_said(form):
    found = form(
        [
            ["type", "name", "label"],
            ["text", "_1_1_Größe", "Eins?"],
            ["text", "title", "Zwei?"],
            ["text", "same", "Drei?"],
            ["text", "same", "Vier?"],
            ["text", "Same", "Fünf?"],
        ]
    )
    assert [q.name for q in found.questionnaire.questions()] == [
        "1_1_groesse",
        "title_2",
        "same",
        "same_2",
        "same_3",
    ]
    assert [line.reason for line in lines(found, "survey")] == [
        "It is called 1_1_groesse here.",
        "It is called title_2 here, as title is taken.",
        "",
        "It is called same_2 here, as same is taken.",
        "It is called same_3 here.",
    ]


def test_pictures_and_sounds_are_kept_by_name_where_they_tell_nothing(form):
    asked = form.asked(
        [
            ["type", "name", "label", "image", "media::audio::de", "relevant"],
            ["select_one yn", "q", "Was?", "bus.svg", "bus.mp3", ""],
            ["text", "t", "Und?", "car.gif", "", ""],
            ["text", "u", "Wer?", "car.png", "", "${q} = 'yes'"],
        ],
        [[*YES_NO[0], "image"], ["yn", "yes", "Ja", "yes.png"], ["yn", "no", "Nein"]],
    )
    found = {q.name: q for q in asked.questions()}
    assert found["q"].pictogram == "bus.svg"
    assert texts(asked, "q.audio") == {"de": "bus.mp3"}
    assert found["q"].options[0] == Option("yes", "q.option.yes", pictogram="yes.png")
    assert found["t"].pictogram == found["u"].pictogram == ""


def test_our_own_columns_are_taken(form):
    asked = form.asked(
        [
            ["type", "name", "label", "role", "field_of_action", "scale", "sensitive"],
            ["select_one yn", "q", "Was?", "experience", "f1", "yes_no", "yes"],
        ],
        settings=GERMAN,
        fields=[["code", "label", "short"], ["f1", "Wohnen und Nachbarn", "Wohnen"]],
    )
    [question] = asked.questions()
    assert question.role == "experience"
    assert question.field_of_action == "f1"
    assert question.scale == "yes_no"
    assert question.is_sensitive
    assert texts(asked, "field.f1.short") == {"de": "Wohnen"}


def test_what_our_own_columns_cannot_say_is_said(form):
    heads = ("type", "name", "label", "role", "field_of_action", "kind", "at_most")
    row = ("select_one yn", "q", "Was?", "wish", "f9", "rank", "many")
    question, line = form.one(*row, heads=heads)
    assert (question.role, question.field_of_action) == ("other", "")
    for said in ("There is no role 'wish'", "field of action f9", "cannot be of kind"):
        assert said in line.reason


def test_what_has_no_effect_here_is_said(form):
    heads = ("type", "name", "label", "appearance", "choice_filter", "guidance_hint")
    row = ("text", "q", "Was?", "ex:org.app", "x = 1", "Vorlesen!")
    _, line = form.one(*row, heads=heads)
    for said in ("no other program", "choice_filter filters nothing", "guidance"):
        assert said in line.reason
    heads = ("type", "name", "label", "appearance", "parameters", "read_only")
    row = ("text", "q", "Was?", "signature", "max-pixels=5", "")
    _, line = form.one(*row, heads=heads)
    assert "The appearance signature has no effect." in line.reason
    assert "Its parameters max-pixels have no effect." in line.reason


def test_choices_searched_for_in_a_file_are_refused(form):
    heads = ("type", "name", "label", "appearance")
    row = ("select_one yn", "q", "Wo?", "search('towns')")
    question, line = form.one(*row, heads=heads)
    assert question is None
    assert "another file" in line.reason
