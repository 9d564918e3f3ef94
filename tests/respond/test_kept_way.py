"""The way of somebody's answers is found once per page, and only for those answers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from survey.questionnaire import journey
from survey.questionnaire.edition import Edition
from survey.questionnaire.way import Walk, Way
from survey.respond import draft, kept_way
from survey.respond.drawer import Drawer
from survey.respond.kept_way import KeptWay
from tests.bench.long_form import LANGUAGES, long_form
from tests.respond.walk import Walk as Person

NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
OF = "edition de 2026-10-05"
GIVEN = {"way": "bus", "news": ("paper", "radio"), "street": "p7", "age": "41"}


@pytest.fixture
def walks(monkeypatch):
    """Every way that had to be found."""
    found = []

    class Counted(Walk):
        def way(self):
            found.append(self)
            return super().way()

    monkeypatch.setattr(journey, "Walk", Counted)
    return found


@pytest.fixture
def drawer():
    class Shelf(dict):
        load, save = dict.get, dict.__setitem__

    return Drawer(Shelf(), bytes(32), "town")


def begun(answers):
    """A draft with a way along which its answers count."""
    found = Way(answers, 1 << 90 | 5, 1 << 90 | 7, 31, False)
    empty = draft.begin(channel="link", admission=b"", now=NOW)
    filled = replace(empty, answers=answers, reached=("one", "two"))
    return replace(filled, way=KeptWay(OF, found, filled.answers, filled.reached))


def test_a_way_comes_back_as_it_was_kept(drawer):
    kept = begun(GIVEN)
    drawer.write(kept)
    found = drawer.read()
    assert found.way.way == kept.way.way
    assert found.way.still_leads(OF, found.answers, found.reached)


@pytest.mark.parametrize(
    "on_path",
    [
        {},
        {"way": "bus", "news": ("paper", "radio")},
        # a filter lets only one of two through; a value is computed
        {**GIVEN, "news": ("radio",)},
        {**GIVEN, "points": "3"},
    ],
)
def test_only_a_way_on_which_every_answer_counts_is_kept(on_path):
    found = Way(on_path, 1, 1, 1, False)
    assert kept_way.keep(OF, found, GIVEN, ()) is None


def test_a_kept_way_takes_no_more_than_its_space():
    edition = Edition(long_form(), LANGUAGES)
    bits = (1 << len(edition.route.stops)) - 1
    found = Way(GIVEN, bits, bits, len(edition.route.pages), False)
    kept = kept_way.keep("0123456789abcdef xx-latn 2026-10-05", found, GIVEN, ())
    written = json.dumps({"way": kept_way.plain(kept)}, separators=(",", ":"))
    assert len(written) <= kept_way.most_bytes(edition)


def test_a_way_leads_nowhere_with_other_answers_steps_or_edition(drawer):
    drawer.write(begun(GIVEN))
    found = drawer.read()
    changed = replace(found, answers={**found.answers, "way": "car"})
    further = replace(found, reached=(*found.reached, "three"))
    for other in (changed, further):
        assert not other.way.still_leads(OF, other.answers, other.reached)
    assert not found.way.still_leads(f"{OF}!", found.answers, found.reached)


def test_a_draft_that_was_kept_without_a_way_is_read(drawer):
    drawer.write(replace(begun(GIVEN), way=None))
    assert drawer.read().answers == GIVEN
    assert drawer.read().way is None


@pytest.fixture
def winding(publish, shared, monkeypatch):
    """Publish a questionnaire whose way is kept as if it were long."""

    def winding(name):
        publish(name)
        route = shared.edition(shared.survey(name)).route
        monkeypatch.setattr(route, "is_winding", True)

    return winding


@pytest.fixture
def person(app, winding):
    winding("skip_logic")
    return Person(app.test_client(), "skip_logic", "xl").start().next(child="yes")


def test_a_page_is_shown_again_without_finding_the_way_again(person, walks):
    heading = person.heading()
    for _ in range(3):
        assert person.open("p2").heading() == heading
    assert not walks
    assert person.next(place="no").place == "p3"
    assert len(walks) == 1


def test_another_language_finds_its_own(person, walks):
    person.language = "de"
    assert person.open("p2").status == 200
    assert len(walks) == 1


def test_what_is_sent_finds_its_way_anew(app, winding, shared, monkeypatch):
    """Whatever a kept way says: only what the questionnaire asks leaves."""
    winding("cascade")
    person = Person(app.test_client(), "cascade", "de").start()
    person = person.next(part="north").next(home="mill").next(liked=["mill"])
    person = person.next(work="harbour")
    assert person.kind == "review"
    true = person.answers()

    def forged(written, answers, reached):
        found = real(written, answers, reached)
        return replace(found, way=found.way._replace(answers={"part": "south"}))

    real = kept_way.read
    sent = []
    urn = shared.urn("cascade")
    send = urn.send
    monkeypatch.setattr(
        urn, "send", lambda ballot, *how: sent.append(ballot) or send(ballot, *how)
    )
    monkeypatch.setattr(kept_way, "read", forged)
    assert person.open("review").answers() != true
    monkeypatch.setattr(shared, "urns", {"cascade": urn})
    person.press("send")
    [ballot] = sent
    assert ballot.closed["part"] == "north"
    assert ballot.closed["home"] == "mill"


def test_a_short_way_is_not_kept(app, publish, walks):
    publish("skip_logic")
    person = Person(app.test_client(), "skip_logic", "xl").start().next(child="yes")
    walks.clear()
    person.open("p2")
    assert len(walks) == 1
