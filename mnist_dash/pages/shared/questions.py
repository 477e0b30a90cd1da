"""What the reader is asked before a page shows it: each question, its answers, and the lines that know.

A view holds the values of settings, by name: those of now, or those of the time when a guess was made.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isqrt, prod
from typing import Any

from mnist_dash import chapter
from mnist_dash.chapter.listing import Line
from mnist_dash.components.shared.numbers import percent
from mnist_dash.core.baseline import NORMS
from mnist_dash.pages.shared.lines import outcome
from mnist_dash.pages.shared.names import (
    all_classes,
    are_digits,
    class_name,
    listed,
    many,
    one,
    some,
    without_validation,
)
from mnist_dash.pages.shared.picker import picked, source
from mnist_dash.pages.shared.set_in_use import folder, in_use, mnist_in_use, shape
from mnist_dash.pages.shared.validation import as_in_the_book, most_images
from mnist_dash.pages.shared.words import shape_text, times, with_sign

View = Mapping[str, Any]


@dataclass(frozen=True)
class Truth:
    """The right answer, and one sentence or two that explain it, in Markdown."""

    answer: str | int
    because: str


@dataclass(frozen=True)
class Question:
    """Something to guess on a page.

    ask: the question. answers: what there is to choose from, or the range of a number that is typed, which
    one question a page may ask for. line: of the chapter, which gives for the values ``given`` what ``truth``
    makes the answer of; ``given`` is None where there is no image to ask about. settings: those that the
    answer depends on. near: a number that is off by no more is nearly right.
    """

    page: str
    ask: Callable[[View], str]
    answers: Callable[[View], Sequence[str] | range]
    line: Line
    given: Callable[[View], Mapping[str, Hashable] | None]
    truth: Callable[[View, Any], Truth]
    settings: Callable[[View], tuple[str, ...]] = lambda view: ()
    near: int = 0


# -- what several ask about ------------------------------------------------------------------------------


def _image(view: View) -> Mapping[str, Hashable] | None:
    found = picked(view)
    return found and found.given


def _what(view: View) -> str:
    """Which image it is."""
    return picked(view).words.partition(" (")[0]


def _of_image(view: View) -> tuple[str, ...]:
    return ("from", "drawing") if source(view) == "drawn" else ("from", "digit", "place")


def _against(view: View) -> Mapping[str, Hashable] | None:
    """The image against the ideal and its rival."""
    image = _image(view)
    return image and {**image, "digit": view["ideal"], "rival": view["rival"]}


def _judged(labels: Iterable[int], given: Mapping[str, Hashable]) -> Mapping[str, Hashable] | None:
    """The same, None where no validation image is of these classes."""
    return None if without_validation(labels) else given


def _count(view: View) -> int:
    """How many training images the ideal is made of."""
    return len(in_use().train.places[view["ideal"]])


# -- Pixels ----------------------------------------------------------------------------------------------


def _how_many_numbers(view: View, found: Any) -> Truth:
    (height, width), count = found
    return Truth(count, f"{height} rows of {width} pixels, one number each.")


def _mostly_paper(view: View) -> Mapping[str, Hashable] | None:
    """The image, None where it isn't so; on MNIST it always is."""
    image = _image(view)
    if image is None or mnist_in_use():
        return image
    number, times = map(int, outcome(chapter.most_frequent, image).value)
    return image if number == 0 and 2 * times > prod(shape()) else None


def _whose() -> str:
    return "a digit's" if are_digits() else "such a"


def _paper(view: View, found: Any) -> Truth:
    number, times = map(int, found)
    measures = "MNIST measures" if mnist_in_use() else "The numbers measure"
    ink = f" {measures} ink: paper has none, and full ink is 255." if number == 0 else ""
    return Truth(str(number), f"It is the value of {times} of the {prod(shape()):,} pixels.{ink}")


# -- Stack and Ideal -------------------------------------------------------------------------------------


def _stacked_shapes(view: View) -> Sequence[str]:
    count, (height, width) = _count(view), shape()
    shapes = (count, height * width), (count, height, width), (height, width, count)
    return tuple(map(shape_text, shapes))


def _stacked(view: View, found: Any) -> Truth:
    count, height, width = found
    return Truth(
        shape_text(found),
        f"Stacking adds an axis in front: {count:,} pages, each still {height} rows of {width} pixels.",
    )


def _darker(view: View, found: Any) -> Truth:
    less, more, total, average = found
    answer = "darker" if less > total / 2 else "lighter" if more > total / 2 else "neither"
    return Truth(
        answer,
        f"The mean there is {average:.1f} of 255; {more:,} of the {total:,} images have more ink, {less:,} "
        "less. A few extreme values pull a mean towards them.",
    )


FEW = 10  # images


