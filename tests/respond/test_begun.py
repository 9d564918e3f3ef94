"""A draft is never resumed silently."""

import pytest

from tests.respond.walk import Walk, is_key_taken


@pytest.fixture
def person(walk):
    """Somebody who has answered one page of two."""
    return walk("fork").start().next(core_1="yes")


def test_whoever_comes_back_is_asked_first_and_sees_no_answer(person):
    person.open()
    assert (person.kind, person.status) == ("begun", 200)
    buttons = [value for name, value in person.page.buttons if name == "go"]
    assert buttons[0] == "start"
    assert "core_1" not in person.html.replace(person.page.inputs["token"][0], "")


def test_continue_leads_to_the_next_page(person):
    person.open().next()
    assert (person.kind, person.place) == ("question", "p2")


def test_continue_leads_to_the_check_page_when_all_is_answered(walk):
    person = walk("single").start().next().open()
    assert person.next().kind == "review"


def test_start_anew_deletes_what_was_begun_and_takes_the_key_away(person, drafts):
    response = person.open().post(person.inputs(go="start"))
    assert (response.status_code, response.location) == (303, "/xl/fork/")
    assert is_key_taken(response)
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "delete" in drafts.calls
    assert person.open().kind == "about"
    assert person.start().place == "p1"
    assert "checked" not in person.html


def test_the_page_speaks_the_language_of_a_button(person):
    person.open().switch("xm")
    assert (person.kind, person.path) == ("begun", "/xm/fork/")


def test_leaving_from_there_clears_everything(person):
    assert person.open().press("leave").kind == "left"
    assert person.open().kind == "about"


def test_after_half_an_hour_nobody_goes_on(person, clock):
    clock.advance(minutes=31)
    for place in ("", "p1", "p2", "review"):
        assert person.open(place).kind == "about"
    assert person.start().place == "p1"
    assert "checked" not in person.html


def test_within_half_an_hour_of_the_last_page_everybody_goes_on(person, clock):
    for _ in range(4):
        clock.advance(minutes=20)
        person.open("p2").press("back", core_2="no")
    assert person.open("p1").page.inputs["core_1"] == ["yes"]


def test_start_from_a_second_tab_asks_instead_of_deleting(person):
    person.send({"go": "start"})
    assert person.open().kind == "begun"
    response = person.client.post("/xl/fork/", data={"go": "start"})
    assert (response.status_code, response.location) == (303, "/xl/fork/")
    assert person.open("p1").page.inputs["core_1"] == ["yes"]


def test_a_forged_decision_changes_nothing(person):
    token = person.open().page.inputs["token"][0]
    for spoilt in ("begun.", token[:-2] + "AA", "begun"):
        response = person.post({"go": "start", "token": spoilt})
        assert response.location == "/xl/fork/"
    assert person.open("p1").page.inputs["core_1"] == ["yes"]


def test_the_same_code_asks_and_another_code_starts_anew(app, codes):
    one, other = codes("fork")
    person = Walk(app.test_client(), "fork", "xl").start(code=one)
    person.next(core_1="yes")
    first = person.client.get_cookie("draft").value
    person.client.post("/xl/fork/", data={"go": "start", "code": one})
    assert person.client.get_cookie("draft").value == first
    person.client.post("/xl/fork/", data={"go": "start", "code": other})
    assert person.client.get_cookie("draft").value != first
    assert "checked" not in person.open("p1").html


def test_an_abandoned_form_burns_no_code(app, codes):
    code, _ = codes("single")
    Walk(app.test_client(), "single").start(code=code).press("leave")
    assert Walk(app.test_client(), "single").start(code=code).kind == "question"


def test_two_surveys_are_answered_side_by_side(app, publish, person):
    publish("single")
    other = Walk(person.client, "single", "xl").start()
    assert other.kind == "question"
    assert person.open("p1").page.inputs["core_1"] == ["yes"]


def test_the_first_page_of_all_knows_which_survey_was_begun(app, shared, person):
    from survey.respond import sealing
    from survey.respond.cookie import read
    from survey.respond.entry import began

    with app.test_request_context(headers={"Cookie": "draft=broken"}) as context:
        assert read(context.request, shared.settings) is None
    value = person.client.get_cookie("draft").value
    with app.test_request_context(headers={"Cookie": f"draft={value}"}) as context:
        key = read(context.request, shared.settings)
    assert began(shared, key) == "fork"
    assert began(shared, sealing.new_key()) == ""
