"""How long each part of the suite takes, and in which order they run: those first that are soon done."""

from collections import Counter
from pathlib import Path

import pytest

# Files whose tests share what takes long to make: one process has them all, from the start. So have the pages
# one of their own, in which each of their numbers is computed once. Other tests go one by one to whichever
# process is free.
TOGETHER = {
    "chapter/test_listings.py": "listings",
    "browser/test_benchmarks.py": "benchmarks",
    "browser/test_choices.py": "the truthful app",
    "browser/test_healing.py": "the truthful app",
    "browser/test_outages.py": "the truthful app",
}
PARTS = ["tests", "core", "compute", "components", "chapter", "pages", "browser"]  # folders, in this order
ROOT = Path(__file__).parent
seconds, slowest = Counter(), Counter()


def part(nodeid: str) -> str:
    """The folder below tests/ that a test lies in; "tests" for the rest."""
    parents = Path(nodeid.partition("::")[0]).parts[1:-1]
    return parents[0] if parents else "tests"


def pytest_collection_modifyitems(items):
    """A stable order, so all processes have the same."""
    items.sort(key=lambda item: PARTS.index(part(item.path.relative_to(ROOT.parent).as_posix())))


@pytest.hookimpl(optionalhook=True)  # also without pytest-xdist
def pytest_xdist_make_scheduler(config, log):
    from xdist.scheduler import LoadScopeScheduling

    class OneByOne(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = nodeid.partition("::")[0]
            return TOGETHER.get(file.removeprefix("tests/"), "pages" if part(nodeid) == "pages" else nodeid)

    return OneByOne(config, log)


def pytest_runtest_logreport(report):
    seconds[part(report.nodeid)] += report.duration
    slowest[report.nodeid] += report.duration


def pytest_terminal_summary(terminalreporter):
    if len(seconds) < 2:
        return
    terminalreporter.section("seconds of work, all processes together")
    for name in sorted(seconds, key=PARTS.index):
        test = max((each for each in slowest if part(each) == name), key=slowest.get)
        words = f"{name:12}{seconds[name]:7.1f}   at most {slowest[test]:5.1f}: {test}"
        terminalreporter.write_line(words)
