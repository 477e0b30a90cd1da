"""What is remembered: once, by key, and never more than there is room for."""

import threading
import weakref

import pytest
import torch

from mnist_dash.compute.cache import OBJECT, Memory, let_go, plain, shared, weight


def test_an_expensive_result_is_computed_once_though_eight_sessions_ask_at_once():
    runs = []
    barrier = threading.Barrier(8)

    @shared(most=2)
    def slow(n):
        runs.append(n)
        return object()

    def ask(answers):
        barrier.wait()
        answers.append(slow(1))

    answers = []
    threads = [threading.Thread(target=ask, args=(answers,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert runs == [1]
    assert len(set(map(id, answers))) == 1


def test_what_is_remembered_is_bounded():
    runs = []
    double = shared(most=2)(lambda n: runs.append(n) or 2 * n)
    assert [double(n) for n in (1, 2, 3, 1)] == [2, 4, 6, 2]
    assert runs == [1, 2, 3, 1]


def test_what_is_too_heavy_together_goes_the_oldest_first():
    memory = Memory(most=9, room=3 * (2 * OBJECT + 800))
    for name in ("a", "b", "c", "a", "d"):
        memory.ask(name, lambda: torch.zeros(200))
    again = []
    for name in ("a", "c", "d", "b"):
        memory.ask(name, lambda name=name: again.append(name))
    assert again == ["b"]


def test_what_is_not_to_be_kept_is_made_again():
    memory, made = Memory(most=9, keep=plain), []
    for _ in range(2):
        memory.ask("plain", lambda: made.append(1) or {"L1": (1, 2.0, torch.zeros(1))})
        memory.ask("object", lambda: made.append(2) or [object()])
    assert made == [1, 2, 2]


def test_an_error_is_not_remembered_and_reaches_who_asked():
    memory = Memory(most=9)
    with pytest.raises(ZeroDivisionError):
        memory.ask("a", lambda: 1 / 0)
    assert memory.ask("a", lambda: 5) == 5


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (torch.zeros(1000), 4000),
        (torch.zeros(1000)[:1], 4000),  # a view keeps all of it
        ({"L1": [torch.zeros(500), torch.zeros(500)]}, 4000),
        (list(torch.zeros(2, 500)), 4000),  # both are views of the same
        (torch.zeros(1000).numpy(), 4000),
        ("x" * 4000, 4000),
    ],
    ids=["tensor", "view", "dict", "shared", "array", "words"],
)
def test_a_value_weighs_what_its_numbers_take(value, expected):
    assert expected < weight(value) <= expected + 5 * OBJECT


def test_an_error_that_is_kept_holds_nothing_but_says_where_it_came_from():
    class Large:
        pass

    def deep():
        large = Large()
        alive.append(weakref.ref(large))
        try:
            raise KeyError("inner")
        except KeyError as error:
            raise ValueError("outer") from error

    alive = []
    try:
        deep()
    except ValueError as error:
        kept = let_go(error)
    assert alive[0]() is None
    assert str(kept) == "outer"
    assert "in deep" in kept.__notes__[0]
    assert "KeyError: 'inner'" in kept.__notes__[0]
