"""A linear programme against everything a survey publishes."""

import pytest

from analysis.disclosure import publish
from tests.disclosure.attacker import Attacker
from tests.disclosure.surveys import answers, package
from tests.disclosure.truth import true_counts

SKEWED = {"de": 0.72, "ar": 0.12, "tr": 0.08, "ru": 0.05, "ti": 0.03}


def attack(survey):
    publication = publish(survey, seed=1, resamples=20)
    variables = sorted({table.group_variable for table in publication.tables} - {""})
    attacker = Attacker(survey.codebook).read(publication)
    true = true_counts(survey, publication.merges, variables)
    return attacker, true, publication


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("people", [12, 28, 60, 140, 420])
def test_no_cell_of_one_to_four_is_pinned_by_all_figures_together(people, seed):
    survey = package(answers(people, seed, languages=SKEWED, spread=1.5))
    attacker, true, _ = attack(survey)
    assert attacker.pinned(true) == []
