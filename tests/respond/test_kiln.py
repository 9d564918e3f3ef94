"""Keys from words: slow, few at once, and different wherever they may be."""

import threading

import pytest

from survey.respond import kiln as kilns
from survey.respond.kiln import Kiln, TooBusy

WORDS = bytes(range(6))
SECRETS = (b"a" * 32, b"b" * 32, b"c" * 32)


@pytest.fixture
def quick(monkeypatch):
    """As the real one, but for the memory and the time it takes."""
    monkeypatch.setattr(kilns, "MEMORY_KIB", 8)
    monkeypatch.setattr(kilns, "ROUNDS", 1)
    return Kiln(patience=0.05)


def keys(kiln, words=WORDS, secrets=SECRETS, slug="town", **how):
    return list(kiln.keys(words, secrets=secrets, slug=slug, **how))


def test_the_same_words_open_the_same_and_nothing_else(quick):
    assert keys(quick) == keys(quick)
    assert len(set(keys(quick) + keys(quick, slug="village"))) == 4
    assert keys(quick)[0] != keys(quick, words=bytes(6))[0]
    assert {len(key) for key in keys(quick)} == {32}


def test_only_the_current_secret_and_the_last_are_tried(quick):
    assert len(keys(quick)) == 2
    assert keys(quick, secrets=SECRETS[1:])[0] == keys(quick)[1]


def test_a_try_costs_what_was_decided():
    assert kilns.MEMORY_KIB * kilns.AT_ONCE == 64 * 1024
    assert len(keys(Kiln(), secrets=SECRETS[:1])) == 1


class Occupied:
    """A kiln with people in it, until a test lets them go."""

    def __init__(self, kiln, monkeypatch):
        self.kiln = kiln
        self.inside = threading.Semaphore(0)
        self.release = threading.Event()
        import argon2.low_level as argon2

        def burn(*_given, **_named):
            self.inside.release()
            self.release.wait(10)
            return bytes(32)

        monkeypatch.setattr(argon2, "hash_secret_raw", burn)
        self.threads = [threading.Thread(target=keys, args=(kiln,))]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        assert self.inside.acquire(timeout=10)
        return self

    def __exit__(self, *_):
        self.release.set()
        for thread in self.threads:
            thread.join()


def test_one_at_a_time_and_nobody_waits_for_ever(quick, monkeypatch):
    with Occupied(quick, monkeypatch), pytest.raises(TooBusy):
        keys(quick)
    assert len(keys(quick)) == 2


def test_a_flood_takes_no_more_threads_than_there_are_places(monkeypatch):
    kiln = Kiln(patience=10)
    outcomes = []

    def ask():
        try:
            outcomes.append(len(keys(kiln, secrets=SECRETS[:1])))
        except TooBusy:
            outcomes.append("busy")

    with Occupied(kiln, monkeypatch) as occupied:
        threads = [threading.Thread(target=ask) for _ in range(50)]
        for thread in threads:
            thread.start()
        while outcomes.count("busy") < 50 - kilns.WAITING:
            assert not threading.Event().wait(0.01)
        occupied.release.set()
        for thread in threads:
            thread.join()
    assert outcomes.count("busy") == 50 - kilns.WAITING
    assert outcomes.count(1) == kilns.WAITING


def test_suspects_leave_places_for_others(monkeypatch):
    kiln = Kiln(patience=10)
    with Occupied(kiln, monkeypatch) as occupied:
        suspect = threading.Thread(
            target=keys, args=(kiln,), kwargs={"is_suspect": True}
        )
        suspect.start()
        while kiln._suspects._value:
            assert not threading.Event().wait(0.01)
        with pytest.raises(TooBusy):
            keys(kiln, is_suspect=True)
        other = threading.Thread(target=keys, args=(kiln,))
        other.start()
        occupied.release.set()
        suspect.join()
        other.join()
