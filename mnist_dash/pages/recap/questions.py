"""The half chapter in one list: what each page asks."""

import streamlit as st

from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.contents import CONTENTS, NUMBERS
from mnist_dash.pages.shared.exhibit import exhibit


@exhibit
def questions() -> None:
    """The questions, each a link to its page that carries the choices."""
    chosen = choices()
    st.markdown("The half chapter in its questions, one a page. Each link takes along what you chose.")
    for page in CONTENTS["Learn"]:
        if page.name != chosen.page:
            st.page_link(
                f"pages/{page.name}/page.py",
                label=f"{NUMBERS[page.name]} {page.title}: **{page.question}**",
                query_params=chosen.address(),
            )
