"""Checking answers, and sending them once."""

import threading
from datetime import date

import pytest

from survey.storage import surveys
from survey.storage.errors import StoreUnavailable
from survey.urn import Verdict
from tests.respond.walk import Walk, is_key_taken


@pytest.fixture
def person(walk):
    """Somebody at the check page of the fork questionnaire."""
    return walk("fork").start().next(core_1="yes").next(core_2="no").press("review")


def test_the_page_lists_what_was_answered_and_what_was_not(walk):
    person = walk("fork", "de").start().next(core_1="yes").next().press("review")
    assert person.texts("h2")[:2] == ["Eins?", "Zwei?"]
    assert person.answers() == ["Ja", "Keine Antwort"]


def test_change_links_name_the_question_and_lead_to_it(walk):
    person = walk("fork", "de").start().next(core_1="yes").press("review")
    link = person.find("main//a") or person.find("form//p/a")
    assert link.get("href") == "p1?from=review#core_1"
    assert person.text("form//p/a").endswith("Eins?")


def test_pages_that_were_not_reached_are_not_listed(walk):
    person = walk("fork", "de").start().next(core_1="yes").press("review")
    assert person.texts("h2")[:2] == ["Eins?", "Zwei?"]
    assert "Drei?" not in person.html


def test_a_rank_is_listed_in_its_order(walk):
    person = walk("pick_and_rank", "de").start().next(first=["f1", "f2", "f3"])
    person.next(order__1="f3", order__2="f1")
    ranked = person.texts("ol/li")
    assert ranked == ["Spielplätze und Grünflächen", "Wohnen und Nachbarschaft"]


def test_dont_know_is_listed_in_the_words_of_the_question(walk):
    person = walk("sensitive_page", "de").start().next().next(treated="-3")
    assert "Weiß nicht" in person.answers()


def test_before_the_button_stands_what_sending_means(walk):
    person = walk("zusammenleben", "en").start().next(q01="no")
    words = "After sending nobody can find, change or delete your answer, not even you."
    assert words in person.html
    assert person.html.index(words) < person.html.index("Send my answers")


def test_who_does_not_live_here_sends_a_single_answer(walk, urn):
    person = walk("screened_out").start().next(hello="yes")
    fate = urn("screened_out")
    person.next(lives="no")
    assert person.kind == "review"
    assert person.press("send").kind == "thanks"
    ((ballot, _, _),) = fate.sent
    assert ballot.closed == {"hello": "yes", "lives": "no", "like": "-1"}


def test_the_urn_gets_answers_texts_channel_and_language(walk, urn):
    person = walk("text").start().next(idea="Benches")
    fate = urn("text")
    person.switch("xm").press("send")
    ((ballot, _, kind),) = fate.sent
    assert ballot.closed == {}
    assert [(c.question, c.language, c.text) for c in ballot.comments] == [
        ("idea", "xm", "Benches")
    ]
    assert (ballot.channel, ballot.form_language, kind) == ("link", "xm", "draft")


def test_an_early_end_is_one_answer_with_the_rest_not_reached(person, urn):
    fate = urn("fork")
    assert person.press("send").kind == "thanks"
    ((ballot, _, _),) = fate.sent
    assert ballot.closed == {
        "core_1": "yes",
        "core_2": "no",
        "more_1": "-5",
        "more_2": "-5",
    }


def test_sending_is_answered_by_a_redirect_with_the_key_of_the_receipt(person):
    before = person.client.get_cookie("draft").value
    response = person.post(person.inputs(go="send"))
    assert (response.status_code, response.location) == (303, "/xl/fork/thanks")
    assert person.client.get_cookie("draft").value != before


def test_a_second_click_with_the_old_key_gives_the_same_thanks(person, urn):
    fate = urn("fork")
    data = person.inputs(go="send")
    old = person.client.get_cookie("draft").value
    person.post(data)
    new = person.client.get_cookie("draft").value
    person.client.set_cookie("draft", old)
    person.send(data)
    assert person.kind == "thanks"
    assert person.client.get_cookie("draft").value == new
    assert len(fate.sent) == 1


def test_reload_and_back_after_sending_give_the_same_thanks(person, urn):
    fate = urn("fork")
    data = person.inputs(go="send")
    person.press("send")
    for place in ("review", "p1", "p2", "thanks"):
        assert person.open(place).kind == "thanks"
    person.address = "/xl/fork/review"
    assert person.send(data).kind == "thanks"
    person.address = "/xl/fork/p1"
    assert person.send(data).kind == "thanks"
    assert len(fate.sent) == 1


@pytest.mark.parametrize("with_code", [False, True])
def test_two_clicks_at_once_store_one_answer_and_both_thank(app, codes, with_code):
    code, _ = codes("fork", access="both")
    person = Walk(app.test_client(), "fork").start(code=code if with_code else "")
    data = person.next(core_1="yes").press("review").inputs(go="send")
    key = person.client.get_cookie("draft").value
    places = []

    def click():
        client = app.test_client()
        client.set_cookie("draft", key)
        response = client.post("/xl/fork/review", data=data)
        page = client.get(response.location).get_data(as_text=True)
        places.append((response.location, "dóúb" in page, "<dd>" in page))

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert places == [("/xl/fork/thanks", False, True)] * 4


