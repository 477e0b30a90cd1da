"""Draw, Photos and Data on sets of the reader's own: their names, their size, none of MNIST's words."""

import io
import re

import numpy as np
import pytest
import torch
from PIL import Image

from mnist_dash import compute, load_dataset
from mnist_dash.components.digit_pad import Drawing
from mnist_dash.components.shared.mount import packed
from mnist_dash.core.handwriting import Preparation, read, read_all
from mnist_dash.pages.shared.words import plain
from tests.app import button, choose, chosen, component, run, sound, words
from tests.components.test_drawing import PEN
from tests.own import SETS, bring, in_folders, in_use, noisy
from tests.pages.test_photos import SEVEN, THREE, page_of, png, upload

STROKE = Drawing.from_message([PEN])
MNISTS = re.compile(r"MNIST|28 × 28|\b784\b|\bdigits?\b|All ten|all ten|\(14, 14\)|box of 20")


def own(name, **query):
    return bring(run("data", **query), (name, SETS[name]()))


def to(at, page):
    return sound(at.switch_page(f"pages/{page}/page.py").run())


def said(at):
    """What stands on the page: the words of controls, texts, and of our components."""
    texts = [words(block) for block in (*at.markdown[1:], *at.caption, *at.subheader, *at.header)]
    texts = [text for text in texts if "In one sentence" not in text]  # the lesson's, held elsewhere
    texts += [each.label for each in at.button if each.label != "Back to MNIST"]
    for name in ("readout", "step_strip", "found_digits"):
        found = component(at, name) or {}
        texts += [found.get(key, "") for key in ("headline", "note", "word")]
        texts += [f"{step['title']} {step['does']} {step['off']}" for step in found.get("steps", ())]
    return "\n".join(texts)


def on_paper(at):
    return upload(at, ("page.png", png(page_of(THREE, SEVEN)), "image/png"))


@pytest.mark.parametrize("name", SETS)
def test_draw_sees_a_drawing_as_an_image_of_the_set_and_names_its_classes(name):
    at = to(own(name), "draw")
    data = in_use(at)
    like = Preparation.of(data.train.images)
    at = choose(at, drawing=STROKE, digits=data.labels)
    sent = component(at, "readout")
    seen = read(STROKE.picture().reduce(2), drawn=True, like=like).digits[0].pixels
    assert sent["shape"] == list(data.train.images.shape[1:]) == list(seen.shape)
    assert sent["seen"] == packed(seen)
    assert sent["names"] == list(data.classes)
    ideals = torch.stack([data.train.stacks[label].double().mean(0) / 255 for label in data.labels])
    far = (seen.double() / 255 - ideals).abs().mean((1, 2))
    assert sent["verdicts"]["L1"]["distances"] == pytest.approx(far.tolist(), abs=1e-4)
    assert data.classes[int(far.argmin())] in sent["headline"]
    assert "Keep it as" not in str(at.main)


@pytest.mark.parametrize("name", ["letters.zip", "two.zip", "colours.zip"])
@pytest.mark.parametrize("page", ["draw", "photos"])
def test_no_word_of_mnist_is_said_of_another_set(name, page):
    at = to(own(name, guess="off"), page)
    shown = [said(at), said(choose(at, drawing=STROKE, off=("pen", "box", "centre")))]
    if page == "photos":
        shown.append(said(on_paper(choose(at, drawing=Drawing(), off=()))))
    side = in_use(at).train.images.shape[1]
    mnists = [found for text in shown for found in MNISTS.findall(text)]
    assert {*mnists} <= ({"28 × 28"} if side == 28 else set())


