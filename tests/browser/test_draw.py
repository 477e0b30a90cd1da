"""Draw, as a person meets it."""

import json
import re
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import expect

from mnist_dash.components.digit_pad import Drawing, written
from tests.browser.conftest import PHONE
from tests.own import SETS
from tests.serving import box_at_rest, focus, until
from tests.strokes import SEVEN, THREE, draw, on_pad, press, settle, touch

PEN = {"tool": "pen", "size": 48, "points": [100, 100, 300, 100, 200, 400]}
LINE = [(0.1, 0.9), (0.9, 0.9)]


def headline(page):
    return page.locator(".headline")


def answer(page, norm):
    return page.locator(f".side[data-norm={norm}] .answer")


def expect_ink(page, dark):
    """Wait until so many pixels of the pad are dark: it is laid out anew when a page comes."""
    until(page, lambda: ink(page), dark)


def numbers(page):
    """What stands beside the bars once the newest drawing is answered: {norm: {digit: distance}}."""
    settle(page)
    return {
        norm: {
            row.get_attribute("data-digit"): row.locator(".number").text_content()
            for row in page.locator(f".side[data-norm={norm}] .bar").all()
        }
        for norm in ("L1", "L2")
    }


def in_address(page):
    """The drawing that the address holds."""
    return written.read(parse_qs(urlparse(page.url).query).get("drawing", [written.write(Drawing())])[0])


def strokes(page, count):
    """Wait until the address holds a drawing of so many marks."""
    until(page, lambda: len(in_address(page).marks), count)


def ink(page):
    """How many pixels of the pad's canvas are dark."""
    return page.locator("[data-part=canvas]").evaluate(
        "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data"
        ".filter((value, i) => i % 4 === 0 && value < 128).length"
    )


def test_a_drawn_digit_is_called_by_both_norms(visit):
    page = visit()
    expect(headline(page)).to_have_text("Example: both norms say 3")
    draw(page, SEVEN)
    expect(headline(page)).to_have_text("Both norms say 7")
    for norm in ("L1", "L2"):
        expect(answer(page, norm)).to_have_text("7")
        expect(page.locator(f".side[data-norm={norm}] .bar.nearest")).to_have_attribute("data-digit", "7")
        distances = numbers(page)[norm]
        margin = float(distances["3"]) - float(distances["7"])
        text = page.locator(f".side[data-norm={norm}] .margin").inner_text()
        assert re.fullmatch(r"7 is nearer than 3 by 0\.\d{4}", text)
        assert float(text.split()[-1]) == pytest.approx(margin, abs=2e-4)


def test_a_finger_draws_on_a_phone_and_the_answers_stand_on_the_same_screen_as_the_pad(visit):
    page = visit(**PHONE)
    expect(headline(page)).to_have_text("Example: both norms say 3")
    surface = page.locator("[data-part=surface]")
    before = box_at_rest(surface)
    touch(page, SEVEN)
    expect(headline(page)).to_have_text("Both norms say 7")
    assert surface.bounding_box() == before  # the page has not been scrolled
    surface.evaluate("pad => pad.scrollIntoView({ block: 'start' })")
    line = box_at_rest(page.locator(".side[data-norm=L2] .line"))
    assert surface.bounding_box()["y"] >= 0
    assert line["y"] + line["height"] < PHONE["viewport"]["height"]


def test_a_second_finger_neither_draws_nor_ends_the_stroke(visit):
    page = visit()
    expect(headline(page)).to_have_text("Example: both norms say 3")
    press(page, SEVEN[:4])
    before = ink(page)
    (x, y) = on_pad(page, [(0.1, 0.9)])[0]
    for kind in ("pointerdown", "pointermove", "pointerup"):
        palm = {"pointerId": 99, "clientX": x, "clientY": y, "bubbles": True}
        page.locator("[data-part=surface]").evaluate(
            "(pad, [kind, palm]) => pad.dispatchEvent(new PointerEvent(kind, palm))", [kind, palm]
        )
    assert ink(page) == before
    for corner in on_pad(page, SEVEN[4:]):
        page.mouse.move(*corner, steps=6)
    page.mouse.up()
    expect(headline(page)).to_have_text("Both norms say 7")
    page.get_by_role("button", name="Undo").click()  # all of it was one stroke
    expect(headline(page)).to_have_text("Example: both norms say 3")
    assert ink(page) == 0


