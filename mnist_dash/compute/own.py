"""A reader's own set, and what was computed on it: both belong to one visit, and go with it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from torch import Tensor

from mnist_dash.chapter import brought
from mnist_dash.chapter.listing import Named
from mnist_dash.compute.cache import Memory
from mnist_dash.core.datasets import Dataset

MOST, ROOM = 512, 128_000_000  # results on one set; 1,000,000 distances are 4 MB


@dataclass(eq=False)
class Own:
    """words: what a reader types between the brackets of ``load_dataset`` to have the same.

    data: None once nobody wants it. known: what the chapter's lines returned on it. No memory of the process
    holds any of it.
    """

    data: Dataset | None
    words: str
    known: Memory = field(default_factory=lambda: Memory(MOST, ROOM))

    @property
    def given(self) -> Mapping[str, Hashable]:
        """What the lines need to begin with this set."""
        return {"data": brought, "source": Named(self, self.words)}

    def let_go(self) -> None:
        """Nobody wants it any more; whatever still names it holds no image and no result."""
        self.data, self.known = None, Memory(MOST, ROOM)


@dataclass(eq=False)
class Unlabelled:
    """Images without labels, (N, H, W), and what the ideals of a set call each, by norm.

    against: the name of that set.
    """

    name: str
    images: Tensor
    calls: Mapping[str, list[str]]
    against: str


def own_of(given: Mapping[str, Hashable]) -> Own | None:
    """The reader's set that lines with these values begin with, if they do."""
    source = given.get("source")
    begins = given.get("data") is brought and isinstance(source, Named) and isinstance(source.value, Own)
    return source.value if begins else None
