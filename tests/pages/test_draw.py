"""Draw, through the entry point without a browser."""

import pytest
import torch

from mnist_dash import compute, load_mnist
from mnist_dash.components.digit_pad import Drawing, written
from mnist_dash.components.shared.mount import packed
from mnist_dash.pages.shared.contents import PAGES
from tests.app import button, choose, chosen, component, control, drawn, run
from tests.components.test_drawing import PEN

STROKE = Drawing.from_message([PEN])


@pytest.mark.parametrize(("digits", "example"), [((3, 7), 10_000), (range(10), 10_000), ((4, 9), 2)])
def test_until_somebody_draws_a_training_image_is_the_example_and_is_nobody_s_drawing(mnist, digits, example):
    at = run(digits=[str(digit) for digit in digits])
    sent = component(at, "readout")
    assert sent["seen"] == packed(mnist.train.images[example])
    assert sent["headline"].startswith("Example: ")
    assert chosen(at, "drawing") == Drawing()
    assert button(at, "Edit these pixels").disabled
    assert component(drawn(at, mnist.train.images[0]), "readout")["headline"][:7] != "Example"


def test_the_book_s_three_is_the_first_example():
    sent = component(run(), "readout")
    assert sent["headline"] == "Example: both norms say 3"
    assert sent["verdicts"]["L1"]["distances"] == [0.1114, 0.1586]


def test_a_digit_that_is_no_possible_answer_is_told_so_and_all_ten_are_one_click_away(mnist):
    five = next(each for each in mnist.valid.stacks[5] if compute.left_out(each, mnist, (3, 7)) == 5)
    at = drawn(run(), five)
    assert any("looks more like a **5**, but only 3 and 7 are" in each.value for each in at.markdown)
    at = button(at, "Allow all ten").click().run()
    assert chosen(at, "digits") == tuple(range(10))
    assert not any("looks more like" in each.value for each in at.markdown)


def test_most_digits_of_other_classes_are_found_left_out_and_hardly_any_3_or_7(mnist):
    """The figures of ``compute.left_out``, on every tenth validation image."""
    found = {True: [], False: []}
    for image, label in zip(mnist.valid.images[::10], mnist.valid.labels[::10].tolist(), strict=True):
        found[label in (3, 7)].append(compute.left_out(image, mnist, (3, 7)) is not None)
    assert sum(found[False]) / len(found[False]) == pytest.approx(0.77, abs=0.03)
    assert sum(found[True]) / len(found[True]) == pytest.approx(0.04, abs=0.03)


def test_the_book_s_three_is_called_a_three_with_the_book_s_distances(mnist):
    at = drawn(run(), mnist.train.images[10_000])
    sent = component(at, "readout")
    assert sent["headline"] == "Both norms say 3"
    assert sent["classes"] == [3, 7]
    distances = {norm: verdict["distances"] for norm, verdict in sent["verdicts"].items()}
    assert distances == {"L1": [0.1114, 0.1586], "L2": [0.2021, 0.3021]}
    assert sent["verdicts"]["L1"]["margin"] == pytest.approx(0.0472, abs=1e-4)


def test_a_random_digit_is_put_on_the_pad_and_its_label_is_known():
    at = run()
    button(at, "A random MNIST digit").click().run()
    assert component(at, "readout")["note"].startswith("MNIST validation image ")
    assert component(at, "digit_pad")["load"]["marks"] == chosen(at, "drawing").message()


def test_what_the_computer_sees_is_put_on_the_pad_to_be_edited():
    at = choose(run(), drawing=STROKE)
    seen = component(at, "readout")
    button(at, "Edit these pixels").click().run()
    edited = component(at, "readout")
    assert edited["note"] == "Taken pixel for pixel from the pad."
    assert (edited["seen"], edited["verdicts"]) == (seen["seen"], seen["verdicts"])
    assert button(at, "Edit these pixels").disabled


def test_a_blank_pad_has_nothing_to_edit():
    assert button(run(), "Edit these pixels").disabled


def test_a_picture_is_brought_on_photos():
    at = run()
    button(at, "Bring a picture").click().run()
    assert at.title[0].value == PAGES["photos"].heading