def test_results_change_while_the_button_is_down(visit):
    """A recorded trace: every change of the L1 distance to 3, and when the button was released."""
    page = visit()
    expect(headline(page)).to_have_text("Example: both norms say 3")
    number = page.locator(".side[data-norm=L1] .bar[data-digit='3'] .number")
    number.evaluate(
        """element => {
          window.trace = [];
          const note = (what) => window.trace.push({ what, at: performance.now() });
          new MutationObserver(() => note(element.textContent)).observe(
            element, { childList: true, characterData: true, subtree: true });
          window.addEventListener("pointerup", () => note("released"), true);
        }"""
    )
    press(page, THREE)
    page.wait_for_function("new Set(window.trace.map((entry) => entry.what)).size >= 3")
    assert ink(page) > 0
    assert in_address(page) == Drawing()  # it is written once the pen is up
    page.mouse.up()
    expect(headline(page)).to_have_text("Both norms say 3")
    strokes(page, 1)
    trace = [entry["what"] for entry in page.evaluate("window.trace")]
    assert trace.index("released") >= 3, trace


def test_space_paints_and_erases_and_the_answer_keeps_up_with_fast_painting_by_keyboard(visit):
    page = visit()
    page.locator("[data-part=surface]").wait_for()
    focus(page.locator("[data-part=surface]"))
    page.keyboard.press("Space")
    expect(headline(page)).not_to_contain_text("Example")
    expect(headline(page)).to_contain_text("say")
    page.keyboard.press("Space")
    expect(headline(page)).to_have_text("Draw something")
    expect(page.locator("[data-part=spoken]")).to_have_text("row 14, column 14, erased")
    page.keyboard.press("Space")
    for _ in range(9):
        page.keyboard.press("Shift+ArrowUp")
    for _ in range(7):
        page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("[data-part=spoken]")).to_have_text("row 5, column 7, painted")
    expect(headline(page)).to_have_text("Both norms say 7")
    until(page, lambda: len(in_address(page).marks) > 16, True)


def test_undo_redo_eraser_and_clear(visit):
    page = visit()
    undo, redo, clear = (page.get_by_role("button", name=name) for name in ("Undo", "Redo", "Clear"))
    expect(undo).to_be_disabled()
    draw(page, THREE)
    expect(headline(page)).to_have_text("Both norms say 3")
    drawn = ink(page)
    page.get_by_role("button", name="Eraser").click()
    draw(page, [(0.2, 0.2), (0.8, 0.2)])
    assert 0 < ink(page) < drawn
    undo.click()
    assert ink(page) == drawn
    clear.click()
    expect(headline(page)).to_have_text("Example: both norms say 3")
    assert ink(page) == 0
    page.locator("[data-part=surface]").wait_for()
    focus(page.locator("[data-part=surface]"))
    page.keyboard.press("Control+z")
    expect(headline(page)).to_have_text("Both norms say 3")
    page.keyboard.press("Control+z")
    expect(headline(page)).to_have_text("Example: both norms say 3")
    redo.click()
    expect(headline(page)).to_have_text("Both norms say 3")
    assert ink(page) == drawn
    page.get_by_role("button", name="Pen", exact=True).click()  # as the next finds it


def test_the_brush_is_as_wide_as_chosen_and_in_pixel_mode_single_cells_are_painted(visit):
    page = visit()
    brush = page.get_by_label("Brush size, in cells")
    width = brush.input_value()
    draw(page, [(0.5, 0.5), (0.5, 0.5)])
    thin = ink(page)
    page.get_by_role("button", name="Clear").click()
    brush.fill("4.8")
    draw(page, [(0.5, 0.5), (0.5, 0.5)])
    assert ink(page) == pytest.approx(4 * thin, rel=0.05)
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("button", name="Pixels", exact=True).click()
    (start, end) = on_pad(page, [(0.5 / 28, 0.5 / 28), (9.5 / 28, 0.5 / 28)])
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=3)
    page.mouse.up()
    side = page.locator("[data-part=canvas]").evaluate("canvas => canvas.width")
    assert ink(page) == pytest.approx(10 * (side / 28) ** 2, rel=0.05)
    page.mouse.click(*start)  # a painted cell is erased
    assert ink(page) == pytest.approx(9 * (side / 28) ** 2, rel=0.05)
    brush.fill(width)
    page.get_by_role("button", name="Pen", exact=True).click()


def test_a_random_digit_says_whether_the_answer_is_right_and_undo_brings_the_drawing_back(visit):
    page = visit()
    draw(page, SEVEN)
    expect(headline(page)).to_have_text("Both norms say 7")
    page.get_by_role("button", name="A random MNIST digit").click()
    note = page.locator(".note")
    expect(note).to_have_text(re.compile(r"MNIST validation image [\d,]+, labelled [37]: .*(right|wrong)"))
    label = re.search(r"labelled (\d)", note.inner_text())[1]
    for norm in ("L1", "L2"):
        is_right = answer(page, norm).inner_text() == label
        says = note.inner_text().split(": ")[1]
        claim = re.search(rf"(both are|{norm} is) (right|wrong)", says)[2]
        assert claim == ("right" if is_right else "wrong")
    page.get_by_role("button", name="Undo").click()
    expect(headline(page)).to_have_text("Both norms say 7")


