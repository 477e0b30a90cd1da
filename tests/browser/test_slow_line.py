"""Answers take a while to arrive, and nothing that was clicked meanwhile is lost or taken back."""

import re

from playwright.sync_api import expect

from tests.serving import box_at_rest, settled

SLOW = 60_000  # ms
TOGETHER = """(names) => {
  const buttons = [...document.querySelectorAll("button")];
  const found = names.map((name) => buttons.find((button) => button.textContent.trim() === name));
  if (found.every(Boolean)) return found.map((button) => button.click()).length;
}"""
TEN = "&".join(f"digits={digit}" for digit in range(10))


def test_digits_that_a_button_chose_in_the_midst_of_work_stay_chosen(far):
    page = far(f"/ladder?{TEN}&first=900", 400, anew=True)
    page.get_by_role("button", name="Run the rest").click(timeout=SLOW)
    at_work = page.get_by_test_id("stProgress").filter(has_text="Several ideals")
    expect(at_work).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="3 and 7", exact=True).click()
    expect(page.get_by_text("scored on 2,038.")).to_be_visible(timeout=SLOW)
    expect(page).to_have_url(re.compile(r"ladder\?first=900$"))
    expect(at_work).to_have_count(0)
    expect(page.get_by_text("scored on 2,038.")).to_be_visible()


def test_every_click_on_next_counts_while_exhibits_follow(far):
    page = far("/distance", 150)
    expect(page.locator(".maps").first).to_be_visible(timeout=SLOW)
    for _ in range(8):
        page.get_by_role("button", name="Next", exact=True).click()
    settled(page)
    expect(page).to_have_url(re.compile(r"\?place=9$"))
    expect(page.get_by_role("spinbutton", name="Place, 0 to")).to_have_value("9")


def test_two_choices_of_one_instant_are_both_made_while_the_page_still_comes(far):
    page = far("/accuracy", 300, anew=True)
    page.wait_for_function(TOGETHER, arg=["All ten", "median"])
    settled(page)
    expect(page).to_have_url(re.compile("(?=.*how=median)" + ".*digits=" * 10))
    expect(page.get_by_role("radio", name="median")).to_be_checked()
    expect(page.get_by_text("of 10,000").first).to_be_visible()


def test_what_reset_took_back_can_be_chosen_again_at_once(far):
    page = far(f"/stress?{TEN}&first=902&also=inverted", 150)
    reset = page.get_by_role("button", name="Reset")
    for _ in range(2):
        reset.click()
        expect(reset).to_be_disabled()
        page.get_by_role("button", name="Paper and ink change places").click()
        expect(reset).to_be_enabled()
        settled(page)
        expect(reset).to_be_enabled()
        expect(page).to_have_url(re.compile("also=inverted"))


def test_what_is_clicked_after_a_drag_holds(far):
    page = far("/line?t=0.05", 1_500)
    slider = page.get_by_role("slider", name=re.compile("is nearer by more than"))
    expect(slider).to_be_visible()
    box = box_at_rest(slider)
    page.mouse.move(box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 2, box["y"] + box["height"] / 2, steps=9)
    page.mouse.up()
    page.get_by_role("button", name="The diagonal").click()
    settled(page)
    expect(page).to_have_url(re.compile("/line$"))
