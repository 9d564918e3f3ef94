"""Question pages: every button, every mistake, nothing lost."""

import re

import pytest

from tests.respond.walk import Walk, is_key_taken

LONG = "x" * 41


def test_a_question_is_a_fieldset_with_the_heading_in_its_legend(walk):
    person = walk("single", "de").start()
    assert person.find("fieldset/legend/h1") is not None
    assert person.text("h1") == person.text("legend")
    assert "required" not in person.html
    assert "checked" not in person.html


def test_a_battery_has_its_heading_outside_and_a_legend_per_row(walk):
    person = walk("battery", "de").start()
    assert person.find("form/h1") is not None
    rows = len(person.tree().findall(".//fieldset"))
    assert rows == len(person.tree().findall(".//fieldset/legend/h2")) > 1


def test_a_page_of_several_questions_has_its_heading_outside(walk):
    person = walk("several_questions", "de").start()
    assert person.text("form/h1") == "Über Sie"
    assert person.texts("legend/h2") == ["Wie alt sind Sie?", "Haben Sie Kinder?"]


def test_prefer_not_to_say_stands_apart_with_the_words_of_the_question(walk):
    person = walk("several_questions", "de").start()
    assert person.texts("*[@class='divider']//label") == ["Keine Angabe"]


def test_enter_presses_a_hidden_continue_and_never_a_language(walk):
    person = walk("single").start()
    name, value = person.page.buttons[0]
    assert (name, value) == ("go", "next")
    first = person.find("form//button")
    assert first.get("aria-hidden") == "true"
    assert first.get("tabindex") == "-1"


def test_the_form_offers_every_language_of_the_survey(walk):
    person = walk("single").start()
    offered = [value for name, value in person.page.buttons if name == "language"]
    assert offered == ["de", "xl", "xm"]


def test_the_address_numbers_the_steps_and_names_no_question(walk):
    person = walk("pick_and_rank").start()
    assert person.place == "p1"
    assert person.next(first=["f1", "f2"]).place == "p2"
    assert person.page.offered["order__1"]


def test_an_answer_is_there_again_after_back_and_after_reload(walk):
    person = walk("fork").start().next(core_1="yes").press("back")
    assert person.place == "p1"
    assert person.page.inputs["core_1"] == ["yes"]
    assert person.open("p1").page.inputs["core_1"] == ["yes"]


def test_an_answer_can_be_taken_back(walk):
    person = walk("multiple").start()
    name = next(iter(set(person.page.offered) - {"token"}))
    chosen = person.page.offered[name][0]
    person.next(**{name: [chosen]}).open("p1")
    assert person.page.inputs[name] == [chosen]
    person.next(**{name: []}).open("p1")
    assert name not in person.page.inputs


def test_everything_may_be_left_empty(walk):
    person = walk("battery").start()
    assert person.next().kind == "review"


def test_nobody_jumps_beyond_the_first_page_they_have_not_seen(walk):
    person = walk("fork").start()
    assert person.open("p4").place == "p1"
    person.next()
    assert person.open("p9").place == "p2"
    assert person.open("p0").place == "p2"


def test_finishing_early_is_offered_from_the_second_page_on(walk):
    person = walk("fork").start()
    assert not person.page.can("go", "review")
    assert not person.page.can("go", "back")
    person.next()
    assert person.page.can("go", "review")
    assert person.page.can("go", "back")
    assert person.press("review").kind == "review"


def test_the_fork_offers_to_send_first(walk):
    person = walk("fork").start().next().next()
    assert person.kind == "question"
    goes = [value for name, value in person.page.buttons if name == "go"]
    assert goes == ["review", "review", "next", "back", "later", "leave"]
    assert person.press("review").kind == "review"
    assert person.press("back").place == "p3"
    assert person.next().place == "p4"


def test_enter_at_the_fork_sends_now(walk):
    person = walk("fork").start().next().next()
    data = person.inputs()
    assert person.send(data).kind == "review"


