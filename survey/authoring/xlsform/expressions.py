"""Expressions of an XLSForm → ours: names, codes and properties as we spell them.

What cannot be evaluated is reported with its place, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from survey.authoring.xlsform.choices import ChoiceList
from survey.authoring.xlsform.known import Item, Known
from survey.authoring.xlsform.unparse import quoted, written
from survey.questionnaire import expression, syntax
from survey.questionnaire.expression import ExpressionError, excerpt
from survey.questionnaire.tree import Node

_EQUALITIES = ("=", "!=")
_ORDERS = ("<", "<=", ">", ">=")
NAME = "name"  # the column of choices that every list has


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said about an expression, with the place under a caret."""

    reason: str
    remedy: str = ""
    excerpt: str = ""


@dataclass(slots=True)
class Translated:
    """Our source; ``faults`` when it cannot be evaluated, ``notes`` what changed.

    ``properties`` are those a choice filter looks at, each with the item whose codes
    its values are, if any; ``literals`` those it compares with a text.
    """

    source: str
    faults: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    names: frozenset[str] = frozenset()
    properties: dict[str, Item | None] = field(default_factory=dict)
    literals: set[str] = field(default_factory=set)
    looks_at_current: bool = False


def translate(
    source: str,
    known: Known,
    *,
    current: Item | None = None,
    choices: ChoiceList | None = None,
) -> Translated:
    """The expression in our names and codes.

    ``current`` is the answer that ``.`` stands for; ``choices`` the list whose
    properties bare words stand for.
    """
    found = Translated(source)
    filters = choices is not None
    try:
        read = expression.compile(source, filters_options=filters)
    except ExpressionError as error:
        found.faults = list(_errors(error))
        return found
    root = syntax.read(source).root
    if root is None:
        return found
    rewriter = _Rewriter(source, known, current, choices, found)
    text = written(root, rewriter.spell)
    if rewriter.is_changed or (read.warnings and not known.keeps_spelling):
        found.source = text
        found.notes += [
            Remark(note.reason, note.remedy, excerpt(source, note.position))
            for note in read.warnings
        ]
    if not found.faults:
        _finish(found, filters=filters)
    return found


def _errors(error: ExpressionError) -> Iterator[Remark]:
    for fault in error.faults:
        if not fault.is_warning:
            place = excerpt(error.source, fault.position)
            yield Remark(fault.reason, fault.remedy, place)


def _finish(found: Translated, *, filters: bool) -> None:
    """What the rewritten expression looks at; it must still be readable."""
    try:
        read = expression.compile(found.source, filters_options=filters)
    except ExpressionError as error:
        found.faults = list(_errors(error))
        return
    found.names = read.names
    found.looks_at_current = read.uses_current
    for name in read.properties:
        found.properties.setdefault(name, None)


