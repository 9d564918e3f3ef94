"""A linear programme that knows every weight, against weighted and plain shares."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.disclosure import publish
from analysis.package import Design
from tests.attack.towns import DISTRICT, LANGUAGES, POLICY
from tests.attack.weighing import Weigher, class_counts
from tests.disclosure.surveys import ITEMS, answers, package
from tests.disclosure.test_weighted import two_old_people
from tests.disclosure.truth import true_counts

NAMES = ("liking", "place", "help", "order", "age", "sex")
ASKED = (*(item for item in ITEMS if item.name in NAMES), DISTRICT)
PEOPLE = ("age", "sex", "district")


def town(people, seed):
    """A sample of a town whose register knows age, sex and district."""
    drawn = answers(
        people,
        seed,
        languages=LANGUAGES,
        items=ASKED,
        spread=4,
        empty=0.05,
        channel="code",
    )
    design = Design("random", 46_000, 3 * people, ("code",))
    survey = package(drawn, items=ASKED, policy=POLICY, design=design)
    return replace(survey, margins=register(survey, seed), descriptor={"survey": "t"})


def register(survey, seed):
    rng = np.random.default_rng(1_000 + seed)
    rows = []
    for variable in PEOPLE:
        item = survey.codebook.item(variable)
        codes = survey.responses[variable].astype("str")
        met = np.array([(codes == option).sum() for option in item.options])
        parts = (met + 1) * rng.uniform(0.7, 1.5, len(met))
        sizes = np.floor(46_000 * parts / parts.sum()).astype(int)
        sizes[0] += 46_000 - sizes.sum()
        rows += [
            (variable, option, int(size))
            for option, size in zip(item.options, sizes, strict=True)
        ]
    return pd.DataFrame(rows, columns=["variable", "category", "population"])


def attack(survey, publication, variables):
    weigher = Weigher(survey.codebook).told(survey, publication, variables)
    crossed = {table.group_variable for table in publication.tables} - {""}
    true = true_counts(survey, publication.merges, sorted(crossed))
    items = [
        item
        for item in survey.codebook.items
        if item.columns and item.role != "demographic"
    ]
    return weigher, true | class_counts(survey, weigher.groups, items)


@pytest.mark.parametrize(("people", "seed"), [(60, 7), (220, 1), (220, 3), (1_000, 1)])
def test_weighted_and_plain_shares_together_pin_nobody(people, seed):
    survey = town(people, seed)
    publication = publish(survey, seed=1, resamples=20)
    assert publication.correction.is_applied
    weigher, true = attack(survey, publication, PEOPLE)
    assert weigher.pinned(true) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20, 28))
@pytest.mark.parametrize("people", [60, 120, 220, 420])
def test_weighted_shares_pin_nobody_in_many_towns(people, seed):
    survey = town(people, seed)
    publication = publish(survey, seed=1, resamples=20)
    if publication.correction.is_applied:
        weigher, true = attack(survey, publication, PEOPLE)
        assert weigher.pinned(true) == []


@pytest.mark.parametrize(("people", "seed"), [(220, 1)])
def test_what_the_reader_of_weights_believes_is_true(people, seed):
    survey = town(people, seed)
    publication = publish(survey, seed=1, resamples=20)
    shown = publication.figures()["weighted_share"].notna().sum()
    assert shown > 20
    weigher, true = attack(survey, publication, PEOPLE)
    bases = {name: 0 for name in weigher.names if name[-1] == "base"}
    values = np.zeros(len(weigher.names))
    for name, place in weigher.names.items():
        values[place] = true.get(name, 0)
    for name in bases:
        if name[1] == "class":
            values[weigher.names[name]] = base_of(survey, weigher.groups, name)
    for terms, most in weigher.at_most:
        assert sum(v * values[place] for place, v in terms.items()) <= most + 1e-6
    for terms, value in weigher.equal:
        total = sum(v * values[place] for place, v in terms.items())
        assert total == pytest.approx(value)


def base_of(survey, groups, name):
    item = survey.codebook.item(name[0])
    inside = survey.responses.astype("str")[groups["class"] == name[2]]
    columns = inside[list(item.columns)]
    if item.kind == "rank":
        return int(columns.isin(["1", "2", "3"]).any(axis=1).sum())
    return int((~columns.iloc[:, 0].str.startswith("-")).sum())


def test_without_the_gate_s_own_attack_a_weighted_share_gives_two_people_away(
    monkeypatch,
):
    monkeypatch.setattr("analysis.disclosure.weighted.gives_away", lambda *_: False)
    survey = two_old_people()
    publication = publish(survey, seed=1, resamples=20)
    weigher, true = attack(survey, publication, ("age",))
    assert ("q", "", "", "share", "yes") in weigher.pinned(true)


def test_with_its_own_attack_the_gate_keeps_that_share_to_itself():
    survey = two_old_people()
    publication = publish(survey, seed=1, resamples=20)
    weigher, true = attack(survey, publication, ("age",))
    assert weigher.pinned(true) == []
