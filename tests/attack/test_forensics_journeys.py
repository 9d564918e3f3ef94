"""The same thief beside the whole application: drafts, receipts, text of any length.

Everybody gives a number and a text that nobody else gives, in a browser of their
own, with a code of the list; after every Send all files are copied.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from survey.respond.services import EXTENSION
from tests import instances, visits
from tests.attack import linking
from tests.attack.thief import Thief, copied
from tests.conftest import Clock

K = 10
SLUG = "recognisable"
FIRST = 70_000_000
NUMBER = re.compile(r"(7\d{7})")
WORD = re.compile(r"canary7(\d{7})")


class Burgled:
    """A town that answers on the web while every file is copied again and again.

    ``longest`` bounds the length of the texts; ``table`` is what the thief is after.
    """

    def __init__(self, folder: Path, *, people: int, table: str, longest: int) -> None:
        self._rng = random.Random(f"{folder.name} {table} {longest}")
        self.settings = instances.fresh(folder)
        clock = Clock()
        terms = {"access": "codes", "k": K}
        instances.publish(self.settings, SLUG, clock().date(), **terms)
        with instances.serving(self.settings, clock) as application:
            self._urn = application.extensions[EXTENSION].urn(SLUG)
            self._codes = self._urn.issue(people)
            key = (self.settings.keys_dir / f"{SLUG}.code").read_bytes()
            marker = NUMBER if table == "responses" else WORD
            self.thief = Thief.with_codes(marker, self._codes, key, table)
            self.truth: dict[int, int] = {}
            self._live(application, people, longest)

    def _live(self, application, people: int, longest: int) -> None:
        numbers = self._rng.sample(range(people), people)
        for turn, person in enumerate(self._rng.sample(range(people), people), 1):
            self._answer(application.test_client(), person, numbers[person], longest)
            self._look()
            if turn % (people // 4) == 0:
                self._urn.release()
                self._look()
        self._urn.close()
        self._look()

    def _answer(self, client, person: int, number: int, longest: int) -> None:
        about = NUMBER if self.thief.marker is NUMBER else WORD
        self.truth[person] = number + (FIRST if about is NUMBER else 0)
        text = f"canary7{number:07d} " + "ش" * self._rng.randrange(longest)
        answers = {"number": str(FIRST + number), "idea": text.strip()}
        code = self._codes[person]
        response = visits.respond(client, answers, "de", slug=SLUG, code=code)
        assert visits.read(response).kind == "thanks"

    def _look(self) -> None:
        self.thief.look(copied(self.settings.instance))


@pytest.mark.parametrize("table", ["responses", "comments"])
def test_copies_after_every_journey_link_no_better_than_chance(
    tmp_path: Path, table: str
):
    def burgle(folder: Path) -> Burgled:
        return Burgled(folder, people=300, table=table, longest=2900)

    linking.check_chance(burgle, tmp_path, k=K)
