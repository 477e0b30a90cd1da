"""Every control of every page in a real browser: how long its answer takes, and how much is sent for it.

    python -m benchmarks.controls [STEPS] [PAGE ...]

STEPS 0 moves the first control of each page, once; the whole benchmark takes four minutes. The columns:
"median", "worst": ms from the event (pointer, key, input) until the answer first shows in the DOM.
"send": ms of these until the browser had sent its message. "server": ms from then until the run had ended.
"last": ms until the page changed for the last time. "up", "down": KB over the WebSocket. "again": KB of
elements that had been sent before, byte for byte, to the same place. "ran": a fragment (f) or the page (P).
Left out are downloads, and whatever never asks the server, such as pointing at a pixel. Lines in brackets
don't count towards the summary: a change of page redraws everything, and some controls start work that takes
as long as it takes. The peer is Streamlit's own slider with one number, in a script (P) and in a fragment
(f): the least that any control can take. Prints a table, then one JSON line.
"""

import base64
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, TimeoutError
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.live import percentile
from benchmarks.registry import METRIC, PAGES, Control, follow, press
from mnist_dash.pages.shared.contents import CONTENTS
from tests.serving import chromium, serving

STEPS = 2
CALM, LONGEST = 100, 1_000  # ms before the next step: without a change, or at most
PEER = """
import streamlit as st

@st.fragment
def part():
    st.metric("Twice", 2 * st.slider("Part", 0, 99))

st.title("Streamlit")
st.metric("Twice", 2 * st.slider("Whole", 0, 99))
part()
"""
ALONE = [Control(name, press(name, "ArrowRight"), METRIC, since="keydown") for name in ("Whole", "Part")]
HEAD = ("median", "worst", "send", "server", "last", "up", "down", "again")
TRACE = """(() => {
  const trace = (window.trace = {});
  const roots = [document];
  const every = { childList: true, characterData: true, attributes: true, subtree: true };
  const clock = () => performance.now() - trace.from;
  const words = (found) => {
    const labels = [found, ...found.querySelectorAll("[aria-label]")].map((part) => part.ariaLabel);
    return found.textContent + labels;
  };
  const shown = () => {
    const found = roots.flatMap((root) => [...root.querySelectorAll(trace.answer)].map(words));
    return found.filter((text) => text.includes(trace.having)).join();
  };
  const observer = new MutationObserver((changes) => {
    if (trace.from == null) return;
    const seen = ({ type, target }) => type !== "attributes" || target.getRootNode() !== document;
    if (changes.some(seen)) trace.last = clock();
    if (trace.answered !== null || !trace.answer) return;
    const now = shown();
    if (now && now !== trace.before) trace.answered = trace.last = clock();
  });
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    roots.push(root);
    observer.observe(root, every);
    return root;
  };
  addEventListener("DOMContentLoaded", () => observer.observe(document.body, every));
  for (const kind of ["pointerdown", "pointerup", "keydown", "input", "change"]) {
    addEventListener(kind, ({ timeStamp }) => kind === trace.since && (trace.from ??= timeStamp), true);
  }
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) {
    if (trace.from != null) trace.sent ??= clock();
    send.call(this, data);
  };
  trace.heard = () => (trace.last = trace.answered = clock());
  trace.arm = (answer, having, since) => {
    Object.assign(trace, { answer, having, since, from: null, sent: null, answered: null, last: null });
    trace.before = answer && shown();
  };
  trace.ago = () => clock() - trace.last;
})();"""


@dataclass
class Line:
    """The WebSocket of a page: what came since ``begin``, and what was last sent to each place of the page.

    again: bytes of elements that were already there. ran: "f" for each run of a fragment, "P" for each of the
    page. asked, ended: when the first run was asked for and when it ended, in seconds.
    """

    places: dict[tuple[int, ...], bytes] = field(default_factory=dict)
    running: bool = False

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self.up = self.down = self.again = 0
        self.ran = ""
        self.asked = self.ended = None

    def sent(self, event: dict) -> None:
        self.up += len(_bytes(event))
        self.asked = self.asked or event["timestamp"]

    def received(self, event: dict) -> None:
        self.down += len(_bytes(event))
        message = ForwardMsg.FromString(_bytes(event))
        match message.WhichOneof("type"):
            case "new_session":
                self.ran += "f" if message.metadata.run.fragment_ids else "P"
                self.running = True
            case "script_finished":
                self.running = False
                self.ended = self.ended or event["timestamp"]
            case "delta":
                place, element = tuple(message.metadata.delta_path), message.delta.SerializeToString()
                self.again += len(element) if self.places.get(place) == element else 0
                self.places[place] = element


def _bytes(event: dict) -> bytes:
    return base64.b64decode(event["response"]["payloadData"])


@dataclass
class Step:
    """One move. Times in ms, sizes in bytes."""

    answered: float
    sent: float
    server: float
    last: float
    up: int
    down: int
    again: int
    ran: str


Rows = dict[Control, list[Step]]


