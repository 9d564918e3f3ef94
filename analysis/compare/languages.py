"""Do people of different form languages answer differently? Knows no text.

Answers of all languages are pooled by their codes; a language is never weighted to
the size of another one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.compare.blocks import MIN_DELTA, against_rest
from analysis.estimates.sample import Column


def languages(
    responses: pd.DataFrame,
    items: Sequence[str],
    *,
    by: Column = "form_language",
    weights: Column | None = None,
) -> pd.DataFrame:
    """How each language stands against all others, and where to read the translation.

    Parameters
    ----------
    responses : DataFrame
        One row per person, all languages in one table of codes.
    items : sequence of str
        The items of one block.
    by : str or Series
        Column of the form languages.
    weights : str or Series, optional
        Column of the weights.

    Returns
    -------
    DataFrame
        Index ``item, language``; columns as in `against_rest`, and
        ``check_translation``: the difference is secured and its delta (of an item
        without order: V) is at least .147. Without two languages there is no row.

    Notes
    -----
    delta = P(language higher) − P(rest higher). A difference may lie in the people
    or in the words: the sign asks for a reading, it does not correct anything.

    References
    ----------
    N. Cliff (1993), Psychological Bulletin 114, 494-509. J. Romano et al. (2006),
    Annual meeting of the Florida Association of Institutional Research (.147).

    Examples
    --------
    >>> table = pd.DataFrame({"q": [4, 5] * 40 + [1, 2] * 20})
    >>> table["form_language"] = ["de"] * 80 + ["ar"] * 40
    >>> found = languages(table, ["q"]).loc[("q", "ar")]
    >>> float(found["effect"]), bool(found["check_translation"])
    (-1.0, True)
    """
    frame = against_rest(responses, items, by, weights=weights)
    frame = frame.rename_axis(["item", "language"])
    is_alone = frame.index.get_level_values("language").nunique() < 2
    frame["check_translation"] = frame["secured"] & (
        np.abs(frame["effect"]) >= MIN_DELTA
    )
    return frame.iloc[:0] if is_alone else frame
