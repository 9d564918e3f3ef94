"""The attacker holds a full log of a proxy in front: address, second, path, size.

"No link to closed answers" means, and would be refuted by any of these:

1. A row that says anything stands in its release among at least k rows of one look:
   of one stored language, one way in, the same pages met, passed by and not reached.
   This holds at the close, too. A log and a row have nothing else in common, so
   whoever is seen in the log may have written any of these k rows.
2. The attacker joins no more people than somebody who knows the look of every row and
   draws lots among those of one look: one of each class, and 3 sigma. Chance is
   reckoned so because of 1: no class is smaller than k, so it is at most people / k.
3. The same, within 4 sigma of their few lots, among those alone who are rare in the
   log, and among those alone of whom he is most certain.

Against a release that does not look at looks, as it was before, he wins, and so he does
where pages are not filled. For comments, and for people whose pace depends on what they
tick, the figures are measured, printed, and held against docs/privacy.md.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from survey.app import assemble
from survey.headers import STEP
from survey.urn.looks import Look, Ways
from tests import instances
from tests.attack.eavesdropper import Model, View, learn, seen
from tests.attack.joining import Guess, Links, link, link_comments, look, summed
from tests.attack.overheard import LANGUAGES, SLUG, Crowd, person, take_part
from tests.conftest import Clock
from tests.rules.sources import ROOT

PEOPLE, OWN, PER_DAY, K = 300, 250, 28, 10
WITH_ANSWERS = re.compile(r"p\d+|review|thanks")

NOBODYS = Look("", "", "")
FILLED, BARE, TELLING = View(), View(is_filled=False), View(is_late=True)


def crowd(folder: Path, seed: int, count: int, *, is_naive: bool = False) -> Crowd:
    """People who take part in an instance of their own, day by day.

    ``is_naive``: as if every answer looked like every other one.
    """
    clock = Clock()
    settings = instances.fresh(folder)
    terms = {"languages": LANGUAGES, "k": K}
    instances.publish(settings, SLUG, clock().date(), **terms)
    app = assemble(settings, clock=clock, keep_seconds=1e9)
    services = app.extensions["survey"]
    rng = random.Random(seed)
    people = [person(rng, seed * 10_000 + index) for index in range(count)]
    try:
        with pytest.MonkeyPatch.context() as patched:
            if is_naive:
                patched.setattr(Ways, "look", lambda ways, ballot: NOBODYS)
            return take_part(app, clock, people, per_day=PER_DAY)
    finally:
        services.urn(SLUG).stop()
        services.drafts.close()
        services.engine.dispose()


@dataclass
class Attack:
    """The attacker, the town, and his own people with whom he has tried it out."""

    town: Crowd
    own: Crowd

    def model(self, view: View) -> Model:
        told = seen(self.own.log, view)
        address = {p.number: p.address for p in self.own.people}
        rows = {address[r["number"]]: r for batch in self.own.releases for r in batch}
        return learn(rows, told)

    def joined(self, view: View) -> list[Guess]:
        """The row he names for each of the town's people."""
        told = seen(self.town.log, view)
        return link(self.town, self.own, view, self.model(view), told)

    @cached_property
    def filled(self) -> list[Guess]:
        """The same with the log as it is."""
        return self.joined(FILLED)

    @cached_property
    def guesses(self) -> dict[str, int]:
        """How often the likeliest answer of each question is the right one."""
        told, model = seen(self.town.log, FILLED), self.model(FILLED)
        address = {p.number: p.address for p in self.town.people}
        right: Counter[str] = Counter()
        for row in self.rows:
            for question in ("child", "treated", "place", "bus", "content"):
                guess = model.guess(question, told[address[row["number"]]])
                right[question] += guess == row[question]
        return right

    @property
    def rows(self) -> list[dict[str, str]]:
        return [row for batch in self.town.releases for row in batch]

    def commonest(self, question: str, *, by_steps: bool) -> int:
        """How often somebody is right who says what most people say.

        ``by_steps``: most people with the same number of steps.
        """
        told = seen(self.town.log, FILLED)
        address = {p.number: p.address for p in self.town.people}
        cells: dict[str, Counter[str]] = defaultdict(Counter)
        for row in self.rows:
            steps = told[address[row["number"]]]["steps"] if by_steps else ""
            cells[steps][row[question]] += 1
        return sum(max(each.values()) for each in cells.values())


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Crowd:
    """His own people, of whom he knows every answer, whatever is released of them."""
    folder = tmp_path_factory.mktemp("practice")
    return crowd(folder / "own", 2, OWN, is_naive=True)


@pytest.fixture(scope="module")
def attack(own: Crowd, tmp_path_factory: pytest.TempPathFactory) -> Attack:
    folder = tmp_path_factory.mktemp("overheard")
    return Attack(crowd(folder / "town", 1, PEOPLE), own)


@pytest.fixture(scope="module")
def naive(own: Crowd, tmp_path_factory: pytest.TempPathFactory) -> Attack:
    """The same people; of an answer's look nobody takes notice."""
    folder = tmp_path_factory.mktemp("naive")
    return Attack(crowd(folder / "town", 1, PEOPLE, is_naive=True), own)


