"""Residents of every language meet whole pages, whatever a town has added."""

from __future__ import annotations

import pytest

from survey.authoring import shipped, toml
from survey.questionnaire.edition import freeze
from survey.questionnaire.model import SKIPPED
from survey.storage import engine, surveys
from survey.storage.surveys import Terms
from tests import visits
from tests.respond.walk import Walk

THREE = ("de", "en", "ar")
SLUG = "town"
OWN = """
[[pages]]
name = "night"
part = "more"

[[pages.questions]]
library = "night_safety"

[[pages]]
name = "pool"
part = "more"

[[pages.questions]]
name = "pool"
kind = "single"
label = "Wie zufrieden oder unzufrieden sind Sie mit dem neuen Freibad?"
where_translated = true
field = "f7"
role = "experience"
options = [
  { code = "satisfied", label = "Mit dem Freibad zufrieden" },
  { code = "dissatisfied", label = "Mit dem Freibad unzufrieden" },
]

"""
GERMAN = "Freibad"


@pytest.fixture
def town(settings, clock):
    """The reference questionnaire with an own question and a renamed field."""
    source = shipped.source("zusammenleben")
    renamed = source.replace(
        'label = "Mobilität und öffentliche Plätze"\nshort = "Mobilität"',
        'library = "mobility"',
    )
    before, last, after = renamed.rpartition('[[pages]]\nname = "q24"')
    asked = toml.read(f"{before}{OWN}{last}{after}".encode())
    edition = freeze(shipped.with_translations(asked), THREE)
    connected = engine.connect(settings)
    surveys.save_questionnaire(connected, SLUG, "")
    surveys.publish(connected, SLUG, edition)
    terms = Terms(design="open", access="link")
    surveys.open(connected, SLUG, terms, today=clock().date())
    connected.dispose()
    return edition


@pytest.fixture
def person(town, app):
    def person(language):
        return Walk(app.test_client(), SLUG, language)

    return person


def foreign(edition, language):
    """German wordings that say nothing in a language."""
    own = " ".join(
        edition.filled(key, language, isolate=False)
        for key in edition.questionnaire.texts[language]
    )
    german = edition.questionnaire.texts["de"]
    words = {edition.filled(key, "de", isolate=False) for key in german}
    return {text for text in words if len(text) > 3 and text not in own}


def pages(walker, **answers):
    """Every page to the end, with its name and its text."""
    walker.start()
    for _ in range(visits.MOST_PAGES):
        yield walker.place, walker.text("main")
        if walker.kind == "thanks":
            return
        go = "send" if walker.kind == "review" else "next"
        known = {
            key: value for key, value in answers.items() if key in walker.page.offered
        }
        walker.press(go, **known)


@pytest.mark.parametrize("language", THREE)
def test_no_page_is_mixed(person, town, language):
    strangers = foreign(town, language) if language != "de" else set()
    seen = list(pages(person(language), q01="yes", q05=["f1", "f8"], q19="often"))
    assert seen[-1][0] == "thanks"
    mixed = [
        (place, stranger)
        for place, text in seen
        for stranger in strangers
        if stranger in text
    ]
    assert not mixed
    assert any(GERMAN in text for _, text in seen) == (language == "de")
    words = " ".join(text for _, text in seen)
    assert town.filled("night_safety.label", language) in words
    assert town.filled("field.f8.label", language) in words


def test_the_number_of_pages_differs_and_every_page_counts_itself(person):
    lengths = {language: len(list(pages(person(language)))) for language in THREE}
    assert lengths["de"] == lengths["en"] + 1 == lengths["ar"] + 1


def at(person, language, place):
    walker = person(language).start()
    for _ in range(visits.MOST_PAGES):
        if walker.page.can("go", "next") and place in walker.page.offered:
            return walker
        walker.next()
    raise AssertionError(place)


def test_who_changes_the_language_on_its_page_goes_on_with_the_next(person):
    walker = at(person, "de", "pool")
    number = walker.place
    walker.switch("ar", pool="satisfied")
    assert walker.kind == "question"
    assert GERMAN not in walker.html
    assert "q24" in walker.page.offered
    assert walker.place == number


def test_what_the_new_language_has_comes_first_and_nothing_typed_is_lost(person):
    walker = at(person, "ar", "q24")
    number = int(walker.place.removeprefix("p"))
    walker.switch("de", q24="Parks")
    assert walker.place == f"p{number}"
    assert "pool" in walker.page.offered
    walker.next()
    assert walker.place == f"p{number + 1}"
    assert walker.page.inputs["q24"] == ["Parks"]


def test_a_page_behind_has_another_number_in_another_language(person):
    walker = at(person, "de", "q24")
    number = int(walker.place.removeprefix("p"))
    walker.switch("ar")
    assert walker.place == f"p{number - 1}"
    assert "q24" in walker.page.offered


@pytest.mark.parametrize(("last", "expected"), [("ar", SKIPPED), ("de", "satisfied")])
def test_what_is_sent_is_what_the_last_language_was_asked(person, urn, last, expected):
    fate = urn(SLUG)
    walker = at(person, "de", "pool").next(pool="satisfied")
    while walker.kind == "question":
        walker.next()
    assert walker.kind == "review"
    if last != "de":
        walker.switch(last)
        assert GERMAN not in walker.text("main")
    walker.press("send")
    assert walker.kind == "thanks"
    ((ballot, _, _),) = fate.sent
    assert (ballot.closed["pool"], ballot.form_language) == (expected, last)


def test_a_page_given_back_in_a_language_that_lacks_it_leads_to_the_start(person):
    walker = at(person, "de", "pool")
    data = walker.inputs(pool="satisfied", go="next")
    data["token"] = [data["token"][0] + "x"]
    response = walker.client.post(f"/ar/{SLUG}/p3", data=data)
    assert response.status_code in (303, 422)
    assert GERMAN not in response.get_data(as_text=True)
