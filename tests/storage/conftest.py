"""A migrated instance without any survey."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from survey.storage.engine import connect
from tests.urn import town


@pytest.fixture
def place(tmp_path: Path) -> town.Place:
    return town.found(tmp_path / "instance")


@pytest.fixture
def engine(place: town.Place) -> Iterator[sa.Engine]:
    engine = connect(place)
    yield engine
    engine.dispose()
