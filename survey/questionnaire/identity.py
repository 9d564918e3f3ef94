"""Whether two items ask the same: by code, by what they say, by what can be answered.

Knows nothing of packages or of waves; two towns with other slots ask the same.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from survey.questionnaire import document
from survey.questionnaire.edition import Edition
from survey.questionnaire.kinds.base import Item
from survey.questionnaire.model import Question

DIGITS = 16
"""Hexadecimal digits of a hash: 64 bits, to be compared and not to be trusted."""
OWN_WORDS = ("label", "hint", "dont_know", "prefer_not", "other")


@dataclass(frozen=True, slots=True)
class Identity:
    """Hashes of one item: what it says, per language, and what can be answered."""

    wording: Mapping[str, str]
    structure: str


def identities(edition: Edition) -> dict[str, Identity]:
    """Every item of an edition by its name, in the order of the questionnaire."""
    return {
        item.name: Identity(
            {
                language: wording_hash(edition, item, language)
                for language in edition.languages
            },
            structure_hash(item),
        )
        for stop in edition.route.stops.values()
        for item in stop.items
    }


def wording_hash(edition: Edition, item: Item, language: str) -> str:
    """Hash of everything a person reads of this item; empty where it is not asked.

    Words are compared as they are read: in NFC, any white space as one space.
    """
    only_in = item.question.only_in
    if only_in and language not in only_in:
        return ""
    return _hash(
        {
            place: _read(edition.text(key, language))
            for place, key in _places(item)
            if edition.has_text(key, language)
        }
    )


def structure_hash(item: Item) -> str:
    """Hash of what can be answered: kind, scale, options in their order, limits."""
    question = item.question
    return _hash(
        {
            "kind": question.kind,
            "scale": question.scale,
            "reversed": question.is_reversed,
            "options": [[o.code, o.exclusive] for o in question.options],
            "limits": [question.at_most, question.total],
            "unit": [question.decimals, question.precision],
            "beside": _beside(question),
        }
    )


def reworded(old: Edition, new: Edition) -> Iterator[tuple[str, str]]:
    """Items that say something else in a language both editions have."""
    before = identities(old)
    for name, now in identities(new).items():
        for language, wording in now.wording.items():
            if before[name].wording.get(language, wording) != wording:
                yield name, language


def _places(item: Item) -> Iterator[tuple[str, str]]:
    question = item.question
    for part in OWN_WORDS:
        yield part, question.key(part)
    if item.row is not None:
        yield "row", item.row.text
    for option in question.options:
        yield f"option {option.code}", option.text


def _beside(question: Question) -> list[bool]:
    return [question.has_dont_know, question.has_prefer_not, question.has_other]


def _read(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _hash(content: Mapping[str, object]) -> str:
    text = document.canonical(content)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]
