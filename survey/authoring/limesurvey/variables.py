"""What the names in LimeSurvey's equations stand for among our questions.

Knows names and codes; nothing of grammar.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from survey.authoring.limesurvey.script import ScriptError

_SUFFIXES = ("NAOK", "code", "value", "valueNAOK")
_PREFIX = re.compile(r"INSERTANS:", re.IGNORECASE)
_NO_CODES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Variable:
    """One name: an answer, a choice of several, or a place in an order.

    ``item`` is ours; ``code`` the chosen option, ``place`` counts from 1;
    ``codes`` are LimeSurvey's codes → ours. ``question`` is the question of ours
    that the item belongs to; ``hindrance`` says why a name stands for nothing.
    """

    item: str = ""
    question: str = ""
    code: str = ""
    place: int = 0
    codes: Mapping[str, str] = field(default_factory=lambda: _NO_CODES)
    is_number: bool = False
    hindrance: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """A name where it stands; strict when it counts only while it is shown."""

    variable: Variable
    is_strict: bool


class Variables:
    """Every name that may be looked at, as questions are read one by one."""

    def __init__(self, later: Mapping[str, str]) -> None:
        """``later``: names of all questions → how to call them in a message."""
        self._known: dict[str, Variable] = {}
        self._names: dict[str, list[str]] = {}
        self._parts: dict[str, list[Variable]] = {}
        self._namesakes: dict[str, dict[str, Variable]] = {}
        self._later = later

    def add(self, root: str, name: str, variable: Variable, part: str = "") -> None:
        """One name, as part of a question; the first of two equal names stands.

        ``part`` is LimeSurvey's code of the subquestion it stands for.
        """
        self.alias(root, name, variable)
        self._parts.setdefault(root, []).append(variable)
        if part:
            self._namesakes.setdefault(root, {}).setdefault(part, variable)

    def parts_of(self, root: str) -> dict[str, Variable]:
        """Subquestions by code, for filters; raises ``ScriptError``."""
        if root not in self._namesakes:
            if root in self._parts:
                reason = f"{root} has no rows that could be looked at."
                raise ScriptError(0, reason)
            raise ScriptError(0, *self._unknown(root))
        return self._namesakes[root]

    def alias(self, root: str, name: str, variable: Variable) -> None:
        """A further name of something that belongs to a question."""
        self._known.setdefault(name, variable)
        self._names.setdefault(root, []).append(name)

    def refuse(self, root: str, reason: str) -> None:
        """Nothing of a question can be looked at any more."""
        hindrance = Variable(hindrance=reason)
        for name in (root, *self._names.pop(root, ())):
            self._known[name] = hindrance
        self._parts.pop(root, None)
        self._namesakes.pop(root, None)

    def use(self, written: str, position: int) -> Use:
        """What a name stands for; raises ``ScriptError``."""
        name, is_strict = bare(written, position)
        variable = self._known.get(name)
        if variable is None:
            raise ScriptError(position, *self._unknown(name))
        if variable.hindrance:
            raise ScriptError(position, variable.hindrance)
        return Use(variable, is_strict)

    def all_of(self, written: str, position: int) -> list[Variable]:
        """Everything that belongs to a question, for ``that.Q1``."""
        name, _ = bare(written, position)
        root = name.removeprefix("that.")
        root = root.removesuffix(".nocomments")
        found = [part for part in self._parts.get(root, ()) if not part.hindrance]
        if not found:
            raise ScriptError(position, *self._unknown(root))
        return found

    def _unknown(self, name: str) -> tuple[str, str]:
        start = name.partition("_")[0]
        if start in self._parts and start != name:
            reason = f"{start} has no part {name.removeprefix(start + '_')}."
            return reason, "Look at the codes of its subquestions."
        root = self._later.get(name) or self._later.get(start)
        if root:
            reason = f"{root} is asked only later, or was not taken."
            return reason, "Look at an earlier question."
        if name.upper().startswith("TOKEN:"):
            reason = "Nothing is known of a person here, so there are no tokens."
            return reason, "Ask for it."
        return f"There is no question {name}.", "Look at its name in LimeSurvey."


def bare(written: str, position: int) -> tuple[str, bool]:
    """The name without what is said about it, and whether it must be shown."""
    name = _PREFIX.sub("", written)
    start, _, end = name.rpartition(".")
    if not start or start in ("that", "self"):
        return name, True
    if end in _SUFFIXES:
        return start, not end.endswith("NAOK")
    if start.startswith(("that.", "self.")):
        if end in ("nocomments",):
            return name, True
        reason = f".{end} picks parts of a question by a pattern."
        raise ScriptError(position, reason, "Name the parts one by one.")
    reason = f".{end} is about how a question looks, not about its answer."
    raise ScriptError(position, reason, f"Write {start}.NAOK.")
