"""My digits: kept on Draw and on Photos, shown and read on Data, without a browser."""

import gc
import io
import weakref

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from mnist_dash import Dataset, Digits, compute, save_dataset
from mnist_dash.components.digit_pad import Drawing
from mnist_dash.components.my_digits import MOST, Mine
from mnist_dash.core.baseline import NORMS
from mnist_dash.pages.shared.mine import TROUBLES
from tests.app import choose, chosen, component, components, control, run, sound
from tests.components.test_drawing import PEN
from tests.pages.test_photos import SEVEN, THREE, page_of, png, upload


def of_mnist(mnist, count, wrong=()):
    """The first validation images; those of ``wrong`` are called 0."""
    labels = [0 if n in wrong else label for n, label in enumerate(mnist.valid.labels[:count].tolist())]
    return Mine().with_more(
        zip(labels, map(bytes, mnist.valid.images[:count].flatten(1).tolist()), strict=True)
    )


def asked(at: AppTest, message, told):
    """The same page once the browser has said this of the digits that it keeps."""
    at.session_state["kept digits"] = {message: {"at": told, "number": 1}}
    return sound(at.run())


def key(at, name):
    return next(each for each in at.button if each.key == name)


def labels(at):
    return [digit.label for digit in chosen(at, "mine").digits]


def toasts(at):
    return [toast.value for toast in at.toast]


def text(at):
    return " ".join(
        element.value for kind in (at.markdown, at.caption, at.warning, at.error) for element in kind
    )


# -- kept ------------------------------------------------------------------------------------------------


def test_a_drawing_is_kept_as_the_computer_sees_it():
    at = choose(run(), drawing=Drawing.from_message([PEN]))
    at = sound(key(at, "keep as 7").click().run())
    (digit,) = chosen(at, "mine").digits
    assert digit.label == 7
    assert digit.pixels == bytes(chosen(at, "drawing").seen().flatten().tolist())
    assert toasts(at) == ["Kept 1 digit. My digits are 1 now."]
    assert component(at, "my_digits")["added"] == [digit.row]
    at = sound(key(at, "keep as 7").click().run())
    assert len(chosen(at, "mine")) == 1
    assert toasts(at) == ["Nothing new to keep. Left out 1: you have them already. My digits are 1 now."]


def test_what_is_not_the_readers_own_is_not_kept(mnist):
    def closed(at):
        return next(block.proto.popover.disabled for block in at.get("popover"))

    assert closed(run())  # nothing was drawn
    assert closed(choose(run(), drawing=Drawing.of(mnist.valid.images[5])))
    assert not closed(choose(run(), drawing=Drawing.from_message([PEN])))


def test_a_page_is_kept_at_once_with_the_labels_as_they_are_corrected(mnist):
    at = upload(run("photos"), ("page.png", png(page_of(THREE, SEVEN, SEVEN)), "image/png"))
    found = [digit for _, digit in chosen(at, "pictures")[0].read[1].digits]
    said = compute.called(torch.stack(found), mnist, mnist.labels)["L2"].tolist()
    assert control(at, "labels").value == "".join(map(str, said))
    for typed in ("37", "3777", "37x", ""):
        at = sound(control(at, "labels").set_value(typed).run())
        assert key(at, "keep all button").disabled
        assert f"there are {len(typed)} characters" in text(at)
    at = sound(control(at, "labels").set_value("3 -7").run())
    at = sound(key(at, "keep all button").click().run())
    assert labels(at) == [3, 7]
    assert [digit.pixels for digit in chosen(at, "mine").digits] == [
        bytes(found[n].flatten().tolist()) for n in (0, 2)
    ]


def test_the_labels_of_another_picture_are_its_own():
    at = upload(run("photos"), ("page.png", png(page_of(THREE, SEVEN)), "image/png"))
    at = sound(control(at, "labels").set_value("12").run())
    at = upload(at, ("one.png", png(page_of(SEVEN)), "image/png"))
    assert len(control(at, "labels").value) == 1


