"""Who answered: response rates, break-off, missing answers; knows no opinion."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.codebook import Codebook
from analysis.order import is_number
from analysis.package import NO_ANSWER, AnalysisError
from analysis.package.codes import NOT_REACHED
from analysis.responses import answers, is_among, no_answer

Members = list[tuple[object, npt.NDArray[np.bool_]]]

# Above it, a chart of the item carries a warning.
WARN_ABOVE = 0.20


def rates(
    *,
    I: int,  # noqa: E741 - the letters are those of the AAPOR standard
    P: int,
    R: int,
    NC: int,
    O: int,  # noqa: E741
    U: int,
    NE: int,
) -> dict[str, float | None]:
    """AAPOR's response, cooperation, refusal and contact rates.

    Parameters
    ----------
    I, P : int
        Complete and partial answers.
    R, NC, O : int
        Refusals, people never reached, others who could have answered.
    U, NE : int
        People of unknown eligibility, and people known not to be eligible.

    Returns
    -------
    dict
        ``RR1`` … ``RR6``, ``COOP`` (COOP1), ``COOP1`` … ``COOP4``, ``REF``
        (REF1), ``REF1`` … ``REF3``, ``CON`` (CON1), ``CON1`` … ``CON3``, in
        0 … 1; None where a denominator is impossible.

    Notes
    -----
    RR1 = I / (I + P + R + NC + O + U); RR3 counts only the part e of U that is
    taken to be eligible, e = (I + P + R + NC + O) / (I + P + R + NC + O + NE);
    RR5 leaves U out. RR2, RR4, RR6 count partial answers as answers.

    References
    ----------
    AAPOR (2023), Standard Definitions, 10th edition.

    Examples
    --------
    >>> found = rates(I=400, P=20, R=10, NC=300, O=0, U=60, NE=10)
    >>> round(found["RR1"], 3), round(found["RR2"], 3), round(found["RR5"], 3)
    (0.506, 0.532, 0.548)
    """
    counts = {"I": I, "P": P, "R": R, "NC": NC, "O": O, "U": U, "NE": NE}
    wrong = [name for name, count in counts.items() if not _is_count(count)]
    if wrong:
        message = f"These are no counts of at least 0: {', '.join(wrong)}."
        raise AnalysisError(message)
    eligible = I + P + R + NC + O
    met = I + P + R + O
    unknown = _likely(eligible, U, NE)
    denominators = (eligible + U, _sum(eligible, unknown), eligible)
    found: dict[str, float | None] = {}
    for place, whole in enumerate(denominators):
        found[f"RR{2 * place + 1}"] = _rate(I, whole)
        found[f"RR{2 * place + 2}"] = _rate(I + P, whole)
    for name, part, whole in (
        ("COOP1", I, met),
        ("COOP2", I + P, met),
        ("COOP3", I, I + P + R),
        ("COOP4", I + P, I + P + R),
    ):
        found[name] = _rate(part, whole)
    for place, whole in enumerate(denominators):
        found[f"REF{place + 1}"] = _rate(R, whole)
        found[f"CON{place + 1}"] = _rate(met, whole)
    for name in ("COOP", "REF", "CON"):
        found[name] = found[f"{name}1"]
    return found


def _is_count(given: object) -> bool:
    return is_number(given) and 0 <= float(str(given)) < math.inf


def _likely(eligible: int, unknown: int, not_eligible: int) -> float | None:
    """How many of unknown eligibility are taken to be eligible: e × U."""
    if not unknown:
        return 0.0
    known = eligible + not_eligible
    return unknown * eligible / known if known else None


def _sum(first: float, second: float | None) -> float | None:
    return None if second is None else first + second


def _rate(part: float, whole: float | None) -> float | None:
    return part / whole if whole else None


def by_channel(participation: pd.DataFrame) -> pd.DataFrame:
    """Counts of each channel side by side, with the rates that make sense.

    Parameters
    ----------
    participation : DataFrame
        ``channel, stage, page, count`` as in a package.

    Returns
    -------
    DataFrame
        Index ``channel``; ``invited``, ``undeliverable``, ``started``,
        ``completed``, ``partial``, ``screened_out``; ``response_rate``
        (answers among those invited whose letter could be delivered and who
        were not screened out; NaN where nobody was invited) and
        ``completion_rate`` (answers among those who started).

    Examples
    --------
    >>> table = pd.DataFrame({"channel": "code", "page": "",
    ...     "stage": ["invited", "started", "completed"], "count": [800, 500, 400]})
    >>> by_channel(table).loc["code", ["response_rate", "completion_rate"]].tolist()
    [0.5, 0.8]
    """
    stages = (
        "invited",
        "undeliverable",
        "started",
        "completed",
        "partial",
        "screened_out",
    )
    counted = participation[participation["stage"].isin(stages)]
    table = counted.pivot_table(
        index="channel", columns="stage", values="count", aggfunc="sum", fill_value=0
    ).reindex(columns=list(stages), fill_value=0)
    table.columns.name = None
    table = table.astype("int64")
    sent = table["completed"] + table["partial"]
    asked = table["invited"] - table["undeliverable"] - table["screened_out"]
    was_invited = (table["invited"] > 0) & (asked > 0)
    # Rounded counts of a package can exceed each other a little.
    table["response_rate"] = (sent / asked.where(was_invited)).clip(upper=1.0)
    started = table["started"].where(table["started"] > 0)
    table["completion_rate"] = (sent / started).clip(upper=1.0)
    return table


def break_off(
    responses: pd.DataFrame, codebook: Codebook, *, by: str | None = None
) -> pd.DataFrame:
    """On which page people who sent early had stopped.

    Parameters
    ----------
    responses : DataFrame
        Typed responses.
    codebook : Codebook
        Names the page of each item.
    by : str, optional
        Column of the groups, for example ``form_language``.

    Returns
    -------
    DataFrame
        Index ``group, page`` (group "" is everybody), pages in their order;
        ``reached`` (persons who posted the page), ``left`` (persons for whom
        it is the first one not reached) and ``share`` (left among those who
        could have gone on).

    Examples
    --------
    >>> from analysis.codebook import Item, codebook_of
    >>> book = codebook_of([Item(f"q{n}", "single", page=f"p{n}", options=("a",))
    ...     for n in (1, 2)])
    >>> table = pd.DataFrame({"q1": ["a", "a"], "q2": ["a", "-5"]})
    >>> break_off(table, book)["left"].tolist()
    [0, 1]
    """
    pages: dict[str, list[str]] = {}
    for item in codebook.items:
        columns = [column for column in item.columns if column in responses]
        if columns:
            pages.setdefault(item.page or item.name, []).append(columns[0])
    reached = np.ones((len(responses), len(pages)), dtype=bool)
    for place, columns in enumerate(pages.values()):
        cells = [is_among(responses, column, (NOT_REACHED,)) for column in columns]
        reached[:, place] = ~np.all(cells, axis=0)
    goes_on = np.logical_and.accumulate(reached, axis=1)
    before = np.concatenate(
        [np.ones((len(responses), 1), dtype=bool), goes_on[:, :-1]], axis=1
    )
    rows = []
    for name, members in _members(responses, by):
        for place, page in enumerate(pages):
            could = int(before[members, place].sum())
            left = could - int(goes_on[members, place].sum())
            share = left / could if could else np.nan
            rows.append((name, page, int(reached[members, place].sum()), left, share))
    columns = ["group", "page", "reached", "left", "share"]
    return pd.DataFrame(rows, columns=columns).set_index(["group", "page"])


def _members(responses: pd.DataFrame, by: str | None) -> Members:
    everybody: Members = [("", np.ones(len(responses), dtype=bool))]
    if by is None:
        return everybody
    found = answers(responses, by)
    groups = [
        (name, np.asarray(found.codes == place))
        for place, name in enumerate(found.categories)
    ]
    return [*everybody, *groups]


def nonresponse(responses: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """The five kinds of no answer of every item.

    Returns
    -------
    DataFrame
        Index ``item``; ``answered``, the five codes ``-1`` … ``-5``,
        ``share`` (left empty, don't know and prefer not to say among those
        who saw the question) and ``warn`` (more than a fifth).

    Examples
    --------
    >>> from analysis.codebook import Item, codebook_of
    >>> book = codebook_of([Item("q", "single", options=("a", "b"))])
    >>> table = pd.DataFrame({"q": ["a", "b", "-2", "-1"]})
    >>> nonresponse(table, book).loc["q", ["answered", "share"]].tolist()
    [2.0, 0.3333333333333333]
    """
    counted = {
        item.name: no_answer(responses, item.name)
        for item in codebook.items
        if any(column in responses.columns for column in item.columns)
    }
    table = pd.DataFrame(counted, index=list(NO_ANSWER)).T.astype("int64")
    table.index.name = "item"
    answered = len(responses) - table.sum(axis=1)
    refused = table[["-2", "-3", "-4"]].sum(axis=1)
    saw = answered + refused
    table.insert(0, "answered", answered)
    table["share"] = refused / saw.where(saw > 0)
    table["warn"] = table["share"] > WARN_ABOVE
    return table
