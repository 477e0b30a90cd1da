"""My digits, as a person meets them: drawn, kept by the browser, relabelled, deleted, brought back."""

import json
import re

from playwright.sync_api import expect

from mnist_dash.components.my_digits import Mine
from tests.browser.conftest import PHONE, WIDE
from tests.browser.test_every_page import MOST, SHIFTED, SHIFTS
from tests.serving import fits, settled, until

KEY = "the ideal digit: my digits"
ANOTHER = """(key) => {  // another window has kept one too
  const [[id, , pixels]] = JSON.parse(localStorage[key]);
  localStorage[key] = JSON.stringify([[id - 1, 2, pixels], [id, 7, pixels]]);
}"""


def kept(page):
    """The labels that the browser keeps, in their order."""
    return [label for _, label, _ in json.loads(page.evaluate(f"localStorage.getItem('{KEY}')") or "[]")]


def draw_and_keep(page, points, label):
    settled(page)
    canvas = page.locator(".st-key-pad canvas").first
    box = canvas.bounding_box()
    for number, (x, y) in enumerate(points):
        page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y, steps=4)
        if not number:
            page.mouse.down()
    page.mouse.up()
    settled(page)
    page.get_by_role("button", name="Keep it as").click()
    page.locator(f".st-key-keep-as-{label} button").click()
    expect(page.locator(f".st-key-keep-as-{label}")).to_have_count(0)  # the choice is closed again
    settled(page)


def test_what_is_drawn_is_kept_over_a_reload_relabelled_deleted_and_brought_back(visit, server):
    page = visit("/", anew=True)
    draw_and_keep(page, [(0.35, 0.25), (0.65, 0.25), (0.45, 0.8)], 7)
    until(page, lambda: kept(page), [7])
    page.evaluate(ANOTHER, KEY)
    draw_and_keep(page, [(0.3, 0.5), (0.6, 0.3)], 1)
    until(page, lambda: kept(page), [2, 7, 1])
    page.goto(f"{server}/data?whose=mine")
    tiles = page.locator(".st-key-mine .tile")
    expect(tiles).to_have_count(3)
    expect(tiles.first).to_have_accessible_name(re.compile("My digit 3, labelled 1"))
    tiles.nth(1).click()
    expect(page.get_by_role("radio", name="7", exact=True)).to_be_checked()  # that digit's labels
    page.get_by_role("radio", name="4", exact=True).click()
    until(page, lambda: kept(page), [2, 4, 1])
    page.get_by_role("button", name="Delete digit 2").click()
    until(page, lambda: kept(page), [2, 1])
    expect(tiles).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    until(page, lambda: kept(page), [2, 4, 1])
    settled(page)
    page.reload()
    expect(tiles).to_have_count(3)
    expect(tiles.nth(1)).to_have_accessible_name(re.compile("My digit 2, labelled 4"))
    page.get_by_role("button", name="Delete all").click()
    until(page, lambda: kept(page), [])
    expect(page.get_by_text("Nothing is kept yet.")).to_be_visible()


def test_a_browser_that_stores_nothing_says_so(visit):
    page = visit("/", anew=True)
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }; }"
    )
    draw_and_keep(page, [(0.35, 0.25), (0.65, 0.25), (0.45, 0.8)], 7)
    page.get_by_role("button", name="Keep it as").click()
    page.get_by_role("button", name="See my digits: 1").click()
    expect(page.get_by_text("This browser has no room left")).to_be_visible()
    assert kept(page) == []


def test_many_digits_fit_and_nothing_in_sight_jumps_when_they_come(visit, server, mnist):
    images = map(bytes, mnist.valid.images[:150].flatten(1).tolist())
    mine = Mine().with_more(zip(mnist.valid.labels[:150].tolist(), images, strict=True))
    rows = json.dumps([digit.row for digit in mine.digits])
    for options in ({"viewport": WIDE}, PHONE):
        page = visit(None, anew=True, **options)
        page.goto(f"{server}/_stcore/health")  # has the same storage
        page.evaluate("([key, rows]) => localStorage.setItem(key, rows)", [KEY, rows])  # an earlier visit
        page.add_init_script(SHIFTS)
        page.goto(f"{server}/data?whose=mine")
        expect(page.locator(".st-key-mine .tile")).to_have_count(30)
        expect(page.get_by_text("My own ideals")).to_be_visible()
        page.locator("html:not([data-arriving])").wait_for(state="attached")
        shifted = settled(page).evaluate(SHIFTED)
        assert sum(value for value, *_ in shifted) < MOST, shifted
        fits(page)
        if options is not PHONE:
            height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
            assert height <= 3 * WIDE["height"]
