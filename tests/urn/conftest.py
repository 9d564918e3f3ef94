"""An instance with one open survey (k = 5) and its urn."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.urn import Urn
from tests.urn import town


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> town.Place:
    """Migrated once; every test works on a copy."""
    place = town.found(tmp_path_factory.mktemp("founded"))
    town.open_survey(place)
    return place


@pytest.fixture
def place(founded: town.Place, tmp_path: Path) -> town.Place:
    instance = tmp_path / "instance"
    shutil.copytree(founded.instance, instance)
    return town.Place(instance, instance / "keys")


@pytest.fixture
def moment() -> town.Clock:
    return town.Clock()


@pytest.fixture
def urn(place: town.Place, moment: town.Clock) -> Iterator[Urn]:
    urn = Urn(place, town.SLUG, clock=moment)
    yield urn
    urn.stop()
