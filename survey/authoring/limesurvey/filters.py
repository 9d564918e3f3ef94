"""Parts of a question that are shown under a condition: array filters, relevance.

Options get a choice filter, rows a condition each. Knows no type of question.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from survey.authoring.limesurvey.own import digest
from survey.authoring.limesurvey.script import ScriptError
from survey.authoring.limesurvey.structure import Asked, Attribute, Part
from survey.authoring.limesurvey.taking import Refused, Taking, explained
from survey.authoring.limesurvey.variables import Variable
from survey.questionnaire import syntax
from survey.questionnaire.model import Option, Question

FILTERS = ("array_filter", "array_filter_exclude")
_PROPERTY = "filter"


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: a part is shown when its namesake was chosen, or was not.

    ``sources`` are the parts of the question looked at, by their code.
    """

    sources: dict[str, Variable]
    is_excluding: bool

    def condition(self, code: str) -> str:
        """When the part of that code is shown; empty for always."""
        source = self.sources.get(code)
        if source is None:
            return ""
        if source.code:
            chosen = f"selected(${{{source.item}}}, '{source.code}')"
            return f"not({chosen})" if self.is_excluding else chosen
        return f"${{{source.item}}} {'=' if self.is_excluding else '!='} ''"

    def multiple(self) -> str:
        """The one question with several answers that is looked at; else empty."""
        items = {source.item for source in self.sources.values() if source.code}
        is_one = all(source.code for source in self.sources.values())
        return items.pop() if is_one and len(items) == 1 else ""


def of(asked: Asked, taking: Taking) -> list[Filter]:
    """The array filters of a question; raises ``Refused`` for an unknown source."""
    found = []
    for setting in FILTERS:
        attribute = asked.attribute(setting)
        if attribute is None:
            continue
        for root in attribute.value.replace(",", ";").split(";"):
            if root.strip():
                found.append(_filter(root.strip(), attribute, taking))
        taking.claim(attribute)
    return found


def _filter(root: str, attribute: Attribute, taking: Taking) -> Filter:
    try:
        parts = taking.variables.parts_of(root)
    except ScriptError as error:
        reason = f"Its filter cannot be taken: {error.fault.reason}"
        raise Refused(reason, error.fault.remedy) from error
    return Filter(parts, attribute.name == "array_filter_exclude")


def relevance_of(part: Part, taking: Taking) -> str:
    """The condition of a single part; raises ``Refused``."""
    try:
        return taking.looking_back().condition(part.relevance)
    except ScriptError as error:
        reason, remedy, excerpt = explained(part.relevance, error)
        what = f"The condition of {part.code} cannot be taken: {reason}"
        raise Refused(what, remedy, excerpt) from error


def conditions(asked: Asked, parts: list[Part], taking: Taking) -> dict[str, str]:
    """Code of each part that has a condition → the condition."""
    filters = of(asked, taking)
    found = {}
    for part in parts:
        own = [one.condition(part.code) for one in filters]
        own.append(relevance_of(part, taking))
        joined = both(own)
        if joined:
            found[part.code] = joined
    return found


def both(conditions: list[str]) -> str:
    """All of these conditions, in brackets where an ``or`` would fall apart."""
    given = list(dict.fromkeys(condition for condition in conditions if condition))
    if len(given) < 2:
        return "".join(given)
    return " and ".join(_bracketed(condition) for condition in given)


def _bracketed(condition: str) -> str:
    root = syntax.read(condition).root
    is_loose = root is None or root.form == "either"
    return f"({condition})" if is_loose else condition


def of_options(
    asked: Asked, taking: Taking, question: Question, options: dict[str, Option]
) -> Question:
    """The question with a choice filter, where its parts have conditions."""
    parts = [p for p in (*asked.parts, *asked.answers) if p.code in options]
    mark = digest([part.relevance for part in parts])
    meant = taking.own[asked].meant("filter", mark)
    if meant is not None:
        return replace(question, choice_filter=meant)
    filters = of(asked, taking)
    relevances = {
        part.code: condition
        for part in parts
        if (condition := relevance_of(part, taking))
    }
    if not filters and not relevances:
        return question
    simple = filters[0].multiple() if len(filters) == 1 and not relevances else ""
    if simple:
        return _by_namesake(question, options, filters[0], simple)
    own = {
        code: both(
            [*(one.condition(code) for one in filters), relevances.get(code, "")]
        )
        for code in options
    }
    return _one_by_one(question, options, {c: own[c] for c in own if own[c]})


def _by_namesake(
    question: Question, options: dict[str, Option], filter: Filter, item: str
) -> Question:
    """What the filter looks at is a property of the option."""
    call = f"selected(${{{item}}}, {_PROPERTY})"
    call = f"not({call})" if filter.is_excluding else call
    pairs = {code: source.code for code, source in filter.sources.items()}
    every = all(code in pairs for code in options)
    source = call if every else f"{_PROPERTY} = '' or {call}"
    return _filtered(question, options, pairs, source)


def _one_by_one(
    question: Question, options: dict[str, Option], own: dict[str, str]
) -> Question:
    """Every condition has a number, which is a property of its options."""
    if not own:
        return question
    numbers = {text: str(n) for n, text in enumerate(dict.fromkeys(own.values()), 1)}
    clauses = [f"({_PROPERTY} = '{n}' and ({text}))" for text, n in numbers.items()]
    if len(own) < len(options):
        clauses.insert(0, f"{_PROPERTY} = ''")
    pairs = {code: numbers[text] for code, text in own.items()}
    return _filtered(question, options, pairs, " or ".join(clauses))


def _filtered(
    question: Question, options: dict[str, Option], pairs: dict[str, str], source: str
) -> Question:
    shown = tuple(_with_property(options, pairs))
    return replace(question, options=shown, choice_filter=source)


def _with_property(
    options: dict[str, Option], pairs: dict[str, str]
) -> Iterator[Option]:
    for code, option in options.items():
        own = ((_PROPERTY, pairs[code]),) if code in pairs else ()
        yield replace(option, properties=own)
