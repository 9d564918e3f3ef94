"""Every address the application knows, and every error, carries the headers."""

from __future__ import annotations

import pytest

from survey.respond.errors import WORDS, unreadable

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}
VALUES = {
    "language": "en",
    "slug": "zusammenleben",
    "number": "1",
    "channel": "link",
    "name": "privacy",
    "section": "fields",
}
# answers of one person, or what leads to them
NEVER_KEPT = ("later", "resume", "review", "thanks", "leave", "p1")


def paths(app):
    for rule in app.url_map.iter_rules():
        values = {name: VALUES.get(name, "nothing") for name in rule.arguments}
        built = rule.rule
        for name, value in values.items():
            start = built.index("<" if f"<{name}>" not in built else f"<{name}>")
            for part in built[start:].split("<")[1:]:
                whole = part[: part.index(">")]
                if whole.rpartition(":")[2] == name:
                    built = built.replace(f"<{whole}>", value)
        assert "<" not in built, rule
        yield built, rule.methods


@pytest.fixture
def open_town(app, publish):
    publish("zusammenleben", languages=("en", "xl"), access="both")
    return app


def problems(response):
    headers = response.headers
    wrong = [name for name, value in ALWAYS.items() if headers.get(name) != value]
    policy = headers.get("Content-Security-Policy", "")
    if not policy.startswith("default-src 'none'") or "unsafe-eval" in policy:
        wrong.append("Content-Security-Policy")
    if "geolocation=()" not in headers.get("Permissions-Policy", ""):
        wrong.append("Permissions-Policy")
    if "Cache-Control" not in headers:
        wrong.append("Cache-Control")
    if "Access-Control-Allow-Origin" in headers:
        wrong.append("shared with other sites")
    location = headers.get("Location", "/")
    if not location.startswith("/") or location.startswith("//"):
        wrong.append(f"leads to {location}")
    return wrong


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE"])
def test_every_address_carries_the_headers_whatever_is_asked(open_town, method):
    client = open_town.test_client()
    found = {}
    for path, _ in paths(open_town):
        wrong = problems(client.open(path, method=method))
        if wrong:
            found[path] = wrong
    assert found == {}


def test_no_address_leads_to_another_host(open_town):
    client = open_town.test_client()
    for path in ("//evil.example", "//evil.example/%2e%2e", "/\\evil.example", "/en"):
        response = client.get(path, query_string={"next": "//evil.example"})
        assert problems(response) == []


def test_what_belongs_to_one_person_is_never_kept(open_town):
    client = open_town.test_client()
    client.post("/en/zusammenleben/", data={"go": "start"})
    for place in NEVER_KEPT:
        response = client.get(f"/en/zusammenleben/{place}")
        kept = response.headers["Cache-Control"]
        if place == "leave":
            assert kept == "no-cache, private"
            assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
        else:
            assert kept == "no-store, no-transform"


@pytest.mark.parametrize("status", sorted(WORDS))
def test_every_error_page_carries_the_headers(open_town, status):
    from flask import abort

    open_town.add_url_rule(
        "/fail", view_func=lambda: abort(status), methods=["GET", "POST"]
    )
    open_town.testing = False
    response = open_town.test_client().get("/fail")
    assert (response.status_code, problems(response)) == (status, [])
    assert 'data-page="error"' in response.text
    assert response.headers["Cache-Control"] == "no-store, no-transform"


def test_a_request_nobody_can_read_is_answered_in_every_language(open_town):
    with open_town.app_context():
        head, page = unreadable()
    names = {line.partition(b":")[0].decode() for line in head.split(b"\r\n")}
    assert {*ALWAYS, "Content-Security-Policy", "Cache-Control"} <= names
    text = page.decode()
    assert 'data-page="error"' in text
    assert "07031 123-0" in text
    for words in ("Das konnten wir nicht lesen", "We could not read that"):
        assert words in text
    assert 'lang="ar" dir="rtl"' in text
