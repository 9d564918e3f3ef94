"""One thread at a time is at work, and nobody waits long for one that is not."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from survey.baton import Baton

SECONDS = 10


def test_who_wants_to_work_waits_until_it_is_handed_over():
    baton, order = Baton(patience=SECONDS), []
    baton.take()

    def work() -> None:
        baton.take()
        order.append("other")
        baton.hand_over()

    other = threading.Thread(target=work)
    other.start()
    time.sleep(0.05)
    order.append("one")
    baton.hand_over()
    other.join(SECONDS)
    assert order == ["one", "other"]


def test_whoever_keeps_it_too_long_has_lost_it():
    baton = Baton(patience=0.01)
    baton.take()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: (baton.take(), baton.hand_over()), range(40)))
    # it can still be handed over, once, and nobody else's is taken away
    assert baton.hand_over()
    assert not baton.hand_over()


def test_others_work_while_somebody_waits_for_something():
    baton, came = Baton(patience=SECONDS), threading.Event()
    baton.take()

    def work() -> None:
        baton.take()
        came.set()
        baton.hand_over()

    other = threading.Thread(target=work)
    with baton.laid_down():
        other.start()
        assert came.wait(SECONDS)
    other.join(SECONDS)
    assert baton.hand_over()


def test_laying_it_down_without_having_it_takes_none():
    baton = Baton()
    with baton.laid_down():
        pass
    assert not baton.hand_over()


def test_it_is_taken_up_again_after_a_fault():
    baton = Baton()
    baton.take()
    try:
        with baton.laid_down():
            raise ValueError
    except ValueError:
        assert baton.hand_over()


def test_many_threads_all_come_to_an_end():
    baton, done = Baton(patience=0.001), []

    def work(number: int) -> None:
        baton.take()
        time.sleep(0.0005 * (number % 4))
        with baton.laid_down():
            time.sleep(0.0002)
        done.append(number)
        baton.hand_over()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(200)))
    assert sorted(done) == list(range(200))
