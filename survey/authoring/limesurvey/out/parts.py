"""Options and rows → answers and subquestions; knows no equation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from survey.authoring.limesurvey import own, standard
from survey.authoring.limesurvey.markup import to_markup
from survey.authoring.limesurvey.out import codes
from survey.authoring.limesurvey.out.building import Building
from survey.authoring.limesurvey.out.saying import Unsayable
from survey.questionnaire.model import Question

_WITH_ANSWERS = ("L", "!", "R", "F")
_WITH_PARTS = ("M", "K")
_REFUSALS = {"dont_know": standard.DONT_KNOW, "prefer_not": standard.PREFER_NOT}

_ALWAYS: Mapping[str, str] = MappingProxyType({})

Entry = tuple[str, str]  # LimeSurvey's code, and the key of its words


def add(building: Building, question: Question, type_: str, group: int) -> None:
    """The answers and subquestions of one question."""
    if type_ in _WITH_PARTS:
        entries = _entries(building, question)
        relevances = _filter(building, question)
        _subquestions(building, question, type_, group, entries, relevances)
    elif type_ in _WITH_ANSWERS:
        if question.choice_filter:
            what = "its choice filter, as a list has none there: all options are shown"
            building.lose(question.name, what)
        _answers(building, question, _entries(building, question))
    if type_ == "F":
        given = codes.of_answers(row.name for row in question.rows)
        building.row_codes[question.name] = given
        names = {given.of(row.name): row.name for row in question.rows}
        building.carried[question.name]["rows"] = names
        rows = [(given.of(row.name), row.text) for row in question.rows]
        _subquestions(building, question, type_, group, rows)


def _entries(building: Building, question: Question) -> list[Entry]:
    """Options, and behind them don't know and the like."""
    given = building.option_codes.get(question.picks_from)
    if given is None:
        given = codes.of_answers(option.code for option in question.options)
    building.option_codes[question.name] = given
    entries = [(given.of(option.code), option.text) for option in question.options]
    refusals = {
        part: given.of(f"{part}, no option")
        for part in _REFUSALS
        if getattr(question, f"has_{part}")
    }
    entries += [(code, question.key(part)) for part, code in refusals.items()]
    carried = building.carried[question.name]
    carried["codes"] = {given.of(o.code): o.code for o in question.options}
    carried["refusals"] = refusals
    return entries


def _filter(building: Building, question: Question) -> dict[str, str]:
    """The choice filter as a condition for each option, by LimeSurvey's code."""
    if not question.choice_filter:
        return {}
    given = building.option_codes[question.name]
    sayer = building.sayer()
    try:
        found = {
            given.of(option.code): sayer.condition(
                question.choice_filter, dict(option.properties)
            )
            for option in question.options
        }
    except Unsayable as error:
        what = f"its choice filter, {question.choice_filter} ({error})"
        building.lose(question.name, f"{what}: all options are shown")
        return {}
    equations = building.carried[question.name]["equations"]
    equations["filter"] = [own.digest(list(found.values())), question.choice_filter]
    return found


def _words(building: Building, key: str, language: str) -> str:
    """Own words, or the standard ones of don't know and the like."""
    words = building.words(key, language)
    message = _REFUSALS.get(key.rpartition(".")[2])
    if words or message is None:
        return words
    source = building.questionnaire.source_language
    found = standard.in_all(message, source, tuple(building.languages))
    return to_markup(found.get(language, message))


def _answers(building: Building, question: Question, entries: list[Entry]) -> None:
    sheets = building.sheets
    for order, (code, key) in enumerate(entries):
        number = sheets.next_id("answers")
        sheets.add(
            "answers",
            aid=number,
            qid=building.ids[question.name],
            code=code,
            sortorder=order,
            assessment_value=0,
            scale_id=0,
        )
        for spoken, language in building.languages.items():
            sheets.add(
                "answer_l10ns",
                id=sheets.next_id("answer_l10ns"),
                aid=number,
                answer=_words(building, key, spoken),
                language=language,
            )


def _subquestions(
    building: Building,
    question: Question,
    type_: str,
    group: int,
    entries: list[Entry],
    relevances: Mapping[str, str] = _ALWAYS,
) -> None:
    sheets, parent = building.sheets, building.ids[question.name]
    for order, (code, key) in enumerate(entries):
        sheets.add(
            "subquestions",
            qid=part_id(parent, order),
            parent_qid=parent,
            sid=building.survey_id,
            gid=group,
            type=type_,
            title=code,
            other="N",
            encrypted="N",
            question_order=order,
            scale_id=0,
            same_default=0,
            relevance=relevances.get(code, "1"),
            same_script=0,
        )
        for spoken, language in building.languages.items():
            sheets.add(
                "question_l10ns",
                id=sheets.next_id("question_l10ns"),
                qid=part_id(parent, order),
                question=_words(building, key, spoken),
                language=language,
            )


def part_id(parent: int, order: int) -> int:
    """The number of a subquestion."""
    return parent + 1 + order
