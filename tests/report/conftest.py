"""The hand-made tables in words, put together once for every design."""

from __future__ import annotations

from functools import lru_cache

import pytest

from analysis.report import Contents, compose
from tests.report import example
from tests.report.saying import LANGUAGES

DESIGNS = ("random", "census", "open")


@lru_cache
def composed(design: str) -> Contents:
    """One table of every kind in three languages."""
    return compose(example.publication(design), example.about(design), LANGUAGES)


@pytest.fixture(params=DESIGNS)
def contents(request):
    return composed(request.param)


@pytest.fixture
def sample():
    return composed("random")


@pytest.fixture
def open_round():
    return composed("open")
