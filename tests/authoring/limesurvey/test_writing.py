"""The way out: a file LimeSurvey takes, that comes back as the same edition."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from defusedxml import ElementTree

from survey.authoring import limesurvey
from survey.questionnaire import edition
from survey.questionnaire.model import Page
from tests.authoring.limesurvey.files import (
    AREAS,
    YES_NO,
    File,
    Q,
    errors,
    inspected,
    taken,
)
from tests.questionnaire.examples import NAMES, questionnaire

SHIPPED = ("zusammenleben",)


def again(asked):
    """What comes back of a questionnaire."""
    return inspected(limesurvey.write(asked), name="again.lss")


def complete_languages(asked) -> list[str]:
    """Languages in which it can be published."""
    from survey.questionnaire.texts import completeness

    return [code for code in asked.texts if not completeness(asked, code).missing]


@pytest.mark.parametrize("name", [*NAMES, *SHIPPED])
def test_a_questionnaire_comes_back_as_the_same_edition(name):
    asked = questionnaire(name)
    languages = complete_languages(asked)
    back = again(asked)
    assert not errors(back)
    first = edition.freeze(asked, languages)
    assert edition.freeze(back.questionnaire, languages).hash == first.hash
    assert back.counts()["refused"] == 0


@pytest.mark.parametrize("layout", ["old", "new"])
def test_what_was_imported_goes_out_and_comes_back_the_same(layout):
    intake = taken(
        Q("Q1", "L", {"de": "Wo?", "en": "Where?"}, answers=YES_NO, other="Y"),
        Q("Q2", "M", subs=AREAS, relevance='Q1 == "A1"', settings={"max_answers": "2"}),
        Q("Q3", "R", answers=AREAS, settings={"array_filter": "Q2"}),
        Q("Q4", "F", subs=AREAS, answers=YES_NO, settings={"array_filter": "Q2"}),
        Q("Q5", "1", subs=AREAS, answers=YES_NO, second=YES_NO),
        Q("Q6", "K", subs=AREAS, settings={"equals_num_value": "10"}),
        Q("Q7", "N", settings={"min_num_value_n": "Q8"}, preg="/^[0-9]$/"),
        Q("Q9", "D", settings={"date_format": "yyyy", "date_max": "now"}),
        Q("Q10", "*", settings={"equation": "{Q7 + 1}"}),
        Q("Q11", "O", answers=YES_NO, defaults={"": "A2"}),
        languages=("de", "en"),
        layout=layout,
    )
    asked = intake.questionnaire
    back = again(asked).questionnaire
    first = edition.freeze(asked, ["de"])
    assert edition.freeze(back, ["de"]).hash == first.hash
    assert limesurvey.write(back) == limesurvey.write(asked)


def rows_of(root, section) -> list[dict[str, str]]:
    found = root.find(f"{section}/rows")
    return [
        {cell.tag: cell.text or "" for cell in row}
        for row in (found if found is not None else ())
    ]


@pytest.mark.parametrize("name", [*NAMES, *SHIPPED])
def test_the_file_holds_together_as_an_importer_needs_it(name):
    root = ElementTree.fromstring(limesurvey.write(questionnaire(name)))
    assert [root.find(tag).text for tag in ("LimeSurveyDocType", "DBVersion")] == [
        "Survey",
        "606",
    ]
    languages = {entry.text for entry in root.find("languages")}
    [survey] = rows_of(root, "surveys")
    assert languages == {survey["language"], *survey["additional_languages"].split()}
    groups = {row["gid"] for row in rows_of(root, "groups")}
    questions = {row["qid"]: row for row in rows_of(root, "questions")}
    parts = {row["qid"]: row for row in rows_of(root, "subquestions")}
    answers = {row["aid"]: row for row in rows_of(root, "answers")}
    assert {row["gid"] for row in questions.values()} == groups
    assert {row["parent_qid"] for row in parts.values()} <= questions.keys()
    assert not parts.keys() & questions.keys()
    assert {row["qid"] for row in answers.values()} <= questions.keys()
    for section, key, known in (
        ("group_l10ns", "gid", groups),
        ("question_l10ns", "qid", questions.keys() | parts.keys()),
        ("answer_l10ns", "aid", answers.keys()),
    ):
        told = {(row[key], row["language"]) for row in rows_of(root, section)}
        assert told == {(id, code) for id in known for code in languages}
    for section in root:
        if section.find("rows") is not None:
            names = [field.text for field in section.find("fields")]
            assert all([c.tag for c in row] == names for row in section.find("rows"))


@pytest.mark.parametrize("name", [*NAMES, *SHIPPED])
def test_codes_are_ones_that_limesurvey_accepts(name):
    root = ElementTree.fromstring(limesurvey.write(questionnaire(name)))
    titles = [row["title"] for row in rows_of(root, "questions")]
    assert all(re.fullmatch("[A-Za-z][A-Za-z0-9]{0,19}", title) for title in titles)
    assert len(titles) == len(set(titles))
    parts = [(row["parent_qid"], row["title"]) for row in rows_of(root, "subquestions")]
    answers = [(row["qid"], row["code"]) for row in rows_of(root, "answers")]
    for found in (parts, answers):
        assert all(re.fullmatch("[A-Za-z0-9]{1,5}", code) for _, code in found)
        assert len(found) == len(set(found))


def test_conditions_and_slots_are_said_in_its_words():
    root = ElementTree.fromstring(limesurvey.write(questionnaire("pick_and_rank")))
    relevances = [row["relevance"] for row in rows_of(root, "questions")]
    names = ", ".join(f"first_{code}.NAOK" for code in ("f1", "f2", "f3", "f4", "none"))
    assert relevances == ["1", f"count({names}) >= 2"]
    root = ElementTree.fromstring(limesurvey.write(questionnaire("languages")))
    words = " ".join(row["question"] for row in rows_of(root, "question_l10ns"))
    assert "{" not in words


def test_what_limesurvey_cannot_say_is_listed():
    asked = questionnaire("zusammenleben")
    found = limesurvey.unrepresented(asked)
    assert "Screening out: everybody goes on to the end." in found
    assert "The fork after the core: all pages follow one another." in found
    assert "Slots such as {place}: their values stand in the texts." in found
    assert "q12: that it is sensitive." in found
    assert limesurvey.unrepresented(questionnaire("full_rank")) == ()


def changed(asked, **how):
    """The questionnaire with one attribute of its last question changed."""
    *others, page = asked.pages
    last = replace(page.questions[-1], **how)
    page = replace(page, questions=(*page.questions[:-1], last))
    return replace(asked, pages=(*others, page))


def test_a_question_it_cannot_ask_rightly_is_never_shown_there():
    asked = changed(
        questionnaire("skip_logic"), shown_if="string-length(${lives}) mod 2 = 1"
    )
    root = ElementTree.fromstring(limesurvey.write(asked))
    assert rows_of(root, "questions")[-1]["relevance"] == "0"
    assert any("it is never shown" in one for one in limesurvey.unrepresented(asked))
    back = again(asked).questionnaire
    assert back.pages[-1].questions[-1].shown_if == "string-length(${lives}) mod 2 = 1"


def edited(asked, old: str, new: str):
    content = limesurvey.write(asked).decode()
    assert old in content
    return inspected(content.replace(old, new).encode()).questionnaire


def test_what_is_edited_in_limesurvey_wins():
    asked = questionnaire("battery")
    back = edited(asked, "<![CDATA[Teils-teils]]>", "<![CDATA[Es geht so]]>")
    question = back.question("content")
    assert back.texts["de"]["content.option.partly"] == "Es geht so"
    assert (question.role, question.scale) == ("satisfaction", "satisfaction3")


def test_a_condition_edited_in_limesurvey_wins():
    asked = questionnaire("pick_and_rank")
    back = edited(asked, "NAOK) >= 2]]", "NAOK) >= 3]]")
    condition = back.question("order").shown_if
    assert condition.startswith("count(if(selected(${first}, 'f1'), 1, '')")
    assert condition.endswith(" >= 3")


def test_a_shared_wording_edited_in_one_place_stays_there():
    asked = questionnaire("battery_of_fields")
    shared = asked.texts["de"]["field.f1.label"]
    back = edited(asked, f"<question><![CDATA[{shared}]]>", "<question><![CDATA[Neu]]>")
    first = back.question("content").rows[0]
    assert back.texts["de"][first.text] == "Neu"
    assert back.texts["de"]["field.f1.label"] == shared


def test_what_a_page_demands_is_checked_at_the_last_question_it_names():
    root = ElementTree.fromstring(limesurvey.write(questionnaire("together")))
    checks = [
        (row["attribute"], row["value"])
        for row in rows_of(root, "question_attributes")
        if row["attribute"].startswith("em_validation")
    ]
    fields = ["street.NAOK", "park.NAOK", "pool.NAOK"]
    empty = " and ".join(f"is_empty({name})" for name in fields)
    listed = ", ".join(fields)
    assert checks == [
        (
            "em_validation_q",
            f"({empty}) or (sum({listed}) <= money.NAOK and count({listed}) >= 2)",
        ),
        (
            "em_validation_q",
            "(is_empty(since.NAOK) and is_empty(until.NAOK)) or "
            "until.NAOK >= since.NAOK",
        ),
        ("em_validation_q_tip", "Das Ende kommt nach dem Anfang."),
    ]
    assert limesurvey.unrepresented(questionnaire("together")) == ()


def test_what_is_said_of_a_page_and_edited_in_limesurvey_wins():
    asked = questionnaire("together")
    back = edited(asked, "Das Ende kommt nach dem Anfang.", "Erst Anfang, dann Ende.")
    key = "page.years.constraint_message"
    assert back.texts["de"][key] == "Erst Anfang, dann Ende."
    other = edited(asked, "until.NAOK >= since.NAOK", "until.NAOK > 1999")
    *_, years = other.pages
    assert years.constraint == ""
    assert other.question("until").constraint == (
        "${since} = '' and . = '' or . > 1999"
    )


def test_what_no_question_of_a_page_can_say_stays_with_it():
    asked = questionnaire("together")
    *others, years = asked.pages
    checked = tuple(replace(q, constraint=". != 1950") for q in years.questions)
    pages = (*others, replace(years, questions=checked))
    asked = replace(asked, pages=pages)
    assert limesurvey.unrepresented(asked) == (
        "years: what its answers must fulfil together "
        "(its questions have checks of their own): it is not checked.",
    )
    assert again(asked).questionnaire == asked


def test_a_page_without_questions_is_said():
    asked = questionnaire("text")
    empty = replace(asked, pages=(*asked.pages, Page("leer", ())))
    assert limesurvey.unrepresented(empty) == ("leer: a page without questions.",)
    assert len(again(empty).questionnaire.pages) == len(asked.pages)


def test_the_same_questionnaire_gives_the_same_bytes():
    asked = questionnaire("zusammenleben")
    assert limesurvey.write(asked) == limesurvey.write(asked)


def test_texts_that_xml_cannot_hold_come_back_unless_it_forbids_them():
    asked = questionnaire("text")
    [question] = asked.questions()
    words = "a ]]> b  <c> & \\d {x} \u200f\n\nzwei"
    texts = {"de": {**asked.texts["de"], question.key("label"): words}}
    back = again(replace(asked, texts=texts)).questionnaire
    assert back.texts["de"][question.key("label")] == words


def test_a_file_may_lose_all_our_settings_and_still_be_read():
    content = limesurvey.write(questionnaire("full_rank")).decode()
    intake = inspected(content.replace("[vielstimmig", "[lost").encode())
    [found] = intake.questionnaire.questions()
    assert found.kind == "rank"
    assert not errors(intake)


def test_a_small_file_is_written_by_hand():
    asked = inspected(File(Q("Q1", "T", "Was?")).bytes()).questionnaire
    text = limesurvey.write(asked).decode()
    assert "<question><![CDATA[Was?]]></question>" in text
    assert "<title><![CDATA[q1]]></title>" in text
    assert "<type><![CDATA[T]]></type>" in text