def test_the_28_by_28_can_be_put_on_the_pad_and_edited_pixel_by_pixel(visit):
    page = visit()
    draw(page, THREE)
    expect(headline(page)).to_have_text("Both norms say 3")
    before = numbers(page)
    page.get_by_role("button", name="Edit these pixels").click()
    expect(page.locator(".note")).to_have_text("Taken pixel for pixel from the pad.")
    assert numbers(page) == before
    page.get_by_role("button", name="Pixels", exact=True).click()
    page.locator("[data-part=surface]").scroll_into_view_if_needed()
    page.mouse.click(*on_pad(page, [(0.5 / 28, 0.5 / 28)])[0])
    expect(page.locator(".side[data-norm=L1] .bar[data-digit='3'] .number")).not_to_have_text(
        before["L1"]["3"]
    )
    # One pixel from paper to ink in a corner, where the ideal is white, adds 1 / 784 to L1.
    assert float(numbers(page)["L1"]["3"]) == pytest.approx(float(before["L1"]["3"]) + 1 / 784, abs=2e-4)
    page.get_by_role("button", name="Pen", exact=True).click()


def test_all_ten_digits_come_into_play_and_leave_in_one_click_but_for_two(visit):
    page = visit()
    draw(page, THREE)
    expect(headline(page)).to_have_text("Both norms say 3")
    page.get_by_role("button", name="All ten", exact=True).click()
    expect(page.locator(".side[data-norm=L2] .bar")).to_have_count(10)
    expect(answer(page, "L2")).to_have_text("3")
    assert page.url.count("digits=") == 10
    page.get_by_role("button", name="Clear").click()
    expect(headline(page)).to_have_text("Example: both norms say 3")
    page.get_by_role("button", name="3 and 7", exact=True).click()
    expect(page.locator(".side[data-norm=L2] .bar")).to_have_count(2)
    page.get_by_role("button", name="7", exact=True).click()  # the last two cannot leave
    expect(page.get_by_text("Two possible answers at least")).to_be_visible()
    expect(page.locator(".side[data-norm=L2] .bar")).to_have_count(2)


def test_a_click_in_the_same_instant_as_ink_is_not_lost(visit):
    page = visit()
    draw(page, THREE)
    page.evaluate(
        """() => {
          const pad = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.querySelector("canvas"));
          const ten = [...document.querySelectorAll("button")].find((e) => e.textContent === "All ten");
          pad.shadowRoot.querySelector("[data-part=undo]").click();  // sends at once, and so does
          ten.click();
        }"""
    )
    expect(page.locator(".side[data-norm=L2] .bar")).to_have_count(10)
    expect(headline(page)).to_have_text("Example: both norms say 3")


def test_each_stroke_is_a_step_of_the_browser_s_history(visit):
    page = visit()
    draw(page, THREE)
    strokes(page, 1)
    one = ink(page), numbers(page)
    draw(page, LINE)
    strokes(page, 2)
    two = ink(page), numbers(page)
    page.get_by_role("button", name="All ten", exact=True).click()
    bars = page.locator(".side[data-norm=L1] .bar")
    expect(bars).to_have_count(10)
    page.go_back()
    expect(bars).to_have_count(2)
    assert (ink(page), numbers(page)) == two
    page.go_back()
    strokes(page, 1)
    expect_ink(page, one[0])
    assert numbers(page) == one[1]
    page.go_back()
    expect(headline(page)).to_have_text("Example: both norms say 3")
    assert ink(page) == 0
    page.go_forward()
    page.go_forward()
    strokes(page, 2)
    expect_ink(page, two[0])
    page.get_by_role("button", name="Undo").click()  # each is still a stroke of its own
    strokes(page, 1)
    assert ink(page) == one[0]


def test_a_link_shows_exactly_what_its_sender_saw(visit):
    page = visit("/?digits=0&digits=1&digits=3&norm=L2")
    draw(page, THREE)
    draw(page, LINE)
    strokes(page, 2)
    saw = ink(page), numbers(page)
    assert list(saw[1]["L1"]) == ["0", "1", "3"]
    there = visit("/?" + urlparse(page.url).query, anew=True)
    expect(headline(there)).to_have_text(headline(page).inner_text())
    assert (ink(there), numbers(there)) == saw
    there.get_by_role("button", name="Undo").click()
    strokes(there, 1)
    assert 0 < ink(there) < saw[0]


