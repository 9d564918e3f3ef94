"""Approved terms: where a source text uses one, and what stands for it.

Knows neither files nor languages; the terms are handed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from survey.questionnaire.translation_checks import bare


@dataclass(frozen=True, slots=True)
class Term:
    """An approved term: its variants in the source language and in another."""

    source: tuple[str, ...]
    target: tuple[str, ...]

    def __str__(self) -> str:
        """As a translator reads it."""
        return f"{self.source[0]} = {self.target[0]}"


@dataclass(frozen=True)
class Glossary:
    """All terms of one pair of languages."""

    terms: tuple[Term, ...] = ()

    @cached_property
    def _longest_first(self) -> list[tuple[Term, re.Pattern[str], re.Pattern[str]]]:
        """Each term, where it occurs as a word, and all that begins with it."""
        return [
            (
                term,
                re.compile(rf"(?i)(?<!\w)(?:{_any(term.source)})(?:s|es|en)?(?!\w)"),
                re.compile(rf"(?i)(?<!\w)(?:{_any(term.source)})\w*"),
            )
            for term in sorted(self.terms, key=lambda term: -len(term.source[0]))
        ]

    @cached_property
    def _some_term(self) -> re.Pattern[str]:
        every = [word for term in self.terms for word in term.source]
        return re.compile(rf"(?i)(?<!\w)(?:{_any(every)})")

    def used_in(self, source: str) -> Iterator[Term]:
        """The terms a source text uses, the longest first."""
        text = bare(source)
        if not self.terms or not self._some_term.search(text):
            return
        for term, occurs, begins in self._longest_first:
            if occurs.search(text):
                # a longer term is not also held against the shorter one in it
                text = begins.sub(" ", text)
                yield term

    def missed(self, source: str, target: str) -> list[str]:
        """Where the source uses an approved term, so does the translation.

        In the translation a term may be inflected or part of a longer word.
        """
        folded = target.casefold()
        return [
            f"{term.source[0]!r} is {term.target[0]!r}"
            for term in self.used_in(source)
            if folded.strip() and not any(v.casefold() in folded for v in term.target)
        ]


def _any(variants: Sequence[str]) -> str:
    return "|".join(re.escape(variant) for variant in variants)
