"""The tree of an expression → its source, in plain signs and straight quotes.

Knows no question; whoever rewrites parts of a tree says how they are spelled.
"""

from __future__ import annotations

from collections.abc import Callable

from survey.questionnaire.tree import Node

_LOOSEST, _BOTH, _EQUAL, _ORDERED, _SUM, _PRODUCT, _SIGN, _TIGHT = range(8)
_BY_OPERATOR = {
    "=": _EQUAL,
    "!=": _EQUAL,
    "<": _ORDERED,
    "<=": _ORDERED,
    ">": _ORDERED,
    ">=": _ORDERED,
    "+": _SUM,
    "-": _SUM,
    "*": _PRODUCT,
    "div": _PRODUCT,
    "mod": _PRODUCT,
}
Spell = Callable[[Node], str | None]


def quoted(text: str) -> str:
    """A text as a literal; one with both quotes is put together from two."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    parts = text.split("'")
    pieces = ', "\'", '.join(f"'{part}'" for part in parts)
    return f"concat({pieces})"


def written(node: Node, spell: Spell) -> str:
    """The source; ``spell`` may give its own for any part, none for the usual one.

    What it gives stands tightly: in brackets, or as a call or a name.
    """
    own = spell(node)
    if own is not None:
        return own
    if node.form in ("either", "both"):
        return _joined(node, spell)
    if node.form == "chain":
        return _chain(node, spell)
    if node.form == "negative":
        return f"-{_part(node.parts[0], _SIGN, spell)}"
    if node.form == "call":
        arguments = ", ".join(written(part, spell) for part in node.parts)
        return f"{node.value}({arguments})"
    return leaf(node)


def leaf(node: Node) -> str:
    """A part that has no parts."""
    if node.form == "text":
        return quoted(node.value)
    if node.form == "reference":
        return f"${{{node.value}}}"
    return {"current": ".", "parent": ".."}.get(node.form, node.value)


def _strength(node: Node) -> int:
    if node.form == "chain":
        return _BY_OPERATOR[node.operators[0]]
    return {"either": _LOOSEST, "both": _BOTH, "negative": _SIGN}.get(node.form, _TIGHT)


def _part(node: Node, around: int, spell: Spell) -> str:
    text = written(node, spell)
    needs_brackets = _strength(node) <= around and spell(node) is None
    return f"({text})" if needs_brackets else text


def _joined(node: Node, spell: Spell) -> str:
    word = " or " if node.form == "either" else " and "
    strength = _strength(node)
    return word.join(_part(part, strength, spell) for part in node.parts)


def _chain(node: Node, spell: Spell) -> str:
    strength = _strength(node)
    texts = [_part(part, strength, spell) for part in node.parts]
    pairs = zip(node.operators, texts[1:], strict=True)
    return texts[0] + "".join(f" {operator} {text}" for operator, text in pairs)
