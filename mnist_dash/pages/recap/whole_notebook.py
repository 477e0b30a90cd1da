"""Everything that ran in this visit, on all pages, as one notebook."""

import streamlit as st

from mnist_dash.pages.shared.code import cells_of_visit, download_button
from mnist_dash.pages.shared.contents import PAGES
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.set_in_use import mnist_in_use


@exhibit
def whole_notebook() -> None:
    """What has run, page by page, and the button."""
    st.header("Everything that ran", anchor=False)
    cells = cells_of_visit()
    if not cells:
        st.markdown("Nothing has run in this visit yet. Open a page, and you will find its code here.")
        return
    ran = ", ".join(f"{PAGES[name].title} ({len(of_page)})" for name, of_page in cells.items())
    st.markdown(
        "The code of every page that you opened in this visit, in the order of the lesson, with the values "
        f"you chose last. How many listings each page has: {ran}."
    )
    download_button(
        "Download all as one notebook",
        "The ideal digit",
        [cell for of_page in cells.values() for cell in of_page],
        "mnist-dash.ipynb" if mnist_in_use() else "half-chapter.ipynb",
    )
