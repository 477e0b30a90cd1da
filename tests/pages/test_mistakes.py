"""Mistakes: digit by digit, the walls, what is opened, against a plain loop over an independent answer."""

import base64
import io
from functools import cache

import numpy as np
import pytest
from PIL import Image

from mnist_dash import compute
from mnist_dash.core.stress import Stress
from tests import oracle
from tests.app import button, choose, chosen, component, components, run, words

TEN = tuple(range(10))
SETTINGS = {
    "3 and 7": ((3, 7), {}, Stress()),
    "ten": (TEN, {}, Stress()),
    "medians of few": ((1, 4, 9), {"how": "median", "first": "50"}, Stress()),
    "noise": ((2, 3, 5, 8), {"noise": "0.5", "dx": "2"}, Stress(noise=0.5, dx=2)),
    "undivided": ((0, 1, 6), {"also": ["undivided"]}, Stress(undivided=True)),
}


@cache
def page(name, mistakes="digits"):
    digits, query, _ = SETTINGS[name]
    return run("mistakes", digits=[str(digit) for digit in digits], mistakes=mistakes, **query)


@cache
def known(name):
    """Every validation image in play as one would write it down: its place, its label, what it is called."""
    digits, query, stress = SETTINGS[name]
    valid = compute.mnist().valid
    images = stress.of(valid.of(digits).images).numpy()
    ideals = oracle.ideals(
        compute.mnist().train, digits, query.get("how", "mean"), int(query.get("first", 0)) or None
    )
    l1, l2 = (oracle.answers(images, ideals, digits, norm)[0].tolist() for norm in ("L1", "L2"))
    places = [place for place, label in enumerate(valid.labels.tolist()) if label in digits]
    return [
        (place, int(valid.labels[place]), first, second)
        for place, first, second in zip(places, l1, l2, strict=True)
    ]


def wall(at, number=0):
    """That of the cell, or else only L1, only L2, neither: in the page's order."""
    return components(at, "wall")[number]


def tiles(rows):
    """The same as a wall is told: a label and an answer by their names."""
    return [[place, *map(str, labels)] for place, *labels in rows]


def text(at):
    return "\n".join(words(element) for element in [*at.markdown, *at.caption])


# -- what gets mistaken for what ------------------------------------------------------------------------


@pytest.mark.parametrize("name", SETTINGS)
def test_the_confusions_are_those_of_a_plain_loop(name):
    digits, sent = SETTINGS[name][0], component(page(name), "confusion")
    for of_norm, column in zip(sent["norms"], (2, 3), strict=True):
        counts = [[0] * len(digits) for _ in digits]
        for row in known(name):
            counts[digits.index(row[1])][digits.index(row[column])] += 1
        assert of_norm["counts"] == counts


@pytest.mark.parametrize("name", SETTINGS)
def test_at_first_the_largest_confusion_is_chosen_and_its_images_are_there(name):
    sent = component(page(name), "confusion")
    norm, true, called = sent["picked"]
    column = {"L1": 2, "L2": 3}[norm]
    assert sent["top"] == max(
        count
        for of_norm in sent["norms"]
        for r, row in enumerate(of_norm["counts"])
        for c, count in enumerate(row)
        if r != c
    )
    rows = [row for row in known(name) if row[1] == true and row[column] == called]
    assert len(rows) == sent["top"] == wall(page(name))["total"]
    assert wall(page(name))["tiles"] == tiles(rows[:18])


def test_the_cell_of_the_url_is_shown_and_what_it_holds_is_told():
    at = run("mistakes", cell="L2,7,3")
    assert component(at, "confusion")["picked"] == ["L2", 7, 3]
    assert "**Of the 1,028 images of digit 7, :orange[L2] calls 27 a 3**" in text(at)
    assert wall(at)["tiles"] == tiles(row for row in known("3 and 7") if (row[1], row[3]) == (7, 3))[:18]


def test_the_diagonal_is_no_mistake():
    at = run("mistakes", cell="L1,7,7")
    assert "calls 1,013 a 7**, correctly." in text(at)
    assert wall(at)["total"] == 1013


def test_another_cell_is_shown_from_its_first_image():
    at = run("mistakes", cell="L1,7,7", cell_from="36")
    assert wall(at)["first"] == 36
    choose(at, cell=("L1", 3, 3), cell_from=0)
    assert wall(at)["first"] == 0
    assert "cell_from" not in at.query_params


