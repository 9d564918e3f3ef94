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
    """A filter over one list.

    ``item`` is the answer, if any, whose text finds in ``index`` the options
    that can be shown; ``is_all`` when nothing else decides.
    """

    options: Options
    condition: Expression
    item: str
    index: Mapping[str, Options]
    is_all: bool

    def shown(self, answers: Mapping[str, Value]) -> Options:
        found = self.options
        if self.item:
            found = self.index.get(values.read(answers.get(self.item)), ())
        if self.is_all:
            return found
        return tuple(
            option
            for option in found
            if self.condition.lets_through(
                dict(option.properties), answers, today=ANY_DAY
            )
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
    name, item = next(iter(condition.equalities), ("", ""))
    index: dict[str, list[Option]] = {}
    if item:
        for option in options:
            index.setdefault(dict(option.properties).get(name, ""), []).append(option)
    found = {value: tuple(own) for value, own in index.items()}
    is_all = bool(item) and len(condition.conjuncts) == 1
    return _Filter(options, condition, item, found, is_all)
