"""Totals of the register beside the persons who answered; knows no weight yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.package import AnalysisError
from analysis.responses import answers

Codes = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Margins: TypeAlias = pd.DataFrame | Mapping[str, Mapping[object, float]]
Groups: TypeAlias = tuple[tuple[str, ...], ...]
Merges: TypeAlias = Mapping[str, Iterable[Sequence[str]]]

COLUMNS = ("variable", "category", "population")
TOGETHER = "+"


@dataclass(frozen=True, slots=True)
class Margin:
    """One variable: its categories, people of the register, category per person.

    ``labels`` holds the original categories behind each category: several, once
    some were taken together. ``codes`` are -1 where the person gave none.
    """

    variable: str
    labels: Groups
    population: Floats
    codes: Codes
    is_ordered: bool

    def counted(self, weights: Floats) -> Floats:
        """Sum of the weights of the persons in each category."""
        known = self.codes >= 0
        found = np.bincount(
            self.codes[known], weights=weights[known], minlength=len(self.labels)
        )
        return found.astype(np.float64)

    def merged(self, groups: Sequence[Sequence[int]]) -> Margin:
        """The same with categories taken together."""
        place = np.full(len(self.labels) + 1, -1, dtype=np.intp)
        for number, group in enumerate(groups):
            place[list(group)] = number
        return replace(
            self,
            labels=tuple(
                tuple(label for one in group for label in self.labels[one])
                for group in groups
            ),
            population=np.array([self.population[list(g)].sum() for g in groups]),
            codes=place[self.codes],
        )


def read(responses: pd.DataFrame, margins: Margins) -> tuple[Margin, ...]:
    """Every margin beside the answers; categories only one side has included."""
    table = as_table(margins)
    found = []
    for variable, rows in table.groupby("variable", sort=False):
        given = answers(responses, str(variable))
        listed = rows["category"].tolist()
        said = [as_text(category) for category in given.categories]
        used = set(given.codes[given.codes >= 0].tolist())
        further = [name for at, name in enumerate(said) if at in used]
        labels = list(dict.fromkeys([*listed, *further]))
        totals = dict(zip(listed, rows["population"], strict=True))
        lookup = [labels.index(name) if name in labels else -1 for name in said]
        found.append(
            Margin(
                variable=str(variable),
                labels=tuple((label,) for label in labels),
                population=np.array([totals.get(label, 0.0) for label in labels]),
                codes=np.array([*lookup, -1], dtype=np.intp)[given.codes],
                is_ordered=given.is_ordered or _counts_up(labels),
            )
        )
    return tuple(found)


def _counts_up(labels: Sequence[str]) -> bool:
    """Whether categories are named by numbers, as bands of age are."""
    return all(any(sign.isdigit() for sign in label) for label in labels)


def as_table(margins: Margins) -> pd.DataFrame:
    """Margins with the columns ``variable, category, population``, checked."""
    if isinstance(margins, pd.DataFrame):
        missing = [name for name in COLUMNS if name not in margins.columns]
        if missing:
            message = f"The margins need the columns {', '.join(missing)}."
            raise AnalysisError(message)
        table = margins[list(COLUMNS)].reset_index(drop=True)
    else:
        rows = [
            (variable, category, people)
            for variable, totals in margins.items()
            for category, people in dict(totals).items()
        ]
        table = pd.DataFrame(rows, columns=list(COLUMNS))
    table["variable"] = table["variable"].astype("str")
    table["category"] = [as_text(category) for category in table["category"]]
    table["population"] = pd.to_numeric(table["population"], errors="coerce").astype(
        "float64"
    )
    _check(table)
    return table


def _check(table: pd.DataFrame) -> None:
    people = table["population"]
    twice = table[table.duplicated(["variable", "category"])]
    message = ""
    if table.empty:
        message = "There are no margins to weight by."
    elif not np.isfinite(people).all() or (people < 0).any():
        message = "Every population of the margins must be a number of at least 0."
    elif len(twice):
        row = twice.iloc[0]
        message = f"The margins name {row['variable']} {row['category']!r} twice."
    elif not (table.groupby("variable")["population"].sum() > 0).all():
        message = "Every variable of the margins needs people in the register."
    if message:
        raise AnalysisError(message)


def as_text(category: object) -> str:
    """Code of a category as margins.csv writes it.

    Examples
    --------
    >>> as_text(3.0), as_text("18_29")
    ('3', '18_29')
    """
    if isinstance(category, float) and category.is_integer():
        return str(int(category))
    return str(category)


def merge(
    responses: pd.DataFrame, margins: Margins, merges: Merges
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Take categories together, in the answers and in the margins.

    Parameters
    ----------
    responses : DataFrame
        One row per person.
    margins : DataFrame or mapping
        As in `rake`.
    merges : mapping
        Variable → groups of categories, as `RakingError.proposed_merges`.

    Returns
    -------
    (responses, margins)
        Copies in which each group is one category, named by its members with
        ``+`` between. A variable left with a single category says no more than
        the total and is left out of the margins.

    Examples
    --------
    >>> table = pd.DataFrame({"age": ["20", "40", "60"]})
    >>> people = {"age": {"20": 5, "40": 7, "60": 4}}
    >>> answers_, totals = merge(table, people, {"age": [("40", "60")]})
    >>> answers_["age"].tolist(), totals["population"].tolist()
    (['20', '40+60', '40+60'], [5.0, 11.0])
    """
    table, changed = as_table(margins), responses.copy()
    for variable, groups in merges.items():
        names = {
            as_text(category): TOGETHER.join(map(as_text, group))
            for group in groups
            for category in group
        }
        mine = table["variable"] == variable
        table.loc[mine, "category"] = table.loc[mine, "category"].replace(names)
        changed[variable] = _renamed(responses, variable, names)
    table = table.groupby(["variable", "category"], sort=False, as_index=False).sum()
    sizes = table.groupby("variable")["category"].transform("size")
    is_merged = table["variable"].isin(list(merges))
    return changed, table[~is_merged | (sizes > 1)].reset_index(drop=True)


def _renamed(
    responses: pd.DataFrame, variable: str, names: Mapping[str, str]
) -> pd.Series:
    found = answers(responses, variable)
    given = [as_text(category) for category in found.categories]
    renamed = [names.get(category, category) for category in given]
    kept = list(dict.fromkeys(renamed))
    place = np.array([*map(kept.index, renamed), -1], dtype=np.intp)
    cells = pd.Categorical.from_codes(
        place[found.codes], categories=kept, ordered=found.is_ordered
    )
    return pd.Series(cells, index=responses.index, name=variable)
