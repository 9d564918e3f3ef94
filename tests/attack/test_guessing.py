"""Ten thousand wrong codes: the budget holds, and right codes enter all the while."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter

from survey.respond.budget import (
    DELAY_SECONDS,
    WAITING_AT_ONCE,
    WRONG_CODES_AN_HOUR,
    WRONG_CODES_OF_EVERYBODY,
)
from survey.urn import Urn, codes
from tests import instances
from tests.attack.served import Person, serving
from tests.conftest import Clock
from tests.ports import free_port

GUESSES = 5000
# more than may wait at once; those who wait would need hours for all of it
GUESSERS = 12
RIGHT = 20
PLACE = "/de/single/"
# a thread that waits its turn behind guesses; "at once" for a person
AT_ONCE_SECONDS = 2.0


class Guessers:
    """People who try codes that are well formed and wrong."""

    def __init__(self, port, addresses):
        self._port, self._addresses = port, addresses
        self._lock = threading.Lock()
        self._wrong = codes.generate(GUESSES)
        self.statuses = Counter()
        self.threads = [
            threading.Thread(target=self._guess, args=(number,))
            for number in range(GUESSERS)
        ]

    def __enter__(self):
        self._began = time.monotonic()
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        for thread in self.threads:
            thread.join()
        self.seconds = time.monotonic() - self._began

    def _guess(self, number):
        chance, person, found = random.Random(number), Person(self._port), Counter()
        while (code := self._next()) is not None:
            person.address = chance.choice(self._addresses)
            found[person.post(PLACE, go="start", code=code).status] += 1
        person.close()
        with self._lock:
            self.statuses += found

    def _next(self):
        with self._lock:
            return self._wrong.pop() if self._wrong else None

    def most_taken(self, budget):
        """How many may have been told "unknown" rather than "too many"."""
        delayed = WAITING_AT_ONCE * (self.seconds / DELAY_SECONDS + 1)
        hours = 2  # the run may stand across the change of an hour
        return hours * budget + delayed


def test_ten_thousand_wrong_codes_are_slowed_down_and_right_ones_are_not(tmp_path):
    port = free_port()
    settings = instances.fresh(
        tmp_path / "instance",
        public_url=f"http://127.0.0.1:{port}",
        trusted_proxies=1,
    )
    instances.publish(settings, "single", Clock()().date(), access="codes")
    urn = Urn(settings, "single")
    right = urn.issue(2 * RIGHT)
    everywhere = [f"81.{a}.{b}.9" for a in range(20) for b in range(20)]
    with serving(settings, port):
        first = Person(port)
        first.get(PLACE)  # the first page of all takes longer
        first.close()
        with Guessers(port, ["81.2.69.142"]) as near:
            waited = enter(port, right[:RIGHT], "81.2.69.200")
        with Guessers(port, everywhere) as far:
            waited += enter(port, right[RIGHT:], "81.2.3.4")
    urn.stop()
    assert {*near.statuses, *far.statuses} == {422, 429}
    assert near.statuses[422] <= near.most_taken(WRONG_CODES_AN_HOUR)
    assert far.statuses[422] <= far.most_taken(WRONG_CODES_OF_EVERYBODY)
    assert max(waited) < AT_ONCE_SECONDS, sorted(waited)[-5:]


def enter(port, right, address):
    """Start with right codes amid the guesses; how long each took."""
    waited = []
    for code in right:
        person = Person(port, address)
        began = time.monotonic()
        reply = person.post(PLACE, go="start", code=code)
        waited.append(time.monotonic() - began)
        assert reply.status == 303
        assert reply.location.partition("=")[0] == f"{PLACE}p1?started"
        person.close()
    return waited
