"""The words "go on with question 7", for questionnaires written by hand."""

from __future__ import annotations

import time
from types import MappingProxyType

from survey.questionnaire import skips
from survey.questionnaire.edition import Edition
from survey.questionnaire.model import Option, Page, Question, Questionnaire, Row
from survey.questionnaire.skips import END, Filter, Goal, Needed
from tests.questionnaire import examples

YES_NO = (Option("yes", "yes"), Option("no", "no"))
ABC = tuple(Option(code, code) for code in "abc")
WITH_NONE = (*ABC, Option("none", "none", exclusive=True))


def ask(*pages, screen="", language="de"):
    """The ways, by name, of a questionnaire of these questions or pages."""
    wrapped = tuple(
        page if isinstance(page, Page) else Page(page.name, (page,)) for page in pages
    )
    empty = MappingProxyType({})
    made = Questionnaire("made_up", "de", (), wrapped, empty, (), screen)
    found = skips.plan(Edition(made, ("de", "en")), language)
    return found.start, {way.name: way for way in found.ways}


def single(name, shown_if="", **parts):
    return Question(name, "single", options=YES_NO, shown_if=shown_if, **parts)


def several(name, shown_if="", **parts):
    return Question(name, "multiple", options=WITH_NONE, shown_if=shown_if, **parts)


def only_if(*groups):
    return Filter(tuple(groups))


def test_an_answer_that_decides_alone_sends_on():
    start, ways = ask(
        single("q1", has_dont_know=True),
        single("q2", "${q1} = 'yes'"),
        single("q3", "${q1} = 'yes'"),
        single("q4"),
    )
    assert start == Goal("q1", 1)
    assert ways["q1"].goes_on == {
        ("q1", "yes"): Goal("q2", 2),
        ("q1", "no"): Goal("q4", 4),
        ("q1", "-3"): Goal("q4", 4),
    }
    assert ways["q1"].otherwise == Goal("q4", 4)
    assert ways["q2"].otherwise == Goal("q3", 3)
    assert ways["q4"].goes_on["q4", "yes"] == ways["q4"].otherwise == END
    assert not any(way.only_if or way.ends_if for way in ways.values())


def test_what_two_answers_decide_gets_a_sentence():
    _, ways = ask(
        single("q1"),
        single("q2"),
        single("q3", "${q1} = 'yes' and ${q2} != 'no'"),
        single("q4", "${q3} = 'yes'"),
        single("q5"),
    )
    assert ways["q2"].goes_on == {
        ("q2", "yes"): Goal("q3", 3),
        ("q2", "no"): Goal("q5", 5),
    }
    assert ways["q2"].otherwise == Goal("q3", 3)
    assert ways["q3"].only_if == only_if(
        (Needed(1, "q1", "one_of", ("yes",)),),
        (Needed(2, "q2", "none_of", ("no",)),),
    )
    assert ways["q3"].if_not == Goal("q5", 5)
    assert ways["q4"].only_if is None


def test_one_of_two_answers_is_enough():
    _, ways = ask(
        single("q1"),
        several("q2"),
        single("q3", "${q1} = 'yes' or selected(${q2}, 'a')"),
        single("q4"),
    )
    assert ways["q2"].goes_on == {("q2", "a"): Goal("q3", 3)}
    assert ways["q3"].only_if == only_if(
        (Needed(1, "q1", "one_of", ("yes",)), Needed(2, "q2", "one_of", ("a",)))
    )


def test_one_of_several_answers_decides_where_the_others_do_not_matter():
    _, ways = ask(
        several("q1"),
        single("q2", "not(selected(${q1}, 'none')) and ${q1} != ''"),
        single("q3", "selected(${q1}, 'a')"),
        single("q4"),
    )
    assert ways["q1"].goes_on == {
        ("q1", "a"): Goal("q2", 2),
        ("q1", "none"): Goal("q4", 4),
    }
    assert ways["q1"].otherwise == Goal("q2", 2)
    everything_else = ("a", "b", "c")
    assert ways["q2"].only_if == only_if(
        (Needed(1, "q1", "none_of", ("none",)),), (Needed(1, "q1", "answered"),)
    ) or ways["q2"].only_if == only_if((Needed(1, "q1", "one_of", everything_else),))
    assert ways["q3"].only_if == only_if((Needed(1, "q1", "one_of", ("a",)),))


def test_how_many_were_chosen_is_told():
    _, ways = ask(
        several("q1"), single("q2", "count-selected(${q1}) >= 2"), single("q3")
    )
    assert ways["q1"].goes_on == {("q1", "none"): Goal("q3", 3)}
    assert ways["q2"].only_if == only_if((Needed(1, "q1", "count >=", (), "2"),))
    assert ways["q2"].if_not == Goal("q3", 3)


def test_all_of_several_are_told():
    condition = "selected(${q1}, 'a') and selected(${q1}, 'b')"
    _, ways = ask(several("q1"), single("q2", condition))
    assert ways["q2"].only_if == only_if((Needed(1, "q1", "all_of", ("a", "b")),))


def test_rows_of_a_battery_decide_one_by_one():
    rows = (Row("q1_a", "a"), Row("q1_b", "b"))
    battery = Question("q1", "battery", options=YES_NO, rows=rows)
    _, ways = ask(
        battery, single("q2", "${q1_a} = 'no' or ${q1_b} = 'no'"), single("q3")
    )
    assert ways["q1"].goes_on == {
        ("q1_a", "no"): Goal("q2", 2),
        ("q1_b", "no"): Goal("q2", 2),
    }
    assert ways["q1"].otherwise == Goal("q3", 3)
    assert ways["q2"].only_if is None


