"""Six words that somebody notes to finish later, spelt and read in any language.

Each word stands for a number; the words of a language are a list of 256. Numbers
themselves are read too, so a language without a list has a way as well. Knows
neither keys nor requests.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from survey.language.registry import CATALOGS

# 48 bits; with what it costs to try one (see kiln) and drafts that live for two
# weeks more would only make people write more.
COUNT = 6
SIZE = 256
# three digits each, none of them beginning with a nought that is left out
FIRST_NUMBER = 100
MOST_LETTERS = 400

_ALIKE = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي"}
    | {"ؤ": "و", "ئ": "ي", "ء": None, "ک": "ك", "ı": "i", "ـ": None}
)
_SEPARATORS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed: the code it spells, or the words that are in no list."""

    code: bytes | None
    unknown: tuple[str, ...] = ()


def draw() -> bytes:
    """A new code; nothing it could be derived from is kept anywhere."""
    return secrets.token_bytes(COUNT)


def spell(code: bytes, catalog: str) -> tuple[str, ...]:
    """The code in the words of a language, or in numbers if it has none."""
    listed = _lists().get(catalog)
    if listed is None:
        return tuple(str(FIRST_NUMBER + number) for number in code)
    return tuple(listed[number] for number in code)


def read(text: str, catalog: str) -> Reading:
    """What somebody has typed from their note; the page's language goes first."""
    typed = [word for word in _SEPARATORS.split(plain(text[:MOST_LETTERS])) if word]
    if not typed:
        return Reading(None)
    first = {catalog: None} if catalog in _lists() else {}
    for name in (*first, *_lists()):
        code = _exactly(typed, _numbers(name))
        if code is not None:
            return Reading(code if len(code) == COUNT else None)
    return _nearly(typed, catalog)


def plain(word: str) -> str:
    """A word without what is left out or confused in handwriting."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    kept = "".join(one for one in letters if not unicodedata.combining(one))
    return kept.translate(_ALIKE)


def _exactly(typed: list[str], numbers: Mapping[str, int]) -> bytes | None:
    found = [_number(word, numbers) for word in typed]
    return None if None in found else bytes(one for one in found if one is not None)


def _nearly(typed: list[str], catalog: str) -> Reading:
    """One wrong letter a word is forgiven where only one word can be meant."""
    listed = _numbers(catalog) if catalog in _lists() else _all_numbers()
    code, unknown = [], []
    for word in typed:
        number = _number(word, listed)
        if number is None:
            meant = {listed[other] for other in listed if is_near(word, other)}
            number = meant.pop() if len(meant) == 1 else None
        if number is None:
            unknown.append(word)
        else:
            code.append(number)
    if unknown or len(code) != COUNT:
        return Reading(None, tuple(unknown))
    return Reading(bytes(code))


def _number(word: str, numbers: Mapping[str, int]) -> int | None:
    if word.isdecimal() and len(word) == len(str(FIRST_NUMBER)):
        number = int(word) - FIRST_NUMBER
        return number if 0 <= number < SIZE else None
    return numbers.get(word)


def is_near(one: str, other: str) -> bool:
    """Whether one letter is wrong, missing or too many, or two changed places."""
    short, long = sorted((one, other), key=len)
    if len(long) == len(short):
        wrong = [i for i in range(len(long)) if long[i] != short[i]]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            return (
                long[wrong[0]] == short[wrong[1]] and long[wrong[1]] == short[wrong[0]]
            )
        return len(wrong) < 2
    if len(long) - len(short) > 1:
        return False
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


@cache
def _lists() -> Mapping[str, tuple[str, ...]]:
    return dict(_read_lists())


def _read_lists() -> Iterator[tuple[str, tuple[str, ...]]]:
    for path in sorted((CATALOGS / "words").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        words = tuple(line for line in lines if line and not line.startswith("#"))
        if len(words) != SIZE:
            raise ValueError(f"{path.name} has {len(words)} words instead of {SIZE}")
        yield path.stem, words


@cache
def _numbers(catalog: str) -> Mapping[str, int]:
    return {plain(word): n for n, word in enumerate(_lists()[catalog])}


@cache
def _all_numbers() -> Mapping[str, int]:
    return {word: n for name in _lists() for word, n in _numbers(name).items()}
