"""Stress, as a person meets it."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.serving import box_at_rest, focus

BOOK = ["95.1 %", "95.1 %", "96.6 %", "96.6 %"]


def number(page):
    return page.get_by_test_id("stMetricValue").first


def take(page, name, share):
    """Press on the slider's handle and drag it to this share of its length, without letting go."""
    slider = page.get_by_label(name)
    slider.scroll_into_view_if_needed()
    box = box_at_rest(slider)
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * share, middle, steps=6)


def test_numbers_and_pictures_follow_a_slider_while_it_is_dragged_and_one_click_takes_all_back(visit):
    page = visit("/stress?blur=0.5")
    picture = page.locator(".wall canvas").first
    expect(picture).to_be_visible()
    before, plain = number(page).text_content(), picture.evaluate("canvas => canvas.toDataURL()")
    take(page, "Turn clockwise", 0.9)
    expect(number(page)).not_to_have_text(before)  # the button is still held
    page.wait_for_function(
        "([canvas, plain]) => canvas.toDataURL() !== plain", arg=[picture.element_handle(), plain]
    )
    assert "turn=" not in page.url
    page.mouse.up()
    page.wait_for_url(lambda url: "turn=3" in url and "blur=0.5" in url)
    page.get_by_role("button", name="Reset").click()
    for place, text in enumerate(BOOK):
        expect(page.get_by_test_id("stMetricValue").nth(place)).to_have_text(text)
    page.wait_for_url(lambda url: url.endswith("/stress"))
    page.go_back()  # one click, one step
    page.wait_for_url(lambda url: "turn=3" in url and "blur=0.5" in url)
    expect(page.get_by_role("button", name="Reset")).to_be_enabled()


def test_a_slider_that_is_let_go_where_it_was_taken_up_has_come_to_rest(visit):
    page = visit("/stress?digits=0&digits=1&digits=4")
    expect(number(page)).to_have_text("90.1 %")
    take(page, "Shift right", 0.8)
    expect(number(page)).not_to_have_text("90.1 %")
    box = page.get_by_label("Shift right").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    expect(number(page)).to_have_text("90.1 %")
    page.get_by_role("button", name="Forget to divide by 255").click()
    expect(page.get_by_text("The image's ink goes up to 255 now")).to_be_visible()
    expect(page).to_have_url(re.compile("also=undivided"))


def test_a_picture_that_is_clicked_is_flipped(visit):
    page = visit("/stress")
    tile = page.locator(".wall .tile").nth(3)
    place = re.search(r"image ([\d,]+),", tile.get_attribute("aria-label"))[1]
    tile.click()
    expect(page.get_by_text(f"Validation image {place}, labelled 7.")).to_be_in_viewport()
    expect(tile).to_have_attribute("aria-current", "true")
    focus(page.get_by_role("slider", name="Pixels changed"))
    page.keyboard.press("Home")
    expect(page.get_by_text("pixels to go").first).to_be_visible()
    page.wait_for_url(lambda url: "flipped=0" in url)
    page.get_by_role("button", name="Put the image on the pad").click()
    expect(page.locator(".note").first).to_contain_text(f"image {place}, labelled 7")


def test_on_a_phone_the_accuracies_stay_in_sight(visit):
    page = visit("/stress", **PHONE)
    page.get_by_label("Salt and pepper").scroll_into_view_if_needed()
    focus(page.get_by_label("Salt and pepper"))
    page.keyboard.press("End")
    pinned = page.locator(".st-key-pinned")
    expect(pinned).to_be_in_viewport()
    expect(pinned).not_to_contain_text("95.1 %")
