"""The lesson on sets of the reader's own: its words, and what is left of it where there are few images."""

import re

import numpy as np
import pytest

from mnist_dash.core.baseline import NORMS
from mnist_dash.pages.shared.settings import CLOSER, FITTING, JUDGED, LEFT_OUT, RACE, VIEWS
from tests import oracle
from tests.app import choose, component, components, control, run, sound, unfolded
from tests.core.datasets.files import png, zipped
from tests.own import SETS, bring, in_folders, in_use, letters, noisy
from tests.pages.shown import exact, metrics, text

LESSON = ("pixels", "stack", "ideal", "distance", "broadcasting", "accuracy", "recap")
VIEWED = {
    "pixels": [{"axes": "rank"}, {"axes": "colour"}],
    "stack": [{"without": step} for step in LEFT_OUT],
    "ideal": [{"view": view} for view in VIEWS],
    "distance": [{"closer": closer} for closer in CLOSER],
    "broadcasting": [{"fitting": fitting} for fitting in FITTING],
    "accuracy": [{"judged": judged} for judged in JUDGED],
    "recap": [{}],
}
OF_MNIST = re.compile(r"MNIST|\b(?:6,131|6,000|60,000|10,000)\b|writer")
OF_ITS_SIZE = re.compile(r"\b784\b|28 [×x] 28|\(28, 28\)")
OF_DIGITS = re.compile(r"\bdigits?\b|\d+s\b|\b[Aa]ll ten\b|\bten ideals\b")


def read(at):
    """All that is read on a page but code, numbers, and the product's name."""
    texts = ("markdown", "caption", "header", "title", "info", "warning")
    found = [element.value for kind in texts for element in at.get(kind)]
    labelled = ("button", "metric", "segmented_control", "selectbox", "text_input")
    found += [element.label for kind in labelled for element in at.get(kind)]
    found += [metric.help for metric in at.metric] + [element.proto.body for element in at.get("html")]
    for sent in at.get("bidi_component"):
        found += re.findall(r'"(?:label|title|name|hint|what|kind|note)": "([^"]*)"', sent.proto.json)
    without_pictures = re.sub(r"base64,[^\\\")]*", "", "\n".join(found))
    return re.sub(r"`[^`]*`|ideal digit|Back to MNIST", "", without_pictures)


def turn(at, page):
    return sound(at.switch_page(f"pages/{page}/page.py").run())


def folders(parts):
    """``train/a`` -> images, as a ZIP."""
    return zipped(
        {f"{name}/{nth}.png": png(each) for name, images in parts.items() for nth, each in enumerate(images)}
    )


def some(count, shape=(5, 9), seed=0):
    return np.random.default_rng(seed).integers(0, 256, (count, *shape)).astype(np.uint8)


# -- words ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["letters.zip", "digits.npz", "two.zip", "colours.zip"])
@pytest.mark.parametrize("page", LESSON)
def test_a_page_speaks_of_the_set_and_not_of_mnist(name, page):
    at = turn(bring(run("data"), (name, SETS[name]())), page)
    height, width = in_use(at).train.images.shape[1:]
    for view in VIEWED[page]:
        words = read(choose(at, **view))
        assert not OF_MNIST.findall(words)
        if (height, width) != (28, 28):
            assert not OF_ITS_SIZE.findall(words)
        if name != "digits.npz":
            assert not OF_DIGITS.findall(words)


@pytest.mark.parametrize("page", ["stack", "ideal", "distance", "broadcasting", "accuracy"])
def test_names_of_classes_are_no_markdown_and_no_html(page):
    at = turn(bring(run("data"), ("two.zip", SETS["two.zip"]())), page)
    for view in VIEWED[page]:
        at = choose(at, **view)
        assert "Motten" in re.sub(r"\\(.)", r"\1", text(at))
        assert not re.search(r"(?<!\\)\*Motten", text(at))
        assert "<b>Falter" not in " ".join(element.proto.body for element in at.get("html"))


@pytest.mark.parametrize("page", LESSON[:-1])
def test_the_code_begins_with_the_file_and_never_with_mnist(page):
    at = unfolded(turn(bring(run("data"), ("letters.zip", letters())), page))
    code = "\n".join(block.value for block in at.code)
    assert 'data = load_dataset("letters.zip")' in code.replace("'", '"')
    assert "load_mnist" not in code


def test_one_of_many_classes_is_chosen_from_a_list():
    at = turn(bring(run("data"), ("letters.zip", letters())), "ideal")
    ideal = control(at, "ideal")
    assert ideal.options == list("abcdefghijklmnopqrstuvwxyz")
    ideal.set_value(25).run()
    assert "The ideal z is the **mean** of many images of z" in text(at)
    assert at.query_params["ideal"] == "z"


# -- numbers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["letters.zip", "digits.npz", "colours.zip"])
def test_the_accuracy_of_two_ideals_is_that_of_numpy(name):
    at = turn(bring(run("data"), (name, SETS[name]())), "ideal")
    data, pair = in_use(at), tuple(in_use(at).labels[-2:])
    at = choose(at, ideal=pair[0], rival=pair[1])
    asked = data.valid.of(pair)
    shown = [metric for metric in at.metric if "accuracy" in metric.label]
    for norm, metric in zip(NORMS, shown, strict=True):
        called, close = oracle.answers(asked.images.numpy(), oracle.ideals(data.train, pair), pair, norm)
        assert not close.any()
        labels = asked.labels.numpy()
        share = np.mean([(called[labels == cls] == cls).mean() for cls in pair])
        assert float(exact(metric)) == pytest.approx(share, abs=5e-5)


