"""Equations of LimeSurvey → expressions of ours that mean the same.

Texts and numbers are weighed as LimeSurvey weighs them; what cannot be said
without guessing raises ``ScriptError`` at its place. Knows no row of the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from survey.authoring.limesurvey.script import ScriptError, parse, plain_source
from survey.authoring.limesurvey.variables import Use, Variable, Variables
from survey.questionnaire import expression
from survey.questionnaire.expression import ExpressionError
from survey.questionnaire.kinds.choosing import OTHER
from survey.questionnaire.syntax import LONGEST_SOURCE
from survey.questionnaire.tree import Node

EITHER, BOTH, SAME, RELATION, SUM, PRODUCT, WHOLE = range(1, 8)
_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T][0-9:]+)?")
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_SUMS = {"+": ("+", SUM), "-": ("-", SUM), "*": ("*", PRODUCT), "/": ("div", PRODUCT)}
_ORDER = ("<", "<=", ">", ">=")
OTHER_CODE = "-oth-"


class Said(NamedTuple):
    """A piece of our language; ``level`` is how tightly it binds."""

    text: str
    level: int = WHOLE

    def within(self, level: int) -> str:
        """The piece as part of something that binds as tightly as ``level``."""
        return self.text if self.level >= level else f"({self.text})"


def quoted(text: str, position: int) -> str:
    """A text of our language, which has no way to write both quotes."""
    for quote in "'\"":
        if quote not in text:
            return f"{quote}{text}{quote}"
    raise ScriptError(position, "The text holds both kinds of quotes.", "Use one.")


def selected(variable: Variable) -> Said:
    """A choice of several."""
    return Said(f"selected(${{{variable.item}}}, '{variable.code}')")


def negated(said: Said) -> Said:
    """The opposite."""
    return Said(f"not({said.text})")


def joined(word: str, parts: list[Said], level: int) -> Said:
    """Conditions joined by ``and`` or ``or``."""
    if len(parts) == 1:
        return parts[0]
    return Said(f" {word} ".join(part.within(level) for part in parts), level)


class Translator:
    """Translates the equations of one question.

    ``current`` is what ``this`` and ``self`` stand for, ``whole`` the question all
    of whose fields ``self`` lists; ``shown_if`` are our conditions of earlier
    questions by name.
    """

    def __init__(
        self,
        variables: Variables,
        shown_if: Mapping[str, str],
        current: frozenset[str] = frozenset(),
        whole: str = "",
    ) -> None:
        self.variables = variables
        self.shown_if = shown_if
        self.current = current
        self.whole = whole
        self.strict: list[Variable] = []

    def condition(self, equation: str) -> str:
        """A condition; empty for one that always holds. Raises ``ScriptError``."""
        source = plain_source(equation)
        if source in ("", "1"):
            return ""
        self.strict = []
        said = self.truth(parse(source))
        return self._looking_at_answers(self._usable(self._while_shown(said).text))

    def check(self, equation: str) -> str:
        """A condition on the answer itself; raises ``ScriptError``."""
        return self._usable(self.truth(parse(plain_source(equation))).text)

    def value(self, equation: str) -> str:
        """An expression that gives a value; raises ``ScriptError``."""
        said = self.result(parse(plain_source(equation)))
        return self._usable(said.text)

    def limit(self, equation: str) -> str:
        """A value to compare an answer with; raises ``ScriptError``."""
        said = self.result(parse(plain_source(equation)))
        return self._usable(said.within(SUM))

    def _while_shown(self, said: Said) -> Said:
        """What is looked at without NAOK counts only while it is shown."""
        needed = dict.fromkeys(
            self.shown_if[variable.question]
            for variable in self.strict
            if self.shown_if.get(variable.question)
            and holds_without(said.text, variable.item)
        )
        parts = [Said(condition, EITHER) for condition in needed]
        return joined("and", [*parts, said], BOTH) if parts else said

    @staticmethod
    def _looking_at_answers(source: str) -> str:
        """A condition, unless it is one for nobody or for everybody."""
        read = expression.compile(source)
        if read.names:
            return source
        if "today" not in source and read.is_true({}, today=date.min):
            return ""
        reason = "The condition looks at no answer, so nobody would be asked."
        raise ScriptError(0, reason, "Leave the question out, or ask everybody.")

    @staticmethod
    def _usable(source: str) -> str:
        if len(source) > LONGEST_SOURCE:
            reason = f"It has {len(source)} characters when written out here."
            raise ScriptError(0, reason, f"At most {LONGEST_SOURCE} are read.")
        try:
            expression.compile(source)
        except ExpressionError as error:
            raise ScriptError(0, error.faults[-1].reason) from error
        return source

    def use(self, node: Node) -> Variable:
        """What a name stands for; raises ``ScriptError``."""
        use: Use = self.variables.use(node.value, node.at)
        if use.is_strict:
            self.strict.append(use.variable)
        return use.variable

    def is_current(self, node: Node) -> bool:
        """Whether a name means the answer being given."""
        name = node.value.removesuffix(".NAOK").removesuffix(".value")
        return node.form == "reference" and name in self.current

    def truth(self, node: Node) -> Said:
        """A part read as true or false."""
        if node.form in ("either", "both"):
            word, level = ("or", EITHER) if node.form == "either" else ("and", BOTH)
            return joined(word, [self.truth(part) for part in node.parts], level)
        if node.form == "negation":
            return self.opposite(node.parts[0])
        if node.form == "chain" and node.operators[0] not in _SUMS:
            return self.compared(node)
        if node.form == "reference":
            return self.given(node)
        if node.form in ("text", "number"):
            is_true = node.value not in ("", "0")
            return Said("true()" if is_true else "false()")
        return self.call_or_sum(node)

    def call_or_sum(self, node: Node) -> Said:
        """A call or a sum read as true or false."""
        from survey.authoring.limesurvey import calls

        if node.form == "call":
            return calls.truth(self, node)
        return Said(f"{self.number(node).within(RELATION)} != 0", SAME)

    def opposite(self, node: Node) -> Said:
        """``!`` in as few words as the meaning allows."""
        is_call = node.form == "call" and node.value == "is_empty"
        if is_call and [part.form for part in node.parts] == ["reference"]:
            return self.emptiness(node.parts[0], is_empty=False)
        return negated(self.truth(node))

    def given(self, node: Node) -> Said:
        """A name alone: true unless empty or 0."""
        if not self.is_current(node):
            variable = self.use(node)
            if variable.code:
                return selected(variable)
        text = self.answer(node)
        return Said(f"{text} != '' and {text} != '0'", BOTH)

    def answer(self, node: Node) -> str:
        """The value a name stands for."""
        if self.is_current(node):
            return "."
        variable = self.use(node)
        if variable.place:
            return f"selected-at(${{{variable.item}}}, {variable.place - 1})"
        if variable.code:
            return f"if({selected(variable).text}, 'Y', '')"
        return f"${{{variable.item}}}"

    def emptiness(self, node: Node, *, is_empty: bool) -> Said:
        """Whether a name has an answer."""
        if not self.is_current(node):
            variable = self.use(node)
            if variable.code:
                chosen = selected(variable)
                return negated(chosen) if is_empty else chosen
        sign = "=" if is_empty else "!="
        return Said(f"{self.answer(node)} {sign} ''", SAME)

    def compared(self, node: Node) -> Said:
        """Two sides and a sign between them."""
        (left, right), sign = node.parts, node.operators[0]
        if sign == ":=":
            reason = "A single = gives a value instead of comparing."
            raise ScriptError(node.at, reason, "Write ==.")
        if left.form != "reference" and right.form == "reference":
            left, right, sign = right, left, _TURNED[sign]
        if left.form == "reference" and right.form in ("text", "number"):
            return self.answered(left, sign, right)
        if sign in _ORDER:
            first, second = self.ordered(left), self.ordered(right)
            return Said(f"{first.within(SUM)} {sign} {second.within(SUM)}", RELATION)
        first, second = self.result(left), self.result(right)
        return Said(f"{first.within(RELATION)} {sign} {second.within(RELATION)}", SAME)

    def answered(self, name: Node, sign: str, literal: Node) -> Said:
        """An answer compared with something written out."""
        if literal.value.strip() == "" and sign in ("=", "!="):
            return self.emptiness(name, is_empty=sign == "=")
        if self.is_current(name):
            return self.weighed(".", sign, literal, is_number=False)
        variable = self.use(name)
        if variable.code:
            return self.chosen(variable, sign, literal)
        text = self.answer(name)
        if variable.codes and sign in ("=", "!="):
            code = self.code(variable, literal)
            return Said(f"{text} {sign} {quoted(code, literal.at)}", SAME)
        if variable.codes and any(a != b for a, b in variable.codes.items()):
            reason = "Codes that are called otherwise here cannot be put in order."
            raise ScriptError(literal.at, reason, "Compare with == and or.")
        return self.weighed(text, sign, literal, is_number=variable.is_number)

    @staticmethod
    def weighed(text: str, sign: str, literal: Node, *, is_number: bool) -> Said:
        """A value and a text or number, as both look like."""
        value = literal.value.strip()
        is_numeral = bool(_NUMBER.fullmatch(value))
        day = _DAY.fullmatch(value)
        if sign in _ORDER:
            if not (is_numeral or day):
                reason = f"{value!r} is neither a number nor a day."
                raise ScriptError(literal.at, reason, "Compare with == or !=.")
            other = value if is_numeral else quoted(day[1] if day else "", literal.at)
            return Said(f"{text} {sign} {other}", RELATION)
        if literal.form == "number" or (is_number and is_numeral):
            return Said(f"{text} {sign} {value}", SAME)
        return Said(f"{text} {sign} {quoted(value, literal.at)}", SAME)

    @staticmethod
    def chosen(variable: Variable, sign: str, literal: Node) -> Said:
        """``Q1_SQ001 == "Y"`` and the like."""
        if literal.value.strip() != "Y" or sign not in ("=", "!="):
            reason = "A choice is 'Y' or empty."
            raise ScriptError(literal.at, reason, 'Compare it with "Y".')
        return selected(variable) if sign == "=" else negated(selected(variable))

    @staticmethod
    def code(variable: Variable, literal: Node) -> str:
        """Our code for one of LimeSurvey's."""
        value = literal.value.strip()
        if value == OTHER_CODE and OTHER in variable.codes.values():
            return OTHER
        if value in variable.codes:
            return variable.codes[value]
        same = [
            ours
            for theirs, ours in variable.codes.items()
            if _NUMBER.fullmatch(theirs)
            and _NUMBER.fullmatch(value)
            and float(theirs) == float(value)
        ]
        if len(same) == 1:
            return same[0]
        reason = f"There is no answer {value!r}."
        known = ", ".join(list(variable.codes)[:10])
        raise ScriptError(literal.at, reason, f"Use one of {known}.")

    def ordered(self, node: Node) -> Said:
        """A side of < or >: an answer left empty is neither."""
        if node.form == "reference":
            return self.result(node)
        return self.number(node)

    def result(self, node: Node) -> Said:
        """A part read as a value."""
        if node.form == "text":
            return Said(quoted(node.value, node.at))
        if node.form == "number":
            return Said(node.value)
        if node.form == "reference":
            return Said(self.answer(node))
        if node.form == "call":
            from survey.authoring.limesurvey import calls

            return calls.value(self, node)
        if node.form == "negative" or _is_sum(node):
            return self.number(node)
        return self.truth(node)

    def number(self, node: Node) -> Said:
        """A part read as a number; an answer left empty counts as 0."""
        if node.form == "negative":
            return Said(f"-{self.number(node.parts[0]).within(WHOLE)}", PRODUCT)
        if _is_sum(node):
            word, level = _SUMS[node.operators[0]]
            first, second = (self.number(part) for part in node.parts)
            return Said(
                f"{first.within(level)} {word} {second.within(level + 1)}", level
            )
        if node.form == "reference":
            return Said(f"coalesce({self.answer(node)}, 0)")
        if node.form == "text" and not _NUMBER.fullmatch(node.value.strip()):
            reason = f"{node.value!r} is no number."
            raise ScriptError(node.at, reason, "Write join() to join texts.")
        if node.form == "text":
            return Said(f"number({quoted(node.value, node.at)})")
        return self.result(node)


def _is_sum(node: Node) -> bool:
    return node.form == "chain" and node.operators[0] in _SUMS


def holds_without(source: str, item: str) -> bool:
    """Whether a condition of ours might hold while the item has no answer.

    Says yes whenever it is not plain to see that it cannot.
    """
    from survey.questionnaire import syntax

    root = syntax.read(source).root
    return root is None or _may_hold(root, item)


def _may_hold(node: Node, item: str) -> bool:
    if node.form == "both":
        return all(_may_hold(part, item) for part in node.parts)
    if node.form == "either":
        return any(_may_hold(part, item) for part in node.parts)
    if node.form == "call" and node.value == "selected":
        return not (_is(node.parts[0], item) and node.parts[1].value)
    if node.form == "chain" and len(node.parts) == 2:
        is_here = any(_is(part, item) for part in node.parts)
        literal = next((p for p in node.parts if p.form in ("text", "number")), None)
        if is_here and literal is not None:
            sign = node.operators[0]
            is_empty = not literal.value
            return not (sign in _ORDER or (sign == "=") != is_empty)
    return True


def _is(node: Node, item: str) -> bool:
    return node.form == "reference" and node.value == item
