"""The frame around every page: page set-up, navigation, title. ``streamlit_app.py`` serves it."""

import streamlit as st

from mnist_dash.pages.shared import glossary, hearing, navigation
from mnist_dash.pages.shared.arriving import arriving
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import begin
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.guess import remember
from mnist_dash.pages.shared.ribbon import ribbon
from mnist_dash.pages.shared.set_in_use import desk


def run() -> None:
    """The page that is asked for."""
    st.set_page_config(page_title="The ideal digit", page_icon="✏️", layout="wide")
    hearing.listen()
    page, script = navigation.asked()
    chosen = choices()
    chosen.begin(page.name, desk().settle)
    if (going := chosen.went()) and going != page.name:
        navigation.lead(going)
    while chosen.news:
        if sentence := chosen.news.pop():
            st.toast(sentence)
    ribbon(page.name)
    navigation.links(page.name)
    told = page.of_set
    st.title(told.heading, anchor=False)
    glossary.begin()
    st.markdown(glossary.explained(told.lead), unsafe_allow_html=True)
    begin(page.name)
    arriving(page.name)
    remember()
    exhibit(script.run)()
    navigation.onward(page.name)


run()
