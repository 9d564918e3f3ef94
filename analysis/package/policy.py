"""The shape of policy.json and merges.json; must not decide what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.package.problems import Findings

POLICY, MERGES = "policy.json", "merges.json"
BASES = ("k", "group_base", "sensitive_base")
LISTS = ("groups", "sensitive")
EXPORT_AGAIN = "Export the package again."


def check_policy(policy: Mapping[str, Any], findings: Findings) -> None:
    """Note every entry that is not of the kind the gate reads."""
    for name in BASES:
        value = policy.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            findings.add(
                POLICY, "It must be a whole number.", EXPORT_AGAIN, column=name
            )
    for name in LISTS:
        value = policy.get(name, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            findings.add(
                POLICY, "It must be a list of names.", EXPORT_AGAIN, column=name
            )
    strata = policy.get("strata", {})
    if not _is_nested(strata, dict) or not all(
        _is_nested(categories, int) for categories in strata.values()
    ):
        findings.add(
            POLICY,
            "It must name, per variable and category, the population.",
            EXPORT_AGAIN,
            column="strata",
        )


def check_merges(merges: Mapping[str, Any], findings: Findings) -> None:
    """Note when merges are not variable → category → category."""
    if not _is_nested(dict(merges), str):
        findings.add(
            MERGES,
            "It must name, per variable and category, the group it is shown in.",
            EXPORT_AGAIN,
        )


def _is_nested(value: object, kind: type) -> bool:
    return isinstance(value, dict) and all(
        isinstance(inner, dict) and all(isinstance(end, kind) for end in inner.values())
        for inner in value.values()
    )
