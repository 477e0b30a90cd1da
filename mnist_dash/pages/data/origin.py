"""Where the data set comes from: the note that lies beside its files."""

import streamlit as st

from mnist_dash.core.datasets import MNIST_FOLDER
from mnist_dash.pages.shared.exhibit import exhibit


@exhibit
def origin() -> None:
    """Source, licence, files and their checksums."""
    title, _, note = (MNIST_FOLDER / "README.md").read_text(encoding="utf-8").partition("\n\n")
    st.header(title.removeprefix("# "), anchor=False)
    st.markdown(note)
