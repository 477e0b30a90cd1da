"""A real server and a real browser. A missing browser fails the suite; it does not skip it."""

import pytest
from playwright.sync_api import expect

from tests.serving import chromium, serving

expect.set_options(timeout=20_000)  # for a busy machine; each passes as soon as it can
WIDE = {"width": 1366, "height": 900}
LOUD = ("error", "warning")
PROBE = (
    "/_stcore/"  # on a page of its own address Streamlit first asks below that, gets a 404, and asks again
)
ONE_BREATH = "Multiple different fragmentIds"  # two things in one instant: components.overlooked heals it


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The app's address; its log must stay free of tracebacks."""
    log = tmp_path_factory.mktemp("server") / "log"
    with serving(log) as server:
        yield server.url
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture(scope="session")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def visit(server, browser):
    """Opens pages of the app; at the end, none may have logged an error or asked another host."""
    contexts, complaints = [], []

    def open_page(path="/", viewport=WIDE, expected=None, **options):
        def complain(text):
            if ONE_BREATH not in text and (expected is None or expected not in text):
                complaints.append(text)

        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on(
            "console",
            lambda m: None if m.type not in LOUD or PROBE in m.location["url"] else complain(m.text),
        )
        page.on("pageerror", lambda error: complain(str(error)))
        page.on("request", lambda r: None if at_home(r.url) else complain(f"asked {r.url}"))
        page.goto(server + path)
        page.get_by_role("heading", level=1).wait_for()
        return page

    def at_home(url):
        return url.startswith((server, server.replace("http", "ws"), "data:", "blob:"))

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
