"""Where the set in use comes from: MNIST's note lies beside its files, another set says it itself."""

import streamlit as st

from mnist_dash.core.datasets import MNIST_FOLDER
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.set_in_use import desk
from mnist_dash.pages.shared.words import plain


@exhibit
def origin() -> None:
    """Source, licence, files and their checksums."""
    if own := desk().own:
        st.markdown(f"{plain(own.data.source)} Its licence is that of whoever made it.")
        return
    title, _, note = (MNIST_FOLDER / "README.md").read_text(encoding="utf-8").partition("\n\n")
    st.header(title.removeprefix("# "), anchor=False)
    st.markdown(note)
