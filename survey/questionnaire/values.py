"""Texts, numbers and truth as XPath 1.0 converts them; knows no questionnaire."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from decimal import Decimal

from survey.questionnaire.model import NO_ANSWER

Value = str | tuple[str, ...]
Result = str | float | bool

NO_NUMBER = "NaN"
_NUMBER = re.compile(r"[ \t\r\n]*(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))[ \t\r\n]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_MONTH = len("2026-10")
_EPOCH = date(1970, 1, 1)
_MOST_DAYS = 700_000  # what calendars reach on either side of the epoch
_NOTHING = frozenset(NO_ANSWER)


def read(value: Value | None) -> str:
    """An answer as expressions see it; every kind of no answer reads as empty."""
    if value is None or value in _NOTHING:
        return ""
    return value if isinstance(value, str) else " ".join(value)


def number_of_text(text: str) -> float:
    """The number a text spells; days since 1970 for a date; otherwise NaN.

    A month counts as its first day.
    """
    match = _NUMBER.fullmatch(text)
    if match:
        return float(match[1])
    if _DAY.fullmatch(text):
        return _days(text)
    return math.nan


def _days(text: str) -> float:
    try:
        day = date.fromisoformat(text if len(text) > _MONTH else f"{text}-01")
        return float((day - _EPOCH).days)
    except ValueError:
        return math.nan


def day_of(value: Result) -> str:
    """The day, written YYYY-MM-DD, that a text or days since 1970 are; else empty."""
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        day = value.strip()[:10]
        value = day if _DAY.fullmatch(day) else ""
    days = number_of(value)
    if not abs(days) < _MOST_DAYS:
        return ""
    return (_EPOCH + timedelta(days=math.floor(days))).isoformat()


def number_of(value: Result) -> float:
    """XPath ``number()``."""
    return number_of_text(value) if isinstance(value, str) else float(value)


def text_of(value: Result) -> str:
    """XPath ``string()``: whole numbers without a point, never an exponent."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if math.isnan(value):
        return NO_NUMBER
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value.is_integer():
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def truth_of(value: Result) -> bool:
    """XPath ``boolean()``: empty, zero and NaN are false."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)
