"""Flip it: the fewest pixels that change each norm's answer, changed one after the other."""

from collections.abc import Hashable, Mapping

import streamlit as st
from torch import Tensor

from mnist_dash import chapter
from mnist_dash.components import figures
from mnist_dash.components.digit_pad import Drawing
from mnist_dash.components.live_curves import Curve, live_curves
from mnist_dash.components.maps import Group, Map, Scale, maps
from mnist_dash.core.baseline import NORMS
from mnist_dash.core.datasets.errors import short
from mnist_dash.core.flips import Flip
from mnist_dash.pages.shared.choices import choices, part
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.drawn import fits_the_pad
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.lines import made
from mnist_dash.pages.shared.names import SHORT, class_name, short_name, without_validation
from mnist_dash.pages.shared.set_in_use import in_use
from mnist_dash.pages.shared.slide import slide
from mnist_dash.pages.shared.validation import asked
from mnist_dash.pages.shared.walls import OPENED, opened_nth


def flip() -> None:
    """Where a click on a picture above leads."""
    with st.container(key=OPENED):
        st.header("Flip it", anchor=False)
        _flip()


@part
@exhibit
def _flip() -> None:
    """The slider of how many pixels are changed, both norms side by side, and the way to the pad."""
    chosen, given = choices(), asked()
    if without_validation(given["digits"]):
        return
    nth = opened_nth(given)
    place = int(made(chapter.places, given)[nth])
    label = int(in_use().valid.labels[place])
    given = given | {"nth": nth}
    image = run("one seen", "One image, as it is classified.", chapter.one_seen, given)
    fewest = run("fewest", "The fewest pixels that change each answer.", chapter.fewest_pixels, given)
    if fewest.error:
        st.info("No picture has another answer: these ideals are all the same.")
        return
    needed = {name: len(found.places) for name, found in fewest.value.items()}
    words = ", ".join(
        f":{figures.COLOURS[name]}[{name}] **{count} of {image.value.numel()}**"
        for name, count in needed.items()
    )
    st.markdown(
        f"Validation image {place:,}, labelled {class_name(label)}. How few pixels can change the answer? "
        f"{words}. Each becomes full ink or paper. **It can't be done with fewer.**"
    )
    slider, most = st.container(width=560), max(needed.values())
    flipped = most if chosen["flipped"] is None else min(chosen["flipped"], most)
    given = given | {"flipped": flipped}
    after = run("flipped", "The image with these pixels changed.", chapter.flipped_images, given)
    changes = run("what flipped", "What has changed.", chapter.what_flipped, given)
    told = run("told", "What both norms say of it.", chapter.told_of_flipped, given)
    way = run("on the way", "How the distances change on the way.", chapter.on_the_way, given)
    for column, (name, found) in zip(st.columns(2, gap="large"), fewest.value.items(), strict=True):
        count = min(flipped, needed[name])
        with column:
            _pictures(name, found, count, after.value[name], image.value, changes.value[name])
            _distances(name, found, count, way.value[name])
            st.markdown(_said(name, found, count, told.value[name]))
    if fits_the_pad():
        _to_pad(given, image.value, after.value)
    show_code(fewest, after, changes, told, way, line="fewest(one_seen")
    with slider:
        slide("flipped", "Pixels changed, most effective first:", range(most + 1), at=flipped)


def _to_pad(given: Mapping[str, Hashable], image: Tensor, after: Mapping[str, Tensor]) -> None:
    with st.container(horizontal=True):
        pictures = {"the image": image} | {f"{name}'s flip": after[name] for name in NORMS}
        for whose, pixels in pictures.items():
            choices().button(
                f"Put {whose} on the pad", {"page": "draw", "drawing": Drawing.of(pixels.byte())}
            )
    st.caption(_on_pad(given))


def _pictures(name: str, found: Flip, count: int, after: Tensor, image: Tensor, change: Tensor) -> None:
    inked = int((change > 0).sum())
    named = f":{figures.COLOURS[name]}[{name}]"
    needed = f"{len(found.places)} pixel{'s' * (len(found.places) > 1)}"
    before, after_it = short_name(found.before), short_name(found.after)
    st.markdown(f"**{named}: from {before} to {after_it} with {needed}**")
    maps(
        f"flip {name}",
        [
            Group(
                [
                    Map(
                        "changed", after.byte(), f"The image with {count} pixels changed", top=255, decimals=0
                    ),
                    Map("the image", image.byte(), "The image as it was", top=255, decimals=0, sign="−"),
                    Map(
                        "what changed",
                        change,
                        f"{inked} pixels gained ink and {count - inked} lost it",
                        "signed",
                        sign="=",
                    ),
                ],
                norm=name,
            )
        ],
        scales=[Scale("signed", "ink lost", "ink gained", "")],
        hint="",
    )


def _distances(name: str, found: Flip, count: int, way: Tensor) -> None:
    before, after = way.T.tolist()
    classes = in_use().classes
    curves = [
        Curve(
            f"{name} to ideal {short(classes[digit], SHORT)}", line, line[count], f"{line[count]:.4f}", colour
        )
        for digit, line, colour in (
            (found.before, before, "first"),
            (found.after, after, "second"),
        )
    ]
    low, high = min(before + after), max(before + after)
    live_curves(
        f"flip curves {name}",
        range(len(before)),
        curves,
        at=count,
        title="pixels changed",
        span=(low - (high - low) / 20, high + (high - low) / 20),
        decimals=(0, 2 if high - low > 0.02 else 3 if high - low > 0.002 else 4),
        label=f"Distances as pixels change: to ideal {classes[found.before]} from {before[0]:.4f} to "
        f"{before[-1]:.4f}, to ideal {classes[found.after]} from {after[0]:.4f} to {after[-1]:.4f}.",
    )


def _said(name: str, found: Flip, count: int, told: Mapping[str, int]) -> str:
    left = len(found.places) - count
    still = f", with {left} pixel{'s' * (left > 1)} to go" if left else ""
    said = "; ".join(
        f":{figures.COLOURS[judge]}[{judge}] calls it **{class_name(cls)}**{still if judge == name else ''}"
        for judge, cls in told.items()
    )
    return f"{said}."


def _on_pad(given: Mapping[str, Hashable]) -> str:
    words = "There, paint single pixels and watch both answers."
    if given["how"] != "mean" or given["first"] is not None:
        words += " On the pad an ideal is the mean of all its training images, so an answer may differ."
    if given.get("undivided"):
        words += " Here the numbers are not divided by 255; on the pad they are."
    return words
