"""What the rules want to know of a language; knows no single one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language.

    ``both`` joins two things that are rated; ``two_questions`` is found where two
    are asked in one sentence; ``pairs`` are joined words that mean one thing.
    ``denying`` are single words, ``joining`` those that may stand between two of
    them without turning the sense around; ``denied_opposite`` is a double negation
    in itself. ``rating`` begins questions that not everybody can judge.
    ``refusing`` reads as don't know or prefer not to say, ``no`` and ``yes`` as an
    answer, ``agreeing`` as an answer to a statement, ``low`` as the bad or rare
    end of a scale. ``sensitive`` maps what the law protects to its words, which say
    something about a person where one of ``personal`` stands beside them.
    """

    both: str
    two_questions: Pattern
    pairs: frozenset[str]
    between: str
    denying: frozenset[str]
    joining: frozenset[str]
    denied_opposite: Pattern
    rating: Pattern
    refusing: Pattern
    yes: frozenset[str]
    no: frozenset[str]
    agreeing: Pattern
    low: Pattern
    sensitive: Mapping[str, Pattern]
    personal: Pattern


def words(*alternatives: str) -> Pattern:
    """Any of these as whole words."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


def listed(text: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(text.split())
