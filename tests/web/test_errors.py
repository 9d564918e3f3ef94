"""What goes wrong is said in the person's language, with somebody to ask."""

from __future__ import annotations

import logging

import pytest
from flask import abort

from survey.respond import errors
from survey.storage.errors import StoreUnavailable
from tests.page_lint import Resident


@pytest.fixture
def failing(app):
    """Addresses that fail as a view can fail."""

    @app.get("/<language:language>/fail/<int:status>")
    def fail(language, status):
        abort(status)

    @app.get("/<language:language>/break")
    def break_down(language):
        raise RuntimeError("the answer was: yes")

    @app.get("/<language:language>/away")
    def away(language):
        raise StoreUnavailable("the disk is full")

    @app.post("/<language:language>/form")
    def form(language):
        from flask import request

        return str(len(request.form))

    app.testing = False
    return app.test_client()


@pytest.mark.parametrize("code", ["en", "xl", "xm"])
@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 500])
def test_every_error_has_its_page_in_every_language(failing, status, code):
    answer = failing.get(f"/{code}/fail/{status}")
    assert answer.status_code == status
    assert 'data-page="error"' in answer.text
    assert "07031 123-0" in answer.text
    assert answer.headers["Cache-Control"] == "no-store, no-transform"


def test_the_address_decides_the_language_before_the_browser(failing):
    answer = failing.get("/en/fail/404", headers={"Accept-Language": "ar"})
    assert '<html lang="en"' in answer.text


def test_without_a_language_in_the_address_the_browser_decides(failing):
    answer = failing.get("/nowhere", headers={"Accept-Language": "ar-MA"})
    assert '<html lang="ar" dir="rtl">' in answer.text


def test_without_any_wish_it_is_german(failing):
    assert '<html lang="de" dir="ltr">' in failing.get("/nowhere").text


def test_too_much_text_is_refused_in_words(failing):
    answer = failing.post("/en/form", data={"q23": "x" * 300_000})
    assert answer.status_code == 413
    assert "too much text" in answer.text


def test_a_store_out_of_reach_asks_to_try_again(failing):
    answer = failing.get("/en/away")
    assert answer.status_code == 503
    assert "try again" in answer.text


def test_the_log_of_a_failure_holds_neither_answer_nor_address(failing, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = failing.get("/en/break?code=1234567812345670")
    assert answer.status_code == 500
    assert "a fault at break_down\nRuntimeError\n" in caplog.text
    assert "test_errors.py" in caplog.text
    assert "yes" not in caplog.text
    assert "1234567812345670" not in caplog.text
    assert "/en/break" not in caplog.text


def test_a_missing_slash_is_added(resident):
    answer = resident.get("/en?x=1")
    assert answer.status_code == 308
    assert answer.headers["Location"] == "/en/?x=1"
    assert answer.data == b""


@pytest.mark.parametrize("code", ["en", "xl", "xm"])
def test_a_survey_that_has_not_begun_says_so(app, publish, code):
    survey = publish("zusammenleben", languages=("en", "xl", "xm"), state="published")
    page = closed(app, survey, code)
    assert 'data-page="closed"' in page.text
    if code == "en":
        assert "has not started yet" in page.text


@pytest.mark.parametrize("code", ["en", "xl", "xm"])
def test_a_survey_that_has_ended_leads_to_its_results(app, report, code):
    report("zusammenleben", ("en", "xl", "xm"))
    survey = app.extensions["survey"].survey("zusammenleben")
    page = closed(app, survey, code)
    assert f'href="/{code}/zusammenleben/results/"' in page.text


def closed(app, survey, code):
    language = app.extensions["survey"].languages.get(code)
    app.add_url_rule("/over", view_func=lambda: errors.closed(survey, language))
    return Resident(app, app.response_class).get("/over")