def test_the_fork_counts_as_no_step(walk):
    person = walk("fork", "de").start()
    counted = [re.findall(r"\d+", person.text("*[@class='step']"))]
    for _ in range(3):
        person.next(more_1="yes")
        counted.append(re.findall(r"\d+", person.text("*[@class='step']")))
    assert counted == [["1", "2"], ["2", "2"], [], ["3", "3"]]


def test_a_step_appears_only_where_its_condition_holds(walk):
    person = walk("pick_and_rank").start()
    assert person.next(first=["f1"]).kind == "review"
    person.open("p1").next(first=["f1", "f3"])
    assert person.place == "p2"


def test_only_what_was_picked_can_be_ranked(walk):
    person = walk("pick_and_rank").start().next(first=["f3", "f1"])
    assert set(person.page.offered["order__1"]) == {"", "f1", "f3"}
    assert "order__3" not in person.page.offered


@pytest.mark.parametrize(
    ("posted", "fields"),
    [
        ({"order__1": "f1", "order__2": "f1"}, ["order__2"]),
        ({"order__2": "f1"}, ["order__1"]),
        ({"order__1": "f2"}, ["order__1"]),
        ({"order__1": "zzz"}, ["order__1"]),
        ({"order__1": "f1", "order": ["-4"]}, ["order"]),
    ],
)
def test_a_rank_that_cannot_be_taken_is_told_at_its_place(walk, posted, fields):
    person = walk("pick_and_rank").start().next(first=["f3", "f1"])
    person.next(**posted)
    assert (person.kind, person.status, person.problems()) == ("question", 422, fields)


@pytest.mark.parametrize(
    "posted", [["f1", "f2", "f3", "f4"], ["f1", "none"], ["zzz"], ["<script>"]]
)
def test_a_choice_that_cannot_be_taken_is_told_and_kept(walk, posted):
    person = walk("pick_and_rank").start().next(first=posted)
    assert (person.kind, person.status, person.place) == ("question", 422, "p1")
    assert person.problems() == ["first"]
    kept = person.page.inputs.get("first", [])
    assert sorted(kept) == sorted(set(posted) & {"f1", "f2", "f3", "f4", "none"})
    assert person.find("fieldset").get("aria-describedby").split()[-1] == "first-error"
    assert "<script>" not in person.html


def test_the_words_at_the_field_are_those_of_the_summary(walk):
    person = walk("pick_and_rank").start().next(first=["f1", "none"])
    summary = person.text("*[@id='errors']//a")
    assert summary in person.text("*[@id='first-error']")


def test_a_text_that_is_too_long_is_kept_to_the_last_letter(walk):
    person = walk("text").start().next(idea=LONG)
    assert (person.status, person.problems()) == (422, ["idea"])
    assert person.page.inputs["idea"] == [LONG]
    assert person.open("p1").page.inputs["idea"] == [LONG]
    assert person.status == 200


@pytest.mark.parametrize(
    "text",
    ["<b>&amp;</b>", "</textarea><script>alert(1)</script>", '" onfocus="x', "مقاعد"],
)
def test_what_is_written_is_shown_as_it_was_written(walk, text):
    person = walk("text").start().next(idea=text)
    assert person.kind == "review"
    assert text in person.answers()
    assert person.open("p1").page.inputs["idea"] == [text]


def test_line_breaks_stay(walk):
    person = walk("text").start().next(idea="\none\r\ntwo\n").open("p1")
    assert person.page.inputs["idea"] == ["one\ntwo"]


def test_a_language_button_keeps_unsaved_ticks_and_text(walk):
    person = walk("pick_and_rank").start().switch("xm", first=["f1", "f2"])
    assert person.path == "/xm/pick_and_rank/p1"
    assert sorted(person.page.inputs["first"]) == ["f1", "f2"]
    person.switch("de", first=["f1"])
    assert person.path == "/de/pick_and_rank/p1"
    assert person.page.inputs["first"] == ["f1"]


def test_a_language_button_keeps_even_what_cannot_be_taken(walk):
    person = walk("text").start().switch("xm", idea=LONG)
    assert (person.status, person.path) == (200, "/xm/text/p1")
    assert person.page.inputs["idea"] == [LONG]
    assert person.next().status == 422


