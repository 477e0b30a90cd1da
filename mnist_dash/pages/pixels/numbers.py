"""A picture is numbers: the image, its heat map, and any slice of it as a table, an array and a tensor."""

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components import tables
from mnist_dash.components.pixel_table import pixel_table
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.picker import Picked
from mnist_dash.pages.shared.set_in_use import mnist_in_use, shape
from mnist_dash.pages.shared.words import plain, times

SLICES = {  # of the book
    "[4:10, 4:10]": ((4, 10), (4, 10)),
    "[4:15, 4:22]": ((4, 15), (4, 22)),
}
SHADES = {"value": "0 to 255", "column": "By column, as in the book"}


@exhibit
def numbers(picked: Picked) -> None:
    """The controls of the slice, the linked pictures, and the slice in both libraries."""
    chosen = choices()
    place = st.container(key="led by slice")
    with place:
        _controls()
    rows, columns = chosen["rows"], chosen["columns"]
    shown = f"[{rows[0]}:{rows[1]}, {columns[0]}:{columns[1]}]"
    given = picked.given | {"top": rows[0], "bottom": rows[1], "left": columns[0], "right": columns[1]}
    opened = run("open", "A picture has a type, a mode and a size.", chapter.picture_facts, given)
    image = run("image", "As a tensor it is numbers: 0 is paper, 255 is ink.", chapter.image, given)
    lines = chapter.table if chosen["shades"] == "column" else chapter.table_on_one_scale
    table = run("table", "A slice of it as a table, the ink in greys.", lines, given)
    with place:
        chosen.mount(
            pixel_table,
            "pixel_table",
            image=image.value,
            table=table.value,
            rows=rows,
            columns=columns,
            label=picked.words,
            on_slice=lambda rows, columns: {"rows": rows, "columns": columns},
        )
    kind, mode, (width, height) = opened.value
    stores, one = ("MNIST stores", "a digit") if mnist_in_use() else ("This set stores", "an image")
    st.markdown(
        explained(
            f"{picked.words[0].upper()}{plain(picked.words[1:])}. Opened, it is {_a(kind.__name__)} of mode "
            f"`{mode}` (one channel of grey) and size `({width}, {height})`, width first. {height} rows × "
            f"{width} columns = **{height * width:,} pixels**, each a whole number from 0 to 255, a "
            f"[[uint8]]. {stores} **ink as 255**, but mode `L` takes 255 for white: opened as it is, "
            f"{one} is white on black. We draw ink dark, as the book does."
        ),
        unsafe_allow_html=True,
    )
    as_array = run("array", "The slice as a NumPy array.", chapter.array_slice, given)
    as_tensor = run("tensor", "The same slice as a PyTorch tensor.", chapter.tensor_slice, given)
    facts = {
        "NumPy": run("array facts", "What the array is.", chapter.array_facts, given),
        "PyTorch": run("tensor facts", "What the tensor is.", chapter.tensor_facts, given),
    }
    for column, library, slice_ in zip(st.columns(2), facts, (as_array, as_tensor), strict=True):
        with column:
            line = {"NumPy": "array(picture)", "PyTorch": "tensor(array(picture))"}[library]
            st.markdown(f"**{library}** `{line}{shown}`")
            st.code(repr(slice_.value), language=None, height=190)
            st.markdown(tables.facts(*facts[library].value))
    with st.container(horizontal=True):
        csv = tables.slice_as_csv(as_array.value, rows, columns)
        st.download_button("Numbers as CSV", csv, "pixels.csv", "text/csv", on_click="ignore")
    st.caption(
        "The table numbers its rows and columns from 0, as in the book; its greys are those of pandas' "
        "`background_gradient('Greys')`. The book's `tensor` is fastai's and accepts a picture; PyTorch's "
        "own needs `array` first."
    )
    show_code(opened, image, table, as_array, as_tensor, *facts.values(), line="tensor(array(picture))[")


def _controls() -> None:
    chosen, (height, width) = choices(), shape()
    slices = {label: each for label, each in SLICES.items() if each[0][1] <= height and each[1][1] <= width}
    slices[f"All {times(shape())}"] = (0, height), (0, width)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        for name, label, length in (
            ("rows", "Rows (end excluded)", height),
            ("columns", "Columns (end excluded)", width),
        ):
            st.slider(label, 0, length, width=230, **chosen.control(name, "value"))
        with st.container(horizontal=True, gap="small", width="content"):
            for label, (rows, columns) in slices.items():
                chosen.button(label, {"rows": rows, "columns": columns})
        st.segmented_control(
            "Shades",
            list(SHADES),
            format_func=SHADES.get,
            required=True,
            width="content",
            **chosen.control("shades"),
        )


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'AEIOU' else 'a'} `{name}`"
