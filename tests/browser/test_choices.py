"""Nothing that is chosen is lost or taken back, however late the server's messages come."""

import re

import pytest
from playwright.sync_api import expect

from benchmarks import choices
from mnist_dash.pages.shared.contents import PAGES
from tests.serving import serving
from tests.strokes import SEVEN, press

DELAYS = (0, 150, 400)
ACTIONS, SEED = 40, 3
VISIT = 7  # actions on each page: all pages have their turn


@pytest.fixture(scope="module")
def truthful(tmp_path_factory):
    """The address of an app that tells what it holds."""
    log = tmp_path_factory.mktemp("truthful") / "log"
    with serving(log, choices.SCRIPT) as server:
        yield server.url
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.mark.parametrize("delay", DELAYS)
def test_whatever_is_done_in_quick_succession_counts(truthful, browser, delay):
    pages = list(PAGES)[DELAYS.index(delay) :: len(DELAYS)]
    report = choices.play(browser, truthful, delay, SEED, pages, ACTIONS, visit=VISIT)
    assert dict(report.names) == {}  # what was lost, and how, is printed
    assert report.reloads == 0


def test_a_stroke_on_a_pad_that_is_just_being_left_counts(truthful, browser):
    page = choices.tab(browser, 400)
    page.goto(truthful)
    expect(page.locator("[data-part=surface]")).to_be_visible()
    page.get_by_role("link", name=re.compile("Pixels")).click()
    press(page, SEVEN[:3])
    expect(page.get_by_role("heading", level=1)).to_have_text(PAGES["pixels"].question)
    page.mouse.up()
    expect(page).to_have_url(re.compile("/pixels.*drawing="))
    page.context.close()
