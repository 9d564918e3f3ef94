"""What to write in place of functions that other programs have and ours has not."""

from __future__ import annotations

from collections.abc import Mapping

_NO_CLOCK = "Write today(): no time of day is known."
_NO_CHANCE = "Leave it out: nothing here is decided by chance."
_NO_DEVICE = "Leave it out: nothing is known about a person or a device."
_NO_REPEATS = "Leave it out: nothing is repeated here."
_NO_FILES = "Ask for it, or make a choice filter of it: no other file is read."
_CODES = "Compare the code: which words people read depends on their language."

REMEDIES: Mapping[str, str] = {
    "now": _NO_CLOCK,
    "time": _NO_CLOCK,
    "random": _NO_CHANCE,
    "rand": _NO_CHANCE,
    "randomize": "Write random_order = true in the question.",
    "uuid": _NO_CHANCE,
    "property": _NO_DEVICE,
    "username": _NO_DEVICE,
    "deviceid": _NO_DEVICE,
    "version": _NO_DEVICE,
    "indexed-repeat": _NO_REPEATS,
    "last": _NO_REPEATS,
    "position-in": _NO_REPEATS,
    "instance": _NO_FILES,
    "pulldata": _NO_FILES,
    "lookup": _NO_FILES,
    "search": _NO_FILES,
    "jr:choice-name": _CODES,
    "jr:itext": _CODES,
    "itext": _CODES,
    "decimal-date-time": "Leave it out: days are reckoned with as they are.",
    "decimal-time": _NO_CLOCK,
    "format-date": "Compare whole days, such as today() - ${born} > 365.",
    "format-date-time": "Compare whole days, such as today() - ${born} > 365.",
    "date-time": "Write date('2026-01-31').",
    "checklist": "Write count-selected(${name}) >= 2.",
    "weighted-checklist": "Write sum(if(selected(${name}, 'a'), 2, 0), …) >= 3.",
    "count-non-empty": "Write count(${a}, ${b}).",
    "boolean-from-string": "Write ${name} = 'true'.",
    "matches": "Write regex(${name}, '[0-9]+'): the whole text has to fit.",
    "regexmatch": "Write regex(${name}, '[0-9]+'): the whole text has to fit.",
    "is-empty": "Write ${name} = ''.",
    "isempty": "Write ${name} = ''.",
    "exists": "Write ${name} != ''.",
    "empty": "Write ${name} = ''.",
    "strlen": "Write string-length(${name}).",
    "length": "Write string-length(${name}).",
    "len": "Write string-length(${name}).",
    "ceil": "Write ceiling(${a}).",
    "trim": "Write normalize-space(${a}).",
    "intval": "Write int(${a}).",
    "floatval": "Write number(${a}).",
    "substr": "Write starts-with(${a}, 'b') or regex(${a}, '…').",
    "substring": "Write starts-with(${a}, 'b') or regex(${a}, '…').",
    "ends-with": "Write regex(${a}, '.*b').",
    "iif": "Write if(condition, a, b).",
    "and": "Write and between two conditions.",
    "or": "Write or between two conditions.",
    "avg": "Write sum(${a}, ${b}) div count(${a}, ${b}).",
    "mean": "Write sum(${a}, ${b}) div count(${a}, ${b}).",
    "area": "Leave it out: no places are asked for.",
    "distance": "Leave it out: no places are asked for.",
}


def remedy(name: str) -> str:
    """What to write instead; empty when the function is not a known one."""
    return REMEDIES.get(name.lower().replace("_", "-"), "")
