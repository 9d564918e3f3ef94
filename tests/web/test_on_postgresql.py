"""The pages on PostgreSQL: a whole journey, drafts and all; a server that goes."""

from __future__ import annotations

import pytest

from survey.storage import migrate
from survey.storage.errors import StorageError
from tests import instances, postgres, visits
from tests.urn import town

pytestmark = pytest.mark.thorough


@pytest.fixture
def settings(tmp_path):
    found = instances.fresh(tmp_path / "instance", database_url=postgres.fresh())
    migrate.migrate(found)
    return found


def test_a_journey_ends_in_the_urn_of_the_server(publish, respond, settings):
    publish("zusammenleben")
    thanks = respond({}, slug="zusammenleben")
    assert visits.read(thanks).kind == "thanks"
    assert town.ask(settings_place(settings), "SELECT lane, n FROM pool") == [
        ("main", 1)
    ]
    drafts = town.ask(
        settings_place(settings),
        "SELECT count(*) FROM (SELECT id FROM drafts_a UNION ALL"
        " SELECT id FROM drafts_b) AS every",
    )
    assert drafts != [(0,)]
    assert not (settings.instance / "survey.sqlite").exists()
    assert not (settings.instance / "drafts.sqlite").exists()


def settings_place(settings) -> town.Place:
    return town.Place(settings.instance, settings.keys_dir, settings.database_url)


def test_people_go_on_after_the_server_was_started_anew(app, publish, settings):
    publish("zusammenleben")
    client = app.test_client()
    response = visits.respond(client, {}, slug="zusammenleben", until="review")
    name = settings.database_url.split("?")[0].rpartition("/")[2]
    postgres.execute(
        postgres.address("postgres"),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"  # noqa: S608 - ours
        f" WHERE datname = '{name}'",
    )
    for _ in range(3):
        answer = visits.post(client, visits.read(response), "send")
        if visits.read(answer).kind == "thanks":
            break
    assert visits.read(answer).kind == "thanks"


def test_a_server_that_logs_statements_stops_the_start(settings):
    from dataclasses import replace

    from survey.app import assemble

    logging = f"{settings.database_url}&options=-c%20log_statement%3Dall"
    with pytest.raises(StorageError, match="ALTER ROLE"):
        assemble(replace(settings, database_url=logging))
