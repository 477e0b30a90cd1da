"""Files on their way to becoming a reader's own set: read in a thread of their own, step by step."""

import atexit
import io
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from logging import getLogger
from pathlib import Path
from threading import BoundedSemaphore, Event, Thread
from typing import Any
from weakref import WeakSet, ref

from mnist_dash import chapter
from mnist_dash.chapter.listing import Line
from mnist_dash.compute.background import give_way
from mnist_dash.compute.lines import outcome
from mnist_dash.compute.own import Own, Unlabelled
from mnist_dash.core.baseline import NORMS, ideals, predict
from mnist_dash.core.datasets import Dataset, DatasetError, NoLabelsError, load_dataset, load_images

AT_ONCE = BoundedSemaphore(2)  # sets that are read; the others wait in line
WAIT = 0.2  # seconds between two looks whether somebody still wants it
MEASURED: list[tuple[Line, Mapping[str, Any]]] = [  # what the page shows of a set
    (chapter.counts_of_classes, {}),
    *((chapter.to_own_ideal, {"norm": norm}) for norm in NORMS),
]

logger = getLogger(__name__)


@dataclass(frozen=True)
class Files:
    """What a reader brings: files by name, as bytes, or one path of this computer."""

    named: tuple[tuple[str, bytes], ...] = ()
    path: Path | None = None

    @property
    def name(self) -> str:
        return self.path.name if self.path else self.named[0][0]

    def words(self, options: Mapping[str, Any]) -> str:
        """As they stand between the brackets of ``load_dataset``."""
        names = [ascii(str(self.path))] if self.path else [ascii(name) for name, _ in self.named]
        files = names[0] if len(names) == 1 else f"[{', '.join(names)}]"
        return ", ".join([files, *(f"{name}={value!r}" for name, value in options.items())])

    def opened(self) -> Path | list[io.BytesIO] | io.BytesIO:
        """As ``load_dataset`` takes them, without a copy."""
        if self.path:
            return self.path
        files = []
        for name, content in self.named:
            file = io.BytesIO(content)
            file.name = name
            files.append(file)
        return files[0] if len(files) == 1 else files


class Arrival:
    """The reading of some files, for as long as somebody holds this.

    said: what is done, and of how much; (0, 0) while that is not known. done: whether it has come to its end,
    and so to ``value`` or to ``error``, one sentence.
    """

    def __init__(self, files: Files, options: Mapping[str, Any], against: Dataset) -> None:
        """options: of ``load_dataset``. against: the set whose ideals call what comes without labels."""
        self.said = (0, 0)
        self.done, self.cancelled = False, False
        self.value: Own | Unlabelled | None = None
        self.error = ""
        thread = Thread(target=_arrive, args=(ref(self), files, options, against), daemon=True)
        _threads.add(thread)
        thread.start()

    def cancel(self) -> None:
        """To be noticed at the next step."""
        self.cancelled = True


class Shared(Arrival):
    """Of a path that the app was started with: read once, for every visit, and not cancelled by one."""

    def cancel(self) -> None:
        pass


_shared: dict[Path, Shared] = {}


def shared_arrival(path: Path, against: Dataset) -> Arrival:
    """The one of this path; what failed is tried again."""
    if path not in _shared or _shared[path].error:
        _shared[path] = Shared(Files(path=path), {}, against)
    return _shared[path]


class _Unwanted(BaseException):
    """Cancelled, or nobody is there any more."""


Told = Callable[[int, int], None]


def _arrive(there: "ref[Arrival]", files: Files, options: Mapping[str, Any], against: Dataset) -> None:
    def told(done: int, total: int) -> None:
        arrival = there()
        if arrival is None or arrival.cancelled or _ending.is_set():
            raise _Unwanted
        arrival.said = done, total

    give_way()
    value, error = None, ""
    try:
        with _in_turn(told):
            value = _read(files, options, against, told)
    except DatasetError as refused:
        error = str(refused)
    except _Unwanted:
        return
    except Exception:
        logger.exception("%s could not be read", ascii(files.name))
        error = f"{files.name} can't be read: it may be too large for this computer, or damaged"
    if arrival := there():
        arrival.value, arrival.error, arrival.done = value, error, True


@contextmanager
def _in_turn(told: Told) -> Iterator[None]:
    while not AT_ONCE.acquire(timeout=WAIT):
        told(0, 0)
    try:
        yield
    finally:
        AT_ONCE.release()


def _read(files: Files, options: Mapping[str, Any], against: Dataset, told: Told) -> Own | Unlabelled:
    try:
        options = {**options, **_memory_given()}
        own = Own(load_dataset(files.opened(), progress=told, **options), files.words(options))
    except NoLabelsError:
        return _called(files, options, against, told)
    baseline = chapter.scores, {"digits": own.data.labels, "how": "mean", "first": None}
    for line, given in (*MEASURED, baseline):
        told(*[len(own.data.train)] * 2)
        outcome(line, own.given | given)
    return own


def _memory_given() -> Mapping[str, int]:
    """Of ``load_dataset``: what MNIST_DASH_MEMORY says, in MB."""
    given = os.environ.get("MNIST_DASH_MEMORY", "")
    return {"memory": round(float(given) * 1e6)} if re.fullmatch(r"\d+(\.\d+)?", given) else {}


def _called(files: Files, options: Mapping[str, Any], against: Dataset, told: Told) -> Unlabelled:
    options = {name: value for name, value in options.items() if name in ("turn", "invert")}
    size = tuple(against.train.images.shape[1:])
    images = load_images(files.opened(), progress=told, size=size, **options)
    in_play = ideals(against.train, against.labels)
    calls = {
        name: [
            against.classes[label]
            for label in predict(norm.distances(images, in_play), against.labels).tolist()
        ]
        for name, norm in NORMS.items()
    }
    return Unlabelled(files.name, images, calls, against.name)


_threads: WeakSet[Thread] = WeakSet()
_ending = Event()


def _end() -> None:
    """In the middle of a step, PyTorch would abort when Python ends."""
    _ending.set()
    for thread in tuple(_threads):
        thread.join()


atexit.register(_end)
