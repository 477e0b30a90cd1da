"""The frame around every page: page set-up, navigation, title. ``streamlit_app.py`` serves it."""

from pathlib import Path

import streamlit as st

from mnist_dash.components.watch import watch
from mnist_dash.pages.shared import hearing
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import begin, download
from mnist_dash.pages.shared.contents import CONTENTS, NUMBERS, PAGES, Page
from mnist_dash.pages.shared.exhibit import exhibit

SCRIPTS = {
    page.name: st.Page(
        f"pages/{page.name}/page.py", title=page.title, url_path=page.name, default=page.name == "draw"
    )
    for page in PAGES.values()
}


def run() -> None:
    """The page that is asked for."""
    st.set_page_config(page_title="The ideal digit", page_icon="✏️", layout="wide")
    st.html(Path(__file__).parent / "frame.css")
    watch()
    hearing.listen()
    script = st.navigation(list(SCRIPTS.values()), position="hidden")
    page = next(PAGES[name] for name, each in SCRIPTS.items() if each == script)
    chosen = choices()
    chosen.begin(page.name)
    if (going := chosen.went()) and going != page.name:
        hearing.go_to(SCRIPTS[going]._script_hash)
        st.switch_page(SCRIPTS[going], query_params=chosen.address())
    while chosen.refused:
        if why := chosen.refused.pop():
            st.toast(why)
    contents(page.name)
    st.title(page.question, anchor=False)
    begin(page.name)
    exhibit(script.run)()
    download(page.title)


def contents(here: str) -> None:
    """The groups, and the pages of this one. Links carry the choices: one step for Back."""
    address = choices().address()

    def link(page: Page, label: str, *, bold: bool) -> None:
        st.page_link(SCRIPTS[page.name], label=f"**{label}**" if bold else label, query_params=address)

    with st.container(key="groups", horizontal=True, gap="small"):
        for group, pages in CONTENTS.items():
            link(pages[0], group, bold=PAGES[here] in pages)
    with st.container(key="contents", horizontal=True, gap="small"):
        for page in next(pages for pages in CONTENTS.values() if PAGES[here] in pages):
            link(page, f"{NUMBERS[page.name]} {page.title}", bold=page.name == here)


run()
