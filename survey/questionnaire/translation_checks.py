"""What one translated text must fulfil, whatever it says: one function a check.

Every check takes texts and gives complaints, none when all is well. Knows no
language: what differs between languages comes in as ``LanguageRules``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.questionnaire.language_rules import LanguageRules

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
TAG = re.compile(r"</?\w[^<>]{0,200}>")
BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
CONTROLS = re.compile("[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufffe\uffff]")
ABBREVIATION = re.compile(r"\b[A-Z]{2,}\b")
LONG = 30
SHORTEST, LONGEST = 0.4, 2.0
OWN_SCRIPT = 0.7


def bare(text: str, stand_in: str = "") -> str:
    """The text without tags, and without places or with a stand-in for each."""
    if "<" in text:
        text = TAG.sub("", text)
    if "{" in text or "%" in text:
        text = PLACEHOLDER.sub(stand_in, text)
    return text


def composed(text: str) -> list[str]:
    """Letters and accents are one character (NFC)."""
    if unicodedata.is_normalized("NFC", text):
        return []
    return ["is not in normal form C"]


def no_bidi_controls(text: str) -> list[str]:
    """Directions come from the page, never from invisible characters."""
    return [
        f"bidi control U+{ord(control):04X}" for control in BIDI_CONTROLS.findall(text)
    ]


def no_controls(text: str) -> list[str]:
    """Nothing that is no letter, mark or line break."""
    return [
        f"control character U+{ord(control):04X}"
        for control in dict.fromkeys(CONTROLS.findall(text))
    ]


def own_script(text: str, script: str) -> list[str]:
    """At least 70 % of the letters are of the language's script (Unicode name).

    Names of file formats and standards (PNG, WCAG) are not counted.
    """
    letters = [sign for sign in ABBREVIATION.sub("", bare(text)) if sign.isalpha()]
    own = sum(_is_of(script, sign) for sign in letters)
    if letters and own < OWN_SCRIPT * len(letters):
        return [f"{own} of {len(letters)} letters are {script}"]
    return []


@lru_cache(4096)
def _is_of(script: str, sign: str) -> bool:
    return unicodedata.name(sign, "").startswith(script)


def has_words(text: str) -> bool:
    """Whether there is anything in a text that can be translated."""
    return any(sign.isalpha() for sign in ABBREVIATION.sub("", bare(text)))


def really_translated(source: str, target: str, allowed: Iterable[str]) -> list[str]:
    """Not the source over again, unless it is on the list."""
    if source == target and has_words(source) and source not in allowed:
        return ["is identical to the source"]
    return []


def length(source: str, target: str) -> list[str]:
    """A long text is neither cut short nor padded."""
    wanted = len(bare(source))
    if wanted < LONG or not target.strip():
        return []
    ratio = len(bare(target)) / wanted
    if SHORTEST <= ratio <= LONGEST:
        return []
    return [f"{ratio:.2f} times as long as the source"]


def edges(text: str) -> list[str]:
    """No stray blanks at the ends, no two blanks in a row."""
    return ["has stray blanks"] if text != text.strip() or "  " in text else []


def slots(source: str, target: str) -> list[str]:
    """The translation names the same things as its source."""
    if "{" not in source + target and "%" not in source + target:
        return []
    wanted = sorted(set(PLACEHOLDER.findall(source)))
    there = sorted(set(PLACEHOLDER.findall(target)))
    lost = [f"lost the slot {slot}" for slot in wanted if slot not in there]
    return lost + [
        f"has a slot {slot} of its own" for slot in there if slot not in wanted
    ]


def letters(text: str, rules: LanguageRules) -> list[str]:
    """Letters and marks as the language writes them."""
    found = rules.letters.found_in(bare(text, stand_in="1"))
    return found + rules.glued.found_in(text)


def address(text: str, rules: LanguageRules) -> list[str]:
    """People are addressed politely, and nobody's sex is assumed."""
    return rules.address.found_in(bare(text, stand_in="1"))
