"""The grammar of expressions, and the parser that turns a source into a tree.

Loaded with the first expression: a worker that shows no question never needs it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any, cast

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput, UnexpectedToken

from survey.questionnaire.tree import Node, Unreadable

GRAMMAR = r"""
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
        | WORD -> word
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
WORD: /[^\W\d][\w:.-]*/
TEXT: /'[^']*'|"[^"]*"/
%ignore /\s+/
"""


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

    def word(self, token: Token) -> Node:
        return Node("word", token.start_pos or 0, str(token))

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
        GRAMMAR, parser="lalr", transformer=_Builder(), propagate_positions=False
    )


def parse(source: str) -> Node:
    """The tree of a source; raises ``Unreadable``."""
    try:
        return cast(Node, _parser().parse(source))  # what the builder makes
    except UnexpectedInput as error:
        raise _unreadable(error, source) from error


def _unreadable(error: UnexpectedInput, source: str) -> Unreadable:
    if not isinstance(error, UnexpectedToken):
        position = error.pos_in_stream or 0
        return Unreadable(position, source[position : position + 1], None)
    if error.token.type == "$END":
        return Unreadable(len(source.rstrip()), "", None)
    before = (error.token_history or [None])[-1]
    is_word = isinstance(before, Token) and before.type == "WORD"
    return Unreadable(
        error.pos_in_stream or 0,
        str(error.token),
        (str(before), before.start_pos or 0) if is_word else None,
    )
