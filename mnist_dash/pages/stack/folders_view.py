"""The data set as folders of files, and why there are two of each digit."""

from html import escape

import streamlit as st

from mnist_dash import chapter
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.names import are_digits, kind
from mnist_dash.pages.shared.set_in_use import folder, mnist_in_use
from mnist_dash.pages.shared.words import as_code

MANY = 12  # classes, from which on their table scrolls
LAYOUT = """<style>
.files { container-type: inline-size; }
.scrolls { max-height: 19rem; overflow-y: auto; border-block: 1px solid light-dark(#c9ccd2, #4a4f5a); }
.folders { border-collapse: collapse; font-variant-numeric: tabular-nums; line-height: 1.2; }
.folders :is(th, td) { padding: .22rem .9rem; border: 0; text-align: right; font-weight: 400; }
.folders th { font-family: var(--st-code-font, monospace); font-size: .9em; opacity: .75; padding-right: 0;
  max-width: min(11rem, 50cqw - 4.7rem); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.folders .chosen :is(th, td) { font-weight: 700; opacity: 1; background: light-dark(#f0f1f3, #262b35); }
</style>"""


@exhibit
def folders(digit: int) -> None:
    """How many files each folder holds, the digit's emphasised, and the first names of one of them."""
    st.header("The folders", anchor=False)
    kinds = "digits" if are_digits() else "images"
    st.markdown(
        f"In the book the {kinds} are files in folders: one for each {kind()} under `train`, one under "
        "`valid`. The ideals are made from `train` **only**; `valid` is kept apart to judge them, because a "
        "model that remembers its own images looks better on these than it is."
    )
    counts = run("counts", "How many files each folder holds.", chapter.counts, {})
    given = {"folder": folder("train", digit)}
    names = run("names", "The files of one folder, as the book lists them.", chapter.folder_listing, given)
    table, words = st.columns([1, 2], gap="medium")
    name = given["folder"].partition("/")[2]
    table.html(LAYOUT + _table(counts.value, name))
    with words:
        prints, files = (
            ("prints", "MNIST's own four") if mnist_in_use() else ("would print", "the set in use")
        )
        line = as_code(f"(path/'train'/{name!r}).ls().sorted()")
        st.markdown(f"The book {prints} {line}:")
        st.code(names.value, language=None, wrap_lines=True)
        st.caption(
            "That is an `L`, fastai's list: how many things it holds, then the first of them. This app makes "
            f"the files from {files}; each is named by its place there."
        )
        show_code(counts, names, line="files = ")


def _table(counts: dict[str, int], chosen: str) -> str:
    parts = list(dict.fromkeys(folder.partition("/")[0] for folder in counts))
    classes = list(dict.fromkeys(folder.partition("/")[2] for folder in counts))
    rows = "".join(
        f'<tr class="{"chosen" if name == chosen else ""}" title="{escape(name)}">'
        + "".join(
            f"<th>{part}/{escape(name)}</th><td>{counts.get(f'{part}/{name}', 0):,}</td>" for part in parts
        )
        + "</tr>"
        for name in classes
    )
    table = f'<table class="folders" aria-label="Files in each folder"><tbody>{rows}</tbody></table>'
    if len(classes) > MANY:
        table = f'<div class="scrolls" tabindex="0">{table}</div>'
    return f'<div class="files">{table}</div>'
