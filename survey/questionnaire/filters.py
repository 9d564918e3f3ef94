"""Which options of a long list a choice filter shows, found through an index.

Knows options and expressions; nothing of questions or of how options look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from survey.questionnaire import expression, values
from survey.questionnaire.expression import Expression
from survey.questionnaire.model import Option
from survey.questionnaire.values import Value

Options = tuple[Option, ...]
# a filter looks at answers and properties, never at the calendar (a rule refuses it)
ANY_DAY = date(2000, 1, 1)
_MOST_KEPT = 1024


@dataclass(frozen=True, slots=True)
class _Filter:
    """A filter over one list; ``index`` by the text of one property, if any.

    ``is_all`` when nothing but that property decides.
    """

    options: Options
    condition: Expression
    properties: tuple[Mapping[str, str], ...]
    item: str
    index: Mapping[str, tuple[int, ...]]
    is_all: bool

    def shown(self, answers: Mapping[str, Value]) -> Options:
        found: range | tuple[int, ...] = range(len(self.options))
        if self.item:
            found = self.index.get(values.read(answers.get(self.item)), ())
        if self.is_all:
            return tuple(self.options[at] for at in found)
        return tuple(
            self.options[at]
            for at in found
            if self.condition.lets_through(self.properties[at], answers, today=ANY_DAY)
        )


# Keyed by identity, as hashing a list of thousands of options costs more than
# filtering it; the kept filter holds the list, so its identity stays its own.
_kept: dict[tuple[int, str], _Filter] = {}


def shown(options: Options, source: str, answers: Mapping[str, Value]) -> Options:
    """The options for which the filter holds, in their order.

    Raises ``ExpressionError`` for a source that cannot be read.
    """
    key = (id(options), source)
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        found = _kept[key] = _prepared(options, source)
    return found.shown(answers)


def _prepared(options: Options, source: str) -> _Filter:
    condition = expression.compile(source, filters_options=True)
    properties = tuple(dict(option.properties) for option in options)
    name, item = next(iter(condition.equalities), ("", ""))
    index: dict[str, list[int]] = {}
    if item:
        for at, own in enumerate(properties):
            index.setdefault(own.get(name, ""), []).append(at)
    places = {value: tuple(found) for value, found in index.items()}
    is_all = bool(item) and len(condition.conjuncts) == 1
    return _Filter(options, condition, properties, item, places, is_all)