def test_a_language_button_answers_nothing(walk):
    person = walk("fork").start().switch("xm", core_1="yes")
    assert person.open("p2").place == "p1"


def test_an_unknown_language_is_no_language(walk):
    person = walk("single").start()
    data = person.inputs(language="tlh")
    assert person.send(data).kind == "review"


def test_back_leaves_a_page_whatever_was_typed_on_it(walk):
    person = walk("skip_logic").start().next()
    name = next(iter(set(person.page.offered) - {"token"}))
    person.press("back", **{name: ["nonsense"]})
    assert (person.place, person.status) == ("p1", 200)


def test_nothing_unsettled_is_sent_or_lost(walk, urn):
    person = walk("text").start().next(idea=LONG)
    fate = urn("text")
    person.open("review")
    assert (person.kind, person.status, person.place) == ("question", 422, "p1")
    assert person.problems() == ["idea"]
    assert person.next(idea="short").kind == "review"
    assert fate.sent == []


def test_a_change_from_the_check_page_comes_back_to_it(walk):
    person = walk("fork").start().next(core_1="yes").next(core_2="yes")
    person.press("review")
    assert person.open("p1?from=review").next(core_1="no").kind == "review"
    assert "nó" in person.text("dd").lower() or person.answers()


def test_a_change_that_opens_a_page_leads_there_first(walk):
    person = walk("pick_and_rank").start().next(first=["f1"])
    person.open("p1?from=review").next(first=["f1", "f2"])
    assert (person.kind, person.place) == ("question", "p2")
    assert person.next().kind == "review"


def test_a_change_survives_another_language(walk):
    person = walk("fork").start().next(core_1="yes").press("review")
    person.open("p1?from=review").switch("xm", core_1="no")
    assert person.address == "/xm/fork/p1?from=review"
    assert person.next().kind == "review"


def test_follow_ups_stand_on_the_page_of_their_filter(walk):
    person = walk("sensitive_page").start().next()
    assert {"treated", "where", "sought"} <= set(person.page.offered)


def test_the_order_of_options_stays_for_one_person_and_differs_between_people(walk):
    person = walk("random_order").start()
    first = person.page.offered["fruit"]
    assert person.open("p1").page.offered["fruit"] == first
    assert person.switch("xm").page.offered["fruit"] == first
    orders = {
        tuple(Walk(person.client, "random_order").start().page.offered["fruit"])
        for _ in range(12)
        if Walk(person.client, "random_order").press("leave")
    }
    assert len(orders) > 1
    assert {tuple(sorted(order)) for order in orders} == {("a", "b", "c", "d", "e")}


def test_a_rank_keeps_the_order_of_its_pick_with_the_exclusive_one_last(walk):
    person = walk("pick_and_rank").start()
    order = person.page.offered["first"]
    assert order[-1] == "none"
    person.next(first=["f1", "f2", "f4"])
    ranked = [code for code in order if code in ("f1", "f2", "f4")]
    assert person.page.offered["order__1"] == ["", *ranked]


def test_inputs_of_other_pages_are_not_taken(walk):
    person = walk("fork").start().next(core_1="yes", core_2="yes", more_1="yes")
    assert "core_2" not in person.page.inputs


def test_a_page_of_somebody_before_is_refused_with_what_was_typed(walk):
    person = walk("text").start()
    old = person.inputs(idea="typed in the first tab", go="next")
    other = Walk(person.client, "text").press("start").start()
    person.send(old)
    assert (person.kind, person.status) == ("question", 422)
    assert person.page.inputs["idea"] == ["typed in the first tab"]
    assert person.find("*[@id='errors']//a").get("href") == "/xl/text/"
    assert other.open("p1").page.inputs["idea"] == [""]


def test_a_page_that_outlived_its_key_is_given_back(walk):
    person = walk("pick_and_rank").start().next(first=["f1", "f2"])
    old = person.inputs(order__1="f2", go="next")
    person.client.delete_cookie("draft")
    person.send(old)
    assert (person.kind, person.status) == ("question", 422)
    assert person.page.inputs["order__1"] == ["f2"]


