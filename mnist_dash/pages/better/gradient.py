"""Autograd: which way each pixel should change under L1 and L2, and what a step that way does."""

from collections.abc import Hashable, Mapping
from math import prod

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components.live_curves import Curve, live_curves
from mnist_dash.components.maps import Group, Map, Scale, maps
from mnist_dash.pages.shared.choices import choices, part
from mnist_dash.pages.shared.code import Ran, run, show_code, show_error
from mnist_dash.pages.shared.controls import ideal_control
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.names import class_name, what
from mnist_dash.pages.shared.picker import pick_image
from mnist_dash.pages.shared.set_in_use import shape
from mnist_dash.pages.shared.settings import longest_step
from mnist_dash.pages.shared.slide import slide
from mnist_dash.pages.shared.words import most_and_least, with_sign


@exhibit
def which_way() -> None:
    """An ideal and an image, and what autograd says of them."""
    with st.container(key="led by image"):
        with st.container():
            digit, picked = ideal_control(), pick_image()
        if picked:
            _gradient({**picked.given, "digit": digit})


@part
@exhibit
def _gradient(given: Mapping[str, Hashable]) -> None:
    """Minus the gradient as maps, a step along each, the distance for every step, and NumPy's error."""
    digit = given["digit"]
    st.markdown(
        explained(
            "With `requires_grad_()`, PyTorch remembers how a distance was computed. One `.backward()` then "
            f"tells, for each pixel, **which way to change it to look more like {what(digit)}**: minus the "
            "[[gradient]]. :green[Green] means more ink, :violet[violet] less."
        ),
        unsafe_allow_html=True,
    )
    before = run("before", "Both distances.", chapter.by_torch, given).value[:2]
    if not before[0]:
        st.info(f"The image is ideal {class_name(digit)} itself: no pixel should change.")
        return
    slider = st.container(width=430)
    sizes = _sizes()
    given = given | {"step": choices()["step"] // sizes.step * sizes.step}
    steps = {
        "L1": run("step L1", "One step along the gradient of L1.", chapter.stepped_l1, given),
        "L2": run("step L2", "One step along the gradient of L2.", chapter.stepped_l2, given),
    }
    by_hand = run("by hand", "Both gradients by hand.", chapter.gradients_by_hand, given)
    groups, scales = [], []
    for (norm, ran), start in zip(steps.items(), before, strict=True):
        way, stepped, after = ran.value
        top = float(way.abs().max())
        groups.append(
            Group(
                [
                    Map(
                        "which way: −gradient",
                        way,
                        f"Minus the gradient of {norm}: {most_and_least(way, 6)}",
                        "signed",
                        top,
                        decimals=6,
                    ),
                    Map(
                        "the image after the step",
                        stepped,
                        f"The image after a step by {norm}: {norm} is {after:.4f}",
                        sign="→",
                    ),
                ],
                title=norm,
                norm=norm,
                sum=f"{norm}: {start:.4f} →",
                value=f"{after:.4f}",
            )
        )
        scales.append(Scale("signed", f"−{top:.5f}", f"{top:.5f}", f"−gradient of {norm}, on its own scale"))
    maps("gradient", groups, scales=scales)
    same_l1, same_l2, values = by_hand.value
    pixels = prod(shape())
    listed = ", ".join(with_sign(value, 6) for value in values)
    st.markdown(
        f"**The gradient of :blue[L1] has {len(values)} values**: {listed}. It says only whether a pixel is "
        f"too light, right or too dark: the sign of the difference / {pixels} {_tick(same_l1)}. **The "
        "gradient of :orange[L2] is proportional to the difference**: it is the difference / "
        f"({pixels} · L2) {_tick(same_l2)}, so pixels that are far off move far."
    )
    curves, no_numpy = st.columns([3, 2], gap="large")
    with curves:
        every = _every_step(given, steps, sizes)
    numpy = run("by NumPy", "NumPy can't do this.", chapter.gradient_by_numpy, given)
    with no_numpy:
        st.markdown("**NumPy can't do this.** It keeps no record of how numbers were computed:")
        show_error(numpy)
    show_code(*steps.values(), by_hand, every, numpy)
    with slider:
        slide("step", "Step, in image − step × gradient:", sizes, at=given["step"])


def _sizes() -> range:
    """Of a step, at most about 420."""
    longest = longest_step(*shape())
    return range(0, longest + 1, max(1, round(longest / 420)))


def _every_step(given: Mapping[str, Hashable], steps: Mapping[str, Ran], sizes: range) -> Ran:
    """The distance after every size of step. Returns what ran."""
    every = run(
        "every step",
        "The distance after every size of step.",
        chapter.every_step_size,
        given | {"sizes": sizes},
    )
    sizes, after_l1, after_l2 = every.value
    live_curves(
        "every step",
        sizes.tolist(),
        [
            Curve(f"{norm} after the step", after.tolist(), float(ran.value[2]), f"{ran.value[2]:.4f}", norm)
            for (norm, ran), after in zip(steps.items(), (after_l1, after_l2), strict=True)
        ],
        at=given["step"],
        title="size of the step",
        span=(0, float(max(after_l1.max(), after_l2.max()))),
        decimals=(0, 2),
        height=180,
        label=f"Distance after every size of step: L1 is lowest, {after_l1.min():.4f}, at "
        f"{sizes[after_l1.argmin()]}, L2 is lowest, {after_l2.min():.4f}, at {sizes[after_l2.argmin()]}.",
    )
    st.caption(
        f"L1 is lowest, {after_l1.min():.4f}, after a step of {sizes[after_l1.argmin()]}: a longer one "
        f"overshoots. L2 goes straight to the ideal: {after_l2.min():.4f} after "
        f"{sizes[after_l2.argmin()]}."
    )
    return every


def _tick(same: bool) -> str:
    return "✓" if same else "✗"
