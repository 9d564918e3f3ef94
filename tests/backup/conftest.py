"""The town of tests/urn in the middle of its survey, and a backup of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from survey.backup import Saved
from survey.urn import Urn
from tests.backup import keeping
from tests.urn import town
from tests.urn.conftest import founded, founded_on_server, moment, place, urn

__all__ = ["founded", "founded_on_server", "moment", "place", "urn"]


@dataclass(frozen=True)
class Midway:
    """20 codes: 12 answered (7 released, 5 wait), 8 are free."""

    place: town.Place
    codes: list[str]
    file: Path
    saved: Saved


def begun(urn: Urn, place: town.Place, folder: Path) -> Midway:
    codes = urn.issue(20)
    for person in range(12):
        mark = urn.admission(codes[person])
        urn.send(town.ballot(person, text=f"idea {person}"), mark, "code")
    assert urn.release().n == 7
    reports = place.instance / "reports" / town.SLUG
    reports.mkdir(parents=True)
    (reports / "report.json").write_text('{"chart": 1}')
    file = folder / "night.backup"
    return Midway(place, codes, file, keeping.save(place, file))


@pytest.fixture
def midway(urn: Urn, place: town.Place, tmp_path: Path) -> Midway:
    return begun(urn, place, tmp_path)


@pytest.fixture(scope="session")
def night(founded: town.Place, tmp_path_factory: pytest.TempPathFactory) -> Midway:
    """The same, made once for tests that only read the backup."""
    folder = tmp_path_factory.mktemp("night")
    shutil.copytree(founded.instance, folder / "instance")
    place = town.Place(folder / "instance", folder / "instance" / "keys")
    urn = keeping.urn_of(place)
    found = begun(urn, place, folder)
    urn.stop()
    return found