def test_an_image_of_another_size_is_cut_too():
    at = choose(turn(bring(run("data"), ("digits.npz", SETS["digits.npz"]())), "stack"), without="sizes")
    assert "an image cut to 6 × 6 does not fit" in text(at)
    assert "got [8, 8] at entry 0 and [6, 6] at entry 1" in at.error[0].value


def test_the_first_shapes_of_the_lab_are_those_of_the_set():
    at = turn(bring(run("data"), ("digits.npz", SETS["digits.npz"]())), "broadcasting")
    count = len(in_use(at).valid.places[3])
    assert control(at, "a").value == f"{count}, 8, 8"
    assert f"The result is `({count}, 8, 8)`" in text(at)


def test_the_pile_and_the_pictures_have_the_size_of_the_images():
    at = turn(bring(run("data"), ("colours.zip", SETS["colours.zip"]())), "ideal")
    assert component(at, "pile")["side"] == [32, 32]
    assert {(each["height"], each["width"]) for each in components(at, "maps")} == {(32, 32)}


def test_a_race_shows_all_images_where_there_are_few_and_asks_for_names():
    at = turn(bring(run("data"), ("two.zip", SETS["two.zip"]())), "accuracy")
    data = in_use(at)
    sent = component(choose(at, judged="race"), "race")
    assert sorted(sent["images"]) == list(range(len(data.valid)))
    assert len(data.valid) < RACE
    assert sent["classes"] == [[label, data.classes[label]] for label in data.labels]
    assert "press the button of the class you see" in text(at)
    true = [int(data.valid.labels[image]) for image in sent["images"]]
    at = choose(at, race=(0, (-1, *true[1:])))
    assert metrics(at)["You"].value == f"{len(true) - 1} of {len(true)}"
    (wall,) = components(at, "wall")
    assert wall["tiles"][0][1] == data.classes[true[0]]


def test_letters_are_keys():
    at = choose(turn(bring(run("data"), ("letters.zip", letters())), "accuracy"), judged="race")
    assert "press the key or the button of the class you see" in text(at)


# -- few images, equal images ------------------------------------------------------------------------------

FEW = {"train/a": some(2), "train/b": some(1, seed=1), "valid/a": some(1, seed=2)}
LONELY = {f"train/{name}": some(1, seed=n) for n, name in enumerate("abc")} | {"valid/c": some(1, seed=9)}
EQUAL = {name: some(2)[:1].repeat(2, 0) for name in ("train/a", "train/b", "valid/a", "valid/b")}
BLANK = {name: np.zeros((2, 4, 4), np.uint8) for name in EQUAL}
CASES = {"few": FEW, "lonely": LONELY, "equal": EQUAL, "blank": BLANK}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("page", LESSON)
def test_no_exhibit_breaks_where_there_is_little_to_show(case, page):
    at = turn(bring(run("data"), (f"{case}.zip", folders(CASES[case]))), page)
    for view in VIEWED[page] + [{"ideal": 1}, {"from": "valid", "digit": 1}]:
        at = choose(at, **view)
        assert not any("NaN" in sent.proto.json for sent in at.get("bidi_component"))


def test_without_images_to_judge_on_it_says_so():
    at = turn(bring(run("data"), ("lonely.zip", folders(LONELY))), "accuracy")
    (said,) = at.info
    assert said.value == "The validation set has no image of a or b: nothing to judge on."
    assert "The line of chance" in text(choose(at, digits=(0, 2)))


def test_one_image_of_each_class_is_no_curve():
    at = choose(turn(bring(run("data"), ("lonely.zip", folders(LONELY))), "accuracy"), digits=(0, 2))
    at = choose(at, judged="images")
    assert [said.value for said in at.info] == [
        "There is one training image of each class, and so nothing to compare."
    ]


def test_sizes_of_the_curve_end_with_the_images():
    images = noisy("ab", 20, (6, 6))
    at = choose(turn(bring(run("data"), ("ab.zip", in_folders(images))), "accuracy"), judged="images")
    cell = at.session_state["cells"]["accuracy"]["curve"]
    assert cell.given["sizes"] == (1, 2, 3, 5, 7, 10, 14, None)


def test_two_ideals_that_are_alike_give_no_confidence():
    at = choose(turn(bring(run("data"), ("equal.zip", folders(EQUAL))), "distance"), closer="confidence")
    assert "equally far" in at.info[0].value
    assert "| alike |" in text(at)


def test_the_spread_of_one_image_is_none():
    at = choose(turn(bring(run("data"), ("lonely.zip", folders(LONELY))), "ideal"), view="spread")
    sent = components(at, "maps")[-1]["groups"][0]["maps"]
    assert [each["label"] for each in sent] == [
        f"Spread of class {name}: most at row 0, column 0, 0.00" for name in "abc"
    ]
