"""The stress test: its controls, and the pictures that follow them. Its numbers are tested with Accuracy."""

import pytest

from mnist_dash.core.stress import STRAINS
from mnist_dash.pages.shared.settings import SETTINGS
from tests.app import button, choose, chosen, component, components, control, run
from tests.pages.shown import exact, text

BOOK = ["0.9514", "0.9511", "0.9661", "0.9661"]
TEN = [str(digit) for digit in range(10)]


def shown(at):
    return [exact(metric) for metric in at.metric[:4]]


def slider(at, label):
    return next(each for each in components(at, "live_slider") if each["label"] == label)


def test_every_strain_has_a_slider_that_stands_where_it_is():
    at = run("stress", dx="-2", salt="0.3")
    for name, strain in STRAINS.items():
        sent = slider(at, strain.title)
        assert sent["stops"][sent["at"]] == strain.written(chosen(at, name))


def test_one_click_takes_all_stress_back():
    at = run("stress", turn="30", also=["inverted"], dx="2")
    assert shown(at) != BOOK
    button(at, "Reset").click().run()
    assert shown(at) == BOOK
    assert not {"turn", "also", "dx"} & set(at.query_params)
    assert button(at, "Reset").disabled


def test_a_switch_is_told_with_its_reason():
    at = run("stress")
    control(at, "also").set_value(["inverted"]).run()
    assert chosen(at, "also") == ("inverted",)
    assert any("worse than guessing" in caption.value for caption in at.caption)
    assert float(shown(at)[0]) < 0.5


@pytest.mark.parametrize(
    "query",
    [
        {"turn": "x"},
        {"turn": "nan", "dx": "1e9", "noise": "٣"},
        {"also": ["nothing", ""]},
        {"blur": ""},
    ],
)
def test_nonsense_in_the_address_is_ignored(query):
    assert shown(run("stress", **query)) == BOOK


def test_what_is_out_of_range_is_the_end_of_the_range():
    assert shown(run("stress", dx="99")) == shown(run("stress", dx="6"))


def test_a_value_between_two_stops_stays_one_when_the_slider_has_moved_on():
    at = run("stress", turn="10")
    sent = slider(at, "Turn clockwise")
    assert sent["stops"][sent["at"]] == "+10°"
    moved = slider(choose(at, turn=12.0), "Turn clockwise")
    assert moved["stops"][moved["at"]] == "+12°"


@pytest.mark.parametrize(
    ("digits", "labels"),
    [
        (TEN, TEN),
        (["3", "7"], ["3", "7"] * 5),
        (["1", "4", "9"], ["1", "4", "9"] * 3 + ["1"]),
    ],
)
def test_the_pictures_show_every_digit_in_turn(digits, labels):
    sent = component(run("stress", digits=digits), "wall")
    assert [tile[1] for tile in sent["tiles"]] == labels
    assert sent["total"] == len(sent["tiles"])


def test_the_pictures_are_spoiled_with_the_images():
    plain, noisy = (component(run("stress", noise=noise), "wall")["sprite"] for noise in ("0", "0.5"))
    assert plain != noisy


def test_a_picture_that_is_chosen_is_flipped():
    at = run("stress")
    image = component(at, "wall")["tiles"][3][0]
    choose(at, image=image)
    assert component(at, "wall")["opened"] == image
    assert any(f"Validation image {image:,}, labelled 7" in each.value for each in at.markdown)


@pytest.mark.parametrize("shift", [{"dx": "6"}, {"dx": "-6"}, {"dy": "6"}, {"dx": "6", "dy": "6"}])
def test_near_the_line_of_chance_no_norm_is_called_better_however_unlikely_the_difference(mnist, shift):
    at = run("stress", digits=TEN, **shift)
    ones = int((mnist.valid.labels == 1).sum())
    assert max(map(float, shown(at)[::2])) < ones / 10_000 + 0.01
    assert f"The line of chance is {ones / 100:.1f} %: always answering 1 would score that" in text(at)
    assert "both are near the line of chance" in text(at)
    assert not any(words in text(at) for words in ("is better", "is ahead"))


def test_far_from_the_line_of_chance_the_better_norm_is_named():
    at = run("stress", dx="1")
    assert "The line of chance is 50.4 %: always answering 7 would score that" in text(at)
    assert "**L2 is better**" in text(at)


# -- told elsewhere -----------------------------------------------------------------------------------


def told(at):
    return next((caption.value for caption in at.caption if "As you chose on" in caption.value), None)


@pytest.mark.parametrize("page", ["accuracy", "mistakes", "ladder"])
def test_a_page_without_its_controls_says_how_the_images_are_spoiled_and_takes_it_back(page):
    at = run(page, first="100", dx="2", also="inverted")
    assert "the validation images are spoiled (shift right +2 px, paper and ink change places)." in told(at)
    assert ("on Accuracy" in told(at)) == (page != "accuracy")  # where the number of images has its slider
    button(at, "As in the book").click().run()
    assert told(at) is None
    assert (chosen(at, "dx"), chosen(at, "also")) == (0, ())
    assert chosen(at, "first") == (100 if page == "accuracy" else SETTINGS["first"].default)


def test_the_stress_page_says_how_the_ideals_are_made():
    at = run("stress", first="100", how="median", dx="2")
    assert (
        told(at) == "As you chose on Accuracy: an ideal is the median of the first 100 images of its digit."
    )
    button(at, "As in the book").click().run()
    assert (chosen(at, "how"), chosen(at, "dx")) == ("mean", 2)


def test_where_all_is_as_in_the_book_nothing_is_said():
    assert told(run("mistakes")) is None
