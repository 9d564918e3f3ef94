"""The same sheets typed by two people: where they differ. Stores nothing.

Knows not who is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from survey.paper.columns import LANGUAGE, TypedColumn
from survey.paper.stack import Sheet, Stack

_BESIDE_WORDS = re.compile(r"[\W_]+")


class Difference(NamedTuple):
    """One cell that two people read differently, or a sheet only one has.

    ``row`` and ``other_row`` are 0 where the sheet is missing.
    """

    number: str
    row: int
    other_row: int
    column: str
    one: str
    other: str


def differences(
    first: Stack, second: Stack, columns: Sequence[TypedColumn]
) -> Iterator[Difference]:
    """Sheet by sheet: by the numbers on them, else by their order in the files."""
    for one, other in _pairs(first, second):
        if one is None or other is None:
            there = one or other
            rows = (one.row if one else 0, other.row if other else 0)
            yield Difference(there.number if there else "", *rows, "", "", "")
            continue
        if one.language != other.language:
            yield _difference(one, other, LANGUAGE, one.language, other.language)
        for column in columns:
            said = [sheet.posted.get(column.name, ()) for sheet in (one, other)]
            if _meant(column, said[0]) != _meant(column, said[1]):
                texts = (" ".join(values) for values in said)
                yield _difference(one, other, column.name, *texts)


def _pairs(first: Stack, second: Stack) -> Iterator[tuple[Sheet | None, Sheet | None]]:
    if first.is_numbered and second.is_numbered:
        others = {sheet.number: sheet for sheet in second.sheets}
        for sheet in first.sheets:
            yield sheet, others.pop(sheet.number, None)
        for sheet in others.values():
            yield None, sheet
        return
    longest = max(len(first.sheets), len(second.sheets))
    for at in range(longest):
        yield _at(first, at), _at(second, at)


def _at(stack: Stack, at: int) -> Sheet | None:
    return stack.sheets[at] if at < len(stack.sheets) else None


def _meant(column: TypedColumn, values: tuple[str, ...]) -> object:
    """What counts: codes in any order; of own words the letters and digits."""
    if column.is_own_words:
        return _BESIDE_WORDS.sub("", "".join(values).casefold())
    return sorted(set(values))


def _difference(
    one: Sheet, other: Sheet, column: str, text: str, other_text: str
) -> Difference:
    number = one.number or other.number
    return Difference(number, one.row, other.row, column, text, other_text)