def test_every_row_stands_among_k_of_its_look_in_its_release(
    attack: Attack, record_property
):
    classes = [Counter(map(look, rows)) for rows in attack.town.releases]
    smallest = [min(found.values()) for found in classes if found]
    assert len(smallest) > 3
    assert min(smallest) >= K
    assert len(attack.rows) + attack.town.silent == PEOPLE
    # few lose anything, and hardly anybody everything
    assert attack.town.silent <= PEOPLE // 50
    told = "; ".join(f"{sum(found.values())} of {len(found)}" for found in classes)
    record_property("measured", f"rows and looks of each release: {told}")


def test_without_looks_rows_of_rare_ones_stand_alone(naive: Attack):
    classes = [Counter(map(look, rows)) for rows in naive.town.releases]
    assert sum(list(found.values()).count(1) for found in classes) > 10


def test_nobody_is_joined_to_closed_answers(attack: Attack, record_property):
    links = summed(attack.filled)
    record_property("measured", f"upstream log, closed answers: {links}")
    assert links.people > 0.98 * PEOPLE
    assert links.chance <= links.people / K
    assert links.is_chance, links
    assert is_as_said("of closed answers, as by drawing lots", links)


def test_nor_is_anybody_who_is_rare_in_the_log(attack: Attack):
    """Rare languages, whoever ends early, whoever meets a page that others do not."""
    people = attack.town.people
    rare = {
        "ar": {p.number for p in people if p.language == "ar"},
        "early": {p.number for p in people if p.ends_early},
        "longer": {p.number for p in people if p.answers["child"] == ["yes"]},
    }
    for name, numbers in rare.items():
        links = summed(g for g in attack.filled if g.number in numbers)
        assert links.people > 10, name
        assert links.is_within(4), (name, links)


@pytest.mark.parametrize("share", [20, 5])
def test_nor_those_of_whom_he_is_most_certain(attack: Attack, share: int):
    certain = sorted(attack.filled, key=lambda guess: -guess.surety)
    links = summed(certain[: PEOPLE // share])
    assert links.is_within(4), links


def test_without_looks_the_same_attacker_wins(naive: Attack, record_property):
    links = summed(naive.filled)
    record_property("measured", f"the same without looks: {links}")
    fair = Links(links.people, links.right, links.people / K)
    assert not fair.is_chance, fair


def test_without_filling_the_same_attacker_wins(attack: Attack, record_property):
    links = summed(attack.joined(BARE))
    record_property("measured", f"the same without filling: {links}")
    assert links.right > links.chance + 10 * links.spread, links


@pytest.mark.parametrize("question", ["treated", "place", "bus", "content"])
def test_an_answer_that_changes_no_path_cannot_be_guessed_from_more_than_steps(
    attack: Attack, question
):
    """`treated` opens further questions; they stand on its own page."""
    base = attack.commonest(question, by_steps=True)
    spread = (base * (1 - base / PEOPLE)) ** 0.5
    assert attack.guesses[question] <= base + 3 * spread


def test_an_answer_that_opens_a_page_is_told_by_the_number_of_steps(attack: Attack):
    """What docs/privacy.md says, and why the check wants sensitive ones together."""
    assert attack.guesses["child"] > 0.9 * PEOPLE
    assert attack.commonest("child", by_steps=False) < 0.7 * PEOPLE


def test_every_page_with_answers_has_a_common_length(attack: Attack):
    """Question pages, their refusals, the check page, thanks, in both languages."""
    log = attack.town.log
    pages = [e for e in log if WITH_ANSWERS.fullmatch(e.path.rpartition("/")[2])]
    shown = [entry for entry in pages if entry.status in (200, 422)]
    assert {entry.status for entry in shown} == {200, 422}
    # what is left is the length of the headers, which is one for all
    assert len({entry.size % STEP for entry in shown}) == 1
    assert {entry.bare - entry.size for entry in pages if entry.status == 303} == {0}


def test_closed_answers_leave_the_lists_of_answers_at_one_length(attack: Attack):
    """Labels, boxes and follow-ups on one page; steps and words of one's own show."""
    who = {p.address: p for p in attack.town.people if not p.words}
    told = seen(attack.town.log, FILLED)
    found: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for entry in attack.town.log:
        _, language, *_, place = entry.path.split("/")
        listed = place in ("review", "thanks") and entry.status == 200
        if listed and entry.address in who:
            found[language, place, told[entry.address]["steps"]].add(entry.size)
    assert len(found) > 8
    assert all(len(sizes) == 1 for sizes in found.values()), found


def test_what_is_said_of_comments_is_what_is_measured(attack: Attack, record_property):
    links = link_comments(attack.town, attack.own, FILLED)
    record_property("measured", f"upstream log, comments by time of typing: {links}")
    assert not links.is_chance
    assert is_as_said("of comments by the time of typing", links)


def test_what_is_said_of_pace_is_what_is_measured(attack: Attack, record_property):
    links = summed(attack.joined(TELLING))
    record_property("measured", f"closed answers where every tick takes time: {links}")
    assert is_as_said("of closed answers where every tick takes time", links)


def is_as_said(what: str, links: Links) -> bool:
    """Whether docs/privacy.md names this percentage, but for the play of chance."""
    page = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    found = re.search(rf"(\d+) % {what}", " ".join(page.split()))
    assert found, f"docs/privacy.md says nothing {what}"
    return abs(float(found[1]) - links.percent) <= 8
