"""An instance with one open survey (k = 5) and its urn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.urn import Urn
from tests import postgres
from tests.urn import town


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> town.Place:
    """Migrated once; every test works on a copy."""
    place = town.found(tmp_path_factory.mktemp("founded"))
    town.open_survey(place)
    return place


@pytest.fixture(scope="session")
def founded_on_server(tmp_path_factory: pytest.TempPathFactory) -> town.Place:
    """The same on PostgreSQL."""
    place = town.found(tmp_path_factory.mktemp("founded"), postgres.fresh())
    town.open_survey(place)
    return place


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> town.Place:
    """A town of its own; tests marked ``town.BOTH`` get one on each store."""
    name = getattr(request, "param", "founded")
    founded: town.Place = request.getfixturevalue(name)
    return founded.copied(tmp_path / "instance")


@pytest.fixture
def moment() -> town.Clock:
    return town.Clock()


@pytest.fixture
def urn(place: town.Place, moment: town.Clock) -> Iterator[Urn]:
    urn = Urn(place, town.SLUG, clock=moment)
    yield urn
    urn.stop()
