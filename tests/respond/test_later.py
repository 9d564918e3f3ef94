"""Finish later: words on paper, another device, and nothing left on this one."""

import html5lib
import pytest

from survey.respond import kiln, words
from survey.respond.budget import CodeBudget
from survey.respond.drawer import Drawer
from survey.respond.kiln import TooBusy
from tests.page_lint import strip_namespace
from tests.respond.walk import Walk, is_key_taken


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    monkeypatch.setattr(kiln, "MEMORY_KIB", 8)
    monkeypatch.setattr(kiln, "ROUNDS", 1)


@pytest.fixture
def person(walk):
    """Somebody who has answered one page and has typed on the second."""
    return walk("fork").start().next(core_1="yes")


def noted(walker):
    """The words a page shows."""
    tree = html5lib.parse(walker.html)
    strip_namespace(tree)
    return " ".join(item.text for item in tree.find(".//ol[@class='words']"))


def elsewhere(person, typed, language="xl"):
    """Another device on which somebody types words."""
    other = Walk(type(person.client)(person.client.application), person.slug, language)
    other.open("resume")
    assert other.kind == "begun"
    return other.press("next", words=typed)


def test_the_words_open_the_same_answers_on_another_device(person):
    person.press("later", core_2="no")
    assert (person.kind, person.path) == ("begun", "/xl/fork/later")
    other = elsewhere(person, noted(person))
    assert (other.kind, other.place) == ("question", "p2")
    assert other.page.inputs["core_2"] == ["no"]
    assert other.open("p1").page.inputs["core_1"] == ["yes"]


def test_going_on_elsewhere_deletes_the_copy_here(person):
    typed = noted(person.press("later"))
    elsewhere(person, typed)
    assert person.open("p1").kind == "about"


def test_this_device_forgets_and_the_words_still_work(person):
    typed = noted(person.press("later"))
    response = person.post({"go": "pause"})
    assert (response.status_code, response.location) == (303, "/xl/fork/leave?later")
    assert is_key_taken(response)
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert person.open("leave?later").kind == "left"
    assert person.open("p1").kind == "about"
    assert elsewhere(person, typed).open("p1").page.inputs["core_1"] == ["yes"]


def test_without_words_pausing_clears_nothing(person):
    response = person.client.post("/xl/fork/later", data={"go": "pause"})
    assert response.location == "/xl/fork/p2"
    assert person.open("p1").page.inputs["core_1"] == ["yes"]


def test_the_same_person_gets_the_same_words_again(person):
    first = noted(person.press("later"))
    assert noted(person.press("next").press("later")) == first
    assert noted(person.open("later")) == first


def test_what_is_entered_after_noting_the_words_is_there_too(person):
    typed = noted(person.press("later"))
    person.press("next").next(core_2="no")
    assert elsewhere(person, typed).open("p2").page.inputs["core_2"] == ["no"]


def test_after_half_an_hour_only_the_words_go_on(person, clock):
    typed = noted(person.press("later"))
    clock.advance(minutes=31)
    assert person.open("p1").kind == "about"
    assert person.open("later").kind == "about"
    clock.advance(days=6)
    assert elsewhere(person, typed).open("p1").page.inputs["core_1"] == ["yes"]


def test_after_two_weeks_nobody_goes_on(person, clock):
    typed = noted(person.press("later"))
    clock.advance(days=14, minutes=1)
    assert elsewhere(person, typed).status == 422


def test_drafts_are_swept_by_those_who_start_even_if_nobody_sends(
    person, clock, shared
):
    typed = noted(person.press("later"))
    left = []
    for _ in range(5):
        clock.advance(days=5)
        Walk(type(person.client)(person.client.application), "fork").start()
        left.append(shared.drafts.load(drawer_of_words(shared, typed)) is not None)
    assert left[0]
    assert not left[-1]


def drawer_of_words(shared, typed):
    """Where the words lead in the store."""
    code = words.read(typed, "en").code
    [key, *_] = kiln.Kiln().keys(code, secrets=shared.settings.secrets, slug="fork")
    return Drawer(shared.drafts, key, "fork").keys.id_hash


def test_the_next_person_who_starts_anew_takes_nothing_from_the_first(person):
    typed = noted(person.press("later"))
    person.open().press("start")
    person.start()
    assert "checked" not in person.html
    assert elsewhere(person, typed).open("p1").page.inputs["core_1"] == ["yes"]


def test_clearing_everything_ends_the_words(person):
    typed = noted(person.press("later"))
    person.press("leave")
    other = elsewhere(person, typed)
    assert (other.status, other.kind) == (422, "begun")


