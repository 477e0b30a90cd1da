"""Training beside validation: how much better a classifier does on the images that it was made from."""

from collections.abc import Hashable, Mapping

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components.figures import COLOURS
from mnist_dash.components.shared.numbers import percent
from mnist_dash.core.baseline import NORMS, Accuracy
from mnist_dash.pages.accuracy.bars import Bar, bars
from mnist_dash.pages.accuracy.baseline import chance
from mnist_dash.pages.shared.code import Ran, run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.validation import asked, most_images

MANY = 1_000  # images


@exhibit
def overfitting() -> None:
    """Both accuracies of ideals made of one image, and of as many as are chosen."""
    st.markdown(
        explained(
            "**A classifier [[overfits|overfitting]] when it does better on the images it was made from** "
            "(training) **than on images it has never seen** (validation). Only these tell how it will do on "
            "yours."
        ),
        unsafe_allow_html=True,
    )
    given = asked()
    most = most_images(given["digits"])
    rows, ran, told = [], [], []
    for size in dict.fromkeys((1, None if given["first"] == 1 and most > 1 else given["first"])):
        training, valid = _both(given | {"first": size})
        rows.append(f"Ideals of {_images(size)}")
        rows += [Bar(norm, valid.value[norm], norm=norm, training=training.value[norm]) for norm in NORMS]
        ran += [training, valid]
        told.append(_told(size, most, given["how"], training.value, valid.value))
    bars(rows, chance=chance(given))
    if "seen" in given:
        told = ["The validation images are spoiled and the training images are not: they can't be compared."]
    st.markdown(" ".join(told))
    show_code(*ran[-2:], key="overfitting")


def _both(given: Mapping[str, Hashable]) -> tuple[Ran, Ran]:
    """The accuracies on the images that the ideals are made of, and on the validation images."""
    size = _images(given["first"])
    training = run(f"training, {size}", f"Ideals of {size}, on these images.", chapter.training_scores, given)
    return training, run(f"validation, {size}", "The same on validation images.", chapter.scores, given)


def _images(size: int | None) -> str:
    return "all images" if size is None else "one image" if size == 1 else f"{size:,} images"


def _told(
    size: int | None,
    most: int,
    how: str,
    training: Mapping[str, Accuracy],
    valid: Mapping[str, Accuracy],
) -> str:
    """What the numbers of one size say, as they are shown. most: images that an ideal can be made of."""
    if size == 1:
        new = " and ".join(
            f"{_coloured(norm)} scores {percent(score.pooled)}" for norm, score in valid.items()
        )
        return f"**An ideal of one image is that image**, so it is always right on it. On new images {new}."
    compared = ", ".join(f"{_coloured(norm)} {_by(training[norm], valid[norm])}" for norm in NORMS)
    said = f"With {_images(size)}, {compared} on its own images than on new ones"
    overfits = [norm for norm in NORMS if training[norm].interval[0] > valid[norm].interval[1]]
    harder = [norm for norm in NORMS if training[norm].interval[1] < valid[norm].interval[0]]
    own = sum(training["L1"].total)
    if overfits:
        verb = "overfits" if len(overfits) == 1 else "overfit"
        who = " and ".join(map(_coloured, overfits))
        return f"{said}: {who} **{verb}**{_because(size or most, how, remembers=True)}."
    if own < MANY:
        return f"{said}; but it has only {own} of its own, so that may be chance."
    why = "its own just happen to be the harder ones" if harder else "so small a difference may be chance"
    return f"{said}: **no overfitting**, {why}{_because(size or most, how, remembers=False)}."


def _by(training: Accuracy, valid: Accuracy) -> str:
    """How much better on its own images, by the digits that the bars show."""
    tenths = round(1000 * training.pooled) - round(1000 * valid.pooled)
    if not tenths:
        return "is **neither better nor worse**"
    return f"is **{abs(tenths) / 10:.1f} points {'better' if tenths > 0 else 'worse'}**"


def _because(size: int, how: str, *, remembers: bool) -> str:
    """size: how many images an ideal is made of, at most."""
    if size < MANY:
        return f", each image being one of only {size} in its ideal" if remembers else ""
    return "" if remembers else f". In a {how} of thousands, one image hardly counts"


def _coloured(norm: str) -> str:
    return f":{COLOURS[norm]}[{norm}]"
