"""What is worked out once for each object and looked up ever after.

For objects that are long to compare, such as questions: two equal ones are two.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

MOST_KEPT = 4096
"""More objects than that at once are not in use; then all are let go."""

One = TypeVar("One")
Result = TypeVar("Result")


def once_each(make: Callable[[One], Result]) -> Callable[[One], Result]:
    """Keep the results of a function of one object that never changes."""
    # an object in here lives, so that no other can have its number
    kept: dict[int, tuple[One, Result]] = {}

    @wraps(make)
    def found(one: One) -> Result:
        known = kept.get(id(one))
        if known is None:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            known = kept[id(one)] = (one, make(one))
        return known[1]

    return found
