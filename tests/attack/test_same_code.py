"""A hundred people with one code, all at once: one answer, and no error for anybody."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from survey.urn import Urn, Verdict
from tests import instances
from tests.attack.served import Person, serving
from tests.conftest import Clock
from tests.ports import free_port
from tests.urn import town

PEOPLE = 100
ANSWERS = ("good", "medium", "bad")
PLACE = "/de/single/"


def at_once(work, people):
    """Everybody does the work as nearly at the same moment as threads can."""
    start = threading.Barrier(len(people))

    def run(person):
        start.wait(60)
        return work(person)

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(run, people))


def test_the_urn_takes_one_answer_of_a_hundred(urn: Urn):
    [code] = urn.issue(1)
    mark = urn.admission(code)
    verdicts = Counter(
        at_once(lambda n: urn.send(town.ballot(n), mark, "code"), range(PEOPLE))
    )
    assert verdicts == {Verdict.STORED: 1, Verdict.ALREADY: PEOPLE - 1}
    assert urn.status().holds


def test_a_real_server_stores_one_answer_of_a_hundred(tmp_path):
    port = free_port()
    settings = instances.fresh(
        tmp_path / "instance", public_url=f"http://127.0.0.1:{port}"
    )
    instances.publish(settings, "single", Clock()().date(), access="codes")
    urn = Urn(settings, "single")
    code, *others = urn.issue(12)
    with serving(settings, port, threads=16):
        people = [Person(port) for _ in range(PEOPLE)]
        tokens = [until_review(person, code, n) for n, person in enumerate(people)]
        replies = at_once(
            lambda n: people[n].post(f"{PLACE}review", token=tokens[n], go="send"),
            range(PEOPLE),
        )
        assert {(one.status, one.location) for one in replies} == {
            (303, f"{PLACE}thanks")
        }
        assert {person.get(f"{PLACE}thanks").page for person in people[:5]} == {
            "thanks"
        }
        assert people[0].post(PLACE, go="start", code=code).location == f"{PLACE}used"
        for other in others:
            person = Person(port)
            token = until_review(person, other, 0)
            person.post(f"{PLACE}review", token=token, go="send")
            person.close()
        for person in people:
            person.close()
    assert urn.status().holds
    urn.close()
    assert sum(1 for _ in urn.responses()) == 1 + len(others)
    urn.stop()


def until_review(person, code, number):
    """Start with the code and answer; the token of the page that sends."""
    assert person.post(PLACE, go="start", code=code).status == 303
    page = person.get(f"{PLACE}p1")
    answer = ANSWERS[number % len(ANSWERS)]
    person.post(f"{PLACE}p1", token=page.token, go="next", mood=answer)
    return person.get(f"{PLACE}review").token
