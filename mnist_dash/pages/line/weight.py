"""The ideal as a weight: under L2 the nearer of two ideals is found by one sum and one threshold."""

from math import prod

import streamlit as st
from torch import Tensor

from mnist_dash import chapter
from mnist_dash.components.live_curves import Curve, live_curves
from mnist_dash.components.maps import Group, Map, Scale, maps
from mnist_dash.components.shared.mount import Values
from mnist_dash.core.datasets.errors import short
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import Ran, run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.names import SHORT, are_digits, class_name, kind, short_name, single
from mnist_dash.pages.shared.set_in_use import in_use, mnist_in_use, shape
from mnist_dash.pages.shared.words import most_and_least

DERIVED = r"""\begin{aligned}
\lVert x-a\rVert^2 &< \lVert x-b\rVert^2 \\
\lVert a\rVert^2-2\,x\cdot a &< \lVert b\rVert^2-2\,x\cdot b \\
x\cdot\underbrace{(a-b)}_{\textstyle w} &> \underbrace{\tfrac12\left(
  \lVert a\rVert^2-\lVert b\rVert^2\right)}_{\text{threshold}}
\end{aligned}"""


@exhibit
def weight(digit: int, rival: int) -> None:
    """The weight and where it comes from, that both rules agree, and one validation image weighed."""
    st.header("The ideal as a weight", anchor=False)
    st.markdown(
        "Under :orange[L2] there is a shorter way to the nearer ideal: weigh every pixel, add up, compare "
        "with a threshold. The weight is one ideal minus the other: ink on green counts for "
        f"{class_name(digit)}, on violet for {class_name(rival)}."
    )
    given = {"digit": digit, "rival": rival}
    ideal = run("the ideal", f"The ideal {class_name(digit)}.", chapter.ideal, given)
    other = run("the rival", f"The ideal {class_name(rival)}.", chapter.rival_ideal, given)
    w = run("weight", "The weight of every pixel.", chapter.weight, given)
    threshold = run("threshold", "What the weighed sum is compared with.", chapter.threshold, given)
    agree = run("both rules", "The nearer ideal and the weighed sum say the same.", chapter.both_rules, given)
    wrong = run("mistakes", "The validation images on which they are wrong.", chapter.mistakes, given)
    top, names = float(w.value.abs().max()), in_use().classes
    if not top:
        st.info("Both ideals are the same, so every weight is 0: nothing tells the two apart.")
        return
    pictures, words = st.columns([3, 2], gap="medium", vertical_alignment="center")
    with pictures:
        maps(
            "weight",
            [
                Group(
                    [
                        Map(f"ideal {names[digit]}", ideal.value, f"Ideal {names[digit]}, from paper to ink"),
                        Map(
                            f"ideal {names[rival]}",
                            other.value,
                            f"Ideal {names[rival]}, from paper to ink",
                            sign="−",
                        ),
                        Map("w", w.value, _weights(w.value, digit, rival), "signed", top, sign="="),
                    ],
                    sum="The threshold:",
                    value=_two(threshold.value),
                )
            ],
            scales=[Scale("signed", f"−{top:.2f}", f"{top:.2f}", "weight of one pixel")],
        )
    with words:
        st.latex(DERIVED)
        st.caption(
            f"x is the image, a the ideal {class_name(digit)}, b the ideal {class_name(rival)}; ‖x − a‖² is "
            f"{prod(shape())} · L2². Both sides of the first line contain ‖x‖², so it drops out. What is "
            "left only multiplies and adds: a **linear** rule."
        )
    same, total = (int(number) for number in agree.value)
    everywhere = "all " if same == total else ""
    st.markdown(
        f"Both rules agree on {everywhere}**{same:,} of {total:,}** validation images of {class_name(digit)} "
        f"and {class_name(rival)}; on {len(wrong.value):,} both are wrong."
    )
    _one_by_one(digit, rival, w, agree, wrong)


