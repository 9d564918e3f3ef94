"""What one translated text must fulfil, whatever it says: one function a rule.

Every function takes an entry and gives a list of complaints, empty when all is well.
What holds for the texts of a questionnaire too is the product's own check, applied to
every form of an entry.
"""

from __future__ import annotations

import re
from collections import Counter

from survey.authoring.damage import damage
from survey.questionnaire import translation_checks as product
from survey.questionnaire.translation_checks import PLACEHOLDER, TAG
from tests.translations.entries import Entry

UNNAMED = re.compile(r"%[sd]|\{\}")
COUNTS = {"%(count)s", "%(count)d", "%(n)s", "%(n)d", "%(num)s", "%(num)d"}


def each(found: Entry, check, *values) -> list[str]:
    """Complaints about every form, of a check that looks at one text."""
    return [said for form in found.target for said in check(form, *values)]


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
    return each(found, product.composed)


def no_bidi_controls(found: Entry) -> list[str]:
    """Directions come from the page, never from invisible characters."""
    return each(found, product.no_bidi_controls)


def readable(found: Entry) -> list[str]:
    """No letter was lost in a wrong encoding."""
    return [said for form in found.target if (said := damage(form))]


def own_script(found: Entry, script: str) -> list[str]:
    """Most letters are of the language's script."""
    return each(found, product.own_script, script)


def really_translated(found: Entry, allowed: frozenset[str]) -> list[str]:
    """Not the source over again, unless it is on the list."""
    source = found.source[0]
    return [
        said
        for form in found.target
        for said in product.really_translated(source, form, allowed)
    ]


def length(found: Entry) -> list[str]:
    """A long text is neither cut short nor padded."""
    source = found.source[-1]
    return [said for form in found.target for said in product.length(source, form)]


def edges(found: Entry) -> list[str]:
    """No stray blanks at the ends, no two blanks in a row."""
    return each(found, product.edges)


def one_thought(found: Entry, most: int = 20) -> list[str]:
    """A question has at most twenty words."""
    if not found.key.endswith(".label"):
        return []
    return [
        f"{len(form.split())} words"
        for form in found.target
        if len(form.split()) > most
    ]
