"""Order of what people ranked, from rounded counts of pairs. Must not know a ballot.

The order of true counts would give them away: five options that 3, 4, 5, 6 and 7 people
put first are published as 5 each, and a strict order would tell which has how many. So
every pair "a before b" is rounded first, and order and places follow from that.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import stats

from analysis.disclosure.figures import FEW, Sheet, is_uncertain
from analysis.disclosure.policy import Thresholds
from analysis.disclosure.released import PROTECTED, Released

Counts = npt.NDArray[np.int64]


def add_places(
    sheet: Sheet, said: Released, options: Sequence[str], pairs: Counts
) -> None:
    """Add the place of each option and the range of places that is possible.

    Parameters
    ----------
    sheet : Sheet
        Where the figures go.
    said : Released
        The published row of the rank item.
    options : sequence of str
        Codes of the options, in the order of the pairs.
    pairs : ndarray
        How many people preferred each option (row) to each other (column), rounded.
    """
    statistics = ("rank", "rank_low", "rank_high")
    if is_uncertain(said, sheet.frame):
        sign = PROTECTED if said.base is None else FEW
        for option in options:
            for statistic in statistics:
                sheet.add(statistic, item=said.key.item, category=option, sign=sign)
        return
    place = schulze(pairs)
    low, high = ranges(pairs, sheet.frame.thresholds)
    for number, option in enumerate(options):
        values = (
            place[number],
            min(low[number], place[number]),
            max(high[number], place[number]),
        )
        for statistic, value in zip(statistics, values, strict=True):
            sheet.add(
                statistic,
                item=said.key.item,
                category=option,
                share=float(value),
                base=said.base,
            )


def schulze(pairs: Counts) -> Counts:
    """Return places by Schulze's method (winning votes); ties share the better place.

    References
    ----------
    M. Schulze (2011), Social Choice and Welfare 36, 267-303.
    """
    strength = np.where(pairs > pairs.T, pairs, 0)
    for through in range(len(pairs)):
        via = np.minimum(strength[:, [through]], strength[[through], :])
        strength = np.maximum(strength, via)
    beaten: Counts = 1 + (strength < strength.T).sum(axis=1)
    return beaten


def ranges(pairs: Counts, thresholds: Thresholds) -> tuple[Counts, Counts]:
    """Return best and worst place of each option that the pairs allow.

    An option is surely before another when a sign test of those who preferred one of
    them says so, with the counts moved towards each other as far as rounding allows
    and a correction for all comparisons of one option. What is surely before counts
    in the best place, what is not surely behind in the worst.

    References
    ----------
    M. Mogstad, J. Romano, A. Shaikh, D. Wilhelm (2024), Review of Economic Studies
    91, 476-518.
    """
    size = len(pairs)
    reach = thresholds.rounding_base // 2
    tail = (1 - thresholds.confidence) / (2 * max(size - 1, 1))
    lead = pairs - pairs.T - 2 * reach
    either = pairs + pairs.T + 2 * reach
    is_before = lead > stats.norm.isf(tail) * np.sqrt(either)
    best: Counts = 1 + is_before.sum(axis=0)
    worst: Counts = size - is_before.sum(axis=1)
    return best, worst
