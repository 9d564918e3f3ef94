"""Packages that the tests of the statistics open."""

import pytest

from analysis.package import open_package
from tests.analysis import synthetic


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A valid package of 600 answers, three of them excluded; not to be changed."""
    place = tmp_path_factory.mktemp("package") / "survey"
    return synthetic.build(place, answers=600, excluded=3)


@pytest.fixture(scope="session")
def survey(folder):
    """The same package, opened."""
    return open_package(folder)


@pytest.fixture
def copy(tmp_path):
    """A small package that a test may damage."""
    return synthetic.build(tmp_path / "survey", answers=12)
