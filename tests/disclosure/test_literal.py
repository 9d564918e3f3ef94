"""The fast attack and the literal one come to the same verdicts."""

import numpy as np
import pytest

from analysis.codebook import Item
from analysis.disclosure import Policy, publication
from analysis.disclosure.answered import answered
from analysis.disclosure.attack import Attack
from analysis.disclosure.audit import truth_of
from analysis.disclosure.counts import Key, Population, Row
from analysis.disclosure.released import release
from analysis.disclosure.system import published_people, system_of
from tests.disclosure.literal import LiteralAttack
from tests.disclosure.surveys import answers, package

SKEWED = {"de": 0.72, "ar": 0.12, "tr": 0.08, "ru": 0.05, "ti": 0.03}
YES_NO = tuple(Item(f"q{n}", "single", options=("yes", "no", "both")) for n in range(4))
ASKED = (
    *YES_NO,
    Item("many", "multiple", options=("m", "n", "o")),
    Item("best", "rank", options=("r", "s", "t")),
    Item("age", "single", role="demographic", options=("young", "middle", "old")),
    Item("sex", "single", role="demographic", options=("female", "male")),
)


def drawn_rows(seed):
    """Rows of three items of which most counts are rounded the same way.

    That happens in a survey now and then; here it is the rule, because it is what
    gives counts away.
    """
    rng = np.random.default_rng(seed)
    items = [_edges(rng) for _ in range(3)]
    sizes = np.max([item.sum(axis=1) for item in items], axis=0)
    sizes = np.maximum(sizes, 10)
    people = int(sizes.sum() + rng.choice([0, 0, 1]))
    member = {"v": _members(sizes, people)}
    half = [people // 2, people - people // 2]
    member["w"] = rng.permutation(_members(half, people))
    rows = [
        counted(Key(name), member[name], kinds, name)
        for name, kinds in (("v", len(sizes)), ("w", 2))
    ]
    for name, item in zip("pqr", items, strict=True):
        said = np.full(people, -1)
        for group, counts in enumerate(item):
            own = np.flatnonzero(member["v"] == group)[: counts.sum()]
            said[own] = np.repeat(np.arange(len(counts)), counts)
        kinds = item.shape[1]
        missing = int((said < 0).sum())
        rows.append(counted(Key(name), said, kinds, "c", missing=missing))
        for variable, groups in member.items():
            rows += [
                counted(Key(name, variable, f"{variable}{n}"), said[groups == n], kinds)
                for n in range(groups.max() + 1)
            ]
    complete = {name for name, groups in member.items() if (groups >= 0).all()}
    return rows, Population(people, complete=frozenset(complete))


def _edges(rng):
    """Counts of three groups, most of them 2 (or 3) more than a multiple of 5."""
    kinds = int(rng.integers(2, 5))
    counts = 5 * rng.integers(0, 3, (3, kinds)) + rng.choice([2, 3])
    is_other = rng.random(counts.shape) < rng.choice([0, 0.1, 0.3])
    return np.where(is_other, rng.integers(0, 9, counts.shape), counts)


def _members(sizes, people):
    own = np.repeat(np.arange(len(sizes)), sizes)
    return np.append(own, np.full(people - len(own), -1))


def counted(key, said, kinds, name="c", *, missing=None):
    cells = {("share", f"{name}{n}"): int((said == n).sum()) for n in range(kinds)}
    known = {} if missing is None else {"-2": missing}
    return Row(key, int((said >= 0).sum()), cells, missing=known)


def pinned(rows, population, kind):
    policy = Policy()
    system = system_of(
        [release(row, policy) for row in rows],
        published_people(population.people, policy),
        population.complete,
        policy,
    )
    truth = truth_of(system, {row.key: row for row in rows}, population)
    values = system.matrix() @ truth
    assert (values >= np.array(system.low) - 1e-9).all()
    assert (values <= np.array(system.high) + 1e-9).all()
    return set(kind(system, truth).pinned())


@pytest.mark.parametrize("seed", range(24))
def test_the_same_counts_are_told_at_the_edges_of_rounding(seed):
    rows, population = drawn_rows(seed)
    fast, literal = (pinned(rows, population, kind) for kind in (Attack, LiteralAttack))
    assert fast == literal, f"seed {seed}"


def test_some_of_those_surveys_do_tell_counts():
    told = [len(pinned(*drawn_rows(seed), Attack)) for seed in range(24)]
    assert sum(count > 0 for count in told) >= 8, told


@pytest.mark.parametrize("seed", range(6))
def test_the_same_rows_are_held_back_in_whole_surveys(seed, monkeypatch):
    people = (24, 38, 60)[seed % 3]
    drawn = answers(people, 70 + seed, languages=SKEWED, items=ASKED, spread=0.8)
    survey = package(drawn, items=ASKED)
    data = answered(survey, Policy.of(survey))
    tables = tuple(
        publication.tables_of(data, publication.survey_of(data), seed=1, resamples=1)
    )
    fast = publication.said_of(tables, data)
    monkeypatch.setattr("analysis.disclosure.audit.Attack", LiteralAttack)
    assert publication.said_of(tables, data) == fast, f"seed {seed}"
