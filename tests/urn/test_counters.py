from __future__ import annotations

from survey.urn import Urn
from survey.urn.counters import Counters
from tests.urn import town
from tests.urn.test_release import fill


def test_counters_wait_for_a_release():
    counters = Counters()
    counters.add("started")
    assert counters.due(0) == {}
    assert counters.due(0) == {}
    assert counters.due(1) == {"started": 1}


def test_what_was_counted_while_storing_is_kept_for_the_next_time():
    counters = Counters()
    counters.due(0)
    counters.add("started")
    stored = counters.due(1)
    counters.add("started")
    counters.settled(stored, 1)
    assert counters.due(1) == {}
    assert counters.due(2) == {"started": 1}


def test_what_could_not_be_stored_is_asked_for_again():
    counters = Counters()
    counters.due(0)
    counters.add("page:q05")
    assert counters.due(1) == counters.due(1) == {"page:q05": 1}


def test_a_period_without_counts_does_not_make_the_next_count_due_at_once():
    counters = Counters()
    counters.due(0)
    counters.due(1)
    counters.add("started")
    assert counters.due(1) == {}


def test_counts_reach_the_database_with_the_first_batch_after_a_release(urn: Urn):
    urn.count("started")
    urn.count("started")
    urn.count("page:q01")
    fill(urn, 10)
    assert urn.counts() == {}
    urn.release()
    assert urn.counts() == {}
    fill(urn, 1, start=10)
    assert urn.counts() == {"page:q01": 1, "started": 2}
    urn.count("started")
    fill(urn, 1, start=11)
    assert urn.counts()["started"] == 2


def test_the_process_that_closes_adds_its_own_counts(urn: Urn):
    urn.count("started")
    fill(urn, 5)
    urn.close()
    assert urn.counts() == {"started": 1}


def test_counting_alone_writes_nothing(urn: Urn, place: town.Place):
    for _ in range(50):
        urn.count("started")
    assert town.ask(place, "SELECT count(*) FROM lanes") == [(0,)]
