"""Integer programmes over a part of the inequalities. Must not know what is counted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.disclosure.blocks import Part

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

# Steps after which the search for a whole-numbered solution is given up; what could not
# be shown to be safe by then counts as unsafe. Steps, not seconds: every machine must
# come to the same result.
_STEPS = 500
_HALF = 0.5


def moved(part: Part, places: Places, start: Floats, way: int) -> Floats | None:
    """Return a solution that moves as many of some unknowns as possible one way.

    For each of them a further variable of 0 or 1 says whether it moves; their sum is
    made as large as possible. ``None`` where none of them moves.
    """
    count, size = places.size, len(part.columns)
    step = -way * sparse.eye_array(count)
    picks = _picks(part.chosen(places), size)
    endless = np.full(count, np.inf)
    found = solved(
        sparse.block_array([[part.matrix, None], [picks, step]]),
        np.append(part.low, start[places] if way > 0 else -endless),
        np.append(part.high, start[places] if way < 0 else endless),
        chosen=count,
    )
    if found is None or not (found[size:] > _HALF).any():
        return None
    return found[:size]


def nearest(
    part: Part, place: int, start: Floats, way: int, costs: Floats
) -> Floats | None:
    """Return the solution next to the start in which one unknown moves one way.

    Parameters
    ----------
    part : Part
        Some of the inequalities.
    place : int
        The one unknown.
    start : ndarray
        Values of all unknowns to stay near to.
    way : int
        1 for more, -1 for less.
    costs : ndarray
        What it costs that an unknown of the part is one more or less.
    """
    size = len(part.columns)
    own = int(part.chosen(np.array([place]))[0])
    near = start[part.columns]
    whole = sparse.eye_array(size)
    low, high = np.zeros(size), np.full(size, np.inf)
    if way > 0:
        low[own] = near[own] + 1
    else:
        high[own] = near[own] - 1
    found = milp(
        np.concatenate([np.zeros(size), costs, costs]),
        constraints=LinearConstraint(
            sparse.block_array([[part.matrix, None, None], [whole, -whole, whole]]),
            np.append(part.low, near),
            np.append(part.high, near),
        ),
        bounds=Bounds(
            np.append(low, np.zeros(2 * size)),
            np.append(high, np.full(2 * size, np.inf)),
        ),
        integrality=1,
        options={"node_limit": _STEPS},
    )
    return None if found.x is None else found.x[:size]


def solved(
    matrix: sparse.sparray, low: Floats, high: Floats, *, chosen: int = 0
) -> Floats | None:
    """Solve in whole numbers from 0 on; as many of the last ``chosen`` as can be 1."""
    size = matrix.shape[1] - chosen
    found = milp(
        np.append(np.zeros(size), -np.ones(chosen)),
        constraints=LinearConstraint(matrix, low, high),
        bounds=Bounds(0, np.append(np.full(size, np.inf), np.ones(chosen))),
        integrality=1,
        options={"node_limit": _STEPS},
    )
    solution: Floats | None = found.x
    return solution


def _picks(places: Places, size: int) -> sparse.csr_array:
    lines = np.arange(places.size)
    ones = np.ones(places.size)
    return sparse.csr_array((ones, (lines, places)), shape=(places.size, size))
