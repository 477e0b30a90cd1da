"""Work in pieces: it goes on where it was left, for whoever asks."""

import time
from threading import Thread

import pytest
from mnist_dash.compute.work import Work, Works

from mnist_dash.compute import work


def counting(to, seen=None):
    for number in range(to):
        if seen is not None:
            seen.append(number)
        yield number
    return to


def test_it_goes_on_where_it_was_left_until_it_is_done():
    seen, counted = [], None
    counted = Work(counting(3, seen))
    assert (counted.done, counted.said) == (False, None)
    counted.go_on(0)
    assert (counted.done, counted.said, seen) == (False, 0, [0])
    counted.go_on(1)
    assert (counted.done, counted.value, seen) == (True, 3, [0, 1, 2])
    counted.go_on(1)
    assert seen == [0, 1, 2]


def test_what_a_piece_raises_reaches_who_asked_and_keeps_no_lock():
    def fails():
        yield 1
        raise ValueError("no")

    failing = Work(fails())
    with pytest.raises(ValueError, match="no"):
        failing.go_on(1)
    thread = Thread(target=failing.go_on, args=(0,), daemon=True)
    thread.start()
    thread.join(5)
    assert not thread.is_alive()


def test_two_who_go_on_with_the_same_do_every_piece_once():
    seen = []

    def slow():
        for number in range(40):
            seen.append(number)
            time.sleep(0.001)
            yield

    shared = Work(slow())
    threads = [Thread(target=shared.go_on, args=(10,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shared.done
    assert seen == list(range(40))


def test_the_same_key_finds_the_same_work():
    works = Works()
    assert works.known("a") is None
    begun = works.ask("a", lambda: counting(2))
    assert works.ask("a", lambda: counting(9)) is begun is works.known("a")


def test_what_nobody_goes_on_with_is_given_up_but_what_is_done_is_kept(monkeypatch):
    works = Works()
    left, done = works.ask("left", lambda: counting(2)), works.ask("done", lambda: counting(2))
    done.go_on(1)
    monkeypatch.setattr(work, "PATIENCE", -1)
    works.ask("new", lambda: counting(2))
    assert works.known("done") is done
    assert works.known("left") is None
    assert works.ask("left", lambda: counting(2)) is not left


def test_only_the_latest_are_kept(monkeypatch):
    monkeypatch.setattr(work, "MOST", 3)
    works = Works()
    for key in range(5):
        works.ask(key, lambda: counting(1))
    works.ask(2, lambda: counting(1))
    works.ask(5, lambda: counting(1))
    assert [key for key in range(6) if works.known(key)] == [2, 4, 5]


def test_work_that_raises_is_begun_anew_and_never_taken_as_done():
    def pieces():
        yield 1
        raise ValueError("no")

    works = Works()
    work = works.ask("a", pieces)
    with pytest.raises(ValueError, match="no"):
        work.go_on(1)
    assert not work.done
    assert works.ask("a", pieces) is not work
