"""A linear programme against what is told of a ranking: firsts, ranked, and pairs.

The order that is published follows from pairs "a before b" rounded to five. The
attacker gets these pairs as well, more than anybody can read off an order.
"""

from itertools import permutations

import numpy as np
import pytest
from scipy.optimize import linprog

from analysis.codebook import Item
from analysis.disclosure.counting import pairs
from tests.disclosure.surveys import answers, package


def kinds(options, longest):
    """Every ballot that can be cast: 1 to ``longest`` options in order."""
    return [
        ballot
        for size in range(1, longest + 1)
        for ballot in permutations(range(options), size)
    ]


def prefers(ballot, better, worse):
    if better not in ballot:
        return False
    return worse not in ballot or ballot.index(better) < ballot.index(worse)


def questions(options, longest):
    """What is asked of the ballots: firsts and ranked of each option, pairs, base."""
    ballots = kinds(options, longest)
    told = [[b[0] == option for b in ballots] for option in range(options)]
    told += [[option in b for b in ballots] for option in range(options)]
    cells = len(told)
    told.append([True] * len(ballots))
    told += [
        [prefers(b, better, worse) for b in ballots]
        for better in range(options)
        for worse in range(options)
        if better != worse
    ]
    return ballots, np.array(told, dtype=float), cells


@pytest.mark.parametrize(("options", "longest"), [(3, 3), (5, 3)])
@pytest.mark.parametrize("people", [12, 25, 60])
def test_no_count_of_one_to_four_is_pinned_although_all_pairs_are_known(
    options, longest, people
):
    ballots, told, cells = questions(options, longest)
    small = 0
    for seed in range(4):
        rng = np.random.default_rng((people, seed))
        liked = rng.dirichlet(np.ones(options))
        chance = [np.prod(liked[list(b)]) + 1e-4 for b in ballots]
        cast = rng.multinomial(people, np.array(chance) / sum(chance))
        true = told @ cast
        near = 5 * ((true + 2) // 5)
        limits = {
            "A_ub": np.vstack([told, -told]),
            "b_ub": np.concatenate([near + 2, 2 - near]),
        }
        for cell in np.flatnonzero((true[:cells] >= 1) & (true[:cells] <= 4)):
            small += 1
            low = linprog(told[cell], **limits).fun
            high = -linprog(-told[cell], **limits).fun
            assert np.floor(high + 1e-6) > np.ceil(low - 1e-6)
    assert small > 0


def test_the_pairs_of_the_gate_are_those_of_the_ballots():
    item = Item("order", "rank", options=("f1", "f2", "f3"))
    responses = answers(1, 1, items=(item,)).iloc[[0] * 4].reset_index(drop=True)
    responses["order__f1"] = ["1", "2", "", "-2"]
    responses["order__f2"] = ["2", "1", "", "-2"]
    responses["order__f3"] = ["", "3", "1", "-2"]
    survey = package(responses, items=(item,))
    counted = pairs(item, survey.responses)
    assert counted.tolist() == [[0, 1, 2], [1, 0, 2], [1, 1, 0]]