def _one_by_one(digit: int, rival: int, w: Ran, agree: Ran, wrong: Ran) -> None:
    """One validation image, of the digit or of its rival: weighed, and where that lies among all."""
    chosen, of_digit = choices(), len(in_use().valid.places[digit])
    total, mistakes = agree.value[1], wrong.value.tolist()
    at = min(chosen["at"], total - 1)

    def next_mistake() -> Values:
        return {"at": next((place for place in mistakes if place > chosen["at"]), mistakes[0])}

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            f"Validation image, 0 to {total - 1:,}",
            0,
            total - 1,
            width=260,
            help=f"First the {of_digit:,} of {kind()} {class_name(digit)}, then those of {kind()} "
            f"{class_name(rival)}, in {'MNIST' if mnist_in_use() else 'the set'}'s order.",
            **chosen.control("at", "value", lambda place: min(place, total - 1)),
        )
        for cls, place in ((digit, 0), (rival, of_digit)):
            first = single(cls) if are_digits() else f"of {short_name(cls)}"
            chosen.button(f"First {first}", {"at": place}, key=f"first of class {cls}")
        chosen.button("Next mistake", next_mistake, disabled=not mistakes)
    given = {"digit": digit, "rival": rival, "at": at}
    image = run("one image", "A validation image.", chapter.one_image, given)
    weighed = run("weighed", "Its pixels, weighed.", chapter.weighed, given)
    both = run("one by both", "What both rules say of it.", chapter.one_by_both_rules, given)
    histogram = run("sides", "The weighed sums of all.", chapter.weighed_histogram, given)
    total_weight, threshold, to_ideal, to_rival = map(float, both.value)
    label = digit if at < of_digit else rival
    name = in_use().classes[label]
    top = float(w.value.abs().max())
    pictures, chart = st.columns([3, 2], gap="medium")
    with pictures:
        maps(
            "weighed",
            [
                Group(
                    [
                        Map("x", image.value, f"Validation image {at}, {kind()} {name}, from paper to ink"),
                        Map("w", w.value, _weights(w.value, digit, rival), "signed", top, sign="×"),
                        Map(
                            "x · w",
                            weighed.value,
                            f"The pixels of the image times their weights, {_two(total_weight)} in all",
                            "signed",
                            top,
                            sign="=",
                        ),
                    ],
                    sum="Sum of x · w:",
                    value=_two(total_weight),
                )
            ],
            hint="",
        )
        side, weighed_as = ("above", digit) if total_weight > threshold else ("not above", rival)
        nearer = digit if to_ideal < to_rival else rival
        st.markdown(
            f"The sum is {side} the threshold, {_two(threshold)}, so the answer is "
            f"**{class_name(weighed_as)}**. :orange[L2] is {to_ideal:.4f} to ideal {class_name(digit)} and "
            f"{to_rival:.4f} to ideal {class_name(rival)}: the nearer is **{class_name(nearer)}**. The label "
            f"is {class_name(label)}."
        )
    with chart:
        _sides(histogram, (digit, rival), threshold, total_weight)
    show_code(agree, wrong, both, histogram, line="weight = ")


def _sides(histogram: Ran, pair: tuple[int, int], threshold: float, weighed: float) -> None:
    """How often the sum comes out so high for each digit, and where that of this image lies."""
    edges, counts = histogram.value
    middles = (edges[:-1] + edges[1:]) / 2
    here = int((middles - weighed).abs().argmin())
    names = [in_use().classes[cls] for cls in pair]
    called = [f"digit {name}" if are_digits() else short(name, SHORT) for name in names]
    live_curves(
        "sides",
        middles.tolist(),
        [
            Curve(each, count.tolist(), float(count[here]), f"{int(count.sum()):,}", colour)
            for each, count, colour in zip(called, counts, ("second", "first"), strict=True)
        ],
        at=weighed,
        title="sum of x · w",
        span=(0, float(max(count.max() for count in counts))),
        decimals=(0, 0),
        notes=[(threshold, "threshold")],
        height=260,
        label=f"How many images have which sum of x times w: {kind()} {names[0]} lies mostly above the "
        f"threshold {_two(threshold)}, {kind()} {names[1]} below, this one at {_two(weighed)}.",
    )


def _weights(w: Tensor, digit: int, rival: int) -> str:
    names = in_use().classes
    return (
        f"The weights, for {names[digit]} where positive, for {names[rival]} where negative: "
        f"{most_and_least(w)}"
    )


def _two(number: float) -> str:
    """With two decimals and a true minus."""
    return f"{number:.2f}".replace("-", "−")