class Visit:
    """A page of the app in the browser."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.page = browser.new_page(viewport={"width": 1366, "height": 900})
        self.page.set_default_timeout(60_000)  # a first visit may open thousands of files
        self.line = Line()
        cdp = self.page.context.new_cdp_session(self.page)
        cdp.send("Network.enable")
        cdp.on("Network.webSocketFrameSent", self.line.sent)
        cdp.on("Network.webSocketFrameReceived", self.line.received)
        self.page.add_init_script(TRACE)
        self.page.goto(url)
        self.page.get_by_role("heading", level=1).wait_for()
        self.calm(5_000)

    def calm(self, longest: int = LONGEST) -> None:
        """Wait until nothing runs and nothing changes any more."""
        for _ in range(longest // 50):
            self.page.wait_for_timeout(50)
            still = self.page.evaluate("trace.last === null || trace.ago() > " + str(CALM))
            if still and not self.line.running:
                return

    def steps(self, control: Control, count: int) -> list[Step]:
        """Move it ``count`` times, after one move to warm up if there are several."""
        found = []
        for number in range(count + (count > 1)):
            self.line.begin()
            arm = "([answer, having, since]) => trace.arm(answer, having, since)"
            self.page.evaluate(arm, [control.answer, control.having, control.since])
            control.move(self.page, number)
            if control.answer:
                self.page.wait_for_function("trace.answered !== null")
            while not (control.answer or self.line.ended):
                self.page.wait_for_timeout(20)
            self.calm()
            found.append(self._step())
        self.page.mouse.up()  # a dragged slider is let go
        self.calm()
        return found[count > 1 :]

    def _step(self) -> Step:
        seen, line = self.page.evaluate("trace"), self.line
        server = 1_000 * (line.ended - line.asked) if line.asked and line.ended else 0
        sent = seen["sent"] or 0
        last = sent + server if seen["last"] is None else seen["last"]  # all may be as it was
        answered = last if seen["answered"] is None else seen["answered"]
        return Step(answered, sent, server, last, line.up, line.down, line.again, line.ran)

    @property
    def weight(self) -> int:
        """Bytes of all elements on the page."""
        return sum(map(len, self.line.places.values()))


def measure(browser: Browser, url: str, controls: Sequence[Control], count: int) -> tuple[Rows, int]:
    """The steps of each control, and the weight of the page."""
    visit = Visit(browser, url)
    weight, rows = visit.weight, {}
    for control in controls:
        try:
            rows[control] = visit.steps(control, count)
        except TimeoutError as error:
            error.add_note(f"{url}: {control.name}")
            raise
    visit.page.close()
    return rows, weight


def switch(browser: Browser, url: str, count: int) -> tuple[Rows, int]:
    """From each page of the lesson to the next, round after round; the first round is the warm-up."""
    lesson = CONTENTS["Learn"]
    visit = Visit(browser, f"{url}/{lesson[-1].name}")
    controls = [
        Control(f"to {page.name}", follow(f"{page.number} {page.title}"), "h1", counts=False)
        for page in lesson
    ]
    rows = {control: [] for control in controls}
    for _ in range(count + 1):
        for control, steps in rows.items():
            steps += visit.steps(control, 1)
    visit.page.close()
    return {control: steps[count > 0 :] for control, steps in rows.items()}, 0


def row(control: Control, steps: Sequence[Step]) -> str:
    def middle(name: str) -> float:
        return statistics.median(getattr(step, name) for step in steps)

    name = control.name if control.counts else f"({control.name})"
    worst = max(step.answered for step in steps)
    times = (middle("answered"), worst, middle("sent"), middle("server"), middle("last"))
    sizes = (middle("up"), middle("down"), middle("again"))
    ran = max((step.ran for step in steps), key=len)
    return (
        f"{name:22}"
        + "".join(f"{time:8.0f}" for time in times)
        + "".join(f"{size / 1_000:8.1f}" for size in sizes)
        + f"  {ran}"
    )


def summary(rows: Rows) -> dict[str, int]:
    counted = [steps for control, steps in rows.items() if control.counts] or rows.values()
    waits = [step.answered for steps in counted for step in steps]
    return {"median_ms": round(statistics.median(waits)), "p95_ms": round(percentile(waits, 0.95))}


def main(count: int, pages: Sequence[str]) -> None:
    load, found = os.getloadavg()[0], {}
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "peer.py"
        script.write_text(PEER)
        with serving(Path(folder) / "log", script) as server:
            found["Streamlit alone"] = measure(browser, server.url, ALONE, max(count, 1))
        with serving(Path(folder) / "log") as server:
            for page in pages:
                query, controls = PAGES[page]
                path = "" if page == "draw" else page.partition(" ")[0]
                url = f"{server.url}/{path}?{query}"
                found[page] = measure(browser, url, controls if count else controls[:1], max(count, 1))
            if len(pages) > 1:
                found["switch of page"] = switch(browser, server.url, count)
    print(f"{count} steps each; load before: {load:.2f}")
    for page, (rows, weight) in found.items():
        print(
            f"\n{page:22}"
            + "".join(f"{name:>8}" for name in HEAD)
            + f"  ran   ({weight / 1_000:.0f} KB in all)"
        )
        for control, steps in rows.items():
            print(row(control, steps))
    result = {page: summary(rows) | {"page_kb": weight // 1_000} for page, (rows, weight) in found.items()}
    every = {control: steps for page in pages for control, steps in found[page][0].items()}
    result["every page"] = summary(every)
    result["load_before"] = round(load, 2)
    print(json.dumps(result))


if __name__ == "__main__":
    given = sys.argv[1:]
    main(int(given.pop(0)) if given and given[0].isdigit() else STEPS, given or list(PAGES))
