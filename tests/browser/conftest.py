"""A real server and a real browser, one of each for a process. A missing browser fails the suite."""

import pytest
from playwright.sync_api import expect

from tests.serving import Tabs, chromium, serving

PATIENCE = 20_000  # ms, for a busy machine; each passes as soon as it can
expect.set_options(timeout=PATIENCE)
WIDE = {"width": 1366, "height": 900}
LOUD = ("error", "warning")
ONE_BREATH = "Multiple different fragmentIds"  # two things in one instant: hearing.py makes good for it


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The app as it is served to all tests of this process; its log must stay free of tracebacks."""
    with serving(tmp_path_factory.mktemp("server") / "log") as server:
        yield server
    assert tracebacks(server.log) == []


@pytest.fixture(scope="session")
def server(served):
    """The app's address."""
    return served.url


@pytest.fixture(scope="session")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def tabs(browser, server):
    return Tabs(browser, server)


@pytest.fixture
def visit(served, tabs):
    """Opens pages of the app. At the end none may show or have logged an error, or asked another host.

    late: milliseconds that the server's messages are on their way. expected: words of an error that should
    come. Everything else is an option of the browser's: viewport, color_scheme, has_touch ...
    """
    complaints, awaited, read = [], [], served.log.stat().st_size

    def complain(text):
        complaints.append(text)

    def open_page(path="/", late=0, expected=None, **options):
        awaited.extend([expected] if expected else [])
        page = tabs.open(late, **{"viewport": WIDE} | options)
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: complain(said.text) if said.type in LOUD else None)
        page.on("pageerror", lambda error: complain(str(error)))
        page.on("crash", lambda _: complain("the page crashed"))
        page.on("request", lambda asked: None if at_home(asked.url) else complain(f"asked {asked.url}"))
        page.goto(served.url + path)
        page.get_by_role("heading", level=1).wait_for()
        return page

    def at_home(url):
        return url.startswith((served.url, served.url.replace("http", "ws"), "data:", "blob:"))

    yield open_page
    for page in tabs.pages:
        complaints += [shown.inner_text() for shown in page.get_by_test_id("stException").all()]
    tabs.close()
    complaints += tracebacks(served.log, read)
    words = (ONE_BREATH, *awaited)
    assert [text for text in complaints if not any(word in text for word in words)] == []


@pytest.fixture
def far(visit):
    """Opens pages of a server whose messages arrive so many milliseconds late."""
    return lambda path, delay: visit(path, late=delay)


def tracebacks(log, start=0):
    """Those that the server has logged from this place on."""
    with log.open() as file:
        file.seek(start)
        return ["Traceback" + text for text in file.read().split("Traceback")[1:]]
