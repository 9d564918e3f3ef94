"""The functions an expression may call; they know no question.

Each one takes compiled arguments and gives a compiled part, so nothing is
looked up or converted twice while residents answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from survey.questionnaire.functions import choices, numbers, texts
from survey.questionnaire.functions.parts import Function, Scope

MANY = 100

FUNCTIONS: Mapping[str, Function] = {
    "selected": Function(2, 2, choices.selected),
    "selected-at": Function(2, 2, choices.selected_at),
    "count-selected": Function(1, 1, choices.count_selected),
    "not": Function(1, 1, choices.negated),
    "if": Function(3, 3, choices.choice),
    "coalesce": Function(1, MANY, choices.coalesce),
    "concat": Function(1, MANY, texts.concat),
    "string": Function(0, 1, texts.string, implies_current=True),
    "normalize-space": Function(0, 1, texts.normalize_space, implies_current=True),
    "string-length": Function(0, 1, texts.string_length, implies_current=True),
    "contains": Function(2, 2, texts.contains),
    "starts-with": Function(2, 2, texts.starts_with),
    "regex": Function(2, 2, texts.regex),
    "number": Function(0, 1, numbers.number, implies_current=True),
    "int": Function(1, 1, numbers.whole),
    "round": Function(1, 2, numbers.round_),
    "floor": Function(1, 1, numbers.floor),
    "ceiling": Function(1, 1, numbers.ceiling),
    "abs": Function(1, 1, numbers.absolute),
    "sum": Function(1, MANY, numbers.over_numbers(numbers.total, 0.0)),
    "min": Function(1, MANY, numbers.over_numbers(min, math.nan)),
    "max": Function(1, MANY, numbers.over_numbers(max, math.nan)),
    "count": Function(1, MANY, choices.count),
    "position": Function(0, 1, choices.position),
    "once": Function(1, 1, choices.once),
    "today": Function(0, 0, numbers.today),
    "date": Function(1, 1, numbers.day),
    "boolean": Function(1, 1, choices.boolean),
    "true": Function(0, 0, choices.always),
    "false": Function(0, 0, choices.never),
}


def closest(word: str) -> str:
    """A known function that looks like the word; empty when none does."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    for name in FUNCTIONS:
        if name.replace("-", "") == plain:
            return name
    return ""


__all__ = ["FUNCTIONS", "MANY", "Function", "Scope", "closest"]