def test_there_is_room_for_so_many_and_the_reader_is_told():
    full = Mine().with_more((n % 10, n.to_bytes(784, "big")) for n in range(1, MOST + 1))
    at = choose(run(), drawing=Drawing.from_message([PEN]), mine=full)
    at = sound(key(at, "keep as 7").click().run())
    assert toasts(at)[0].startswith("Nothing new to keep. Left out 1: 2,000 are the most that are kept.")


# -- told by the browser ---------------------------------------------------------------------------------


def test_what_earlier_visits_kept_comes_back_beside_that_of_this_one(mnist):
    before, now = of_mnist(mnist, 3).digits, of_mnist(mnist, 5).digits[3:]
    at = choose(run("data", whose="mine"), mine=Mine(now))
    at = asked(at, "recall", [digit.row for digit in before])
    assert chosen(at, "mine").digits == (*before, *now)
    assert component(at, "my_digits")["added"] == [digit.row for digit in now]
    at = asked(at, "recall", [])  # once is enough
    assert len(chosen(at, "mine")) == 5


def test_what_can_not_be_read_is_left_out_with_a_sentence_and_is_gone(mnist):
    (digit,) = of_mnist(mnist, 1).digits
    at = asked(run("data", whose="mine"), "recall", [digit.row, [5, 11, "x"], "<b>", None])
    assert chosen(at, "mine").digits == (digit,)
    assert toasts(at) == ["Left out 3 of the digits that this browser kept: not readable."]
    assert component(at, "my_digits")["dropped"] == [5]
    at = asked(run("data", whose="mine"), "recall", None)
    assert toasts(at) == ["What this browser kept as your digits can't be read, so they begin anew."]


def test_more_than_there_is_room_for_stay_in_the_browser(mnist):
    rows = [[n, 3, digit.row[2]] for n, digit in enumerate(of_mnist(mnist, MOST + 3).digits, 1)]
    assert len(rows) == MOST
    rows += [[MOST + n, 3, rows[0][2]] for n in (1, 2)]
    at = asked(run("data", whose="mine"), "recall", rows)
    assert len(chosen(at, "mine")) == MOST
    assert toasts(at) == ["This browser keeps 2 more of your digits than the 2,000 that are shown."]
    assert component(at, "my_digits")["dropped"] == []


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_browser_that_keeps_no_more_is_named_as_such(mnist, trouble):
    at = choose(run("data", whose="mine"), mine=of_mnist(mnist, 1))
    number = component(at, "my_digits")["number"]
    at = asked(at, "kept", {"number": number, "trouble": trouble})
    assert TROUBLES[trouble] in text(at)
    assert component(at, "my_digits")["number"] == number  # still to be kept
    at = asked(at, "kept", {"number": number, "trouble": ""})
    assert TROUBLES[trouble] not in text(at)
    assert component(at, "my_digits")["number"] == 0


# -- shown, relabelled, deleted --------------------------------------------------------------------------


def test_without_any_the_page_says_how_to_keep_the_first():
    at = run("data", whose="mine")
    assert "Asking this browser" in text(at)
    at = asked(at, "recall", [])
    assert "**Nothing is kept yet.** Draw a digit and choose *Keep it as …*" in text(at)
    assert not components(at, "wall")


def test_the_wall_shows_the_newest_first_with_what_mnists_ideals_call_each(mnist):
    at = choose(run("data", whose="mine"), mine=of_mnist(mnist, 60))
    wall = component(at, "wall")
    assert [number for number, *_ in wall["tiles"]] == [*range(60, 30, -1)]
    for number, label, *called in wall["tiles"]:
        image = mnist.valid.images[number - 1]
        verdicts = compute.verdicts(image, mnist, mnist.labels)
        assert label == mnist.valid.labels[number - 1]
        assert called == [verdicts[norm].nearest for norm in wall["norms"]]
    at = choose(at, mine_from=30)
    assert [number for number, *_ in component(at, "wall")["tiles"]] == [*range(30, 0, -1)]


