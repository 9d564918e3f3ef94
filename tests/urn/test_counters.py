from __future__ import annotations

from collections.abc import Callable

from survey.urn import Urn
from survey.urn.counters import LEAST_STARTED, Counters
from tests.urn import town
from tests.urn.test_release import fill


def begin(count: Callable[[str], None], people: int = LEAST_STARTED) -> None:
    for _ in range(people):
        count("started")


def test_counters_wait_for_a_release():
    counters = Counters()
    begin(counters.add)
    assert counters.due(0) == {}
    assert counters.due(0) == {}
    assert counters.due(1) == {"started": LEAST_STARTED}


def test_what_few_people_did_waits_for_others():
    """Two people's pages beside one used code would tell their answers."""
    counters = Counters()
    counters.due(0)
    begin(counters.add, LEAST_STARTED - 1)
    counters.add("page:q20")
    assert counters.due(1) == {}
    begin(counters.add, 1)
    assert counters.due(1) == {}
    assert counters.due(2) == {"started": LEAST_STARTED, "page:q20": 1}


def test_what_was_counted_while_storing_is_kept_for_the_next_time():
    counters = Counters()
    counters.due(0)
    begin(counters.add)
    counters.add("page:q01")
    stored = counters.due(1)
    begin(counters.add)
    counters.settled(stored, 1)
    assert counters.due(1) == {}
    assert counters.due(2) == {"started": LEAST_STARTED}


def test_what_could_not_be_stored_is_asked_for_again():
    counters = Counters()
    counters.due(0)
    begin(counters.add)
    assert counters.due(1) == counters.due(1) == {"started": LEAST_STARTED}


def test_a_period_without_counts_does_not_make_the_next_count_due_at_once():
    counters = Counters()
    counters.due(0)
    counters.due(1)
    begin(counters.add)
    assert counters.due(1) == {}


def test_counts_reach_the_database_with_the_first_batch_after_a_release(urn: Urn):
    begin(urn.count, 12)
    urn.count("page:q01")
    fill(urn, 10)
    assert urn.counts() == {}
    urn.release()
    assert urn.counts() == {}
    fill(urn, 1, start=10)
    assert urn.counts() == {"page:q01": 1, "started": 12}
    begin(urn.count, 12)
    fill(urn, 1, start=11)
    assert urn.counts()["started"] == 12


def test_the_process_that_closes_adds_its_own_counts(urn: Urn):
    begin(urn.count, 11)
    fill(urn, 5)
    urn.close()
    assert urn.counts() == {"started": 11}


def test_the_counts_of_few_people_are_dropped_at_close(urn: Urn):
    begin(urn.count, 9)
    fill(urn, 5)
    urn.close()
    assert urn.counts() == {}


def test_counting_alone_writes_nothing(urn: Urn, place: town.Place):
    for _ in range(50):
        urn.count("started")
    assert town.ask(place, "SELECT count(*) FROM lanes") == [(0,)]
