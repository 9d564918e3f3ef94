"""The gate's attack word for word: every small count, both ways, all inequalities.

One integer programme for the smallest and one for the largest value of each count,
nothing left out, nothing cleared by another's solution. Slow, and the measure of the
fast one.
"""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp


class LiteralAttack:
    """Takes the place of ``analysis.disclosure.attack.Attack``."""

    def __init__(self, system, truth):
        self.system, self.truth = system, truth

    def pinned(self, suspects=None):
        names = list(self.system.unknowns) if suspects is None else suspects
        return [name for name in names if self._is_told(self.system.unknowns[name])]

    def _is_told(self, place):
        value = self.truth[place]
        if not 1 <= value <= 4:
            return False
        return self._extreme(place, 1) >= value and self._extreme(place, -1) <= value

    def _extreme(self, place, way):
        """The smallest (1) or the largest (-1) value in whole people."""
        width = len(self.truth)
        target = np.zeros(width)
        target[place] = way
        found = milp(
            target,
            constraints=LinearConstraint(
                self.system.matrix(), self.system.low, self.system.high
            ),
            # Nobody counts more than this here; an endless programme has no answer.
            bounds=Bounds(0, np.full(width, 10_000)),
            integrality=1,
        )
        assert found.status == 0, found.message
        return round(way * found.fun)
