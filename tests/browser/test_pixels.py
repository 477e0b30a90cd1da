"""The Pixels page, as a person meets it."""

import io
import json
import re

from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import WIDE
from tests.serving import box_at_rest, focus
from tests.strokes import THREE, draw


def cells(page):
    return page.locator(".scroller tbody td")


def frame(page, number=0):
    return page.locator(".pictures .frame").nth(number)


def test_a_slice_is_dragged_over_the_picture_and_its_table_follows(visit):
    page = visit("/pixels")
    expect(cells(page)).to_have_count(36)
    box = box_at_rest(frame(page))
    at = [box["x"] + box["width"] * share / 28 for share in (10.5, 14.5)]
    down = [box["y"] + box["height"] * share / 28 for share in (8.5, 9.5)]
    page.mouse.move(at[0], down[0])
    page.mouse.down()
    page.mouse.move(at[1], down[1], steps=5)
    page.mouse.up()
    expect(cells(page)).to_have_count(2 * 5)
    for choice in ("rows=8(:|%3A)10", "columns=10(:|%3A)15"):
        expect(page).to_have_url(re.compile(choice))
    page.reload()
    expect(cells(page)).to_have_count(2 * 5)


def test_a_pixel_is_marked_in_picture_heat_map_and_table_alike(visit):
    page = visit("/pixels")
    box_at_rest(cells(page).nth(6 * 3 + 2))  # what moves under a pointer is pointed at
    cells(page).nth(6 * 3 + 2).hover()  # row 7, column 6 of the whole image
    expect(page.locator(".pixels .pointed")).to_have_text("[7, 6] = 244")
    for number in (0, 1):
        expect(frame(page, number).locator(".mark")).to_be_visible()
    focus(frame(page))
    page.keyboard.press("ArrowUp")
    expect(page.locator(".pixels .pointed")).to_have_text("[6, 6] = 0")
    frame(page).hover(position={"x": 1, "y": 1})
    expect(page.locator(".pixels .pointed")).to_contain_text("[0, 0] = 0")


def test_the_whole_image_is_seen_at_once_on_a_small_laptop(visit):
    height = 657  # what a browser leaves of 768
    page = visit("/pixels")
    page.set_viewport_size(WIDE | {"height": height})
    page.get_by_role("button", name="All 28 × 28").click()
    expect(cells(page)).to_have_count(784)
    page.locator(".scroller").evaluate("box => box.scrollIntoView({block: 'end'})")
    for cell in (cells(page).first, cells(page).last):
        box = cell.bounding_box()
        assert box["x"] + box["width"] <= WIDE["width"]
        assert 0 <= box["y"] <= box["y"] + box["height"] <= height
    assert page.locator(".scroller").evaluate("box => box.scrollWidth <= box.clientWidth")
    page.set_viewport_size(WIDE)


def test_the_reader_s_own_drawing_is_numbers_too(visit):
    page = visit("/pixels?from=drawn")
    page.get_by_role("button", name="draw a digit first").click()
    draw(page, THREE)
    page.get_by_role("link", name="2 Pixels").click()
    expect(page.get_by_text("Your drawing. Opened, it is")).to_be_visible()
    expect(cells(page)).to_have_count(36)


def test_a_colour_picture_of_one_s_own_is_taken_apart(visit):
    page = visit("/pixels?axes=colour", anew=True)
    file = io.BytesIO()
    Image.new("RGB", (40, 30), (250, 20, 20)).save(file, "png")
    page.locator(".st-key-colour-upload input[type=file]").set_input_files(
        {"name": "red.png", "mimeType": "image/png", "buffer": file.getvalue()}
    )
    expect(page.get_by_text("(30, 40, 3)")).to_be_visible()
    page.locator(".maps .frame").first.hover()
    expect(page.locator(".maps .pointed")).to_contain_text("the picture: 250, 20, 20")


def test_the_page_is_downloaded_as_a_notebook_and_its_numbers_as_csv(visit):
    page = visit("/pixels?rows=4:6&columns=8:10")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as notebook").click()
    notebook = json.loads(download.value.path().read_text())
    assert download.value.suggested_filename == "pixels.ipynb"
    assert any("[4:6, 8:10]" in "".join(cell["source"]) for cell in notebook["cells"])
    with page.expect_download() as download:
        page.get_by_role("button", name="Numbers as CSV").click()
    assert download.value.path().read_text() == "row,8,9\n4,0,0\n5,0,29\n"


def test_the_image_is_stepped_through_and_back_leads_to_the_one_before(visit):
    page = visit("/pixels")
    expect(page.get_by_text("(train/3/10000.png)")).to_be_visible()
    for _ in range(5):  # faster than the page answers
        page.get_by_role("button", name="Next", exact=True).click()
    expect(page).to_have_url(re.compile("place=6"))
    # By role: for a moment the field that was replaced is still there, hidden.
    expect(page.get_by_role("spinbutton", name="Place, 0 to 6,130")).to_have_value("6")
    page.get_by_role("radio", name="8", exact=True).click()
    expect(page.get_by_text(re.compile("train/8/"))).to_be_visible()
    page.go_back()
    expect(page.get_by_text(re.compile("train/3/"))).to_be_visible()


def test_rows_are_chosen_by_key_and_the_book_s_slice_is_one_click_back(visit):
    page = visit("/pixels")
    top = page.locator('[class*="st-key-rows-"]').get_by_role("slider").first
    focus(top)
    top.press("ArrowRight")
    expect(cells(page)).to_have_count(5 * 6)
    page.get_by_role("button", name="[4:10, 4:10]").click()
    expect(cells(page)).to_have_count(36)
    top = page.locator('[class*="st-key-rows-"]').get_by_role("slider").first
    expect(top).to_have_value("4")
