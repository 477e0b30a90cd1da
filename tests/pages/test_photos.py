"""Photos: uploads, the camera and the switches of the preparation, without a browser."""

import io
from dataclasses import replace

import pytest
import torch
from PIL import Image, ImageDraw, ImageOps

from mnist_dash import compute
from mnist_dash.components import tables
from mnist_dash.components.digit_pad import Drawing
from mnist_dash.core.handwriting import STEPS, read_all
from mnist_dash.pages.shared.settings import SETTINGS
from tests.app import button, choose, chosen, component, control, drawn, run, sound
from tests.components.test_drawing import PEN

THREE = ((60, 60), (140, 60), (100, 130), (150, 180), (120, 240), (60, 230))
SEVEN = ((60, 60), (160, 60), (100, 240))


def page_of(*digits, mode="L"):
    page = Image.new("L", (60 + 220 * len(digits), 300), 255)
    for number, corners in enumerate(digits):
        corners = [(x + 220 * number, y) for x, y in corners]
        ImageDraw.Draw(page).line(corners, fill=0, width=24, joint="curve")
    return page.convert(mode)


def png(picture):
    file = io.BytesIO()
    picture.save(file, "PNG", exif=picture.getexif())
    return file.getvalue()


def upload(at, *files):
    return sound(at.file_uploader(key="uploads").set_value(list(files)).run())


def answers(digit):
    return {norm: answer for norm, (answer, _) in digit["verdicts"].items()}


def test_every_digit_on_every_picture_is_called_by_both_norms(mnist):
    page, one = page_of(THREE, SEVEN), page_of(SEVEN)
    at = upload(run("photos"), ("page.png", png(page), "image/png"), ("one.png", png(one), "image/png"))
    first, second = component(at, "found_digits")["pictures"]
    assert [first["name"], second["name"]] == ["page.png", "one.png"]
    assert [len(first["digits"]), len(second["digits"])] == [2, 1]
    for digit, found in zip(first["digits"], read_all(page).digits, strict=True):
        verdicts = compute.verdicts(found.pixels, mnist, (3, 7))
        assert answers(digit) == {norm: verdict.nearest for norm, verdict in verdicts.items()}
        assert digit["box"] == list(found.box)
    assert [answers(digit)["L2"] for digit in first["digits"]] == [3, 7]


def test_the_steps_are_those_of_the_newest_picture_or_of_the_digit_that_is_chosen():
    at = upload(run("photos"), ("page.png", png(page_of(THREE, SEVEN)), "image/png"))
    assert component(at, "found_digits")["chosen"] == [0, 0]
    assert [step["name"] for step in component(at, "step_strip")["steps"]] == [*STEPS, "scale"]
    assert any(caption.value == "Digit 1 of page\\.png, step by step." for caption in at.caption)
    (picture,) = chosen(at, "pictures")
    choose(at, found=(picture.id, 1))
    assert component(at, "found_digits")["chosen"] == [0, 1]
    upload(at, ("page.png", png(page_of(THREE)), "image/png"), ("new.png", png(page_of(SEVEN)), "image/png"))
    assert component(at, "found_digits")["chosen"] == [1, 0]


def test_a_digit_is_put_on_the_pad(mnist):
    at = upload(run("photos"), ("page.png", png(page_of(THREE, SEVEN)), "image/png"))
    button(at, "Put digit 1 on the pad").click().run()
    assert component(at, "readout")["headline"] == "Both norms say 3"
    assert component(at, "readout")["note"] == "Taken pixel for pixel from the pad."


def test_without_a_picture_the_steps_are_those_of_the_drawing(mnist):
    at = run("photos")
    assert "shape" not in component(at, "step_strip")["steps"][0]
    choose(at, drawing=Drawing.from_message([PEN]))
    assert component(at, "step_strip")["steps"][0]["shape"] == [280, 280]
    assert component(at, "found_digits") is None
    drawn(at, mnist.valid.images[0])
    assert any("without any of these steps" in caption.value for caption in at.caption)


def test_pictures_stay_when_the_page_changes_until_they_are_removed():
    three, seven = (
        ("three.png", png(page_of(THREE)), "image/png"),
        ("seven.png", png(page_of(SEVEN)), "image/png"),
    )
    at = upload(run("photos"), three)
    at.switch_page("pages/draw/page.py").run()
    at.switch_page("pages/photos/page.py").run()
    assert [picture["name"] for picture in component(at, "found_digits")["pictures"]] == ["three.png"]
    upload(at, seven)
    assert [picture["name"] for picture in component(at, "found_digits")["pictures"]] == [
        "three.png",
        "seven.png",
    ]
    button(at, "Remove earlier pictures").click().run()
    assert [picture["name"] for picture in component(at, "found_digits")["pictures"]] == ["seven.png"]
    upload(at)
    assert component(at, "found_digits") is None


def test_after_an_upload_draw_says_where_it_is_and_not_to_draw_something():
    at = upload(run("photos"), ("three.png", png(page_of(THREE)), "image/png"))
    at.switch_page("pages/draw/page.py").run()
    assert component(at, "readout")["headline"] == "Your picture is on Photos"
    choose(at, drawing=Drawing.from_message([PEN]))
    assert component(at, "readout")["headline"] not in ("Your picture is on Photos", "Draw something")
    choose(at, drawing=Drawing(), pictures=())
    assert component(at, "readout")["headline"] == "Example: both norms say 3"


