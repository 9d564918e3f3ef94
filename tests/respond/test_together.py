"""Answers that must fit together: told on their page, kept as typed, or left empty."""

from __future__ import annotations


def at_shares(walk, money="10", language="xl"):
    return walk("together", language=language).start().next(money=money)


def test_answers_that_do_not_fit_are_given_back_as_typed(walk):
    person = at_shares(walk, language="de").next(street="8", park="2,5")
    assert (person.status, person.problems()) == (422, ["street"])
    said = "Ihre Zahlen ergeben 10,5. Zusammen dürfen es höchstens 10 sein."
    assert said in person.html
    assert person.text("p[@id='street-error']") == f"Fehler: {said}"
    assert person.inputs()["park"] == ["2,5"]
    assert person.inputs()["pool"] == [""]
    fitting = person.next(street="7.5")
    assert (fitting.status, fitting.place) == (200, "p3")


def test_an_empty_page_always_passes(walk):
    assert at_shares(walk).next().place == "p3"


def test_words_of_the_town_are_said(walk):
    person = at_shares(walk, language="de").next().next(since="2001", until="2000")
    assert person.problems() == ["since"]
    assert "Das Ende kommt nach dem Anfang." in person.html


def test_going_back_is_never_held_up_and_nothing_typed_is_lost(walk):
    person = at_shares(walk).press("back", street="20")
    assert (person.status, person.place) == (200, "p1")
    again = person.next()
    assert again.inputs()["street"] == ["20"]


def test_a_limit_lowered_later_is_looked_at_when_the_page_is_sent_again(walk):
    person = at_shares(walk).next(street="5", park="5")
    person.press("back").press("back")
    assert person.press("review", money="3").kind == "review"
    again = person.open("p2")
    assert again.inputs()["street"] == ["5"]
    assert again.press("next").problems() == ["street"]
