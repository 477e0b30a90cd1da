"""What the reader is asked before a page shows it: each question, its answers, and the lines that know.

A view holds the values of settings, by name: those of now, or those of the time when a guess was made.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mnist_dash import chapter, compute
from mnist_dash.chapter.listing import Line
from mnist_dash.components.shared.numbers import percent
from mnist_dash.core.baseline import NORMS
from mnist_dash.pages.shared.picker import picked, source
from mnist_dash.pages.shared.settings import SIDE
from mnist_dash.pages.shared.validation import as_in_the_book
from mnist_dash.pages.shared.words import shape_text, with_sign

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


def _count(view: View) -> int:
    """How many training images the ideal is made of."""
    return len(compute.mnist().train.places[view["ideal"]])


# -- Pixels ----------------------------------------------------------------------------------------------


def _how_many_numbers(view: View, found: Any) -> Truth:
    (height, width), count = found
    return Truth(count, f"{height} rows of {width} pixels, one number each.")


def _paper(view: View, found: Any) -> Truth:
    number, times = map(int, found)
    ink = " MNIST measures ink: paper has none, and full ink is 255." if number == 0 else ""
    return Truth(str(number), f"It is the value of {times} of the {SIDE * SIDE} pixels.{ink}")


# -- Stack and Ideal -------------------------------------------------------------------------------------


def _stacked_shapes(view: View) -> Sequence[str]:
    count = _count(view)
    shapes = (count, SIDE * SIDE), (count, SIDE, SIDE), (SIDE, SIDE, count)
    return tuple(map(shape_text, shapes))


def _stacked(view: View, shape: Any) -> Truth:
    return Truth(
        shape_text(shape),
        f"Stacking adds an axis in front: {shape[0]:,} pages, each still 28 rows of 28 pixels.",
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


def _few(view: View, found: Any) -> Truth:
    by_l1, by_l2 = (percent(found[norm]) for norm in NORMS)
    return Truth(
        round(100 * found["L1"]),
        f"By L1 such ideals get {by_l1} right, by L2 {by_l2}. A few images are enough to show where the ink "
        "of a digit usually is.",
    )


# -- Distance and Broadcasting ---------------------------------------------------------------------------


def _nearer(view: View, found: Any) -> Truth:
    ideal, rival = view["ideal"], view["rival"]
    to_ideal, to_rival = found.tolist()
    answer = ideal if (to_ideal, ideal) < (to_rival, rival) else rival
    return Truth(
        f"ideal {answer}",
        f"Its L1 distance to ideal {ideal} is {to_ideal:.4f}, to ideal {rival} {to_rival:.4f}.",
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
    l1, l2 = map(float, found)
    return Truth(
        f"{l2 / l1:.0f}",
        f"L1 is the mean of 784 differences, 1/784 = {l1:.4f}. L2 is the root of that mean here, 1/28 = "
        f"{l2:.4f}: one large difference weighs more.",
    )


def _difference_shapes(view: View) -> Sequence[str]:
    count = len(compute.mnist().valid.places[view["ideal"]])
    return shape_text((SIDE, SIDE)), shape_text((count, SIDE, SIDE)), "an error"


def _difference(view: View, found: Any) -> Truth:
    of_set, _, of_difference = found
    return Truth(
        shape_text(of_difference),
        f"The ideal is subtracted from each of the {of_set[0]:,} images, without a loop.",
    )


# -- Draw and Accuracy --------------------------------------------------------------------------------------


def _how_many_right(view: View) -> str:
    digits = view["digits"]
    *first, last = (f"{digit}s" for digit in digits)
    which = (
        "all ten digits" if len(digits) == len(compute.mnist().labels) else f"{', '.join(first)} and {last}"
    )
    return f"Of 100 new images of {which}, how many does the nearest ideal get right, by L1?"


def _right(view: View, found: Any) -> Truth:
    score = found["L1"]
    return Truth(
        round(100 * score.pooled),
        f"By L1 the book's ideals get {sum(score.right):,} of {sum(score.total):,} validation images right, "
        f"{percent(score.pooled)}; by L2 {percent(found['L2'].pooled)}.",
    )


ALIKE = 0.01  # shares of right answers that differ by less


def _own(view: View, found: Any) -> Truth:
    own, new = found
    which = "about the same" if abs(own - new) < ALIKE else "its own" if own > new else "new ones"
    return Truth(
        which,
        f"By L1 it gets {percent(own)} of its own images right and {percent(new)} of the new ones. In a mean "
        "of thousands, one image hardly counts, so there is little to learn by heart.",
    )


def _blank(view: View, found: Any) -> Truth:
    far = found["L1"].tolist()
    least = min(range(len(far)), key=far.__getitem__)
    return Truth(
        "a 1" if far[1] < far[8] else "an 8",
        "An ideal's L1 distance from a blank page is the ink it has: "
        f"{far[1]:.4f} for 1, {far[8]:.4f} for 8. Of all ten, {least} has the least.",
    )


QUESTIONS = {
    "blank": Question(
        "draw",
        lambda view: "If all ten digits are possible answers, is an empty page more like a 1 or an 8?",
        lambda view: ("a 1", "an 8"),
        chapter.far_from_blank,
        lambda view: as_in_the_book(tuple(compute.mnist().labels)),
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
        lambda view: "Most of a digit's picture is white paper. Which number is that?",
        lambda view: ("0", "1", "255"),
        chapter.most_frequent,
        _image,
        _paper,
    ),
    "shape": Question(
        "stack",
        lambda view: f"Stack {_count(view):,} images of 28 × 28. What is the shape of the block?",
        _stacked_shapes,
        chapter.shape_of_stack,
        lambda view: {"folder": f"train/{view['ideal']}"},
        _stacked,
        lambda view: ("ideal",),
    ),
    "few": Question(
        "ideal",
        lambda view: (
            f"Average only {FEW} images of each digit instead of thousands. Of 100 new {view['ideal']}s and "
            f"{view['rival']}s, how many does the nearest ideal get right, by L1?"
        ),
        lambda view: range(101),
        chapter.accuracies_of_first,
        lambda view: {"pair": (view["ideal"], view["rival"]), "first": FEW},
        _few,
        lambda view: ("ideal", "rival"),
        near=5,
    ),
    "darker": Question(
        "ideal",
        lambda view: (
            f"At pixel [{view['pixel'][0]}, {view['pixel'][1]}], is the mean of all "
            f"{_count(view):,} {view['ideal']}s lighter or darker than most of them?"
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
        lambda view: (f"ideal {view['ideal']}", f"ideal {view['rival']}"),
        chapter.two_distances,
        _against,
        _nearer,
        lambda view: (*_of_image(view), "ideal", "rival"),
    ),
    "signed": Question(
        "distance",
        lambda view: (
            f"Subtract ideal {view['ideal']} from {_what(view)} and add up the 784 differences, signs "
            "included. Which is the sum nearest to?"
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
        lambda view: ("1", "28", "784"),
        chapter.one_pixel_apart,
        lambda view: {},
        _one_pixel,
    ),
    "difference": Question(
        "broadcasting",
        lambda view: (
            f"Subtract ideal {view['ideal']} from all validation {view['ideal']}s at once. What shape is "
            f"`{_difference_shapes(view)[1]} - (28, 28)`?"
        ),
        _difference_shapes,
        chapter.difference_of_set,
        lambda view: {"digit": view["ideal"]},
        _difference,
        lambda view: ("ideal",),
    ),
    "right": Question(
        "accuracy",
        _how_many_right,
        lambda view: range(101),
        chapter.scores,
        lambda view: as_in_the_book(view["digits"]),
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
        lambda view: as_in_the_book(view["digits"]),
        _own,
        lambda view: ("digits",),
    ),
}
