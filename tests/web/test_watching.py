"""What monitoring is told, and who is told it."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from survey.watching import FORWARDING, METRICS, is_local
from tests import instances, visits

LINE = re.compile(
    r'(vielstimmig_[a-z_]+)(\{(survey|quantile)="[a-z0-9._-]+"\})? [0-9.e+-]+'
)


@pytest.fixture
def plain(app):
    return Flask.test_client(app)


def numbers(client):
    told = client.get("/metrics").text.splitlines()
    return [line for line in told if not line.startswith("#")]


def test_health_says_ok_while_both_stores_can_be_read(plain):
    answer = plain.get("/health")
    assert (answer.status_code, answer.text) == (200, "ok")


@pytest.mark.parametrize("file", ["survey.sqlite", "drafts.sqlite"])
def test_health_notices_a_store_that_cannot_be_read(settings, clock, file):
    damaged = b"not a database" * 500
    with instances.serving(settings, clock) as app:
        path = settings.instance / file
        app.extensions["survey"].engine.dispose()
        app.extensions["survey"].drafts.close()
        for suffix in ("-wal", "-shm"):
            path.with_name(file + suffix).unlink(missing_ok=True)
        path.write_bytes(damaged)
        answer = Flask.test_client(app).get("/health")
        metrics = Flask.test_client(app).get("/metrics").text
    assert (answer.status_code, answer.text) == (503, "the store does not answer")
    assert "vielstimmig_store_answers 0\n" in metrics


def test_every_number_is_on_the_list_and_names_nothing_but_surveys(plain, publish):
    publish("single")
    publish("number", state="published")
    found = [LINE.fullmatch(line) for line in numbers(plain)]
    assert all(found)
    assert {one[1] for one in found} <= set(METRICS)
    assert 'vielstimmig_survey_open{survey="single"} 1' in numbers(plain)
    assert 'vielstimmig_survey_open{survey="number"} 0' in numbers(plain)


def test_nothing_changes_when_somebody_answers(plain, app, publish):
    publish("single")
    before = numbers(plain)
    for language in ("xl", "xm", "xl"):
        client = app.test_client()
        assert visits.respond(client, {}, language, slug="single").status_code == 200
    assert without_memory(numbers(plain)) == without_memory(before)


def without_memory(lines):
    return [line for line in lines if "memory" not in line]


def test_a_fault_is_counted(app, plain):
    @app.get("/<language:language>/break")
    def break_down(language):
        raise RuntimeError

    app.testing = False
    assert "vielstimmig_faults_total 0" in numbers(plain)
    assert plain.get("/en/break").status_code == 500
    assert "vielstimmig_faults_total 1" in numbers(plain)


@pytest.mark.parametrize("name", FORWARDING)
def test_who_comes_through_a_proxy_finds_no_metrics(plain, name):
    assert plain.get("/metrics", headers={name: "127.0.0.1"}).status_code == 404


@pytest.mark.parametrize(
    ("peer", "expected"),
    [
        ("127.0.0.1", 200),
        ("127.8.8.8", 200),
        ("::1", 200),
        ("", 200),
        ("198.51.100.7", 404),
        ("::ffff:198.51.100.7", 404),
        ("10.0.0.1", 404),
        ("localhost", 404),
    ],
)
def test_metrics_are_for_this_machine(plain, peer, expected):
    answer = plain.get("/metrics", environ_overrides={"REMOTE_ADDR": peer})
    assert answer.status_code == expected


def test_a_forged_address_does_not_open_them(tmp_path, clock):
    settings = instances.fresh(tmp_path / "proxied", trusted_proxies=1)
    with instances.serving(settings, clock) as app:

        @app.get("/local")
        def local():
            from flask import request

            return str(is_local(request))

        client = Flask.test_client(app)
        peer = {"REMOTE_ADDR": "198.51.100.7"}
        forged = {"X-Forwarded-For": "127.0.0.1"}
        asked = client.get("/local", headers=forged, environ_overrides=peer)
    assert asked.text == "False"
