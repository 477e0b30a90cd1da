"""The front door: serves ``frame.py``, and warms up meanwhile. Run it: ``streamlit run streamlit_app.py``."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pkgutil import iter_modules
from threading import Thread

import streamlit as st
from streamlit.cli_util import open_browser
from streamlit.web.server.server_util import get_url


def warm_up() -> None:
    """Import what the pages need and read the data, before somebody asks for it."""
    with suppress(Exception):  # the page that needs it says what is wrong
        from mnist_dash import compute, exhibits, settings

        mnist = compute.mnist()
        compute.ideals(mnist, settings.BOOK)
        for exhibit in iter_modules(exhibits.__path__, f"{exhibits.__name__}."):
            import_module(exhibit.name)
        compute.ideals(mnist, mnist.classes)
    gc.freeze()  # or a full collection walks through all of this: 160 ms in which no session is answered


@asynccontextmanager
async def warming_up(app: st.App) -> AsyncIterator[None]:
    """From the server's start to its end."""
    Thread(target=warm_up, daemon=True).start()
    if not st.get_option("server.headless"):  # Streamlit itself opens it for a plain script only
        open_browser(get_url(st.get_option("browser.serverAddress")))
    yield


app = st.App("frame.py", lifespan=warming_up)
