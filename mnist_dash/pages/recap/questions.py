"""The half chapter in one list: what each page asks."""

import streamlit as st

from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.contents import CONTENTS
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.navigation import link


@exhibit
def questions() -> None:
    """The questions, each a link to its page that carries the choices."""
    chosen = choices()
    st.markdown("Its questions, one a page. Each link takes along what you chose.")
    for page in CONTENTS["Learn"]:
        if page.name != chosen.page:
            link(page, f"{page.number} {page.title}: **{page.question}**")
