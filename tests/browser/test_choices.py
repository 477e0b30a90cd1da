"""Nothing that is chosen is lost or taken back, however late the server's messages come."""

import pytest

from benchmarks import choices
from mnist_dash.pages.shared.contents import PAGES

DELAYS = (0, 150, 400)  # ms
ACTIONS, SEED = 9, 3
VISIT = 3  # actions on each page


@pytest.mark.parametrize("delay", DELAYS)
def test_whatever_is_done_in_quick_succession_counts(truthful, browser, delay):
    pages = list(PAGES)[DELAYS.index(delay) :: len(DELAYS)]  # each plays on others
    report = choices.play(browser, truthful, delay, SEED, pages, ACTIONS, visit=VISIT)
    assert dict(report.names) == {}  # what was lost, and how, is printed
    assert report.reloads == 0