@pytest.mark.parametrize("with_code", [True, False])
def test_after_sending_the_words_end_and_nothing_is_sent_twice(
    app, codes, urn, with_code
):
    code = (
        codes("single", access="both")[0]
        if with_code
        else codes("single", access="both") and ""
    )
    fate = urn("single")
    person = Walk(app.test_client(), "single").start(code=code).press("later")
    typed = noted(person)
    person.press("next")
    here = person.page
    person.press("next")
    shown = person.page
    other = elsewhere(person, typed)
    # the first device goes on with what it shows, the second with its own
    other.next(mood="good").open("review").press("send")
    assert other.kind == "thanks"
    person.page, person.address = shown, "/xl/single/review"
    assert (person.press("send").status, person.kind) == (422, "review")
    person.page, person.address = here, "/xl/single/p1"
    person.next(mood="bad").press("send")
    assert person.kind == "thanks"
    marks = [mark for _, mark, _ in fate.sent]
    assert (len(marks), len(set(marks))) == (2, 1)
    again = elsewhere(person, typed)
    assert (again.status, again.kind) == (422, "begun")


def test_somebody_else_in_this_browser_is_not_mixed_up_with_the_words(person, walk):
    typed = noted(person.press("later"))
    other = Walk(type(person.client)(person.client.application), "fork").start()
    other.next(core_1="no")
    other.open("resume").press("next", words=typed)
    assert other.open("p1").page.inputs["core_1"] == ["yes"]


def test_a_resumed_person_who_presses_start_is_asked(person):
    other = elsewhere(person, noted(person.press("later")))
    other.client.post("/xl/fork/", data={"go": "start"})
    assert other.open().kind == "begun"


def test_the_words_say_nothing_of_the_code(app, codes, shared):
    code, _ = codes("single")
    seen = {
        noted(Walk(app.test_client(), "single").start(code=code).press("later"))
        for _ in range(3)
    }
    assert len(seen) == 3


def test_words_of_another_survey_open_nothing(person, publish):
    typed = noted(person.press("later"))
    publish("single")
    other = Walk(type(person.client)(person.client.application), "single")
    other.open("resume").press("next", words=typed)
    assert other.status == 422


@pytest.mark.parametrize("typed", ["", "acorn", "one two three four five six"])
def test_what_is_no_code_costs_no_try(person, app, typed, monkeypatch):
    def never(*_given, **_named):
        raise AssertionError("tried")

    monkeypatch.setattr(kiln.Kiln, "keys", never)
    assert elsewhere(person, typed).status == 422


def test_wrong_words_are_counted_with_the_wrong_codes(person, app):
    slept = []
    app.extensions["code budget"] = CodeBudget(2, sleep=slept.append)
    typed = " ".join(words.spell(bytes(6), "en"))
    for _ in range(3):
        other = elsewhere(person, typed)
        assert other.status == 422
        assert other.page.inputs["words"] == [typed]
    assert len(slept) == 1
    right = noted(person.press("later"))
    assert elsewhere(person, right).kind == "question"
    assert len(slept) == 1


def test_when_too_many_want_words_nothing_typed_is_lost(person, monkeypatch):
    def busy(*_given, **_named):
        raise TooBusy

    monkeypatch.setattr(kiln.Kiln, "keys", busy)
    person.press("later", core_2="no")
    assert (person.status, person.place) == (422, "p2")
    assert person.page.inputs["core_2"] == ["no"]
    person.press("next", core_2="no").press("review").press("later")
    assert (person.status, person.kind) == (422, "review")
    assert elsewhere(person, " ".join(words.spell(bytes(6), "en"))).status == 422


def test_the_page_speaks_every_language(person):
    first = noted(person.press("later").switch("xm"))
    assert person.path == "/xm/fork/later"
    other = elsewhere(person, "", language="xm")
    assert other.status == 422
    assert other.open("resume").switch("xl", words=first).status == 422
    assert other.page.inputs["words"] == [first]
    assert other.press("next").kind == "question"


def test_a_browser_that_keeps_no_cookie_is_told(person):
    typed = noted(person.press("later"))
    client = person.client.application.test_client(use_cookies=False)
    response = client.post("/xl/fork/resume", data={"words": typed, "go": "next"})
    told = client.get(response.location)
    assert told.status_code == 400
    assert 'data-page="error"' in told.text


def test_a_closed_survey_resumes_nothing(person, shared):
    typed = noted(person.press("later"))
    shared.urn("fork").close("destroy")
    assert person.open("resume").kind == "closed"
    client = person.client.application.test_client()
    response = client.post("/xl/fork/resume", data={"words": typed})
    assert response.location == "/xl/fork/"


def test_the_store_holds_two_boxes_of_one_size_and_no_words(person, settings):
    import sqlite3

    from survey.storage import engine

    typed = noted(person.press("later"))
    connection = sqlite3.connect(engine.drafts_file(settings))
    both = "SELECT id, box FROM drafts_a UNION ALL SELECT id, box FROM drafts_b"
    rows = connection.execute(both).fetchall()
    connection.close()
    assert len(rows) == 2
    assert len({len(box) for _, box in rows}) == 1
    held = b"".join(part for row in rows for part in row)
    assert not any(word.encode() in held for word in typed.split())
    assert words.read(typed, "en").code not in held
