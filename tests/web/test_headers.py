"""What every response carries, and which forms are refused."""

from __future__ import annotations

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from survey.headers import STEP, answer_page, is_foreign
from tests import instances

HERE = "http://127.0.0.1:8000"


def test_the_policy_allows_nothing_but_our_own_files(resident):
    policy = resident.get("/").headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "media-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def test_every_response_is_protected_also_files_and_errors(resident):
    for path in ("/", "/static/residents.css", "/nothing", "/health", "/s/nothing"):
        headers = resident.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "geolocation=()" in headers["Permissions-Policy"]
        assert "Cache-Control" in headers
        assert "Set-Cookie" not in headers


def test_a_picture_may_style_itself_and_nothing_else(resident):
    policy = resident.get("/static/icon.svg").headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def test_browsers_are_bound_to_https_where_the_town_has_it(tmp_path, clock):
    url = "https://umfrage.example"
    settings = instances.fresh(tmp_path / "secure", public_url=url)
    with instances.serving(settings, clock) as app:
        headers = app.test_client().get("/").headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


def test_without_https_nothing_is_promised(resident):
    assert "Strict-Transport-Security" not in resident.get("/").headers


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        ({}, False),
        ({"Sec-Fetch-Site": "same-origin"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Origin": "https://umfrage.example"}, False),
        ({"Origin": "http://127.0.0.1:8000"}, False),
        ({"Origin": "https://evil.example"}, True),
        ({"Origin": "https://umfrage.example.evil.example"}, True),
        ({"Origin": "null"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8000"}, True),
    ],
)
def test_forms_of_other_sites_are_told_by_what_browsers_say(headers, foreign):
    form = Request(EnvironBuilder(base_url=HERE, headers=headers).get_environ())
    assert is_foreign(form, "umfrage.example") is foreign


def test_a_form_of_another_site_is_refused_in_words(resident):
    answer = resident.post("/en/", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "another website" in answer.text


def test_a_page_may_be_read_from_a_link_elsewhere(resident):
    answer = resident.get("/en/", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200


@pytest.mark.parametrize("length", [0, 1, STEP - 9, STEP - 8, STEP, 3 * STEP + 17])
def test_answer_pages_have_one_of_few_lengths(app, length):
    with app.test_request_context():
        response = answer_page("x" * length)
    assert len(response.data) % STEP == 0
    assert len(response.data) - length < STEP + 9
    assert response.headers["Cache-Control"] == "no-store, no-transform"
    assert response.data.decode().endswith("-->")


def test_letters_of_several_bytes_count_as_such(app):
    with app.test_request_context():
        assert len(answer_page("ع" * 3000).data) == 2 * STEP
