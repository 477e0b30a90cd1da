"""Mistakes, as a person meets them: the confusion tables, the walls of pictures, the image that is opened."""

import re

from playwright.sync_api import expect

from tests.serving import focus

ONLY_L1, ONLY_L2, NEITHER = range(3)  # the walls where the norms disagree, in the page's order


def wall(page, number=0):
    return page.locator(".wall").nth(number)


def note(page):
    return page.locator(".st-key-opened-image .note")


def settled(page):
    """The page with its first wall and the opened image drawn."""
    expect(note(page)).to_contain_text("MNIST validation image")
    expect(wall(page).locator(".tile").first).to_be_visible()
    return page


def place(tile):
    return re.search(r"image ([\d,]+),", tile.get_attribute("aria-label"))[1]


def test_a_cell_shows_its_images_and_a_click_on_one_opens_it(visit):
    page = settled(visit("/mistakes"))
    largest = page.get_by_role("button", name="true 3, called 7 by L1: 84")
    expect(largest).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="true 7, called 3 by L2: 27").click()
    expect(page.get_by_text("Of the 1,028 images of digit 7, L2 calls 27 a 3")).to_be_visible()
    expect(page).to_have_url(re.compile("cell=L2(,|%2C)7(,|%2C)3"))
    expect(wall(page).get_by_role("status")).to_have_text("1 to 18 of 27")
    tile = wall(page).locator(".tile").nth(3)
    expect(tile).to_have_attribute("aria-label", re.compile("labelled 7; L1 says 7; L2 says 3, wrong"))
    opened = place(tile)
    tile.click()
    expect(note(page)).to_have_text(f"MNIST validation image {opened}, labelled 7: L1 is right, L2 is wrong.")
    expect(page.get_by_role("heading", name="A closer look")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(f"image={opened.replace(',', '')}"))
    expect(tile).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Put it on the pad").click()
    expect(page.locator(".note").first).to_contain_text(f"image {opened}, labelled 7: L1 is right")


def test_an_image_is_opened_again_after_another_from_another_wall(visit):
    page = settled(visit("/mistakes?mistakes=norms"))
    one, other = (wall(page, number).locator(".tile").nth(1) for number in (ONLY_L1, NEITHER))
    for tile in (one, other, one):
        tile.click()
        expect(note(page)).to_contain_text(f"image {place(tile)},")
        expect(tile).to_have_attribute("aria-current", "true")
    expect(other).to_have_attribute("aria-current", "false")


def test_every_image_is_reached_by_turning_the_wall(visit):
    page = settled(visit("/mistakes?mistakes=norms"))
    neither = wall(page, NEITHER)
    on, back = (neither.get_by_role("button", name=name) for name in ("The next", "Those before"))
    seen = set()
    for place_, last in (("1 to 25", False), ("26 to 50", False), ("51 to 57", True)):
        expect(neither.get_by_role("status")).to_have_text(f"{place_} of 57")
        seen |= {place(tile) for tile in neither.locator(".tile").all()}
        if not last:
            on.click()
    assert len(seen) == 57
    expect(on).to_be_disabled()
    back.click()
    expect(neither.get_by_role("status")).to_have_text("26 to 50 of 57")
    page.wait_for_url(lambda url: "neither_from=25" in url)


def test_the_next_mistake_counts_every_click(visit):
    page = settled(visit("/mistakes?image=195"))
    for _ in range(3):
        page.get_by_role("button", name="Next mistake of L1").click()
    wanted = page.locator(".tile[aria-current=true]")
    expect(note(page)).not_to_contain_text("image 195,")
    expect(page).not_to_have_url(re.compile("image=195"))
    page.get_by_role("radiogroup", name="Norm").get_by_text("L2", exact=True).click()
    expect(page.get_by_role("button", name="Next mistake of L2")).to_be_visible()
    expect(wanted).to_have_count(1)


def test_tables_and_walls_are_used_by_keyboard_alone(visit):
    page = settled(visit("/mistakes"))
    focus(page.get_by_role("button", name="true 3, called 7 by L1: 84"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    cell = page.get_by_role("button", name="true 7, called 3 by L1: 15")
    expect(cell).to_be_focused()
    page.keyboard.press("Enter")
    tiles = wall(page).locator(".tile")
    expect(tiles).to_have_count(15)
    expect(cell).to_be_focused()  # still, after the redraw
    page.keyboard.press("Tab")  # to the other table, its one stop
    page.keyboard.press("Tab")
    expect(tiles.first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect(tiles.nth(13)).to_be_focused()
    page.keyboard.press("Enter")
    expect(note(page)).to_contain_text(f"image {place(tiles.nth(13))}, labelled 7")
    expect(tiles.nth(13)).to_be_focused()
