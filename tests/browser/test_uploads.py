"""Pictures brought to the page, as a person brings them."""

import base64
import csv
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from mnist_dash.core import sheets
from tests.browser.test_draw import PHONE, headline, ink
from tests.pages.test_pictures import SEVEN, page_of, png
from tests.pages.test_pictures import THREE as WRITTEN_THREE
from tests.strokes import THREE, draw

PAGE = png(page_of(WRITTEN_THREE, SEVEN))


BRING = """(target, [way, text]) => {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], "brought.png", { type: "image/png" }));
    const how = { bubbles: true, composed: true, cancelable: true };
    const event = way === "paste"
        ? new ClipboardEvent("paste", { clipboardData: carried, ...how })
        : new DragEvent("drop", { dataTransfer: carried, ...how });
    target.dispatchEvent(event);
}"""


def upload(page, *files):
    expect(page.get_by_role("switch", name="Upright")).to_be_visible()  # the page is all there
    page.locator(".st-key-uploads input[type=file]").set_input_files(
        [{"name": name, "mimeType": "image/png", "buffer": data} for name, data in files]
    )


def boxes(page):
    return page.locator(".found .box")


def test_a_page_of_digits_is_boxed_called_and_downloaded(visit):
    page = visit()
    upload(page, ("page.png", PAGE))
    expect(boxes(page)).to_have_count(2)
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


def test_a_photo_with_shadow_tilt_and_squared_paper_is_read(visit, mnist):
    generator = np.random.default_rng(3)
    coverage = sheets.coverage(mnist.train.images[10_000], generator)
    photo = sheets.photograph(coverage, generator, ruling="squared")
    page = visit()
    upload(page, ("photo.png", png(photo)))
    expect(boxes(page)).to_have_count(1)
    expect(boxes(page)).to_have_attribute("aria-label", "Digit 1: L1 says 3, L2 says 3")


@pytest.mark.parametrize("way", ["paste", "drop"])
def test_a_picture_can_be_pasted_or_dropped_anywhere(visit, way):
    page = visit()
    expect(page.get_by_role("switch", name="Upright")).to_be_visible()
    page.locator("[data-part=surface]").evaluate(BRING, [way, base64.b64encode(PAGE).decode()])
    expect(boxes(page)).to_have_count(2)


def test_bad_files_get_a_sentence_and_the_drawing_stays(visit):
    page = visit()
    draw(page, THREE)
    before = ink(page)
    upload(page, ("seven.png", b"seven"), ("empty.png", b""), ("page.png", PAGE))
    expect(page.get_by_text("this is no PNG, JPEG, WebP, BMP, GIF or TIFF picture")).to_be_visible()
    expect(page.get_by_text("the file is empty: zero bytes")).to_be_visible()
    expect(boxes(page)).to_have_count(2)
    expect(headline(page)).to_have_text("Both norms say 3")
    assert ink(page) == before


def test_a_file_over_10_mb_is_refused_and_the_others_are_read(visit):
    page = visit()
    upload(page, ("large.png", b"x" * (11 * 2**20)), ("page.png", PAGE))
    expect(boxes(page)).to_have_count(2)
    expect(page.get_by_text("File must be 10.0MB or smaller.")).to_be_visible()


def test_pictures_are_still_there_after_another_page_and_can_be_removed(visit):
    page = visit()
    upload(page, ("page.png", PAGE))
    expect(boxes(page)).to_have_count(2)
    page.get_by_role("link", name="Accuracy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How good is the nearest ideal?")
    page.get_by_role("link", name="Draw").click()
    expect(boxes(page)).to_have_count(2)
    upload(page, ("again.png", PAGE))
    expect(boxes(page)).to_have_count(4)
    page.get_by_role("button", name="Remove the pictures from before").click()
    expect(boxes(page)).to_have_count(2)


def test_drawing_again_brings_the_steps_back_to_the_pad(visit):
    page = visit()
    upload(page, ("page.png", PAGE))
    expect(page.get_by_text("Digit 1 of page.png, step by step.")).to_be_visible()
    draw(page, THREE)
    expect(page.get_by_text("Your drawing, step by step.")).to_be_visible()
    expect(page.locator(".found .chosen")).to_have_count(0)


def test_a_step_is_switched_off_its_worth_is_shown_and_a_reload_keeps_it(visit):
    page = visit()
    draw(page, THREE)
    switch = page.get_by_role("switch", name="Centre of mass")
    expect(switch).to_have_attribute("aria-checked", "true")
    switch.click()
    expect(page.get_by_text("Prepared without “Centre of mass”.").first).to_be_visible()
    expect(page.get_by_text("without “Centre of mass”", exact=True)).to_have_count(2)
    page.get_by_text("Accuracy, pooled, on 1,000 of the 2,038").wait_for(timeout=90_000)
    cells = page.get_by_test_id("stTable").last.locator("td").all_inner_texts()
    usual, without = [[float(cell) for cell in cells[at : at + 2]] for at in (0, 2)]
    assert min(usual) > 0.9
    assert max(without) < min(usual) - 0.05
    assert "off=centre" in page.url
    page.reload()
    expect(switch).to_have_attribute("aria-checked", "false")
    page.get_by_role("button", name="Switch every step on").click()
    expect(switch).to_have_attribute("aria-checked", "true")
    expect(page).not_to_have_url(re.compile("off="))


def test_drawing_goes_on_while_the_worth_of_a_step_is_measured(visit):
    page = visit(path="/?off=grey")
    page.get_by_text(re.compile("sheets read")).wait_for()
    draw(page, THREE)
    expect(headline(page)).to_have_text("Both norms say 3")


def test_the_camera_takes_a_photo(visit):
    page = visit(permissions=["camera"])
    page.get_by_text("Use the camera").click()
    page.wait_for_function("document.querySelector('video')?.readyState === 4")
    page.get_by_role("button", name="Take Photo").click()
    # Chromium's pretended camera shows a test picture: some digits or a sentence, but an answer.
    answer = page.locator(".found .box, [data-testid=stAlert]")
    expect(answer.first).to_be_visible()


def test_on_a_phone_everything_fits_and_the_keyboard_reaches_each_switch(visit):
    page = visit(viewport=PHONE)
    upload(page, ("page.png", PAGE))
    expect(boxes(page)).to_have_count(2)
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0
    first = page.get_by_role("switch", name="Upright")
    first.focus()
    page.keyboard.press("Space")
    expect(first).to_have_attribute("aria-checked", "false")


def test_every_picture_has_a_text_alternative(visit):
    page = visit()
    upload(page, ("page.png", PAGE))
    expect(boxes(page)).to_have_count(2)
    expect(page.get_by_text("Digit 1 of page.png, step by step.")).to_be_visible()
    unnamed = page.locator(".strip img:not([alt]), .strip img[alt=''], .found img:not([alt])")
    expect(unnamed).to_have_count(0)
