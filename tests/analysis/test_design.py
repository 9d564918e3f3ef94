"""What each design allows to be said."""

import pytest

from analysis.design import Design, channel_design, statements
from analysis.package import AnalysisError


def test_a_random_sample_speaks_of_the_town_with_intervals():
    found = statements(Design("random", 46_000, 800))
    assert found.intervals
    assert found.sampling
    assert found.differences == "secured"
    assert not found.stability


def test_a_census_has_intervals_but_no_sample():
    found = statements("census")
    assert found.intervals
    assert not found.sampling


def test_an_open_survey_has_neither_and_speaks_of_those_who_took_part():
    found = statements("open")
    assert not found.intervals
    assert not found.sampling
    assert found.differences == "participants"
    assert found.stability


def test_an_unknown_design_is_refused():
    with pytest.raises(AnalysisError, match="guess"):
        statements("guess")


@pytest.mark.parametrize("channel", ["code", "paper", "assisted"])
def test_whoever_has_a_code_belongs_to_the_design(channel):
    design = Design("random", 46_000, 800)
    assert channel_design(design, channel) == design


@pytest.mark.parametrize("channel", ["link", "conference", "library"])
def test_whoever_came_without_a_code_took_part_openly(channel):
    assert channel_design(Design("census", 700, 700), channel).kind == "open"
