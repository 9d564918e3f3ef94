"""Values that are reckoned before what they look at stand behind it.

Knows expressions only by the names in them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from survey.authoring.xlsform.outline import Leaf

_NAME = re.compile(r"\$\{\s*([^{}]+?)\s*\}")


def ordered(leaves: Sequence[Leaf]) -> list[Leaf]:
    """All rows, reckoned values moved behind the last row they look at."""
    names = {leaf.name for leaf in leaves}
    placed: set[str] = set()
    found: list[Leaf] = []
    waiting: list[tuple[Leaf, set[str]]] = []
    for leaf in leaves:
        needed = (_names(leaf) & names) - placed - {leaf.name}
        if leaf.type.base == "calculate" and needed:
            waiting.append((leaf, needed))
            continue
        found.append(leaf)
        placed.add(leaf.name)
        while ready := _ready(waiting, placed):
            _place(ready, found, placed)
    return [*found, *(leaf for leaf, _ in waiting)]


def _names(leaf: Leaf) -> set[str]:
    sources = (leaf.record.value("calculation"), leaf.record.value("relevant"))
    return {name for source in sources for name in _NAME.findall(source)}


def _ready(waiting: list[tuple[Leaf, set[str]]], placed: set[str]) -> list[Leaf]:
    ready = [leaf for leaf, needed in waiting if needed <= placed]
    waiting[:] = [pair for pair in waiting if not pair[1] <= placed]
    return ready


def _place(ready: Sequence[Leaf], found: list[Leaf], placed: set[str]) -> None:
    for leaf in ready:
        reason = f"It is reckoned after {found[-1].name}, which it looks at."
        leaf.record.entry.change(reason)
        found.append(leaf)
        placed.add(leaf.name)
