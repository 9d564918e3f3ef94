"""Whatever closed answers somebody gave, the pages that list them have one length."""

from __future__ import annotations

import pytest

from survey import headers
from survey.respond import review, thanks
from tests.respond.walk import Walk

ANSWERS = {
    "single": [{}, {"mood": "good"}, {"mood": "medium"}, {"mood": "bad"}],
    "multiple": [{}, {"ways": "none"}, {"ways": ["foot", "bus", "car"]}],
    "battery": [{}, {"content__f1": "not_content", "content__f3": "partly"}],
    "full_rank": [{}, {"order__1": "course", "order__2": "bus", "order__3": "park"}],
    "points": [{}, {"share__bus": "6", "share__park": "4"}, {"share__bus": "10"}],
    "date": [{}, {"day__day": "28", "day__month": "9", "day__year": "2023"}],
    "number": [{}, {"people__number": "4"}, {"people__number": "12"}],
    "cascade": [
        {"part": "north"},
        {"part": "north", "home": "market", "liked": ["market", "mill"]},
        {"part": "south", "home": "harbour", "work": "mill"},
    ],
    "sensitive_page": [
        {},
        {"town": "no", "treated": "no"},
        {"town": "yes", "treated": "-3"},
        {"town": "yes", "treated": "yes", "where": ["work"], "sought": "yes"},
        {"town": "yes", "treated": "yes", "where": ["work", "office"], "sought": "no"},
    ],
}


@pytest.fixture
def lengths(app, publish, monkeypatch):
    """Bytes before filling to the step, of both pages, for answers to a survey."""
    found: list[int] = []

    def noted(html, status=200, *, spare=0):
        found.append(len(html.encode()) + spare)
        return headers.answer_page(html, status, spare=spare)

    for module in (review, thanks):
        monkeypatch.setattr(module, "answer_page", noted)

    def lengths(name, *everybody):
        publish(name)
        pairs = []
        for answers in everybody:
            found.clear()
            go_through(Walk(app.test_client(), name), answers)
            pairs.append(tuple(found))
        return pairs

    return lengths


def go_through(person, answers):
    person.start()
    for _ in range(12):
        if person.kind == "review":
            break
        own = {name: v for name, v in answers.items() if name in person.page.offered}
        person.next(**own)
        assert person.status == 200
    assert person.press("send").kind == "thanks"


@pytest.mark.parametrize("name", ANSWERS)
def test_the_lists_of_answers_have_one_length(lengths, name):
    found = lengths(name, *ANSWERS[name])
    assert len(set(found)) == 1, found
    assert len(found[0]) == 2


def test_words_of_ones_own_make_them_longer_and_nothing_else(lengths):
    short, long = lengths("text", {"idea": "x"}, {"idea": "x" * 31})
    assert [b - a for a, b in zip(short, long, strict=True)] == [30, 30]


def test_a_page_is_filled_to_the_step_beyond_the_longest():
    page = headers.answer_page("x" * 4000, spare=500)
    assert len(page.data) == 2 * headers.STEP
    assert len(headers.answer_page("x" * 4000).data) == headers.STEP
