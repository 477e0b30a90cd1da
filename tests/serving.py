"""The app as a user starts it, and the browser that visits it: for the browser tests and the benchmarks."""

import asyncio
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlparse

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",  # a camera that shows a test picture
    "--use-fake-ui-for-media-stream",
    "--process-per-site",  # what Streamlit's front end is, a process compiles once, not for every page
]
SILENCE = 300  # ms without a message, after which nothing more is on its way
# What goes over the page's WebSockets is counted, and what arrives is heard so many milliseconds late.
LINE = """
const line = (window.line = { sent: 0, arrived: 0, waiting: 0, last: performance.now() });
const { addEventListener: listen, send } = WebSocket.prototype;
WebSocket.prototype.send = function (...what) {
  line.sent = line.last = performance.now();
  return send.apply(this, what);
};
WebSocket.prototype.addEventListener = function (type, heard, ...options) {
  const hear = (event) => {
    line.waiting--;
    line.last = performance.now();
    return heard.call(this, event);
  };
  const arrives = (event) => {
    line.waiting++;
    line.arrived = line.last = performance.now();
    return DELAY ? setTimeout(hear, DELAY, event) : hear(event);
  };
  if (type === "message") line.say = (bytes) => heard.call(this, { data: new Uint8Array(bytes).buffer });
  return listen.call(this, type, type === "message" ? arrives : heard, ...options);
};
"""
SETTLED = """(silence) => line.arrived > line.sent && !line.waiting && performance.now() - line.last > silence
  && document.querySelector(".stApp")?.dataset.testScriptState === "notRunning"
"""
# Another address, as by Back: the choices are those that it says, and nothing is loaded.
ELSEWHERE = """(address) => {
  sessionStorage.clear();
  localStorage.clear();
  document.activeElement?.blur();
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
  document.querySelector("[data-testid=stMain]").scrollTo(0, 0);
}"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """url; process id; started: time.perf_counter() just before the process was; log: what it prints."""

    url: str
    pid: int
    started: float
    log: Path


@contextmanager
def serving(
    log: Path, script: Path = ROOT / "streamlit_app.py", port: int | None = None, **settings: str
) -> Iterator[Server]:
    """``streamlit run`` until the block ends, on a free port. settings: STREAMLIT_... variables."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    options = ["--server.headless", "true", "--server.port", str(port)]
    started = time.perf_counter()
    with log.open("w") as output:
        process = subprocess.Popen(
            command + options, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, env=os.environ | settings
        )
    url = f"http://localhost:{port}"
    try:
        wait_until_healthy(url, process, log)
        yield Server(url, process.pid, started, log)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_healthy(url: str, process: subprocess.Popen, log: Path) -> None:
    for _ in range(600):
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(f"{url}/_stcore/health").close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"the server did not start: {log.read_text()}")


@contextmanager
def chromium() -> Iterator[Browser]:
    assert os.path.exists(CHROMIUM), f"{CHROMIUM} is missing: scripts/test installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Tabs:
    """Pages of one browser as cheap as a new tab: each has a drawing and a history of its own, no more.

    Those that ask for the same options (viewport, colour scheme ...) share cookies and storage, which
    ``close`` empties, and one process of the browser. To load the app takes a second of work, so a page may
    be left to who comes next.
    """

    def __init__(self, browser: Browser, url: str):
        self.browser, self.url = browser, url
        self.contexts: dict[str, BrowserContext] = {}
        self.pages: list[Page] = []
        self.left: list[tuple[int, dict[str, Any], Page]] = []

    def open(self, late: int = 0, **options: Any) -> Page:
        """A page, still blank. late: milliseconds that every message of the server is on its way."""
        name = repr(sorted(options.items()))
        if name not in self.contexts:
            self.contexts[name] = self.browser.new_context(**options)
            self.contexts[name].new_page().goto(f"{self.url}/_stcore/health")  # keeps the process
        page = self.contexts[name].new_page()
        self.pages.append(page)
        page.add_init_script(LINE.replace("DELAY", str(late)))
        return page

    def take(self, late: int = 0, **options: Any) -> Page:
        """A page that was left, or a blank one. ``lead`` takes both where they should be."""
        for one in self.left:
            if one[:2] == (late, options):
                self.left.remove(one)
                self.pages.append(one[2])
                one[2].bring_to_front()  # behind another page it would draw a frame in three seconds
                return one[2]
        return self.open(late, **options)

    def leave(self, page: Page, late: int = 0, **options: Any) -> None:
        """To who asks for the same; one is enough."""
        if not any(one[:2] == (late, options) for one in self.left):
            self.pages.remove(page)
            self.left.append((late, options, page))

    def close(self) -> None:
        """Closes all pages that were not left; the next find a browser where nobody has been."""
        for page in self.pages:
            page.close()
        for context in {page.context for page in self.pages}:
            context.clear_cookies()
            context.pages[0].evaluate("localStorage.clear()")
        self.pages.clear()


def lead(page: Page, url: str) -> None:
    """To an address of the app. What is loaded already comes there as by Back, and by way of another page so
    that components are made anew: only that stays which no address holds, and the pad's tool and brush.
    """
    if page.url == "about:blank":
        page.goto(url)
        return
    page.mouse.up()
    if urlparse(page.url).path == urlparse(url).path:
        page.evaluate(ELSEWHERE, urljoin(url, "/data" if url.endswith("/photos") else "/photos"))
        settled(page, silence=0)
    page.evaluate(ELSEWHERE, url)
    settled(page, silence=100)


def settled(page: Page, timeout: float = 60_000, silence: float = SILENCE) -> Page:
    """Waits until all that was asked is answered and nothing moves: no run, no message on its way."""
    page.wait_for_function(SETTLED, arg=silence, timeout=timeout, polling=50)
    return page


def until(page: Page, ask: Callable[[], Any], answer: Any, seconds: float = 60) -> None:
    """Waits until what is asked again and again has this answer. For what no locator can be asked."""
    end = time.monotonic() + seconds
    while (found := ask()) != answer:
        assert time.monotonic() < end, f"{found} instead of {answer} at {page.url}"
        page.wait_for_timeout(50)


def awaited(coroutine: Coroutine) -> Any:
    """Its outcome, from a test whose thread may have a browser, and so a loop that is running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def fits(page: Page) -> None:
    """Wait until nothing is wider than the screen: a component is laid out once its style has come."""
    page.wait_for_function(
        "() => { const main = document.querySelector('[data-testid=stMain]');"
        " return main.scrollWidth <= main.clientWidth; }"
    )


def box_at_rest(locator: Locator) -> dict[str, float]:
    """Where this is, once it is seen and has stayed there for ten frames: what loads may still move it."""
    locator.wait_for()
    locator.evaluate(
        """async (element) => {
          await document.fonts.ready;
          for (let last = "", calm = 0; calm < 10; ) {
            await new Promise(requestAnimationFrame);
            const now = JSON.stringify(element.getBoundingClientRect());
            calm = now === last ? calm + 1 : 0;
            last = now;
          }
        }"""
    )
    return locator.bounding_box()


def focus(locator: Locator) -> None:
    """As a reader can, who sees it: a component is hidden until its style has come, and takes no focus."""
    expect(locator).to_be_visible()
    locator.focus()


def drag(page: Page, name: str | re.Pattern, share: float) -> None:
    """Move the slider, without letting go."""
    handle = page.get_by_role("slider", name=name)
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * share, middle, steps=8)
