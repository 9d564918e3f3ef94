"""The old table of conditions → one equation, as LimeSurvey itself reads it.

Within a scenario, conditions on the same answer are alternatives and the others
must all hold; one scenario is enough. Knows names, not what they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from survey.authoring.limesurvey.document import Row

_SIGNS = ("==", "!=", "<", "<=", ">", ">=")
_MULTIPLE = ("M", "P")


def as_equation(rows: list[Row], types: Mapping[str, str]) -> str:
    """The equation for the conditions of one question; ``types`` by question id."""
    scenarios: dict[str, dict[tuple[str, str], list[str]]] = {}
    for row in rows:
        groups = scenarios.setdefault(row["scenario"] or "1", {})
        key, term = _term(row, types)
        groups.setdefault(key, []).append(term)
    return " or ".join(
        f"({' and '.join(_alternatives(terms) for terms in groups.values())})"
        for groups in scenarios.values()
    )


def _alternatives(terms: list[str]) -> str:
    return f"({' or '.join(terms)})"


def _term(row: Row, types: Mapping[str, str]) -> tuple[tuple[str, str], str]:
    """What a condition looks at, and the condition."""
    field, value, method = row["cfieldname"], row["value"], row["method"] or "=="
    own = (row["cqid"], field)
    if field.startswith("+"):
        name = f"{field[1:]}.NAOK"
    elif types.get(row["cqid"]) in _MULTIPLE:
        name, value = f"{field}{value}.NAOK", "Y"
    elif field.startswith("{"):
        name = field.strip("{}")
    else:
        name = f"{field}.NAOK"
    return own, _compared(name, method, value)


def _compared(name: str, method: str, value: str) -> str:
    if method == "RX":
        pattern = value if re.fullmatch("/.*/", value) else f"/{value}/"
        return f"regexMatch({_quoted(pattern)}, {name})"
    if method not in _SIGNS:
        return f"{name} {method or '=='} {_quoted(value)}"
    if not value.strip() and method in ("==", "!="):
        return f"{'!' if method == '!=' else ''}is_empty({name})"
    return f"{name} {method} {_said(value)}"


def _said(value: str) -> str:
    """Another answer (``@1X2X3@``, ``{…}``) or a text."""
    if re.fullmatch(r"@[0-9]+X[0-9]+X[0-9]+.*@", value):
        return f"{value[1:-1]}.NAOK"
    if re.fullmatch(r"\{.+\}", value):
        return value[1:-1]
    return _quoted(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'