@pytest.mark.parametrize("text", ["", "fork", "nonsense.abc", "core_1."])
def test_a_page_without_a_token_of_ours_saves_nothing(walk, text):
    person = walk("fork").start()
    person.send({"token": text, "core_1": "yes", "go": "next"})
    assert "core_1" not in person.open("p1").page.inputs


def test_a_late_page_keeps_what_is_on_it_and_says_what_is_gone(walk, clock):
    person = walk("fork", "de").start().next(core_1="yes")
    clock.advance(minutes=31)
    person.next(core_2="yes")
    assert (person.kind, person.place) == ("question", "p3")
    assert person.find("*[@class='banner'][@role='status']") is not None
    person.press("back")
    assert person.page.inputs["core_2"] == ["yes"]
    assert person.find("*[@class='banner'][@role='status']") is None
    person.press("back")
    assert "core_1" not in person.page.inputs


def test_a_late_page_is_taken_although_its_draft_was_swept(walk, drafts, shared):
    person = walk("fork").start().next(core_1="yes")
    shared.drafts._drafts.sweep()
    shared.drafts._drafts.sweep()
    person.next(core_2="yes").press("review")
    assert person.kind == "review"
    assert person.open("p2").page.inputs["core_2"] == ["yes"]


def test_a_late_page_that_is_no_longer_on_the_path_leads_back_to_it(walk, clock):
    person = walk("pick_and_rank").start().next(first=["f1", "f2"])
    clock.advance(minutes=31)
    person.next(order__1="f1")
    assert (person.kind, person.place) == ("question", "p1")


def test_a_late_page_of_a_code_is_still_of_that_code(app, codes, clock, urn):
    code, _ = codes("fork")
    fate = urn("fork")
    person = Walk(app.test_client(), "fork").start(code=code).next(core_1="yes")
    clock.advance(minutes=40)
    person.next(core_2="no").press("review").press("send")
    assert person.kind == "thanks"
    ((ballot, mark, kind),) = fate.sent
    assert (kind, mark, ballot.channel) == ("code", fate.admission(code), "code")
    assert ballot.closed["core_1"] == "-5"
    assert ballot.closed["core_2"] == "no"


def test_while_the_store_is_out_of_reach_the_page_comes_back_as_it_was(walk, drafts):
    person = walk("fork").start()
    for refused in ("load", "save"):
        drafts.refuses = {refused}
        person.next(core_1="yes")
        assert (person.kind, person.status, person.place) == ("question", 422, "p1")
        assert person.page.inputs["core_1"] == ["yes"]
    drafts.refuses = set()
    assert person.next().place == "p2"
    assert person.open("p1").page.inputs["core_1"] == ["yes"]


def test_while_the_store_is_out_of_reach_one_can_still_leave(walk, drafts):
    person = walk("fork").start()
    drafts.refuses = {"load", "delete"}
    response = person.post(person.inputs(go="leave"))
    assert (response.status_code, response.location) == (303, "/xl/fork/leave")
    assert is_key_taken(response)


def test_when_the_survey_has_ended_meanwhile_the_page_says_so(walk, shared):
    from datetime import date

    from survey.storage import surveys

    person = walk("fork").start()
    surveys.extend(shared.engine, "fork", date(2026, 10, 4))
    assert person.next(core_1="yes").kind == "closed"
    assert person.open("p1").kind == "closed"
    assert person.open("review").kind == "closed"


def test_a_page_costs_one_read_and_at_most_one_write(walk, drafts, shared):
    from sqlalchemy import event

    person = walk("fork").start()
    shared.keep_seconds = 1000
    person.open("p1")
    statements = []
    event.listen(
        shared.engine, "before_cursor_execute", lambda *given: statements.append(given)
    )
    drafts.calls.clear()
    data = person.inputs(core_1="yes", go="next")
    assert person.post(data).status_code == 303
    assert drafts.calls == ["load", "save"]
    drafts.calls.clear()
    person.client.get("/xl/fork/p2")
    assert drafts.calls == ["load"]
    assert statements == []


def test_a_redirect_tells_nothing_by_its_length(walk):
    person = walk("text").start()
    assert person.post(person.inputs(go="next", idea="x")).get_data() == b""
