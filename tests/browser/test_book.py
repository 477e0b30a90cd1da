"""Data, Recap and Receipts, as a person meets them."""

import json
import re

from playwright.sync_api import expect


def test_the_receipts_agree_and_agree_again(visit):
    page = visit("/receipts")
    expect(page.locator(".receipts .tick")).to_have_count(27)
    expect(page.locator(".receipts .cross")).to_have_count(0)
    page.get_by_role("button", name="Compute them again").click()
    expect(page.get_by_text("27 of 27")).to_be_visible()


def test_a_sample_that_is_clicked_is_taken_apart_on_pixels(visit):
    page = visit("/data")
    tile = page.get_by_role("button", name=re.compile("^Training image .*, labelled 5$")).first
    before = tile.get_attribute("aria-label")
    page.get_by_role("button", name="Show others").click()
    expect(tile).not_to_have_attribute("aria-label", before)
    expect(page).to_have_url(re.compile("seed=1"))
    number = re.search("image ([0-9,]+),", tile.get_attribute("aria-label"))[1]
    tile.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What does the computer get?")
    expect(page.get_by_text(f"Training image {number} (train/5/")).to_be_visible()


def test_the_questions_lead_to_their_pages_and_what_ran_is_one_notebook(visit):
    page = visit("/recap?seed=3", anew=True)
    expect(page.get_by_text("Nothing has run in this visit yet.")).to_be_visible()
    page.get_by_role("link", name="What does the computer get?").click()
    expect(page).to_have_url(re.compile("/pixels[?]seed=3"))
    page.get_by_role("button", name="Download as notebook").wait_for()  # the address comes first
    page.get_by_role("link", name="8 Recap").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download all as one notebook").click()
    cells = json.loads(download.value.path().read_text())["cells"]
    assert any("## What does the computer get?" in "".join(cell["source"]) for cell in cells)
