"""The navigation: the page that is asked for, and the links that lead to the others."""

from copy import copy
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from mnist_dash.pages.shared import hearing
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import download, has_lines
from mnist_dash.pages.shared.contents import CONTENTS, PAGES, Page
from mnist_dash.pages.shared.glossary import explained

FOLDER = Path(__file__).parent.parent


@cache
def scripts() -> dict[str, StreamlitPage]:
    """By name, what Streamlit knows of each page. Made once for all: each is looked for on the disk."""
    return {
        page.name: st.Page(
            FOLDER / page.name / "page.py", title=page.title, url_path=page.name, default=page.name == "draw"
        )
        for page in PAGES.values()
    }


def asked() -> tuple[Page, StreamlitPage]:
    """The page that is asked for, and its script, to be run once."""
    script = st.navigation(list(scripts().values()), position="hidden")
    page = next(PAGES[name] for name, each in scripts().items() if each is script)
    return page, copy(script)  # it notes that it has run, and others run it too


def lead(name: str) -> None:
    """To another page: the run ends here. But a reader who has gone elsewhere meanwhile stays there."""
    script = scripts()[name]
    if hearing.go_to(script._script_hash):
        st.switch_page(script, query_params=choices().told)


def link(page: Page, label: str) -> None:
    """To a page, with all choices: one step for Back."""
    st.page_link(scripts()[page.name], label=label, query_params=choices().told)


def links(here: str) -> None:
    """The groups, and the pages of this one."""
    with st.container(key="groups", horizontal=True, gap="small"):
        for group, pages in CONTENTS.items():
            link(pages[0], f"**{group}**" if PAGES[here] in pages else group)
    with st.container(key="contents", horizontal=True, gap="small"):
        for page in next(pages for pages in CONTENTS.values() if PAGES[here] in pages):
            title = f"{page.number} {page.title}"
            link(page, f"**{title}**" if page.name == here else title)


def onward(here: str) -> None:
    """What the page has answered, and the question that follows; beside it, the page as a notebook."""
    page = PAGES[here].of_set
    if not (page.answer or has_lines()):
        return
    with st.container(key="onward"):
        if page.answer:
            answer = explained(f"**In one sentence:** {page.answer}", again=False)
            st.markdown(answer, unsafe_allow_html=True)
        with st.container(horizontal=True):
            if page.answer:
                following = next(each for each in PAGES.values() if each.number == page.number + 1)
                link(following, f"Next: **{following.of_set.question}**\N{NO-BREAK SPACE}→")
            download(page.title)