def _first_few(view: View) -> int:
    """So many, but no more than half of those of either class."""
    counts = [len(in_use().train.places[view[name]]) for name in ("ideal", "rival")]
    return max(min(FEW, min(counts) // 2), 1)


def _ask_few(view: View) -> str:
    few = _first_few(view)
    return (
        f"Average only {few} image{'s' * (few > 1)} of each class instead of all. Of 100 new "
        f"{some(view['ideal'])} and {some(view['rival'])}, how many does the nearest ideal get right, by L1?"
    )


def _few(view: View, found: Any) -> Truth:
    by_l1, by_l2 = (percent(found[norm]) for norm in NORMS)
    enough = " A few images are enough to show where the ink of a digit usually is." * mnist_in_use()
    return Truth(round(100 * found["L1"]), f"By L1 such ideals get {by_l1} right, by L2 {by_l2}.{enough}")


# -- Distance and Broadcasting ---------------------------------------------------------------------------


def _nearer(view: View, found: Any) -> Truth:
    ideal, rival = view["ideal"], view["rival"]
    to_ideal, to_rival = found.tolist()
    answer = ideal if (to_ideal, ideal) < (to_rival, rival) else rival
    return Truth(
        f"ideal {class_name(answer)}",
        f"Its L1 distance to ideal {class_name(ideal)} is {to_ideal:.4f}, to ideal {class_name(rival)} "
        f"{to_rival:.4f}.",
    )


SUMS = {"−100": -100, "0": 0, "100": 100}


def _signed_sum(view: View, found: Any) -> Truth:
    signed, absolute = map(float, found)
    answer = min(SUMS, key=lambda words: abs(SUMS[words] - signed))
    cancels = "missing ink in one place cancels extra ink in another"
    why = (
        cancels
        if abs(signed) < absolute / 2
        else f"there is mostly too {'little' if signed < 0 else 'much'} ink"
    )
    return Truth(
        answer,
        f"The sum is {with_sign(signed, 1)}: {why}. Without their signs they add up to {absolute:.1f}.",
    )


def _one_pixel(view: View, found: Any) -> Truth:
    l1, l2, pixels = *map(float, found), prod(shape())
    root = f"1/{isqrt(pixels)}" if isqrt(pixels) ** 2 == pixels else f"1/√{pixels}"
    return Truth(
        f"{l2 / l1:.0f}",
        f"L1 is the mean of {pixels:,} differences, 1/{pixels} = {l1:.4f}. L2 is the root of that mean here, "
        f"{root} = {l2:.4f}: one large difference weighs more.",
    )


def _difference_shapes(view: View) -> Sequence[str]:
    count = len(in_use().valid.places[view["ideal"]])
    return shape_text(shape()), shape_text((count, *shape())), "an error"


def _difference(view: View, found: Any) -> Truth:
    of_set, _, of_difference = found
    return Truth(
        shape_text(of_difference),
        f"The ideal is subtracted from each of the {of_set[0]:,} images, without a loop.",
    )


# -- Draw and Accuracy --------------------------------------------------------------------------------------


def _how_many_right(view: View) -> str:
    digits = view["digits"]
    which = all_classes() if digits == in_use().labels else listed(map(many, digits))
    return f"Of 100 new images of {which}, how many does the nearest ideal get right, by L1?"


def _right(view: View, found: Any) -> Truth:
    score = found["L1"]
    return Truth(
        round(100 * score.pooled),
        f"By L1 the nearest ideal gets {sum(score.right):,} of {sum(score.total):,} validation images right, "
        f"{percent(score.pooled)}; by L2 {percent(found['L2'].pooled)}.",
    )


MANY = 1_000  # images, of which one hardly counts in a mean
ALIKE = 0.01  # shares of right answers that differ by less


def _own(view: View, found: Any) -> Truth:
    own, new = found
    most = most_images(view["digits"])
    why = (
        "In a mean of thousands, one image hardly counts, so there is little to learn by heart"
        if most >= MANY
        else f"Each of its own is one of at most {most} images in a mean, and pulls it nearer"
    )
    which = "about the same" if abs(own - new) < ALIKE else "its own" if own > new else "new ones"
    return Truth(
        which,
        f"By L1 it gets {percent(own)} of its own images right and {percent(new)} of the new ones. {why}.",
    )


def _blank(view: View, found: Any) -> Truth:
    far = dict(zip(in_use().labels, found["L1"].tolist(), strict=True))
    few, many = _little_and_much()
    least = min(far, key=far.get)
    return Truth(
        one(few) if far[few] < far[many] else one(many),
        "An ideal's L1 distance from a blank page is the ink it has: "
        f"{far[few]:.4f} for {class_name(few)}, {far[many]:.4f} for {class_name(many)}. Of {all_classes()}, "
        f"{class_name(least)} has the least.",
    )


def _little_and_much() -> tuple[int, int]:
    """Two classes with little and much ink: 1 and 8."""
    labels, names = in_use().labels, in_use().classes
    return (names.index("1"), names.index("8")) if are_digits() else (labels[0], labels[-1])


QUESTIONS = {
    "blank": Question(
        "draw",
        lambda view: (
            f"If {all_classes()} are possible answers, is an empty page more like "
            f"{' or '.join(map(one, _little_and_much()))}?"
        ),
        lambda view: tuple(map(one, _little_and_much())),
        chapter.far_from_blank,
        lambda view: as_in_the_book(in_use().labels),
        _blank,
    ),
    "count": Question(
        "pixels",
        lambda view: "How many numbers does the computer get for one of these pictures?",
        lambda view: range(1, 100_000),
        chapter.how_many_numbers,
        _image,
        _how_many_numbers,
        near=100,
    ),
    "paper": Question(
        "pixels",
        lambda view: f"Most of {_whose()} picture is white paper. Which number is that?",
        lambda view: ("0", "1", "255"),
        chapter.most_frequent,
        _mostly_paper,
        _paper,
    ),
    "shape": Question(
        "stack",
        lambda view: f"Stack {_count(view):,} images of {times(shape())}. What is the shape of the block?",
        _stacked_shapes,
        chapter.shape_of_stack,
        lambda view: {"folder": folder("train", view["ideal"])},
        _stacked,
        lambda view: ("ideal",),
    ),
    "few": Question(
        "ideal",
        _ask_few,
        lambda view: range(101),
        chapter.accuracies_of_first,
        lambda view: _judged(
            pair := (view["ideal"], view["rival"]), {"pair": pair, "first": _first_few(view)}
        ),
        _few,
        lambda view: ("ideal", "rival"),
        near=5,
    ),
    "darker": Question(
        "ideal",
        lambda view: (
            f"At pixel [{view['pixel'][0]}, {view['pixel'][1]}], is the mean of all "
            f"{_count(view):,} {some(view['ideal'])} lighter or darker than most of them?"
        ),
        lambda view: ("lighter", "darker", "neither"),
        chapter.less_and_more_ink,
        lambda view: {
            "digit": view["ideal"],
            "first_images": chapter.stack,
            "row": view["pixel"][0],
            "column": view["pixel"][1],
        },
        _darker,
        lambda view: ("ideal", "pixel"),
    ),
    "nearer": Question(
        "distance",
        lambda view: f"Which ideal is nearer to {_what(view)}?",
        lambda view: (f"ideal {class_name(view['ideal'])}", f"ideal {class_name(view['rival'])}"),
        chapter.two_distances,
        _against,
        _nearer,
        lambda view: (*_of_image(view), "ideal", "rival"),
    ),
    "signed": Question(
        "distance",
        lambda view: (
            f"Subtract ideal {class_name(view['ideal'])} from {_what(view)} and add up the {prod(shape()):,} "
            "differences, signs included. Which is the sum nearest to?"
        ),
        lambda view: tuple(SUMS),
        chapter.sums,
        _against,
        _signed_sum,
        lambda view: (*_of_image(view), "ideal"),
    ),
    "one pixel": Question(
        "distance",
        lambda view: (
            "Two images differ in one pixel: 0 in one, 1 in the other. How many times their L1 distance is "
            "their L2?"
        ),
        lambda view: tuple(f"{prod(shape()) ** power:.0f}" for power in (0, 0.5, 1)),
        chapter.one_pixel_apart,
        lambda view: dict(zip(("height", "width"), shape(), strict=True)),
        _one_pixel,
    ),
    "difference": Question(
        "broadcasting",
        lambda view: (
            f"Subtract ideal {class_name(view['ideal'])} from all validation {some(view['ideal'])} at once. "
            f"What shape is `{_difference_shapes(view)[1]} - {shape()}`?"
        ),
        _difference_shapes,
        chapter.difference_of_set,
        lambda view: _judged([view["ideal"]], {"digit": view["ideal"]}),
        _difference,
        lambda view: ("ideal",),
    ),
    "right": Question(
        "accuracy",
        _how_many_right,
        lambda view: range(101),
        chapter.scores,
        lambda view: _judged(view["digits"], as_in_the_book(view["digits"])),
        _right,
        lambda view: ("digits",),
        near=5,
    ),
    "own": Question(
        "accuracy",
        lambda view: (
            "Which images does the nearest ideal get right more often: its own, which the ideals were made "
            "from, or new ones?"
        ),
        lambda view: ("its own", "new ones", "about the same"),
        chapter.own_and_new,
        lambda view: _judged(view["digits"], as_in_the_book(view["digits"])),
        _own,
        lambda view: ("digits",),
    ),
}
