"""Columns of answers as small integers with their categories; knows no figure.

Takes the typed table of a package as well as any table made by hand: missing
answers are NA or one of the five codes of no answer.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.order import CHOSEN, NOT_CHOSEN, in_order, is_no_answer, is_number
from analysis.package import NO_ANSWER, SEPARATOR, AnalysisError, Codebook
from analysis.package.answers import typed

__all__ = [
    "Answers",
    "aligned",
    "answers",
    "coded",
    "indicator_columns",
    "is_among",
    "no_answer",
    "option_columns",
    "typed",
]

Codes = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Answers:
    """One column: ``codes`` count from 0 in ``categories``; -1 is no answer.

    Of ``coded``: so is every code that is beyond the categories.
    """

    codes: Codes
    categories: tuple[object, ...]
    is_ordered: bool

    @property
    def is_valid(self) -> npt.NDArray[np.bool_]:
        """Which rows hold an answer."""
        valid: npt.NDArray[np.bool_] = self.codes >= 0
        return valid


def answers(responses: pd.DataFrame, item: str | pd.Series) -> Answers:
    """Valid answers of one column; the kinds of no answer all become -1.

    Parameters
    ----------
    responses : DataFrame
        One row per person.
    item : str or Series
        Name of the column, or an aligned column.

    Raises
    ------
    AnalysisError
        When there is no such column.

    Examples
    --------
    >>> table = pd.DataFrame({"q": ["yes", "-2", "no", None]})
    >>> answers(table, "q").codes.tolist(), answers(table, "q").categories
    ([1, -1, 0, -1], ('no', 'yes'))
    """
    found = coded(responses, item)
    codes = found.codes.copy()
    codes[codes >= len(found.categories)] = -1
    return Answers(codes, found.categories, found.is_ordered)


def coded(responses: pd.DataFrame, item: str | pd.Series) -> Answers:
    """The same without a copy: any code that is no place of a category is no answer.

    What the engine counts. Columns of a package are used as they are, because what
    is no answer stands behind the rest there; they may be mapped from a file.

    Examples
    --------
    >>> cells = pd.Categorical(["no", "-3"], categories=["yes", "no", "-3"])
    >>> found = coded(pd.DataFrame({"q": cells}), "q")
    >>> found.codes.tolist(), found.categories
    ([1, 2], ('yes', 'no'))
    """
    cells = aligned(responses, item)
    if not isinstance(cells.dtype, pd.CategoricalDtype):
        cells = _as_category(cells)
    given = tuple(cells.cat.categories.tolist())
    is_answer = np.array([not is_no_answer(value) for value in given], dtype=bool)
    categories = tuple(v for v, keep in zip(given, is_answer, strict=True) if keep)
    codes = cells.cat.codes.to_numpy()
    if not is_answer[: len(categories)].all():
        # Code -1 (missing) reads the last place of the look-up, which is -1.
        lookup = np.full(len(given) + 1, -1, dtype=codes.dtype)
        lookup[:-1][is_answer] = np.arange(len(categories))
        codes = lookup[codes]
    return Answers(codes, categories, bool(cells.cat.ordered))


def is_among(
    responses: pd.DataFrame, column: str, codes: Collection[str]
) -> npt.NDArray[np.bool_]:
    """Whose cell of a column is one of some codes.

    Examples
    --------
    >>> is_among(pd.DataFrame({"q": ["a", "b", None]}), "q", ["b"]).tolist()
    [False, True, False]
    """
    cells = aligned(responses, column)
    if not isinstance(cells.dtype, pd.CategoricalDtype):
        cells = _as_category(cells)
    given = cells.cat.codes.to_numpy()
    found = np.zeros(len(given), dtype=bool)
    for place, value in enumerate(cells.cat.categories):
        if _written(value) in codes:
            found |= given == place
    return found


def _written(value: object) -> str:
    """A code as a package writes it, also where a table has it as a number."""
    return str(value).removesuffix(".0")


def aligned(responses: pd.DataFrame, item: str | pd.Series) -> pd.Series:
    """A column of the table, or one that stands apart, row by row.

    Raises
    ------
    AnalysisError
        When there is no such column, when the table has it twice, or when rows
        that are named twice leave open which cell belongs to whom.

    Examples
    --------
    >>> table = pd.DataFrame({"q": ["a", "b"]})
    >>> aligned(table, pd.Series([2, 1], index=[1, 0])).tolist()
    [1, 2]
    """
    if isinstance(item, pd.Series):
        return _apart(responses, item)
    if not isinstance(item, Hashable):
        message = "Give the name of a column, or a Series with the rows of the table."
        raise AnalysisError(message)
    if item not in responses.columns:
        message = f"The table has no column {item!r}."
        raise AnalysisError(message)
    cells = responses[item]
    if isinstance(cells, pd.DataFrame):
        message = f"The table has several columns {item!r}."
        raise AnalysisError(message)
    return cells


def _apart(responses: pd.DataFrame, item: pd.Series) -> pd.Series:
    if item.index.equals(responses.index):
        return item
    if not (item.index.is_unique and responses.index.is_unique):
        message = (
            "A column that stands apart must carry the rows of the table in their "
            "order, because some row names occur twice."
        )
        raise AnalysisError(message)
    return item.reindex(responses.index)


def _as_category(cells: pd.Series) -> pd.Series:
    """Categories in their natural order; numbers are steps of a scale."""
    every = cells.dropna().unique().tolist()
    given = [value for value in every if not is_no_answer(value)]
    others = [value for value in every if is_no_answer(value)]
    is_numeric = pd.api.types.is_numeric_dtype(cells.dtype) and not (
        pd.api.types.is_bool_dtype(cells.dtype)
    )
    ordered = is_numeric or bool(given and all(map(is_number, given)))
    values = [*in_order(given), *others]
    return cells.astype(pd.CategoricalDtype(values, ordered=ordered))


def option_columns(responses: pd.DataFrame, item: str) -> dict[str, str]:
    """Columns ``item__option`` of an item, by option code, in their order.

    Examples
    --------
    >>> option_columns(pd.DataFrame(columns=["q05__f1", "q05__f2"]), "q05")
    {'f1': 'q05__f1', 'f2': 'q05__f2'}
    """
    start = item + SEPARATOR
    found = {
        str(name).removeprefix(start): str(name)
        for name in responses.columns
        if str(name).startswith(start)
    }
    if not found:
        message = f"The table has no columns of {item!r}."
        raise AnalysisError(message)
    return found


def indicator_columns(
    responses: pd.DataFrame, item: str, *, base: str = "answered"
) -> tuple[tuple[str, ...], npt.NDArray[np.int8]]:
    """Which options each person chose: 1, 0, or -1 where the base leaves them out.

    Parameters
    ----------
    responses : DataFrame
        One row per person.
    item : str
        An item with one column per option.
    base : str
        ``answered``: whoever gave an answer; ``saw``: whoever saw the
        question, a person who left it empty having chosen nothing.

    Returns
    -------
    (options, chosen)
        Option codes and an array of persons by options.
    """
    columns = option_columns(responses, item)
    chosen = np.stack(
        [_indicator(responses, name) for name in columns.values()], axis=1
    )
    answered = (chosen >= 0).any(axis=1)
    saw = answered
    if base == "saw":
        first = next(iter(columns.values()))
        saw = answered | is_among(responses, first, ("-2", "-3", "-4"))
    elif base != "answered":
        message = f"The base must be 'answered' or 'saw', not {base!r}."
        raise AnalysisError(message)
    inside = np.where(chosen < 0, 0, chosen).astype(np.int8)
    inside[~saw] = -1
    return tuple(columns), inside


def _indicator(responses: pd.DataFrame, column: str) -> npt.NDArray[np.int8]:
    found = answers(responses, column)
    said = [str(value).lower() for value in found.categories]
    odd = [value for value in said if value not in CHOSEN | NOT_CHOSEN]
    if odd:
        message = (
            f"The column {column!r} holds {odd[0]!r}; an option is 1 where it was "
            "chosen and 0 where not."
        )
        raise AnalysisError(message)
    chosen = np.array([*(value in CHOSEN for value in said), False])
    marks: npt.NDArray[np.int8] = np.where(
        found.codes < 0, -1, chosen[found.codes]
    ).astype(np.int8)
    return marks


def no_answer(responses: pd.DataFrame, item: str) -> pd.Series:
    """How many rows carry each of the five kinds of no answer.

    Items with one column per option are counted by their first column. NA is
    counted as left empty.

    Examples
    --------
    >>> no_answer(pd.DataFrame({"q": ["1", "-3", "-3", "-5"]}), "q").tolist()
    [0, 0, 2, 0, 1]
    """
    column = item
    if item not in responses.columns:
        column = next(iter(option_columns(responses, item).values()))
    found = {
        code: np.count_nonzero(is_among(responses, column, (code,)))
        for code in NO_ANSWER
    }
    found["-2"] += int(responses[column].isna().sum())
    return pd.Series(found, name=item, dtype="int64")


def ballots(responses: pd.DataFrame, codebook: Codebook, item: str) -> pd.DataFrame:
    """Answers of a rank item as ballots: who ranked what, equal ones counted.

    A person who ranked nothing casts no ballot.

    Returns
    -------
    DataFrame
        Columns ``ballot, count, alternative, rank`` (rank NA = not ranked).
    """
    options = codebook.options(item)
    columns = option_columns(responses, item)
    places = np.stack(
        [
            pd.to_numeric(responses[columns[option]].astype("str"), errors="coerce")
            for option in options
        ],
        axis=1,
    ).astype(np.float64)
    places[~(places > 0)] = 0
    kinds, counts = np.unique(
        places[(places > 0).any(axis=1)], axis=0, return_counts=True
    )
    kinds = kinds.reshape(-1, len(options))
    ranks = np.where(kinds > 0, kinds, np.nan).ravel()
    size = len(kinds)
    return pd.DataFrame(
        {
            "ballot": np.repeat(np.arange(size), len(options)),
            "count": np.repeat(counts, len(options)),
            "alternative": pd.Categorical(list(options) * size, categories=options),
            "rank": ranks,
        }
    )
