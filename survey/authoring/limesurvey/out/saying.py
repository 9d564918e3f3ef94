"""Expressions of ours → equations of LimeSurvey that mean the same.

What it cannot say raises ``Unsayable``; an answer left empty is neither equal,
less nor greater there, too. Knows names and codes, no row of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from survey.questionnaire import syntax
from survey.questionnaire.kinds.choosing import OTHER
from survey.questionnaire.tree import Node

_NO_CODES: Mapping[str, str] = MappingProxyType({})
_SUMS = {"+": "+", "-": "-", "*": "*", "div": "/"}


class Unsayable(ValueError):
    """Something LimeSurvey's equations have no words for."""


@dataclass(frozen=True, slots=True)
class Name:
    """How LimeSurvey calls one of our items; ``codes`` are ours → its codes.

    ``choices`` are the names of single choices, by our code, where several can
    be chosen; ``places`` how many there are in an order; ``refusals`` its codes
    of answers that are none here, such as don't know.
    """

    code: str = ""
    codes: Mapping[str, str] = field(default_factory=lambda: _NO_CODES)
    choices: Mapping[str, str] = field(default_factory=lambda: _NO_CODES)
    places: int = 0
    refusals: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """The name in an equation."""
        if not self.code or self.choices or self.places:
            raise Unsayable("a whole answer with several parts")
        return f"{self.code}.NAOK"

    @property
    def as_it_is(self) -> str:
        """The name where its value is taken, not only compared with a code."""
        if self.refusals or any(ours != theirs for ours, theirs in self.codes.items()):
            raise Unsayable("a code that is called otherwise there")
        return self.written


def quoted(text: str) -> str:
    """A text in an equation."""
    if '"' in text and "'" in text or "\\" in text:
        raise Unsayable("a text with such quotes")
    return f"'{text}'" if '"' in text else f'"{text}"'


