"""A closed survey whose day has come."""

from __future__ import annotations

from datetime import date

import pytest

from survey.storage import retention
from survey.storage.engine import connect
from survey.urn import Urn
from tests.urn import town
from tests.urn.conftest import founded, founded_on_server, moment, place, urn

__all__ = ["founded", "founded_on_server", "moment", "place", "urn"]

DUE = date(2026, 12, 1)
WORD = "Nachtigallenweg"


@pytest.fixture
def engine(place: town.Place):
    engine = connect(place)
    yield engine
    engine.dispose()


@pytest.fixture
def closed(urn: Urn, place: town.Place, engine) -> town.Place:
    """34 answers, every second with a text of two hundred letters; a package."""
    for person in range(34):
        text = f"{WORD} {'weit und breit ' * 12} {person}" if person % 2 else ""
        mark = urn.admission_of_draft(b"d", person)
        urn.send(town.ballot(person, text=text), mark, "draft")
    urn.close()
    package = place.instance / "packages" / town.SLUG
    package.mkdir(parents=True)
    (package / "responses.csv").write_text("q01\nn1\n")
    (place.instance / "packages" / "village.zip").write_bytes(b"PK")
    (place.instance / "packages" / "village-fair").mkdir()
    reports = place.instance / "reports" / town.SLUG
    reports.mkdir(parents=True)
    (reports / "report.json").write_text("{}")
    days = {retention.ANSWERS: DUE, retention.COMMENTS: DUE}
    retention.promise(engine, town.SLUG, days)
    return place
