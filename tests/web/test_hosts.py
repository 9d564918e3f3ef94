"""Pages are shown under the name residents were given, and nothing is repeated."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey import hosts
from survey.hosts import is_own, was_proxied
from tests import instances

LOOPBACK = "http://127.0.0.1:8000"


@pytest.fixture
def town(tmp_path, clock):
    """A town behind https; gives clients that come from some address."""
    made = []

    def town(**values):
        given = {"public_url": "https://umfrage.example", **values}
        settings = instances.fresh(tmp_path / f"town{len(made)}", **given)
        serving = instances.serving(settings, clock)
        made.append(serving)
        return settings, serving.__enter__()

    yield town
    for serving in made:
        serving.__exit__(None, None, None)


def ask(app, host="umfrage.example", path="/", remote="203.0.113.9", **headers):
    return app.test_client().get(
        path,
        headers={"Host": host, **headers},
        environ_overrides={"REMOTE_ADDR": remote},
    )


@pytest.mark.parametrize(
    ("url", "demo", "host", "own"),
    [
        ("https://umfrage.example", False, "umfrage.example", True),
        ("https://umfrage.example", False, "UMFRAGE.example:443", True),
        ("https://umfrage.example", False, "umfrage.example.", True),
        ("https://umfrage.example", False, "umfrage.example:8000", False),
        ("https://umfrage.example", False, "umfrage.example:80", False),
        ("https://umfrage.example", False, "evil.example", False),
        ("https://umfrage.example", False, "umfrage.example.evil.example", False),
        ("https://umfrage.example", False, "umfrage.example@evil.example", False),
        ("https://umfrage.example", False, "127.0.0.1", False),
        ("https://umfrage.example", False, "", False),
        ("https://umfrage.example", False, "umfrage.example:x", False),
        ("https://umfrage.example", False, "[::1", False),
        ("https://umfrage.example:8443", False, "umfrage.example:8443", True),
        ("https://umfrage.example:8443", False, "umfrage.example", False),
        (LOOPBACK, False, "localhost:9000", True),
        (LOOPBACK, False, "[::1]:8000", True),
        (LOOPBACK, False, "192.168.1.7:8000", False),
        (LOOPBACK, True, "192.168.1.7:8000", True),
        (LOOPBACK, True, "evil.example", False),
    ],
)
def test_only_our_own_name_is_answered(settings, url, demo, host, own):
    assert is_own(host, replace(settings, public_url=url, demo=demo)) is own


@pytest.mark.parametrize("path", ["/", "/de", "/de/", "/nothing", "/static/icon.svg"])
def test_another_name_is_refused_and_never_repeated(town, path):
    _, app = town()
    answer = ask(app, "evil.example", path)
    assert answer.status_code == 400
    assert 'data-page="error"' in answer.text
    assert "evil" not in answer.text + str(answer.headers)


def test_our_own_name_is_answered_and_health_needs_none(town):
    _, app = town()
    assert ask(app).status_code == 200
    assert ask(app, "10.0.0.7:8000", "/health").text == "ok"


def test_a_forwarded_name_counts_only_from_a_proxy_that_is_counted(town):
    _, app = town()
    forwarded = {"X-Forwarded-Host": "umfrage.example"}
    assert ask(app, "evil.example", **forwarded).status_code == 400
    _, app = town(trusted_proxies=1)
    assert ask(app, "127.0.0.1:8000", **forwarded).status_code == 200
    forged = {"X-Forwarded-Host": "umfrage.example, evil.example"}
    assert ask(app, "umfrage.example", **forged).status_code == 400


@pytest.mark.parametrize(
    ("remote", "headers", "seen"),
    [
        ("127.0.0.1", {}, True),
        ("10.1.2.3", {"X-Forwarded-For": "203.0.113.9"}, True),
        ("10.1.2.3", {"Via": "1.1 nginx"}, True),
        ("10.1.2.3", {}, False),
        ("81.2.69.142", {"X-Forwarded-For": "127.0.0.1"}, False),
        ("", {"X-Forwarded-For": "127.0.0.1"}, False),
    ],
)
def test_a_proxy_nobody_counted_is_noted_without_a_time(town, remote, headers, seen):
    settings, app = town()
    ask(app, remote=remote, **headers)
    assert was_proxied(settings) is seen
    if seen:
        mark = settings.instance / "proxy-seen"
        assert (mark.stat().st_mtime, mark.read_bytes()) == (0, b"")
        assert not was_proxied(replace(settings, trusted_proxies=1))


def test_a_proxy_that_is_counted_takes_the_note_away(town, clock):
    settings, app = town()
    ask(app, remote="127.0.0.1")
    with instances.serving(replace(settings, trusted_proxies=1), clock):
        assert not (settings.instance / "proxy-seen").exists()


def test_a_machine_for_itself_has_no_proxy(settings, resident):
    resident.get("/")
    assert not hosts.was_proxied(settings)


def test_the_address_of_a_resident_is_the_one_the_last_proxy_saw(town):
    _, app = town(trusted_proxies=1)

    @app.get("/whoami")
    def whoami():
        from flask import request

        return request.remote_addr

    forged = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}
    assert ask(app, path="/whoami", remote="127.0.0.1", **forged).text == "203.0.113.9"
