"""A real server and a real browser, one of each for a process. A missing browser fails the suite."""

import re

import pytest
from playwright.sync_api import expect

from benchmarks.visitor import visitor
from tests.serving import ROOT, Tabs, awaited, chromium, lead, serving

PATIENCE = 60_000  # ms, for a machine that does much else; each passes as soon as it can
READ = 600  # s
expect.set_options(timeout=PATIENCE)
WIDE = {"width": 1366, "height": 900}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}  # options of visit
LOUD = ("error", "warning")
ONE_BREATH = "Multiple different fragmentIds"  # two things in one instant: hearing.py makes good for it


async def come(url):
    """The first visit waits until PyTorch and MNIST are read. That is none of the tests' time."""
    async with visitor(url) as first:
        await first.join(patience=READ)


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The app as it is served to all tests of this process; its log must stay free of tracebacks."""
    with serving(tmp_path_factory.mktemp("server") / "log") as server:
        awaited(come(server.url))
        yield server
    assert tracebacks(server.log) == []


@pytest.fixture(scope="session")
def server(served):
    """The app's address."""
    return served.url


@pytest.fixture(scope="session")
def truthful(tmp_path_factory):
    """The address of an app that tells what it holds, and breaks when it is told to."""
    log = tmp_path_factory.mktemp("truthful") / "log"
    with serving(log, ROOT / "tests/truthful.py") as server:
        awaited(come(server.url))
        yield server.url
    errors = re.findall(r"\w*Error\b.*", log.read_text())
    assert [error for error in errors if "a test breaks" not in error] == []


@pytest.fixture(scope="session")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def tabs(browser, server):
    return Tabs(browser, server)


@pytest.fixture
def visit(request, served, tabs):
    """Opens pages of the app. At the end none may show or have logged an error, or asked another host.

    anew: a visit that begins here and ends with the test, for one that finds or leaves what no address holds,
    such as a guess, a picture or the tool of the pad; otherwise a page that another test has left may be led
    to the path. path: None for a page that is still blank. late: milliseconds that the server's messages are
    on their way. expected: words of errors that should come. Everything else is an option of the browser's:
    viewport, color_scheme, has_touch ...
    """
    complaints, awaited, read = [], [], served.log.stat().st_size
    lasting, heard, failed = [], [], request.session.testsfailed

    def complain(text):
        complaints.append(text)

    def listen(page, event, hear):
        page.on(event, hear)
        heard.append((page, event, hear))

    def open_page(path="/", anew=False, late=0, expected=(), **options):
        awaited.extend(expected)
        options = {"late": late, "viewport": WIDE} | options
        page = tabs.open(**options) if anew else tabs.take(**options)
        if not anew:
            lasting.append((page, options))
        page.set_default_timeout(PATIENCE)
        listen(page, "console", lambda said: complain(said.text) if said.type in LOUD else None)
        listen(page, "pageerror", lambda error: complain(str(error)))
        listen(page, "crash", lambda _: complain("the page crashed"))
        listen(page, "request", lambda asked: None if at_home(asked.url) else complain(f"asked {asked.url}"))
        if path is not None:
            lead(page, served.url + path)
            page.get_by_role("heading", level=1).wait_for()
        return page

    def at_home(url):
        return url.startswith((served.url, served.url.replace("http", "ws"), "data:", "blob:"))

    yield open_page
    for page in tabs.pages:
        complaints += [shown.inner_text() for shown in page.get_by_test_id("stException").all()]
    for page, event, hear in heard:
        page.remove_listener(event, hear)
    complaints += tracebacks(served.log, read)
    words = (ONE_BREATH, *awaited)
    complaints = [text for text in complaints if not any(word in text for word in words)]
    if not complaints and request.session.testsfailed == failed:
        for page, options in lasting:
            tabs.leave(page, **options)
    tabs.close()
    assert complaints == []


@pytest.fixture
def far(visit):
    """Opens pages of a server whose messages arrive so many milliseconds late."""
    return lambda path, delay, **options: visit(path, late=delay, **options)


def tracebacks(log, start=0):
    """Those that the server has logged from this place on."""
    with log.open() as file:
        file.seek(start)
        return ["Traceback" + text for text in file.read().split("Traceback")[1:]]
