"""Expressions as nobody should write them, each made from a seed, and their judge."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date

from survey.questionnaire import expression
from survey.questionnaire.excerpts import width
from survey.questionnaire.expression import Expression, ExpressionError
from survey.questionnaire.functions import FUNCTIONS, Scope
from survey.questionnaire.problem import Problem

TODAY = date(2026, 10, 5)
WRITTEN = (
    "${q1} = 'yes'",
    "selected(${q05}, 'f1') and not(selected(${q05}, 'none'))",
    "count-selected(.) <= 3",
    ". >= 18 and . <= 120",
    "(today() - ${born}) div 365.25 >= 18",
    "if(${q1} = '', 'a', if(${age} > 40, 'b', 'c'))",
    "coalesce(${q1}, coalesce(${q2}, 'x'))",
    "regex(., '^[0-9]{5}$') or string-length(.) = 0",
    "regex(${q1}, '([a-z]+\\.)*\\p{L}{2,}')",
    "governorate=${governorate} and district=${district}",
    "round(${a} div 3, 2) * -1 mod 5 != .5",
    "concat(${a}, ' – ', \"it's\", ${b})",
    "sum(${a}, ${b}, 3) < max(1, ${c}) - min(2)",
    "position(..) = 1 or once(today()) = date('2026-01-31')",
    "selected-at(${q05}, 0) = 'f1'",
)
TOKENS = (
    *"()[]{}$.,;:!?=<>|&^%~#@+-*/\\'\"`_ \t\n\r\x00\x0b\x1b\x7f\x85",
    *"‘’‚‛‹›“”„‟«»″＂＇（），＝＜≤≥≠×÷−–—،؛٫٬٪。　٣３３",
    *"\u00a0\u2009\u200b\u200d\u200e\u202e\u2066\u2069\ufeff\u00ad\u0301\ud800",
    *"äßñйשאم漢字😀🏽\U000e0001\U0010ffff",
    "${", "}", "${}", "${a", "$a", "${ a }", "..", "==", "<>", "&&", "||", "=>",
    "&gt;", "&amp;&lt;", "&quot;", "&apos;x&apos;", "&#60;", "&nbsp;", "/data/a",
    " and ", " or ", " AND ", " Or ", " div ", " mod ", " und ", " eq ", "not",
    "1e3", "1e999", "1E-5", "16_24", "2nd", ".5", "5.", "1.2.3", "9" * 400,
    "true", "False", "true()", "regex(., '", "regex(., '(a*)*')", "(){999}",
    "'a' 'b'", "(" * 60, ")" * 60, "-" * 60, "not(" * 30, "= 1 " * 30,
)  # fmt: skip
OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "and", "or", "+", "-", "*", "div", "mod")
LEAVES = ("${q1}", "${q05}", ".", "'yes'", "''", "7", ".5", "side", "'2026-01-31'")
PATTERNS = (
    "[a-z]+",
    "(a|b)*c?",
    "\\d{2,5}",
    "(",
    "[^",
    "(?=x)",
    "a{3",
    "(((a?){9}){9}){9}",
)
ISOLATING = dict.fromkeys(map(ord, "\u200e\u2068\u2069"))
VALUES = ("", "yes", "-3", "7", "1e3", "NaN", "٣", "2026-02-30", "x" * 1000, "9" * 400)


def made(seed: int) -> str:
    """One expression: grown, or written and then twisted."""
    rng = random.Random(seed)
    source = _grown(rng, rng.randint(0, 5)) if rng.random() < 0.4 else _found(rng)
    for _ in range(rng.choice((0, 1, 1, 2, 3, 8))):
        source = _twisted(rng, source)
    return source if rng.random() < 0.99 else source * rng.randint(2, 60)


def _found(rng: random.Random) -> str:
    if rng.random() < 0.1:
        return "".join(rng.choices(TOKENS, k=rng.randint(0, 30)))
    return rng.choice(WRITTEN)


def _grown(rng: random.Random, depth: int) -> str:
    if not depth or rng.random() < 0.2:
        return rng.choice(LEAVES)
    form = rng.randrange(4)
    if form == 0:
        return f"({_grown(rng, depth - 1)})"
    if form == 1:
        return f"-{_grown(rng, depth - 1)}"
    if form == 2:
        return f" {rng.choice(OPERATORS)} ".join(
            _grown(rng, depth - 1) for _ in range(rng.randint(2, 3))
        )
    name = rng.choice(list(FUNCTIONS))
    if name == "regex":
        return f"regex({_grown(rng, depth - 1)}, '{rng.choice(PATTERNS)}')"
    count = rng.randint(FUNCTIONS[name].least, min(FUNCTIONS[name].most, 4))
    return f"{name}({', '.join(_grown(rng, depth - 1) for _ in range(count))})"


def _twisted(rng: random.Random, source: str) -> str:
    at, to = sorted(rng.randint(0, len(source)) for _ in range(2))
    form = rng.randrange(6)
    if form == 0:
        return source[:at] + source[to:]
    if form == 1:
        return source[:to] + source[at:]
    if form == 2:
        return source[:at] + source[at:to].swapcase() + source[to:]
    if form == 3:
        other = rng.choice(WRITTEN)
        return source[:at] + other[rng.randint(0, len(other)) :]
    return source[:at] + rng.choice(TOKENS) + source[at if form == 4 else at + 1 :]


def judged(source: str) -> str:
    """What is wrong with how one expression is taken; empty when nothing is."""
    for filters_options in (False, True):
        try:
            read = expression.compile(source, filters_options=filters_options)
        except ExpressionError as error:
            words = _unsaid(source, error)
        else:
            words = _unsaid_notes(read) or _uncomputed(read, random.Random(len(source)))
        if words:
            return f"{words} in {source!r}"
    return ""


def _unsaid(source: str, error: ExpressionError) -> str:
    errors = [fault for fault in error.faults if not fault.is_warning]
    if not errors or len(error.faults) != len(error.problems):
        return "no fault is named"
    places = [fault.position for fault in error.faults]
    if not all(0 <= place <= len(source) for place in places):
        return f"a fault stands outside: {places}"
    return _unreadable(error.problems)


def _unsaid_notes(read: Expression) -> str:
    if not all(note.is_warning for note in read.warnings):
        return "an error is only noted"
    notes = (expression.as_problem(read.source, note) for note in read.warnings)
    return _unreadable(notes)


def _unreadable(problems: Iterable[Problem]) -> str:
    for problem in problems:
        lines = problem.excerpt.split("\n")
        if len(lines) != 2 or lines[1].strip() != "^":
            return f"no caret: {problem.excerpt!r}"
        if len(lines[1]) > width(lines[0]) + 1:
            return f"the caret stands beyond the line: {problem.excerpt!r}"
        if not (problem.reason.strip() and problem.remedy.strip()):
            return "a fault without reason or remedy"
        words = f"{problem.reason}{problem.remedy}{lines[0]}"
        hidden = [
            c for c in words if not c.isprintable() and c not in "\u200e\u2068\u2069"
        ]
        if hidden:
            return f"a message with {hidden}"
    return ""


def _uncomputed(read: Expression, rng: random.Random) -> str:
    answers = {
        name: rng.choice((*VALUES, ("f1", "none"), ("f1",))) for name in read.names
    }
    current = rng.choice((None, *VALUES))
    value = read.evaluate(answers, today=TODAY, current=current)
    if not isinstance(value, str | float | bool):
        return f"no value but {value!r}"
    truth = read.is_true(answers, today=TODAY, current=current)
    scope = Scope(answers, TODAY, current)
    if all(part.holds(scope) for part in read.conjuncts) is not truth:
        return "the parts decide otherwise than the whole"
    shows = read.lets_through({"side": "yes"}, answers, today=TODAY)
    return "" if isinstance(shows, bool) else f"no truth but {shows!r}"
