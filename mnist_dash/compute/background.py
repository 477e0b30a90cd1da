"""Work that takes seconds, done piece by piece by one thread for all, for as long as somebody looks.

Whoever wants an outcome looks again and again and sees how far it has come. What nobody looks at rests, and
after a while it is given up. Knows nothing about Streamlit.
"""

import atexit
import os
import sys
from collections.abc import Callable, Generator, Hashable
from contextlib import suppress
from itertools import count
from threading import Condition, Lock, Thread, get_native_id
from time import monotonic
from typing import Any

from mnist_dash.compute.cache import let_go

Pieces = Generator[Any, None, Any]
NICE = 10  # of the thread: whoever turns a page comes first


def give_way() -> None:
    """This thread comes after those that answer somebody."""
    if sys.platform == "linux":  # elsewhere a thread is no process, and that number may be another's
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, get_native_id(), NICE)


class Job:
    """Work by a generator, which gives what is to be said after every piece and returns the outcome.

    said: the latest of these, None before the first. done: whether it has come to its end, and so to
    ``value``, the outcome, or to ``error``, which a piece raised.
    """

    def __init__(self, pieces: Pieces) -> None:
        self._pieces, self._lock = pieces, Lock()
        self.said: Any = None
        self.value: Any = None
        self.error: BaseException | None = None
        self.begun = self.done = False
        self.looked, self.turn = 0.0, 0  # when somebody last looked; when it last had its turn

    def go_on(self) -> None:
        """Do the next piece, if one is left. Every piece is done once, whichever threads ask for it."""
        with self._lock:
            if self.done:
                return
            self.begun = True
            try:
                self.said = next(self._pieces)
            except StopIteration as end:
                self.value, self.done = end.value, True
            except BaseException as error:  # whatever it is, the other jobs need the thread
                self.error, self.done = let_go(error), True

    def finish(self) -> Any:
        """Do all that is left, here and now. Returns the outcome, or raises what a piece raised."""
        while not self.done:
            self.go_on()
        if self.error is not None:
            raise self.error.with_traceback(None)
        return self.value


class Background:
    """Jobs by key, and the thread in which they take turns, a piece each.

    patience: a look keeps a job going for so many seconds. given_up: after so many without a look, an
    unfinished one is forgotten. at_once: so many may be begun and unfinished, as each may hold 36 MB of
    images; the others wait in line. most: so many finished ones are remembered.
    """

    def __init__(
        self,
        *,
        patience: float = 3,
        given_up: float = 60,
        at_once: int = 6,
        most: int = 512,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._patience, self._given_up, self._at_once, self._most = patience, given_up, at_once, most
        self._clock, self._turns = clock, count(1)
        self._jobs: dict[Hashable, Job] = {}  # the one looked at longest ago is the first
        self._lock = Condition()
        self._thread: Thread | None = None
        self._stopped = False

    def look(self, key: Hashable, begin: Callable[[], Pieces]) -> Job:
        """The job by this key; looking keeps it going.

        It is begun if it is new, and anew if it failed and nobody has looked since for a while.
        """
        with self._lock:
            now, job = self._clock(), self._jobs.pop(key, None)
            if job is None or (job.error is not None and now - job.looked > self._patience):
                job = Job(begin())
                job.turn = next(self._turns)
            job.looked = now
            self._jobs[key] = job
            self._forget(now)
            if not job.done:
                self._see_to_it()
        return job

    def known(self, key: Hashable) -> Job | None:
        """The job by this key, if it was ever begun. Does not keep it going."""
        return self._jobs.get(key)

    def piece(self) -> bool:
        """Do the next piece of the job whose turn it is, or wait. False when there is nothing left to do."""
        with self._lock:
            job = None if self._stopped else self._next()
            if job is None:
                if self._stopped or all(job.done for job in self._jobs.values()):
                    self._thread = None
                    return False
                self._lock.wait(self._patience)  # for a look, or until some are given up
                return True
        job.go_on()
        return True

    def stop(self) -> None:
        """Come to an end after this piece. In the middle of one, PyTorch would abort when Python ends."""
        with self._lock:
            self._stopped, thread = True, self._thread
            self._lock.notify()
        if thread is not None:
            thread.join()

    def _next(self) -> Job | None:
        now = self._clock()
        self._forget(now)
        left = {key: job for key, job in self._jobs.items() if not job.done}
        wanted = [job for job in left.values() if now - job.looked <= self._patience]
        if sum(job.begun for job in wanted) >= self._at_once:
            wanted = [job for job in wanted if job.begun]
        job = min(wanted, key=lambda each: each.turn, default=None)
        if job is not None:
            job.turn = next(self._turns)
            if not job.begun:  # of those that rest, some make room
                begun = [key for key, each in left.items() if each.begun]
                for key in begun[: max(0, len(begun) + 1 - self._at_once)]:
                    del self._jobs[key]
        return job

    def _forget(self, now: float) -> None:
        """Those given up, and the oldest of the finished ones."""
        late = now - self._given_up
        for key in [key for key, job in self._jobs.items() if not job.done and job.looked < late]:
            del self._jobs[key]
        done = [key for key, job in self._jobs.items() if job.done]
        for key in done[: max(0, len(done) - self._most)]:
            del self._jobs[key]

    def _see_to_it(self) -> None:
        if self._stopped:
            return
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._work, name="background", daemon=True)
            self._thread.start()
        self._lock.notify()

    def _work(self) -> None:
        give_way()
        while self.piece():
            pass


_background = Background()
look, known = _background.look, _background.known
atexit.register(_background.stop)
