"""The ideal as a weight: under L2 the nearer of two ideals is found by one sum and one threshold."""

import streamlit as st
from torch import Tensor

from mnist_dash import chapter
from mnist_dash.components.live_curves import Curve, live_curves
from mnist_dash.components.maps import Group, Map, Scale, maps
from mnist_dash.components.shared.mount import Values
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import Ran, run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.set_in_use import in_use
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
        f"{digit}, on violet for {rival}."
    )
    given = {"digit": digit, "rival": rival}
    ideal = run("the ideal", f"The ideal {digit}.", chapter.ideal, given)
    other = run("the rival", f"The ideal {rival}.", chapter.rival_ideal, given)
    w = run("weight", "The weight of every pixel.", chapter.weight, given)
    threshold = run("threshold", "What the weighed sum is compared with.", chapter.threshold, given)
    agree = run("both rules", "The nearer ideal and the weighed sum say the same.", chapter.both_rules, given)
    wrong = run("mistakes", "The validation images on which they are wrong.", chapter.mistakes, given)
    top = float(w.value.abs().max())
    pictures, words = st.columns([3, 2], gap="medium", vertical_alignment="center")
    with pictures:
        maps(
            "weight",
            [
                Group(
                    [
                        Map(f"ideal {digit}", ideal.value, f"Ideal {digit}, from paper to ink"),
                        Map(f"ideal {rival}", other.value, f"Ideal {rival}, from paper to ink", sign="−"),
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
            f"x is the image, a the ideal {digit}, b the ideal {rival}; ‖x − a‖² is 784 · L2². Both sides of "
            "the first line contain ‖x‖², so it drops out. What is left only multiplies and adds: a "
            "**linear** rule."
        )
    same, total = (int(number) for number in agree.value)
    everywhere = "all " if same == total else ""
    st.markdown(
        f"Both rules agree on {everywhere}**{same:,} of {total:,}** validation images of {digit} and "
        f"{rival}; on {len(wrong.value):,} both are wrong."
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
            help=f"First the {of_digit:,} of digit {digit}, then those of digit {rival}, in MNIST's order.",
            **chosen.control("at", "value", lambda place: min(place, total - 1)),
        )
        chosen.button(f"First {digit}", {"at": 0})
        chosen.button(f"First {rival}", {"at": of_digit})
        chosen.button("Next mistake", next_mistake, disabled=not mistakes)
    given = {"digit": digit, "rival": rival, "at": at}
    image = run("one image", "A validation image.", chapter.one_image, given)
    weighed = run("weighed", "Its pixels, weighed.", chapter.weighed, given)
    both = run("one by both", "What both rules say of it.", chapter.one_by_both_rules, given)
    histogram = run("sides", "The weighed sums of all.", chapter.weighed_histogram, given)
    total_weight, threshold, to_ideal, to_rival = map(float, both.value)
    label = digit if at < of_digit else rival
    top = float(w.value.abs().max())
    pictures, chart = st.columns([3, 2], gap="medium")
    with pictures:
        maps(
            "weighed",
            [
                Group(
                    [
                        Map("x", image.value, f"Validation image {at}, digit {label}, from paper to ink"),
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
            f"The sum is {side} the threshold, {_two(threshold)}, so the answer is **{weighed_as}**. "
            f":orange[L2] is {to_ideal:.4f} to ideal {digit} and {to_rival:.4f} to ideal {rival}: the nearer "
            f"is **{nearer}**. The label is {label}."
        )
    with chart:
        _sides(histogram, (digit, rival), threshold, total_weight)
    show_code(agree, wrong, both, histogram, line="weight = ")


def _sides(histogram: Ran, pair: tuple[int, int], threshold: float, weighed: float) -> None:
    """How often the sum comes out so high for each digit, and where that of this image lies."""
    edges, counts = histogram.value
    middles = (edges[:-1] + edges[1:]) / 2
    here = int((middles - weighed).abs().argmin())
    live_curves(
        "sides",
        middles.tolist(),
        [
            Curve(f"digit {digit}", count.tolist(), float(count[here]), f"{int(count.sum()):,}", colour)
            for digit, count, colour in zip(pair, counts, ("second", "first"), strict=True)
        ],
        at=weighed,
        title="sum of x · w",
        span=(0, float(max(count.max() for count in counts))),
        decimals=(0, 0),
        notes=[(threshold, "threshold")],
        height=260,
        label=f"How many images have which sum of x times w: digit {pair[0]} lies mostly above the threshold "
        f"{_two(threshold)}, digit {pair[1]} below, this one at {_two(weighed)}.",
    )


def _weights(w: Tensor, digit: int, rival: int) -> str:
    return f"The weights, for {digit} where positive, for {rival} where negative: {most_and_least(w)}"


def _two(number: float) -> str:
    """With two decimals and a true minus."""
    return f"{number:.2f}".replace("-", "−")
