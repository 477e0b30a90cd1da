"""Work that takes seconds, done piece by piece, so that nothing has to wait for it.

Whoever asks does the next pieces; who stops asking leaves it where it is. It is shared: what one session has
begun, another goes on with. Knows nothing about Streamlit.
"""

from collections.abc import Callable, Generator, Hashable
from threading import Lock
from time import monotonic
from typing import Any

MOST = 512
PATIENCE = 60  # seconds; then it is given up, for it may hold a copy of the training images, 47 MB


class Work:
    """Done by a generator, which gives what is to be said after every piece, and returns the outcome.

    said: the latest of these, None before the first piece. value: the outcome, once ``done``.
    """

    def __init__(self, pieces: Generator[Any, None, Any]) -> None:
        self._pieces, self._lock = pieces, Lock()
        self.done, self.broken, self.said, self.value = False, False, None, None
        self.touched = monotonic()

    def go_on(self, seconds: float) -> None:
        """Do pieces for about so long. What one raises is raised again."""
        until = monotonic() + seconds
        with self._lock:
            while not self.done:
                try:
                    self.said = next(self._pieces)
                except StopIteration as end:
                    self.value, self.done = end.value, True
                except Exception:
                    self.broken = True
                    raise
                if monotonic() >= until:
                    break
            self.touched = monotonic()


class Works:
    """Those that are not given up, by key: of the finished ones the latest."""

    def __init__(self) -> None:
        self._works: dict[Hashable, Work] = {}  # the one asked for longest ago is the first
        self._lock = Lock()

    def known(self, key: Hashable) -> Work | None:
        """The work by this key, if it has been begun."""
        with self._lock:
            work = self._works.pop(key, None)
            if work:
                self._works[key] = work
            return work

    def ask(self, key: Hashable, begin: Callable[[], Generator[Any, None, Any]]) -> Work:
        """The work by this key; a new one if there is none."""
        with self._lock:
            work = self._works.pop(key, None)
            if work is None or work.broken:
                work = Work(begin())
            late = monotonic() - PATIENCE
            left = [old for old, each in self._works.items() if each.done or each.touched > late]
            self._works = {old: self._works[old] for old in left[1 - MOST :]} | {key: work}
            return work
