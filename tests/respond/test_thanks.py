"""After sending: one's own answers for half an hour, then nothing."""

import pytest

from tests.respond.walk import Walk, is_key_taken


@pytest.fixture
def person(walk):
    """Somebody who has just sent."""
    person = walk("single", "de").start()
    name, codes = next((n, c) for n, c in person.page.offered.items() if c)
    return person.next(**{name: codes[0]}).press("send")


def test_one_can_read_and_print_ones_own_answers(person):
    assert person.kind == "thanks"
    assert (len(person.texts("h3")), len(person.answers())) == (1, 1)


def test_in_another_language_too(person):
    assert person.switch("xm").path == "/xm/single/thanks"
    assert len(person.answers()) == 1


def test_the_help_of_the_survey_is_named(walk):
    person = walk("zusammenleben", "en").start().next(q01="no").press("send")
    assert "Rathaus Musterstadt, Marktplatz 1, 030 23125 000" in person.html


def test_nothing_can_be_sent_from_here(person):
    goes = [value for name, value in person.page.buttons if name == "go"]
    assert "send" not in goes
    assert person.press("next").kind == "thanks"


@pytest.mark.parametrize(("go", "place"), [("leave", "leave"), ("start", "")])
def test_clear_and_next_person_leave_nothing_on_the_device(person, drafts, go, place):
    response = person.post({"go": go})
    assert (response.status_code, response.location) == (303, f"/de/single/{place}")
    assert is_key_taken(response)
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert drafts.calls.count("delete") == 2
    assert person.open("thanks").kind == "about"


def test_the_next_person_starts_with_an_empty_form(person):
    person.press("start").start()
    assert (person.place, "checked" in person.html) == ("p1", False)


def test_after_half_an_hour_the_answers_are_gone(person, clock):
    clock.advance(minutes=30)
    assert person.open("thanks").kind == "thanks"
    clock.advance(minutes=1)
    assert person.open("thanks").kind == "left"
    assert person.open("thanks").kind == "about"


def test_the_thanks_outlive_the_survey(person, shared):
    from datetime import date

    from survey.storage import surveys

    surveys.extend(shared.engine, "single", date(2026, 10, 4))
    assert person.open("thanks").kind == "thanks"
    assert person.open("review").kind == "thanks"


def test_leaving_by_its_address_clears_too(walk):
    person = walk("fork").start().next(core_1="yes")
    person.open("leave")
    assert person.kind == "left"
    assert person.response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert person.open().kind == "about"


def test_a_link_on_another_site_clears_nothing(walk):
    person = walk("fork").start().next(core_1="yes")
    person.open("leave", headers={"Sec-Fetch-Site": "cross-site"})
    assert person.kind == "begun"


def test_every_form_offers_to_clear_and_leave(walk):
    person = walk("fork").start()
    while person.kind == "question":
        assert person.page.can("go", "leave")
        person.next()
    assert person.kind == "review"
    assert person.page.can("go", "leave")


def test_what_was_kept_for_a_person_stays_the_same_size(walk, shared):
    sizes = set()
    store = shared.drafts
    original = store.save
    store.save = lambda id_hash, box: (sizes.add(len(box)), original(id_hash, box))
    person = walk("zusammenleben", "ar").start()
    while person.kind == "question":
        texts = {
            name: "ضوء " * 149
            for name, codes in person.page.offered.items()
            if name in ("q23", "q24")
        }
        person.next(**texts)
    assert person.press("send").kind == "thanks"
    assert len(sizes) == 1


def test_a_receipt_of_one_survey_is_none_of_another(app, publish, person):
    publish("text")
    assert Walk(person.client, "text").open("thanks").kind == "about"
