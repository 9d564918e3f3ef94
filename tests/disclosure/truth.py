"""True counts behind a publication, counted again with plain pandas."""

import pandas as pd

from analysis.package import Package

SAID_NOTHING = ("-1", "-2", "-3", "-4", "-5")
Name = tuple[str, ...]


def true_counts(
    package: Package, merges: dict[str, dict[str, str]], variables: list[str]
) -> dict[Name, int]:
    """Count every cell, base and kind of missing answer, for all and by group."""
    responses = package.responses.astype("str")
    found: dict[Name, int] = {("people",): len(responses)}
    for name in ("channel", "form_language"):
        shown = _shown(responses[name], merges.get(name, {}))
        found[name, "", "", "base"] = len(responses)
        for group, n in shown.value_counts().items():
            found[name, "", "", "share", str(group)] = int(n)
    for item in package.codebook.items:
        if not item.columns:
            continue
        found |= _count(item, responses, merges, (item.name, "", ""))
        for variable in variables:
            if item.role == "demographic":
                continue
            groups = _shown(responses[variable], merges.get(variable, {}))
            groups = groups.where(~responses[variable].isin(SAID_NOTHING), "nobody")
            for group in groups.unique():
                where = (item.name, variable, str(group))
                found |= _count(item, responses[groups == group], merges, where)
    return found


def _shown(codes: pd.Series, merged: dict[str, str]) -> pd.Series:
    return codes.map(lambda code: merged.get(code, "other"))


def _count(item, responses, merges, where: Name) -> dict[Name, int]:
    columns = responses[list(item.columns)]
    first = columns.iloc[:, 0]
    answered = ~first.isin(SAID_NOTHING)
    if item.kind == "rank":
        answered = (columns.isin(["1", "2", "3", "4", "5"])).any(axis=1)
    found = {
        (*where, "missing", code): int((first == code).sum())
        for code in ("-2", "-3", "-4")
    }
    base = answered
    if item.kind == "pick":
        base = answered | first.isin(["-2", "-3", "-4"])
    found[(*where, "base")] = int(base.sum())
    if len(item.columns) == 1:
        given = first[answered]
        if item.role == "demographic":
            given = _shown(given, merges.get(item.name, {}))
        for option in {*item.options, *given}:
            found[(*where, "share", option)] = int((given == option).sum())
        return found
    for option, column in zip(item.options, item.columns, strict=True):
        if item.kind == "rank":
            ranked = columns[column].isin(["1", "2", "3", "4", "5"]) & answered
            found[(*where, "ranked", option)] = int(ranked.sum())
            found[(*where, "first", option)] = int((columns[column] == "1").sum())
        else:
            found[(*where, "share", option)] = int((columns[column] == "1").sum())
    return found
