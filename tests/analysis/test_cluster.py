"""A cluster of workers on this machine: the same sums to the last digit."""

import numpy as np
import pytest
from distributed import Client, LocalCluster

from analysis.engine import Column, cluster, crosstabs, kept, parts
from analysis.package import cache, open_package
from tests.analysis import synthetic

PATIENCE = 60


@pytest.fixture(scope="module")
def client():
    """Two workers, each a process, on the loopback only, without a dashboard."""
    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
        ) as workers,
        Client(workers, timeout=PATIENCE) as connected,
    ):
        yield connected


@pytest.fixture
def package(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "WORTH_KEEPING", 1)
    folder = synthetic.build(tmp_path / "town", answers=700)
    return open_package(folder, keep=True)


def expect_equal(found, expected):
    assert len(found) == len(expected) > 0
    for one, other in zip(found, expected, strict=True):
        for name in ("n", "w", "ww", "size"):
            assert np.array_equal(getattr(one, name), getattr(other, name))


def asked(package):
    """Every question by age group, with weights that use every digit."""
    columns = package.columns
    items = [
        Column(kept(columns, name), columns.answers(name))
        for name in columns.described
        if name.startswith("q")
    ]
    groups = Column(kept(columns, "d1"), columns.answers("d1"))
    weights = np.random.default_rng(5).uniform(0.3, 3.0, columns.rows)
    return {"columns": items, "groups": groups, "weights": weights}


def test_a_cluster_finds_the_same_last_digit(client, package, monkeypatch):
    monkeypatch.setattr(parts, "PART", 64)
    mapper = cluster.on(client, patience=PATIENCE)
    alone = crosstabs(**asked(package))
    expect_equal(crosstabs(**asked(package), mapper=mapper), alone)


def test_columns_that_are_in_no_file_travel_with_their_parts(
    client, package, monkeypatch
):
    monkeypatch.setattr(parts, "PART", 200)
    codes = package.columns.codes("q02").copy()
    weights = np.linspace(0.1, 1.7, len(codes))
    alone = crosstabs([Column(codes, 5)], weights=weights)
    mapper = cluster.on(client, patience=PATIENCE)
    expect_equal(crosstabs([Column(codes, 5)], weights=weights, mapper=mapper), alone)
