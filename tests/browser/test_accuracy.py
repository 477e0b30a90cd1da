"""Accuracy, as a person meets it."""

import re

from playwright.sync_api import expect

from tests.serving import box_at_rest, focus

BOOK = ["95.1 %", "95.1 %", "96.6 %", "96.6 %"]
TEN = ["66.8 %", "66.1 %", "82.0 %", "81.7 %"]


def expect_numbers(page, numbers):
    for place, number in enumerate(numbers):
        expect(page.get_by_test_id("stMetricValue").nth(place)).to_have_text(number)


def test_the_book_s_numbers_stand_there_and_follow_the_digits_to_other_pages(visit):
    page = visit("/accuracy")
    expect_numbers(page, BOOK)
    expect(page.get_by_text("99 wrong of 2,038 validation images")).to_be_visible()
    page.get_by_role("button", name="All ten", exact=True).click()
    expect_numbers(page, TEN)
    page.get_by_role("link", name="Draw").click()
    expect(page.locator(".side[data-norm=L1] .bar")).to_have_count(10)
    assert "digits=0&digits=1" in page.url


def test_the_numbers_follow_the_slider_while_it_is_dragged(visit):
    page = visit("/accuracy?judged=overfitting")
    expect_numbers(page, BOOK)
    slider = page.get_by_label("Training images per ideal:")
    box = box_at_rest(slider)
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 2, middle, steps=6)
    expect(page.get_by_test_id("stMetricValue").first).not_to_have_text(BOOK[0])  # the button is still held
    expect(page.get_by_text("Ideals of all images")).to_be_visible()  # until the slider rests
    assert "first=" not in page.url
    page.mouse.up()
    page.wait_for_url(re.compile("first=1(&|$)"))
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


# -- be the classifier -------------------------------------------------------------------------------


def start(page):
    button = page.get_by_role("button", name="Start", exact=True)
    button.scroll_into_view_if_needed()
    focus(button)
    page.keyboard.press("Enter")


def said(page):
    """The images of the race that are answered, as a person reads it."""
    return page.locator(".race .place")


def test_twenty_images_are_called_by_keyboard_and_then_compared(visit):
    page = visit("/accuracy?judged=race&pace=10&race=2")
    expect(said(page)).to_have_text("20 images")
    page.keyboard.press("3")  # before the start it is no answer
    start(page)
    for number in range(1, 21):
        expect(said(page)).to_have_text(f"Image {number} of 20")
        if number == 5:
            page.keyboard.press("4")  # not a possible answer
            expect(said(page)).to_have_text("Image 5 of 20")
        page.keyboard.press("37"[number % 2])
    expect(page.get_by_text(re.compile("^[0-9]+ of 20 right means anything from"))).to_have_count(3)
    expect(page).to_have_url(re.compile(f"race=2(:|%3A){'73' * 10}"))
    expect(page.locator(".confusion table")).to_have_count(3)
    tile = page.locator(".wall .tile").first
    expect(tile).to_have_attribute("aria-label", re.compile("labelled [37]; you say [37]"))
    page.get_by_role("button", name="Again").click()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("race=3&pace"))


def test_what_is_not_called_in_time_is_too_late_and_the_race_goes_on(visit):
    page = visit("/accuracy?judged=race&pace=1")
    start(page)
    expect(page.get_by_text("Too late", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="It is a 3")).to_be_disabled()
    expect(said(page)).to_have_text("Image 2 of 20, 1 too late")
    page.keyboard.press("Escape")
    expect(said(page)).to_have_text("20 images")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_focused()


def test_who_wants_no_motion_is_shown_a_number(visit):
    page = visit("/accuracy?judged=race&pace=10")
    start(page)
    bar, number = page.locator(".race .time"), page.locator(".race .countdown")
    expect(bar).to_be_visible()
    expect(number).to_be_hidden()
    page.emulate_media(reduced_motion="reduce")
    expect(number).to_be_visible()
    expect(bar).to_be_hidden()
    expect(number).not_to_have_text(number.inner_text())  # it counts down
    page.emulate_media(reduced_motion="null")


def test_other_digits_end_a_race_that_runs(visit):
    page = visit("/accuracy?judged=race&pace=10")
    start(page)
    page.get_by_role("button", name="It is a 7").click()
    expect(said(page)).to_have_text("Image 2 of 20")
    page.get_by_role("button", name="All ten", exact=True).click()
    expect(said(page)).to_have_text("20 images")
    expect(page.get_by_role("button", name="It is a 9")).to_be_disabled()
