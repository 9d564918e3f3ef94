"""What one translated text must fulfil, whatever it says: one function a rule.

Every function takes an entry and gives a list of complaints, empty when all is well.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from tests.translations.entries import Entry

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
UNNAMED = re.compile(r"%[sd]|\{\}")
TAG = re.compile(r"</?\w[^>]*>")
COUNTS = {"%(count)s", "%(count)d", "%(n)s", "%(n)d", "%(num)s", "%(num)d"}
ABBREVIATION = re.compile(r"\b[A-Z]{2,}\b")
BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LONG = 30
SHORTEST, LONGEST = 0.4, 2.0
OWN_SCRIPT = 0.7


def bare(text: str, stand_in: str = "") -> str:
    """The text without tags, and without places or with a stand-in for each."""
    return TAG.sub("", PLACEHOLDER.sub(stand_in, text))


def missing(found: Entry) -> list[str]:
    """Every form is there."""
    if found.target and all(form.strip() for form in found.target):
        return []
    return ["is missing"]


def fuzzy(found: Entry) -> list[str]:
    """Nothing is outdated or guessed."""
    return ["is marked fuzzy"] if found.is_fuzzy else []


def placeholders(found: Entry) -> list[str]:
    """The same named places in every form.

    A form for few (Arabic: none, one, two) may write its numeral as a word.
    """
    wanted = Counter(PLACEHOLDER.findall(found.source[-1]))
    few = min(3, len(found.target) - 1)
    complaints = []
    for number, form in enumerate(found.target):
        there = Counter(PLACEHOLDER.findall(form))
        lacking = set(wanted - there) - (COUNTS if number < few else set())
        if lacking or there - wanted:
            complaints.append(f"places {sorted(there)} instead of {sorted(wanted)}")
    return complaints


def named_places(found: Entry) -> list[str]:
    """Places are named, so that a language may change their order."""
    texts = (*found.source, *found.target)
    return [
        f"nameless place in {text!r}"
        for text in texts
        if UNNAMED.search(PLACEHOLDER.sub("", text).replace("%%", ""))
    ]


def tags(found: Entry) -> list[str]:
    """The same tags in every form."""
    wanted = sorted(TAG.findall(found.source[-1]))
    return [
        f"tags {sorted(TAG.findall(form))} instead of {wanted}"
        for form in found.target
        if sorted(TAG.findall(form)) != wanted
    ]


def composed(found: Entry) -> list[str]:
    """Letters and accents are one character (NFC)."""
    return [
        "is not in normal form C"
        for form in found.target
        if not unicodedata.is_normalized("NFC", form)
    ]


def no_bidi_controls(found: Entry) -> list[str]:
    """Directions come from the page, never from invisible characters."""
    return [
        f"bidi control U+{ord(control):04X}"
        for form in found.target
        for control in BIDI_CONTROLS.findall(form)
    ]


def own_script(found: Entry, script: str) -> list[str]:
    """At least 70 % of the letters are of the language's script (Unicode name).

    Names of file formats and standards (PNG, WCAG) are not counted.
    """
    complaints = []
    for form in found.target:
        letters = [sign for sign in ABBREVIATION.sub("", bare(form)) if sign.isalpha()]
        own = [sign for sign in letters if unicodedata.name(sign).startswith(script)]
        if letters and len(own) < OWN_SCRIPT * len(letters):
            complaints.append(f"{len(own)} of {len(letters)} letters are {script}")
    return complaints


def really_translated(found: Entry, allowed: set[str]) -> list[str]:
    """Not the source over again, unless it is on the list."""
    has_words = any(sign.isalpha() for sign in bare(found.source[0]))
    if found.source[0] in found.target and has_words and found.source[0] not in allowed:
        return ["is identical to the source"]
    return []


def length(found: Entry) -> list[str]:
    """A long text is neither cut short nor padded."""
    source = len(bare(found.source[-1]))
    if source < LONG:
        return []
    return [
        f"{ratio:.2f} times as long as the source"
        for form in found.target
        if form.strip()
        and not SHORTEST <= (ratio := len(bare(form)) / source) <= LONGEST
    ]


def edges(found: Entry) -> list[str]:
    """No stray blanks at the ends, no two blanks in a row."""
    return [
        "has stray blanks"
        for form in found.target
        if form != form.strip() or "  " in form
    ]


def one_thought(found: Entry, most: int = 20) -> list[str]:
    """A question has at most twenty words."""
    if not found.key.endswith(".label"):
        return []
    return [
        f"{len(form.split())} words"
        for form in found.target
        if len(form.split()) > most
    ]
