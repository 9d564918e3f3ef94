"""Authoring rules beyond the one wrong questionnaire that each has."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from survey.questionnaire.check import check
from survey.questionnaire.model import (
    FieldOfAction,
    Option,
    Page,
    Question,
    Questionnaire,
    Row,
    SurveySettings,
)
from survey.questionnaire.problem import Problem, errors_only
from survey.questionnaire.rules.sequence import circles
from tests.questionnaire.examples import NAMES, questionnaire

YES_NO = (Option("yes", "yes"), Option("no", "no"))
WORDS = MappingProxyType({"yes": "Ja", "no": "Nein", "title": "Titel"})


def ask(*pages, **parts):
    """A questionnaire of these pages, each a question or a page."""
    wrapped = tuple(
        page if isinstance(page, Page) else Page(page.name, (page,)) for page in pages
    )
    words = dict(WORDS)
    for page in wrapped:
        words.update({f"{q.name}.label": f"{q.name}?" for q in page.questions})
        words[f"page.{page.name}.title"] = page.name
    texts = MappingProxyType({"de": words})
    return Questionnaire("made_up", "de", (), wrapped, texts, **parts)


def single(name, shown_if="", **parts):
    return Question(name, "single", options=YES_NO, shown_if=shown_if, **parts)


def found(asked):
    """Place and reason of what must be mended; advice has tests of its own."""
    return [(problem.place, problem.reason) for problem in errors_only(check(asked))]


@pytest.mark.parametrize("name", [*NAMES, "zusammenleben"])
def test_good_questionnaires_have_no_problem(name):
    assert found(questionnaire(name)) == []


def test_problems_name_the_file_they_are_told():
    asked = ask(single("q1", role="mood"))
    assert [problem.file for problem in check(asked)] == ["made_up.toml"]
    assert [problem.file for problem in check(asked, file="a.xlsx")] == ["a.xlsx"]


def test_a_problem_reads_as_one_line_and_an_excerpt():
    problem = Problem("a.toml", "q1.role", "Wrong.", "Mend it.", line=7)
    assert str(problem) == "a.toml:7: q1.role: Wrong. Mend it."
    note = Problem("", "", "Odd.", "Look.", excerpt="  x\n  ^", is_warning=True)
    assert str(note) == "note: Odd. Look.\n  x\n  ^"


def test_typographic_quotes_are_a_note_and_no_error():
    asked = ask(single("q1"), single("q2", "${q1} = ‘yes’"))
    [note] = check(asked)
    assert (note.place, note.is_warning) == ("q2.shown_if", True)


@pytest.mark.parametrize(
    ("name", "is_usable"),
    [
        ("q", True),
        ("1", True),
        ("q_1", True),
        ("q_", True),
        ("_q", False),
        ("Q1", False),
        ("q-1", False),
        ("qä", False),
        ("q__1", False),
        ("a" * 40, True),
        ("a" * 41, False),
        ("q1\n", False),
    ],
)
def test_names_fit_every_format(name, is_usable):
    assert (not found(ask(single(name)))) is is_usable


def test_page_names_fields_and_themes_are_checked_as_well():
    asked = ask(
        Page("fork", (single("q1"),)),
        Page("fork", (single("q2"),)),
        cross_cutting=("a", "a", "B"),
    )
    asked = replace(asked, fields=(FieldOfAction("f 1"), FieldOfAction("f 1")))
    places = [place for place, _ in found(asked)]
    assert places.count("page.fork") == 3
    assert places.count("cross_cutting.a") == 1
    assert "cross_cutting.B" in places
    assert places.count("field.f 1") == 3


def test_rows_share_the_names_of_items():
    rows = (Row("q1", "yes"), Row("q2_2", "no"))
    battery = Question("q2", "battery", options=YES_NO, rows=rows)
    assert found(ask(single("q1"), battery)) == [
        ("q1", "There are two questions or rows q1.")
    ]


def test_parts_are_core_or_more_and_begin_with_the_core():
    first = Page("q1", (single("q1"),), part="more")
    odd = Page("q2", (single("q2"),), part="rest")
    assert found(ask(first, odd)) == [
        ("page.q1.part", "The first page is not core."),
        ("page.q2.part", "There is no part 'rest'."),
    ]


def test_a_condition_may_look_at_rows_but_not_at_their_battery():
    rows = (Row("q1_a", "yes"), Row("q1_b", "no"))
    battery = Question("q1", "battery", options=YES_NO, rows=rows)
    assert not found(ask(battery, single("q2", "${q1_a} = 'yes'")))
    asked = ask(battery, single("q2", "${q1} = 'yes'"))
    assert found(asked) == [("q2.shown_if", "q1 has rows.")]


def test_kinds_of_no_answer_are_not_compared():
    [problem] = check(ask(single("q1"), single("q2", "${q1} != '-3'")))
    assert problem.remedy == "No answer reads as empty: write ${q1} = ''."


def test_codes_of_a_condition_are_looked_up_on_either_side():
    asked = ask(single("q1"), single("q2", "'ja' = ${q1} or '' = ${q1}"))
    assert found(asked) == [("q2.shown_if", "q1 has no answer 'ja'.")]


def test_own_words_can_be_compared_with_anything():
    text = Question("q1", "text", longest=10)
    assert not found(ask(text, single("q2", "${q1} = 'anything'")))


def test_a_condition_has_no_answer_of_its_own():
    reason = "A condition has no answer of its own to look at."
    for source in (". = 'yes'", "once('x') = 'x'", "string-length() > 2"):
        places = found(ask(single("q1"), single("q2", source)))
        assert places == [("q2.shown_if", reason)]


def test_the_screen_is_checked_like_a_condition():
    asked = ask(single("q1"), screened_out_if="${q9} = 'no' and foo()")
    assert found(asked) == [("screened_out_if", "There is no function foo.")]
    asked = ask(single("q1"), screened_out_if="${q9} = 'no'")
    assert found(asked) == [("screened_out_if", "There is no question q9.")]


def test_a_question_that_decides_about_itself_runs_in_a_circle():
    asked = ask(single("q1", "${q1} = 'yes'"))
    assert found(asked) == [("q1.shown_if", "The question decides about itself.")]


def test_every_circle_is_found_once():
    graph = {"a": ["b"], "b": ["c"], "c": ["a"], "d": ["d"], "e": ["a"]}
    assert circles(graph) == [["a", "b", "c"], ["d"]]
    assert circles({"a": ["b"], "b": []}) == []
    assert circles({"a": ["b", "c"], "b": ["c"], "c": ["b", "x"]}) == [["b", "c"]]


def test_a_sensitive_answer_tells_nothing_through_other_pages():
    filter_, follow_up = "${q1} = 'yes'", "would tell what was answered to q1."
    sensitive = single("q2", filter_, is_sensitive=True)
    asked = ask(single("q1"), sensitive)
    assert found(asked) == [("q2.shown_if", f"q2 {follow_up}")]
    together = Page("p", (single("q1"), sensitive), has_title=True)
    assert not found(ask(together))


@pytest.mark.parametrize(
    ("pages", "reason"),
    [
        (("rank",), "There is no question picks."),
        (("rank", "picks"), "picks is asked only later."),
        ((("picks", "rank"),), "picks stands on the same page."),
        (("ranks", "rank"), "In picks nothing can be picked."),
        (("picks", "other"), "a cannot be picked in picks."),
    ],
)
def test_a_rank_follows_its_picks(pages, reason):
    abc = tuple(Option(code, code) for code in "abc")
    made = {
        "picks": Question("picks", "pick", options=abc, at_most=2),
        "ranks": Question("picks", "rank", options=abc, picks_from="none"),
        "rank": Question("rank", "rank", options=abc, picks_from="picks"),
        "other": Question("rank", "rank", options=abc, picks_from="picks"),
    }
    if pages == ("picks", "other"):
        first = replace(abc[0], exclusive=True)
        made["picks"] = replace(made["picks"], options=(first, *abc[1:]), at_most=1)
    asked = ask(
        *(
            Page("both", tuple(made[name] for name in page), has_title=True)
            if isinstance(page, tuple)
            else made[page]
            for page in pages
        )
    )
    words = {**asked.texts["de"], "a": "A", "b": "B", "c": "C"}
    asked = replace(asked, texts={"de": words})
    assert reason in [text for _, text in found(asked)]


def test_settings_are_held_against_the_questions():
    rows = (Row("q2_a", "yes"),)
    asked = ask(
        single("q1", is_sensitive=True),
        Question("q2", "battery", options=YES_NO, rows=rows),
        Question("q3", "text", longest=10),
        Question("q4", "multiple", options=YES_NO),
        settings=SurveySettings(
            slots={"place": "Ort", "Bad": "x"},
            privacy_profile="city",
            groups=("q1", "q2_a", "q3", "q4", "q5"),
            language_groups=("de", "Arabic"),
            group_base=51,
            release_hour=24,
        ),
    )
    assert found(asked) == [
        ("settings.groups", "q1 is sensitive."),
        ("settings.groups", "q3 has not exactly one answer."),
        ("settings.groups", "q4 has not exactly one answer."),
        ("settings.groups", "There is no question q5."),
        ("settings.privacy_profile", "There is no privacy profile 'city'."),
        ("settings.group_base", "A group base of 51 is not possible."),
        ("settings.release_hour", "There is no hour 24."),
        ("settings.language_groups", "'Arabic' is no language code."),
        ("settings.Bad", "The slot name 'Bad' cannot be used."),
    ]


def people(*names, **settings):
    """Questions that describe people, and the settings of their survey."""
    asked = [replace(single(name), role="demographic") for name in names]
    return found(ask(*asked, single("q1"), settings=SurveySettings(**settings)))


def test_three_groups_of_people_may_be_named():
    named = ("d1", "d2", "d3")
    assert people(*named, groups=(*named, "q1"), three_way=named) == []


@pytest.mark.parametrize(
    ("three", "reason"),
    [
        (("d1", "d2"), "People are counted by three different questions or by none."),
        (
            ("d1", "d2", "d2"),
            "People are counted by three different questions or by none.",
        ),
        (
            ("d1", "d2", "d3", "d4"),
            "People are counted by three different questions or by none.",
        ),
        (("d1", "d2", "d5"), "d5 is none of the groups."),
        (("d1", "d2", "q1"), "q1 does not describe people."),
    ],
)
def test_anything_but_three_groups_of_people_is_refused(three, reason):
    names = ("d1", "d2", "d3", "d4")
    problems = people(*names, groups=(*names, "q1"), three_way=three)
    assert problems == [("settings.three_way", reason)]


def test_in_a_village_nobody_is_counted_by_three_answers():
    named = ("d1", "d2", "d3")
    problems = people(*named, groups=named, three_way=named, privacy_profile="village")
    assert problems == [
        ("settings.three_way", "In a village nobody is counted by three answers.")
    ]


def test_more_questions_than_anybody_answers_are_refused():
    asked = ask(*(single(f"q{number}") for number in range(501)))
    assert ("pages", "There are 501 questions.") in found(asked)


def test_an_unknown_kind_is_one_mistake_and_breaks_no_other_rule():
    odd = Question("q1", "hologram", options=YES_NO)
    asked = ask(
        odd, single("q2", "${q1} = 'yes'"), settings=SurveySettings(groups=("q1",))
    )
    assert found(asked) == [("q1.kind", "There is no kind 'hologram'.")]


def test_a_translation_with_a_slot_of_its_own_is_refused():
    asked = ask(single("q1"), settings=SurveySettings(slots={"place": "Ort"}))
    texts = {**asked.texts, "en": {"q1.label": "In {place}?"}}
    assert found(replace(asked, texts=texts)) == [
        ("q1.label", "The text in en has a slot {place} of its own.")
    ]


def test_an_option_named_after_a_missing_field_is_refused_once():
    options = (Option("f9", "field.f9.label"), *YES_NO)
    asked = ask(Question("q1", "multiple", options=options))
    texts = {"de": {**asked.texts["de"], "field.f9.label": "Neun"}}
    assert found(replace(asked, texts=texts)) == [
        ("q1.options", "There is no field of action f9.")
    ]
