"""Which columns of a foreign table belong to an item. Knows no answer.

LimeSurvey writes ``Q1[SQ001]``, with or without the question behind it; Kobo and ODK
write ``q1`` with a list, and ``q1/yes`` or ``q1.yes`` beside it; we write ``q1__yes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.intake.plan import Line

PART = re.compile(r"\[(?P<code>[^\]]*)\]|[/.](?P<part>[^/\s.]+)\s*$|__(?P<own>\w+)\s*$")
OTHER = ("other", "othertext", "comment", "oth")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one item.

    ``whole`` holds one answer or a list; ``parts`` map the foreign code of an option
    or of a place to a column; ``words`` are own words beside it, which are not taken.
    """

    whole: str
    parts: Mapping[str, str]
    words: tuple[str, ...]

    @property
    def is_there(self) -> bool:
        """Whether the table has anything for the item."""
        return bool(self.whole or self.parts)


def columns_of(line: Line, names: Sequence[str]) -> Columns:
    """Find the columns of an item."""
    wanted = line.column.lower()
    whole = next((name for name in names if name.lower() == wanted), "")
    whole = whole or next(
        (name for name in names if _alone(name).lower() == wanted), ""
    )
    parts, words = {}, []
    for name, code in _parts(wanted, names):
        if code.lower() in OTHER and not _is_option(line, code):
            words.append(name)
        elif name != whole:
            parts[code] = name
    words += [name for name in names if name.lower() == f"{wanted}_other"]
    return Columns(whole, parts if line.is_spread else {}, tuple(words))


def _is_option(line: Line, code: str) -> bool:
    """Whether "other" is a box to tick and not the words beside it."""
    return code in line.options


def _alone(name: str) -> str:
    """A name without the question some programs write behind it."""
    found = re.match(r"\s*(\S+?)[.:]\s", name)
    return found[1] if found else name


def _parts(wanted: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        if not name.lower().startswith(wanted):
            continue
        rest = name[len(wanted) :]
        found = PART.match(rest)
        if found is not None:
            yield name, found["code"] or found["part"] or found["own"] or ""
