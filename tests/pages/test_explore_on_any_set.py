"""The pages that explore on sets of the reader's own: their words, their numbers, and sets of few images."""

import json
import re
from io import BytesIO

import numpy as np
import pytest
import torch

from mnist_dash.core.baseline import NORMS
from mnist_dash.core.ladder import PUBLISHED
from mnist_dash.core.stress import Stress
from mnist_dash.pages.shared.settings import IMPROVED, MISTAKES
from tests import oracle
from tests.app import button, choose, component, components, run, sound, unfolded
from tests.own import SETS, bring, in_folders, in_use, letters, noisy
from tests.pages.shown import text
from tests.pages.test_lesson_of_any_set import OF_DIGITS, OF_MNIST, folders, read, some, turn

VIEWED = {
    "mistakes": [{"mistakes": mistakes} for mistakes in MISTAKES],
    "magnet": [{}],
    "stress": [{}],
    "line": [{}],
    "better": [{"improved": improved} for improved in IMPROVED],
    "ladder": [{}],
}
LEFT_OUT = "Published figures are left out: they are for MNIST."
SAME = np.where(np.eye(12) > 0, 200, 90).astype(np.uint8)
OF_FEW = {
    "two to learn from and one to be judged on": lambda: folders(
        {
            f"{part}/{name}": some(count, seed=seed)
            for seed, name in enumerate("ab")
            for part, count in (("train", 2), ("valid", 1))
        }
    ),
    "one of each": lambda: folders(
        {f"{part}/{name}": some(1, seed=ord(name)) for name in "ab" for part in ("train", "valid")}
    ),
    "all equal": lambda: in_folders({"a": [SAME] * 6, "b": [SAME] * 6}),
    "4 x 4": lambda: in_folders(noisy("abc", 8, (4, 4))),
    "128 x 128": lambda: in_folders(noisy("abc", 8, (128, 128))),
    "64 classes": lambda: in_folders(noisy([f"class number {number}" for number in range(64)], 3, (10, 6))),
    "a class without validation images": lambda: folders(
        {f"train/{name}": some(2, seed=ord(name)) for name in "abc"} | {"valid/c": some(1)}
    ),
}


@pytest.mark.parametrize("name", SETS)
def test_the_pages_speak_of_the_set_and_not_of_mnist(name):
    at = choose(bring(run("data"), (name, SETS[name]())), guess="off")
    data = in_use(at)
    every = choose(at, digits=data.labels)
    for page, views in VIEWED.items():
        at = turn(every, page)
        for view in views:
            words = re.sub(f"Back to MNIST|{LEFT_OUT}", "", read(choose(at, **view)))
            if data.train.images.shape[1:] != (28, 28):
                assert not OF_MNIST.findall(words), page
            if name != "digits.npz":
                assert not OF_DIGITS.findall(words), page
            sent = [json.loads(each.proto.json) for each in at.get("bidi_component")]
            told = json.dumps([text(at), sent, [html.proto.body for html in at.get("html")]])
            if page != "ladder":
                assert data.classes[1][:9] in re.sub(r"\\+", "", told), page


def test_names_of_classes_are_no_markdown_and_no_html():
    at = bring(run("data"), ("two.zip", SETS["two.zip"]()))
    for page, views in VIEWED.items():
        at = turn(at, page)
        for view in views:
            at = choose(at, **view)
            assert not re.search(r"(?<!\\)\*Motten", text(at)), page
            assert "<b>Falter" not in " ".join(element.proto.body for element in at.get("html"))


def test_the_code_begins_with_the_file():
    at = bring(run("data"), ("letters.zip", letters()))
    for page in VIEWED:
        code = "\n".join(block.value for block in unfolded(turn(at, page)).code)
        assert 'data = load_dataset("letters.zip")' in code.replace("'", '"'), page
        assert "load_mnist" not in code


@pytest.mark.parametrize("name", OF_FEW)
def test_a_set_of_few_images_breaks_no_exhibit(name):
    at = bring(run("data"), ("few.zip", OF_FEW[name]()))
    labels = in_use(at).labels
    for page, views in VIEWED.items():
        for digits in (labels[:2], labels):
            at = turn(choose(at, digits=digits), page)
            for view in views:
                choose(at, **view)
            assert not [error.value for error in at.error if "backward" not in error.value]


# -- numbers -------------------------------------------------------------------------------------------


@pytest.fixture
def digits():
    """scikit-learn's digits, 8 x 8, all ten possible."""
    at = bring(run("data"), ("digits.npz", SETS["digits.npz"]()))
    return choose(at, digits=in_use(at).labels, guess="off")


def called(data, labels, stress=None):
    """Norm -> what it calls each validation image of these classes; and their labels."""
    asked = data.valid.of(labels)
    images = (stress or Stress()).of(asked.images).numpy()
    ideals = oracle.ideals(data.train, labels)
    found = {norm: oracle.answers(images, ideals, labels, norm) for norm in NORMS}
    assert not any(close.sum() > 1 for _, close in found.values())
    return {norm: answers for norm, (answers, _) in found.items()}, asked.labels.numpy()


