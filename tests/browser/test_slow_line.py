"""Answers take a while to arrive, and what the page asks meanwhile takes back nothing that was clicked."""

import re

import pytest
from playwright.sync_api import expect

FAR = """
const listen = WebSocket.prototype.addEventListener;
WebSocket.prototype.addEventListener = function (type, heard, ...options) {
  const late = (event) => setTimeout(() => heard.call(this, event), DELAY);
  return listen.call(this, type, type === "message" ? late : heard, ...options);
};
"""
TOGETHER = """(names) => {
  const buttons = [...document.querySelectorAll("button")];
  const found = names.map((name) => buttons.find((button) => button.textContent.trim() === name));
  if (found.every(Boolean)) return found.map((button) => button.click()).length;
}"""
TEN = "&".join(f"digits={digit}" for digit in range(10))


@pytest.fixture
def far(server, browser):
    """Opens pages of a server whose messages arrive so many milliseconds late."""
    contexts = []

    def open_page(path, delay):
        contexts.append(browser.new_context(viewport={"width": 1366, "height": 900}))
        page = contexts[-1].new_page()
        page.add_init_script(FAR.replace("DELAY", str(delay)))
        page.goto(server + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_digits_that_a_button_chose_in_the_midst_of_work_stay_chosen(far):
    page = far(f"/accuracy?{TEN}&first=900", 400)
    page.get_by_role("button", name="Climb the rest").click(timeout=60_000)
    slow_rung = page.locator(".work", has_text=re.compile("Several ideals|Nearest neighbours"))
    expect(slow_rung).to_be_visible(timeout=60_000)
    page.wait_for_timeout(300)
    page.get_by_role("button", name="3 and 7").click()
    expect(page.get_by_text("scored on 2,038.")).to_be_visible(timeout=60_000)
    expect(page).to_have_url(re.compile(r"accuracy\?first="))


def test_every_click_on_next_counts_while_exhibits_follow(far):
    page = far("/distance", 150)
    expect(page.locator(".maps").first).to_be_visible(timeout=60_000)
    page.get_by_role("heading", name="Which way should each pixel change?").wait_for(timeout=60_000)
    for _ in range(8):
        page.get_by_role("button", name="Next", exact=True).click()
        page.wait_for_timeout(90)
    expect(page).to_have_url(re.compile(r"\?place=9$"))
    page.wait_for_timeout(1_000)
    expect(page.get_by_label("Place, 0 to")).to_have_value("9")


def test_a_norm_chosen_together_with_the_digits_while_the_page_still_comes(visit):
    page = visit(f"/accuracy?{TEN}&first=901")
    page.wait_for_function(TOGETHER, arg=["3 and 7", "L2"])
    expect(page.get_by_text("scored on 2,038.")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("heading", name="The ladder")).to_be_visible(timeout=60_000)
    expect(page).to_have_url(re.compile(r"accuracy\?(first=901&norm=L2|norm=L2&first=901)$"))
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_norm_chosen_together_with_the_digits_when_all_stands(visit):
    page = visit("/accuracy")
    expect(page.get_by_text("scored on 2,038.")).to_be_visible(timeout=60_000)
    page.wait_for_function(TOGETHER, arg=["5", "L2"])
    expect(page.get_by_text("scored on 2,930.")).to_be_visible(timeout=60_000)


def test_a_choice_is_not_taken_back_by_the_next_which_was_sent_with_the_old_address(far):
    page = far("/accuracy?digits=2&digits=3&digits=7", 300)
    expect(page.get_by_role("heading", name="The ladder")).to_be_visible(timeout=60_000)
    page.wait_for_timeout(1_000)
    page.get_by_role("button", name="3 and 7").click()
    page.wait_for_timeout(100)  # its answer is on its way
    page.locator(".st-key-how").get_by_text("median").click()
    expect(page).to_have_url(re.compile(r"accuracy\?how=median$"))
    page.wait_for_timeout(1_500)
    expect(page).to_have_url(re.compile(r"accuracy\?how=median$"))


def test_what_reset_took_back_can_be_chosen_again_at_once(far):
    page = far(f"/accuracy?{TEN}&first=902&also=inverted", 150)
    reset = page.get_by_role("button", name="Reset")
    expect(page.locator(".work").first).to_be_visible(timeout=60_000)
    for _ in range(2):
        reset.click()
        expect(reset).to_be_disabled()
        page.get_by_text("Paper and ink change places").click()
        expect(reset).to_be_enabled()
        page.wait_for_timeout(1_500)
        expect(reset).to_be_enabled()
