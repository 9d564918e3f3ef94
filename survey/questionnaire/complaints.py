"""Says in words why a source cannot be read, and what to write instead.

Knows no question and no answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from survey.questionnaire.excerpts import visible
from survey.questionnaire.fault import Fault
from survey.questionnaire.spelling import DOUBLE, REFERENCE, SINGLE, TEXT
from survey.questionnaire.tree import Unreadable

_LONGEST_QUOTE = 40
_OPERATORS = frozenset({"=", "!=", "<", "<=", ">", ">=", "+", "-", "*"})
_OPERATOR_WORDS = frozenset({"and", "or", "div", "mod"})
_FOREIGN_WORDS: Mapping[str, str] = {
    "und": "and",
    "oder": "or",
    "et": "and",
    "ou": "or",
    "eq": "=",
    "is": "=",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
}
_BETWEEN = "Between two values stands an operator such as = or and."
_IN_CALL = "Between two values stands an operator such as = or and, or a comma."
_IN_PLACE: Mapping[str, tuple[str, str]] = {
    "$": ("A $ stands alone.", "Write ${name} for an answer."),
    "{": ("{ cannot stand here.", "Write ${name} for an answer."),
    "}": ("} cannot stand here.", "Write ${name} for an answer."),
    "[": ("Conditions in [ ] are not read.", "Write ${name} for an answer."),
    "]": ("Conditions in [ ] are not read.", "Write ${name} for an answer."),
    "#": ("# cannot stand here.", "Write ${name} for an answer."),
    "@": ("@ cannot stand here.", "Write ${name} for an answer."),
    "?": ("? cannot stand here.", "Write if(condition, a, b)."),
    ":": (": cannot stand here.", "Write if(condition, a, b)."),
}


def explained(error: Unreadable, source: str) -> Fault:
    """The fault behind an error of the parser."""
    if error.word:
        return bare_word(*error.word)
    if not error.text:
        return _ended(source)
    reason, remedy = _strange(error.text, error.position, source)
    return Fault(error.position, reason, remedy)


def bare_word(word: str, position: int) -> Fault:
    """A word that is neither text, answer nor function."""
    remedy = (
        f"Write '{word}' for a code, ${{{word}}} for an answer, "
        f"{word}() for a function."
    )
    if word.lower() in _OPERATOR_WORDS:
        remedy = "Write a value before and after it."
        return Fault(position, f"{word} cannot stand here.", remedy)
    if word.lower() in ("true", "false"):
        remedy = f"Write {word.lower()}(), or '{word}' for a code."
    if word.lower() == "not":
        remedy = "Write not(…) around a condition."
    return Fault(position, f"The word {word} stands alone.", remedy)


def _ended(source: str) -> Fault:
    position = len(source.rstrip())
    if not source.strip():
        return Fault(
            0, "The expression is empty.", "Write a condition or leave it out."
        )
    code = _without_texts(source)
    if code.count("(") > code.count(")"):
        return Fault(position, "A bracket is never closed.", "Add the missing ).")
    word = re.search(r"[^\W\d][\w:.-]*$", source.rstrip())
    if word and word[0] not in _OPERATOR_WORDS:
        return bare_word(word[0], word.start())
    return Fault(position, "The expression ends too early.", "Complete it.")


def _without_texts(source: str) -> str:
    return re.sub(f"{REFERENCE}|{TEXT}", lambda match: " " * len(match[0]), source)


def _strange(text: str, position: int, source: str) -> tuple[str, str]:
    if text in "'\"" or text in SINGLE or text in DOUBLE:
        return "A quote is never closed.", "Add the missing quote."
    if text in _IN_PLACE:
        return _IN_PLACE[text]
    before = _without_texts(source[:position]).rstrip()
    if text in "),":
        return _misplaced(text, before, source[position:])
    if text in _FOREIGN_WORDS:
        return f"{text} is no operator here.", f"Write {_FOREIGN_WORDS[text]}."
    if text in _OPERATORS and before.endswith(("<", ">", "!", "=")):
        remedy = "Write <=, >= or != in one piece, and = once."
        return f"{text} cannot stand here.", remedy
    if text in _OPERATORS or text in _OPERATOR_WORDS:
        return f"{text} cannot stand here.", "Write a value before and after it."
    if text[0] in "'\"" and source[position - 1 : position] == text[0]:
        remedy = "A text that holds ' stands in \"…\", one that holds \" in '…'."
        return "A quote inside a text ends it.", remedy
    shown = text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
    if len(text) == 1 and not visible(text).strip(" ·"):
        shown = f"The character U+{ord(text):04X}"
    is_argument = before.count("(") > before.count(")")
    return f"{shown} cannot stand here.", _IN_CALL if is_argument else _BETWEEN


def _misplaced(text: str, before: str, after: str) -> tuple[str, str]:
    """A bracket or a comma in the wrong place."""
    depth = before.count("(") - before.count(")")
    if text == ")":
        if depth <= 0:
            return ") cannot stand here.", "Leave it out, or open a bracket before it."
        return ") cannot stand here.", "Write a value before it."
    if depth <= 0 and before[-1:].isdigit() and after[1:2].isdigit():
        return ", cannot stand here.", "Write a point in a number, such as 1.5."
    return ", cannot stand here.", "Commas stand between the arguments of a function."