def test_what_is_not_read_on_a_photo_is_told_without_digits():
    at = to(own("letters.zip"), "photos")
    crowd = Image.new("L", (700, 700), 255)
    for place in range(121):
        crowd.paste(page_of(SEVEN).resize((60, 60)), (60 * (place % 11), 60 * (place // 11)))
    page = page_of(THREE, SEVEN)
    page.paste(page_of(THREE).resize((40, 40)), (5, 5))
    at = upload(at, ("crowd.png", png(crowd), "image/png"), ("page.png", png(page), "image/png"))
    assert [error.value for error in at.error] == [
        "**crowd\\.png**: more than 100 shapes found: send part of the page."
    ]
    (picture,) = component(at, "found_digits")["pictures"]
    assert "smaller than the drawings" in picture["note"]


def test_a_random_image_of_another_size_lies_on_the_pad_until_it_is_touched():
    at = to(own("colours.zip"), "draw")
    data = in_use(at)
    assert not [each for each in at.button if each.label == "Edit these pixels"]
    at = sound(button(at, "A random image").click().run())
    place = chosen(at, "example")
    sent = component(at, "readout")
    assert sent["seen"] == packed(data.valid.images[place])
    label = data.classes[int(data.valid.labels[place])]
    assert sent["note"].startswith(f"colours validation image {place:,}, labelled {label}")
    at = choose(at, drawing=STROKE)
    assert component(at, "readout")["note"].startswith("Scaled to fit a box of 32 pixels")


def test_a_random_image_of_28_by_28_is_on_the_pad_and_its_label_is_known():
    at = sound(button(to(own("letters.zip"), "draw"), "A random image").click().run())
    data = in_use(at)
    grid = torch.frombuffer(bytearray(chosen(at, "drawing").grid), dtype=torch.uint8).view(28, 28)
    assert (data.valid.images == grid).all((1, 2)).any()
    assert component(at, "readout")["note"].startswith("letters validation image ")


def test_a_picture_of_28_by_28_on_the_pad_is_prepared_for_a_set_of_another_size(mnist):
    at = choose(to(own("digits.npz"), "draw"), drawing=Drawing.of(mnist.train.images[10_000]))
    assert component(at, "readout")["note"].startswith("Scaled to fit a box of 8 pixels")
    at = to(at, "pixels")
    assert component(at, "pixel_table") is not None


def test_without_a_validation_image_there_is_no_random_one():
    stacks = noisy("abc", 3, (9, 9))
    parts = {f"train/{name}": stack for name, stack in stacks.items()} | {"valid/c": stacks["c"]}
    at = to(bring(run("data"), ("few.zip", in_folders(parts))), "draw")
    assert chosen(at, "digits") == (0, 1)
    at = sound(button(at, "A random image").click().run())
    assert chosen(at, "example") is None
    assert any("has a validation image" in toast.value for toast in at.toast)


def test_who_is_left_out_is_called_by_name():
    at = to(own("letters.zip"), "draw")
    data = in_use(at)
    q = data.classes.index("q")
    image = data.valid.stacks[q][0]
    assert compute.left_out(image, data, (0, 1)) == q
    at = choose(at, drawing=Drawing.of(image))
    assert "It looks more like **q**, but only a and b are possible answers." in said(at)
    at = choose(at, digits=tuple(label for label in data.labels if label != q))
    assert "only 25 of the 26 classes are possible answers." in said(at)
    at = sound(button(at, "Allow all 26").click().run())
    assert chosen(at, "digits") == data.labels


@pytest.mark.parametrize("name", SETS)
def test_photos_reads_a_page_as_images_of_the_set(name):
    at = on_paper(to(own(name), "photos"))
    data = in_use(at)
    like = Preparation.of(data.train.images)
    sent = component(at, "found_digits")
    (picture,) = sent["pictures"]
    found = read_all(page_of(THREE, SEVEN), like=like).digits
    for digit, there in zip(picture["digits"], found, strict=True):
        assert digit["shape"] == list(data.train.images.shape[1:])
        verdicts = compute.verdicts(there.pixels, data, chosen(at, "digits"))
        assert {norm: answer for norm, (answer, _) in digit["verdicts"].items()} == {
            norm: verdict.nearest for norm, verdict in verdicts.items()
        }
    assert sent["names"] == {str(label): data.classes[label] for label in chosen(at, "digits")}
    steps = {step["name"]: step for step in component(at, "step_strip")["steps"]}
    assert steps["box"]["title"] == f"Box of {like.box}"
    assert steps["centre"]["shape"] == list(like.shape)
    assert not at.text_input  # labels to keep them with are for digits such as MNIST's
    on_pad = [each for each in at.button if each.label.startswith("Put ")]
    assert len(on_pad) == (like.shape == (28, 28))


@pytest.mark.parametrize("shape", [(8, 8), (32, 20), (128, 128)], ids=str)
def test_what_a_step_is_worth_is_counted_on_images_of_any_size(shape):
    images = {}
    for place, (name, stack) in enumerate(noisy("ab", 12, shape).items()):
        ink = np.zeros(shape, np.uint8)
        rows, columns = (slice(length // 4, length - length // 4) for length in shape)
        ink[rows, columns] = 255
        ink[shape[0] // 2 :, : shape[1] // 2] *= place
        images[name] = np.clip(stack // 8 + ink, 0, 255)
    file = io.BytesIO(in_folders(images))
    file.name = "blots.zip"
    data = load_dataset(file, share=0.5)
    scores = compute.worth(data, data.labels, frozenset({"pen"}), 12).finish()
    assert sum(scores["L1"].total) == len(data.valid)


def test_my_digits_are_compared_with_mnist_and_say_so_while_another_set_is_in_use():
    at = choose(own("two.zip"), whose="mine")
    assert "My digits are compared with MNIST, whichever set is in use: now it is two." in said(at)
    assert "go back to MNIST" in said(at)
    assert "compared with MNIST, whichever" not in said(run("data", whose="mine"))


def test_when_the_browser_is_full_draw_and_photos_say_so(mnist):
    at = choose(run(), drawing=STROKE)
    at = sound(button(at, "3").click().run())
    kept = chosen(at, "kept")
    at = choose(at, kept=type(kept)(recalled=True, trouble="full"))
    assert any("no room left" in each.value for each in at.warning)
    at = on_paper(to(at, "photos"))
    assert any("no room left" in each.value for each in at.warning)


def test_names_are_no_markup_on_draw():
    at = to(own("two.zip"), "draw")
    data = in_use(at)
    at = choose(at, drawing=STROKE)
    assert component(at, "readout")["names"] == list(data.classes)  # as they are: the browser shows text
    assert plain(data.classes[1]) != data.classes[1] or plain(data.classes[0]) != data.classes[0]
    assert "<b>" not in " ".join(block.value for block in (*at.markdown, *at.caption))