class Sayer:
    """Says expressions; ``current`` is the item whose answer is being given."""

    def __init__(self, names: Mapping[str, Name], current: str = "") -> None:
        self.names = names
        self.current = current

    def condition(self, source: str, properties: Mapping[str, str] = _NO_CODES) -> str:
        """A condition, its bare words filled in; raises ``Unsayable``."""
        root = syntax.read(source).root
        if root is None:
            raise Unsayable("an expression that cannot be read")
        return self.truth(_filled(root, properties))

    def value(self, source: str) -> str:
        """An expression that gives a value; raises ``Unsayable``."""
        root = syntax.read(source).root
        if root is None:
            raise Unsayable("an expression that cannot be read")
        return self.result(root)

    def emptiness(self, item: str) -> str:
        """Whether an item has no answer."""
        name = self._named(item)
        if name.choices:
            return f"count({', '.join(name.choices.values())}) == 0"
        written = f"{name.code}_1.NAOK" if name.places else name.written
        empty = [f"is_empty({written})"]
        empty += [f"{written} == {quoted(code)}" for code in name.refusals]
        return empty[0] if len(empty) == 1 else f"({' or '.join(empty)})"

    def _named(self, item: str) -> Name:
        if item not in self.names:
            raise Unsayable(f"the answer to {item}")
        return self.names[item]

    def name(self, node: Node) -> Name | None:
        """What a part names; none when it is no name."""
        if node.form == "reference":
            return self._named(node.value)
        if node.form == "current":
            return self._named(self.current)
        return None

    def truth(self, node: Node) -> str:
        """A part read as true or false."""
        if node.form in ("either", "both"):
            word = " or " if node.form == "either" else " and "
            return f"({word.join(self.truth(part) for part in node.parts)})"
        if node.form == "chain" and node.operators[0] not in (*_SUMS, "mod"):
            return self.compared(node)
        if node.form == "call" and node.value in _TRUTHS:
            return _TRUTHS[node.value](self, node)
        name = self.name(node)
        if name is not None:
            item = node.value or self.current
            return f"!({self.emptiness(item)})"
        if node.form == "text":
            return "1" if node.value else "0"
        return f"({self.number(node)} != 0)"

    def compared(self, node: Node) -> str:
        """Two sides and a sign."""
        if len(node.parts) != 2:
            raise Unsayable("a comparison of a comparison")
        (left, right), sign = node.parts, node.operators[0]
        for one, other in ((left, right), (right, left)):
            name = self.name(one)
            if name is None or other.form != "text" or sign not in ("=", "!="):
                continue
            if not other.value:
                empty = self.emptiness(one.value or self.current)
                return empty if sign == "=" else f"!({empty})"
            return f"{name.written} {_sign(sign)} {quoted(_code(name, other.value))}"
        if sign in ("=", "!=") and not _is_number(left) and not _is_number(right):
            first, second = self.result(left), self.result(right)
            return f"{first} {_sign(sign)} {second}"
        first, second = self.number(left), self.number(right)
        return self._answered(node, f"{first} {_sign(sign)} {second}", sign)

    def _answered(self, node: Node, comparison: str, sign: str) -> str:
        """A reckoning with an answer left empty is no number."""
        names = dict.fromkeys(
            self._named(part.value or self.current).written
            for side in node.parts
            if side.form not in ("reference", "current")
            for part in _reckoned(side)
        )
        if not names:
            return comparison
        if sign == "!=":
            empty = " or ".join(f"is_empty({name})" for name in names)
            return f"({empty} or {comparison})"
        given = " and ".join(f"!is_empty({name})" for name in names)
        return f"({given} and {comparison})"

    def result(self, node: Node) -> str:
        """A part read as a value."""
        if node.form == "text":
            return quoted(node.value)
        name = self.name(node)
        if name is not None:
            return name.as_it_is
        if node.form == "call" and node.value in _VALUES:
            return _VALUES[node.value](self, node)
        if _is_number(node):
            return self.number(node)
        return f"if({self.truth(node)}, 'true', 'false')"

    def number(self, node: Node) -> str:
        """A part read as a number."""
        if node.form == "number":
            return node.value
        if node.form == "negative":
            return f"-({self.number(node.parts[0])})"
        if node.form == "chain" and node.operators[0] in _SUMS:
            said = self.number(node.parts[0])
            for operator, part in zip(node.operators, node.parts[1:], strict=True):
                if operator not in _SUMS:
                    raise Unsayable("mod")
                said += f" {_SUMS[operator]} {self.number(part)}"
            return f"({said})"
        name = self.name(node)
        if name is not None:
            return name.as_it_is
        if node.form == "call":
            if node.value not in _VALUES:
                raise Unsayable(f"{node.value}()")
            return _VALUES[node.value](self, node)
        if node.form == "text":
            return quoted(node.value)
        raise Unsayable("a reckoning with true and false")


def _filled(node: Node, properties: Mapping[str, str]) -> Node:
    """The tree with bare words as what they say of one option."""
    if node.form == "word":
        return Node("text", node.at, properties.get(node.value, ""))
    parts = tuple(_filled(part, properties) for part in node.parts)
    return replace(node, parts=parts)


def _sign(sign: str) -> str:
    return "==" if sign == "=" else sign


def _code(name: Name, code: str) -> str:
    if name.codes and code not in name.codes:
        raise Unsayable(f"the answer {code!r}")
    return name.codes.get(code, code)


def _is_number(node: Node) -> bool:
    is_call = node.form == "call" and node.value in _NUMBERS
    return node.form in ("number", "negative") or is_call or _is_sum(node)


def _is_sum(node: Node) -> bool:
    return node.form == "chain" and node.operators[0] in (*_SUMS, "mod")


def _reckoned(node: Node) -> list[Node]:
    """The names a reckoning cannot do without."""
    if node.form in ("reference", "current"):
        return [node]
    if node.form == "call" and node.value not in ("number", "int", "round"):
        return []
    return [found for part in node.parts for found in _reckoned(part)]


