"""The app as a user starts it, and the browser that visits it: for the browser tests and the benchmarks."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

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
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """url; process id; started: time.perf_counter() just before the process was."""

    url: str
    pid: int
    started: float


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
        yield Server(url, process.pid, started)
    finally:
        process.terminate()
        process.wait(10)


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
