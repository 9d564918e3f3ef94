"""Limits and checks of answers: least, most, constraint, its message.

Knows settings of questions, not their types.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from survey.authoring.limesurvey.calls import whole_pattern
from survey.authoring.limesurvey.filters import both
from survey.authoring.limesurvey.gathering import whole_number
from survey.authoring.limesurvey.logic import Translator, quoted
from survey.authoring.limesurvey.script import ScriptError
from survey.authoring.limesurvey.structure import Asked, Attribute
from survey.authoring.limesurvey.taking import Taking, explained
from survey.questionnaire.kinds.number import MOST_DECIMALS
from survey.questionnaire.model import Question
from survey.questionnaire.pattern import LONGEST_TEXT

_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})-([0-9]{2}))?(?:[ T][0-9:]*)?")
_WHOLE = "count-selected(.)"
_SEVERAL = ("M", "P")


@dataclass(slots=True)
class Limits:
    """What bounds one answer."""

    least: str = ""
    most: str = ""
    decimals: int = 0
    conditions: list[str] = field(default_factory=list)

    @property
    def constraint(self) -> str:
        """All conditions on the answer."""
        return both(self.conditions)


def spelled(text: str) -> str:
    """A number in one form; empty for what is none."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return ""
    if not number.is_finite() or abs(number) >= Decimal(10) ** 12:
        return ""
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def of_numbers(asked: Asked, taking: Taking) -> Limits:
    """The limits that every number of a question has."""
    found = Limits(decimals=MOST_DECIMALS)
    whole = asked.attribute("num_value_int_only")
    if whole is not None and whole.value == "1":
        found.decimals = 0
        taking.claim(whole)
    for setting, bound, sign in (
        ("min_num_value_n", "least", ">="),
        ("max_num_value_n", "most", "<="),
    ):
        attribute = asked.attribute(setting)
        if attribute is None:
            continue
        number = spelled(attribute.value)
        if number:
            setattr(found, bound, number)
            taking.claim(attribute)
        else:
            compared(asked, taking, attribute, ".", sign, found.conditions)
    return found


def compared(
    asked: Asked,
    taking: Taking,
    attribute: Attribute,
    subject: str,
    sign: str,
    conditions: list[str],
) -> None:
    """A limit that other answers decide; without them there is none."""
    value = decided(taking.looking_at(asked), taking, attribute)
    if value:
        taking.ledger.change(attribute.row, "It became a condition on the answer.")
        conditions.append(comparison(subject, sign, value))


def decided(translator: Translator, taking: Taking, attribute: Attribute) -> str:
    """A limit out of other answers; empty, and refused, where it cannot be said."""
    try:
        return translator.limit(attribute.value)
    except ScriptError as error:
        taking.refuse_equation(attribute, attribute.value, error)
        return ""


def comparison(subject: str, sign: str, value: str) -> str:
    """The condition that a limit makes; one that nobody gave is none."""
    may_be_empty = value.startswith(("$", "if(", "selected-at("))
    start = f"{value} = '' or " if may_be_empty else ""
    return f"{start}{subject} {sign} {value}"


def own_equation(asked: Asked, taking: Taking) -> Attribute | None:
    """The author's own check, unless it says what our page demands."""
    return None if is_of_page(asked, taking) else asked.attribute("em_validation_q")


def is_of_page(asked: Asked, taking: Taking) -> bool:
    """Whether the check of a question is what the whole page demands."""
    written = asked.value("em_validation_q")
    return taking.own[asked].meant("together", written) is not None


def of_choices(asked: Asked, taking: Taking, question: Question) -> Question:
    """The question with its limits on how many are chosen."""
    conditions: list[str] = []
    most = asked.attribute("max_answers")
    count = len(question.options) + question.has_other
    if most is not None and asked.type in _SEVERAL:
        if most.value.isdigit():
            taking.claim(most)
            if 0 < whole_number(most.value) < count:
                at_most = whole_number(most.value)
                question = replace(question, kind="pick", at_most=at_most)
        else:
            compared(asked, taking, most, _WHOLE, "<=", conditions)
    elif most is not None and not most.value.isdigit():
        compared(asked, taking, most, _WHOLE, "<=", conditions)
    least = asked.attribute("min_answers")
    if least is not None and least.value.isdigit():
        taking.claim(least)
        if whole_number(least.value) > 1:
            conditions.append(f"{_WHOLE} >= {whole_number(least.value)}")
    elif least is not None:
        compared(asked, taking, least, _WHOLE, ">=", conditions)
    return checked(asked, taking, question, Limits(conditions=conditions))


