"""Which rows look as if nobody had read the questions; knows no figure of an answer.

The rules are chosen before the survey opens. Rows have no time and no order here, so
nothing is judged by how fast somebody was or who came after whom.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.codebook import Codebook, Item
from analysis.estimates.change import change, distribution
from analysis.package import AnalysisError
from analysis.responses import answers

Marks = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int16]

CHANNEL, LANGUAGE = "channel", "form_language"
BATTERY = "battery"
# Below these, honest people look the same: a short questionnaire has few ways through,
# and a few rows in one column are an opinion.
IDENTICAL_FROM = 15
STRAIGHT_FROM = 8
FIRST_FROM = 10
# A battery, or one direction of it, of fewer rows says nothing of how it was filled in.
BATTERY_FROM, DIRECTION_FROM = 4, 2
# Copies of a shorter text ("no", "more buses") are what people happen to say.
COPIED_FROM, COPIES_FROM = 40, 3


def empty(responses: pd.DataFrame, codebook: Codebook) -> Marks:
    """Rows without a single answer.

    Examples
    --------
    >>> from analysis.codebook import codebook_of
    >>> book = codebook_of([Item("q", "single", options=("a", "b"))])
    >>> empty(pd.DataFrame({"q": ["a", "-2"]}), book).tolist()
    [False, True]
    """
    table = _answered(responses, codebook)
    return np.asarray((table < 0).all(axis=1), dtype=np.bool_)


def identical(responses: pd.DataFrame, codebook: Codebook) -> Marks:
    """Copies of a row with the same answers, channel and language, but for one.

    Only rows with at least fifteen answers: shorter ways are alike by themselves.

    Examples
    --------
    >>> from analysis.codebook import codebook_of
    >>> names = [f"q{place}" for place in range(15)]
    >>> book = codebook_of([Item(n, "single", options=("a", "b")) for n in names])
    >>> table = pd.DataFrame({name: ["a", "a", "b"] for name in names})
    >>> identical(table, book).tolist()
    [False, True, False]
    """
    table = _answered(responses, codebook)
    ways = [name for name in (CHANNEL, LANGUAGE) if name in responses]
    rows = pd.DataFrame(table)
    for name in ways:
        rows[name] = responses[name].astype("str").to_numpy()
    is_long = (table >= 0).sum(axis=1) >= IDENTICAL_FROM
    return np.asarray(rows.duplicated() & is_long, dtype=np.bool_)


def straight(responses: pd.DataFrame, codebook: Codebook) -> Marks:
    """Rows that carry one answer down every battery they filled in.

    Batteries of which a person answered at least four rows count; together they
    must have eight.

    Examples
    --------
    >>> from analysis.codebook import codebook_of
    >>> names = [f"q_{place}" for place in range(8)]
    >>> book = codebook_of([Item(n, "battery", options=("a", "b")) for n in names])
    >>> table = pd.DataFrame({name: ["a", "a"] for name in names})
    >>> table.loc[1, "q_7"] = "b"
    >>> straight(table, book).tolist()
    [True, False]
    """
    flat = np.ones(len(responses), dtype=bool)
    rows = np.zeros(len(responses), dtype=np.int64)
    for battery in _batteries(codebook):
        places = _places(responses, battery)
        answered = (places >= 0).sum(axis=1)
        counts = answered >= BATTERY_FROM
        flat &= ~counts | _is_flat(places)
        rows += np.where(counts, answered, 0)
    return flat & (rows >= STRAIGHT_FROM)


def contradiction(responses: pd.DataFrame, codebook: Codebook) -> Marks:
    """Rows that agree, or disagree, with statements and their opposites.

    In a battery whose rows point both ways, every row of both directions, at least
    two of each, was answered with the same end of the scale.

    Examples
    --------
    >>> from analysis.codebook import codebook_of
    >>> rows = [Item(f"q_{place}", "battery", options=("yes", "partly", "no"),
    ...     reversed=place > 1, is_ordinal=True) for place in range(4)]
    >>> table = pd.DataFrame({f"q_{place}": ["yes", "partly"] for place in range(4)})
    >>> contradiction(table, codebook_of(rows)).tolist()
    [True, False]
    """
    found = np.zeros(len(responses), dtype=bool)
    for battery in _batteries(codebook):
        ordinal = [item for item in battery if item.is_ordinal]
        ways = [
            _places(responses, [item for item in ordinal if item.reversed is way])
            for way in (False, True)
        ]
        if min(way.shape[1] for way in ways) < DIRECTION_FROM:
            continue
        both = np.concatenate(ways, axis=1)
        is_enough = np.all(
            [(way >= 0).sum(axis=1) >= DIRECTION_FROM for way in ways], axis=0
        )
        last = max(len(item.options) for item in ordinal) - 1
        end = both.max(axis=1)
        found |= is_enough & _is_flat(both) & ((end == 0) | (end == last))
    return found


def first_option(responses: pd.DataFrame, codebook: Codebook) -> Marks:
    """Rows that took the first option of everything, at least ten times.

    Questions whose options stand in random order do not count.

    Examples
    --------
    >>> from analysis.codebook import codebook_of
    >>> names = [f"q{place}" for place in range(10)]
    >>> book = codebook_of([Item(n, "single", options=("a", "b")) for n in names])
    >>> table = pd.DataFrame({name: ["a", "b"] for name in names})
    >>> first_option(table, book).tolist()
    [True, False]
    """
    asked = [
        item
        for item in codebook.items
        if item.columns == (item.name,) and not item.random_order
    ]
    places = _places(responses, asked)
    answered = (places >= 0).sum(axis=1)
    is_first = (places == 0).sum(axis=1) == answered
    return np.asarray(is_first & (answered >= FIRST_FROM), dtype=np.bool_)


Rule = Callable[[pd.DataFrame, Codebook], Marks]
# In the order in which a row gets its reason.
RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "empty": empty,
        "identical": identical,
        "contradiction": contradiction,
        "straight": straight,
        "first_option": first_option,
    }
)


def account(responses: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """How many rows of each channel every rule finds; nothing of what they say.

    Returns
    -------
    DataFrame
        Index ``channel, rule`` (channel "" is everybody); ``found`` and ``rows``. A
        row can be found by several rules.

    Examples
    --------
    >>> from analysis.codebook import codebook_of
    >>> book = codebook_of([Item("q", "single", options=("a", "b"))])
    >>> table = pd.DataFrame({"q": ["a", "-2"], "channel": ["code", "link"]})
    >>> account(table, book).loc[("link", "empty"), "found"]
    np.int64(1)
    """
    found = {name: rule(responses, codebook) for name, rule in RULES.items()}
    members = {"": np.ones(len(responses), dtype=bool)}
    if CHANNEL in responses:
        cells = responses[CHANNEL].astype("str").to_numpy()
        members |= {str(name): cells == name for name in sorted(set(cells))}
    rows = [
        (channel, name, int((marks & inside).sum()), int(inside.sum()))
        for channel, inside in members.items()
        for name, marks in found.items()
    ]
    columns = ["channel", "rule", "found", "rows"]
    return pd.DataFrame(rows, columns=columns).set_index(["channel", "rule"])


def reasons(
    responses: pd.DataFrame, codebook: Codebook, rules: Sequence[str]
) -> pd.Series:
    """Reason code of every row that the chosen rules leave out, else "".

    A row that several rules find carries the first of them.

    Raises
    ------
    AnalysisError
        For a rule there is none of.

    Examples
    --------
    >>> from analysis.codebook import codebook_of
    >>> book = codebook_of([Item("q", "single", options=("a", "b"))])
    >>> reasons(pd.DataFrame({"q": ["a", "-2"]}), book, ["empty"]).tolist()
    ['', 'empty']
    """
    unknown = [name for name in rules if name not in RULES]
    if unknown:
        message = (
            f"There is no rule {', '.join(unknown)}; there are {', '.join(RULES)}."
        )
        raise AnalysisError(message)
    found = np.full(len(responses), "", dtype=object)
    for name in reversed(list(RULES)):
        if name in rules:
            found[RULES[name](responses, codebook)] = name
    return pd.Series(found, index=responses.index, name="excluded", dtype="str")


def copied_texts(comments: pd.DataFrame) -> pd.DataFrame:
    """How often one longer free text came again, per question, without the text.

    Comments belong to no row, so nobody can be left out because of one.

    Returns
    -------
    DataFrame
        Index ``question``; ``texts`` (different ones that came at least three
        times) and ``copies`` (all of them together).

    Examples
    --------
    >>> table = pd.DataFrame({"question": "q9", "text": ["The same words. " * 4] * 3})
    >>> copied_texts(table).loc["q9"].tolist()
    [1, 3]
    """
    words = comments["text"].astype("str").str.casefold().str.split().str.join(" ")
    long = comments.assign(text=words)[words.str.len() >= COPIED_FROM]
    sizes = long.groupby(["question", "text"]).size()
    often = sizes[sizes >= COPIES_FROM].groupby("question")
    return pd.DataFrame({"texts": often.size(), "copies": often.sum()}).astype("int64")


def consequences(
    responses: pd.DataFrame, items: Sequence[str], excluded: pd.Series
) -> pd.DataFrame:
    """Shares of all rows beside those without the excluded ones.

    The items that change most: `analysis.estimates.most_changed`.

    Returns
    -------
    DataFrame
        Index ``item, category``; ``n``, ``base`` (of the rows that stay), ``with``
        and ``without`` the excluded rows, ``change`` (0 … 1).

    Examples
    --------
    >>> table = pd.DataFrame({"q": ["a", "a", "b", "b"]})
    >>> marks = pd.Series(["", "", "", "identical"])
    >>> float(consequences(table, ["q"], marks).loc[("q", "a"), "change"].round(3))
    0.167
    """
    stays = (excluded == "").to_numpy()
    before, after = (
        distribution(rows, items) for rows in (responses, responses[stays])
    )
    found = change(before["share"], after["share"], names=("with", "without"))
    return after[["n", "base"]].join(found, how="outer")


def _answered(responses: pd.DataFrame, codebook: Codebook) -> Codes:
    """Code of every closed answer, -1 where there is none: rows × columns."""
    columns = [
        column
        for item in codebook.items
        for column in item.columns
        if column in responses
    ]
    return _stacked(
        len(responses),
        [answers(responses, column).codes.astype(np.int16) for column in columns],
    )


def _places(responses: pd.DataFrame, items: Sequence[Item]) -> Codes:
    """Place of the option chosen, as displayed, -1 where there is none."""
    found = []
    for item in items:
        if item.name in responses:
            given = answers(responses, item.name)
            known = {code: place for place, code in enumerate(item.options)}
            place = [known.get(str(code), -1) for code in given.categories]
            found.append(np.array([*place, -1], dtype=np.int16)[given.codes])
    return _stacked(len(responses), found)


def _stacked(rows: int, columns: Sequence[Codes]) -> Codes:
    if not columns:
        return np.full((rows, 0), -1, dtype=np.int16)
    return np.stack(columns, axis=1)


def _is_flat(places: Codes) -> Marks:
    """Whether everything answered in a row has the same place."""
    if not places.shape[1]:
        return np.ones(len(places), dtype=np.bool_)
    high = places.max(axis=1)
    low = np.where(places < 0, np.iinfo(np.int16).max, places).min(axis=1)
    return np.asarray((high < 0) | (low == high), dtype=np.bool_)


def _batteries(codebook: Codebook) -> list[list[Item]]:
    """Rows of each battery: the same name but for the last part, or the same page."""
    found: dict[tuple[str, str], list[Item]] = {}
    for item in codebook.items:
        if item.kind == BATTERY:
            stem = item.name.rpartition("_")[0] or item.name
            found.setdefault((item.page, stem), []).append(item)
    return list(found.values())
