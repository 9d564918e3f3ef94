"""The report: one line for each row of the file, and for whatever has no rows."""

from __future__ import annotations

from collections import Counter

import pytest

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

ASKED = (
    Q("Q1", "L", "<b>Wo?</b>", answers=YES_NO, mandatory="Y", defaults={"": "A1"}),
    Q("Q2", "F", subs=AREAS, answers=YES_NO, settings={"cssclass": "x"}),
    Q("Q3", "|", settings={"max_filesize": "9"}),
    Q("Q4", "T", relevance="Gone == 1"),
)
QUOTA = {
    "quota": [{"id": 1, "sid": 77, "name": "Junge", "qlimit": 5}],
    "quota_members": [{"id": 1, "sid": 77, "qid": 1000, "quota_id": 1, "code": "A1"}],
    "assessments": [{"id": 1, "name": "Gut"}],
    "invented": [{"id": 5}],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_row_has_exactly_one_line(layout):
    file = File(*ASKED, layout=layout, languages=("de", "en"), **QUOTA)
    intake = inspected(file.bytes())
    rows = Counter({name: len(rows) for name, rows in file.rows.items()})
    rows.update({name: len(found) for name, found in QUOTA.items()})
    rows.update({"LimeSurveyDocType": 1, "DBVersion": 1, "languages": 2})
    assert Counter(one.place for one in intake.lines) == rows
    places = [(one.place, one.row) for one in intake.lines]
    assert len(places) == len(set(places))
    assert all(one.reason for one in intake.noteworthy())


@pytest.mark.parametrize(
    ("place", "name", "verdict", "reason"),
    [
        (
            "quota",
            "Junge",
            "refused",
            "Quotas are not taken: nobody is turned away in the middle of a survey.",
        ),
        ("quota_members", "1", "refused", "Quotas are not taken."),
        (
            "assessments",
            "Gut",
            "refused",
            "Assessments are not taken: answers are not marked with points.",
        ),
        ("invented", "", "refused", "Nothing in this file belongs to it."),
        ("DBVersion", "606", "taken", ""),
        (
            "surveys",
            "77",
            "changed",
            "Only language and format are taken; who may answer, how long and how it "
            "looks is set here when the survey is opened.",
        ),
        ("questions", "Q1", "changed", "Every answer is optional here."),
        ("question_l10ns", "Q1 (de)", "changed", "Formatting is left out."),
        ("answer_l10ns", "Q1.A1 (de)", "taken", ""),
        (
            "question_attributes",
            "Q3.max_filesize",
            "refused",
            "Its question Q3 is not taken.",
        ),
        ("subquestions", "Q2_SQ1", "taken", ""),
    ],
)
def test_the_line_says_what_became_of_it(place, name, verdict, reason):
    intake = taken(*ASKED, layout="new", **QUOTA)
    found = line(intake, name, place)
    assert (found.verdict, found.reason) == (verdict, reason)


def test_texts_around_the_questions_are_said_elsewhere():
    texts = {
        "surveyls_welcometext": "<p>Hallo</p>",
        "surveyls_endtext": "Danke",
        "surveyls_policy_notice": "Datenschutz",
        "surveyls_email_invite": "Liebe",
    }
    intake = taken(Q("Q1", "T"), titles="<i>Umfrage</i>", texts=texts)
    found = line(intake, "de", "surveys_languagesettings")
    assert found.verdict == "changed"
    assert found.reason == (
        "Formatting is left out. Not taken: welcome text, end text, privacy notice. "
        "The about page, the thank-you page and the privacy notice say these things "
        "here, in every language. E-mails are not taken: residents are never mailed."
    )
    assert intake.questionnaire.texts["de"]["title"] == "Umfrage"


@pytest.mark.parametrize(
    ("section", "row", "reason"),
    [
        (
            "subquestions",
            {"qid": 9, "parent_qid": 5, "title": "x"},
            "Its question '5' is missing.",
        ),
        ("answers", {"aid": 9, "qid": 5, "code": "x"}, "Its question '5' is missing."),
        (
            "question_l10ns",
            {"qid": 5, "language": "de", "question": "x"},
            "There is no qid '5' in the file.",
        ),
        (
            "answer_l10ns",
            {"aid": 5, "language": "de", "answer": "x"},
            "There is no aid '5' in the file.",
        ),
        (
            "group_l10ns",
            {"gid": 5, "language": "fr", "group_name": "x"},
            "'fr' is not among the languages of the survey.",
        ),
        (
            "question_attributes",
            {"qid": 5, "attribute": "a", "value": "b"},
            "Its question '5' is missing.",
        ),
        (
            "questions",
            {"qid": 1000, "gid": 1, "type": "T"},
            "The qid '1000' stands twice.",
        ),
        ("questions", {"gid": 1, "type": "T"}, "It has no qid."),
        (
            "questions",
            {"qid": 5, "gid": 9, "type": "T"},
            "Its group '9' is not in the file.",
        ),
        (
            "answers",
            {"aid": 9, "qid": 1000, "code": "A1", "scale_id": 0},
            "The answer 'A1' stands twice.",
        ),
    ],
)
def test_rows_that_belong_to_nothing_are_refused(section, row, reason):
    file = File(Q("Q1", "L", answers=YES_NO), layout="new")
    file.add(section, **row)
    intake = inspected(file.bytes())
    found = [one for one in intake.lines if one.place == section][-1]
    assert (found.verdict, found.reason) == ("refused", reason)
    assert not errors(intake)


def test_problems_of_the_rules_have_file_and_line():
    one = Q("Q1", "L", answers=YES_NO[:1])
    intake = inspected(File(one).bytes(), name="wahl.lss")
    [problem] = intake.problems
    assert (problem.file, problem.place) == ("wahl.lss", "q1.options")
    assert problem.line > 1


def test_the_name_is_that_of_the_file_unless_given():
    content = File(Q("Q1", "T")).bytes()
    named = inspected(content, name="Bürger Befragung (2).lss").questionnaire
    assert named.name == "buerger_befragung_2"
    given = inspected(content, name="wahl.lss").questionnaire
    assert given.name == "wahl"
    assert inspected(content, name="x.lss", **{}).questionnaire.name == "x"


def test_strange_codes_become_usable_names_and_references_follow():
    intake = taken(
        Q("Größe-1", "L", answers=[("-oth-x", "a"), ("Ä", "b"), ("А", "c")]),
        Q("language", "T", relevance="1"),
    )
    first, second = intake.questionnaire.questions()
    assert (first.name, second.name) == ("groesse_1", "language_2")
    assert [option.code for option in first.options] == ["oth_x", "ae", "a"]
    assert not errors(intake)
