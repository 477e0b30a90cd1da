"""Better, as a person meets it."""

import re

from playwright.sync_api import expect

from tests.own import digits
from tests.serving import box_at_rest, fits, focus


def test_a_step_along_the_gradient_is_taken_by_key(visit):
    page = visit("/better?improved=gradient&step=157")
    expect(page.locator(".sum strong").nth(1)).to_have_text("0.0018")
    focus(page.get_by_role("slider", name="Step"))
    page.keyboard.press("ArrowRight")
    expect(page.locator(".sum strong").nth(1)).to_have_text("0.0006")
    expect(page).to_have_url(re.compile("step=158"))


def stroke(page, digit):
    """Paint across the pad of a digit with the mouse; the page's first move is not the last."""
    box = box_at_rest(page.locator(f'.surface[data-digit="{digit}"]'))
    x, y, side = box["x"], box["y"], box["width"]
    page.mouse.move(x + 0.2 * side, y + 0.85 * side)
    page.mouse.down()
    page.mouse.move(x + 0.5 * side, y + 0.85 * side, steps=8)


def share(page, norm):
    return page.locator(f'.score[data-norm="{norm}"] .share')


def wrong(page, norm):
    return page.locator(f'.score[data-norm="{norm}"] .wrong')


def test_the_pads_of_another_set_have_its_pixels(visit):
    page = visit("/data?guess=off", anew=True)
    expect(page.locator(".tile").first).to_be_visible()
    file = {"name": "digits.npz", "mimeType": "application/octet-stream", "buffer": digits()}
    page.locator("input[type=file]").set_input_files([file])
    page.get_by_role("button", name="Back to MNIST").wait_for()
    page.get_by_role("link", name="Explore").click()
    page.get_by_role("link", name="13 Better ideal").click()
    expect(page.get_by_role("application", name="Ideal 3, a pad of 8 by 8 pixels")).to_be_visible()
    assert page.locator(".surface canvas").first.evaluate("one => [one.width, one.height]") == [8, 8]
    before = wrong(page, "L1").inner_text()
    page.get_by_role("button", name="Erase").click()
    stroke(page, 3)
    page.mouse.up()
    page.get_by_role("button", name="Blank pads").click()
    expect(wrong(page, "L1")).not_to_have_text(before)
    page.get_by_role("button", name="The mean").click()
    expect(wrong(page, "L1")).to_have_text(before)


def test_paint_by_mouse_and_by_key_is_scored_while_it_moves_and_can_be_undone(visit):
    page = visit("/better", anew=True)
    expect(wrong(page, "L1")).to_have_text("99 wrong of 2,038")
    page.get_by_role("button", name="Erase").click()
    stroke(page, 3)
    expect(wrong(page, "L1")).not_to_have_text("99 wrong of 2,038")  # the pen is still down
    page.mouse.up()
    page.get_by_role("button", name="Undo").click()
    expect(wrong(page, "L1")).to_have_text("99 wrong of 2,038")
    expect(page.locator('.score[data-norm="L1"] .against')).to_have_text("the mean's 95.1 %: beat it")
    page.get_by_role("button", name="Redo").click()
    expect(wrong(page, "L1")).not_to_have_text("99 wrong of 2,038")
    page.get_by_role("button", name="Undo").click()
    expect(wrong(page, "L2")).to_have_text("69 wrong of 2,038")
    page.get_by_role("button", name="Darker").click()
    focus(page.get_by_role("application", name="Ideal 7"))
    for _ in range(6):
        page.keyboard.press("Shift+ArrowRight")
    expect(wrong(page, "L2")).not_to_have_text("69 wrong of 2,038")
    page.keyboard.press("Control+z")
    for _ in range(5):
        page.keyboard.press("Control+z")
    expect(wrong(page, "L2")).to_have_text("69 wrong of 2,038")


def test_the_gradient_paints_better_ideals_and_what_was_painted_outlives_another_page_with_undo(visit):
    page = visit("/better", anew=True)
    expect(wrong(page, "L1")).to_have_text("99 wrong of 2,038")
    page.get_by_role("button", name="Let the gradient paint").click()
    page.mouse.move(0, 0)  # the button's help would lie over Undo
    expect(page.get_by_text("200 steps of stochastic gradient descent")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("beats the mean's 95.1 %")).to_be_visible()
    expect(share(page, "L1")).to_have_text("96.8 %")
    expect(share(page, "L2")).to_have_text("97.4 %")
    page.get_by_role("button", name="Undo").click()
    expect(wrong(page, "L1")).to_have_text("99 wrong of 2,038")
    expect(wrong(page, "L2")).to_have_text("69 wrong of 2,038")
    expect(page.get_by_text("200 steps of stochastic gradient descent")).to_have_count(0)
    page.get_by_role("button", name="Blank pads").click()
    expect(wrong(page, "L1")).to_have_text("1,028 wrong of 2,038")
    page.get_by_role("link", name="12 Line").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Is it a straight line?")
    page.get_by_role("link", name="13 Better ideal").click()
    expect(wrong(page, "L1")).to_have_text("1,028 wrong of 2,038")
    page.get_by_role("button", name="Undo").click()
    expect(wrong(page, "L1")).to_have_text("99 wrong of 2,038")


def test_with_many_pads_one_is_painted_on_and_a_touch_takes_another(visit):
    page = visit("/better?digits=1&digits=3&digits=7&digits=8", viewport={"width": 390, "height": 844})
    active = page.locator(".pad[data-active] .surface")
    expect(active).to_have_attribute("data-digit", "1")
    page.locator('.surface[data-digit="8"]').click()
    expect(active).to_have_attribute("data-digit", "8")
    before = wrong(page, "L2").inner_text()
    page.get_by_role("button", name="Erase").click()
    box = box_at_rest(active)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 3 * box["height"] / 4, steps=8)
    page.mouse.up()
    expect(wrong(page, "L2")).not_to_have_text(before)
    fits(page)
