"""What the reader is asked on the pages that explore. The lesson's quiz and recap leave these out."""

from collections.abc import Hashable
from typing import Any

from mnist_dash import chapter, compute
from mnist_dash.components.shared.numbers import percent
from mnist_dash.core.baseline import NORMS
from mnist_dash.core.stress import STRAINS, SWITCHES
from mnist_dash.pages.shared.names import all_classes, class_name, kind, kinds, one, some
from mnist_dash.pages.shared.questions import Question, Truth, View
from mnist_dash.pages.shared.set_in_use import in_use, shape
from mnist_dash.pages.shared.validation import as_in_the_book

SHIFT = 4  # pixels of 28


def _hardest(view: View, found: Any) -> Truth:
    right = dict(zip(view["digits"], found["L1"].per_class, strict=True))
    worst, best = min(right, key=right.get), max(right, key=right.get)
    return Truth(
        class_name(worst),
        f"By L1 the nearest ideal gets {percent(right[worst])} of the {some(worst)} right, and "
        f"{percent(right[best])} of the {some(best)}.",
    )


def _called_ones(view: View, found: Any) -> Truth:
    column = in_use().labels.index(_magnet())
    by_l1, by_l2 = (counts[column] / sum(counts) for counts in found.values())
    return Truth(
        round(100 * by_l1),
        f"L1 calls {percent(by_l1)} of all images {one(_magnet())}, and L2 {percent(by_l2)}.",
    )


def _magnet() -> int:
    """The class whose ideal has the least ink."""
    data = in_use()
    return data.labels[int(compute.ideals(data, data.labels).sum((-1, -2)).argmin())]


def _share() -> int:
    """Of 100 validation images, how many are of that class."""
    valid = in_use().valid
    return round(100 * len(valid.places.get(_magnet(), ())) / len(valid))


def _shift() -> int:
    """How many pixels the images of the set in use are shifted by."""
    return max(1, round(SHIFT * shape()[1] / 28))


def _strained() -> dict[str, Hashable]:
    """Every image so far to the right, as ``chapter`` takes it."""
    rest = {name: strain.rest for name, strain in STRAINS.items()} | dict.fromkeys(SWITCHES, False)
    return {"seen": chapter.stressed} | rest | {"dx": _shift()}


def _shifted(view: View, found: Any) -> Truth:
    by_l1, by_l2 = (found[norm].pooled for norm in NORMS)
    return Truth(
        round(100 * by_l2),
        f"By L2 {percent(by_l2)} are still right, by L1 {percent(by_l1)}. A pixel is only compared with the "
        "one in the same place.",
    )


HOW_MANY = ("none", "a few", "about half")


def _differently(view: View, found: Any) -> Truth:
    same, total = map(int, found)
    answer = HOW_MANY[0] if same == total else HOW_MANY[1] if same > 3 * total / 4 else HOW_MANY[2]
    return Truth(answer, f"Both rules agree on {same:,} of {total:,}: they are one rule, written twice.")


def _gains(view: View, found: Any) -> Truth:
    more = {norm: found["median"][norm] - found["mean"][norm] for norm in NORMS}
    gain = [norm for norm in NORMS if more[norm] > 0]
    told = (f"by {norm} {abs(each)} {'more' if each > 0 else 'fewer'}" for norm, each in more.items())
    return Truth(
        "both" if len(gain) == 2 else gain[0] if gain else "neither",
        f"With medians as ideals, {' and '.join(told)} images are right than with means.",
    )


def _by_ink(view: View, found: Any) -> Truth:
    darkness = found["darkness"].pooled
    return Truth(
        round(100 * darkness),
        f"Ink alone gets {percent(darkness)} right, because some {kinds()} "
        f"take more of it. The nearest ideal gets {percent(found['L1'].pooled)} by L1.",
    )


FURTHER = {
    "hardest": Question(
        "mistakes",
        lambda view: "Which of the possible answers is the hardest for the nearest ideal, by L1?",
        lambda view: tuple(map(class_name, view["digits"])),
        chapter.scores,
        lambda view: as_in_the_book(view["digits"]),
        _hardest,
        lambda view: ("digits",),
    ),
    "called ones": Question(
        "magnet",
        lambda view: (
            f"{all_classes().capitalize()} are possible. Of 100 images about {_share()} are "
            f"{some(_magnet())}: how many does L1 call {one(_magnet())}?"
        ),
        lambda view: range(101),
        chapter.how_often_answered,
        lambda view: as_in_the_book(in_use().labels),
        _called_ones,
        near=5,
    ),
    "shifted": Question(
        "stress",
        lambda view: (
            f"Shift every image {_shift()} pixel{'s' * (_shift() > 1)} to the right and leave the ideals. "
            "Of 100, how many are still right, by L2?"
        ),
        lambda view: range(101),
        chapter.scores,
        lambda view: as_in_the_book(view["digits"]) | _strained(),
        _shifted,
        lambda view: ("digits",),
        near=5,
    ),
    "two rules": Question(
        "line",
        lambda view: (
            "Multiply every pixel by a weight, add up, compare with a threshold. How many images does that "
            "call differently from L2?"
        ),
        lambda view: HOW_MANY,
        chapter.both_rules,
        lambda view: {"digit": view["ideal"], "rival": view["rival"]},
        _differently,
        lambda view: ("ideal", "rival"),
    ),
    "gains": Question(
        "better",
        lambda view: "Take the median of the images as the ideal, not the mean. Which norm gains by it?",
        lambda view: (*NORMS, "both", "neither"),
        chapter.right_by_kind,
        lambda view: {"digits": view["digits"]},
        _gains,
        lambda view: ("digits",),
    ),
    "by ink": Question(
        "ladder",
        lambda view: (
            f"Look only at how much ink an image has, and answer the {kind()} "
            "whose mean ink is nearest. How many of 100 are right?"
        ),
        lambda view: range(101),
        chapter.baselines,
        lambda view: as_in_the_book(view["digits"]),
        _by_ink,
        lambda view: ("digits",),
        near=5,
    ),
}
