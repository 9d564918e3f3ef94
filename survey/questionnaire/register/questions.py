"""Which sets of answers somebody could see together, and how exposed they may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from survey.questionnaire.register.exposure import Exposure
from survey.questionnaire.register.variables import Variable


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest shares of people alone, and among fewer than five."""

    unique: float
    under_five: float

    def excess(self, found: Exposure) -> float:
        """0 within the limits; 1 where one of them is exceeded by as much again."""
        over = (found.unique / self.unique, found.under_five / self.under_five)
        return sum(max(0.0, share - 1.0) for share in over)


# What tables show. In a simulated village of 700 the pairs that a village's profile
# shows stay below (three age bands by immigration: 0 and 0 %), while the home language
# in twelve answers does not, not even alone (0 and 1.3 %; docs/administrators.md).
TABLES = Limits(unique=0.001, under_five=0.01)
# All answers of one person together, as somebody sees them who knows a neighbour and
# holds the stored answers. Rows are only given out if five share each combination,
# after suppressing single answers; where that takes more than 5 of 100 rows, the
# questions are too fine (docs/privacy.md).
TOGETHER = Limits(unique=0.01, under_five=0.05)


@dataclass(frozen=True, slots=True)
class Seen:
    """Answers that can be seen together; ``is_table`` unless it is all of them."""

    names: tuple[str, ...]
    is_table: bool

    @property
    def limits(self) -> Limits:
        """How exposed they may be."""
        return TABLES if self.is_table else TOGETHER


def seen_together(variables: Sequence[Variable], *, largest_table: int) -> list[Seen]:
    """Every set that a table can show, then all answers together."""
    sets = [Seen(names, is_table=True) for names in _tables(variables, largest_table)]
    names = tuple(variable.name for variable in variables)
    return [*sets, Seen(names, is_table=False)]


def _tables(variables: Sequence[Variable], largest: int) -> Iterator[tuple[str, ...]]:
    """Any answer by released ones: a table has at most one that is not released."""
    for size in range(1, min(largest, len(variables)) + 1):
        for some in combinations(variables, size):
            if sum(not variable.is_released for variable in some) <= 1:
                yield tuple(variable.name for variable in some)
