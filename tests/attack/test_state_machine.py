"""Whatever people press, in whatever order: the first answer wins, all counts agree.

Hypothesis presses: start, answer, send, the double click, back and send again with
other answers, the words to finish later on another device, the old device that goes
on, the next person in the same browser, release, a restart, and the close.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import html5lib
from hypothesis import settings as generated
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from survey.app import assemble
from survey.respond import kiln
from survey.respond.services import EXTENSION
from survey.urn import Ballot
from tests import instances, pseudo
from tests.conftest import Clock
from tests.page_lint import strip_namespace
from tests.respond.walk import Walk

SLUG = "single"
COLUMN = "mood"
OPTIONS = ("good", "medium", "bad")
FILLER = "-3"
CODES = 4
ONE = st.integers(0, 99)
ANSWERS = st.sampled_from(OPTIONS)


@dataclass
class Person:
    """Somebody in a browser; ``key`` says for whom one answer may be stored."""

    walk: Walk
    key: str
    answer: str = ""
    form: tuple[str, dict[str, Any]] | None = None
    words: str = ""


@dataclass
class Model:
    """What must be true: the first answer of each, and of the crowd."""

    stored: dict[str, str] = field(default_factory=dict)
    crowd: int = 0


class Town(RuleBasedStateMachine):
    """One survey, people with codes and without, and what the office does."""

    def __init__(self) -> None:
        super().__init__()
        self.cost = kiln.MEMORY_KIB, kiln.ROUNDS
        kiln.MEMORY_KIB, kiln.ROUNDS = 8, 1
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        self.settings = instances.fresh(self.folder / "instance")
        instances.publish(self.settings, SLUG, self.clock().date(), access="both")
        self.serve()
        self.codes = self.urn.issue(CODES)
        self.model = Model()
        self.people: list[Person] = []
        self.links = 0

    def serve(self) -> None:
        self.app = assemble(
            self.settings,
            languages=pseudo.with_pseudo(),
            clock=self.clock,
            keep_seconds=-1,
        )
        self.urn = self.app.extensions[EXTENSION].urn(SLUG)

    def stop(self) -> None:
        services = self.app.extensions[EXTENSION]
        for urn in services.urns.values():
            urn.stop()
        services.engine.dispose()
        services.drafts.close()

    def person(self, number: int) -> Person:
        return self.people[number % len(self.people)]

    @rule(number=ONE)
    def somebody_comes_with_a_code(self, number: int) -> None:
        code = self.codes[number % CODES]
        walk = Walk(self.app.test_client(), SLUG).start(code=code)
        if code in self.model.stored:
            assert walk.kind == "used"
            return
        assert walk.kind == "question"
        self.people.append(Person(walk, code))

    @rule()
    def somebody_comes_by_the_link(self) -> None:
        walk = Walk(self.app.test_client(), SLUG).start()
        self.links += 1
        self.people.append(Person(walk, f"link {self.links}"))

    @precondition(lambda self: self.people)
    @rule(number=ONE, answer=ANSWERS)
    def somebody_answers(self, number: int, answer: str) -> None:
        person = self.person(number)
        if person.walk.open("p1").kind != "question":
            return  # sent, or gone on elsewhere
        person.walk.next(mood=answer)
        assert person.walk.kind == "review"
        person.answer = answer
        person.form = (person.walk.address, person.walk.inputs(go="send"))

    @precondition(lambda self: self.people)
    @rule(number=ONE, times=st.integers(1, 3))
    def somebody_sends(self, number: int, times: int) -> None:
        person = self.person(number)
        if person.walk.open("review").kind != "review":
            return
        address, data = person.walk.address, person.walk.inputs(go="send")
        for _ in range(times):  # a double click is the same form twice
            response = person.walk.client.post(address, data=data)
            assert response.status_code == 303
            assert response.location.endswith("/thanks")
        self.model.stored.setdefault(person.key, person.answer)

    @precondition(lambda self: self.people)
    @rule(number=ONE)
    def somebody_goes_back_and_sends_an_old_page(self, number: int) -> None:
        person = self.person(number)
        if person.form is None:
            return
        before = person.walk.open("review").kind
        response = person.walk.client.post(person.form[0], data=person.form[1])
        assert response.status_code in (303, 422)
        if before == "review" and response.location.endswith("/thanks"):
            self.model.stored.setdefault(person.key, person.answer)

    @precondition(lambda self: self.people)
    @rule(number=ONE, answer=ANSWERS)
    def somebody_goes_back_and_answers_otherwise(
        self, number: int, answer: str
    ) -> None:
        person = self.person(number)
        if person.form is None:
            return
        token = person.form[1]["token"]
        data = {"token": token, COLUMN: answer, "go": "next"}
        response = person.walk.client.post(f"/xl/{SLUG}/p1", data=data)
        assert response.status_code in (303, 422)
        if response.status_code == 303 and response.location.endswith("/review"):
            person.answer = answer  # also on a device whose draft has gone elsewhere

    @precondition(lambda self: self.people)
    @rule(number=ONE)
    def somebody_asks_for_words(self, number: int) -> None:
        person = self.person(number)
        if person.walk.open("p1").kind != "question":
            return
        person.walk.press("later")
        tree = html5lib.parse(person.walk.response.get_data(as_text=True))
        strip_namespace(tree)
        items = tree.find(".//ol[@class='words']")
        person.words = " ".join(item.text for item in items)

    @precondition(lambda self: any(one.words for one in self.people))
    @rule(number=ONE)
    def somebody_goes_on_elsewhere(self, number: int) -> None:
        noted = [one for one in self.people if one.words]
        person = noted[number % len(noted)]
        walk = Walk(self.app.test_client(), SLUG).open("resume")
        walk.press("next", words=person.words)
        if walk.status == 422:
            return  # sent or cleared: the words have ended
        # the old device stays; it has no answers any more and can add none
        self.people.append(Person(walk, person.key, person.answer, None, person.words))

    @precondition(lambda self: self.people)
    @rule(number=ONE)
    def somebody_clears_everything(self, number: int) -> None:
        person = self.person(number)
        person.walk.open("leave")
        assert person.walk.open("p1").kind == "about"

    @rule()
    def a_crowd_sends(self) -> None:
        sent = [
            (
                Ballot({COLUMN: FILLER}, (), "link", "en"),
                self.urn.admission_of_draft(b"crowd", self.model.crowd + number),
            )
            for number in range(12)
        ]
        assert {one.value for one in self.urn.send_many(sent, "draft")} == {"stored"}
        self.model.crowd += 12

    @rule()
    def the_office_releases(self) -> None:
        self.urn.release()

    @rule()
    def the_server_is_restarted(self) -> None:
        self.stop()
        self.serve()
        for person in self.people:
            jar = person.walk.client.get_cookie("draft")
            person.walk.client = self.app.test_client()
            if jar is not None:
                person.walk.client.set_cookie("draft", jar.value)

    @rule(minutes=st.sampled_from((1, 40)))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)

    @invariant()
    def admissions_and_answers_agree(self) -> None:
        assert self.urn.status().holds

    def teardown(self) -> None:
        try:
            self.a_crowd_sends()
            self.urn.close()
            for person in self.people:
                if person.form is not None:
                    person.walk.client.post(person.form[0], data=person.form[1])
            counted = Counter(row[COLUMN] for row in self.urn.responses())
            expected = Counter(self.model.stored.values())
            expected[FILLER] += self.model.crowd
            assert counted == expected
            assert self.urn.status().holds
        finally:
            self.stop()
            shutil.rmtree(self.folder, ignore_errors=True)
            kiln.MEMORY_KIB, kiln.ROUNDS = self.cost


TestTown = Town.TestCase
TestTown.settings = generated(
    max_examples=15, stateful_step_count=25, deadline=None, derandomize=True
)
