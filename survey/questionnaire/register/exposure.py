"""How many people would stand out: alone, or with fewer than five of their kind.

Of a combination the register bounds by *m* people, with *e* of them expected to have
it, the others who share it with a given person are taken to be binomial: each of the
m - 1 others with probability e / m. So a person is alone with probability
(1 - e/m) ** (m - 1), and among fewer than five with that of at most three others.
With m growing this is the Poisson model of population uniqueness (Bethlehem, Keller &
Pannekoek, 1990, Journal of the American Statistical Association 85, 38-45); the bound
keeps small categories right: who is the only one of a category is alone in every
combination. The shares are averages over all people.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from survey.questionnaire.register.population import Cell

FEW = 5  # a count below this is protected everywhere (privacy.md)


@dataclass(frozen=True, slots=True)
class Exposure:
    """Shares of all people, 0 to 1: alone, and among fewer than five."""

    unique: float
    under_five: float


def exposure(cells: Iterable[Cell]) -> Exposure:
    """Averages over the people of these cells."""
    unique = under_five = 0.0
    for share, expected, at_most in cells:
        if at_most:
            alone, few = _alone_and_few(expected, at_most)
            unique += share * alone
            under_five += share * few
    return Exposure(unique, under_five)


def _alone_and_few(expected: float, at_most: int) -> tuple[float, float]:
    """Probability of sharing a combination with nobody, and with at most three."""
    others = at_most - 1
    shared = min(1.0, expected / at_most)
    if shared == 1.0:
        return float(others == 0), float(others <= FEW - 2)
    alone = (1.0 - shared) ** others
    term, few = alone, alone
    for number in range(1, FEW - 1):
        term *= (others - number + 1) / number * shared / (1.0 - shared)
        few += max(0.0, term)
    return alone, min(1.0, few)
