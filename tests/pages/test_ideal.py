"""The Ideal page: its numbers against the book's own lines in plain PyTorch; nonsense in every setting."""

import base64
import io
import json

import numpy as np
import pytest
import torch
from PIL import Image

from mnist_dash import chapter, compute
from tests.app import choose, chosen, component, components, run, words
from tests.pages.shown import exact

FOCUS, TEN = range(2)  # in this order on the page


def shown(at, group, place=0):
    """The pixels of a picture. group: the key's place among the maps on the page."""
    sent = components(at, "maps")[group]["groups"][0]["maps"][place]["pixels"]
    return torch.frombuffer(bytearray(base64.b64decode(sent)), dtype=torch.float32).view(28, 28)


def metrics(at):
    return [exact(metric) for metric in at.metric]


def text(at):
    return "\n".join(words(element) for element in [*at.markdown, *at.caption])


def ran(at, name):
    return at.session_state["cells"]["ideal"][name]


# -- coming into focus -----------------------------------------------------------------------------


def test_all_images_give_the_book_s_ideal_and_its_accuracies(mnist):
    at = run("ideal")
    three = mnist.train.images[mnist.train.labels == 3].float() / 255
    assert torch.equal(shown(at, FOCUS), three.mean(0))
    assert metrics(at) == ["0.9511", "0.9661"]
    assert component(at, "live_slider")["stops"][-1] == "all"


@pytest.mark.parametrize("first", [1, 47, 300])
def test_the_ideal_and_its_accuracy_are_those_of_the_first_images(mnist, first):
    at = run("ideal", ideal="4", rival="9", first=str(first))
    two = [(mnist.train.images[mnist.train.labels == cls][:first].float() / 255).mean(0) for cls in (4, 9)]
    assert torch.allclose(shown(at, FOCUS), two[0])
    expected = []
    for power in (1, 2):  # the mean over the pixels decides, with or without its root
        shares = []
        for cls, other in ((0, 1), (1, 0)):
            images = mnist.valid.images[mnist.valid.labels == (4, 9)[cls]].float() / 255
            own, rival = (((images - two[i]).abs() ** power).mean((1, 2)) for i in (cls, other))
            shares.append((own < rival).double().mean().item())
        expected.append(sum(shares) / 2)
    assert [float(value) for value in metrics(at)] == pytest.approx(expected, abs=6e-4)  # a tie is an image
    slider = component(at, "live_slider")
    assert slider["stops"][slider["at"]] == f"{first:,}"


@pytest.mark.parametrize("first", ["60000", "47"])  # 47 is a stop of its own, which shifts the others
def test_pictures_along_the_slider_show_the_mean_of_one_image_of_more_of_all(mnist, first):
    slider = component(run("ideal", ideal="5", first=first), "live_slider")
    names = ["1", "3", "10", "20", "70", "150", "500", "1,000", "3,000", "all"]
    assert [slider["stops"][place] for place, _ in slider["marks"]] == names
    assert [label for _, label in slider["marks"]][1::8] == [
        "Ideal 5: the mean of 3 images, from paper to ink",
        "Ideal 5: the mean of all 5,421 images, from paper to ink",
    ]
    url = slider["sprite"].removeprefix("data:image/png;base64,")
    greys = 255 - np.array(Image.open(io.BytesIO(base64.b64decode(url))).convert("L")).astype(int)
    fives = mnist.train.images[mnist.train.labels == 5].numpy()
    for i, count in enumerate((1, 3, 10, 20, 70, 150, 500, 1000, 3000, 5421)):
        assert np.abs(greys[28 * i : 28 * i + 28] - fives[:count].mean(0)).max() <= 9  # in sixteen greys


def test_the_pile_has_as_many_images_as_are_averaged_and_shows_the_first_of_them(mnist):
    at = run("ideal", ideal="5", first="30", pixel="20,9")
    pile = component(at, "pile")
    assert (pile["at"], pile["name"], pile["pixel"]) == (30, "5", [20, 9])
    fives = mnist.train.images[mnist.train.labels == 5]
    assert [_unpacked(sheet) for sheet in pile["sheets"]] == fives[: len(pile["sheets"])].flatten(1).tolist()
    assert component(run("ideal", ideal="5"), "pile")["at"] == len(fives)


def _unpacked(text):
    """After a 0 comes how many pixels in a row are 0."""
    values, runs = [], iter(base64.b64decode(text))
    for value in runs:
        values += [value] if value else [0] * next(runs)
    return values


def test_a_mean_keeps_a_little_of_everything_and_is_said_to(mnist):
    at = run("ideal")
    anyone = (mnist.train.images[mnist.train.labels == 3] > 0).any(0)
    assert ((shown(at, FOCUS) > 0) == anyone).all()
    said = text(at)
    assert "The mean of many keeps a little of everything: it is dark where most have ink" in said
    assert "is left" not in said


