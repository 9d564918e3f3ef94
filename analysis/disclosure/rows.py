"""The analysis file: rows of closed answers that are nobody's. Must not know a format.

Who knows every released group variable of one person finds several rows that could be
that person's, and the published tables do not tell what was emptied.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.codebook import Codebook, Item
from analysis.disclosure.anonymous import anonymous_groups, group_codes
from analysis.disclosure.answered import Answered, answered
from analysis.disclosure.catalogue import is_demographic
from analysis.disclosure.policy import SYSTEM_VARIABLES, Policy
from analysis.disclosure.publication import said_of, survey_of, tables_of
from analysis.package import AnalysisError, Package

NAMED = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
EMPTY = ""

SENSITIVE = "sensitive"  # a file of rows cannot keep a larger base for one question
DESCRIBES = "describes"  # tells who somebody is, and is no released group variable
OWN_WORDS = "own_words"  # texts, numbers, dates, lists too long to count
SOME_LANGUAGES = "some_languages"  # having been asked would tell the language
ROUTED = "routed"  # having been asked would tell what describes a person
ONE_GROUP = "one_group"  # everybody who can be shown is in one group


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file.

    ``codes`` are the values it can hold, beside the codes of no answer; for a group
    variable the groups as they are shown, and the empty cell. ``option`` names the
    option a column of a multiple question stands for.
    """

    name: str
    item: str
    codes: tuple[str, ...]
    option: str = ""
    is_group: bool = False
    is_ordinal: bool = False
    kind: str = "single"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item that is not in the file, and why (a constant of this module)."""

    item: str
    reason: str


@dataclass(frozen=True)
class AnalysisFile:
    """Rows that may leave: codes as text, in an order without meaning.

    ``emptied`` names group variables that are empty in so many rows that the rest is
    no fair part of all. An empty group means: none given, too rare, or emptied to
    protect somebody; nobody can tell which.
    """

    table: pd.DataFrame
    columns: tuple[Column, ...]
    left_out: tuple[LeftOut, ...]
    emptied: tuple[str, ...]
    least: int
    merges: Mapping[str, Mapping[str, str]]
    package: str
    package_hash: str

    @property
    def groups(self) -> tuple[str, ...]:
        """Names of the released group variables."""
        return tuple(column.name for column in self.columns if column.is_group)


def analysis_file(package: Package, rng: np.random.Generator) -> AnalysisFile:
    """Make the analysis file of a survey.

    Parameters
    ----------
    package : Package
        An opened data package; merges that were frozen in it are obeyed.
    rng : Generator
        Draws the order of the rows, and nothing else: whatever it draws, the same
        rows come out.

    Raises
    ------
    AnalysisError
        With too few answers for any file of rows.
    """
    policy = Policy.of(package)
    data = answered(_in_own_order(package), policy)
    if data.population.people < policy.thresholds.survey_base:
        message = (
            f"There are fewer than {policy.thresholds.survey_base} answers: "
            "too few for a file of rows."
        )
        raise AnalysisError(message)
    left_out = tuple(_left_out(data))
    items = _items(data, {each.item for each in left_out})
    variables = data.variables
    tables = tuple(tables_of(data, survey_of(data), seed=1, resamples=1))
    shown = anonymous_groups(data, variables, said_of(tables, data), items)
    columns = (*_group_columns(data), *_answer_columns(items))
    table = _table(data, variables, shown, columns)
    given = group_codes(data, variables) >= 0
    emptied = ((shown < 0) & given).mean(axis=0)
    limit = policy.thresholds.emptied_above
    return AnalysisFile(
        table=table.iloc[rng.permutation(len(table))].reset_index(drop=True),
        columns=columns,
        left_out=left_out,
        emptied=tuple(
            name for name, part in zip(variables, emptied, strict=True) if part > limit
        ),
        least=policy.thresholds.rows_alike,
        merges={name: data.merges[name] for name in variables},
        package=package.name,
        package_hash=package.hash,
    )


def every_row(package: Package, rng: np.random.Generator) -> AnalysisFile:
    """Return all answers of all items as they are, without any protection.

    For the command line alone, which warns; ``least`` is 0.
    """
    items = [
        item
        for item in package.codebook.items
        if item.columns or (item.name in package.responses.columns)
    ]
    system = [
        Column(name, name, _met(package, name), is_group=True)
        for name in SYSTEM_VARIABLES
        if name in package.responses.columns
    ]
    columns = (*system, *_answer_columns(items))
    table = package.responses[[column.name for column in columns]].astype("str")
    return AnalysisFile(
        table=table.iloc[rng.permutation(len(table))].reset_index(drop=True),
        columns=columns,
        left_out=(),
        emptied=(),
        least=0,
        merges={},
        package=package.name,
        package_hash=package.hash,
    )


def _met(package: Package, name: str) -> tuple[str, ...]:
    return tuple(sorted(set(package.responses[name].astype("str"))))


def _in_own_order(package: Package) -> Package:
    """Put the rows in an order that only they decide.

    Two exports of one survey hold its rows in two orders. Were other cells emptied in
    a second file, both files together would undo each other.
    """
    responses = package.responses.reset_index(drop=True)
    cells = responses.astype("str").to_numpy()
    key = hashlib.blake2b(package.name.encode()).digest()
    marks = [
        hashlib.blake2b("\x1f".join(map(str, row)).encode(), key=key).digest()
        for row in cells
    ]
    order = sorted(range(len(marks)), key=marks.__getitem__)
    ordered = responses.iloc[order].reset_index(drop=True)
    return replace(package, responses=ordered)


def _items(data: Answered, left_out: set[str]) -> list[Item]:
    return [
        item
        for item in data.package.codebook.items
        if item.name not in left_out and item.name not in data.policy.groups
    ]


def _left_out(data: Answered) -> Iterator[LeftOut]:
    book, policy = data.package.codebook, data.policy
    routed = _routed(book, policy)
    for item in book.items:
        if item.name in policy.groups:
            if item.name not in data.variables:
                yield LeftOut(item.name, ONE_GROUP)
        elif is_demographic(item, policy) or item.kind == "district":
            yield LeftOut(item.name, DESCRIBES)
        elif not item.columns:
            yield LeftOut(item.name, OWN_WORDS)
        elif item.name in policy.sensitive:
            yield LeftOut(item.name, SENSITIVE)
        elif item.only_in:
            yield LeftOut(item.name, SOME_LANGUAGES)
        elif item.name in routed:
            yield LeftOut(item.name, ROUTED)


def _routed(book: Codebook, policy: Policy) -> set[str]:
    """Items that were asked or not asked because of what describes a person.

    Also because of what the file leaves out; through as many questions as it takes.
    """
    telling = {
        item.name
        for item in book.items
        if is_demographic(item, policy)
        or item.kind == "district"
        or not item.columns
        or item.name in policy.sensitive
    }
    before = -1
    while len(telling) != before:
        before = len(telling)
        telling |= {
            item.name
            for item in book.items
            if telling & set(NAMED.findall(item.shown_if))
        }
    return telling


def _group_columns(data: Answered) -> Iterator[Column]:
    for variable in data.variables:
        names = data.groups[variable].names
        yield Column(variable, variable, names, is_group=True)


def _answer_columns(items: list[Item]) -> Iterator[Column]:
    for item in items:
        if item.columns in ((item.name,), ()):
            yield Column(
                item.name,
                item.name,
                item.options,
                is_ordinal=item.is_ordinal,
                kind=item.kind,
            )
            continue
        for option, name in zip(item.options, item.columns, strict=True):
            codes = () if item.kind in ("rank", "points") else ("0", "1")
            yield Column(name, item.name, codes, option=option, kind=item.kind)


def _table(
    data: Answered,
    variables: tuple[str, ...],
    shown: npt.NDArray[np.int64],
    columns: tuple[Column, ...],
) -> pd.DataFrame:
    cells: dict[str, list[str]] = {}
    for number, variable in enumerate(variables):
        names = np.array([*data.groups[variable].names, EMPTY], dtype=object)
        cells[variable] = names[shown[:, number]].tolist()
    for column in columns:
        if not column.is_group:
            cells[column.name] = data.everybody[column.name].astype("str").tolist()
    return pd.DataFrame(cells, dtype="str")
