"""From cold, on every page: nothing seen jumps while it loads, nothing is wider than a phone, and nothing is
taller than three windows of a laptop.
"""

import pytest
from playwright.sync_api import expect

from mnist_dash.pages.shared.contents import PAGES
from tests.browser.conftest import PHONE, WIDE
from tests.serving import fits, settled, until

# Choices that make pages wide or tall.
MUCH = "&".join(
    [
        *(f"digits={digit}" for digit in range(10)),
        "a=1000000000,1000000000,1,28,28,28",
        "b=28,1,28",
        "rows=0:28",
        "columns=0:28",
        "without=stack",
        "value=0.5",
        "view=difference",
        "t=0.0123",
    ]
)
MOST = 0.1  # what Web Vitals calls good; here of all shifts together, not only of the worst five seconds
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries())).observe({
  type: "layout-shift", buffered: true,
});
"""
SHIFTED = """() => shifts.filter((shift) => !shift.hadRecentInput).map(({ value, sources }) => [
  value, ...sources.map(({ node }) => (node?.parentElement ?? node)?.className),
])"""


@pytest.mark.parametrize("options", [{"viewport": WIDE}, PHONE], ids=["wide", "phone"])
def test_every_page_fits_and_stays_where_it_is_while_it_loads(visit, server, options):
    page = visit(None, anew=True, **options)
    page.add_init_script(SHIFTS)
    main = page.get_by_test_id("stMain")
    for name, one in PAGES.items():
        page.goto(f"{server}/{name}?{MUCH}")
        expect(page.get_by_role("heading", level=1)).to_have_text(one.heading)
        page.locator("html:not([data-arriving])").wait_for(state="attached")
        shifted = settled(page).evaluate(SHIFTED)
        assert (name, sum(value for value, *_ in shifted) < MOST) == (name, True), shifted
        if options is PHONE:
            fits(page)
        else:  # what is still to come may take more room than it needs
            until(page, lambda: main.evaluate("main => main.scrollHeight") <= 3 * WIDE["height"], True)


def test_a_component_shows_nothing_before_its_style_has_come(visit, server):
    page, held = visit(None, anew=True), []
    page.route("**/wall.css", lambda route: held.append(route))
    page.goto(f"{server}/data")
    tile = page.locator(".tile").first
    tile.wait_for(state="attached")
    expect(tile).to_be_hidden()
    held[0].continue_()
    expect(tile).to_be_visible()
