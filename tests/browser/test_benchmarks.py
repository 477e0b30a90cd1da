"""Every benchmark still runs, at a size that says nothing about speed.

In this process, with its server and its browser in place of most that a benchmark starts anew to measure.
"""

import concurrent.futures
import json
import os
import runpy
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace

import pytest

from benchmarks import load, people
from tests import serving
from tests.serving import ROOT

SIZES = {
    "controls": ["0", "broadcasting"],
    "curve": ["1"],
    "datasets": ["40"],
    "handwriting": ["2"],
    "kernels": ["1"],
    "live": ["1", "1"],
    "load": ["1", "1"],
    "memory": ["1", "1", "0"],
    "start": ["1", "0", "app"],
}
ALONE = {"choices"}  # has a test of its own
ANEW = {"memory"}  # what a server holds that others have used says nothing
WITHOUT_BROWSER = {"load", "memory"}  # whose visitors need the thread's loop for themselves


def test_every_script_is_run_here():
    scripts = {file.stem for file in (ROOT / "benchmarks").glob("*.py") if "__main__" in file.read_text()}
    assert scripts == SIZES.keys() | ALONE


@pytest.fixture(scope="module")
def started(served, tmp_path_factory):
    """What ``serving`` gives to a benchmark: the app that is served, each other script started once; those
    of one title are one.
    """
    peers, start, app = {}, serving.serving, ROOT / "streamlit_app.py"
    plain = ROOT / "mnist_dash" / "frame.py"  # the app too
    folder = tmp_path_factory.mktemp("peers")  # a benchmark's own is gone when it ends
    with ExitStack() as stack:

        @contextmanager
        def shared(log, script=app, port=None, **settings):
            log.touch()
            if script in (app, plain):
                yield served
                return
            code = load.FLOOR if "Hello" in (code := script.read_text()) else code
            if code not in peers:
                script = folder / f"{len(peers)}.py"
                script.write_text(code)
                peers[code] = stack.enter_context(start(script.with_suffix(".log"), script))
            yield peers[code]

        yield shared


@pytest.mark.parametrize("name", SIZES)
def test_it_runs_and_ends_with_a_line_of_json(name, started, tabs, monkeypatch, capsys):
    @contextmanager
    def chromium():  # it has compiled the front end before
        yield SimpleNamespace(new_page=tabs.open)
        tabs.close()

    if name not in ANEW:
        monkeypatch.setattr(serving, "serving", started)
    monkeypatch.setattr(serving, "chromium", chromium)
    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", lambda *_, **__: ThreadPoolExecutor(1))
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr(people, "IDLE", 0.1)
    monkeypatch.setattr(people, "EVERY", 0.1)  # so that in a second everybody acts, however slow the machine
    monkeypatch.setattr(sys, "argv", [name, *SIZES[name]])
    monkeypatch.delitem(
        sys.modules, f"benchmarks.{name}", raising=False
    )  # others may have asked it for words

    def run():
        runpy.run_module(f"benchmarks.{name}", run_name="__main__")

    if name in WITHOUT_BROWSER:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(run).result()
    else:
        run()
    assert json.loads(capsys.readouterr().out.splitlines()[-1])
