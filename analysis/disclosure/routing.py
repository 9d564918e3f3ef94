"""Who is never asked an item, by the way of the questionnaire. Must not know an answer.

Read from the condition alone, before anybody answered. A condition that is not simply a
list of groups is not judged: then a group without answers is too small like any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from analysis.codebook import Item

# ${name} = 'code', joined by "or"
_ONE = re.compile(r"\s*\$\{([a-z0-9_]+)\}\s*=\s*(?:'([^'\"]*)'|\"([^'\"]*)\")\s*")


def never_asked(item: Item, variable: str, shown: Mapping[str, str]) -> frozenset[str]:
    """Return the groups of a variable that do not meet an item.

    Parameters
    ----------
    item : Item
        With its condition, such as ``${d3} = 'self' or ${d3} = 'parents'``.
    variable : str
        The group variable.
    shown : mapping
        The group each code is shown as; a group is left out only with all its codes.

    Examples
    --------
    >>> item = Item("q", "single", shown_if="${d} = 'a' or ${d} = 'b'")
    >>> sorted(never_asked(item, "d", {"a": "a", "b": "other", "c": "other", "e": "e"}))
    ['e']
    """
    found = [_ONE.fullmatch(part) for part in re.split(r"\bor\b", item.shown_if)]
    told = [(each[1], each[2] or each[3] or "") for each in found if each]
    if len(told) < len(found) or {name for name, _ in told} != {variable}:
        return frozenset()
    asked = {shown.get(code, "") for _, code in told}
    return frozenset(shown.values()) - asked
