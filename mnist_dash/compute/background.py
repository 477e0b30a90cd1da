"""Work that takes seconds, done piece by piece in one thread for all sessions, while somebody is looking.

Whoever wants an outcome keeps looking and sees the progress. Work that nobody looks at pauses, and after a
while it is given up. Knows nothing about Streamlit.
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
NICE = 5  # of the thread: turning a page comes first, but beside other programs this gets its turn too


def give_way() -> None:
    """This thread comes after those that answer somebody."""
    if sys.platform == "linux":  # elsewhere a thread is no process, and that number may be another's
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, get_native_id(), NICE)


class Job:
    """Work done by a generator, which yields its progress after every piece and returns the outcome.

    said: the latest progress, None before the first. done: whether it has ended, with ``value``, the outcome,
    or with ``error``, which a piece raised.
    """

    def __init__(self, pieces: Pieces) -> None:
        self._pieces, self._lock = pieces, Lock()
        self.said: Any = None
        self.value: Any = None
        self.error: BaseException | None = None
        self.begun = self.done = False
        self.looked, self.turn = 0.0, 0  # when somebody last looked; when it last had its turn

    def go_on(self) -> None:
        """Do the next piece, if one is left. Every piece is done once, no matter how many threads ask."""
        with self._lock:
            if self.done:
                return
            self.begun = True
            try:
                self.said = next(self._pieces)
            except StopIteration as end:
                self.value, self.done = end.value, True
            except BaseException as error:  # whatever it is, the thread must live on for the other jobs
                self.error, self.done = let_go(error), True

    def finish(self) -> Any:
        """Do everything that is left, in this thread. Returns the outcome, or raises what a piece raised."""
        while not self.done:
            self.go_on()
        if self.error is not None:
            raise self.error.with_traceback(None)
        return self.value


class Background:
    """Jobs by key, and the thread in which they take turns, one piece each.

    patience: seconds for which a look keeps a job going. given_up: seconds without a look after which an
    unfinished job is forgotten. at_once: how many may be under way, as each may hold 36 MB of images; the
    others wait in line. most: how many finished ones are remembered.
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
        self._jobs: dict[Hashable, Job] = {}  # least recently looked at first
        self._lock = Condition()
        self._thread: Thread | None = None
        self._stopped = False

    def look(self, key: Hashable, begin: Callable[[], Pieces]) -> Job:
        """The job under this key; looking keeps it going.

        A new one is begun if there is none, or if it failed and nobody has looked for a while.
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
        """The job under this key, if it was ever begun. Does not keep it going."""
        return self._jobs.get(key)

    def piece(self) -> bool:
        """Do the next piece of the job whose turn it is, or wait. False when nothing is left to do."""
        with self._lock:
            job = None if self._stopped else self._next()
            if job is None:
                if self._stopped or all(job.done for job in self._jobs.values()):
                    self._thread = None
                    return False
                self._lock.wait(self._patience)  # for a look, or until a job is given up
                return True
        job.go_on()
        return True

    def stop(self) -> None:
        """End after the current piece. If Python exits in the middle of one, PyTorch aborts."""
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
            if not job.begun:  # paused jobs make room
                begun = [key for key, each in left.items() if each.begun]
                for key in begun[: max(0, len(begun) + 1 - self._at_once)]:
                    del self._jobs[key]
        return job

    def _forget(self, now: float) -> None:
        """Drop the jobs given up, and the oldest of the finished ones."""
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
