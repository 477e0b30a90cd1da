"""The front door: serves ``mnist_dash/frame.py`` and warms up. Run: ``streamlit run streamlit_app.py``."""

import ctypes
import gc
import platform
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from threading import Thread
from time import monotonic, sleep

import streamlit as st
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route
from streamlit.cli_util import open_browser
from streamlit.file_util import get_static_dir
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web.server.server_util import get_url

MOVED = {"/ideals": "/ideal", "/draw": "/"}  # other addresses of pages
FRAME = Path(__file__).parent / "mnist_dash"
TIDY_EVERY = 5  # seconds
# Of glibc's mallopt. Each run of a page is a thread, which would get a heap of its own. What is large gets
# pages of its own, which go back when it is freed. Left alone, glibc soon cuts it out of the heaps, and what
# is small and stays keeps the gaps there: 200 MB after ten photos.
M_ARENA_MAX, ARENAS = -8, 2
M_MMAP_THRESHOLD, LARGE = -3, 2**20  # bytes


def warm_up() -> None:
    """Import what the pages need and read the data, before somebody asks for it."""
    with suppress(Exception):  # the page that needs it says what is wrong
        from mnist_dash import compute, pages
        from mnist_dash.pages.shared import hearing, settings

        hearing.listen()  # now: a page of a server that ended may speak before any page has run here
        mnist = compute.mnist()
        compute.ideals(mnist, settings.BOOK)
        for module in walk_packages(pages.__path__, f"{pages.__name__}."):
            if not module.name.endswith(".page"):  # Streamlit runs these
                import_module(module.name)
        compute.ideals(mnist, mnist.labels)
    gc.freeze()  # or a full collection walks through all of this: 160 ms in which no session is answered


def keep_tidy() -> None:
    """Give freed memory back, again and again: after large tensors glibc keeps hundreds of megabytes."""
    c_library = ctypes.CDLL(None)
    c_library.mallopt(M_ARENA_MAX, ARENAS)
    c_library.mallopt(M_MMAP_THRESHOLD, LARGE)
    while True:
        sleep(TIDY_EVERY)
        c_library.malloc_trim(0)


def see_off() -> None:
    """Free the sets of readers who have left, again and again."""
    while True:
        sleep(TIDY_EVERY)
        from mnist_dash.pages.shared.set_in_use import forget_ended  # not before the first page is served

        forget_ended(monotonic())


@asynccontextmanager
async def warming_up(app: st.App) -> AsyncIterator[None]:
    """From the server's start to its end."""
    tidy = (keep_tidy,) if platform.libc_ver()[0] == "glibc" else ()
    for work in (*tidy, warm_up, see_off):
        Thread(target=work, daemon=True).start()
    if not st.get_option("server.headless"):  # Streamlit itself opens it for a plain script only
        open_browser(get_url(st.get_option("browser.serverAddress")))
    yield


class PageName(StringConvertor):
    """Of the first page nothing, of another its name: no file and no folder."""

    regex = "[^./]*"


async def front_end(request: Request) -> HTMLResponse:
    """Streamlit's page, with what no run needs to send again: our style, and what watches over it.

    It is told where its server is. Else it asks below a page's own address first, gets two errors, waits, and
    asks again. It must not be answered there, for it would then take the page for the whole app.
    """
    html, style, watch = (
        path.read_text(encoding="utf-8")
        for path in (Path(get_static_dir(), "index.html"), FRAME / "frame.css", FRAME / "watch.js")
    )
    told = "<script>window.__streamlit = {BACKEND_BASE_URL: new URL('.', location.href).href}</script>"
    begin = "setInterval(look, EVERY); for (const at of ['dragover', 'drop']) addEventListener(at, refuse);"
    ours = f"<style>{style}</style><script type=module>{watch}{begin}</script>"
    html = (
        html.replace("<html", "<html data-arriving", 1)
        .replace("<head>", f"<head>{told}", 1)
        .replace("</body>", f"{ours}</body>")
    )
    return HTMLResponse(html, headers={"Cache-Control": "no-cache"})


async def moved(request: Request) -> RedirectResponse:
    """From a page's earlier address to the one that it has now, with all that was chosen."""
    return RedirectResponse(request.url.replace(path=MOVED[request.url.path]), status_code=308)


register_url_convertor("page_name", PageName())
PagesManager.uses_pages_directory = False  # or the first visitor's page is looked for in frame.py's "pages"
pages = [*(Route(old, moved) for old in MOVED), Route("/{page:page_name}", front_end)]
app = st.App("mnist_dash/frame.py", lifespan=warming_up, routes=pages)
