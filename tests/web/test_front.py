"""The way in: languages, surveys, short addresses of letters."""

from __future__ import annotations

from datetime import date, timedelta

import html5lib
import pytest

from tests.page_lint import strip_namespace

ALL = ("de", "en", "ar", "xl", "xm")


def tree(response):
    found = html5lib.parse(response.get_data(as_text=True))
    strip_namespace(found)
    return found


def get(client, path, accept=""):
    return client.get(path, headers={"Accept-Language": accept})


def entries(response):
    return [
        (link.get("lang"), link.get("dir"), link.get("href"))
        for link in tree(response).iter("a")
        if "entry" in (link.get("class") or "").split()
    ]


def asked(response):
    return [
        link.get("lang")
        for link in tree(response).iter("a")
        if "asked" in (link.get("class") or "").split()
    ]


def test_each_language_stands_in_its_own_name_with_its_direction(resident, publish):
    publish("zusammenleben", languages=("de", "en", "ar"))
    page = get(resident, "/", "fr")
    assert entries(page) == [
        ("de", "ltr", "/de/"),
        ("en", "ltr", "/en/"),
        ("ar", "rtl", "/ar/"),
    ]
    assert "العربية" in page.text
    assert tree(page).get("lang") == "de"


def test_the_languages_of_the_browser_are_marked_and_nobody_is_sent_on(
    resident, publish
):
    publish("zusammenleben", languages=("de", "en", "ar"))
    page = get(resident, "/", "ar-SY,en;q=0.5")
    assert page.status_code == 200
    assert tree(page).get("dir") == "rtl"
    assert asked(page) == ["en", "ar"]


def test_without_a_survey_all_released_languages_are_shown(resident):
    assert [lang for lang, _, _ in entries(get(resident, "/"))] == [
        "de",
        "en",
        "ar",
        "en-x-longer",
        "ar-x-mirror",
    ]


@pytest.mark.parametrize("code", ["xl", "xm"])
def test_no_front_page_holds_an_untranslated_text(resident, publish, code):
    publish("zusammenleben", languages=ALL, until=date(2026, 12, 20))
    accept = {"xl": "en-x-longer", "xm": "ar-x-mirror"}[code]
    assert get(resident, "/", accept).status_code == 200
    assert get(resident, f"/{code}/").status_code == 200


def test_a_survey_is_listed_only_in_its_languages(resident, publish):
    publish("zusammenleben", languages=("de", "en"))
    assert "/en/zusammenleben/" in get(resident, "/en/").text
    assert "/ar/zusammenleben/" not in get(resident, "/ar/").text


def test_an_open_survey_says_until_when(resident, publish):
    publish("zusammenleben", languages=("en", "xl"), until=date(2026, 12, 20))
    assert "until 20 December 2026" in get(resident, "/en/").text


def test_a_survey_that_is_not_open_yet_is_not_listed(resident, publish):
    publish("zusammenleben", languages=("en",), state="published")
    assert "zusammenleben" not in get(resident, "/en/").text


def test_after_its_last_day_a_survey_counts_as_finished(resident, publish, clock):
    publish("zusammenleben", languages=("en",), until=clock().date())
    assert 'href="/en/zusammenleben/"' in get(resident, "/en/").text
    clock.advance(days=1)
    page = get(resident, "/en/").text
    assert 'href="/en/zusammenleben/"' not in page
    assert "The results will be published here." in page


def test_the_page_changes_as_soon_as_a_survey_does(resident, publish):
    before = get(resident, "/en/").text
    publish("zusammenleben", languages=("en",))
    assert get(resident, "/en/").text != before


def test_a_page_that_did_not_change_is_not_sent_twice(resident):
    first = get(resident, "/en/")
    second = resident.get("/en/", headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 304
    assert second.data == b""
    assert first.headers["Cache-Control"] == "no-cache, private"


def test_front_pages_are_packed_for_browsers_that_can_unpack(resident):
    packed = resident.get("/en/", headers={"Accept-Encoding": "gzip, deflate"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"].startswith("Accept-Encoding")
    assert len(packed.data) < len(get(resident, "/en/").data)
    assert "Content-Encoding" not in get(resident, "/en/").headers


def test_an_unknown_language_is_not_found_and_gets_the_list(resident):
    page = get(resident, "/tlh/", "ar")
    assert page.status_code == 404
    assert 'href="/de/"' in page.text
    assert tree(page).get("dir") == "rtl"


@pytest.mark.parametrize(
    ("accept", "target"),
    [
        ("ar-SY,de;q=0.5", "/ar/zusammenleben/"),
        ("fr", "/de/zusammenleben/"),
        ("", "/de/zusammenleben/"),
    ],
)
def test_a_letters_address_leads_to_the_survey_in_the_browsers_language(
    resident, publish, accept, target
):
    publish("zusammenleben", languages=("de", "en", "ar"))
    answer = get(resident, "/s/zusammenleben", accept)
    assert (answer.status_code, answer.headers["Location"]) == (302, target)
    assert answer.headers["Vary"] == "Accept-Language"


def test_a_letters_address_without_german_takes_a_language_there_is(resident, publish):
    publish("zusammenleben", languages=("en", "xl"))
    answer = get(resident, "/s/zusammenleben", "ar")
    assert answer.headers["Location"] == "/en/zusammenleben/"


def test_a_named_link_keeps_its_name(resident, publish):
    publish("zusammenleben", languages=("en", "xl"))
    answer = get(resident, "/s/zusammenleben/link")
    assert answer.headers["Location"] == "/en/zusammenleben/?channel=link"
    assert get(resident, "/s/zusammenleben/poster").status_code == 404


def test_a_short_address_of_no_survey_is_not_found(resident):
    assert get(resident, "/s/nothing").status_code == 404


def test_the_store_is_asked_once_per_page_at_most(app, publish, monkeypatch):
    publish("zusammenleben", languages=("en", "xl"))
    client = app.test_client()
    get(client, "/en/")
    asked_for = []
    services = app.extensions["survey"]
    from sqlalchemy import event

    event.listen(
        services.engine,
        "before_cursor_execute",
        lambda *arguments: asked_for.append(arguments[2]),
    )
    services.keep_seconds = 60
    get(client, "/en/")
    reads = [text for text in asked_for if text.lstrip().upper().startswith("SELECT")]
    assert len(reads) <= 1
    asked_for.clear()
    get(client, "/en/")
    assert asked_for == []


def test_the_store_that_answers_is_healthy(resident):
    answer = resident.get("/health")
    assert (answer.status_code, answer.text) == (200, "ok")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_a_store_that_is_gone_is_not_healthy(app, settings):
    client = app.test_client()
    (settings.instance / "survey.sqlite").unlink()
    app.extensions["survey"].engine.dispose()
    assert client.get("/health").status_code == 503


def test_weeks_later_the_list_is_another(resident, publish, clock):
    until = clock().date() + timedelta(days=14)
    publish("zusammenleben", languages=("en",), until=until)
    first = get(resident, "/en/").headers["ETag"]
    clock.advance(days=15)
    assert get(resident, "/en/").headers["ETag"] != first
