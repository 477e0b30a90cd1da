"""What is remembered for all sessions, in bounded memory. Knows nothing about what it remembers."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from functools import wraps
from math import inf
from threading import Lock, RLock
from traceback import format_exception
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from torch import Tensor

P = ParamSpec("P")
T = TypeVar("T")
E = TypeVar("E", bound=BaseException)
OBJECT = 100  # bytes, about what a small object takes


class _Entry:
    """A result, or one still being made, while ``results`` is empty."""

    def __init__(self) -> None:
        self.making, self.results, self.weight = RLock(), [], OBJECT


class Memory:
    """The ``most`` latest results, with a total weight of ``room`` bytes at most.

    keep: which results are remembered at all.
    """

    def __init__(
        self, most: int, room: float = inf, *, keep: Callable[[Any], bool] = lambda result: True
    ) -> None:
        self._most, self._room, self._keep, self._weight = most, room, keep, 0
        self._entries: dict[Hashable, _Entry] = {}  # least recently asked for first
        self._lock = Lock()

    def ask(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The result under this key. While one caller makes it, the others wait; an error is not kept."""
        with self._lock:
            entry = self._entries.pop(key, None)
            if entry is None:
                entry = _Entry()
                self._weight += entry.weight
            self._entries[key] = entry
            self._bound()
        if not entry.results:
            with entry.making:
                if not entry.results:
                    entry.results.append(make())
                    self._made(key, entry)
        return entry.results[0]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
            self._weight = 0

    def _made(self, key: Hashable, entry: _Entry) -> None:
        kept, weighed = self._keep(entry.results[0]), OBJECT + weight(entry.results[0])
        with self._lock:
            if self._entries.get(key) is not entry:
                return
            self._weight += weighed - entry.weight
            entry.weight = weighed
            if not kept:
                self._weight -= self._entries.pop(key).weight
            self._bound()

    def _bound(self) -> None:
        while self._entries and (len(self._entries) > self._most or self._weight > self._room):
            self._weight -= self._entries.pop(next(iter(self._entries))).weight


def shared(most: int, room: float = inf) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Remember a function's ``most`` latest results, ``room`` bytes at most, for all sessions."""

    def remember(function: Callable[P, T]) -> Callable[P, T]:
        memory = Memory(most, room)

        @wraps(function)
        def ask(*args: P.args, **kwargs: P.kwargs) -> T:
            key = (args, frozenset(kwargs.items()))
            return memory.ask(key, lambda: function(*args, **kwargs))

        ask.clear = memory.clear
        return ask

    return remember


def shared_by_set(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """The same for a function whose first argument is a data set: its results go when the set goes."""

    def remember(function: Callable[P, T]) -> Callable[P, T]:
        memories: WeakKeyDictionary[Any, Memory] = WeakKeyDictionary()

        @wraps(function)
        def ask(dataset: Any, *args: P.args, **kwargs: P.kwargs) -> T:
            memory = memories.setdefault(dataset, Memory(most))
            return memory.ask((args, frozenset(kwargs.items())), lambda: function(dataset, *args, **kwargs))

        ask.clear = memories.clear
        return ask

    return remember


def weight(value: Any) -> int:
    """About how many bytes a value takes. What several tensors share counts once."""
    return _weight(value, set())


def _weight(value: Any, counted: set[int]) -> int:
    if isinstance(value, Tensor):
        storage = value.untyped_storage()
        new = storage.data_ptr() not in counted
        counted.add(storage.data_ptr())
        return OBJECT + new * storage.nbytes()
    if isinstance(value, np.ndarray):
        return OBJECT + value.nbytes
    if isinstance(value, str | bytes):
        return OBJECT + len(value)
    if isinstance(value, Mapping):
        return OBJECT + sum(_weight(each, counted) for each in value.values())
    if isinstance(value, list | tuple | set | frozenset):
        return OBJECT + sum(_weight(each, counted) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return OBJECT + sum(_weight(getattr(value, field.name), counted) for field in fields(value))
    return OBJECT


def plain(value: Any) -> bool:
    """Whether a value consists of numbers, strings and tensors only, which any thread can safely read."""
    if isinstance(value, Mapping):
        return all(map(plain, value.values()))
    if isinstance(value, list | tuple | set | frozenset):
        return all(map(plain, value))
    if is_dataclass(value) and not isinstance(value, type):
        return all(plain(getattr(value, field.name)) for field in fields(value))
    return value is None or isinstance(value, Tensor | np.ndarray | np.generic | str | bytes | int | float)


def let_go(error: E) -> E:
    """The error without its stack frames and all that they hold; their text is kept for a log."""
    if error.__traceback__:
        error.add_note("".join(format_exception(error)).rstrip())
    error.__traceback__ = error.__cause__ = error.__context__ = None
    return error