def test_an_empty_cell_says_so():
    at = run("mistakes", digits=["0", "1"], cell="L1,1,0")
    assert wall(at)["tiles"] == []
    assert wall(at)["empty"] == "There is no such image: L1 never calls a 1 a 0."


@pytest.mark.parametrize(
    "cell", ["L1,4,9", "L3,3,7", "L1,3", "L1,33,7", "L1,3,7,7", "3,7", "", "L1,-3,7", "L1,٣,7", "x" * 5000]
)
def test_a_cell_that_is_not_there_gives_way_to_the_largest(cell):
    assert component(run("mistakes", cell=cell), "confusion")["picked"] == ["L1", 3, 7]


def test_digits_are_sorted_by_label_or_the_worst_first():
    at = page("ten")
    assert list(at.table[0].value.index) == list(map(str, TEN))
    means = {}
    for digit in TEN:
        rows = [row for row in known("ten") if row[1] == digit]
        means[digit] = sum((row[2] == digit) + (row[3] == digit) for row in rows) / len(rows)
    sorted_ = run("mistakes", digits=[str(digit) for digit in TEN], order="accuracy")
    assert list(sorted_.table[0].value.index) == list(map(str, sorted(TEN, key=means.get)))
    assert list(run("mistakes", order="backwards").table[0].value.index) == ["3", "7"]


def test_the_table_shows_each_norm_s_accuracy_on_each_digit():
    table = run("mistakes").table[0].value
    assert [f"{share:.4f}" for share in table["L1"]] == ["0.9168", "0.9854"]


# -- walls --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SETTINGS)
def test_the_walls_hold_the_images_that_one_norm_alone_has_right_or_neither(name):
    groups = {"L1": [], "L2": [], "neither": []}
    for row in known(name):
        _, label, l1, l2 = row
        if (l1 == label) != (l2 == label):
            groups["L1" if l1 == label else "L2"].append(list(row))
        elif l1 != label:
            groups["neither"].append(list(row))
    at = page(name, "norms")
    for number, rows in enumerate(groups.values()):
        sent = wall(at, number)
        assert (sent["total"], sent["tiles"]) == (len(rows), tiles(rows[:25]))
        assert f"{len(rows):,} of {len(known(name)):,} images" in text(at)


def test_a_wall_that_has_nothing_says_why():
    at = run("mistakes", digits=["0", "1"], mistakes="norms")
    assert (wall(at)["total"], wall(at)["sprite"]) == (0, "")
    assert wall(at)["empty"] == "Nothing here: wherever L1 is right, L2 is right too."


@pytest.mark.parametrize("name", ["3 and 7", "noise", "undivided"])
def test_the_pictures_are_those_that_were_classified_in_sixteen_greys(name):
    digits, _, stress = SETTINGS[name]
    images = stress.of(compute.mnist().valid.of(digits).images).numpy()
    of_place = {row[0]: image for row, image in zip(known(name), images, strict=True)}
    sent = wall(page(name, "norms"), 2)
    sprite = Image.open(io.BytesIO(base64.b64decode(sent["sprite"].partition(",")[2])))
    shown = 255 - np.asarray(sprite.convert("L")).reshape(-1, 28, 28).astype(int)
    for picture, tile in zip(shown, sent["tiles"], strict=True):
        assert np.abs(picture - of_place[tile[0]].astype(int)).max() <= 8


def test_a_wall_is_turned_and_where_it_stands_is_in_the_address():
    at = run("mistakes", mistakes="norms")
    rows = [list(row) for row in known("3 and 7") if row[1] not in row[2:]]
    for first, begins in ((25, 25), (30, 25), (9_999, 50)):
        choose(at, neither_from=first)
        sent = wall(at, 2)
        assert (sent["first"], sent["total"]) == (begins, len(rows))
        assert sent["tiles"] == tiles(rows)[begins : begins + 25]
        assert at.query_params["neither_from"] == str(first)
    assert wall(at, 1)["first"] == 0


