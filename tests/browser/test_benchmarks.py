"""Every benchmark still runs, at a size that says nothing about speed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SIZES = {
    "choices": ["4", "1", "0"],
    "controls": ["0", "receipts"],
    "curve": ["1"],
    "handwriting": ["4"],
    "kernels": ["2"],
    "live": ["1", "2"],
    "load": ["4", "3"],
    "memory": ["1", "2"],
    "start": ["1", "0"],
    "threads": ["1", "1"],
}


def test_every_script_is_run_here():
    scripts = {file.stem for file in (ROOT / "benchmarks").glob("*.py") if "__main__" in file.read_text()}
    assert scripts == set(SIZES)


@pytest.mark.parametrize("name", SIZES)
def test_it_runs_and_ends_with_a_line_of_json(name):
    command = [sys.executable, "-m", f"benchmarks.{name}", *SIZES[name]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])
