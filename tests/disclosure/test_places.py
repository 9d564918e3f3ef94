"""Order of what was ranked, from rounded pairs."""

import numpy as np
import pandas as pd

from analysis.disclosure import publish
from analysis.disclosure.places import ranges, schulze
from analysis.disclosure.policy import thresholds
from analysis.ranking import schulze as schulze_of_ballots
from tests.disclosure.surveys import answers, package

OWN = thresholds()


def test_the_order_is_that_of_the_published_example_of_the_method():
    # The 45 ballots of Schulze's article: the order is E, A, C, B, D.
    ballots = {
        "ACBED": 5,
        "ADECB": 5,
        "BEDAC": 8,
        "CABED": 3,
        "CAEBD": 7,
        "CBADE": 2,
        "DCEBA": 7,
        "EBADC": 8,
    }
    pairs = np.zeros((5, 5), dtype=np.int64)
    for ballot, n in ballots.items():
        for place, better in enumerate(ballot):
            for worse in ballot[place + 1 :]:
                pairs["ABCDE".index(better), "ABCDE".index(worse)] += n
    assert schulze(pairs).tolist() == [2, 4, 3, 5, 1]


def test_ties_share_the_better_place():
    pairs = np.array([[0, 50, 80], [50, 0, 80], [20, 20, 0]])
    assert schulze(pairs).tolist() == [1, 1, 3]


def test_from_many_ballots_the_order_is_that_of_the_unrounded_ballots():
    rng = np.random.default_rng(1)
    strength = np.array([2.0, 0.5, 1.2, -0.4])
    orders = [np.argsort(-(strength + rng.gumbel(size=4))) for _ in range(900)]
    rows = [
        (number, 1, int(option), place + 1)
        for number, order in enumerate(orders)
        for place, option in enumerate(order)
    ]
    ballots = pd.DataFrame(rows, columns=["ballot", "count", "alternative", "rank"])
    expected = schulze_of_ballots(ballots)["rank"]
    pairs = np.zeros((4, 4), dtype=np.int64)
    for order in orders:
        for place, better in enumerate(order):
            pairs[better, order[place + 1 :]] += 1
    near = 5 * ((pairs + 2) // 5)
    found = schulze(near)
    assert found.tolist() == [int(expected[option]) for option in range(4)]
    best, worst = ranges(near, OWN)
    assert (best <= found).all()
    assert (found <= worst).all()


def test_only_a_lead_that_rounding_and_chance_cannot_make_narrows_a_place():
    close = np.array([[0, 52], [48, 0]])
    assert [limit.tolist() for limit in ranges(close, OWN)] == [[1, 1], [2, 2]]
    clear = np.array([[0, 80], [20, 0]])
    assert [limit.tolist() for limit in ranges(clear, OWN)] == [[1, 2], [1, 2]]


def test_places_hold_the_true_order_in_most_samples():
    rng = np.random.default_rng(5)
    shares = np.array([0.5, 0.3, 0.2])
    hits = 0
    for _ in range(300):
        first = rng.choice(3, 120, p=shares)
        pairs = np.zeros((3, 3), dtype=np.int64)
        for option in range(3):
            pairs[option] = (first == option).sum()
            pairs[option, option] = 0
        best, worst = ranges(5 * ((pairs + 2) // 5), OWN)
        hits += bool(((best <= [1, 2, 3]) & (worst >= [1, 2, 3])).all())
    assert hits / 300 >= 0.95


def test_few_ballots_give_no_places_but_counts():
    responses = answers(60, 4, empty=0.0)
    missing = [f"order__f{number}" for number in (1, 2, 3)]
    responses.loc[20:, missing] = "-2"
    table = publish(package(responses), seed=1, resamples=10).table("order")
    figures = table.figures.set_index(["statistic", "category"])
    assert figures.loc["rank", "sign"].eq("few").all()
    assert figures.loc["first", "sign"].eq("uncertain").all()
    responses.loc[5:, missing] = "-2"
    table = publish(package(responses), seed=1, resamples=10).table("order")
    assert set(table.figures["sign"]) == {"protected"}


def test_equal_rounded_counts_are_printed_as_ties():
    order = [("1", "2", ""), ("2", "1", "")] * 31 + [("1", "2", "")]
    responses = answers(63, 4, empty=0.0)
    for place, field in enumerate(("f1", "f2", "f3")):
        responses[f"order__{field}"] = [row[place] for row in order]
    table = publish(package(responses), seed=1, resamples=10).table("order")
    ranks = table.figures[table.figures["statistic"] == "rank"]
    assert ranks["share"].tolist() == [1, 1, 3]