def test_one_is_relabelled_and_deleted_and_both_are_undone(mnist):
    at = choose(run("data", whose="mine"), mine=of_mnist(mnist, 3))
    assert labels(at) == [7, 2, 1]
    at = choose(at, my_digit=[*chosen(at, "mine").labels][1])
    assert control(at, "mine").label == "Digit 2 is a"
    assert control(at, "mine").value == 2
    at = sound(control(at, "mine").set_value(5).run())
    assert labels(at) == [7, 5, 1]
    at = sound(key(at, "delete mine").click().run())
    assert labels(at) == [7, 1]
    assert control(at, "mine").label == "Digit 2 is a"  # the next one
    at = sound(key(at, "delete all mine").click().run())
    assert labels(at) == []
    for before in ([7, 1], [7, 5, 1], [7, 2, 1]):
        at = sound(key(at, "undo mine").click().run())
        assert labels(at) == before
    assert not [each for each in at.button if each.key == "undo mine" and chosen(at, "mine_before") == ()]


# -- as files --------------------------------------------------------------------------------------------


def brought(at, *files):
    at = at if chosen(at, "kept").recalled else asked(at, "recall", [])
    number = chosen(at, "brought")[0]
    at.file_uploader(key=f"my files {number}").set_value(list(files)).run()
    return sound(at)


@pytest.mark.parametrize("form", ["zip", "parquet"])
def test_what_is_exported_is_imported_again(mnist, form):
    kept = of_mnist(mnist, 30)
    at = brought(run("data", whose="mine"), (f"x.{form}", kept.saved(form), "application/octet-stream"))
    same_digits = {(digit.label, digit.pixels) for digit in kept.digits}
    assert {(digit.label, digit.pixels) for digit in chosen(at, "mine").digits} == same_digits
    assert toasts(at) == ["Kept 30 digits. My digits are 30 now."]
    at = brought(at, (f"x.{form}", kept.saved(form), "application/octet-stream"))
    assert len(chosen(at, "mine")) == 30


def test_both_parts_of_a_set_are_imported_and_what_is_no_digit_is_left_out():
    images = torch.arange(1, 7, dtype=torch.uint8)[:, None, None].expand(6, 28, 28) * 40
    parts = [
        Digits(images[part].contiguous(), torch.tensor([0, 1, 2])) for part in (slice(0, 3), slice(3, 6))
    ]
    file = io.BytesIO()
    save_dataset(Dataset("mixed", *parts, ("3", "a*", "7")), file, "zip")
    at = brought(run("data", whose="mine"), ("mixed.zip", file.getvalue(), "application/zip"))
    assert sorted(labels(at)) == [3, 3, 7, 7]
    assert "Left out what is no digit: a\\*." in toasts(at)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.zip", b"PK\x03\x04 and no more", "a\\.zip"),
        ("a.html", b"<!DOCTYPE html><p>not found", "a\\.html"),
        ("a.npz", b"", "a\\.npz"),
    ],
)
def test_a_bad_file_gets_a_sentence_and_the_digits_stay(mnist, name, content, says):
    at = choose(run("data", whose="mine"), mine=of_mnist(mnist, 3))
    at = brought(at, (name, content, "application/octet-stream"))
    (error,) = [error.value for error in at.error]
    assert says in error
    assert len(chosen(at, "mine")) == 3


def test_one_class_is_not_exported_for_it_could_not_be_read_back(mnist):
    def closed(at):
        return {each.proto.disabled for each in at.get("download_button") if "Export" in each.proto.label}

    assert closed(choose(run("data", whose="mine"), mine=of_mnist(mnist, 1))) == {True}
    assert closed(choose(run("data", whose="mine"), mine=of_mnist(mnist, 2))) == {False}


