"""Work in the background: only while somebody looks, in turns, once, and in bounded memory.

Most of it is held without a thread and with a clock that the test turns: ``piece`` is what the thread does.
"""

import os
import random
import sys
import threading
import weakref
from collections import Counter

import pytest

from mnist_dash.compute.background import NICE, Background

WAIT = 30  # seconds until a test gives up; none takes so long


class ByHand(Background):
    """Pieces are done when the test says so, and time passes when it says so."""

    def __init__(self, **options):
        self.now = 0.0
        super().__init__(clock=lambda: self.now, **options)

    def _see_to_it(self):
        pass

    def do(self, times):
        """So many pieces, or until nobody wants one."""
        for _ in range(times):
            if (job := self._next()) is None:
                return
            job.go_on()


def counting(to, seen=None, name=""):
    for number in range(to):
        if seen is not None:
            seen.append(name or number)
        yield number
    return to


# -- a job -------------------------------------------------------------------------------------------


def test_a_job_says_what_its_latest_piece_gave_and_ends_with_its_value():
    jobs = ByHand()
    job = jobs.look("a", lambda: counting(2))
    found = []
    while not job.done:
        found.append((job.said, job.value, job.done))
        jobs.do(1)
    assert found == [(None, None, False), (0, None, False), (1, None, False)]
    assert (job.said, job.value, job.error) == (1, 2, None)


def test_the_same_key_finds_the_same_job_and_known_begins_none():
    jobs = ByHand()
    assert jobs.known("a") is None
    job = jobs.look("a", lambda: counting(2))
    assert jobs.look("a", lambda: counting(9)) is job is jobs.known("a")


def test_finishing_does_what_is_left_at_once():
    jobs, seen = ByHand(), []
    job = jobs.look("a", lambda: counting(5, seen))
    jobs.do(2)
    assert job.finish() == 5
    assert seen == [0, 1, 2, 3, 4]
    assert job.finish() == 5


# -- only while somebody looks -----------------------------------------------------------------------


def test_it_goes_on_for_a_while_after_each_look_and_then_rests():
    jobs = ByHand(patience=3)
    job = jobs.look("a", lambda: counting(100))
    for now, expected in [(0, 0), (3, 1), (3.1, 1), (50, 1)]:
        jobs.now = now
        jobs.do(1)
        assert job.said == expected
    jobs.look("a", lambda: counting(100))
    jobs.do(1)
    assert job.said == 2


def test_known_does_not_keep_it_going():
    jobs = ByHand(patience=3)
    job = jobs.look("a", lambda: counting(100))
    jobs.now = 4
    jobs.known("a")
    jobs.do(1)
    assert job.said is None


def test_what_rests_too_long_is_given_up_and_its_memory_is_free():
    class Large:
        pass

    def holding():
        large = Large()
        alive.append(weakref.ref(large))
        yield
        yield large

    jobs, alive = ByHand(given_up=60), []
    jobs.look("a", holding)
    jobs.do(1)
    jobs.now = 60
    jobs.do(1)
    assert alive[0]() is not None
    jobs.now = 61
    jobs.do(1)
    assert jobs.known("a") is None
    assert alive[0]() is None


# -- turns -------------------------------------------------------------------------------------------


def test_jobs_take_turns_however_often_each_is_looked_at():
    jobs, seen = ByHand(), []
    for name in "abc":
        jobs.look(name, lambda name=name: counting(100, seen, name))
    for _ in range(10):
        jobs.look("a", None)
        jobs.look("a", None)
        jobs.do(3)
    assert seen == [*"abc"] * 10


def test_a_new_job_waits_no_longer_than_for_one_piece_of_each_other():
    jobs, seen = ByHand(), []
    for name in "abc":
        jobs.look(name, lambda name=name: counting(100, seen, name))
    jobs.do(7)
    jobs.look("new", lambda: counting(100, seen, "new"))
    jobs.do(4)
    assert "new" in seen[7:]


def test_only_so_many_are_begun_at_once_and_the_others_wait_in_line():
    jobs, seen = ByHand(at_once=2), []
    for name in "abcd":
        jobs.look(name, lambda name=name: counting(3, seen, name))
    jobs.do(100)
    assert seen == [*"abab", *"abcd", *"cdcd"]
    assert all(jobs.known(name).value == 3 for name in "abcd")


