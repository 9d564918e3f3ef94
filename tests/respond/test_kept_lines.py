"""What a page keeps of answers says what it would have said anew, byte for byte."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from survey.forms.filling import (
    summary_facts,
    summary_lists,
    summary_orders,
    summary_texts,
)
from survey.forms.prepared import Filling
from survey.questionnaire.journey import UNREACHED, Journey
from survey.questionnaire.kinds import kind_of
from survey.respond import sheets
from survey.respond.review import asked_so_far
from survey.respond.visit import arrive
from tests.respond.test_one_length import ANSWERS

PEOPLE = 25
NAMES = [*ANSWERS, "zusammenleben", "other", "recognisable"]


def anew(journey, language):
    """The whole list, as if nothing of it had ever been written."""
    lines = [line for line in journey.summary() if line.state != UNREACHED]
    return Filling(
        facts={*summary_facts(lines)},
        words=dict(summary_texts(lines, language)),
        orders=dict(summary_orders(lines)),
        lists=summary_lists(lines, journey, language.code),
    )


def somebody(edition, language, rng):
    """A journey with answers by chance, words of one's own among them."""
    answers = {}
    for question in edition.questionnaire.questions():
        kind = kind_of(question)
        if rng.random() < 0.8:
            offered = kind.offered(question, answers)
            answers |= kind.sampled(
                question, offered, rng, lambda _, codes: [1.0] * len(codes)
            )
        for item in kind.items(question):
            if item.longest and rng.random() < 0.5:
                answers[item.name] = "<b>Brücke & Bäume</b>"
    names = [page.name for page in edition.questionnaire.pages]
    reached = names[: rng.randint(1, len(names))]
    today = date(2026, 5, 4)
    return Journey(edition, answers, reached, today=today, language=language)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("page", [sheets.review, sheets.thanks])
def test_the_list_reads_the_same_kept_or_new(app, publish, shared, name, page):
    publish(name)
    rng = random.Random(name)
    with app.test_request_context(f"/xl/{name}/review"):
        visit = arrive(shared.languages.get("xl"), name)
        sheet = page(visit)
        for _ in range(PEOPLE):
            journey = somebody(visit.edition, "xl", rng)
            with visit.speaking():
                kept, new = (
                    sheet.filling(journey, visit.language),
                    anew(journey, visit.language),
                )
            words = {**new.words, "token": "t"}
            assert sheet.fill(replace(kept, words={**kept.words, "token": "t"})) == (
                sheet.fill(replace(new, words=words))
            )
            asked = list(asked_so_far(journey))
            assert sheet.spare(kept, asked) == sheet.spare(new, asked)


def test_nothing_that_could_be_one_persons_alone_is_kept(app, publish, shared):
    publish("zusammenleben")
    with app.test_request_context("/xl/zusammenleben/review"):
        visit = arrive(shared.languages.get("xl"), "zusammenleben")
        sheet = sheets.review(visit)
        rng = random.Random(7)
        for _ in range(PEOPLE):
            with visit.speaking():
                sheet.filling(somebody(visit.edition, "xl", rng), visit.language)
    assert sheet._kept
    assert not [one for one in sheet._kept.values() if "Brücke" in one.text]
    # one option each: what rows and choices say together could be one person's alone
    options = {
        question.name: {None, "-3", "-4", *(one.code for one in question.options)}
        for question in visit.edition.questionnaire.questions()
    }
    for name, _, value in sheet._kept:
        assert value in options[name]
