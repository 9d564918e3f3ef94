"""Reads the source of an expression and says in words what is wrong with it.

Knows no question and no answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from survey.questionnaire.tree import Node, Unreadable

LONGEST_SOURCE = 4000
DEEPEST_NESTING = 50
_TYPOGRAPHIC = re.compile("[‘’‚‛“”„‟«»]")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at one position of an expression."""

    position: int
    reason: str
    remedy: str
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """What was read: the root (none when there are errors) and all faults."""

    root: Node | None
    faults: tuple[Fault, ...]


def read(source: str) -> Tree:
    """The tree of a source, with every fault that reading finds."""
    if len(source) > LONGEST_SOURCE:
        reason = f"The expression has {len(source)} characters."
        remedy = f"At most {LONGEST_SOURCE} are read: make several questions of it."
        return Tree(None, (Fault(LONGEST_SOURCE, reason, remedy),))
    notes = _typographic(source)
    try:
        root = _parsed(source)
    except Unreadable as error:
        return Tree(None, (*notes, _explained(error, source)))
    if root.depth > DEEPEST_NESTING:
        reason = f"The expression is nested {root.depth} levels deep."
        remedy = f"At most {DEEPEST_NESTING} are read: make it simpler."
        return Tree(None, (*notes, Fault(root.at, reason, remedy)))
    return Tree(root, notes)


def _typographic(source: str) -> tuple[Fault, ...]:
    plain = re.sub("'[^'‘’‚‛]*'|\"[^\"“”„‟«»]*\"", lambda m: " " * len(m[0]), source)
    match = _TYPOGRAPHIC.search(plain)
    if match is None:
        return ()
    note = Fault(
        match.start(),
        "There are typographic quotes here.",
        "They are read as straight ones; write ' or \" to be safe.",
        is_warning=True,
    )
    return (note,)


def _parsed(source: str) -> Node:
    from survey.questionnaire import grammar

    return grammar.parse(source)


def _explained(error: Unreadable, source: str) -> Fault:
    if error.word:
        return bare_word(*error.word)
    if not error.text:
        return _ended(source)
    return _strange(error.text, error.position)


def _ended(source: str) -> Fault:
    position = len(source.rstrip())
    if not source.strip():
        return Fault(
            0, "The expression is empty.", "Write a condition or leave it out."
        )
    if source.count("(") > source.count(")"):
        return Fault(position, "A bracket is never closed.", "Add the missing ).")
    word = re.search(r"[A-Za-z_][\w:.-]*$", source.rstrip())
    if word and word[0] not in ("and", "or", "div", "mod"):
        return bare_word(word[0], word.start())
    return Fault(position, "The expression ends too early.", "Complete it.")


def bare_word(word: str, position: int) -> Fault:
    """A word that is neither text, answer nor function."""
    return Fault(
        position,
        f"The word {word} stands alone.",
        f"Write '{word}' for a code, ${{{word}}} for an answer, "
        f"{word}() for a function.",
    )


def _strange(text: str, position: int) -> Fault:
    if text in ("'", '"') or _TYPOGRAPHIC.fullmatch(text):
        return Fault(position, "A quote is never closed.", "Add the missing quote.")
    if text == "$":
        return Fault(position, "A $ stands alone.", "Write ${name} for an answer.")
    return Fault(
        position,
        f"{text} cannot stand here.",
        "Between two values stands one operator such as = or and.",
    )
