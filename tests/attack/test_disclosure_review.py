"""Somebody who knows every answer that stayed asks what those left out had said."""

from itertools import product

import pytest

from analysis.disclosure import publish, reviewed
from tests.disclosure.surveys import answers, package

REACH = 2
SEEDS = range(12)


def published(people, gone, seed):
    kept, left_out = answers(people, seed), answers(gone, seed + 1_000)
    survey = package(kept, excluded={"straight": gone}, excluded_rows=left_out)
    figures = publish(survey, seed=1, resamples=10).table("participation").figures
    told = figures[figures["statistic"] == "before_review"]
    return kept, left_out, told


def gave(table, item, category):
    column = item if item in table else f"{item}__{category}"
    code = category if item in table else "1"
    cells = table[column].astype("str")
    return int((cells == code).sum()), int((~cells.str.startswith("-")).sum())


def possible(told, kept, *, least):
    """Every number of those left out who can have given the answer told."""
    n, base = gave(kept, told.item, told.category)
    found = set()
    for count, people in product(range(-REACH, REACH + 1), repeat=2):
        own, others = told.n + count - n, told.base + people - base
        if 0 <= own <= others and others >= least:
            found.add(int(own))
    return found


@pytest.mark.parametrize("seed", SEEDS[:5])
@pytest.mark.parametrize(("people", "gone"), [(60, 10), (150, 14), (300, 25)])
def test_knowing_all_others_does_not_tell_what_few_of_them_said(people, gone, seed):
    kept, left_out, figures = published(people, gone, seed)
    for told in figures.itertuples():
        found = possible(told, kept, least=10)
        true, _ = gave(left_out, told.item, told.category)
        assert true in found
        assert len(found) > 1 or true == 0 or true > 4


def test_without_the_rule_the_same_attack_finds_single_people(monkeypatch):
    monkeypatch.setattr(reviewed, "may_be_told", lambda gone, policy: True)
    pinned = 0
    for seed in SEEDS:
        kept, left_out, figures = published(60, 1, seed)
        for told in figures.itertuples():
            found = possible(told, kept, least=1)
            true, _ = gave(left_out, told.item, told.category)
            # They know that somebody was left out, and that one answer rose.
            pinned += 1 <= true <= 4 and found - {0} == {true}
    assert pinned