# -- who taught, who is tested ---------------------------------------------------------------------------


def counted(images, labels, answers):
    return f"{sum(a != b for a, b in zip(labels, answers, strict=True)):,} wrong of {len(images):,}"


def mean_of(images, written, cls, without=None):
    """From 0 to 1: of all with this label, but for one."""
    stack = [image for n, image in enumerate(images) if written[n] == cls and n != without]
    return np.mean(stack, axis=0) / 255


def nearest(image, ideals, norm):
    """The place of the nearest, by hand."""
    off = [image / 255 - ideal for ideal in ideals]
    lengths = [np.abs(each).mean() if norm == "L1" else np.sqrt((each**2).mean()) for each in off]
    return int(np.argmin(lengths))


def test_the_table_is_that_of_a_double_loop_which_leaves_each_out_of_its_own_ideal(mnist):
    some = mnist.train.of((3, 7, 8))
    images, written = some.images[:24].numpy(), some.labels[:24].tolist()
    kept = Mine().with_more((label, image.tobytes()) for label, image in zip(written, images, strict=True))
    classes = sorted({*written})
    assert classes == [3, 7, 8]
    at = choose(run("data", whose="mine"), mine=kept)
    table = next(element.value for element in at.markdown if element.value.startswith("| taught by"))
    taught_by_mnist, taught_by_me = table.splitlines()[2:]
    valid = mnist.valid.of(classes)
    theirs = [mnist.train.stacks[cls].double().mean(0).numpy() / 255 for cls in classes]
    for norm in NORMS:
        called = [classes[nearest(image, theirs, norm)] for image in images]
        assert counted(images, written, called) in taught_by_mnist.split("|")[3].split(norm)[1]
        left_out = []
        for n, image in enumerate(images):
            ideals = [mean_of(images, written, cls, without=n) for cls in classes]
            left_out.append(classes[nearest(image, ideals, norm)])
        assert counted(images, written, left_out) in taught_by_me.split("|")[3].split(norm)[1]
        mine = [mean_of(images, written, cls) for cls in classes]
        answers = [classes[nearest(image, mine, norm)] for image in valid.images.numpy()]
        assert counted(answers, valid.labels.tolist(), answers) in taught_by_me.split("|")[2].split(norm)[1]
    assert f"tested on MNIST's {len(valid):,} validation images of 3, 7 and 8" in table


def test_what_is_still_missing_is_said(mnist):
    at = choose(run("data", whose="mine"), mine=of_mnist(mnist, 1))
    assert [info.value for info in at.info] == [
        "Keep a second kind of digit, and it is counted how often MNIST's ideals read your hand."
    ]
    at = choose(at, mine=of_mnist(mnist, 3))
    assert "Still to come: 2 more 1s, 2 more 2s, 2 more 7s." in text(at)
    assert "| **My digits** |" not in text(at)


def test_a_wrong_label_shows_up_as_the_farthest_of_its_class(mnist):
    zeros = [n for n, label in enumerate(mnist.valid.labels[:150].tolist()) if label == 0]
    one = next(n for n, label in enumerate(mnist.valid.labels[:150].tolist()) if label == 1)
    assert len(zeros) > 5
    at = choose(run("data", whose="mine"), mine=of_mnist(mnist, 150, wrong={one}))
    wall, far = components(at, "wall")
    assert far["tiles"][0] == [one + 1, 0, 1, 1]
    assert [label for _, label, *_ in far["tiles"]] == [*range(10)]
    assert len(wall["tiles"]) == 30


def test_what_is_made_of_the_digits_is_gone_with_them(mnist):
    kept = of_mnist(mnist, 30)
    at = choose(run("data", whose="mine"), mine=kept)
    assert "| **MNIST** |" in text(at)
    file = weakref.ref(kept.file)
    del at, kept
    gc.collect()
    assert file() is None
