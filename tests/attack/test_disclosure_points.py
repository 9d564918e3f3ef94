"""An attacker reads shares and quartiles of a budget that everybody spent whole."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from analysis.disclosure import publish
from analysis.package import Item
from tests.disclosure.surveys import package

BUDGET = Item("budget", "points", role="points", options=("park", "bus", "pool"))
TOTAL, REACH = 10, 2
SPREADS = {"even": (1, 1, 1), "skewed": (8, 1, 0.2), "nearly nothing": (30, 1, 0.1)}
VALUES = np.arange(TOTAL + 1)


def given(people, seed, spread):
    rng = np.random.default_rng(seed)
    chances = rng.dirichlet(spread, people)
    return np.array([rng.multinomial(TOTAL, chance) for chance in chances])


def figures_of(spent):
    table = pd.DataFrame(spent.astype("str"), columns=list(BUDGET.columns))
    table["channel"], table["form_language"] = "link", "de"
    survey = package(table, items=(BUDGET,), policy={"k": 10, "group_base": 10})
    figures = publish(survey, seed=1, resamples=10).table("budget").figures
    return figures.set_index(["statistic", "category"])


def inequalities(figures):
    """Rows of A x <= b; x holds how many gave each option each number, then all."""
    size = len(BUDGET.options) * len(VALUES) + 1
    rows, limits = [], []

    def bind(terms, most):
        row = np.zeros(size)
        for place, factor in terms:
            row[place] += factor
        rows.append(row)
        limits.append(most)

    people = size - 1
    for number, option in enumerate(BUDGET.options):
        start = number * len(VALUES)
        share = figures.loc[("share", option)]
        gave = [(start + value, 1) for value in VALUES[1:]]
        whole = [(start + value, 1) for value in VALUES] + [(people, -1)]
        for sign in (1, -1):
            bind([(at, sign) for at, _ in gave], sign * share.n + REACH)
            bind([(people, sign)], sign * share.base + REACH)
            bind([(at, sign * factor) for at, factor in whole], 0)
        for name, part in (("low", 0.25), ("middle", 0.5), ("high", 0.75)):
            reached = int(figures.loc[(f"points_{name}", option), "share"])
            below = [(start + value, 1) for value in range(reached)]
            bind([*below, (people, -part)], 0)
            upto = [(start + value, -1) for value in range(reached + 1)]
            bind([*upto, (people, part)], 0)
    spent = [
        (number * len(VALUES) + value, int(value))
        for number in range(len(BUDGET.options))
        for value in VALUES
    ]
    for sign in (1, -1):
        bind([(at, sign * n) for at, n in spent] + [(people, -sign * TOTAL)], 0)
    return np.array(rows, dtype=float), np.array(limits, dtype=float)


@pytest.mark.parametrize("spread", SPREADS)
@pytest.mark.parametrize("people", [33, 60, 130])
def test_no_number_of_few_people_follows_from_shares_and_quartiles(people, spread):
    checked = 0
    for seed in range(3):
        spent = given(people, seed, SPREADS[spread])
        figures = figures_of(spent)
        if figures.loc["share", "n"].isna().any():
            continue
        matrix, most = inequalities(figures)
        true = np.concatenate([np.bincount(each, minlength=11) for each in spent.T])
        assert (matrix @ np.append(true, people) <= most + 1e-9).all()
        few = np.flatnonzero((true >= 1) & (true <= 4))
        checked += len(few)
        assert not [place for place in few if is_pinned(place, matrix, most)]
    assert checked


def is_pinned(places, matrix, most):
    """Whether only one whole number of people is possible there, taken together."""
    aim = np.zeros(matrix.shape[1])
    aim[places] = 1
    low, high = (
        sign * linprog(sign * aim, A_ub=matrix, b_ub=most).fun for sign in (1, -1)
    )
    return np.floor(high + 1e-6) <= np.ceil(low - 1e-6)


def test_means_beside_them_would_give_single_people_away():
    # Of 33 people two gave the pool everything; 0 is published, and a mean of 0.6.
    spent = np.array([(10, 0, 0)] * 20 + [(0, 10, 0)] * 11 + [(0, 0, 10)] * 2)
    matrix, most = inequalities(figures_of(spent))
    start, people = 2 * len(VALUES), matrix.shape[1] - 1
    mean = round(float(spent[:, 2].mean()), 1)
    row = np.zeros(matrix.shape[1])
    row[start : start + len(VALUES)], row[people] = -VALUES, mean - 0.05
    something = np.arange(start + 1, start + TOTAL + 1)
    assert not is_pinned(something, matrix, most)
    assert is_pinned(something, np.vstack([matrix, row]), np.append(most, 0))
