"""The data set as folders of files, and why there are two of each digit."""

from html import escape

import streamlit as st

from mnist_dash import chapter
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.set_in_use import folder

LAYOUT = """<style>
.folders { border-collapse: collapse; font-variant-numeric: tabular-nums; line-height: 1.2; }
.folders :is(th, td) { padding: .22rem .9rem; border: 0; text-align: right; font-weight: 400; }
.folders th { font-family: var(--st-code-font, monospace); font-size: .9em; opacity: .75; padding-right: 0; }
.folders .chosen :is(th, td) { font-weight: 700; opacity: 1; background: light-dark(#f0f1f3, #262b35); }
</style>"""


@exhibit
def folders(digit: int) -> None:
    """How many files each folder holds, the digit's emphasised, and the first names of one of them."""
    st.header("The folders", anchor=False)
    st.markdown(
        "In the book the digits are files in folders: one for each digit under `train`, one under `valid`. "
        "The ideals are made from `train` **only**; `valid` is kept apart to judge them, because a "
        "model that remembers its own images looks better on these than it is."
    )
    counts = run("counts", "How many files each folder holds.", chapter.counts, {})
    given = {"folder": folder("train", digit)}
    names = run("names", "The files of one folder, as the book lists them.", chapter.folder_listing, given)
    table, words = st.columns([1, 2], gap="medium")
    table.html(LAYOUT + _table(counts.value, given["folder"].partition("/")[2]))
    with words:
        st.markdown(f"The book prints `(path/'train'/'{digit}').ls().sorted()`:")
        st.code(names.value, language=None, wrap_lines=True)
        st.caption(
            "That is an `L`, fastai's list: how many things it holds, then the first of them. This app makes "
            "the files from MNIST's own four; each is named by its place there."
        )
        show_code(counts, names, line="files = ")


def _table(counts: dict[str, int], chosen: str) -> str:
    parts = list(dict.fromkeys(folder.partition("/")[0] for folder in counts))
    classes = list(dict.fromkeys(folder.partition("/")[2] for folder in counts))
    rows = "".join(
        f'<tr class="{"chosen" if name == chosen else ""}">'
        + "".join(
            f"<th>{part}/{escape(name)}</th><td>{counts.get(f'{part}/{name}', 0):,}</td>" for part in parts
        )
        + "</tr>"
        for name in classes
    )
    return f'<table class="folders" aria-label="Files in each folder"><tbody>{rows}</tbody></table>'
