"""Nothing that is chosen is lost or taken back, however late the server's messages come."""

import pytest

from benchmarks import choices
from mnist_dash.pages.shared.contents import PAGES

DELAYS = (0, 150, 400)  # ms
ACTIONS, SEED = 8, 3


@pytest.fixture(scope="module")
def warm(browser):
    """Where the front end is compiled once for all delays."""
    with browser.new_context(viewport=choices.WINDOW) as context:
        context.new_page()  # keeps the process
        yield context


@pytest.mark.parametrize("delay", DELAYS)
def test_whatever_is_done_in_quick_succession_counts(truthful, warm, delay):
    pages = list(PAGES)[DELAYS.index(delay) :: len(DELAYS)]  # each plays on others
    report = choices.play(warm, truthful, delay, SEED, pages, ACTIONS)
    assert dict(report.names) == {}  # what was lost, and how, is printed
    assert report.reloads == 0
