"""Where a questionnaire's expressions stand and what each of them looks at.

Knows no single rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from survey.questionnaire import expression
from survey.questionnaire.expression import Expression
from survey.questionnaire.fault import Fault
from survey.questionnaire.kinds import KINDS
from survey.questionnaire.kinds.base import Item
from survey.questionnaire.model import Page, Question, Questionnaire
from survey.questionnaire.problem import Problem

SCREEN = "screened_out_if"
FILTER = "choice_filter"
CONSTRAINT = "constraint"
TOGETHER = "together"
MOST_WRITTEN = 200_000  # characters of all together: a second of reading
PARTS = ("shown_if", CONSTRAINT, "calculation", FILTER, "default_from")


@dataclass(frozen=True, slots=True)
class Source:
    """One expression as written; the screen belongs to no question.

    What answers must fulfil ``TOGETHER`` belongs to a page instead.
    """

    place: str
    part: str
    question: Question | None
    text: str
    page: Page | None = None

    def compiled(self) -> Expression:
        """Read; raises ``ExpressionError``."""
        return expression.compile(self.text, filters_options=self.part == FILTER)

    def problem(
        self, position: int, reason: str, remedy: str, *, is_warning: bool = False
    ) -> Problem:
        """A problem of this expression, with a caret under the position."""
        fault = Fault(position, reason, remedy, is_warning)
        return replace(expression.as_problem(self.text, fault), place=self.place)


@dataclass(frozen=True, slots=True)
class Look:
    """One question looks at another, in an expression that can be read."""

    name: str
    other: str
    source: Source
    position: int


def sources(questionnaire: Questionnaire) -> Iterator[Source]:
    """Every expression, the screen first."""
    if questionnaire.screened_out_if:
        yield Source(SCREEN, SCREEN, None, questionnaire.screened_out_if)
    for page in questionnaire.pages:
        for question in page.questions:
            yield from _of_question(question)
        if page.constraint:
            yield Source(page.key(CONSTRAINT), TOGETHER, None, page.constraint, page)


def _of_question(question: Question) -> Iterator[Source]:
    for part in PARTS:
        text = getattr(question, part)
        if text:
            yield Source(f"{question.name}.{part}", part, question, text)


def expressions_are_short_together(questionnaire: Questionnaire) -> Iterator[Problem]:
    """So many as nobody writes by hand are not read at all."""
    written = 0
    for source in sources(questionnaire):
        written += len(source.text)
        if written > MOST_WRITTEN:
            reason = f"The expressions up to here have {written:,} characters together."
            remedy = (
                f"At most {MOST_WRITTEN:,} are read: calculate once what many need."
            )
            yield Problem("", source.place, reason, remedy)
            return


def readable(questionnaire: Questionnaire) -> Iterator[tuple[Source, Expression]]:
    """Every expression that can be read; the others are a rule's own affair."""
    for source in sources(questionnaire):
        is_filter = source.part == FILTER
        read = expression.readable(source.text, filters_options=is_filter)
        if read is not None:
            yield source, read


def items(questionnaire: Questionnaire) -> dict[str, Item]:
    """Everything that can be looked at; of twins the first."""
    found: dict[str, Item] = {}
    for question in questionnaire.questions():
        kind = KINDS.get(question.kind)
        own = (Item(question.name, question),)  # one mistake, not two
        for item in own if kind is None else kind.items(question):
            found.setdefault(item.name, item)
    return found


def looks(
    questionnaire: Questionnaire, parts: Collection[str] = PARTS
) -> Iterator[Look]:
    """Who looks at whom; a constraint looks at its own question by right."""
    known = items(questionnaire)
    for source, read in readable(questionnaire):
        if source.question is None or source.part not in parts:
            continue
        name = source.question.name
        for item, position in read.positions.items():
            other = known[item].question.name if item in known else ""
            if other and not (other == name and source.part == CONSTRAINT):
                yield Look(name, other, source, position)


def behind(questionnaire: Questionnaire) -> Mapping[str, frozenset[str]]:
    """Calculated value → the questions that people answer and it is made of."""
    calculated = {q.name for q in questionnaire.questions() if q.calculation}
    graph: dict[str, set[str]] = {name: set() for name in calculated}
    for look in looks(questionnaire, ("calculation", "shown_if")):
        if look.name in calculated:
            graph[look.name].add(look.other)
    return {name: _answered(graph, name) for name in graph}


def _answered(graph: Mapping[str, set[str]], start: str) -> frozenset[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(graph.get(name, ()))
    return frozenset(name for name in seen if name not in graph)