def test_the_confusions_of_8_by_8_digits_are_those_of_a_loop(digits):
    at = turn(digits, "mistakes")
    answers, labels = called(in_use(at), in_use(at).labels)
    sent = component(at, "confusion")
    assert sent["names"] == list("0123456789")
    for of_norm in sent["norms"]:
        counts = np.zeros((10, 10), int)
        np.add.at(counts, (labels, answers[of_norm["name"]]), 1)
        assert of_norm["counts"] == counts.tolist()


def test_how_often_8_by_8_digits_are_answered_is_counted_by_numpy(digits):
    at = turn(digits, "magnet")
    answers, labels = called(in_use(at), in_use(at).labels)
    for norm, colour in (("L1", "blue"), ("L2", "orange")):
        counts = np.bincount(answers[norm], minlength=10)
        most = counts.argmax()
        share = 100 * counts[most] / len(labels)
        assert f":{colour}[{norm}] answers **{most}** for **{share:.0f} %**" in text(at)


def test_small_images_are_shifted_by_fewer_pixels_as_far_as_their_slider_goes(digits):
    at = choose(turn(digits, "stress"), dx=9)
    stops = next(each["stops"] for each in components(at, "live_slider") if each["label"] == "Shift right")
    assert stops == ["−2 px", "−1 px", "0 px", "+1 px", "+2 px"]
    answers, labels = called(in_use(at), in_use(at).labels, Stress(dx=2))
    for norm in NORMS:
        assert f"**{(answers[norm] != labels).sum():,} wrong of {len(labels):,}**" in text(at)


def test_a_painted_ideal_of_8_by_8_is_scored(digits):
    at = turn(digits, "better")
    sent = component(at, "ideal_pads")
    assert (sent["side"], sent["names"]) == ([8, 8], list("0123456789"))
    data, pad = in_use(at), np.random.default_rng(0).integers(0, 256, 64).astype(np.uint8)
    at = choose(at, painted=((4, pad.tobytes()),))
    ideals = oracle.ideals(data.train, data.labels)
    ideals[4] = pad.reshape(ideals[4].shape) / 255
    images, labels = data.valid.images.numpy(), data.valid.labels.numpy()
    for score in component(at, "ideal_pads")["scores"]:
        answers, close = oracle.answers(images, ideals, data.labels, score["norm"])
        assert abs(score["count"] - (answers == labels).sum()) <= close.sum()


def test_pads_of_another_set_are_others_though_its_classes_and_its_size_are_the_same():
    told = []
    for seed in (0, 1):
        at = turn(bring(run("data"), ("some.zip", in_folders(noisy("ab", 5, (8, 8), seed)))), "better")
        told.append(component(at, "ideal_pads"))
    assert [told[0][name] for name in ("classes", "side")] == [told[1][name] for name in ("classes", "side")]
    assert told[0]["of"] != told[1]["of"]


def test_a_step_of_the_gradient_is_as_long_as_the_pixels_are_many(digits):
    at = choose(turn(digits, "better"), improved="gradient", step=34)
    stops = next(each["stops"] for each in components(at, "live_slider") if "Step" in each["label"])
    assert stops == [str(step) for step in range(35)]
    assert "the sign of the difference / 64 ✓" in text(at)


def test_the_line_of_two_long_names_is_drawn_of_their_images():
    at = turn(bring(run("data"), ("two.zip", SETS["two.zip"]())), "line")
    data, sent = in_use(at), component(at, "scatter")
    assert sent["names"] == list(data.classes)
    assert sent["split"] == len(data.valid.places[0]) == 4
    assert sent["pointed"]["side"] == [28, 28]


def test_the_ladder_of_few_images_has_no_published_figures_and_no_more_neighbours_than_images():
    at = bring(run("data"), ("few.zip", in_folders(noisy("ab", 5, (9, 7)))))
    at = turn(choose(at, several=50, neighbours=50), "ladder")
    count = len(in_use(at).train)
    sliders = {slider.label: slider.max for slider in at.slider}
    assert sliders == {"Ideals of each class (k)": count // 2, "Neighbours that vote (k)": count}
    table = next(html.proto.body for html in at.get("html") if "class=ladder" in html.proto.body)
    assert not any(each.title in table for each in PUBLISHED[2:])
    assert f"k = {count // 2}" in table
    button(at, "Run the rest").click()
    while "Stop" in {each.label for each in sound(at.run()).button}:
        pass
    table = next(html.proto.body for html in at.get("html") if "class=ladder" in html.proto.body)
    assert "not run yet" not in table


def test_a_ladder_too_high_for_one_equation_says_so():
    images = torch.randint(0, 256, (2_600, 52, 52), generator=torch.Generator().manual_seed(0)).byte()
    file = BytesIO()
    labels = torch.arange(2_600) % 2
    np.savez(file, x_train=images, y_train=labels, x_test=images[:20], y_test=labels[:20])
    at = turn(bring(run("data"), ("many.npz", file.getvalue())), "ladder")
    button(at, "Run the rest").click()
    while "Stop" in {each.label for each in sound(at.run()).button}:
        pass
    table = next(html.proto.body for html in at.get("html") if "class=ladder" in html.proto.body)
    assert "2,705 weights from 2,600 images are too much for one equation here" in table