def test_walls_of_noise_weigh_less_than_50_kb():
    at = run("mistakes", digits=[str(digit) for digit in TEN], noise="0.5", mistakes="norms")
    protos = [element.proto for element in at.get("bidi_component")]
    walls = [proto for proto in protos if proto.component_name == "mnist-dash.wall"]
    assert sum(proto.ByteSize() for proto in walls) < 50_000
    assert sum(proto.ByteSize() for proto in protos) < 150_000


# -- the opened image ---------------------------------------------------------------------------------


def opened(at):
    return component(at, "readout")["note"]


def maps_of(at):
    return components(at, "maps")[:2]


def test_at_first_the_image_is_one_that_a_single_norm_has_right():
    place = next(row[0] for row in known("ten") if (row[2] == row[1]) != (row[3] == row[1]))
    assert opened(page("ten")).startswith(f"MNIST validation image {place:,}, ")
    assert all(sent["opened"] == place for sent in components(page("ten", "norms"), "wall"))


def test_the_image_of_the_url_is_opened_with_both_answers_and_distances(mnist):
    at = run("mistakes", image="1206")
    assert opened(at) == "MNIST validation image 1,206, labelled 7: L1 is right, L2 is wrong."
    sent = component(at, "readout")
    ideals = oracle.ideals(mnist.train, (3, 7)).reshape(2, 28, 28)
    image = mnist.valid.images[1206].numpy() / 255
    for number in range(2):
        difference = image - ideals[number]
        said = {norm: sent["verdicts"][norm]["distances"][number] for norm in ("L1", "L2")}
        assert said["L1"] == pytest.approx(np.abs(difference).mean(), abs=6e-5)
        assert said["L2"] == pytest.approx(np.sqrt((difference**2).mean()), abs=6e-5)


def test_its_maps_are_against_its_own_ideal_and_what_it_is_called_or_the_runner_up():
    l1, l2 = maps_of(run("mistakes", image="1206"))
    assert [group["title"] for group in l1["groups"]] == [
        "L1 to ideal 7, its own",
        "L1 to ideal 3, the runner-up",
    ]
    assert [group["title"] for group in l2["groups"]] == [
        "L2 to ideal 7, its own",
        "L2 to ideal 3, the answer",
    ]
    for sent, power in ((l1, 1), (l2, 2)):
        tops = {group["maps"][2]["top"] for group in sent["groups"]}
        assert len(tops) == 1  # one scale
        for group in sent["groups"]:
            image, ideal, cost = (
                np.frombuffer(base64.b64decode(each["pixels"]), np.float32) for each in group["maps"]
            )
            assert np.allclose(np.abs(image - ideal) ** power, cost, atol=1e-6)
            assert float(group["value"]) == pytest.approx(cost.mean() ** (1 / power), abs=1e-4)


@pytest.mark.parametrize("image", ["2", "x", "", "12.5", "99999999999", "٣"])
def test_an_image_that_is_not_in_play_gives_way_to_a_telling_one(image):
    assert opened(run("mistakes", image=image)) == opened(page("3 and 7"))


def test_an_image_beyond_the_last_is_the_last_if_it_is_in_play(mnist):
    last = str(int(mnist.valid.labels[9_999]))
    at = run("mistakes", digits=[last, str((int(last) + 1) % 10)], image="12345")
    assert opened(at).startswith("MNIST validation image 9,999, ")


def test_the_next_mistake_is_the_next_of_the_chosen_norm():
    wrong = [row[0] for row in known("3 and 7") if row[3] != row[1]]
    at = run("mistakes", norm="L2", image=str(wrong[3]))
    button(at, "Next mistake of :orange[L2]").click().run()
    assert opened(at).startswith(f"MNIST validation image {wrong[4]:,}, ")
    button(at, "Previous mistake of :orange[L2]").click().run()
    assert opened(at).startswith(f"MNIST validation image {wrong[3]:,}, ")
    first = run("mistakes", norm="L2", image=str(wrong[0]))
    assert button(first, "Previous mistake of :orange[L2]").disabled


def test_the_image_is_put_on_the_pad_as_it_was_classified(mnist):
    at = run("mistakes", image="1206", also=["inverted"])
    button(at, "Put it on the pad").click().run()
    assert component(at, "digit_pad")
    pixels = bytes(255 - pixel for pixel in mnist.valid.images[1206].flatten().tolist())
    assert chosen(at, "drawing").grid == pixels