class _Rewriter:
    """Spells those parts of a tree that are spelled otherwise with us."""

    def __init__(
        self,
        source: str,
        known: Known,
        current: Item | None,
        choices: ChoiceList | None,
        found: Translated,
    ) -> None:
        self.source = source
        self.known = known
        self.current = current
        self.choices = choices
        self.found = found
        self.is_changed = False
        self._seen: set[int] = set()
        self._codes: dict[int, str] = {}

    def spell(self, node: Node) -> str | None:
        """Our spelling of a part; none where it stays as it is."""
        own = self._spelled(node)
        self.is_changed = self.is_changed or own is not None
        return own

    def _spelled(self, node: Node) -> str | None:
        if id(node) in self._codes:
            return self._codes[id(node)]
        if node.form == "reference":
            return self.reference(node)
        if node.form == "word":
            self.word(node)
            return None
        if node.form == "chain" and len(node.parts) == 2:
            return self.comparison(node)
        if node.form == "call" and node.value == "selected" and len(node.parts) == 2:
            return self.selected(node)
        return None

    def reference(self, node: Node) -> str | None:
        """The name as we spell it."""
        if node.value in self.known.meant:
            return self.known.meant[node.value]
        item = self.known.items.get(node.value)
        if item is None:
            self.fault(node, *self.known.why_not(node.value))
            return None
        return None if item.name == node.value else f"${{{item.name}}}"

    def word(self, node: Node) -> None:
        """A bare word of a choice filter is a column of the choices."""
        if self.choices is None or node.value == NAME:
            return
        if node.value not in self.choices.columns:
            reason = f"The list {self.choices.name} has no column {node.value}."
            columns = ", ".join(self.choices.columns) or "no columns of its own"
            self.fault(node, reason, f"It has {columns}.")

    def comparison(self, node: Node) -> str | None:
        """An answer beside one of its codes, or beside a property."""
        operator = node.operators[0]
        for subject, other in (node.parts, node.parts[::-1]):
            if subject.form == "word" and literal(other) is not None:
                self.found.literals.add(subject.value)
            item = self.item(subject)
            if item is None or item.codes is None:
                continue
            code = literal(other)
            if other.form == "word" and operator in _EQUALITIES:
                self.found.properties[other.value] = item
            elif code is not None and operator in _ORDERS:
                self.ordered(node, item)
            elif code is not None and operator in _EQUALITIES:
                return self.equality(subject, other, operator, item)
        return None

    def ordered(self, node: Node, item: Item) -> None:
        """Codes can be compared as numbers only while they are the author's."""
        changed = [
            original
            for original, ours in (item.codes or {}).items()
            if ours[:1] != (original,) and _is_number(original)
        ]
        if changed:
            reason = f"The code {changed[0]} of {item.original} is written otherwise."
            self.fault(node, reason, "Compare with = instead.")

    def equality(
        self, subject: Node, other: Node, operator: str, item: Item
    ) -> str | None:
        """An answer that is, or is not, one of its codes."""
        code = literal(other) or ""
        ours = self.codes(item, code, other)
        if ours is None:
            return None
        if not ours:
            self.dead(other, item, code)
            return "false()" if operator == "=" else "true()"
        if len(ours) == 1:
            self.say(other, code, ours[0])
            return None
        left = written(subject, self.spell)
        parts = [f"{left} {operator} {quoted(own)}" for own in ours]
        word = " or " if operator == "=" else " and "
        return f"({word.join(parts)})"

    def selected(self, node: Node) -> str | None:
        """Whether one of the codes was chosen."""
        subject, other = node.parts
        item = self.item(subject)
        if item is None or item.codes is None:
            return None
        if other.form == "word":
            self.found.properties[other.value] = item
            return None
        code = literal(other)
        if code is None:
            return None
        ours = self.codes(item, code, other)
        if ours is None:
            return None
        if not ours:
            self.dead(other, item, code)
            return "false()"
        if len(ours) == 1:
            self.say(other, code, ours[0])
            return None
        left = written(subject, self.spell)
        parts = [f"selected({left}, {quoted(own)})" for own in ours]
        return f"({' or '.join(parts)})"

    def say(self, node: Node, code: str, ours: str) -> None:
        """Let a literal be spelled as our code."""
        if ours != code:
            self._codes[id(node)] = quoted(ours)

    def codes(self, item: Item, code: str, node: Node) -> tuple[str, ...] | None:
        """Our codes for one of the author's; none where it is not looked up."""
        known = item.codes or {}
        stripped = code.strip()
        if stripped in known:
            return known[stripped]
        if not stripped or node.form != "text":
            return None
        words = stripped.split()
        if item.is_several and len(words) > 1 and all(word in known for word in words):
            return (" ".join(known[word][0] for word in words),)
        return ()

    def dead(self, node: Node, item: Item, code: str) -> None:
        """A code that nobody can choose; the author's program compares in vain too."""
        codes = ", ".join(list(item.codes or ())[:12])
        remark = Remark(
            f"{item.original} has no choice {code!r}: this part never holds.",
            f"Its choices are {codes}.",
            excerpt(self.source, node.at),
        )
        if remark not in self.found.notes:
            self.found.notes.append(remark)

    def item(self, node: Node) -> Item | None:
        """The item a part stands for, if it is one."""
        if node.form == "current":
            return self.current
        if node.form == "reference":
            return self.known.items.get(node.value)
        return None

    def fault(self, node: Node, reason: str, remedy: str) -> None:
        """Something that cannot be evaluated, said once."""
        if node.at not in self._seen:
            self._seen.add(node.at)
            place = excerpt(self.source, node.at)
            self.found.faults.append(Remark(reason, remedy, place))


def literal(node: Node) -> str | None:
    """A text or a number as it is written; none for anything else."""
    if node.form in ("text", "number"):
        return node.value
    if node.form == "negative" and node.parts[0].form == "number":
        return f"-{node.parts[0].value}"
    return None


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()
