"""What the chapter's lines return: run once, and remembered for all sessions."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any
from weakref import WeakKeyDictionary, WeakValueDictionary

import torch
from torch import Tensor

from mnist_dash import chapter
from mnist_dash.chapter import listing
from mnist_dash.chapter.listing import Line, Named
from mnist_dash.compute import background, data
from mnist_dash.compute.background import Job
from mnist_dash.compute.cache import Memory, let_go, plain, weight
from mnist_dash.compute.own import Own, own_of
from mnist_dash.compute.pieces import IN_PIECES
from mnist_dash.core.datasets import Digits
from mnist_dash.core.ink import Ink

Given = Mapping[str, Hashable]
Reached = frozenset[tuple[str, Hashable]]
MB = 1_000_000
SMALL = 64_000  # bytes
OF_A_FILE = 4 * MB


@dataclass(frozen=True)
class Outcome:
    """What lines of the chapter returned; or the error they raised, and ``value`` is None."""

    value: Any = None
    error: Exception | None = None


def outcome(function: Line, given: Given, *, time: int = 0) -> Outcome:
    """What a function of ``chapter`` returns for these values: run now, or remembered.

    time: another number runs it again, for lines whose outcome varies.
    """
    if own := own_of(given):
        key = ("outcome", *_on_own(function, given))
        return own.known.ask(key, lambda: _run(function, given, made))
    reached = listing.reaches(function, given)
    if ask := _large(reached):
        return _run(function, given, ask)
    if function in _DEAR and not time:  # remembered already, and large
        return _run(function, given, made)
    ask = _anew if time else made
    return _outcomes.ask((function, reached, time), lambda: _run(function, given, ask))


def _run(function: Line, given: Given, ask: Callable[[Line, Given], Any]) -> Outcome:
    try:
        return Outcome(_alone(ask(function, given)))
    except (ArithmeticError, AttributeError, OSError, RuntimeError, TypeError, ValueError) as error:
        return Outcome(error=let_go(error))


def made(function: Line, given: Given) -> Any:
    """What a function returns, for others that build on it. Expensive or small results are remembered."""
    if own := own_of(given):
        return _made_on_own(own, function, given)
    if function in _DEAR:
        return _DEAR[function](given)
    reached = listing.reaches(function, given)
    if ask := _large(reached):
        return ask(function, given)
    return _small.ask((function, reached), lambda: _alone(listing.evaluate(function, given, made)))


def _made_on_own(own: Own, function: Line, given: Given) -> Any:
    if function is chapter.brought:
        return own.data
    if function in _OF_ANY_SET:
        return _OF_ANY_SET[function](given)
    key = _on_own(function, given)
    return own.known.ask(key, lambda: _alone(listing.evaluate(function, given, made)))


def _on_own(function: Line, given: Given) -> tuple[Line, frozenset]:
    """What is remembered with a set is not known by the set: it would never be freed."""
    reached = listing.reaches(function, given)
    return function, frozenset(each for each in reached if each[0] != "source")


def _anew(function: Line, given: Given) -> Any:
    """The same, but only expensive results are remembered."""
    return _DEAR[function](given) if function in _DEAR else listing.evaluate(function, given, _anew)


def _large(reached: Reached) -> Callable[[Line, Given], Any] | None:
    """How to ask for what builds on a value that is too large to be remembered; None when none is."""
    large = [value.value for _, value in reached if isinstance(value, Named)]
    file = next((value for value in large if isinstance(value, BytesIO)), None)
    return partial(_of_file, file) if file else _anew if large else None


def _of_file(file: BytesIO, function: Line, given: Given) -> Any:
    """The same, but what is made of a reader's file is remembered only as long as somebody holds the file."""
    reached = listing.reaches(function, given)
    others = frozenset((name, value) for name, value in reached if not isinstance(value, Named))
    if function in _DEAR or others == reached:
        return made(function, given)
    known, key = _of_files.setdefault(file, {}), (function, others)
    if key not in known:
        value = listing.evaluate(function, given, partial(_of_file, file))
        if weight(value) > OF_A_FILE:
            return value
        known[key] = value
    return known[key]


