"""Rows of type text, integer, decimal, range and date → drafts without choices."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from survey.authoring.xlsform import limits
from survey.authoring.xlsform.draft import Draft
from survey.authoring.xlsform.known import Item
from survey.questionnaire.kinds import KINDS

# letters where the form says nothing, and at most
LONGEST = {"short_text": (200, 200), "text": (1000, 5000)}
DECIMALS = 2
MOST_DECIMALS = 4
MOST_STEPS = 11  # 0 to 10; more are typed
_CALENDARS = frozenset(
    [
        "ethiopian",
        "coptic",
        "islamic",
        "bikram-sambat",
        "myanmar",
        "persian",
        "buddhist",
    ]
)
_PARAMETER = re.compile(r"([A-Za-z_]+)\s*=\s*([^\s;,]+)")
_RANGE = {"start": "1", "end": "10", "step": "1"}


def text(draft: Draft) -> None:
    """Own words: one line, or several where the form shows several."""
    is_long = "multiline" in draft.leaf.appearance
    draft.kind = "text" if is_long else "short_text"
    wanted = draft.value("kind")
    if wanted in LONGEST:
        draft.kind = wanted
    usual, most = LONGEST[draft.kind]
    draft.values["longest"] = min(draft.number("longest", usual), most)
    draft.item = Item(draft.leaf.name, draft.name)


def number(draft: Draft) -> None:
    """A number; what is below zero would read as no answer."""
    draft.kind = "number"
    is_decimal = draft.leaf.type.base == "decimal"
    draft.values["decimals"] = min(
        draft.number("decimals", DECIMALS if is_decimal else 0), MOST_DECIMALS
    )
    if is_decimal and not draft.value("decimals"):
        draft.entry.change(f"At most {DECIMALS} decimal places are taken.")
    draft.item = Item(draft.leaf.name, draft.name)
    _take_limits(draft)


def _take_limits(draft: Draft) -> None:
    """Limits out of our own columns, or out of a constraint without words."""
    for column in ("least", "most"):
        if draft.value(column):
            draft.values[column] = draft.value(column)
    constraint = draft.value("constraint")
    is_written = draft.form.is_ours or draft.value("least") or draft.value("most")
    if constraint and not is_written:
        found = limits.found(constraint)
        has_words = bool(draft.record.texts.get("constraint_message"))
        if found and not has_words and _are_whole(draft, found):
            draft.values["least"], draft.values["most"] = found
            draft.record.values["constraint"] = ""
    _check_limits(draft)


def _are_whole(draft: Draft, found: tuple[str, str]) -> bool:
    """Whether less-than was meant in whole numbers, as it was read."""
    signs = re.search(r"[<>](?!=)", draft.value("constraint"))
    return not signs or draft.leaf.type.base == "integer"


def _check_limits(draft: Draft) -> None:
    least, most = _decimal(draft, "least"), _decimal(draft, "most")
    if least is not None and least < 0:
        reason = "Numbers below zero would read as no answer: it begins at 0."
        draft.entry.change(reason, "Ask with a select_one of ranges.")
        draft.values["least"] = ""
    if least is not None and most is not None and least > most:
        draft.entry.change(f"Its limits {least} and {most} leave no answer.")
        draft.values["least"] = draft.values["most"] = ""


def _decimal(draft: Draft, name: str) -> Decimal | None:
    written = draft.values.get(name, "")
    if not written:
        return None
    try:
        found = Decimal(written)
    except InvalidOperation:
        found = Decimal("nan")
    if found.is_finite():
        return found
    draft.entry.change(f"{name} is no number: {written!r} is left out.")
    draft.values[name] = ""
    return None


def scale(draft: Draft) -> None:
    """A range: a few steps to choose from, or a number to type."""
    steps = _steps(draft)
    if steps is None:
        return
    start, end, step = steps
    number_of = (end - start) / step + 1
    if (
        start >= 0
        and number_of <= MOST_STEPS
        and all(x.denominator == 1 for x in steps)
    ):
        _choose(draft, [str(start + at * step) for at in range(int(number_of))])
    else:
        _type(draft, start, end, step)


def _steps(draft: Draft) -> tuple[Fraction, Fraction, Fraction] | None:
    given = {k.lower(): v for k, v in _PARAMETER.findall(draft.value("parameters"))}
    try:
        start, end, step = (Fraction(given.get(k, _RANGE[k])) for k in _RANGE)
    except (ValueError, ZeroDivisionError):
        start, end, step = Fraction(1), Fraction(0), Fraction(1)
    if not (start < end and 0 < step <= end - start) or end > 10**9:
        reason = f"The range {draft.value('parameters')!r} has no steps."
        draft.entry.refuse(reason, "Write parameters such as start=1 end=10 step=1.")
        return None
    return start, end, step


def _choose(draft: Draft, steps: list[str]) -> None:
    draft.kind = "single"
    draft.steps = steps
    codes = {step: (step,) for step in steps}
    draft.item = Item(draft.leaf.name, draft.name, codes)
    draft.entry.change(f"It is a question with the {len(steps)} answers of the range.")


def _type(draft: Draft, start: Fraction, end: Fraction, step: Fraction) -> None:
    draft.kind = "number"
    written = [_written(value) for value in (start, end, step)]
    places = max(len(text.partition(".")[2]) for text in written)
    draft.values["decimals"] = min(places, MOST_DECIMALS)
    draft.values["least"], draft.values["most"], one = written
    draft.item = Item(draft.leaf.name, draft.name)
    draft.entry.change("It is a number to type, within the limits of the range.")
    if one != "1" and not draft.value("constraint"):
        draft.entry.change(f"Numbers between its steps of {one} are taken too.")
    _check_limits(draft)


def _written(value: Fraction) -> str:
    text = f"{float(value):.4f}".rstrip("0").rstrip(".")
    return text or "0"


def date(draft: Draft) -> None:
    """A day, a month or a year."""
    draft.kind = "date"
    precision = "day"
    if "month-year" in draft.leaf.appearance:
        precision = "month"
    elif "year" in draft.leaf.appearance:
        precision = "year"
    draft.values["precision"] = precision
    calendar = sorted(draft.leaf.appearance & _CALENDARS)
    if calendar:
        draft.entry.change(f"It is asked in the Gregorian calendar, not {calendar[0]}.")
    if draft.leaf.type.base == "datetime":
        draft.entry.change("The day is asked, not the time of day.")
    for column in ("least", "most"):
        if draft.value(column):
            draft.values[column] = draft.value(column)
    draft.item = Item(draft.leaf.name, draft.name)


def limits_of(draft: Draft) -> str:
    """What the writer puts in front of a constraint for other programs."""
    if not {"least", "most"} <= KINDS[draft.kind].attributes:
        return ""
    return limits.said(draft.values.get("least", ""), draft.values.get("most", ""))
