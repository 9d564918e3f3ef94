"""What is counted can be laid beside no answer."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest

from survey.meter import FEWEST, Meter, used


class Day:
    def __init__(self):
        self.day = date(2026, 10, 5)

    def __call__(self):
        return self.day

    def next(self, days=1):
        self.day += timedelta(days)


@pytest.fixture
def day():
    return Day()


@pytest.fixture
def meter(day):
    return Meter(2, today=day)


def requests(meter, count, seconds=0.02):
    for _ in range(count):
        meter.request(seconds)


def test_todays_requests_are_told_tomorrow(meter, day):
    requests(meter, FEWEST)
    assert meter.counted().quantile(0.5) is None
    day.next()
    assert meter.counted().quantile(0.5) == 0.025


def test_a_request_after_midnight_changes_nothing_that_is_shown(meter, day):
    requests(meter, FEWEST)
    day.next()
    before = meter.counted()
    requests(meter, 1, seconds=60)
    assert meter.counted() == before


def test_a_day_with_few_requests_is_never_told(meter, day):
    requests(meter, FEWEST - 1)
    day.next()
    assert meter.counted().quantile(0.5) is None


def test_the_day_before_the_last_is_forgotten(meter, day):
    requests(meter, FEWEST)
    day.next(2)
    assert meter.counted().quantile(0.5) is None
    requests(meter, 1)
    assert sum(meter.counted().yesterday) == 0


def test_the_slow_ones_are_seen(meter, day):
    requests(meter, 960, 0.001)
    requests(meter, 30, 0.3)
    requests(meter, 10, 99)
    day.next()
    counted = meter.counted()
    assert counted.quantile(0.5) == 0.005
    assert counted.quantile(0.95) == 0.005
    assert counted.quantile(0.99) == 0.5
    assert counted.quantile(0.999) == float("inf")


def test_processes_count_into_rows_of_one_memory(meter):
    meter.start(0)
    child = os.fork()
    if not child:
        meter.start(1)
        meter.fault()
        os._exit(0)
    os.waitpid(child, 0)
    meter.fault()
    counted = meter.counted()
    assert counted.faults == 2
    assert counted.starts == 2
    assert counted.pids == (os.getpid(), child)


def test_a_row_goes_on_counting_for_the_next_process(meter):
    meter.start(0)
    meter.fault()
    meter.ended(0)
    assert meter.counted().pids == ()
    assert meter.free_row({1}) == 0
    meter.start(0)
    assert meter.counted().faults == 1


def test_memory_and_time_of_processes_are_coarse_and_need_no_process_to_live():
    memory, minutes = used((os.getpid(), 2**22 - 1))
    assert 5 < memory < 5000
    assert 0 <= minutes < 1000
