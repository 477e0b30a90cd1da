"""What one pixel does to both distances: a slider moves it, and squaring shows its character."""

from collections.abc import Hashable, Mapping

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components import figures
from mnist_dash.components.live_curves import Curve, live_curves
from mnist_dash.components.maps import Group, Map, Scale, maps
from mnist_dash.components.shared.numbers import percent
from mnist_dash.pages.shared.choices import choices, part
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import NothingToShowError, exhibit
from mnist_dash.pages.shared.names import class_name
from mnist_dash.pages.shared.set_in_use import in_use
from mnist_dash.pages.shared.slide import slide
from mnist_dash.pages.shared.words import with_sign

STOPS = [place / 100 for place in range(101)]


@part
@exhibit
def one_pixel(given: Mapping[str, Hashable]) -> None:
    """A picture to pick a pixel from, the slider of its value, both distances and its share of each."""
    st.markdown(
        "Change one pixel: :blue[L1] counts how far it is off, :orange[L2] the square of that. So **squaring "
        "punishes big differences and forgives small ones.**"
    )
    off = run("untouched", "How many pixels are off.", chapter.pixels_off, given).value
    if off < 2:
        itself = "itself: no pixel is off" if not off else "but for one pixel, which is all of both distances"
        raise NothingToShowError(f"The image is ideal {class_name(given['digit'])} {itself}.")
    farthest = run("farthest", "The pixel that differs most.", chapter.farthest_pixel, given)
    chosen = choices()
    row, column = chosen["spot"] or farthest.value
    value = chosen["value"]
    given = given | {"row": row, "column": column}
    own = run("own value", "The value of one pixel.", chapter.value_there, given)
    pictures, numbers = st.columns([10, 13], gap="medium")
    slider = numbers.container()
    with numbers, st.container(horizontal=True):
        chosen.button("Put it back", {"value": None}, disabled=value is None)
        chosen.button(
            "The pixel that differs most",
            {"spot": None, "value": None},
            disabled=(row, column) == farthest.value,
        )
    given |= {"moved": chapter.x} if value is None else {"value": value}
    moved = run("moved", "The image with this pixel.", chapter.x if value is None else chapter.moved, given)
    distances = run("distances", "Both distances now.", chapter.distances_moved, given)
    changes = run("changes", "By how much they have changed.", chapter.changes_moved, given)
    shares = run("shares", "The pixel's share of each distance.", chapter.shares, given)
    curves = run("curves", "Its share for any difference.", chapter.shares_by_difference, given)
    difference, share_l1, share_l2 = shares.value
    off_by, curve_l1, curve_l2, equal = curves.value
    off = float(difference[row, column].abs())
    marked, name = f"pixel [{row}, {column}]", in_use().classes[given["digit"]]
    with pictures:
        chosen.mount(
            maps,
            "one_pixel",
            [
                Group(
                    [
                        Map("the image", moved.value, f"The image, {marked} marked"),
                        Map(
                            "difference",
                            difference,
                            f"Image minus ideal {name}: {marked} is off by {off:.2f}",
                            "signed",
                        ),
                    ]
                )
            ],
            scales=[Scale("signed", "−1", "1", "less ink than the ideal, or more")],
            picked=(row, column),
            on_pick=lambda row, column: {"spot": (row, column), "value": None},
            hint="Click a pixel to pick it.",
        )
        with st.container(horizontal=True):
            for name, distance, change in zip(("L1", "L2"), distances.value, changes.value, strict=True):
                st.metric(
                    f":{figures.COLOURS[name]}[{name}]",
                    f"{distance:.4f}",
                    None if value is None else with_sign(change, 5),
                    delta_color="off",
                    delta_arrow="off",
                )
    with numbers:
        live_curves(
            "shares",
            off_by.tolist(),
            [
                Curve(
                    f"its share of {what}",
                    (100 * curve).tolist(),
                    float(100 * share),
                    percent(float(share), 2),
                    name,
                )
                for name, what, curve, share in (
                    ("L1", "L1", curve_l1, share_l1),
                    ("L2", "L2's squares", curve_l2, share_l2),
                )
            ],
            at=off,
            title="how far this one pixel is off",
            span=(0, float(100 * max(curve_l1.max(), curve_l2.max()))),
            decimals=(1, 1),
            notes=[(float(equal), "alike")],
            height=230,
            label=f"Share of the distance against how far {marked} is off: a nearly straight line for L1, a "
            f"rising curve for L2, equal at {equal:.2f}. Now L1 {percent(float(share_l1), 2)}, L2 "
            f"{percent(float(share_l2), 2)}.",
        )
        st.caption(
            f"This pixel is off by {off:.2f}, so it counts {'more' if share_l2 > share_l1 else 'less'} in L2 "
            f"than in L1. At {equal:.2f} it would count the same in both."
        )
    show_code(farthest, distances, changes, shares, curves, line="F.l1_loss(moved, ideal)")
    with slider:
        # An untouched pixel may lie between two stops; it stays where it is until the slider is moved.
        shown = float(own.value) if value is None else value
        slide("value", f"Ink of pixel [{row}, {column}]:", STOPS, at=round(shown, 2))
