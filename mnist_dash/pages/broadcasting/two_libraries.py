"""NumPy and PyTorch: the same numbers, how long each takes, and what both refuse."""

import time
from collections.abc import Hashable
from math import prod

import streamlit as st

from mnist_dash import chapter
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import run, show_code, show_error, show_lines
from mnist_dash.pages.shared.exhibit import NothingToShowError, exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.names import class_name, short_name, single, without_validation
from mnist_dash.pages.shared.set_in_use import in_use, shape

ORDINALS = ("the first", "the second", "the third")  # in the set's order
ENOUGH = 10_000 * 28 * 28  # pixels that are timed, at most: as many as MNIST has
BUSY = 3  # the slowest round's ratio is so many times the fastest's


@exhibit
def two_libraries(digit: int) -> None:
    """The first distances by both, both timed on the whole validation set, and the jagged list."""
    if sentence := without_validation([digit]):
        raise NothingToShowError(sentence)
    given, timed_on = {"digit": digit}, _timed_on()
    chosen = choices()
    st.markdown(
        explained(
            "The same line in both libraries. **They agree, apart from rounding.** NumPy computes on the "
            "processor (CPU) only; PyTorch can also use a graphics card ([[GPU]]) where there is one, and it "
            "can work out [[gradients|gradient]]."
        ),
        unsafe_allow_html=True,
    )
    same = run("both", "The first three distances by both.", chapter.both_libraries, given)
    by_numpy, by_pytorch, apart = same.value
    lines = [f"| L1 to ideal {short_name(digit)} | NumPy | PyTorch |", "|---|--:|--:|"]
    for i, (one, other) in enumerate(zip(by_numpy, by_pytorch, strict=True)):
        lines.append(f"| validation {single(digit)}, {ORDINALS[i]} | {one:.7f} | {other:.7f} |")
    any_class = chosen.settings["ideal"].default
    with st.spinner("Timing both libraries …"):
        timed = run(
            "timed",
            "Both timed on the whole validation set.",
            chapter.timed,
            {"digit": any_class} | timed_on,  # each class takes as long
            time=chosen["timing"],
        )
    numpy_took, pytorch_took, ratio, least, most = timed.value
    where = run("where", "Where PyTorch ran.", chapter.where_it_ran, timed_on)
    images, device = where.value
    numbers, clock = st.columns([2, 3], gap="medium")
    with numbers:
        st.markdown("\n".join(lines))
        st.caption(
            f"The largest difference in the whole stack is {apart:.9f}: each library adds up the "
            f"{prod(shape()):,} pixels in its own order, and rounds at every step."
        )
    with clock:
        with st.container(horizontal=True):
            st.metric("NumPy", f"{1000 * numpy_took:.1f} ms")
            st.metric("PyTorch", f"{1000 * pytorch_took:.1f} ms")
            st.metric("PyTorch / NumPy", f"{ratio:.2f}")
        place = (
            "this machine's CPU, one thread each"
            if device == "cpu"
            else f"this machine's GPU ({device}), where the images already were; NumPy ran on its CPU"
        )
        st.markdown(
            f"PyTorch took **{ratio:.2f} times** as long as NumPy for {images:,} images against ideal "
            f"{class_name(any_class)}, on {place}. The times are medians of nine rounds, in which the ratio "
            f"ran from {least:.2f} to {most:.2f}."
        )
        if most > BUSY * least:
            st.caption("The rounds differ widely: this machine is busy. Time them again.")
        # Unlike any other session's number, whose times are remembered too.
        chosen.button("Time them again", lambda: {"timing": time.time_ns()})
    show_code(same, timed, where)

    st.markdown(
        "**Both refuse a jagged list**, whose rows differ in length. The book says NumPy can hold one: yes, "
        "but only as `array(…, dtype=object)`, an array of Python lists."
    )
    for column, name, function in zip(
        st.columns(2, gap="medium"),
        ("NumPy", "PyTorch"),
        (chapter.jagged_array, chapter.jagged_tensor),
        strict=True,
    ):
        with column:
            jagged = run(f"jagged {name}", f"{name} refuses a jagged list.", function, given)
            show_lines(jagged.code, jagged.name)
            show_error(jagged)


def _timed_on() -> dict[str, Hashable]:
    """All validation images, or the first of them, as ``chapter`` takes it."""
    count = ENOUGH // prod(shape())
    return {} if len(in_use().valid) <= count else {"all_valid": chapter.some_valid, "count": count}