def test_one_that_rests_makes_room_for_one_that_is_looked_at():
    jobs = ByHand(at_once=1, patience=3)
    jobs.look("left", lambda: counting(100))
    jobs.do(2)
    jobs.now = 10
    wanted = jobs.look("wanted", lambda: counting(100))
    jobs.do(2)
    assert wanted.said == 1
    assert jobs.known("left") is None


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_looked_at_its_bounds_hold_and_everything_comes_to_its_end(seed):
    chance = random.Random(seed)
    jobs = ByHand(patience=3, given_up=20, at_once=3, most=5)
    alive = Counter()

    def work(name):
        alive[name] += 1
        try:
            yield from range(chance.randrange(1, 12))
        finally:
            alive[name] -= 1
        return name

    for _ in range(400):
        action = chance.random()
        if action < 0.4:
            name = chance.randrange(30)
            jobs.look(name, lambda name=name: work(name))
        elif action < 0.9:
            jobs.do(chance.randrange(4))
        else:
            jobs.now += chance.random() * 6
        assert sum(alive.values()) <= 3
        known = filter(None, map(jobs.known, range(30)))
        assert sum(job.done for job in known) <= 5 + 1  # the one that was done just now
    for name in range(30):
        while not jobs.look(name, lambda name=name: work(name)).done:
            jobs.do(1)
        assert jobs.known(name).value == name


def test_the_finished_ones_looked_at_last_are_remembered():
    jobs = ByHand(most=3)
    for key in range(5):
        jobs.look(key, lambda: counting(1))
        jobs.do(3)
    jobs.look(2, None)
    jobs.look(5, lambda: counting(1))
    jobs.do(3)
    assert [key for key in range(6) if jobs.known(key)] == [2, 4, 5]


# -- errors ------------------------------------------------------------------------------------------


def failing():
    yield 1
    raise ValueError("no")


def test_an_error_is_kept_in_the_job_and_the_others_go_on():
    jobs = ByHand()
    bad, good = jobs.look("bad", failing), jobs.look("good", lambda: counting(3))
    jobs.do(100)
    assert (bad.done, bad.said, bad.value, str(bad.error)) == (True, 1, None, "no")
    assert "in failing" in bad.error.__notes__[0]
    assert good.value == 3
    with pytest.raises(ValueError, match="no"):
        bad.finish()


def test_a_failed_job_stands_as_long_as_somebody_looks_and_is_begun_anew_later():
    jobs = ByHand(patience=3)
    bad = jobs.look("a", failing)
    jobs.do(2)
    for jobs.now in (2, 4, 6):
        assert jobs.look("a", failing) is bad
    jobs.now = 10
    anew = jobs.look("a", lambda: counting(2))
    jobs.do(3)
    assert (anew.value, anew.error) == (2, None)


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, MemoryError])
def test_whatever_a_piece_raises_ends_its_own_job_only(error):
    def hard():
        raise error
        yield

    jobs = ByHand()
    bad, good = jobs.look("bad", hard), jobs.look("good", lambda: counting(3))
    jobs.do(100)
    assert isinstance(bad.error, error)
    assert good.value == 3


# -- the thread --------------------------------------------------------------------------------------


@pytest.fixture
def jobs():
    background = Background()
    yield background
    background.stop()


def test_many_who_look_at_once_begin_it_once_and_every_piece_is_done_once(jobs):
    begun, seen, found = [], [], []
    together, done = threading.Barrier(16), threading.Event()

    def begin():
        begun.append(1)
        return work()

    def work():
        for number in range(50):
            seen.append(number)
            yield number
        done.set()
        return "value"

    def look(number):
        together.wait(WAIT)
        job = jobs.look("a", begin)
        found.append(job)
        if number % 2:
            job.finish()

    threads = [threading.Thread(target=look, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert done.wait(WAIT)
    assert (len(begun), len(set(map(id, found))), seen) == (1, 1, list(range(50)))
    assert found[0].finish() == "value"


def test_all_jobs_are_done_by_one_thread_of_low_priority(jobs):
    threads, done = set(), threading.Semaphore(0)

    def work():
        for _ in range(20):
            threads.add((threading.get_ident(), nice()))
            yield
        done.release()

    def nice():
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) if sys.platform == "linux" else NICE

    before = nice()
    for key in range(4):
        jobs.look(key, work)
    assert all(done.acquire(timeout=WAIT) for _ in range(4))
    assert len(threads) == 1
    ((ident, low),) = threads
    assert ident != threading.get_ident()
    assert (low, nice()) == (NICE, before)


def test_a_look_wakes_it_up_again_after_everything_was_done(jobs):
    for key in range(3):
        done = threading.Event()
        jobs.look(key, lambda done=done: iter_once(done))
        assert done.wait(WAIT)


def iter_once(done):
    yield
    done.set()


def test_the_thread_itself_frees_what_is_given_up():
    class Large:
        pass

    background, freed, begun = Background(patience=0.02, given_up=0.1), threading.Event(), threading.Event()

    def holding():
        large = Large()
        weakref.finalize(large, freed.set)
        begun.set()
        while large:
            yield

    while not begun.wait(0.01):  # on a busy machine the thread begins late
        background.look("a", holding)
    assert freed.wait(WAIT)
    background.stop()


def test_once_stopped_nothing_is_done_any_more(jobs):
    started = threading.Event()

    def endless():
        while True:
            started.set()
            yield

    jobs.look("a", endless)
    assert started.wait(WAIT)
    jobs.stop()
    assert jobs._thread is None
    assert jobs.look("b", lambda: counting(3)).said is None
    assert jobs._thread is None
