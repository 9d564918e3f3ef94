"""Typed answers as they are told in a language; digits stay 0 to 9 everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from survey.language import Language


def told(text: str, how: str, language: Language) -> str:
    """A stored answer in words: ``how`` is text, number or date."""
    return _WAYS[how](text, language)


def _number(text: str, language: Language) -> str:
    return language.number(Decimal(text))


def _date(text: str, language: Language) -> str:
    """A day, a month or a year, as far as it was asked."""
    if text.count("-") == 0:
        return text
    if text.count("-") == 1:
        return language.month(date.fromisoformat(f"{text}-01"))
    return language.day(date.fromisoformat(text))


_WAYS: Mapping[str, Callable[[str, Language], str]] = {
    "text": lambda text, language: text,
    "number": _number,
    "date": _date,
}