def _selected(sayer: Sayer, node: Node) -> str:
    name, code = sayer.name(node.parts[0]), node.parts[1]
    if name is None or code.form != "text":
        raise Unsayable("a choice that is looked up")
    if not name.choices:
        return f"{name.written} == {quoted(_code(name, code.value))}"
    if code.value not in name.choices:
        raise Unsayable(f"the choice {code.value!r}")
    if code.value == OTHER:
        return f"!is_empty({name.choices[OTHER]})"
    return f'{name.choices[code.value]} == "Y"'


def _not(sayer: Sayer, node: Node) -> str:
    return f"!({sayer.truth(node.parts[0])})"


def _regex(sayer: Sayer, node: Node) -> str:
    pattern = node.parts[1].value.replace("/", "\\/")
    if '"' in pattern:
        raise Unsayable("a pattern with quotes")
    return f'regexMatch("/^(?:{pattern})$/u", {sayer.result(node.parts[0])})'


def _count_selected(sayer: Sayer, node: Node) -> str:
    name = sayer.name(node.parts[0])
    names = [*name.choices.values()] if name is not None else []
    if name is not None and name.places and not name.refusals:
        names = [f"{name.code}_{place}.NAOK" for place in range(1, name.places + 1)]
    if not names:
        raise Unsayable("how many were chosen there")
    return f"count({', '.join(names)})"


def _selected_at(sayer: Sayer, node: Node) -> str:
    name, place = sayer.name(node.parts[0]), node.parts[1]
    if name is None or name.refusals or not place.value.isdigit():
        raise Unsayable("one of several choices by its place")
    number = int(place.value) + 1
    if number > name.places or any(a != b for a, b in name.codes.items()):
        raise Unsayable("one of several choices by its place")
    return f"{name.code}_{number}.NAOK"


def _if(sayer: Sayer, node: Node) -> str:
    test, *results = node.parts
    said = ", ".join(sayer.result(part) for part in results)
    return f"if({sayer.truth(test)}, {said})"


def _coalesce(sayer: Sayer, node: Node) -> str:
    first, *rest = node.parts
    said = sayer.result(first)
    if not rest:
        return said
    others = rest[0]
    if len(rest) > 1:
        others = Node("call", node.at, "coalesce", tuple(rest))
    return f"if(is_empty({said}), {sayer.result(others)}, {said})"


def _count(sayer: Sayer, node: Node) -> str:
    """What is no answer here would count there."""
    said = []
    for part in node.parts:
        name = sayer.name(part)
        is_plain = name is not None and not name.refusals
        said.append(name.written if name and is_plain else sayer.result(part))
    return f"count({', '.join(said)})"


def _called(word: str) -> Callable[[Sayer, Node], str]:
    def say(sayer: Sayer, node: Node) -> str:
        return f"{word}({', '.join(sayer.result(part) for part in node.parts)})"

    return say


def _reckoning(word: str) -> Callable[[Sayer, Node], str]:
    def say(sayer: Sayer, node: Node) -> str:
        return f"{word}({', '.join(sayer.number(part) for part in node.parts)})"

    return say


_TRUTHS: Mapping[str, Callable[[Sayer, Node], str]] = MappingProxyType(
    {
        "selected": _selected,
        "not": _not,
        "regex": _regex,
        "true": lambda sayer, node: "1",
        "false": lambda sayer, node: "0",
    }
)
_VALUES: Mapping[str, Callable[[Sayer, Node], str]] = MappingProxyType(
    {
        "count-selected": _count_selected,
        "selected-at": _selected_at,
        "if": _if,
        "coalesce": _coalesce,
        "concat": _called("join"),
        "normalize-space": _called("trim"),
        "string-length": _called("strlen"),
        "count": _count,
        "number": _reckoning("floatval"),
        "int": _reckoning("intval"),
        "round": _reckoning("round"),
        "sum": _reckoning("sum"),
        "max": _reckoning("max"),
        "today": lambda sayer, node: 'date("Y-m-d")',
    }
)
_NUMBERS = frozenset(
    {
        "count-selected",
        "string-length",
        "count",
        "number",
        "int",
        "round",
        "sum",
        "max",
    }
)