def checked(
    asked: Asked, taking: Taking, question: Question, limits: Limits
) -> Question:
    """The question with its constraint and what is said when it is not met."""
    own = taking.own[asked]
    attribute = own_equation(asked, taking)
    meant = own.meant("constraint", attribute.value if attribute else "")
    if meant is not None:
        taking.claim(attribute)
        return _with_message(asked, taking, replace(question, constraint=meant))
    if attribute is not None:
        equation = _equation(asked, taking, attribute)
        limits.conditions.append(equation)
    limits.conditions.append(_pattern(asked, taking))
    question = replace(question, constraint=limits.constraint)
    return _with_message(asked, taking, _short_enough(asked, taking, question))


def _short_enough(asked: Asked, taking: Taking, question: Question) -> Question:
    """A text that must fit a pattern is no longer than patterns can look at."""
    if "regex(" not in question.constraint or question.longest <= LONGEST_TEXT:
        return question
    reason = f"With its pattern it has at most {LONGEST_TEXT} characters."
    taking.ledger.change(asked.row, reason)
    return replace(question, longest=LONGEST_TEXT)


def of_each(
    asked: Asked, taking: Taking, question: Question, limits: Limits
) -> Question:
    """One of several fields with what is checked for each of them."""
    attribute = asked.attribute("em_validation_sq")
    if attribute is not None:
        limits.conditions.append(_equation(asked, taking, attribute))
    limits.conditions.append(_pattern(asked, taking))
    return replace(question, constraint=limits.constraint)


def _equation(asked: Asked, taking: Taking, attribute: Attribute) -> str:
    try:
        condition = taking.looking_at(asked).check(attribute.value)
    except ScriptError as error:
        taking.refuse_equation(attribute, attribute.value, error)
        return ""
    taking.claim(attribute)
    return condition


def _pattern(asked: Asked, taking: Taking) -> str:
    """The pattern that the text must fit, kept with the question itself."""
    written = asked.row["preg"]
    if not written:
        return ""
    try:
        return f"regex(., {quoted(whole_pattern(written), 0)})"
    except ScriptError as error:
        reason, remedy, excerpt = explained(written, error)
        what = f"Its pattern is not checked: {reason}"
        taking.ledger.change(asked.row, what, remedy, excerpt=excerpt)
        return ""


def _with_message(asked: Asked, taking: Taking, question: Question) -> Question:
    words = asked.translated("em_validation_q_tip")
    if not words or is_of_page(asked, taking):
        return question
    if not question.constraint:
        for said in words.values():
            taking.ledger.refuse(said.row, "There is no condition it could belong to.")
        return question
    key = question.key("constraint_message")
    for said in words.values():
        taking.ledger.take(said.row)
    has_message = taking.texts.maybe(key, words, ending={})
    return replace(question, has_constraint_message=has_message)


def day(attribute: Attribute | None, *, is_last: bool) -> str:
    """A limit as a day; a year alone means its first or last day."""
    match = _DAY.fullmatch(attribute.value.strip()) if attribute is not None else None
    if match is None:
        return ""
    year, month, of_month = match.groups()
    if month is None:
        return f"{year}-12-31" if is_last else f"{year}-01-01"
    return f"{year}-{month}-{of_month}"


def of_days(asked: Asked, taking: Taking) -> Limits:
    """The earliest and the latest day."""
    found = Limits()
    for setting, bound, sign in (
        ("date_min", "least", ">="),
        ("date_max", "most", "<="),
    ):
        attribute = asked.attribute(setting)
        if attribute is None:
            continue
        limit = day(attribute, is_last=setting == "date_max")
        if limit:
            setattr(found, bound, limit)
            taking.claim(attribute)
        elif attribute.value.strip().lower() in ("now", "today", "now()"):
            taking.ledger.change(attribute.row, "It became a condition on the answer.")
            found.conditions.append(f". {sign} today()")
        else:
            compared(asked, taking, attribute, ".", sign, found.conditions)
    return found
