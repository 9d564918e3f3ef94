"""Reads the source of an expression into a tree; knows no question and no answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput, UnexpectedToken

LONGEST_SOURCE = 4000
DEEPEST_NESTING = 50

_GRAMMAR = r"""
?start: either
?either: both (_OR both)*
?both: equality (_AND equality)*
?equality: relation ((SAME | DIFFERENT) relation)*
?relation: sum ((LESS | LESS_SAME | MORE | MORE_SAME) sum)*
?sum: product ((PLUS | MINUS) product)*
?product: unary ((TIMES | DIV | MOD) unary)*
?unary: primary
      | MINUS unary -> negative
?primary: "(" either ")"
        | TEXT -> text
        | NUMBER -> number
        | REFERENCE -> reference
        | CURRENT -> current
        | call
call: WORD "(" [argument ("," argument)*] ")"
?argument: either
         | PARENT -> parent

_OR: /or(?![\w-])/
_AND: /and(?![\w-])/
SAME: "="
DIFFERENT: "!="
LESS_SAME: "<="
LESS: "<"
MORE_SAME: ">="
MORE: ">"
PLUS: "+"
MINUS: "-"
TIMES: "*"
DIV: /div(?![\w-])/
MOD: /mod(?![\w-])/
REFERENCE: /\$\{[^{}\n]*\}/
NUMBER: /[0-9]+(\.[0-9]*)?|\.[0-9]+/
PARENT: ".."
CURRENT: "."
WORD: /[A-Za-z_][A-Za-z0-9_:.-]*/
TEXT: /'[^']*'|"[^"]*"|[‘’‚‛'][^'‘’‚‛]*[‘’‚‛']|["“”„‟«»][^"“”„‟«»]*["“”„‟«»]/
%ignore /\s+/
"""
_TYPOGRAPHIC = re.compile("[‘’‚‛“”„‟«»]")


@dataclass(frozen=True, slots=True)
class Node:
    """One part of an expression; ``value`` and ``parts`` depend on ``form``.

    ``form``: text, number, reference, current, parent, call, negative, either,
    both, chain. A chain has its operators in ``operators``, one fewer than
    ``parts``; ``at`` is the position in the source, from 0.
    """

    form: str
    at: int
    value: str = ""
    parts: tuple[Node, ...] = ()
    operators: tuple[str, ...] = ()
    depth: int = 1


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


def _above(parts: tuple[Node, ...]) -> int:
    return 1 + max((part.depth for part in parts), default=0)


@v_args(inline=True)
class _Builder(Transformer[Token, Node]):
    """Turns tokens into nodes while they are read, so nothing recurses."""

    def text(self, token: Token) -> Node:
        return Node("text", token.start_pos or 0, str(token)[1:-1])

    def number(self, token: Token) -> Node:
        return Node("number", token.start_pos or 0, str(token))

    def reference(self, token: Token) -> Node:
        return Node("reference", token.start_pos or 0, str(token)[2:-1].strip())

    def current(self, token: Token) -> Node:
        return Node("current", token.start_pos or 0)

    def parent(self, token: Token) -> Node:
        return Node("parent", token.start_pos or 0)

    def negative(self, token: Token, part: Node) -> Node:
        return Node("negative", token.start_pos or 0, "", (part,), (), part.depth + 1)

    def call(self, word: Token, *arguments: Node | None) -> Node:
        parts = tuple(part for part in arguments if part is not None)
        return Node("call", word.start_pos or 0, str(word), parts, (), _above(parts))

    def either(self, *parts: Node) -> Node:
        return Node("either", parts[0].at, "", parts, (), _above(parts))

    def both(self, *parts: Node) -> Node:
        return Node("both", parts[0].at, "", parts, (), _above(parts))

    def _chain(self, *parts: Any) -> Node:
        nodes = tuple(part for part in parts if isinstance(part, Node))
        signs = tuple(str(part) for part in parts if isinstance(part, Token))
        return Node("chain", nodes[0].at, "", nodes, signs, _above(nodes))

    def _comparison(self, *parts: Any) -> Node:
        # a = b = c compares a result, so each operator is a level of its own
        chain = self._chain(*parts)
        return replace(chain, depth=chain.depth + len(chain.operators) - 1)

    equality = relation = _comparison
    sum = product = _chain


@cache
def _parser() -> Lark:
    return Lark(
        _GRAMMAR, parser="lalr", transformer=_Builder(), propagate_positions=False
    )


def read(source: str) -> Tree:
    """The tree of a source, with every fault that reading finds."""
    if len(source) > LONGEST_SOURCE:
        reason = f"The expression has {len(source)} characters."
        remedy = f"At most {LONGEST_SOURCE} are read: make several questions of it."
        return Tree(None, (Fault(LONGEST_SOURCE, reason, remedy),))
    notes = _typographic(source)
    try:
        root: Any = _parser().parse(source)
    except UnexpectedInput as error:
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


def _explained(error: UnexpectedInput, source: str) -> Fault:
    position = getattr(error, "pos_in_stream", None)
    position = len(source.rstrip()) if position is None else int(position)
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return _ended(source)
    if isinstance(error, UnexpectedToken):
        return _unexpected(error, position)
    character = source[position : position + 1]
    return _strange(character, position)


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
        return _bare(word[0], word.start())
    return Fault(position, "The expression ends too early.", "Complete it.")


def _bare(word: str, position: int) -> Fault:
    return Fault(
        position,
        f"The word {word} stands alone.",
        f"Write '{word}' for a code, ${{{word}}} for an answer, "
        f"{word}() for a function.",
    )


def _unexpected(error: UnexpectedToken, position: int) -> Fault:
    before = (error.token_history or [None])[-1]
    if isinstance(before, Token) and before.type == "WORD":
        return _bare(str(before), before.start_pos or 0)
    return _strange(str(error.token), position)


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
