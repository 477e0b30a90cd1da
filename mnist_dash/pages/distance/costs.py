"""Where a distance comes from: what each pixel costs against the two nearest ideals, under one norm."""

import inspect

import streamlit as st
from torch import Tensor

from mnist_dash import compute
from mnist_dash.components.maps import Group, Map, Scale, maps
from mnist_dash.core.baseline import NORMS, scaled
from mnist_dash.core.datasets import Dataset
from mnist_dash.pages.shared import settings


def costs(seen: Tensor | None, dataset: Dataset, classes: tuple[int, ...], off: frozenset[str]) -> None:
    """The control of the norm, the maps, and the code behind them. seen: uint8 (28, 28), None = no ink."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("Which pixels cost how much", anchor=False, width="content")
        norm = NORMS[settings.norm()]
    if seen is None:
        st.caption("Two maps appear here when there is a digit: one against each of the nearest ideals.")
        return
    image = compute.as_fed(seen, off)
    verdict = compute.verdicts(image, dataset, classes)[norm.name]
    ideals, of_pixels = compute.costs_of_nearest(image, dataset, verdict)
    top = float(of_pixels.max())
    distances = dict(zip(verdict.classes, verdict.distances, strict=True))
    maps(
        "maps",
        [
            Group(
                [
                    Map("the digit", scaled(seen), "The digit"),
                    Map(f"ideal {digit}", ideal, f"Ideal {digit}", sign="−"),
                    Map(norm.cost, cost, _alternative(digit, cost), norm.name, top, sign="→"),
                ],
                title=f"{place}: ideal {digit}",
                norm=norm.name,
                sum=f"{norm.formula} =",
                value=f"{distances[digit]:.4f}",
            )
            for place, digit, ideal, cost in zip(
                ("Nearest", "Runner-up"), (verdict.nearest, verdict.runner_up), ideals, of_pixels, strict=True
            )
        ],
        scales=[Scale(norm.name, "0", f"{top:.2f}", f"{norm.cost} of one pixel, both maps on one scale")],
    )
    with st.expander(f"The code that computed {norm.name}"):
        st.code(inspect.getsource(norm.distance))


def _alternative(digit: int, cost: Tensor) -> str:
    row, column = divmod(int(cost.argmax()), cost.shape[1])
    return f"What each pixel costs against ideal {digit}: most at row {row}, column {column}"
