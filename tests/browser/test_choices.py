"""Nothing that is chosen is lost or taken back, however late the server's messages come."""

import re

import pytest
from playwright.sync_api import expect

from benchmarks import choices
from mnist_dash.pages.shared.contents import PAGES
from tests.serving import serving

DELAYS = (0, 150, 400)  # ms
ACTIONS, SEED = 9, 3
VISIT = 3  # actions on each page


@pytest.fixture(scope="module")
def truthful(tmp_path_factory):
    """The address of an app that tells what it holds."""
    log = tmp_path_factory.mktemp("truthful") / "log"
    with serving(log, choices.SCRIPT) as server:
        yield server.url
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.mark.parametrize("delay", DELAYS)
def test_whatever_is_done_in_quick_succession_counts(truthful, browser, delay):
    pages = list(PAGES)[DELAYS.index(delay) :: len(DELAYS)]  # each plays on others
    report = choices.play(browser, truthful, delay, SEED, pages, ACTIONS, visit=VISIT)
    assert dict(report.names) == {}  # what was lost, and how, is printed
    assert report.reloads == 0


def test_what_is_clicked_after_a_drag_holds(truthful, browser):
    with choices.tabs(browser, 1_500) as context:
        page = context.new_page()
        page.goto(f"{truthful}/line?t=0.05")
        slider = page.get_by_role("slider", name=re.compile("is nearer by more than"))
        expect(slider).to_be_visible()
        box = slider.bounding_box()
        page.mouse.move(box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] + 2, box["y"] + box["height"] / 2, steps=9)
        page.mouse.up()
        page.get_by_role("button", name="The diagonal").click()
        expect(page).to_have_url(re.compile("/line$"))
        page.wait_for_function("() => player.show().calm > 2_000")
        expect(page).to_have_url(re.compile("/line$"))