def test_a_blank_picture_on_the_pad_is_not_predicted():
    sent = component(drawn(run(), torch.zeros(28, 28, dtype=torch.uint8)), "readout")
    assert (sent["headline"], sent["verdicts"]) == ("Draw something", None)


def test_an_update_while_drawing_carries_less_than_3_kb(mnist):
    at = drawn(run(digits=[str(digit) for digit in range(10)]), mnist.valid.images[0])
    live = {"mnist-dash.digit_pad", "mnist-dash.readout"}
    protos = [element.proto for element in at.get("bidi_component")]
    assert sum(proto.ByteSize() for proto in protos if proto.component_name in live) < 3_000


def test_a_missing_data_file_gets_a_sentence_and_no_traceback(monkeypatch, tmp_path):
    def missing():
        return load_mnist(tmp_path)

    monkeypatch.setattr(compute, "mnist", missing)
    at = run()
    assert "train-images-idx3-ubyte.gz is missing" in at.error[0].value


# -- the drawing in the address ---------------------------------------------------------------------


@pytest.mark.parametrize("drawing", [STROKE, Drawing.of(torch.full((28, 28), 7, dtype=torch.uint8))])
def test_a_link_shows_what_its_sender_saw(drawing):
    at = choose(run(), drawing=drawing)
    there = run(drawing=at.query_params["drawing"])
    assert chosen(there, "drawing") == drawing
    assert component(there, "digit_pad")["load"]["marks"] == drawing.message()
    assert component(there, "readout") == component(at, "readout")


def test_a_blank_pad_is_not_in_the_address_and_nothing_is_put_on_it():
    at = run()
    assert "drawing" not in at.query_params
    assert component(at, "digit_pad")["load"] is None


@pytest.mark.parametrize("text", ["", "3", "a", "aaaa", written.write(STROKE)[:-1], "é", "a" * 100_000])
def test_an_address_without_a_drawing_is_a_blank_pad(text):
    at = run(drawing=text)
    assert component(at, "readout")["headline"] == "Example: both norms say 3"
    assert "drawing" not in at.query_params


def test_a_drawing_too_long_for_an_address_is_left_out_and_the_page_says_so():
    points = torch.randint(560, (4_000,), generator=torch.Generator().manual_seed(0)).tolist()
    drawing = Drawing.from_message([{**PEN, "points": points}])
    at = choose(run(), drawing=drawing)
    assert chosen(at, "drawing") == drawing
    assert "drawing" not in at.query_params
    assert any("a link to this page leaves it out" in caption.value for caption in at.caption)
    assert not any("leaves it out" in caption.value for caption in choose(at, drawing=STROKE).caption)


# -- possible answers -----------------------------------------------------------------------------


def test_three_and_seven_are_in_play_at_first_and_all_ten_in_one_click():
    at = run()
    assert component(at, "readout")["classes"] == [3, 7]
    button(at, "All ten").click().run()
    assert component(at, "readout")["classes"] == list(range(10))
    button(at, "3 and 7").click().run()
    assert component(at, "readout")["classes"] == [3, 7]


@pytest.mark.parametrize("left", [[], [3]])
def test_fewer_than_two_digits_leaves_those_before_in_play_and_says_why(left):
    at = run(digits=["3", "8"])
    control(at, "digits").set_value(left).run()
    assert component(at, "readout")["classes"] == [3, 8]
    assert "Two possible answers at least" in at.toast[0].value


@pytest.mark.parametrize(
    ("query", "classes"),
    [
        (["1", "0", "9"], [0, 1, 9]),
        (["5"], [3, 7]),
        (["5", "5"], [3, 7]),
        (["-3", "7.0", "٣"], [3, 7]),
        (["9" * 5000, "1"], [3, 7]),
        ([""], [3, 7]),
        (["11", "x"], [3, 7]),
        (["4", "x", "6"], [4, 6]),
        (["2", "2", "5"], [2, 5]),
    ],
)
def test_the_url_chooses_the_digits_and_nonsense_is_ignored(query, classes):
    assert component(run(digits=query), "readout")["classes"] == classes
