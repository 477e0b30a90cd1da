"""What the steps of the preparation are worth: validation images, photographed, read back and scored.

Reading a thousand sheets takes seconds, so it is done in the background, for as long as somebody asks, and
whoever asks is told what is known so far. Knows nothing about Streamlit.
"""

import time
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock, Thread

import torch
from torch import Tensor

from mnist_dash import compute
from mnist_dash.core import baseline, sheets
from mnist_dash.core.baseline import NORMS, Accuracy
from mnist_dash.core.datasets import Dataset
from mnist_dash.core.handwriting import HandwritingError, to_mnist

AT_ONCE = 10  # sheets, about 70 ms
PATIENCE = 5  # seconds after which nobody is thought to wait any more
MOST_JOBS = 64


@dataclass
class _Job:
    """Validation images ``places`` of ``dataset``, read back ``without`` some steps.

    known: for each AT_ONCE of them, their distances: norm -> (n, K) over all classes of the data set.
    """

    dataset: Dataset
    places: tuple[int, ...]
    without: frozenset[str]
    asked: float = 0.0
    known: list[dict[str, Tensor]] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        return len(self.known) * AT_ONCE >= len(self.places)

    def go_on(self) -> None:
        start = len(self.known) * AT_ONCE
        self.known.append(_distances(self.dataset, self.places[start : start + AT_ONCE], self.without))


_jobs: dict[tuple, _Job] = {}  # the one asked for longest ago is the first
_lock = Lock()
_worker: Thread | None = None


def so_far(
    dataset: Dataset, classes: tuple[int, ...], without: frozenset[str], most: int
) -> dict[str, Accuracy] | None:
    """How well the norms call validation images of ``classes`` that were photographed and read back.

    Of up to ``most`` images, those that are read by now: norm -> Accuracy; None before the first. Asking
    keeps the work going. without: names of ``compute.STEPS``.
    """
    job = _ask(dataset, classes, without, most)
    known = list(job.known)
    if not known:
        return None
    columns = [dataset.classes.index(cls) for cls in classes]
    labels = dataset.valid.labels[list(job.places[: len(known) * AT_ONCE])]
    return {
        norm: baseline.accuracy(
            baseline.predict(torch.cat([rows[norm] for rows in known])[:, columns], classes), labels, classes
        )
        for norm in NORMS
    }


def _ask(dataset: Dataset, classes: tuple[int, ...], without: frozenset[str], most: int) -> _Job:
    global _worker
    key = (dataset, classes, without, most)
    with _lock:
        job = _jobs.pop(key, None)
        if job is None:
            places = torch.isin(dataset.valid.labels, torch.tensor(classes)).nonzero()[:most, 0]
            job = _Job(dataset, tuple(places.tolist()), without)
        _jobs[key] = job
        while len(_jobs) > MOST_JOBS:
            del _jobs[next(iter(_jobs))]
        job.asked = time.monotonic()
        if not job.finished and (_worker is None or not _worker.is_alive()):
            _worker = Thread(target=_work, daemon=True)
            _worker.start()
    return job


def _work() -> None:
    """One after the other, whichever of those waited for has come the least far."""
    global _worker
    while True:
        with _lock:
            now = time.monotonic()
            waiting = [j for j in _jobs.values() if not j.finished and now - j.asked < PATIENCE]
            if not waiting:
                _worker = None
                return
        min(waiting, key=lambda job: len(job.known)).go_on()


@lru_cache(maxsize=4096)  # 0.8 KB each
def _distances(dataset: Dataset, places: tuple[int, ...], without: frozenset[str]) -> dict[str, Tensor]:
    """Of these validation images, each read from a photo of its own; one without ink is a blank 28 x 28."""
    prepared = []
    for place in places:
        photo = sheets.small_photo(dataset.valid.images[place], place)
        try:
            prepared.append(to_mnist(photo, without=without))
        except HandwritingError:
            prepared.append(torch.zeros(dataset.valid.images.shape[1:], dtype=torch.uint8))
    images = compute.as_fed(torch.stack(prepared), without)
    ideals = compute.ideals(dataset, dataset.classes)
    return {norm.name: norm.distances(images, ideals) for norm in NORMS.values()}
