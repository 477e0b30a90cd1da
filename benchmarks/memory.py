"""Resident memory of the server while one visitor sees every page to its end in a real browser.

    python -m benchmarks.memory [PAGES]

After the start and after each page: all that is resident, and of it what is mapped from files, which is the
code of the libraries. On the Accuracy page the learning curve is waited for and the whole ladder climbed,
nearest neighbours and all. The named peers are a Streamlit script that shows one title, and one that imports
PyTorch, SciPy and pandas besides. Prints a table, then one JSON line.

What holds it: the libraries, 345 MB, and 40 MB more of their code as it is used; MNIST as uint8, once, 55 MB;
copies of the two digits in play, 20 MB; their pixels that are not paper as lists, 10 MB. No copy of a set is
kept as floats. The rest is not taken apart: Python's objects, and what the allocator cannot give back.
"""

import json
import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from tests.serving import chromium, serving

PAGES = ("Draw", "Pixels", "Ideals", "Distance", "Accuracy", "Receipts")
TIDIED = 6_000  # ms after which the server has given back what is free
LIMIT = 600  # MB
PATIENCE = 45_000  # ms for what is slow on a page
TITLE = "import streamlit as st\nst.title('Hello')\n"
PEERS = {
    "one title": TITLE,
    "one title, libraries imported": f"import pandas, scipy.ndimage, torch\n{TITLE}",
}


def megabytes(pid: int) -> tuple[int, int]:
    """All that is resident, and what of it is mapped from files."""
    status = dict(line.split(":") for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return tuple(round(int(status[key].split()[0]) / 1_024) for key in ("VmRSS", "RssFile"))


def see(page: Page, name: str) -> None:
    """All of a page, until nothing on it is being made."""
    page.get_by_test_id("stTopNavLink").filter(has_text=re.compile(f"^{name}$")).click()
    page.get_by_role("heading", level=1).wait_for()
    rest(page)
    page.keyboard.press("End")
    if name == "Accuracy":
        page.get_by_text("an ideal, on average.").wait_for(timeout=PATIENCE)
        page.get_by_role("button", name="Climb the rest").click()
        page.locator(".ladder", has_not_text="not climbed yet").wait_for(timeout=PATIENCE)
    rest(page)


def rest(page: Page) -> None:
    page.wait_for_timeout(1_000)
    page.locator(".stApp[data-test-script-state=notRunning]").wait_for(timeout=PATIENCE)


def main() -> None:
    pages = PAGES[: int(sys.argv[1]) if len(sys.argv) > 1 else len(PAGES)]
    found = {}
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        log, script = Path(folder) / "log", Path(folder) / "peer.py"
        for name, code in PEERS.items():
            script.write_text(code)
            with serving(log, script) as server:
                page = browser.new_page()
                page.goto(server.url)
                page.get_by_role("heading", name="Hello").wait_for()
                found[name] = megabytes(server.pid)
                page.close()
        with serving(log) as server:
            page = browser.new_page(viewport={"width": 1366, "height": 900})
            page.goto(server.url)
            page.get_by_text("Two maps appear here").wait_for()
            page.wait_for_timeout(TIDIED)
            found["app, a few seconds after its start"] = megabytes(server.pid)
            for name in pages:
                see(page, name)
                page.wait_for_timeout(TIDIED)
                found[f"app, after {name}"] = last = megabytes(server.pid)
    print(f"{'MB':36}{'resident':>10}{'from files':>12}")
    for name, (resident, files) in found.items():
        print(f"{name:36}{resident:10}{files:12}")
    summary = {
        "resident_mb": last[0],
        "limit_mb": LIMIT,
        "libraries_mb": found["one title, libraries imported"][0],
        "one_title_mb": found["one title"][0],
        "ratio_to_libraries": round(last[0] / found["one title, libraries imported"][0], 2),
    }
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
