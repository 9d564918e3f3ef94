"""Counts to multiples of five, shares in whole percent or steps of five."""

import pytest

from analysis.disclosure.policy import thresholds
from analysis.disclosure.rounding import rounded, share, step, stepped

OWN = thresholds()


@pytest.mark.parametrize(
    ("count", "published"),
    [(0, 0), (1, 0), (2, 0), (3, 5), (4, 5), (7, 5), (8, 10), (12, 10), (600, 600)],
)
def test_a_count_goes_to_the_nearest_multiple_of_five(count, published):
    assert rounded(count, OWN) == published


@pytest.mark.parametrize(("net", "published"), [(-1, 0), (-3, -5), (-7, -5), (-8, -10)])
def test_a_negative_net_rounds_like_a_positive_one(net, published):
    assert rounded(net, OWN) == published


@pytest.mark.parametrize(
    ("part", "base", "published"),
    [
        (15, 60, 0.25),
        (20, 60, 0.35),
        (5, 95, 0.05),
        (0, 30, 0.0),
        (60, 60, 1.0),
        (-10, 40, -0.25),
    ],
)
def test_below_a_base_of_one_hundred_a_share_is_said_in_steps_of_five(
    part, base, published
):
    assert share(part, base, OWN) == published


@pytest.mark.parametrize(
    ("part", "base", "published"),
    [(100, 300, 0.33), (200, 300, 0.67), (5, 200, 0.03), (-5, 200, -0.03)],
)
def test_from_one_hundred_a_share_is_whole_percent_and_a_half_goes_up(
    part, base, published
):
    assert share(part, base, OWN) == published


def test_a_value_made_of_shares_has_the_step_of_its_base():
    assert stepped(0.347, 500, OWN) == 0.35
    assert stepped(0.32, 60, OWN) == 0.3
    assert step(95, OWN) == 0.05
    assert step(100, OWN) == 0.01
