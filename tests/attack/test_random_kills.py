"""Two to four writers, killed at random, all sending the same codes."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from survey.urn import CodeState, Urn
from tests.attack import children
from tests.urn import town


def rage(place: town.Place, folder: Path, *, writers: int, codes: int, kills: int):
    """Let writers send and kill them at random; what was acknowledged?"""
    rng = random.Random(codes)
    urn = Urn(place, town.SLUG, clock=town.Clock())
    urn.act_if_due()
    made = urn.issue(codes)
    told = folder / "told"

    def begin():
        order = rng.sample(range(codes), codes)
        return children.start(
            children.send_until_killed, place, [made[i] for i in order], order, told
        )

    running = [begin() for _ in range(writers)]
    for _ in range(kills):
        time.sleep(rng.uniform(0.005, 0.12))
        victim = rng.randrange(writers)
        running[victim].kill()
        running[victim].join(10)
        running[victim] = begin()
    for child in running:
        child.join(120)
        assert child.exitcode == 0
    return urn, made, [line.split() for line in children.noted(told)]


def check_nothing_is_lost(urn: Urn, codes: list[str], told: list[list[str]]) -> None:
    stored = [int(number) for number, verdict in told if verdict == "stored"]
    assert len(stored) == len(set(stored))
    assert {verdict for _, verdict in told} <= {"stored", "already"}
    assert all(urn.state_of(code) is CodeState.USED for code in codes)
    assert urn.status().holds
    urn.close()
    assert sorted(town.numbers(urn)) == list(range(len(codes)))
    urn.stop()


@town.BOTH
def test_writers_killed_at_random_lose_and_double_nothing(
    place: town.Place, tmp_path: Path
):
    found = rage(place, tmp_path, writers=2, codes=150, kills=8)
    check_nothing_is_lost(*found)


@pytest.mark.slow
@pytest.mark.parametrize("writers", [2, 3, 4])
def test_many_writers_killed_many_times_lose_and_double_nothing(
    place: town.Place, tmp_path: Path, writers: int
):
    found = rage(place, tmp_path, writers=writers, codes=2500, kills=120)
    check_nothing_is_lost(*found)