def _alone(value: Any) -> Any:
    """A view would keep the whole data set in memory, so it becomes a copy."""
    if type(value) is tuple:
        return tuple(map(_alone, value))
    view = isinstance(value, Tensor) and value.untyped_storage().nbytes() > MB > value.nbytes
    return value.clone() if view else value


# -- what takes seconds ----------------------------------------------------------------------------


def begun(function: Line, given: Given) -> Job:
    """What one of ``IN_PIECES`` returns, made in the background while somebody keeps asking."""
    reached = listing.reaches(function, given)
    return background.look((function, reached), lambda: IN_PIECES[function](dict(reached), made))


def known(function: Line, given: Given) -> Job | None:
    """The same, if it was ever begun. Does not keep it going."""
    return background.known((function, listing.reaches(function, given)))


def _whole(function: Line, given: Given) -> Any:
    return begun(function, given).finish()


# -- what is remembered ----------------------------------------------------------------------------

_outcomes = Memory(most=4096, room=32 * MB)  # most are below 20 KB
_small = Memory(most=8192, room=32 * MB, keep=lambda value: plain(value) and weight(value) <= SMALL)
_of_files = WeakKeyDictionary()  # file -> function and values -> what it returned
_ink = Memory(most=10)  # of a digit's training images, 4 MB
_learned = WeakValueDictionary()  # training images, up to 47 MB, kept while a rung is being climbed with them
# A list of 6,000 images is 10 MB, a folder of files 2 MB, an ideal 3 KB. The validation images of some digits
# are 8 MB, as floats 31, as ink 6, their distances to ten ideals 0.8; those of one digit are 3 MB as floats.
_kept = {
    function: Memory(most)
    for function, most in {
        chapter.files: 4,
        chapter.tensors: 1,
        chapter.valid_3_tens: 1,
        chapter.valid_7_tens: 1,
        chapter.ideal: 64,
        chapter.rival_ideal: 64,
        chapter.all_means: 1,
        chapter.all_medians: 1,
        chapter.colour_picture: 4,
        chapter.valid_images: 1,
        chapter.asked: 4,
        chapter.places: 16,
        chapter.stressed: 2,
        chapter.prepared: 3,
        chapter.measured: 8,
        chapter.answers: 16,
        chapter.fewest_pixels: 16,
    }.items()
}


def _ask(function: Line, given: Given) -> Any:
    reached = listing.reaches(function, given)
    return _kept[function].ask(reached, lambda: _together(listing.evaluate(function, given, made)))


def _together(value: Any) -> Any:
    """Thousands of images, each in memory of its own, would keep gaps between them, so they get one piece."""
    images = isinstance(value, list) and value and isinstance(value[0], Tensor)
    return list(torch.stack(value)) if images else value


def _learned_by(given: Given) -> Digits:
    key = given["digits"], given["first"]
    if (images := _learned.get(key)) is None:
        images = _learned[key] = listing.evaluate(chapter.learned, given, made)
    return images


def _ink_of(digit: int) -> Ink:
    return _ink.ask(digit, lambda: Ink.of(data.mnist().train.stacks[digit]))


def _ideals_in_play(given: Given) -> Tensor:
    """Each class is remembered by itself."""
    dataset = made(listing.made_by("data", given), given)
    return data.ideals(dataset, given["digits"], how=given["how"], first=given["first"])


_OF_ANY_SET: dict[Line, Callable[[Given], Any]] = {
    chapter.ideals_in_play: _ideals_in_play,
    **{function: partial(_whole, function) for function in IN_PIECES},
}
_DEAR = _OF_ANY_SET | {
    **{function: partial(_ask, function) for function in _kept},
    chapter.data: lambda given: data.mnist(),
    chapter.learned: _learned_by,
    chapter.training_ink: lambda given: {digit: _ink_of(digit) for digit in given["digits"]},
}


def forget() -> None:
    """Forget everything that lines have returned, for use with other data."""
    for memory in (_outcomes, _small, _ink, *_kept.values()):
        memory.clear()
