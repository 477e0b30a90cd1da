"""Accuracy, as a person meets it."""

from playwright.sync_api import expect

BOOK = ["0.9514", "0.9511", "0.9661", "0.9661"]
TEN = ["0.6685", "0.6610", "0.8203", "0.8173"]


def expect_numbers(page, numbers):
    for place, number in enumerate(numbers):
        expect(page.get_by_test_id("stMetricValue").nth(place)).to_have_text(number)


def test_the_book_s_numbers_stand_there_and_follow_the_digits_to_other_pages(visit):
    page = visit("/accuracy")
    expect_numbers(page, BOOK)
    expect(page.get_by_text("1,939 of 2,038 validation images are right")).to_be_visible()
    page.get_by_role("button", name="All ten").click()
    expect_numbers(page, TEN)
    page.get_by_role("link", name="Draw").click()
    expect(page.locator(".side[data-norm=L1] .bar")).to_have_count(10)
    assert "digits=0&digits=1" in page.url


def test_the_numbers_follow_the_slider_while_it_is_dragged(visit):
    page = visit("/accuracy")
    expect_numbers(page, BOOK)
    slider = page.get_by_label("Training images per ideal:")
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 2, middle, steps=6)
    expect(page.get_by_test_id("stMetricValue").first).not_to_have_text(BOOK[0])  # the button is still held
    expect(page.get_by_text("Ideals of all images")).to_be_visible()  # until the slider rests
    assert "first=" not in page.url
    page.mouse.up()
    page.wait_for_url(lambda url: url.endswith("first=1"))
    page.go_back()
    expect_numbers(page, BOOK)


def test_a_link_shows_exactly_this_view(visit):
    page = visit("/accuracy?digits=1&digits=8&how=median&first=50&dx=-2")
    expect(page.get_by_label("Training images per ideal:")).to_have_attribute("aria-valuetext", "50")
    pressed = page.locator("[data-selected=true], [aria-checked=true], [aria-pressed=true]")
    for name in ("1", "8", "median"):
        expect(pressed.get_by_text(name, exact=True).first).to_be_visible()
    expect(page.get_by_text("As you chose on Stress: the validation images are spoiled")).to_be_visible()
    page.get_by_role("button", name="As in the book").click()
    page.wait_for_url(lambda url: "dx" not in url and "first=50" in url)