@pytest.mark.parametrize(
    "drawing", [Drawing(), Drawing.from_message([PEN]), Drawing.of(torch.full((28, 28), 7).byte())]
)
def test_after_an_upload_without_a_digit_another_picture_is_asked_for(drawing):
    at = choose(run("photos"), drawing=drawing)
    asked = next(caption.value for caption in at.caption if "Bring " in caption.value)
    assert "Bring a picture" in asked
    upload(at, ("blank.png", png(page_of()), "image/png"))
    said = next(caption.value for caption in at.caption if "Bring " in caption.value)
    assert said == asked.replace("Bring a picture", "No digit was found in your picture. Bring another")


def test_a_photo_of_the_camera_is_read_as_well():
    at = run("photos")
    control(at, "camera").set_value(True).run()
    photo = io.BytesIO()
    page_of(SEVEN).save(photo, "JPEG")
    at.camera_input(key="photo").set_value(("photo.jpg", photo.getvalue(), "image/jpeg")).run()
    assert len(component(sound(at), "found_digits")["pictures"][0]["digits"]) == 1


def test_a_bad_file_gets_a_sentence_and_the_others_are_read():
    good = ("seven.png", png(page_of(SEVEN)), "image/png")
    bad = ("a *bad* one.png", b"seven", "image/png"), ("blank.png", png(page_of()), "image/png")
    at = upload(run("photos"), good, *bad)
    assert len(at.error) == 2
    assert at.error[0].value.startswith("**a \\*bad\\* one\\.png**: this is not a PNG")
    assert at.error[1].value.endswith(": no ink found: nothing stands out from the paper.")
    assert len(component(at, "found_digits")["pictures"]) == 1


def test_what_is_ink_is_decided_or_said():
    chalk = ("board.png", png(ImageOps.invert(page_of(THREE, SEVEN))), "image/png")
    (picture,) = component(upload(run("photos"), chalk), "found_digits")["pictures"]
    assert picture["note"] == "Light ink on a dark ground. "
    assert len(picture["digits"]) == 2
    said_to_be_dark = upload(run("photos", ink="dark"), chalk)  # then the board is the ink, and no stroke
    assert "no ink found" in said_to_be_dark.error[0].value


def test_what_was_not_read_is_said():
    page = page_of(THREE, SEVEN)
    for y in (30, 110, 190, 270):
        ImageDraw.Draw(page).line((0, y, page.width, y), fill=40, width=2)
    ImageDraw.Draw(page).ellipse((20, 20, 26, 26), fill=0)
    (picture,) = component(upload(run("photos"), ("page.png", png(page), "image/png")), "found_digits")[
        "pictures"
    ]
    assert picture["note"] == "Not read: 4 ruled lines, a spot. "
    assert len(picture["digits"]) == 2


def test_the_table_has_a_row_for_each_digit(mnist):
    found = [
        compute.FoundDigit(digit.box, digit.pixels, compute.verdicts(digit.pixels, mnist, (3, 7)))
        for digit in read_all(page_of(THREE, SEVEN)).digits
    ]
    table = tables.found_digits([("page.png", found), ("again.png", found[:1])], mnist.classes)
    assert list(table["picture"]) == ["page.png", "page.png", "again.png"]
    assert list(table["digit"]) == [1, 2, 1]
    assert list(table["L1 answer"][:2]) == [str(each.verdicts["L1"].nearest) for each in found[:2]]
    assert (table["L2 distance"] > 0).all()
    assert (table["right"] > table["left"]).all()


# -- what a step is worth --------------------------------------------------------------------------


@pytest.fixture
def few(monkeypatch):
    """Thirty sheets tell what a step is worth."""
    setting = SETTINGS["sheets"]
    monkeypatch.setitem(SETTINGS, "sheets", replace(setting, default=30))


def test_the_url_switches_steps_off_and_nonsense_is_ignored(few):
    at = run("photos", off=["centre", "nonsense", "box"])
    assert component(at, "step_strip")["off"] == ["box", "centre"]
    button(at, "Switch every step on").click().run()
    assert component(at, "step_strip")["off"] == []
    assert "off" not in at.query_params


def test_a_drawing_is_prepared_without_what_is_switched_off(few, mnist):
    drawing = Drawing.from_message([PEN])
    for without in (frozenset(), frozenset({"centre"})):
        compute.worth(mnist, (3, 7), without, 30).finish()
    at = choose(run("photos", off=["centre"]), drawing=drawing)
    this_digit, validation = at.table[0].value, at.table[1].value
    for row, without in {"with every step": (), "without “Centre of mass”": {"centre"}}.items():
        verdicts = compute.verdicts(drawing.seen(without), mnist, (3, 7))
        assert dict(this_digit.loc[row]) == {norm: str(verdict.nearest) for norm, verdict in verdicts.items()}
    assert list(validation.index) == ["with every step", "without “Centre of mass”"]
    assert (validation.loc["with every step"] > validation.loc["without “Centre of mass”"]).all()
    assert any("on 30 of the 2,038 validation images" in caption.value for caption in at.caption)
    assert button(at, "Read all 2,038")
    at.switch_page("pages/draw/page.py").run()
    assert component(at, "readout")["note"] == "Prepared without “Centre of mass”."


def test_without_the_division_the_norms_get_numbers_up_to_255(few, mnist):
    image = mnist.valid.images[0]
    sent = component(drawn(run(off=["scale"]), image), "readout")
    ideals = compute.ideals(mnist, (3, 7))
    expected = [(image.float() - ideal).abs().mean().item() for ideal in ideals]
    assert sent["verdicts"]["L1"]["distances"] == pytest.approx(expected, rel=1e-5)
