"""Every kind of question on its page: what can be typed, what is said, what is kept."""

from __future__ import annotations

import pytest


def own(walk):
    """One's own answers on the page to check them."""
    return walk.press("review").answers()


def typed_in(person, name):
    """What stands in a field of the page."""
    [text] = person.page.inputs[name]
    return text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("4", "4"),
        (" 4 ", "4"),
        ("٤", "4"),
        ("۴", "4"),
        ("４", "4"),
        ("004", "4"),
        ("4,0", "4"),
    ],
)
def test_a_number_is_taken_in_any_digits(walk, typed, told):
    person = walk("number").start().next(people__number=typed)
    assert person.place == "p2"
    assert own(person.press("back"))[0] == told


@pytest.mark.parametrize(
    "typed", ["vier", "4-5", "1e3", "NaN", "4.5", "0", "21", "1/2"]
)
def test_what_is_no_such_number_is_given_back_as_typed(walk, typed):
    person = walk("number").start().next(people__number=typed)
    assert (person.status, person.problems()) == (422, ["people__number"])
    assert typed_in(person, "people__number") == typed


@pytest.mark.parametrize("typed", ["1,5", "1.5", "١٫٥", "1,50"])
def test_decimals_are_taken_with_comma_or_point_and_told_in_the_language(walk, typed):
    person = walk("number", language="de").start().next().next(hours=typed)
    assert person.kind == "review"
    assert person.answers()[1] == "1,5"


def test_no_answer_stands_beside_a_number(walk):
    person = walk("number").start().next(people="-4")
    assert person.place == "p2"
    both = person.press("back").next(people="-4", people__number="3")
    assert both.problems() == ["people"]


def test_a_date_is_typed_in_parts_and_told_in_words(walk):
    person = walk("date", language="de").start()
    person = person.next(day__day="3", day__month="٢", day__year="2024")
    person = person.next(month__month="11", month__year="2019")
    person = person.next(year__year="1998")
    assert person.kind == "review"
    assert person.answers() == ["3. Februar 2024", "November 2019", "1998"]


@pytest.mark.parametrize(
    ("day", "month", "year", "field"),
    [
        ("31", "2", "2024", "day__day"),
        ("3", "", "2024", "day__month"),
        ("3", "2", "24", "day__year"),
        ("x", "2", "2024", "day__day"),
        ("3", "2", "2019", "day__day"),
        ("6", "10", "2026", "day__day"),
    ],
)
def test_a_date_that_cannot_be_leads_to_its_field(walk, day, month, year, field):
    person = walk("date").start()
    person = person.next(day__day=day, day__month=month, day__year=year)
    assert (person.status, person.problems()) == (422, [field])
    assert typed_in(person, "day__month") == month


def test_points_must_make_up_the_total_and_the_rest_is_said(walk):
    person = walk("points", language="de").start()
    person = person.next(share__bus="6", share__park="٢")
    assert person.problems() == ["share__bus"]
    assert "2 Punkte sind noch übrig." in person.text("div[@id='errors']")
    person = person.next(share__bus="9", share__park="2")
    assert "einen Punkt zu viel" in person.text("div[@id='errors']")
    person = person.next(share__bus="8", share__park="2")
    assert person.kind == "review"
    assert person.answers() == ["8", "2"]


def test_points_can_be_left(walk):
    assert walk("points", language="de").start().next().answers() == ["Keine Antwort"]


def test_points_can_be_refused(walk):
    person = walk("points").start().next(share="-4")
    assert person.kind == "review"


def test_a_whole_list_is_put_in_order(walk):
    person = walk("full_rank", language="de").start()
    assert person.texts("select/option").count("Ein Park") == 2
    person = person.next(order__1="park", order__2="park")
    assert person.problems() == ["order__2"]
    person = person.next(order__1="park", order__2="bus")
    assert person.texts("dl//li") == ["Ein Park", "Mehr Busse"]


def test_own_words_choose_their_option_by_themselves(walk):
    person = walk("other", language="de").start().next(way_other="Mit dem Pferd")
    assert person.place == "p2"
    person = person.next(news=["paper"], news_other=" Im \n Treppenhaus ")
    assert person.kind == "review"
    assert person.answers() == [
        "Sonstiges",
        "Mit dem Pferd",
        "In der Zeitung",
        "Anderswo, nämlich",
        "Im Treppenhaus",
    ]


def test_own_words_beside_another_answer_are_given_back(walk):
    person = walk("other").start().next(way="bus", way_other="Mit dem Pferd")
    assert person.problems() == ["way_other"]
    assert typed_in(person, "way_other") == "Mit dem Pferd"
    person = person.next(way="other", way_other="")
    assert person.place == "p2"
    person = person.next(news=["nowhere"], news_other="doch")
    assert person.problems() == ["news"]


def test_a_filter_shows_only_its_part_of_a_long_list(walk):
    person = walk("cascade", language="de").start().next(part="north")
    shown = person.texts("select/option")
    assert shown == ["Bitte wählen", "Marktviertel", "Mühlenviertel", "Keine Angabe"]
    person = person.next(home="harbour")
    assert person.problems() == ["home"]
    person = (
        person.next(home="mill").next(liked=["market", "mill"]).next(work="harbour")
    )
    assert person.kind == "review"
    assert person.answers() == [
        "Nord",
        "Mühlenviertel",
        "Marktviertel",
        "Mühlenviertel",
        "Hafenviertel",
    ]
    person = person.open("p1?from=review").next(part="south")
    assert "Mühlenviertel" not in person.answers()


def test_what_was_chosen_in_a_long_list_is_chosen_when_one_comes_back(walk):
    person = walk("cascade").start().next(part="north").next(home="mill").open("p2")
    assert typed_in(person, "home") == "mill"


def test_a_constraint_speaks_in_the_words_of_its_author(walk):
    person = walk("reckoned", language="de").start()
    assert typed_in(person, "adults") == "2"
    person = person.next(adults="1", children="5")
    assert person.problems() == ["children"]
    assert "So viele Kinder" in person.text("div[@id='errors']")
    assert person.next(adults="2", children="5").heading() == "Sie sind viele."


def test_a_calculated_value_leads_the_way_and_fills_in(walk):
    person = walk("reckoned", language="de").start().next(adults="2", children="1")
    assert person.heading() == "Wie heißt Ihr Viertel im Volksmund?"
    person = person.next(nickname="Bronx")
    assert person.heading() == "Wie viele Zimmer hat Ihre Wohnung?"
    assert typed_in(person, "rooms") == "2"
    assert person.next(rooms="3").answers() == ["2", "1", "Bronx", "3"]
