"""A distance is not a confidence: any confidence can be made from the same distances."""

from collections.abc import Hashable, Mapping

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components.live_curves import Curve, live_curves
from mnist_dash.components.shared.numbers import percent
from mnist_dash.pages.shared.choices import choices, part
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import NothingToShowError, exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.names import class_name, short_name
from mnist_dash.pages.shared.slide import slide
from mnist_dash.pages.shared.words import unmarked


@part
@exhibit
def confidence(given: Mapping[str, Hashable]) -> None:
    """Two distances that stay, and a slider that makes any confidence from them."""
    st.markdown(
        explained(
            "A distance, which PyTorch calls a [[loss]], says how far; a confidence would say how sure. "
            "[[Softmax|softmax]] turns distances into shares that add up to 1, but **how sharply is up to "
            "you**: the same two distances give any confidence from 50 % up to nearly 100 %, and the nearer "
            "ideal always wins."
        ),
        unsafe_allow_html=True,
    )
    ideal, rival = given["digit"], given["rival"]
    distances = run("two distances", "L1 to both ideals.", chapter.two_distances, given)
    if distances.value[0] == distances.value[1]:
        raise NothingToShowError(
            "Both ideals are equally far from this image: however sharp, softmax gives each half."
        )
    winner = class_name(min(zip(distances.value.tolist(), (ideal, rival), strict=True))[1])
    heard = unmarked(winner)
    numbers, chart = st.columns([2, 3], gap="medium")
    slider = numbers.container()
    with numbers:
        given = given | {"sharpness": choices()["sharpness"]}
        shares = run("confidence", "Made into shares.", chapter.confidence, given)
        curve = run("confidences", "The same for every sharpness.", chapter.confidences, given)
        now = percent(float(shares.value.max()))
        with st.container(horizontal=True):
            for digit, distance in zip((ideal, rival), distances.value, strict=True):
                st.metric(f":blue[L1] to ideal {short_name(digit)}", f"{distance:.4f}")
            st.metric(f"“confidence” in {winner}", now)
    sharpnesses, all_shares = curve.value
    least, greatest = percent(float(all_shares[0].max()), 0), percent(float(all_shares[-1].max()))
    with chart:
        live_curves(
            "confidences",
            sharpnesses.tolist(),
            [
                Curve(
                    f"“confidence” in {heard}",
                    (100 * all_shares.max(dim=1).values).tolist(),
                    float(100 * shares.value.max()),
                    now,
                    "quiet",
                )
            ],
            at=given["sharpness"],
            title="sharpness",
            span=(0, 100),
            decimals=(0, 0),
            label=f"“Confidence” in {heard} against sharpness: {least} at 0, {now} at "
            f"{given['sharpness']}, {greatest} at 200.",
        )
        st.caption(
            f"From {least} at sharpness 0 to {greatest} at 200: the same distances, and the same winner, "
            f"{winner}."
        )
    show_code(shares, curve)
    with slider:
        slide("sharpness", "Sharpness:", range(1, 201), at=given["sharpness"])
