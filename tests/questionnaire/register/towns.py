"""Made-up registers, and people drawn from them by another program (numpy)."""

from __future__ import annotations

import numpy

from survey.questionnaire.register.table import Register


def counts(total, shares, names=None):
    """Whole people by category that add up; the rounding goes to the largest."""
    people = [int(share / sum(shares) * total) for share in shares]
    people[people.index(max(people))] += total - sum(people)
    return dict(zip(names or map(str, range(len(people))), people, strict=True))


# A village of 700; 14 of 100 have another home language, in eleven languages.
SHARES = {
    "age": (0.18, 0.20, 0.22, 0.22, 0.18),
    "sex": (0.50, 0.49, 0.01),
    "immigrated": (0.15, 0.10, 0.75),
    "years": (0.10, 0.25, 0.65),
    "children": (0.35, 0.65),
    "language": (
        0.86,
        *(0.042, 0.028, 0.0182, 0.014, 0.0098, 0.0084, 0.007, 0.0056, 0.0042, 0.0014),
        0.0014,
    ),
}
VILLAGE = Register(700, {name: counts(700, own) for name, own in SHARES.items()})
APART = {
    name: {category: category for category in margin}
    for name, margin in VILLAGE.margins.items()
}


def simulated(register, names, rounds, rng):
    """Mean shares unique and under five in towns that have exactly these margins.

    Everybody gets a category of each variable by lot, as often as the register says.
    """
    unique = few = 0
    for _ in range(rounds):
        code = numpy.zeros(register.total, dtype=int)
        for name in names:
            people = list(register.margins[name].values())
            drawn = rng.permutation(numpy.repeat(range(len(people)), people))
            code = code * len(people) + drawn
        _, sizes = numpy.unique(code, return_counts=True)
        unique += sizes[sizes == 1].sum()
        few += sizes[sizes < 5].sum()
    return unique / rounds / register.total, few / rounds / register.total
