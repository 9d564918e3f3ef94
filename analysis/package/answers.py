"""responses.csv becomes a typed table; knows no statistic.

Types and categories come from the codebook, never from the data: an option
nobody chose is there all the same.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.package.codes import NO_ANSWER, SEPARATOR, SYSTEM_COLUMNS
from analysis.package.columns import Columns
from analysis.package.contents import Codebook, Item
from analysis.package.descriptor import Column
from analysis.package.problems import Findings
from analysis.package.tables import MAX_REPORTED, check_widths, decoded, header

RESPONSES = "responses.csv"
# Lines whose commas are counted at a time.
LINES = 1 << 14
# Unknown codes that are told one by one for each column.
MAX_CODES = 3
EXPORT_AGAIN = "Correct the cell, or export the package again."


@dataclass(frozen=True, slots=True)
class Answers:
    """Typed responses without the excluded rows; these apart, and how many."""

    table: pd.DataFrame
    excluded: Mapping[str, int]
    excluded_rows: pd.DataFrame = field(default_factory=pd.DataFrame)


def read_answers(
    content: bytes,
    codebook: Codebook,
    columns: Mapping[str, Column],
    findings: Findings,
) -> Answers:
    """Read and check every cell of responses.csv."""
    empty = Answers(pd.DataFrame(), {})
    text = decoded(RESPONSES, content, findings)
    names = header(RESPONSES, text, findings) if text is not None else None
    if text is None or names is None:
        return empty
    types = column_types(codebook, columns)
    if not _has_every_column(names, types, columns, findings):
        return empty
    raw = _raw(text.encode(), names, findings)
    if raw is None:
        return empty
    table = typed(raw, codebook, findings=findings, described=columns)
    reasons = raw["excluded"].astype("str")
    stays = (reasons == "").to_numpy()
    counted = reasons[~stays].value_counts()
    excluded = {str(reason): int(n) for reason, n in counted.items()}
    kept, excluded_rows = (
        table[rows].reset_index(drop=True) for rows in (stays, ~stays)
    )
    return Answers(kept, excluded, excluded_rows)


def kept_answers(
    columns: Columns, codebook: Codebook, described: Mapping[str, Column]
) -> Answers | None:
    """The same from the columns kept of it; None when they are of other types.

    The table maps the file: nothing is read before somebody counts it.
    """
    types = column_types(codebook, described)
    for name, one in columns.described.items():
        kept = pd.Index(one.categories, dtype="str")
        own = pd.CategoricalDtype(kept, ordered=one.is_ordered)
        known = types.setdefault(name, own)
        # Types without an order are equal in any order, their codes are not.
        if known != own or tuple(known.categories) != one.categories:
            return None
    if set(types) | set(described) | set(SYSTEM_COLUMNS) != set(columns.described):
        return None
    cells = {
        name: pd.Categorical.from_codes(
            columns.codes(name), dtype=types[name], validate=False
        )
        for name in columns.described
    }
    return Answers(pd.DataFrame(cells, copy=False), columns.excluded)


def column_types(
    codebook: Codebook, described: Mapping[str, Column] | None = None
) -> dict[str, pd.CategoricalDtype]:
    """Type of every column of the table: its categories, no answer last."""
    return {
        column: pd.CategoricalDtype(
            [*_categories(item, (described or {}).get(column)), *NO_ANSWER],
            ordered=item.is_ordinal,
        )
        for item in codebook.items
        for column in item.columns
    }


def _categories(item: Item, described: Column | None) -> tuple[str, ...]:
    if item.kind == "rank" and described is not None and described.categories:
        return tuple(code for code in described.categories if code not in NO_ANSWER)
    if item.kind == "rank":
        return ("", *(str(place + 1) for place in range(len(item.options))))
    if item.kind == "points":
        return tuple(str(points) for points in range(101))
    return ("0", "1") if item.kind in ("multiple", "pick") else item.low_to_high


def typed(
    raw: pd.DataFrame,
    codebook: Codebook,
    *,
    findings: Findings | None = None,
    described: Mapping[str, Column] | None = None,
) -> pd.DataFrame:
    """Give a table of codes the types of the codebook.

    Columns the codebook does not know are kept as they are. A code it does
    not know is noted in ``findings`` and becomes missing.
    """
    noted = findings if findings is not None else Findings()
    types = column_types(codebook, described)
    done = {
        name: _cells(name, raw[name], types[name], noted)
        if name in types
        else raw[name]
        for name in raw.columns
    }
    for item in codebook.items:
        _check_spread(item, done, noted)
    return pd.DataFrame(done, index=raw.index)


def _cells(
    name: str, cells: pd.Series, dtype: pd.CategoricalDtype, findings: Findings
) -> pd.Categorical:
    given = pd.Categorical(cells).remove_unused_categories()
    values = given.categories.astype("str")
    position = dtype.categories.get_indexer(values)
    _note_unknown(name, given, np.flatnonzero(position < 0), findings)
    # One more place at the end answers code -1, which stands for missing.
    lookup = np.append(position, -1).astype(np.int16)
    return pd.Categorical.from_codes(lookup[given.codes], dtype=dtype)


def _note_unknown(
    name: str,
    cells: pd.Categorical,
    unknown: npt.NDArray[np.intp],
    findings: Findings,
) -> None:
    """One message per unknown code, with its first row and how many follow."""
    for place in unknown[:MAX_CODES]:
        lines = np.flatnonzero(cells.codes == place) + 2
        others = f" ({lines.size - 1} further rows)" if lines.size > 1 else ""
        code = str(cells.categories[place])[:40]
        findings.add(
            RESPONSES,
            f"The codebook has no code {code!r} for this item{others}.",
            EXPORT_AGAIN,
            row=int(lines[0]),
            column=name,
        )
    if len(unknown) > MAX_CODES:
        findings.add(
            RESPONSES,
            f"{len(unknown) - MAX_CODES} further codes of this item are unknown.",
            EXPORT_AGAIN,
            column=name,
        )


def _check_spread(
    item: Item, done: Mapping[str, pd.Series | pd.Categorical], findings: Findings
) -> None:
    """All columns of one item carry the same code when it has no answer."""
    columns = [column for column in item.columns if column in done]
    if len(columns) < 2:
        return
    first = _no_answer(done[columns[0]])
    for column in columns[1:]:
        differs = np.flatnonzero(_no_answer(done[column]) != first)
        if differs.size:
            findings.add(
                RESPONSES,
                f"Columns of {item.name!r} disagree on why there is no answer.",
                EXPORT_AGAIN,
                row=int(differs[0]) + 2,
                column=column,
            )
            return


def _no_answer(cells: pd.Series | pd.Categorical) -> npt.NDArray[np.int16]:
    values = pd.Categorical(cells)
    answers = len(values.categories) - len(NO_ANSWER)
    kinds: npt.NDArray[np.int16] = values.codes.astype(np.int16) - answers
    return np.maximum(kinds, np.int16(-1))


def _has_every_column(
    names: Sequence[str],
    types: Mapping[str, pd.CategoricalDtype],
    described: Mapping[str, Column],
    findings: Findings,
) -> bool:
    wanted = dict.fromkeys([*types, *described, *SYSTEM_COLUMNS])
    missing = [name for name in wanted if name not in names]
    for name in missing[:MAX_REPORTED]:
        owner = name.split(SEPARATOR)[0]
        findings.add(
            RESPONSES,
            f"The column of {owner!r} is missing.",
            "Export the package again.",
            row=1,
            column=name,
        )
    return not missing


def _raw(data: bytes, names: list[str], findings: Findings) -> pd.DataFrame | None:
    """Every cell as text of category type; None when lines are malformed."""
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"\n") + b"\n"
    try:
        widths = _quoted_widths(lines) if b'"' in lines else _plain_widths(lines)
    except csv.Error:
        findings.add(
            RESPONSES, "It cannot be read as CSV.", "Export the package again."
        )
        return None
    wrong = np.flatnonzero(widths != len(names))
    if wrong.size:
        odd = [(int(line) + 2, int(widths[line])) for line in wrong]
        check_widths(RESPONSES, len(names), odd, findings)
        return None
    if not widths.size:
        return pd.DataFrame({name: pd.Categorical([]) for name in names})
    return pd.read_csv(
        io.BytesIO(lines), dtype="category", na_filter=False, index_col=False
    )


def _quoted_widths(lines: bytes) -> npt.NDArray[np.int64]:
    """Cells of each line below the header, where commas may stand in quotes."""
    text = io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8", newline="")
    widths = [len(cells) for cells in csv.reader(text, strict=True)]
    return np.array(widths[1:], dtype=np.int64)


def _plain_widths(lines: bytes) -> npt.NDArray[np.int64]:
    """The same by counting commas, without an object per line."""
    signs = np.frombuffer(lines, dtype=np.uint8)
    ends = np.flatnonzero(signs == ord("\n"))
    starts = np.append(0, ends[:-1] + 1)
    counts = np.empty(len(ends), dtype=np.int64)
    for first in range(0, len(ends), LINES):
        block = slice(first, first + LINES)
        place = starts[first]
        part = signs[place : ends[block][-1] + 1] == ord(",")
        counts[block] = np.add.reduceat(part, starts[block] - place, dtype=np.int64)
    return counts[1:] + 1
