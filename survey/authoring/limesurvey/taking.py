"""What is shared while the questions of one file are taken over, one by one.

Knows no type of question.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from survey.authoring.limesurvey.ledger import Ledger
from survey.authoring.limesurvey.logic import Translator
from survey.authoring.limesurvey.own import Own
from survey.authoring.limesurvey.script import ScriptError, plain_source
from survey.authoring.limesurvey.structure import (
    Asked,
    Attribute,
    Default,
    Part,
    Survey,
    Wordings,
)
from survey.authoring.limesurvey.texts import Texts
from survey.authoring.limesurvey.variables import Variable, Variables
from survey.authoring.naming import Naming
from survey.questionnaire import expression
from survey.questionnaire.model import Option, OptionList, Question


class Refused(Exception):
    """A question that cannot be taken; why, what to do, and the equation."""

    def __init__(self, reason: str, remedy: str = "", excerpt: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy
        self.excerpt = excerpt


@dataclass(slots=True)
class Block:
    """Questions that stand on one page, and the words above them, if any.

    ``demands`` are what their answers must fulfil together, ``message`` what is
    said when they do not.
    """

    questions: list[Question]
    title: Wordings = field(default_factory=dict)
    hint: Wordings = field(default_factory=dict)
    demands: list[str] = field(default_factory=list)
    message: Wordings = field(default_factory=dict)


@dataclass(slots=True)
class Taking:
    """One file on its way; ``shown_if`` are conditions of ours by question."""

    survey: Survey
    ledger: Ledger
    texts: Texts
    naming: Naming
    variables: Variables
    own: dict[Asked, Own]
    shown_if: dict[str, str] = field(default_factory=dict)
    lists: list[OptionList] = field(default_factory=list)

    def name(self, asked: Asked, part: str = "") -> str:
        """Our name of a question or, with a code, of a part of it."""
        own = self.own[asked]
        known = own.rows.get(part, "") if part else own.name
        if known:
            return self.naming.name(known)
        original = f"{asked.code}[{part}]" if part else asked.code
        return self.naming.name(original, otherwise="q")

    def know(
        self,
        asked: Asked,
        suffix: str,
        variable: Variable,
        *,
        part: str = "",
        sgqa: str | None = None,
    ) -> None:
        """Let later equations look at an answer by both of its names."""
        end = suffix.removeprefix("_") if sgqa is None else sgqa
        name = f"{asked.code}{suffix}"
        self.variables.add(asked.code, name, variable, part)
        self.variables.alias(asked.code, self.sgqa(asked) + end, variable)

    def alias(self, asked: Asked, suffix: str, variable: Variable) -> None:
        """As ``know``, for what ``that.Q1`` does not count."""
        sgqa = f"{self.sgqa(asked)}{suffix.removeprefix('_')}"
        for name in (f"{asked.code}{suffix}", sgqa):
            self.variables.alias(asked.code, name, variable)

    def sgqa(self, asked: Asked) -> str:
        """The name made of numbers, ``123X4X56``."""
        return f"{self.survey.id}X{asked.group}X{asked.id}"

    def looking_back(self) -> Translator:
        """A translator for conditions, which look at earlier answers only."""
        return Translator(self.variables, self.shown_if)

    def looking_at(self, asked: Asked) -> Translator:
        """A translator for checks of the answer itself."""
        own = {"this", "self", asked.code, self.sgqa(asked)}
        return Translator(self.variables, self.shown_if, frozenset(own))

    def looking_over(self, asked: Asked) -> Translator:
        """A translator for checks of all fields of a question, ``self`` in short."""
        return Translator(self.variables, self.shown_if, whole=asked.code)

    def options(
        self, asked: Asked, parts: list[Part], name: str, taken: tuple[str, ...] = ()
    ) -> dict[str, Option]:
        """Code of LimeSurvey → option of ours, with its words."""
        naming = Naming(taken)
        own = self.own[asked]
        found = {}
        for part in parts:
            code = naming.name(own.codes.get(part.code) or part.code, otherwise="a")
            key = f"{name}.option.{code}"
            self.texts.say(key, part.words, part.code or code)
            found[part.code] = Option(code, key)
        return found

    def share(self, name: str, options: dict[str, Option]) -> OptionList:
        """A list that several questions have, with its words."""
        moved = []
        for option in options.values():
            key = f"list.{name}.{option.code}"
            for own in self.texts.by_language.values():
                if option.text in own:
                    own[key] = own.pop(option.text)
            moved.append(Option(option.code, key))
        self.lists.append(OptionList(name, tuple(moved)))
        return self.lists[-1]

    def label(self, asked: Asked, name: str) -> bool:
        """Keep label and help of a question; whether it has help."""
        self.texts.say(f"{name}.label", asked.words, asked.code or name)
        ending = asked.translated("suffix")
        for said in ending.values():
            self.ledger.change(said.row, "The unit stands in brackets below.")
        return self.texts.maybe(f"{name}.hint", asked.helps, ending=ending)

    def claim(self, attribute: Attribute | None) -> None:
        """The setting is taken as it is."""
        if attribute is not None:
            self.ledger.take(attribute.row)

    def claim_default(self, default: Default) -> None:
        """What is filled in beforehand is taken as it is."""
        self.ledger.take(default.row)
        for said in default.values.values():
            self.ledger.take(said.row)

    def settle_defaults(self, asked: Asked) -> None:
        """Refuse defaults that nothing has asked for."""
        for default in asked.defaults:
            for row in (default.row, *(said.row for said in default.values.values())):
                if not self.ledger.is_judged(row):
                    reason = "Nothing can be filled in beforehand there."
                    self.ledger.refuse(row, reason)

    def decline(
        self, attribute: Attribute | None, reason: str, remedy: str = ""
    ) -> None:
        """The setting is not taken."""
        if attribute is not None:
            self.ledger.refuse(attribute.row, reason, remedy)

    def refuse_equation(
        self, attribute: Attribute, equation: str, error: ScriptError
    ) -> None:
        """The setting holds an equation that cannot be said here."""
        reason, remedy, excerpt = explained(equation, error)
        self.ledger.refuse(attribute.row, reason, remedy, excerpt=excerpt)


def explained(equation: str, error: ScriptError) -> tuple[str, str, str]:
    """Reason, remedy and the equation with a caret below the spot."""
    fault = error.fault
    shown = expression.excerpt(plain_source(equation), fault.position)
    return fault.reason, fault.remedy, shown
