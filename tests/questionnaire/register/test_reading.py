"""A planner's file: taken as programs write it, and refused with line and remedy."""

from __future__ import annotations

import pytest

from survey.questionnaire.register import RegisterError, empty, read
from survey.questionnaire.register.variables import Variable

AGE = Variable("d1", ("16_29", "30_up"), is_ordered=True)
SEX = Variable("d2", ("female", "male", "diverse"), is_ordered=False)
LANGUAGE = Variable("form_language", ("de", "other"), is_ordered=False, rest="other")
YEAR = Variable("born", (), is_ordered=True)
ALL = (AGE, SEX, LANGUAGE, YEAR)
HEAD = "variable,category,population\n"
GOOD = f"{HEAD}d1,16_29,30\nd1,30_up,70\n"
JOINT_HEAD = "variable,category,variable2,category2,population\n"


def taken(text, encoding="utf-8"):
    content = text if isinstance(text, bytes) else text.encode(encoding)
    return read(content, ALL, file="r.csv")


def refused(text):
    """Line and reason of every problem; each has a remedy."""
    with pytest.raises(RegisterError) as caught:
        taken(text)
    problems = caught.value.problems
    assert all(problem.file == "r.csv" and problem.remedy for problem in problems)
    return [(problem.line, problem.reason) for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace(",", ";"),
        GOOD.replace(",", "\t"),
        "\ufeff" + GOOD,
        GOOD.replace("variable,category", "Variable , CATEGORY"),
        "category,population,remark,variable\n16_29,30,x,d1\n\n30_up,70,,d1\n",
        GOOD.replace("d1,16_29,30", '"d1","16_29","30"'),
    ],
    ids=["plain", "windows", "semicolon", "tab", "bom", "head", "order", "quoted"],
)
def test_tables_are_taken_as_programs_write_them(text):
    found = taken(text)
    assert found.total == 100
    assert found.margins == {"d1": {"16_29": 30, "30_up": 70}}
    assert found.missing == ("d2", "form_language", "born")


def test_a_file_of_windows_is_taken():
    text = "variable;category;population;Bemerkung\nd1;16_29;30;jünger\nd1;30_up;70;\n"
    assert taken(text, "cp1252").total == 100


def test_languages_that_are_not_told_apart_count_as_the_others():
    found = taken(
        f"{HEAD}form_language,de,90\nform_language,tr,6\nform_language,ar,4\n"
    )
    assert found.margins == {"form_language": {"de": 90, "other": 10}}


def test_years_and_numbers_come_from_the_file():
    found = taken(f"{HEAD}born,1990,40\nborn,1980,60\n")
    assert found.margins == {"born": {"1990": 40, "1980": 60}}


def test_joint_counts_stand_beside_the_others():
    found = taken(
        f"{JOINT_HEAD}d1,16_29,,,30\nd1,30_up,,,70\n"
        "form_language,de,d1,16_29,20\nform_language,de,d1,30_up,60\n"
        "form_language,ar,d1,16_29,6\nform_language,tr,d1,16_29,4\n"
        "form_language,tr,d1,30_up,10\n"
    )
    assert found.margins["form_language"] == {"de": 80, "other": 20}
    assert found.joints == {
        ("d1", "form_language"): {
            ("16_29", "de"): 20,
            ("30_up", "de"): 60,
            ("16_29", "other"): 10,
            ("30_up", "other"): 10,
        }
    }


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 0, "The file is empty."),
        ("  \n \n", 0, "The file is empty."),
        (b"PK\x03\x04\x00\x00", 0, "The file is no text that can be read here."),
        (GOOD.encode("utf-16"), 0, "The file is no text that can be read here."),
        (HEAD, 0, "The file has no numbers."),
        ("d1,16_29,30\n", 1, "The first line does not name variable, category, pop"),
        (f"{HEAD}d9,x,1\n", 2, "The survey asks for no 'd9' that describes people."),
        (f"{HEAD}d1,18_29,1\n", 2, "d1 has no answer '18_29'."),
        (f"{HEAD}d1,16_29,-3\n", 2, "-3 is less than nobody."),
        (f"{HEAD}d1,16_29,\n", 2, "There is no number."),
        (f"{HEAD}d1,16_29\n", 2, "There is no number."),
        (f"{HEAD}d1,16_29,many\n", 2, "'many' is no whole number of people."),
        (f"{HEAD}d1,16_29,1.234\n", 2, "'1.234' is no whole number of people."),
        (f"{HEAD}d1,16_29,3e2\n", 2, "'3e2' is no whole number of people."),
        (f"{HEAD}d1,16_29,=1+1\n", 2, "'=1+1' is no whole number of people."),
        (f"{HEAD}d1,16_29,{'9' * 12}\n", 2, "'999999999999' is no whole number"),
        (f"{HEAD}d1,,3\n", 2, "The variable or its category is missing."),
        (GOOD + "d1,16_29,30\n", 4, "d1 16_29 stands on line 2 already."),
        (f"{HEAD}d1,16_29,30\n", 0, "d1 has no number for 30_up."),
        (f"{HEAD}d1,16_29,0\nd1,30_up,0\n", 0, "There are no people."),
        (f"{JOINT_HEAD}d1,16_29,d2,,3\n", 2, "A joint count needs two variables"),
        (f"{JOINT_HEAD}d1,16_29,d1,30_up,3\n", 2, "A joint count needs two variables"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_line(text, line, reason):
    [(found_line, found_reason)] = refused(text)
    assert (found_line, found_reason[: len(reason)]) == (line, reason)


def test_all_problems_are_said_at_once():
    text = f"{HEAD}d1,16_29,-3\nd9,x,1\nd2,male,none\nd2,other,4\nd2,other,4\n"
    assert [line for line, _ in refused(text)] == [2, 3, 4, 5, 6, 6]


def test_totals_that_differ_are_named_with_their_sums():
    text = GOOD + "form_language,de,90\nform_language,ar,9\n"
    [(_, reason)] = refused(text)
    assert reason == "The totals differ: d1 100, form_language 99."


def test_joint_counts_that_do_not_add_up_are_named():
    text = (
        f"{JOINT_HEAD}d1,16_29,,,30\nd1,30_up,,,70\n"
        "form_language,de,d1,16_29,20\nform_language,ar,d1,16_29,10\n"
        "form_language,de,d1,30_up,69\nform_language,ar,d1,30_up,0\n"
    )
    reasons = [reason for _, reason in refused(text)]
    assert (
        "For d1 30_up the joint counts add up to 69, but its own line says 70."
        in reasons
    )


@pytest.mark.parametrize(
    "content",
    [
        b"a" * 1_000_001,
        b"variable,category,population\n" + b"d1,16_29,1\n" * 20_001,
        b"variable,category,population\n" + b'"' + b"x" * 200_000,
        b"variable,category,population\nd1,16_29,1\x00\n",
        bytes(range(1, 256)),
    ],
    ids=["huge", "long", "unclosed", "nul", "bytes"],
)
def test_hostile_files_are_refused_in_words(content):
    assert refused(content)


def test_the_empty_file_names_every_category():
    lines = empty(ALL).splitlines()
    assert lines[:3] == ["variable,category,population", "d1,16_29,", "d1,30_up,"]
    assert lines[-3:] == ["form_language,de,", "form_language,other,", "born,,"]
