"""Which tables a survey publishes, decided before the data. Must not know an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from analysis.codebook import Codebook, Item, field_items, pick_item
from analysis.disclosure.policy import Policy
from analysis.disclosure.system import BOTH
from analysis.package.codes import SINGLE_KINDS

PARTICIPATION = "participation"
MATRIX = "priority-matrix"
PEOPLE = "people"
FORM_LANGUAGE = "form_language"

_OPTIONS = ("multiple", "pick", "points")
_KINDS = (*SINGLE_KINDS, "rank", *_OPTIONS)


@dataclass(frozen=True, slots=True)
class Chart:
    """One table of the catalogue: its items and the group variable, if any."""

    table: str
    kind: str
    items: tuple[Item, ...]
    variable: str = ""


def catalogue(codebook: Codebook, policy: Policy) -> tuple[Chart, ...]:
    """Return the tables of a survey: one-way of every item, two-way of most.

    Who took part comes first, with the demographic items; then every other closed
    item, the rows of a battery together; then the priority matrix; then each of
    these items by each released group variable. Demographic items are never crossed,
    and by language only what was asked in all of them. Points are not crossed. People
    are counted by three groups at once where the survey named them.
    """
    people = tuple(item for item in codebook.items if is_demographic(item, policy))
    one_way = tuple(_one_way(codebook, policy))
    two_way = tuple(
        Chart(f"{chart.table}-by-{variable}", "groups", chart.items, variable)
        for variable in policy.groups
        for chart in one_way
        if not (variable == FORM_LANGUAGE and chart.items[0].only_in)
        and chart.items[0].kind != "points"
    )
    participation = Chart(PARTICIPATION, "participation", people)
    return (participation, *_three_way(policy), *one_way, *_matrix(codebook), *two_way)


def _three_way(policy: Policy) -> Iterator[Chart]:
    named = policy.three_way
    if named:
        yield Chart(f"{PEOPLE}-by-{'-'.join(named)}", PEOPLE, (), BOTH.join(named))


def is_demographic(item: Item, policy: Policy) -> bool:
    """Whether an item describes people: shown in "who took part", never crossed."""
    described = item.role == "demographic" or item.name in policy.groups
    return described and len(item.columns) == 1


def _one_way(codebook: Codebook, policy: Policy) -> Iterator[Chart]:
    closed = [
        item
        for item in codebook.items
        if item.kind in _KINDS and not is_demographic(item, policy)
    ]
    for (name, _), found in groupby(closed, key=_chart_of):
        items = tuple(found)
        yield Chart(name, _kind(items[0]), items)


def _chart_of(item: Item) -> tuple[str, str]:
    """Rows of one battery share the part of their names before the last ``_``."""
    if item.kind == "battery" and "_" in item.name:
        return item.name.rpartition("_")[0], item.scale
    return item.name, ""


def _kind(item: Item) -> str:
    if item.kind == "rank":
        return "ranks"
    if item.kind in _OPTIONS or not item.is_ordinal:
        return "dots"
    return "agreement"


def _matrix(codebook: Codebook) -> tuple[Chart, ...]:
    pick = pick_item(codebook)
    rated = field_items(codebook)
    if pick is None or not any(field in pick.options for field in rated):
        return ()
    return (Chart(MATRIX, "matrix", (pick, *rated.values())),)
