"""What people type: N, S, T, U and D."""

from __future__ import annotations

from survey.authoring.limesurvey import limits
from survey.authoring.limesurvey.defaults import default_of
from survey.authoring.limesurvey.gathering import whole_number
from survey.authoring.limesurvey.limits import Limits
from survey.authoring.limesurvey.structure import Asked
from survey.authoring.limesurvey.taking import Block, Refused, Taking
from survey.authoring.limesurvey.variables import Variable
from survey.questionnaire.model import Question

# Ours; LimeSurvey has no limits of its own.
LONGEST_LINE, LONGEST_TEXT, LONGEST_ESSAY = 200, 2000, 5000


def number(asked: Asked, taking: Taking) -> list[Block]:
    """A number (N)."""
    found = limits.of_numbers(asked, taking)
    name = taking.name(asked)
    question = Question(
        name=name,
        kind="number",
        has_hint=taking.label(asked, name),
        least=found.least,
        most=found.most,
        decimals=found.decimals,
        **default_of(asked, taking),
    )
    question = limits.checked(asked, taking, question, found)
    know(asked, taking, name, is_number=True)
    return [Block([question])]


def know(asked: Asked, taking: Taking, name: str, *, is_number: bool = False) -> None:
    """Let equations look at the one answer of a question."""
    variable = Variable(item=name, question=name, is_number=is_number)
    taking.know(asked, "", variable)


def short(asked: Asked, taking: Taking) -> list[Block]:
    """One line (S), or a number where nothing else is allowed."""
    if _is_place(asked, taking):
        raise Refused("It asks for a place on a map.", "Ask for the district.")
    attribute = asked.attribute("numbers_only")
    if attribute is not None and attribute.value == "1":
        taking.ledger.change(attribute.row, "The question became a number.")
        return number(asked, taking)
    length = _longest(asked, taking, LONGEST_LINE)
    kind = "short_text" if length <= LONGEST_LINE else "text"
    return [_words(asked, taking, kind, length)]


def _is_place(asked: Asked, taking: Taking) -> bool:
    attribute = asked.attribute("location_mapservice")
    return attribute is not None and attribute.value not in ("0", "")


def long(asked: Asked, taking: Taking) -> list[Block]:
    """Several lines (T)."""
    length = _longest(asked, taking, LONGEST_TEXT)
    return [_words(asked, taking, "text", length)]


def huge(asked: Asked, taking: Taking) -> list[Block]:
    """Many lines (U)."""
    length = _longest(asked, taking, LONGEST_ESSAY)
    return [_words(asked, taking, "text", length)]


def _longest(asked: Asked, taking: Taking, otherwise: int) -> int:
    attribute = asked.attribute("maximum_chars")
    if attribute is None:
        return otherwise
    length = whole_number(attribute.value)
    if not 0 < length <= LONGEST_ESSAY:
        reason = f"Texts have 1 to {LONGEST_ESSAY} characters: it became {otherwise}."
        taking.ledger.change(attribute.row, reason)
        return otherwise
    taking.claim(attribute)
    return length


def _words(asked: Asked, taking: Taking, kind: str, longest: int) -> Block:
    name = taking.name(asked)
    question = Question(
        name=name,
        kind=kind,
        longest=longest,
        has_hint=taking.label(asked, name),
        **default_of(asked, taking),
    )
    question = limits.checked(asked, taking, question, Limits())
    know(asked, taking, name)
    return Block([question])


def date(asked: Asked, taking: Taking) -> list[Block]:
    """A day, a month or a year (D)."""
    found = limits.of_days(asked, taking)
    name = taking.name(asked)
    question = Question(
        name=name,
        kind="date",
        has_hint=taking.label(asked, name),
        precision=_precision(asked, taking),
        least=found.least,
        most=found.most,
        **default_of(asked, taking),
    )
    question = limits.checked(asked, taking, question, found)
    know(asked, taking, name)
    return [Block([question])]


def _precision(asked: Asked, taking: Taking) -> str:
    """What the format asks for; times of the day are never asked here."""
    attribute = asked.attribute("date_format")
    form = attribute.value if attribute is not None else "dd.mm.yyyy"
    if attribute is not None:
        taking.claim(attribute)
        if "H" in form or "M" in form:
            reason = "The time of the day is left out."
            taking.ledger.change(attribute.row, reason)
    if "d" in form or "j" in form:
        return "day"
    if "m" in form or "n" in form:
        return "month"
    if "y" not in form.lower():
        raise Refused("It asks for a time of the day.", "Offer a list of times.")
    return "year"
