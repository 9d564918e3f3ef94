"""Answers as steps of a scale, from low to high; knows no figure."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.order import as_numbers, is_number, steps
from analysis.package import AnalysisError
from analysis.responses import Answers, aligned, answers

Floats = npt.NDArray[np.float64]


def on_scale(responses: pd.DataFrame, item: str | pd.Series) -> Answers:
    """Answers to a scale, from low to high, with the steps nobody chose.

    Ordered categories are taken as they are; numbers, also as text, are counted
    through from 1 (0 where given) to the largest.

    Raises
    ------
    AnalysisError
        When nothing tells the order of more than two answers.

    Examples
    --------
    >>> found = on_scale(pd.DataFrame({"q": ["2", "5", "-3"]}), "q")
    >>> found.categories, found.codes.tolist()
    ((1, 2, 3, 4, 5), [1, 4, -1])
    """
    found = answers(responses, item)
    values = as_numbers(found.categories)
    is_listed = isinstance(aligned(responses, item).dtype, pd.CategoricalDtype)
    if is_listed and found.is_ordered:
        return found
    if values is not None:
        every = sorted(values) if is_listed else steps(values)
        position = {value: at for at, value in enumerate(every)}
        place = [*(position[value] for value in values), -1]
        codes = np.array(place, dtype=np.intp)[found.codes]
        whole = tuple(int(v) if float(v).is_integer() else v for v in every)
        return Answers(codes, whole, is_ordered=True)
    if not found.is_ordered and len(found.categories) > 2:
        name = item if isinstance(item, str) else item.name
        message = (
            f"{name!r} is no scale: nothing tells the order of its answers. Give "
            "numbers, or an ordered categorical from low to high."
        )
        raise AnalysisError(message)
    return found


def numbers(responses: pd.DataFrame, item: str) -> Floats:
    """Positions 1 … k on a scale, or the numbers themselves; NaN is no answer."""
    found = on_scale(responses, item)
    are_numbers = all(map(is_number, found.categories))
    values = (
        np.array(found.categories, dtype=np.float64)
        if are_numbers
        else np.arange(1.0, len(found.categories) + 1)
    )
    positions: Floats = np.append(values, np.nan)[found.codes]
    return positions
