"""The Ideals page, as a person meets it: by mouse, by keyboard, on a phone."""


from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}


def settled(page):
    """The page with its last exhibit drawn."""
    expect(page.get_by_text("The label is 3")).to_be_visible()
    return page


def title(page):
    return page.locator(".maps[data-size=large] h3")


def thumb(slider):
    """Where the slider's thumb is, in the window."""
    box = slider.bounding_box()
    share = float(slider.input_value()) / float(slider.get_attribute("max"))
    return box["x"] + 9 + share * (box["width"] - 18), box["y"] + box["height"] / 2


def test_the_next_mistake_is_weighed(visit):
    page = settled(visit("/ideals"))
    page.get_by_role("button", name="Next mistake").click()
    expect(page.get_by_text("is not above the threshold")).to_be_visible()
    expect(page.get_by_text("The label is 3")).to_be_visible()