def test_a_lost_connection_is_made_good_by_pressing_send_again(person, urn):
    fate = urn("fork")
    fate.verdicts = [Verdict.TRY_AGAIN]
    person.press("send")
    assert (person.kind, person.status) == ("review", 422)
    assert "<dd>" in person.html
    assert person.press("send").kind == "thanks"


def test_when_the_draft_was_lost_after_storing_the_answer_counts_once(
    person, urn, drafts
):
    fate = urn("fork")
    drafts.refuses = {"save"}
    response = person.post(person.inputs(go="send"))
    assert response.location == "/xl/fork/thanks?sent"
    assert is_key_taken(response)
    assert person.open("thanks?sent").kind == "thanks"
    assert len(fate.sent) == 1


def test_a_retry_nobody_can_tell_from_another_person_says_so(app, codes, urn):
    code, _ = codes("fork")
    one = Walk(app.test_client(), "fork", "de").start(code=code).next(core_1="yes")
    other = Walk(app.test_client(), "fork", "de").start(code=code).next(core_1="no")
    assert one.press("review").press("send").kind == "thanks"
    other.press("review").press("send")
    assert other.kind == "thanks"
    assert other.heading() != one.heading()
    assert other.answers()[0] == "Nein"


@pytest.mark.parametrize(
    "verdict", [Verdict.TRY_AGAIN, Verdict.TOO_LARGE, Verdict.UNKNOWN]
)
def test_what_the_urn_does_not_take_stays_with_the_person(person, urn, verdict):
    urn("fork").verdicts = [verdict]
    person.press("send")
    assert (person.kind, person.status) == ("review", 422)
    assert person.open("p1").page.inputs["core_1"] == ["yes"]


def test_when_the_urn_has_closed_meanwhile_nothing_is_thanked_for(person, urn):
    urn("fork").verdicts = [Verdict.CLOSED]
    response = person.post(person.inputs(go="send"))
    assert (response.status_code, response.location) == (303, "/xl/fork/")


def test_while_the_store_is_out_of_reach_send_can_be_pressed_again(person, drafts):
    drafts.refuses = {"load"}
    person.press("send")
    assert (person.kind, person.status) == ("review", 422)
    drafts.refuses = set()
    assert person.press("send").kind == "thanks"


def test_send_without_a_token_of_this_person_is_refused(person, urn):
    fate = urn("fork")
    for text in ("", "review", "review.abc", person.page.inputs["token"][0][:-2]):
        person.address = "/xl/fork/review"
        person.send({"go": "send", "token": text})
        assert (person.kind, person.status) == ("review", 422)
    assert fate.sent == []


def test_a_long_look_at_the_answers_does_not_stop_sending(walk, clock, urn):
    person = walk("fork").start().next(core_1="yes").press("review")
    fate = urn("fork")
    clock.advance(minutes=31)
    person.press("send")
    assert person.kind == "thanks"
    assert fate.sent[0][0].closed["core_1"] == "yes"


def test_back_leads_to_the_last_page_that_was_seen(person):
    assert person.press("back").place == "p3"
    assert person.next().press("review").press("back").place == "p4"


def test_the_page_speaks_another_language_at_once(person):
    assert person.switch("xm").path == "/xm/fork/review"


def test_nothing_is_sent_before_anything_was_answered(walk, urn):
    person = walk("fork").start()
    fate = urn("fork")
    assert person.open("review").place == "p1"
    token = person.page.inputs["token"][0]
    person.client.post("/xl/fork/review", data={"go": "send", "token": token})
    assert fate.sent == []


def test_a_button_that_does_not_exist_sends_nothing(person, urn):
    fate = urn("fork")
    person.press("nonsense")
    assert (person.kind, fate.sent) == ("review", [])


def test_started_and_reached_pages_are_counted_once(walk, shared):
    counted = []
    person = walk("fork")
    shared.urn("fork").count = counted.append
    person.start().next(core_1="yes").press("back").next().next(core_2="no")
    assert counted == ["started", "page:core_1", "page:core_2"]


def test_while_the_keys_are_out_of_reach_send_can_be_pressed_again(person, urn):
    fate = urn("fork")

    def refuse(draft_id, person):
        raise StoreUnavailable("the keys are gone")

    fate.admission_of_draft = refuse
    person.press("send")
    assert (person.kind, person.status) == ("review", 422)
    del fate.admission_of_draft
    assert person.press("send").kind == "thanks"


def test_leaving_from_here_clears_everything(person):
    assert person.press("leave").kind == "left"
    assert person.open("review").kind == "about"


def test_a_check_page_that_outlived_its_draft_says_so(person, shared, urn):
    fate = urn("fork")
    shared.drafts.sweep()
    shared.drafts.sweep()
    person.press("send")
    assert (person.status, person.kind, fate.sent) == (422, "review", [])


def test_when_the_survey_has_ended_meanwhile_nothing_is_sent(person, shared, urn):
    fate = urn("fork")
    surveys.extend(shared.engine, "fork", date(2026, 10, 4))
    person.press("send")
    assert (person.kind, fate.sent) == ("closed", [])
