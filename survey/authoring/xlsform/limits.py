"""Limits of an answer as a constraint, for programs that know no other way to say it.

What the writer puts in front of a constraint the reader takes away again.
"""

from __future__ import annotations

from survey.authoring.xlsform.expressions import literal
from survey.questionnaire import syntax
from survey.questionnaire.tree import Node

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def said(least: str, most: str, at_most: int = 0) -> str:
    """The limits as a condition on the answer; empty when there are none."""
    parts = [
        f". {sign} {_value(limit)}"
        for sign, limit in ((">=", least), ("<=", most))
        if limit
    ]
    if at_most:
        parts.append(f"count-selected(.) <= {at_most}")
    return " and ".join(parts)


def _value(limit: str) -> str:
    is_day = "-" in limit.lstrip("-")
    return f"date('{limit}')" if is_day else limit


def joined(limits: str, constraint: str) -> str:
    """Limits first, then what the author demands."""
    if not (limits and constraint):
        return limits or constraint
    return f"{limits} and ({constraint})"


def without(constraint: str, limits: str) -> str:
    """What the author demands beside the limits."""
    if not limits or constraint == limits:
        return "" if constraint == limits else constraint
    start = f"{limits} and ("
    if constraint.startswith(start) and constraint.endswith(")"):
        return constraint[len(start) : -1]
    return constraint


def found(constraint: str) -> tuple[str, str] | None:
    """Least and most of a constraint that says nothing else; none otherwise."""
    root = syntax.read(constraint).root
    if root is None:
        return None
    least, most = "", ""
    for node in root.parts if root.form == "both" else (root,):
        sign, limit = _limit(node)
        if sign == ">=" and not least:
            least = limit
        elif sign == "<=" and not most:
            most = limit
        else:
            return None
    return least, most


def _limit(node: Node) -> tuple[str, str]:
    """The sign and the number when a part compares the answer with one."""
    if node.form != "chain" or len(node.parts) != 2:
        return "", ""
    left, right = node.parts
    sign = node.operators[0]
    if right.form == "current":
        left, right, sign = right, left, _TURNED.get(sign, sign)
    if left.form != "current" or right.form == "text":
        return "", ""
    limit = literal(right) or ""
    if sign in ("<", ">") and limit.lstrip("-").isdigit():
        # in whole numbers, less than 18 is at most 17
        return f"{sign}=", str(int(limit) + (1 if sign == ">" else -1))
    return (sign, limit) if limit else ("", "")