@pytest.mark.parametrize("first", ["6131", "6132", "999999999", "60000"])
def test_as_many_as_there_are_or_more_are_all(first):
    assert metrics(run("ideal", first=first)) == ["0.9511", "0.9661"]


@pytest.mark.parametrize("first", ["", "x", "1.5", "٣", "9" * 5000, "all"])
def test_an_unreadable_number_of_images_is_all(first):
    assert metrics(run("ideal", first=first)) == ["0.9511", "0.9661"]


@pytest.mark.parametrize("first", ["0", "-3"])
def test_an_ideal_is_of_one_image_at_least(mnist, first):
    image = mnist.train.images[mnist.train.labels == 3][0].float() / 255
    assert torch.equal(shown(run("ideal", first=first), FOCUS), image)


def test_the_histogram_counts_one_pixel_in_every_image(mnist):
    at = run("ideal", pixel="20,9", first="100")
    values = [int(image[20, 9]) for image in mnist.train.images[mnist.train.labels == 3][:100]]
    counts = [values.count(0), *(sum(8 * i < value <= 8 * i + 8 for value in values) for i in range(32))]
    histogram = compute.outcome(chapter.pixel_histogram, ran(at, "pixel").given).value
    assert histogram[0].tolist() == counts
    assert sum(counts) == 100
    figure = json.loads(at.get("plotly_chart")[0].proto.spec)
    assert figure["data"][0]["y"] == counts
    assert figure["data"][0]["customdata"][:2] == ["0", "1 to 8"]
    assert figure["data"][0]["customdata"][-1] == "249 to 255"
    assert f"is 0, paper, in {values.count(0)} of 100 images" in text(at)
    assert f"{sum(values) / 100:.1f} of 255" in text(at)
    assert f"divided by 255, that is **{sum(values) / 100 / 255:.3f}**" in text(at)
    assert components(at, "maps")[FOCUS]["picked"] == [20, 9]


@pytest.mark.parametrize("pixel", ["", "28,0", "0,28", "-1,3", "a,b", "3", "3,4,5", "9" * 5000, "٣,٣"])
def test_a_pixel_that_is_none_is_the_usual_one(pixel):
    assert components(run("ideal", pixel=pixel), "maps")[FOCUS]["picked"] == [9, 14]


# -- all ten ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("view", "expected", "colours"),
    [
        ("mean", lambda images: images.mean(0), "greys"),
        ("spread", lambda images: images.std(0), "heat"),
        ("median", lambda images: np.median(images, 0), "greys"),
        ("difference", lambda images: images.mean(0) - np.median(images, 0), "signed"),
        ("nonsense", lambda images: images.mean(0), "greys"),
    ],
)
def test_every_view_is_of_all_images_of_each_digit(mnist, view, expected, colours):
    at = run("ideal", view=view)
    assert len(components(at, "maps")[TEN]["groups"][0]["maps"]) == 10
    for cls in (0, 8):
        images = mnist.train.stacks[cls].numpy() / 255
        assert np.allclose(shown(at, TEN, cls), expected(images), atol=1e-5)
    assert components(at, "maps")[TEN]["groups"][0]["maps"][0]["colours"] == colours


def test_medians_are_only_made_when_they_are_asked_for():
    cells = run("ideal").session_state["cells"]["ideal"].values()
    assert chapter.all_medians not in {cell.function for cell in cells}


def test_l1_is_least_at_the_median_and_l2_at_the_mean():
    for digit in range(10):
        costs = compute.outcome(chapter.what_each_makes_small, {"digit": digit}).value
        assert costs["median"][0] < costs["mean"][0]
        assert costs["mean"][1] < costs["median"][1]
    assert "| mean | 0.1313 | **0.0573** |\n| median | **0.1095** | 0.0716 |" in text(
        run("ideal", view="median")
    )


# -- the whole page -------------------------------------------------------------------------------


@pytest.mark.parametrize(("digit", "rival"), [(0, 1), (1, 0), (9, 4)])
def test_every_exhibit_works_for_any_two_digits(digit, rival):
    at = run("ideal", ideal=str(digit), rival=str(rival), view="difference")
    assert component(at, "live_slider")["label"].endswith(f"train/{digit} are averaged:")


def test_an_ideal_is_never_its_own_rival():
    at = run("ideal", ideal="2", rival="2")
    assert chosen(at, "ideal") != chosen(at, "rival")
    choose(at, rival=chosen(at, "ideal"))
    assert chosen(at, "ideal") != chosen(at, "rival")


def test_every_picture_has_a_text_alternative():
    sent = components(run("ideal", view="difference"), "maps")
    labels = [map["label"] for each in sent for group in each["groups"] for map in group["maps"]]
    assert len(labels) == 11
    assert all(labels)
