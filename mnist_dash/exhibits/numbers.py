"""A picture is numbers: the image, its heat map, and any slice of it as array, tensor and table."""

import streamlit as st

from mnist_dash import chapter, settings
from mnist_dash.datasets import Dataset
from mnist_dash.exhibits.code import run
from mnist_dash.exhibits.picker import Picked, pick_image
from mnist_dash.pixel_table import pixel_table

session = st.session_state
SLICES = {
    "[4:10, 4:10]": ((4, 10), (4, 10)),
    "[4:15, 4:22]": ((4, 15), (4, 22)),
    "All 28 × 28": ((0, 28), (0, 28)),
}


def numbers(dataset: Dataset) -> Picked | None:
    """The controls, the linked pictures, and the slice in both libraries. Returns the image picked."""
    picked = pick_image(dataset)
    if picked is None:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.slider("Rows, the end excluded", 0, 28, key="rows", width=230)
        st.slider("Columns, the end excluded", 0, 28, key="columns", width=230)
        for label, (rows, columns) in SLICES.items():
            st.button(label, on_click=_cut, args=(rows, columns))
        st.segmented_control(
            "Shades",
            ["column", "value"],
            key="shades",
            format_func={"column": "By column, as in the book", "value": "0 to 255"}.get,
            required=True,
        )
    rows, columns = _at_least_one("rows"), _at_least_one("columns")
    given = picked.given | {"top": rows[0], "bottom": rows[1], "left": columns[0], "right": columns[1]}
    image = run("image", "The picture as a tensor.", chapter.image, given)
    by_column = settings.kept("shades") == "column"
    table = run(
        "table",
        "A slice of it as a table, the ink in greys.",
        chapter.table if by_column else chapter.table_on_one_scale,
        given,
    )
    pixel_table(
        "pixel_table",
        image=image.value,
        table=table.value,
        rows=rows,
        columns=columns,
        label=picked.words,
        on_slice=_cut,
    )
    return picked


def _cut(rows: tuple[int, int], columns: tuple[int, int]) -> None:
    session["rows"], session["columns"] = rows, columns


def _at_least_one(name: str) -> tuple[int, int]:
    """A slice's ends; an empty one gets one row or column, so that there is something to see."""
    low, high = session[name]
    if low == high:
        low = min(low, 27)
        session[name] = (low, low + 1)
    return settings.kept(name)
