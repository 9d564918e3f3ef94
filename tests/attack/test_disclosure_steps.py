"""Somebody who keeps every step shown while people answered, and the report."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from analysis.disclosure import interim, publish
from tests.attack.towns import ASKED, town
from tests.disclosure.surveys import package

CELLS = ("share", "first", "ranked")


def steps(people, seed, ends):
    """The answers up to each end, what was shown of them, and the report."""
    survey = town(people, seed, policy={"interim": True})
    responses = survey.responses.astype("str")
    policy = survey.policy
    parts, shown = [], []
    for end in ends:
        so_far = package(responses[:end], items=ASKED, policy=policy)
        shown.append(interim(so_far, earlier=shown).figures())
        parts.append(so_far)
    report = publish(survey, seed=1, resamples=10, earlier=shown)
    return [*parts, survey], [*shown, report.figures()]


def counts(survey, item):
    """True counts of one item with one column: base and answers."""
    cells = survey.responses[item.name].astype("str")
    return [int((cells == option).sum()) for option in item.options]


def published(figures, item):
    own = figures[(figures["item"] == item.name) & (figures["group_variable"] == "")]
    own = own[own["statistic"] == "share"].dropna(subset=["n"])
    found = dict(zip(own["category"], own["n"], strict=True))
    if set(found) != set(item.options):
        return None
    return [int(found[option]) for option in item.options], int(own["base"].iloc[0])


def told(before, after):
    """Which numbers of newcomers, 1 to 4, have one possible value."""
    size = len(before[0])
    old, since = np.eye(size, 2 * size), np.eye(size, 2 * size, size)
    rows = [*old, *(old + since), old.sum(axis=0), (old + since).sum(axis=0)]
    values = np.array([*before[0], *after[0], before[1], after[1]])
    matrix = np.array([*rows, *(-row for row in rows)])
    most = np.concatenate([values + 2, 2 - values])
    for place in range(size):
        low = linprog(since[place], A_ub=matrix, b_ub=most).fun
        high = -linprog(-since[place], A_ub=matrix, b_ub=most).fun
        least, largest = np.ceil(low - 1e-6), np.floor(high + 1e-6)
        yield least if least >= largest else None


@pytest.mark.parametrize(
    ("people", "ends"),
    [(60, [55]), (220, [60, 115, 170]), (220, [218]), (420, [50, 200, 417])],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_no_number_of_newcomers_is_told_by_two_steps(people, ends, seed):
    surveys, figures = steps(people, seed, ends)
    looked_at = 0
    for item in (each for each in ASKED if len(each.columns) == 1):
        for place in range(len(figures) - 1):
            before = published(figures[place], item)
            after = published(figures[place + 1], item)
            if before is None or after is None:
                continue
            looked_at += 1
            true = np.array(counts(surveys[place + 1], item))
            true -= np.array(counts(surveys[place], item))
            for number, value in zip(true, told(before, after), strict=True):
                assert not (1 <= number <= 4) or value is None, (item.name, place)
    assert looked_at > 3


def test_without_looking_back_some_newcomers_would_be_told():
    """Of 63 answers and 4 more, one each: every rounded count jumps by five."""
    before = [12, 17, 22, 12], 63
    after = [13, 18, 23, 13], 67

    def near(pair):
        return [5 * ((n + 2) // 5) for n in pair[0]], 5 * ((pair[1] + 2) // 5)

    assert list(told(near(before), near(after))) == [1, 1, 1, 1]


def test_a_step_shows_no_more_than_totals():
    _, figures = steps(220, 1, [60, 120])
    for step in figures[:2]:
        assert set(step["group_variable"]) == {""}
        assert not step["item"].isin(["age", "sex", "district", "channel"]).any()
        assert (pd.to_numeric(step["n"]).dropna() % 5 == 0).all()
