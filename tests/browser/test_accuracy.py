"""The numbers of the Accuracy page and its stress test, as a person meets them."""

from playwright.sync_api import expect

BOOK = ["0.9514", "0.9511", "0.9661", "0.9661"]
TEN = ["0.6685", "0.6610", "0.8203", "0.8173"]


def expect_numbers(page, numbers):
    for place, number in enumerate(numbers):
        expect(page.get_by_test_id("stMetricValue").nth(place)).to_have_text(number)


def test_the_book_s_numbers_stand_there_and_follow_the_digits_live(visit):
    page = visit()
    page.get_by_role("link", name="Accuracy").click()
    expect_numbers(page, BOOK)
    expect(page.get_by_text("1,939 of 2,038 validation images are right")).to_be_visible()
    page.get_by_role("button", name="All ten").click()
    expect_numbers(page, TEN)


def test_the_numbers_follow_a_slider_while_it_is_dragged_and_one_click_takes_all_back(visit):
    page = visit("/accuracy?digits=3&digits=7&blur=0.5")
    slider = page.get_by_label("Turn clockwise")
    first = page.get_by_test_id("stMetricValue").first
    expect(first).to_be_visible()
    before = first.text_content()
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, middle, steps=6)
    expect(first).not_to_have_text(before)  # the button is still held
    assert "turn=" not in page.url
    page.mouse.up()
    page.wait_for_url(lambda url: "turn=3" in url and "blur=0.5" in url)
    page.get_by_role("button", name="Reset").click()
    expect_numbers(page, BOOK)
    page.wait_for_url(lambda url: url.endswith("/accuracy"))
    page.go_back()  # one click, one step
    page.wait_for_url(lambda url: "turn=3" in url and "blur=0.5" in url)
    expect(page.get_by_role("button", name="Reset")).to_be_enabled()


def test_a_link_shows_exactly_this_view(visit):
    page = visit("/accuracy?digits=1&digits=8&how=median&first=50&dx=-2&also=inverted&norm=L2")
    expect(page.get_by_label("Shift right")).to_have_attribute("aria-valuetext", "−2 px")
    expect(page.get_by_label("Training images per ideal:")).to_have_attribute("aria-valuetext", "50")
    pressed = page.locator("[data-selected=true], [aria-checked=true], [aria-pressed=true]")
    for name in ("1", "8", "median", "L2", "Paper and ink change places"):
        expect(pressed.get_by_text(name, exact=True).first).to_be_visible()


def test_digits_chosen_on_one_page_are_in_play_on_the_other(visit):
    page = visit("/?digits=0&digits=1")
    expect(page.locator(".side[data-norm=L1] .bar")).to_have_count(2)
    page.get_by_role("link", name="Accuracy").click()
    expect_numbers(page, ["0.9541", "0.9505"])
    assert page.url.endswith("/accuracy?digits=0&digits=1")
    page.get_by_role("link", name="Draw").click()
    expect(page.locator(".side[data-norm=L1] .bar")).to_have_count(2)
    assert "digits=0&digits=1" in page.url


def test_a_slider_that_is_let_go_where_it_was_taken_up_has_come_to_rest(visit):
    page = visit("/accuracy?digits=0&digits=1&digits=4")
    slider = page.get_by_label("Shift right")
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("0.9009")
    box = slider.bounding_box()
    middle, height = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(middle, height)
    page.mouse.down()
    page.mouse.move(middle + 40, height, steps=5)
    expect(page.get_by_test_id("stMetricValue").first).not_to_have_text("0.9009")
    page.mouse.move(middle, height, steps=5)
    page.mouse.up()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("0.9009")
    expect(page.get_by_text("Waits until the slider rests.")).to_have_count(0)
    page.get_by_role("radiogroup").filter(has_text="median").first.get_by_text("median").click()
    expect(page.get_by_role("button", name="true 4, called 1 by L1: 68")).to_be_visible()