def test_who_is_screened_out_is_at_the_end():
    _, ways = ask(single("q1"), single("q2"), screen="${q1} = 'no'")
    assert ways["q1"].goes_on == {
        ("q1", "yes"): Goal("q2", 2),
        ("q1", "no"): END,
    }
    assert ways["q2"].ends_if is None


def test_a_screen_of_two_answers_gets_a_sentence_behind_the_second():
    _, ways = ask(
        single("q1"), single("q2"), single("q3"), screen="${q1} = 'no' and ${q2} = 'no'"
    )
    assert ways["q2"].goes_on["q2", "yes"] == Goal("q3", 3)
    assert ways["q3"].ends_if == only_if(
        (Needed(1, "q1", "one_of", ("no",)),), (Needed(2, "q2", "one_of", ("no",)),)
    )
    assert ways["q3"].only_if is None


def test_the_page_of_the_screen_is_finished_first():
    page = Page("p", (single("q1"), single("q2")), has_title=True)
    _, ways = ask(page, single("q3"), screen="${q1} = 'no'")
    assert ways["q1"].goes_on["q1", "no"] == Goal("q2", 2)
    assert ways["q3"].ends_if == only_if((Needed(1, "q1", "one_of", ("no",)),))


def test_what_is_not_asked_in_a_language_has_no_number_there():
    questions = (
        single("q1", only_in=("de",)),
        single("q2", "${q1} = 'yes'"),
        single("q3", "${q1} = ''"),
    )
    start, ways = ask(*questions)
    assert (start, list(ways)) == (Goal("q1", 1), ["q1", "q2", "q3"])
    start, ways = ask(*questions, language="en")
    assert start == Goal("q3", 1)
    assert ways["q3"].number == 1
    assert ways["q3"].only_if is None


def test_a_note_has_no_number_and_is_met_on_the_way():
    _, ways = ask(
        single("q1"), Question("n", "note", shown_if="${q1} = 'yes'"), single("q2")
    )
    assert ways["q1"].goes_on == {
        ("q1", "yes"): Goal("n", 2),
        ("q1", "no"): Goal("q2", 2),
    }
    assert ways["n"].number == 0
    assert ways["n"].otherwise == Goal("q2", 2)


def test_numbers_are_compared_in_a_sentence():
    age = Question("q1", "number", most="120")
    _, ways = ask(
        age,
        single("q2", "${q1} >= 18 and ${q1} < 65"),
        single("q3", "not(${q1} >= 65)"),
        single("q4"),
    )
    assert ways["q1"].goes_on == {}
    assert ways["q2"].only_if == only_if(
        (Needed(1, "q1", ">=", (), "18"),), (Needed(1, "q1", "<", (), "65"),)
    )
    assert ways["q3"].only_if == only_if(
        (Needed(1, "q1", "<", (), "65"), Needed(1, "q1", "empty"))
    )


def test_a_calculated_value_is_computed_from_what_is_known():
    value = Question("v", "calculated", calculation="if(${q1} = 'yes', 1, 2)")
    _, ways = ask(single("q1"), value, single("q2", "${v} = 1"), single("q3"))
    assert list(ways) == ["q1", "q2", "q3"]
    assert ways["q1"].goes_on == {
        ("q1", "yes"): Goal("q2", 2),
        ("q1", "no"): Goal("q3", 3),
    }


def test_what_no_sentence_can_list_is_said_to_be_unlisted():
    words = Question("q1", "text", longest=20)
    for condition in ("contains(${q1}, 'x')", "today() > '2026-01-01'"):
        _, ways = ask(words, single("q2", condition), single("q3"))
        assert ways["q2"].only_if == Filter(is_listed=False)
        assert ways["q2"].if_not == Goal("q3", 3)


def test_what_nobody_can_be_asked_is_not_on_paper():
    start, ways = ask(
        single("q1", "1 = 2"), single("q2", "${q1} = 'yes'"), single("q3")
    )
    assert start == Goal("q3", 1)
    assert list(ways) == ["q3"]


def test_the_paper_of_the_reference_questionnaire_skips_where_it_should():
    found = skips.plan(examples.edition("zusammenleben"), "de")
    ways = {way.name: way for way in found.ways}
    assert ways["q01"].goes_on["q01", "no"] == END
    assert ways["q05"].goes_on["q05", "none"].name == "q04"
    assert ways["q06"].only_if == only_if((Needed(3, "q05", "count >=", (), "2"),))
    assert ways["q19"].goes_on["q19", "rarely"].name == "q20"
    assert ways["q19"].goes_on["q19", "never"].name == "q24"
    assert ways["q19"].otherwise.name == "q24"
    assert [way.name for way in found.ways if way.only_if] == ["q06"]


def test_a_long_questionnaire_has_its_plan_in_seconds():
    names = [f"q{number}" for number in range(300)]
    questions = [single(names[0])]
    for place, name in enumerate(names[1:], start=1):
        seen = [*names[max(0, place - 3) : place], names[0]]
        questions.append(single(name, " and ".join(f"${{{n}}} = 'yes'" for n in seen)))
    before = time.process_time()
    _, ways = ask(*questions)
    assert time.process_time() - before < 20
    assert ways["q0"].goes_on["q0", "no"] == END
