"""Wrong codes are slowed down, and nobody's address is kept."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from survey.respond import neighbourhood
from survey.respond.budget import DELAY_SECONDS, WAITING_AT_ONCE, CodeBudget
from survey.respond.neighbourhood import Neighbourhoods, prefix_of

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2f3::1", "2001:db8:1:200::/56"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("", ""),
    ],
)
def test_an_address_counts_as_its_part_of_the_network(address, prefix):
    assert prefix_of(address) == prefix


def test_within_the_budget_nobody_waits():
    slept = []
    budget = CodeBudget(3, sleep=slept.append)
    assert all(budget.wrong("192.0.2.1", NOW) for _ in range(3))
    assert slept == []


def test_beyond_it_neighbours_wait_and_others_do_not():
    slept = []
    budget = CodeBudget(1, sleep=slept.append)
    budget.wrong("192.0.2.1", NOW)
    assert budget.wrong("192.0.2.200", NOW)
    assert slept == [DELAY_SECONDS]
    budget.wrong("198.51.100.1", NOW)
    assert slept == [DELAY_SECONDS]


def test_the_next_hour_begins_under_another_key():
    slept = []
    budget = CodeBudget(1, sleep=slept.append)
    budget.wrong("192.0.2.1", NOW)
    budget.wrong("192.0.2.1", NOW + timedelta(hours=1))
    assert slept == []


def test_what_is_counted_holds_no_address():
    budget = CodeBudget(1)
    budget.wrong("192.0.2.1", NOW)
    counts = budget._neighbourhoods
    kept = repr(vars(counts._limiter.storage)) + repr(vars(counts))
    assert "192.0.2" not in kept


def test_all_neighbourhoods_together_have_a_budget_too():
    slept = []
    budget = CodeBudget(5, everybody=10, sleep=slept.append)
    for number in range(10):
        budget.wrong(f"192.0.{number}.1", NOW)
    assert slept == []
    budget.wrong("198.51.100.1", NOW)
    assert slept == [DELAY_SECONDS]
    assert budget.is_exhausted("203.0.113.1", NOW)
    assert not budget.is_exhausted("203.0.113.1", NOW + timedelta(hours=1))


def test_one_neighbourhood_cannot_use_up_what_is_for_all():
    slept = []
    budget = CodeBudget(5, everybody=10, sleep=slept.append)
    for _ in range(100):
        budget.wrong("192.0.2.1", NOW)
    slept.clear()
    assert budget.wrong("198.51.100.1", NOW)
    assert slept == []


def test_whoever_owns_much_of_the_network_cannot_fill_the_memory(monkeypatch):
    monkeypatch.setattr(neighbourhood, "MOST_KEPT", 50)
    counts = Neighbourhoods(2, everybody=10_000)
    for number in range(500):
        counts.within(f"2001:db8:{number:x}::1", NOW)
    assert len(counts._limiter.storage.storage) <= 50 + 2
    assert counts.is_passed("2001:db8:ffff::1", NOW)
    assert not counts.is_passed("2001:db8:1::1", NOW)


def test_asking_counts_nothing():
    counts = Neighbourhoods(2, everybody=10)
    assert not any(counts.is_passed("192.0.2.1", NOW) for _ in range(20))


def test_only_a_few_wait_at_once():
    release, waiting = threading.Event(), threading.Semaphore(0)

    def sleep(_seconds):
        waiting.release()
        release.wait(10)

    budget = CodeBudget(1, sleep=sleep)
    budget.wrong("192.0.2.1", NOW)
    threads = [
        threading.Thread(target=budget.wrong, args=("192.0.2.1", NOW))
        for _ in range(WAITING_AT_ONCE)
    ]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert waiting.acquire(timeout=10)
    assert budget.wrong("192.0.2.1", NOW) is False
    release.set()
    for thread in threads:
        thread.join()
