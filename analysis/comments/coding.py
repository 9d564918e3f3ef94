"""Do people who sort comments agree? Knows codes only, never a comment's words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.order import in_order
from analysis.package import AnalysisError
from analysis.settings import check_resampling

Floats = npt.NDArray[np.float64]

LEVELS = ("nominal", "ordinal", "interval", "ratio")
COLUMNS = ("unit", "coder", "code")
DEFAULT_SEED = 20_250_101


@dataclass(frozen=True, slots=True)
class Agreement:
    """Krippendorff's alpha with its interval.

    ``units`` counts what at least two persons coded, ``coders`` the persons, and
    ``values`` the codes given to these units. Always printed together.
    """

    alpha: float
    low: float
    high: float
    units: int
    coders: int
    values: int


def agreement(
    codings: pd.DataFrame,
    *,
    level: str = "nominal",
    resamples: int = 2000,
    seed: int = DEFAULT_SEED,
    confidence: float = 0.95,
) -> Agreement:
    """Krippendorff's alpha: 1 all agree, 0 as if codes were drawn by lot.

    Parameters
    ----------
    codings : DataFrame
        Columns ``unit``, ``coder``, ``code``; NA, an empty code or no row: not coded.
    level : str
        ``nominal``; ``ordinal`` (codes in their order: categories, or numbers);
        ``interval`` or ``ratio`` (codes are numbers).
    resamples, seed : int
        How often units are drawn anew with replacement, and the seed.
    confidence : float
        Level of confidence, 0 … 1.

    Returns
    -------
    Agreement
        NaN where nothing was coded twice, or where only one code was ever given:
        then nothing tells agreement from habit.

    Notes
    -----
    α = 1 − D_o / D_e with coincidences o_ck = Σ_u n_uc (n_uk − [c=k]) / (m_u − 1),
    D_o = Σ o_ck δ²_ck / n and D_e = Σ n_c n_k δ²_ck / (n (n − 1)). Percentile
    interval over units drawn anew.

    References
    ----------
    K. Krippendorff (2011), Computing Krippendorff's alpha-reliability,
    Annenberg School for Communication.

    Examples
    --------
    >>> rows = [(1, "a", "x"), (1, "b", "x"), (2, "a", "x"), (2, "b", "y"),
    ...     (3, "a", "y"), (3, "b", "y"), (4, "a", "y")]
    >>> found = agreement(pd.DataFrame(rows, columns=["unit", "coder", "code"]))
    >>> round(found.alpha, 4), found.units, found.coders
    (0.4444, 3, 2)
    """
    _check(codings, level)
    check_resampling(resamples, confidence)
    code = codings["code"]
    is_coded = code.notna() & (code.astype("str") != "")
    given = codings.loc[is_coded, list(COLUMNS)]
    if given[["unit", "coder"]].isna().any(axis=None):
        message = "Every code needs the unit it was given to and who gave it."
        raise AnalysisError(message)
    if given.duplicated(["unit", "coder"]).any():
        message = "Somebody coded the same unit twice; keep one code for each."
        raise AnalysisError(message)
    counts, values = _counts(given, level)
    double = given.groupby("unit", observed=True)["coder"].transform("size") > 1
    coincidences = _coincidences(counts)
    rng = np.random.default_rng(seed)
    alpha = _alpha(coincidences.sum(axis=0), values, level)
    low = high = np.nan
    if np.isfinite(alpha):
        chance = np.full(len(counts), 1 / len(counts))
        times = rng.multinomial(len(counts), chance, resamples)
        tables = np.tensordot(times.astype(np.float64), coincidences, axes=1)
        drawn = np.array([_alpha(table, values, level) for table in tables])
        # Units that all carry one code say nothing; they are drawn anew as agreement.
        drawn = np.where(np.isnan(drawn), 1.0, drawn)
        tail = (1 - confidence) / 2
        low, high = (float(limit) for limit in np.quantile(drawn, [tail, 1 - tail]))
    coders = given.loc[double, "coder"].nunique()
    return Agreement(alpha, low, high, len(counts), coders, int(double.sum()))


def _check(codings: pd.DataFrame, level: str) -> None:
    missing = [name for name in COLUMNS if name not in codings.columns]
    message = ""
    if level not in LEVELS:
        message = f"The level must be one of {', '.join(LEVELS)}, not {level!r}."
    elif missing:
        message = f"The codings need the columns {', '.join(missing)}."
    if message:
        raise AnalysisError(message)


def _counts(given: pd.DataFrame, level: str) -> tuple[Floats, Floats]:
    """How often each code was given to each unit coded twice, and the codes' values."""
    code = given["code"]
    if level in ("interval", "ratio"):
        code = pd.to_numeric(code.astype("object"), errors="coerce").astype("float64")
        least = 0 if level == "ratio" else -np.inf
        if not (np.isfinite(code) & (code >= least)).all():
            at_least = " of at least 0" if level == "ratio" else ""
            message = f"On the level {level!r} every code must be a number{at_least}."
            raise AnalysisError(message)
    elif not isinstance(code.dtype, pd.CategoricalDtype):
        code = code.astype(pd.CategoricalDtype(in_order(code.unique())))
    if isinstance(code.dtype, pd.CategoricalDtype):
        code = code.cat.remove_unused_categories()
    place, labels = pd.factorize(code, sort=True)
    if isinstance(code.dtype, pd.CategoricalDtype):
        place, labels = code.cat.codes.to_numpy(), code.cat.categories
    unit, names = pd.factorize(given["unit"])
    counts = np.zeros((len(names), len(labels)))
    np.add.at(counts, (unit, place), 1.0)
    values = np.arange(1.0, len(labels) + 1)
    if level in ("interval", "ratio"):
        values = np.asarray(labels, dtype=np.float64)
    return counts[counts.sum(axis=1) > 1], values


def _coincidences(counts: Floats) -> Floats:
    """Pairs of codes within each unit: units × codes × codes."""
    pairs = counts[:, :, None] * counts[:, None, :]
    diagonal = np.arange(counts.shape[1])
    pairs[:, diagonal, diagonal] -= counts
    coders = counts.sum(axis=1)[:, None, None]
    found: Floats = pairs / (coders - 1)
    return found


def _alpha(table: Floats, values: Floats, level: str) -> float:
    total = table.sum(axis=1)
    n = total.sum()
    distance = _distances(total, values, level)
    expected = float(total @ distance @ total)
    if not expected > 0:
        return float("nan")
    return float(1 - (table * distance).sum() * (n - 1) / expected)


def _distances(total: Floats, values: Floats, level: str) -> Floats:
    """Squared distance of every two codes."""
    if level == "nominal":
        return 1 - np.eye(len(values))
    if level == "ordinal":
        middle = np.cumsum(total) - total / 2
        apart: Floats = (middle[:, None] - middle) ** 2
        return apart
    difference = values[:, None] - values
    if level == "interval":
        return difference**2
    together = values[:, None] + values
    ratios = np.zeros_like(difference)
    np.divide(difference, together, out=ratios, where=together != 0)
    return ratios**2
