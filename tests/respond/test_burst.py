"""An open link is paused by a flood; machines are counted, and nobody is refused."""

import logging

import pytest

from survey.respond import burst
from survey.respond.services import EXTENSION
from survey.storage import pauses
from tests import instances
from tests.page_lint import Resident
from tests.respond.walk import Walk


@pytest.fixture
def settings(tmp_path):
    return instances.fresh(tmp_path / "instance", public_url="https://stadt.example")


class Neighbour(Resident):
    """A resident who comes from somewhere by the town's name."""

    remote = "81.2.69.142"

    def open(self, *args, **kwargs):
        overrides = {"REMOTE_ADDR": self.remote, "HTTP_HOST": "stadt.example"}
        kwargs.setdefault("environ_overrides", {}).update(overrides)
        kwargs.setdefault("base_url", "https://stadt.example")
        return super().open(*args, **kwargs)


@pytest.fixture
def link(app, publish):
    """Open a survey by link and code; people who come from an address."""
    app.test_client_class = Neighbour
    publish("single", access="both")

    def link(remote="81.2.69.142"):
        client = app.test_client()
        client.remote = remote
        return Walk(client, "single")

    return link


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(burst, "SENDS_AN_HOUR", 3)
    monkeypatch.setattr(burst, "SENDS_OF_EVERYBODY", 5)


def answer(person, **how):
    return person.start(**how).next().press("send")


def test_a_neighbourhood_that_sends_very_much_is_asked_to_wait(link, few):
    waiting = link().start().next()
    for _ in range(3):
        assert answer(link()).kind == "thanks"
    assert link().start().status == 429
    assert link("9.9.9.9").start().kind == "question"
    waiting.press("send")
    assert (waiting.status, waiting.kind) == (422, "review")
    assert waiting.press("later").kind == "begun"


def test_a_flood_from_everywhere_pauses_the_link_and_tells_the_office(
    link, few, settings, clock, caplog
):
    caplog.set_level(logging.WARNING)
    for number in range(5):
        assert answer(link(f"9.{number}.0.1")).kind == "thanks"
    page = link("8.8.8.8").start()
    assert (page.status, page.kind) == (429, "error")
    assert page.response.headers["Retry-After"] == "1800"
    assert pauses.last(settings.instance, "single").times == 1
    said = [record.getMessage() for record in caplog.records]
    assert [line for line in said if "open link of single is paused" in line]
    assert not any(f"9.{number}.0" in " ".join(said) for number in range(5))
    clock.advance(hours=1, minutes=1)
    assert link("8.8.8.8").start().kind == "question"


def test_codes_go_on_while_the_link_is_paused(link, few, app):
    [code] = app.extensions[EXTENSION].urn("single").issue(1)
    for number in range(5):
        answer(link(f"9.{number}.0.1"))
    assert answer(link("8.8.8.8"), code=code).kind == "thanks"


def test_another_worker_of_the_machine_knows_of_the_pause(link, settings, clock):
    pauses.begin(settings.instance, "single", clock() + burst.PAUSE)
    assert link().start().status == 429
    clock.advance(minutes=31)
    assert link().start().kind == "question"


def test_a_pause_is_counted_and_a_spoilt_file_pauses_nothing(settings, clock):
    for times in (1, 2, 3):
        assert pauses.begin(settings.instance, "x", clock()).times == times
    (settings.instance / "paused" / "x").write_text("nonsense")
    assert pauses.last(settings.instance, "x") is None


def test_what_looks_like_a_machine_is_counted_and_taken_like_any_other(
    link, app, clock
):
    counted = []
    urn = app.extensions[EXTENSION].urn("single")
    urn.count = counted.append
    assert answer(link(), reference="https://spam.example").kind == "thanks"
    assert counted.count("marked:trap") == 1
    assert counted.count("marked:fast") == 1
    slow = link().start().next()
    clock.advance(minutes=1)
    assert slow.press("send").kind == "thanks"
    assert counted.count("marked:fast") == 1


def test_with_a_code_nothing_is_marked(link, app):
    counted = []
    urn = app.extensions[EXTENSION].urn("single")
    [code] = urn.issue(1)
    urn.count = counted.append
    answer(link(), code=code, reference="filled in by a browser")
    assert not [name for name in counted if name.startswith("marked:")]


def test_no_answer_and_no_package_holds_a_mark(link, app, settings):
    from survey.export.released import _visits

    urn = app.extensions[EXTENSION].urn("single")
    for number in range(10):
        answer(link(f"9.{number}.0.1"), reference="x")
    urn.close()
    assert urn.counts()["marked:trap"] == 10
    assert not any("mark" in column for row in urn.responses() for column in row)
    assert {stage for _, stage, _ in _visits(urn.counts(), ("link",))} <= {
        "started",
        "page",
    }


def test_the_age_of_a_form_cannot_be_forged(link, app):
    person = link().start()
    token = person.page.inputs["token"][0]
    person.next(token=token[:-4] + "AAAA")
    assert (person.status, person.kind) == (422, "question")
