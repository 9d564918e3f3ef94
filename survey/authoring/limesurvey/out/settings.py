"""Limits, checks, calculations and defaults → settings of LimeSurvey's questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from survey.authoring.limesurvey.out.building import Building
from survey.authoring.limesurvey.out.parts import part_id
from survey.authoring.limesurvey.out.saying import Unsayable
from survey.questionnaire.kinds.number import MOST_DECIMALS
from survey.questionnaire.model import Question

_FORMATS = {"day": "dd.mm.yyyy", "month": "mm.yyyy", "year": "yyyy"}
_LOST_KINDS = {"district": "that it is a part of the town"}
_NOTHING = "{''}"


def add(building: Building, question: Question, type_: str) -> None:
    """The settings of one question."""
    id = building.ids[question.name]
    for name, value in _plain(building, question, type_):
        building.setting(id, name, value)
    equations = building.carried[question.name]["equations"]
    if question.constraint:
        equation = _constraint(building, question)
        if equation:
            building.setting(id, "em_validation_q", equation)
            equations["constraint"] = [equation, question.constraint]
            key = question.key("constraint_message")
            translated(building, id, "em_validation_q_tip", key)
    if question.has_other:
        translated(building, id, "other_replace_text", question.key("other"))
    if question.calculation:
        equation = _calculation(building, question)
        building.setting(id, "equation", equation)
        equations["calculation"] = [equation, question.calculation]
    if question.default_from:
        _default_from(building, question, id)
    elif question.default:
        _default(building, question, type_, id)


def _plain(
    building: Building, question: Question, type_: str
) -> Iterator[tuple[str, object]]:
    if question.has_random_order:
        yield "random_order", 1
    if type_ in ("M", "R"):
        yield from _of_several(building, question, type_)
    elif type_ in ("S", "T") and question.longest:
        yield "maximum_chars", question.longest
    elif type_ == "K":
        yield "equals_num_value", question.total
        yield "num_value_int_only", 1
    elif type_ == "N":
        yield from _bounds(question, "min_num_value_n", "max_num_value_n")
        if not question.decimals:
            yield "num_value_int_only", 1
    elif type_ == "D":
        yield from _bounds(question, "date_min", "date_max")
        yield "date_format", _FORMATS.get(question.precision, _FORMATS["day"])


def _of_several(
    building: Building, question: Question, type_: str
) -> Iterator[tuple[str, object]]:
    given = building.option_codes[question.name]
    refusals = building.carried[question.name]["refusals"].values()
    alone = [given.of(option.code) for option in question.options if option.exclusive]
    if type_ == "M" and (alone or refusals):
        yield "exclude_all_others", ";".join([*alone, *refusals])
    if question.at_most:
        yield "max_answers", question.at_most
    if type_ == "R" and question.picks_from:
        yield "array_filter", building.codes.of(question.picks_from)


def _bounds(question: Question, least: str, most: str) -> Iterator[tuple[str, object]]:
    if question.least:
        yield least, question.least
    if question.most:
        yield most, question.most


def translated(building: Building, id: int, name: str, key: str) -> None:
    """A setting in all languages, where it has words."""
    for code, language in building.languages.items():
        words = building.words(key, code)
        if words:
            building.setting(id, name, words, language)


def _constraint(building: Building, question: Question) -> str:
    """The condition on an answer, which may always be left out."""
    sayer = building.sayer(question.name)
    try:
        condition = sayer.condition(question.constraint)
        return f"{sayer.emptiness(question.name)} or {condition}"
    except Unsayable as error:
        reason = f"its check, {question.constraint} ({error}): it is not made"
        building.lose(question.name, reason)
        return ""


def _calculation(building: Building, question: Question) -> str:
    try:
        return f"{{{building.sayer().value(question.calculation)}}}"
    except Unsayable as error:
        reason = f"its calculation, {question.calculation} ({error}): it is empty"
        building.lose(question.name, reason)
        return _NOTHING


def _default_from(building: Building, question: Question, id: int) -> None:
    try:
        value = f"{{{building.sayer().value(question.default_from)}}}"
    except Unsayable as error:
        reason = f"its default, {question.default_from} ({error}): there is none"
        building.lose(question.name, reason)
        return
    equations = building.carried[question.name]["equations"]
    equations["default"] = [value, question.default_from]
    _default_value(building, id, 0, value)


def _default(building: Building, question: Question, type_: str, id: int) -> None:
    codes = [option.code for option in question.options]
    if type_ == "M":
        for code in question.default.split():
            if code in codes:
                part = part_id(id, codes.index(code))
                _default_value(building, id, part, "Y")
        return
    value = question.default
    if value in codes:
        value = building.option_codes[question.name].of(value)
    _default_value(building, id, 0, value)


def _default_value(building: Building, id: int, part: int, value: str) -> None:
    """One default, the same in all languages."""
    sheets = building.sheets
    number = sheets.next_id("defaultvalues")
    sheets.add("defaultvalues", dvid=number, qid=id, scale_id=0, sqid=part)
    for language in building.languages.values():
        sheets.add(
            "defaultvalue_l10ns",
            id=sheets.next_id("defaultvalue_l10ns"),
            dvid=number,
            language=language,
            defaultvalue=value,
        )


def lost_of(question: Question) -> Iterator[str]:
    """Attributes that LimeSurvey has nothing for; ours keep them."""
    pictures = [question.pictogram, *(option.pictogram for option in question.options)]
    checks: Mapping[str, object] = {
        "its pictures": any(pictures),
        "its sound files": question.has_audio,
        "that it is sensitive": question.is_sensitive,
        "that not all languages ask it": question.is_asked_where_translated,
        "how many decimal places there are": question.decimals % MOST_DECIMALS,
    }
    yield from (what for what, is_there in checks.items() if is_there)
    what = _LOST_KINDS.get(question.kind)
    if what:
        yield what
    if not question.options and (question.has_dont_know or question.has_prefer_not):
        yield "don't know and prefer not to say, which stand beside a field"