def test_the_drawing_outlives_page_switch_theme_change_and_reload(visit):
    page = visit(anew=True)
    draw(page, THREE)
    strokes(page, 1)
    before = ink(page), numbers(page)

    page.get_by_role("link", name="Pixels").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What does the computer get?")
    page.get_by_role("link", name="Draw").click()
    expect(headline(page)).to_have_text("Both norms say 3")
    expect_ink(page, before[0])
    assert numbers(page) == before[1]

    page.get_by_test_id("stMainMenu").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(20, 22, 27)")
    page.keyboard.press("Escape")
    expect_ink(page, before[0])
    assert numbers(page) == before[1]

    page.reload()
    expect(headline(page)).to_have_text("Both norms say 3")
    expect_ink(page, before[0])
    assert numbers(page) == before[1]
    page.get_by_role("button", name="Undo").click()
    expect(headline(page)).to_have_text("Example: both norms say 3")


def test_at_first_the_address_counts_and_if_it_has_no_drawing_what_the_browser_kept(visit, server):
    page = visit(None, anew=True)
    page.goto(f"{server}/_stcore/health")  # has the same storage
    two = written.write(Drawing.from_message([PEN, PEN]))
    for stored, drawing, marks in ((PEN, "", 1), (PEN, two, 2), ({**PEN, "size": 10**6}, "", 0)):
        kept = json.dumps({"steps": [stored], "undone": [], "loaded": 7})
        page.evaluate("kept => sessionStorage.setItem('mnist-dash:pad', kept)", kept)
        page.goto(f"{server}/?drawing={drawing}")
        page.locator("[data-part=surface]").wait_for()
        strokes(page, marks)
        expect(page.get_by_role("button", name="Undo")).to_be_enabled(enabled=marks > 0)


@pytest.mark.parametrize("first", ["stroke", "digit"])
def test_a_stroke_and_a_click_in_one_breath_both_count_in_their_order(far, first):
    """Answers take 400 ms, so what the pad holds is not yet told when the click comes, or the reverse."""
    page = far("/", 400)
    expect(page.locator("[data-part=hint]")).to_be_visible()
    random = page.get_by_role("button", name="A random MNIST digit")
    if first == "digit":
        random.click()
    press(page, LINE)
    page.mouse.up()
    if first == "stroke":
        random.click()
    strokes(page, int(first == "digit"))
    until(page, lambda: in_address(page).exact(), True)
    settle(page)
    assert len(in_address(page).marks) == int(first == "digit")
    page.get_by_role("button", name="Undo").click()
    settle(page)
    strokes(page, int(first == "stroke"))


def bring(page, name):
    """A set of one's own, and with it in use to Draw."""
    expect(page.locator(".tile").first).to_be_visible()
    page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": SETS[name]()}]
    )
    expect(page.get_by_text(f"In use on every page: {name.partition('.')[0]}.")).to_be_visible()
    page.get_by_role("link", name="Learn").click()
    expect(page.locator(".surface")).to_be_visible()


def test_an_image_of_another_size_lies_on_the_pad_until_it_is_touched(visit):
    page = visit("/data", anew=True)
    bring(page, "colours.zip")
    page.get_by_role("button", name="A random image").click()
    note = page.locator(".readout .note")
    expect(note).to_contain_text("colours validation image ")
    expect(page.locator(".value")).to_have_text("32 × 32, as the computer sees it")
    expect(page.locator(".hint")).to_be_visible()
    draw(page, THREE)
    expect(page.locator(".hint")).to_be_hidden()
    expect(note).to_have_text(
        "Scaled to fit a box of 32 pixels and centred by its mass, as the images of colours are."
    )


def test_of_many_ideals_the_nearest_are_pictures_on_the_line_and_the_others_ticks(visit):
    page = visit("/data", anew=True)
    bring(page, "letters.zip")
    page.get_by_role("button", name="All 26").click()
    side = page.locator(".side[data-norm=L1]")
    expect(side.locator(".spot")).to_have_count(26)
    expect(side.locator(".spot.tick")).to_have_count(20)
    expect(side.locator(".spot:not(.tick).nearest .digit")).to_have_text(answer(page, "L1").text_content())
    assert re.fullmatch(r"[a-z]: 0\.\d{4}", side.locator(".spot.tick").first.get_attribute("title"))
    page.get_by_role("button", name="Show the numbers").click()
    expect(side.locator(".bar.nearest")).to_have_count(1)
