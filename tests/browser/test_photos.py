"""Pictures brought to the page, as a person brings them."""

import base64
import csv
import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.test_draw import headline
from tests.pages.test_photos import SEVEN, page_of, png
from tests.pages.test_photos import THREE as WRITTEN_THREE
from tests.serving import focus, settled
from tests.strokes import THREE, draw

PAGE = png(page_of(WRITTEN_THREE, SEVEN))


# Streamlit opens the camera twice, the second time as wide as it is shown, and takes no photo in between.
RUNS = """() => {
  const video = document.querySelector("video");
  return video?.width > 0 && video.videoWidth > 0 && video.readyState === 4;
}"""
BRING = """(target, [way, text]) => {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], "brought.png", { type: "image/png" }));
    const how = { bubbles: true, composed: true, cancelable: true };
    const event = way === "paste"
        ? new ClipboardEvent("paste", { clipboardData: carried, ...how })
        : new DragEvent("drop", { dataTransfer: carried, ...how });
    return target.dispatchEvent(event);
}"""


def upload(page, *files):
    expect(page.get_by_role("switch", name="Upright")).to_be_visible()  # the page is all there
    page.locator(".st-key-uploads input[type=file]").set_input_files(
        [{"name": name, "mimeType": "image/png", "buffer": data} for name, data in files]
    )


def boxes(page):
    return page.locator(".found .box")


def test_pages_of_digits_are_boxed_called_downloaded_and_kept_until_they_are_removed(visit):
    page = visit("/photos", anew=True)
    large = b"x" * (11 * 2**20)
    upload(page, ("seven.png", b"seven"), ("empty.png", b""), ("large.png", large), ("page.png", PAGE))
    expect(boxes(page)).to_have_count(2)
    expect(page.get_by_text("this is not a PNG, JPEG, WebP, BMP, GIF or TIFF picture")).to_be_visible()
    expect(page.get_by_text("the file is empty: zero bytes")).to_be_visible()
    expect(page.get_by_text("File must be 10.0MB or smaller.")).to_be_visible()
    expect(page.get_by_text("Digit 1 of page.png, step by step.")).to_be_visible()
    unnamed = page.locator(".strip img:not([alt]), .strip img[alt=''], .found img:not([alt])")
    expect(unnamed).to_have_count(0)
    labels = [box.get_attribute("aria-label") for box in boxes(page).all()]
    assert labels == ["Digit 1: L1 says 3, L2 says 3", "Digit 2: L1 says 7, L2 says 7"]
    boxes(page).nth(1).click()
    expect(page.get_by_text("Digit 2 of page.png, step by step.")).to_be_visible()
    expect(page.locator(".found tbody tr").nth(1)).to_have_class(re.compile("chosen"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    rows = list(csv.DictReader(download.value.path().read_text().splitlines()))
    assert [(row["picture"], row["L1 answer"], row["L2 answer"]) for row in rows] == [
        ("page.png", "3", "3"),
        ("page.png", "7", "7"),
    ]
    page.get_by_role("button", name="Put digit 2 on the pad").click()
    expect(headline(page)).to_have_text("Both norms say 7")
    page.get_by_role("link", name="Yours", exact=True).click()
    expect(boxes(page)).to_have_count(2)
    upload(page, ("again.png", PAGE))
    expect(boxes(page)).to_have_count(4)
    page.get_by_role("button", name="Remove earlier pictures").click()
    expect(boxes(page)).to_have_count(2)


def test_a_picture_can_be_pasted_or_dropped_anywhere_on_draw_and_on_photos(visit):
    page = visit(anew=True)

    def bring(way, target, count):
        page.locator(target).evaluate(BRING, [way, base64.b64encode(PAGE).decode()])
        expect(boxes(page)).to_have_count(count)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Can it read your page?")

    bring("paste", "[data-part=surface]", 2)
    bring("drop", ".strip", 4)
    bring("paste", ".strip", 6)
    page.get_by_role("link", name="Learn", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Can an average")
    settled(page)  # what catches a picture is there after the pad
    bring("drop", "[data-part=surface]", 8)
    page.get_by_role("link", name="Learn", exact=True).click()
    page.get_by_role("link", name="2 Pixels").click()
    title = page.get_by_role("heading", level=1, name="What does the computer get?")
    opened = title.evaluate(BRING, ["drop", base64.b64encode(PAGE).decode()])
    assert not opened  # in place of the app: nothing there takes a file


def test_without_a_picture_the_steps_are_those_of_the_drawing(visit):
    page = visit()
    draw(page, THREE)
    page.get_by_role("button", name="Bring a picture").click()
    expect(page.get_by_text("Your drawing, step by step.")).to_be_visible()
    expect(page.locator(".strip img[src]")).to_have_count(11)


def test_a_step_is_switched_off_its_worth_is_found_out_and_a_reload_keeps_it(visit):
    page = visit("/photos", anew=True)
    upload(page, ("page.png", PAGE))
    switch = page.get_by_role("switch", name="Centre of mass")
    expect(switch).to_have_attribute("aria-checked", "true")
    switch.click()
    expect(page.get_by_text("without “Centre of mass”", exact=True).first).to_be_visible()
    expect(page.get_by_text(re.compile("of 1,000 sheets read"))).to_be_visible()
    assert "off=centre" in page.url
    page.reload()
    expect(switch).to_have_attribute("aria-checked", "false")
    page.get_by_role("button", name="Switch every step on").click()
    expect(switch).to_have_attribute("aria-checked", "true")
    expect(page).not_to_have_url(re.compile("off="))


def test_the_camera_takes_a_photo(visit):
    page = visit("/photos", anew=True, permissions=["camera"])
    page.get_by_text("Use the camera").click()
    page.wait_for_function(RUNS)
    page.get_by_role("button", name="Take Photo").click()
    # Chromium's pretended camera shows a test picture: some digits or a sentence, but an answer.
    answer = page.locator(".found .box, [data-testid=stAlert]")
    expect(answer.first).to_be_visible()


def test_on_a_phone_everything_fits_and_the_keyboard_reaches_each_switch(visit):
    page = visit("/photos", anew=True, **PHONE)
    upload(page, ("page.png", PAGE))
    expect(boxes(page)).to_have_count(2)
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0
    first = page.get_by_role("switch", name="Upright")
    focus(first)
    page.keyboard.press("Space")
    expect(first).to_have_attribute("aria-checked", "false")
