"""Thresholds of a survey: chosen before it opens, only raised afterwards."""

import re
from importlib.resources import files

import pytest

from analysis.disclosure import Policy
from analysis.disclosure.policy import thresholds
from analysis.package import AnalysisError
from tests.disclosure.surveys import answers, package

RESPONSES = answers(30, 1)


def policy_of(**stated):
    return Policy.of(package(RESPONSES, policy={"groups": ["age"], **stated}))


def test_every_threshold_stands_in_the_file_with_its_reason_above_it():
    text = files("analysis.disclosure").joinpath("disclosure.toml").read_text("utf-8")
    blocks = [
        block for block in text.split("\n\n") if re.search(r"^\w+ =", block, re.M)
    ]
    assert blocks
    for block in blocks:
        assert block.startswith("#"), block


def test_the_values_of_the_design_are_the_values_of_the_file():
    own = thresholds()
    assert (own.rounding_base, own.group_base, own.sensitive_base) == (5, 10, 20)
    assert (own.share_base, own.coarse_share_below) == (30, 100)
    assert (own.majority_above, own.majority_below_base) == (0.9, 30)
    assert (own.difference_p, own.difference_delta, own.difference_v) == (
        0.05,
        0.147,
        0.1,
    )


def test_a_threshold_that_is_missing_or_unknown_is_named(monkeypatch):
    thresholds.cache_clear()
    monkeypatch.setattr(
        "analysis.disclosure.policy.tomllib.loads", lambda _: {"group_bass": 10}
    )
    with pytest.raises(AnalysisError, match="group_bass"):
        thresholds()


@pytest.mark.parametrize(("stated", "base"), [(3, 5), (5, 5), (25, 25), (80, 50)])
def test_the_group_base_of_a_survey_lies_between_five_and_fifty(stated, base):
    assert policy_of(group_base=stated).thresholds.group_base == base


def test_the_base_of_sensitive_items_is_twice_as_large_and_never_smaller_than_others():
    assert policy_of().base_of("worse") == 20
    assert policy_of().base_of("liking") == 10
    assert policy_of(group_base=30).base_of("worse") == 30
    assert policy_of(sensitive_base=40).base_of("worse") == 40
    assert policy_of(sensitive_base=5).base_of("worse") == 20
    assert policy_of(sensitive=["liking"]).base_of("liking") == 20


def test_the_minimum_of_a_survey_is_not_under_the_urns():
    assert policy_of(k=5).thresholds.survey_base == 10
    assert policy_of(k=15).thresholds.survey_base == 15
    assert policy_of(group_base=20).thresholds.survey_base == 20


def test_bases_of_an_open_survey_can_be_raised():
    raised = policy_of().raised(group_base=20, sensitive_base=30)
    assert raised.base_of("liking") == 20
    assert raised.base_of("worse") == 30


@pytest.mark.parametrize("change", [{"group_base": 9}, {"rounding_base": 3}])
def test_nothing_can_be_lowered_and_no_other_threshold_be_changed(change):
    with pytest.raises(AnalysisError, match="raised"):
        policy_of().raised(**change)


def test_only_group_variables_that_exist_are_released_and_the_system_ones_always():
    assert policy_of(groups=["age", "nothing", "help", "age"]).groups == (
        "age",
        "form_language",
        "channel",
    )


def test_the_population_of_a_group_is_known_only_if_all_its_parts_are():
    strata = {"age": {"young": {"population": 900}, "old": {"population": 0}}}
    policy = policy_of(strata=strata)
    assert policy.population_of("age", ("young",)) == 900
    assert policy.population_of("age", ("young", "old")) is None
    assert policy.population_of("sex", ("female",)) is None
