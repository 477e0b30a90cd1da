"""The frame around every page: page set-up, navigation, title. ``streamlit_app.py`` serves it."""

from pathlib import Path

import streamlit as st

st.set_page_config(page_title="The ideal digit", page_icon="✏️", layout="wide")
st.html(Path(__file__).parent / "frame.css")

from mnist_dash.components.watch import watch  # noqa: E402
from mnist_dash.pages.shared import hearing  # noqa: E402
from mnist_dash.pages.shared.choices import choices  # noqa: E402
from mnist_dash.pages.shared.code import begin, download  # noqa: E402  (they bring PyTorch)
from mnist_dash.pages.shared.contents import CONTENTS, NUMBERS, PAGES  # noqa: E402
from mnist_dash.pages.shared.exhibit import exhibit  # noqa: E402

SCRIPTS = {
    page.name: st.Page(
        f"pages/{page.name}/page.py", title=page.title, url_path=page.name, default=page.name == "draw"
    )
    for page in PAGES.values()
    if (Path(__file__).parent / f"pages/{page.name}/page.py").exists()
}


def run() -> None:
    """The page that is asked for."""
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
    watch()


def contents(here: str) -> None:
    """The groups, and the pages of this one. Links carry the choices: one step for Back."""
    address = choices().address()
    with st.container(key="groups", horizontal=True, gap="small"):
        for group, pages in CONTENTS.items():
            pages = [page for page in pages if page.name in SCRIPTS]
            if not pages:
                continue
            among = here in (page.name for page in pages)
            st.page_link(
                SCRIPTS[pages[0].name], label=f"**{group}**" if among else group, query_params=address
            )
    with st.container(key="contents", horizontal=True, gap="small"):
        for page in next(pages for pages in CONTENTS.values() if PAGES[here] in pages):
            if page.name not in SCRIPTS:
                continue
            label = f"{NUMBERS[page.name]} {page.title}"
            st.page_link(
                SCRIPTS[page.name], label=f"**{label}**" if page.name == here else label, query_params=address
            )


run()
