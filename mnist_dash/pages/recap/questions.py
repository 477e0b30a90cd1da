"""The half chapter in one list: what each page asks, and its answer."""

import streamlit as st

from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.contents import CONTENTS
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.navigation import link


@exhibit
def questions() -> None:
    """The questions, each a link to its page that carries the choices, beside the answers."""
    chosen = choices()
    with st.container(key="recap-questions"):
        for page in (each.of_set for each in CONTENTS["Learn"]):
            if page.name != chosen.page:
                asked, answer = st.columns([3, 7], gap="small")
                with asked:
                    link(page, f"{page.number} **{page.question}**")
                answer.markdown(explained(page.answer, again=False), unsafe_allow_html=True)
