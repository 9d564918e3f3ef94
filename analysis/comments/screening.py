"""Marks what could name somebody in a comment. Knows no other answer of its author.

Marks places for a person to look at; it decides nothing and changes no text. What it
finds is not all there is: a nickname or "the baker in Mill Lane" passes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

EMAIL, TELEPHONE, IBAN, STREET, NAME = "email", "telephone", "iban", "street", "name"
KINDS = (EMAIL, TELEPHONE, IBAN, STREET, NAME)

# Longer comments are looked at in the first part only, and marked as such: no pattern
# may take longer than a reader would.
LONGEST = 20_000
TOO_LONG = "too_long"

_MAIL = re.compile(
    r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]|\sat\s)\s?[\w-]{1,63}"
    r"(?:\s?(?:\.|\(dot\)|\(punkt\))\s?[\w-]{1,63}){1,4}",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}\b")
_SHORTEST_IBAN = 15
# Digits with what people put between them; shorter runs are years and prices.
_DIGITS = re.compile(r"(?<![\w.,])(?:\+|00)?\d(?:[ ()/.–-]{0,2}\d){6,14}(?![\w])")
_DAY = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}|\d{4}-\d{2}-\d{2}")
_NUMBER = r"\s{1,2}(?:Nr\.?\s?)?\d{1,4}\s?[a-z]?\b"
# Streets as German, Turkish, Polish, Romanian, Russian and English write them.
_STREET = re.compile(
    r"\b(?:[\w’'-]{0,40}(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|"
    r"steig|chaussee)|(?:Am|An der|Auf der|Im|In der|Zum|Zur)\s[\w-]{3,40}|"
    r"[\w-]{2,40}\s(?:street|road|lane|avenue|caddesi|sokak|sokağı)|"
    r"(?:ul\.|ulica|ulitsa|strada|str\.|улица|ул\.|вулиця|вул\.)\s?[\w-]{2,40},?)"
    + _NUMBER,
    re.IGNORECASE,
)
_TITLES = (
    r"Herrn?|Frau|Hr\.|Fr\.|Dr\.|Prof\.|Doktor|Professor(?:in)?|Familie|Fam\.|"
    r"Bürgermeister(?:in)?|Pfarrer(?:in)?|Mr\.?|Mrs\.?|Ms\.?|Miss|Sir|Bay|Bayan|"
    r"Pan(?:i|em|ią)?|Domnul|Doamna|Господин|Госпожа|Пан|Пані|السيد|السيدة|الدكتور|"
    r"الأستاذ|آقای|خانم"
)
# The name itself begins with a capital, in scripts that have them.
_NAME = re.compile(rf"(?<!\w)(?:{_TITLES})\s+(?:(?:{_TITLES})\s+)*(\w[\w’'-]{{1,40}})")
_NO_NAMES = frozenset(
    ("und", "oder", "der", "die", "das", "ist", "hat", "mit", "im", "in", "and", "or")
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One place in a comment: what it may be, and where it stands."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Screening:
    """All marks of some comments: one row each, and how many of every kind."""

    marks: pd.DataFrame
    counts: dict[str, int]
    marked: int
    looked_at: int

    def lines(self) -> list[str]:
        """What a person reads of it; no text of a comment."""
        said = f"{self.marked} of {self.looked_at} comments hold something to look at."
        found = [f"{kind}: {n}" for kind, n in self.counts.items() if n]
        return [said, *found]


def screen(text: str, *, region: str = "DE") -> tuple[Mark, ...]:
    """Find what could name somebody.

    Parameters
    ----------
    text : str
        A comment.
    region : str
        Country whose telephone numbers are written without its code.

    Returns
    -------
    tuple of Mark
        In the order of the text. Places overlap only where two kinds are possible.

    Examples
    --------
    >>> [mark.kind for mark in screen("Frau Meier, Mühlweg 3, a.b@example.org")]
    ['name', 'street', 'email']
    """
    seen = text[:LONGEST]
    found = [
        *_matches(EMAIL, _MAIL, seen),
        *_ibans(seen),
        *_matches(STREET, _STREET, seen),
        *_names(seen),
    ]
    taken = [(mark.start, mark.end) for mark in found]
    found += [
        mark
        for mark in _telephones(seen, region)
        if not any(mark.start < end and start < mark.end for start, end in taken)
    ]
    if len(text) > LONGEST:
        found.append(Mark(TOO_LONG, LONGEST, len(text)))
    return tuple(sorted(found, key=lambda mark: (mark.start, mark.end, mark.kind)))


def report(comments: pd.DataFrame, *, region: str = "DE") -> Screening:
    """Screen the column ``text`` of a table of comments.

    Returns
    -------
    Screening
        ``marks`` has the columns ``comment`` (place in the table), ``kind``,
        ``start``, ``end``; it repeats no text.
    """
    rows = [
        (place, mark.kind, mark.start, mark.end)
        for place, text in enumerate(comments["text"].astype("str"))
        for mark in screen(text, region=region)
    ]
    marks = pd.DataFrame(rows, columns=["comment", "kind", "start", "end"])
    counted = Counter(kind for _, kind, _, _ in rows)
    return Screening(
        marks=marks,
        counts={kind: counted[kind] for kind in (*KINDS, TOO_LONG)},
        marked=len({place for place, *_ in rows}),
        looked_at=len(comments),
    )


def hidden(text: str, marks: Sequence[Mark], said: Callable[[str], str]) -> str:
    """Put a word in the place of everything that is marked.

    Examples
    --------
    >>> text = "Call 0341 123456."
    >>> hidden(text, screen(text), lambda kind: f"[{kind}]")
    'Call [telephone].'
    """
    parts, place = [], 0
    for mark in marks:
        if mark.start >= place:
            parts += [text[place : mark.start], said(mark.kind)]
        place = max(place, mark.end)
    return "".join([*parts, text[place:]])


def _matches(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[Mark]:
    return (Mark(kind, found.start(), found.end()) for found in pattern.finditer(text))


def _ibans(text: str) -> Iterator[Mark]:
    for found in _IBAN.finditer(text):
        # The next word may look like a part of it.
        ends = range(len(found[0]), _SHORTEST_IBAN - 1, -1)
        end = next((end for end in ends if _is_iban(found[0][:end])), 0)
        if end:
            yield Mark(IBAN, found.start(), found.start() + end)


def _is_iban(text: str) -> bool:
    """Whether the check digits are right (ISO 13616: the rest by 97 is 1)."""
    plain = re.sub(r"[ -]", "", text).upper()
    if text[-1] in " -" or len(plain) < _SHORTEST_IBAN:
        return False
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _names(text: str) -> Iterator[Mark]:
    for found in _NAME.finditer(text):
        name = found[1]
        # Scripts without capitals have letters of the kind "other".
        is_capital = name[0].isupper() or unicodedata.category(name[0]) == "Lo"
        if is_capital and name.lower() not in _NO_NAMES:
            yield Mark(NAME, found.start(), found.end())


def _telephones(text: str, region: str) -> Iterable[Mark]:
    """Numbers that could be called, and runs of digits that look like one."""
    from phonenumbers import PhoneNumberMatcher

    found = {
        (match.start, match.end): Mark(TELEPHONE, match.start, match.end)
        for match in PhoneNumberMatcher(_latin(text), region)
    }
    for match in _DIGITS.finditer(_latin(text)):
        own = match.span()
        is_new = not any(own[0] < end and start < own[1] for start, end in found)
        if is_new and not _DAY.fullmatch(match[0].strip()):
            found[own] = Mark(TELEPHONE, *own)
    return found.values()


def _latin(text: str) -> str:
    """The same text with the digits of every script as Latin ones, place by place."""
    return "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() and sign > "\x7f" else sign
        for sign in text
    )
