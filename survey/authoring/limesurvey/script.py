"""The grammar of LimeSurvey's equations (ExpressionScript): source → tree.

Knows no question; the parser is made with the first equation that is read.
"""

from __future__ import annotations

import html
from functools import cache
from typing import Any, cast

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput, UnexpectedToken

from survey.questionnaire.fault import Fault
from survey.questionnaire.tree import Node

LONGEST_EQUATION = 4000
DEEPEST_NESTING = 50

GRAMMAR = r"""
?start: either
?either: both (_OR both)*
?both: equality (_AND equality)*
?equality: relation ((SAME | DIFFERENT | ASSIGN) relation)*
?relation: sum ((LESS | LESS_SAME | MORE | MORE_SAME) sum)*
?sum: product ((PLUS | MINUS) product)*
?product: unary ((TIMES | OVER) unary)*
?unary: primary
      | NOT unary -> negation
      | MINUS unary -> negative
      | PLUS unary -> positive
?primary: "(" either ")"
        | TEXT -> text
        | NUMBER -> number
        | NAME -> reference
        | call
call: NAME "(" [either ("," either)*] ")"

_OR.2: /or(?![\w.])/i | "||"
_AND.2: /and(?![\w.])/i | "&&"
SAME.2: "==" | /eq(?![\w.])/i
DIFFERENT.2: "!=" | /ne(?![\w.])/i
LESS_SAME.2: "<=" | /le(?![\w.])/i
LESS.2: "<" | /lt(?![\w.])/i
MORE_SAME.2: ">=" | /ge(?![\w.])/i
MORE.2: ">" | /gt(?![\w.])/i
ASSIGN: "="
NOT: "!"
PLUS: "+"
MINUS: "-"
TIMES: "*"
OVER: "/"
NAME: /(?:INSERTANS:)?[0-9]+X[0-9]+X[0-9]+\w*(?:#[01])?(?:\.\w+)*/i
    | /[A-Za-z_]\w*(?::\w+)?(?:#[01])?(?:\.\w+)*/
NUMBER: /[0-9]+(?:\.[0-9]*)?|\.[0-9]+/
TEXT: /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/s
%ignore /\s+/
"""
_SIGNS = {"eq": "=", "==": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">"}
_SIGNS |= {"ge": ">=", "=": ":="}


class ScriptError(ValueError):
    """An equation that cannot be read or said in our language."""

    def __init__(self, position: int, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.fault = Fault(position, reason, remedy)


@v_args(inline=True)
class _Builder(Transformer[Token, Node]):
    """Turns tokens into nodes while they are read, so nothing recurses."""

    def text(self, token: Token) -> Node:
        inside = str(token)[1:-1].replace('\\"', '"').replace("\\'", "'")
        return Node("text", token.start_pos or 0, inside)

    def number(self, token: Token) -> Node:
        return Node("number", token.start_pos or 0, str(token))

    def reference(self, token: Token) -> Node:
        return Node("reference", token.start_pos or 0, str(token))

    def negation(self, token: Token, part: Node) -> Node:
        return _node("negation", token.start_pos or 0, (part,))

    def negative(self, token: Token, part: Node) -> Node:
        return _node("negative", token.start_pos or 0, (part,))

    def positive(self, token: Token, part: Node) -> Node:
        return part

    def call(self, name: Token, *arguments: Node | None) -> Node:
        parts = tuple(part for part in arguments if part is not None)
        return _node("call", name.start_pos or 0, parts, value=str(name))

    def either(self, *parts: Node) -> Node:
        return _node("either", parts[0].at, parts)

    def both(self, *parts: Node) -> Node:
        return _node("both", parts[0].at, parts)

    def _chain(self, *parts: Any) -> Node:
        """Left to right, two at a time, as they are reckoned."""
        first = parts[0]
        for sign, second in zip(parts[1::2], parts[2::2], strict=True):
            operator = _SIGNS.get(str(sign).lower(), str(sign))
            first = _node("chain", first.at, (first, second), operators=(operator,))
        return cast(Node, first)

    equality = relation = sum = product = _chain


def _node(
    form: str,
    at: int,
    parts: tuple[Node, ...],
    *,
    value: str = "",
    operators: tuple[str, ...] = (),
) -> Node:
    depth = 1 + max((part.depth for part in parts), default=0)
    return Node(form, at, value, parts, operators, depth)


@cache
def _parser() -> Lark:
    return Lark(
        GRAMMAR, parser="lalr", transformer=_Builder(), propagate_positions=False
    )


def plain_source(equation: str) -> str:
    """An equation as it is read: no entities, no braces around it."""
    source = html.unescape(equation) if "&" in equation else equation
    source = source.strip()
    if source.startswith("{") and source.endswith("}"):
        source = source[1:-1].strip()
    return source


def parse(source: str) -> Node:
    """The tree of an equation; raises ``ScriptError``."""
    if len(source) > LONGEST_EQUATION:
        reason = f"The equation has {len(source)} characters."
        remedy = f"At most {LONGEST_EQUATION} are read: use several questions."
        raise ScriptError(LONGEST_EQUATION, reason, remedy)
    try:
        root = cast(Node, _parser().parse(source))  # what the builder makes
    except UnexpectedInput as error:
        raise _unreadable(error, source) from error
    if root.depth > DEEPEST_NESTING:
        reason = f"The equation is nested {root.depth} levels deep."
        remedy = f"At most {DEEPEST_NESTING} are read: make it simpler."
        raise ScriptError(root.at, reason, remedy)
    return root


def _unreadable(error: UnexpectedInput, source: str) -> ScriptError:
    position = error.pos_in_stream or 0
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        reason = "The equation ends too early."
        return ScriptError(len(source.rstrip()), reason, "Look at its brackets.")
    shown = source[position : position + 1]
    if isinstance(error, UnexpectedToken):
        shown = str(error.token)
    reason = f"{shown!r} cannot stand here."
    return ScriptError(position, reason, "Look at the equation in LimeSurvey.")
