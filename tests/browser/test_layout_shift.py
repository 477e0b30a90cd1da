"""While a page loads, nothing that is seen jumps: the shift of its layout stays small, from cold."""

import pytest
from playwright.sync_api import expect

from mnist_dash.pages.shared.contents import PAGES
from tests.browser.conftest import PHONE, WIDE
from tests.serving import settled

MOST = 0.1  # what Web Vitals calls good; here of all shifts together, not only of the worst five seconds
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries())).observe({
  type: "layout-shift", buffered: true,
});
"""
TOTAL = "shifts.filter((shift) => !shift.hadRecentInput).reduce((total, { value }) => total + value, 0)"


@pytest.mark.parametrize("options", [{"viewport": WIDE}, PHONE], ids=["wide", "phone"])
def test_no_page_shifts_its_layout_while_it_loads(visit, server, options):
    page = visit("/receipts", anew=True, **options)
    page.add_init_script(SHIFTS)
    shifts = {}
    for name in PAGES:
        page.goto(f"{server}/{name}")
        page.locator("html:not([data-arriving])").wait_for(state="attached")
        shifts[name] = settled(page).evaluate(TOTAL)
    assert {name: round(shift, 3) for name, shift in shifts.items() if shift >= MOST} == {}


def test_a_component_shows_nothing_before_its_style_has_come(visit, server):
    page, held = visit("/receipts", anew=True), []
    page.route("**/wall.css", lambda route: held.append(route))
    page.goto(f"{server}/data")
    tile = page.locator(".tile").first
    tile.wait_for(state="attached")
    expect(tile).to_be_hidden()
    held[0].continue_()
    expect(tile).to_be_visible()
