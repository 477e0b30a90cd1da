"""Every page on sets of the reader's own: letters, images of 8 x 8, two long names, colours."""

import gc
from weakref import ref

import numpy as np
import pytest

from mnist_dash.core.datasets import load_dataset
from mnist_dash.pages.shared.contents import PAGES
from mnist_dash.pages.shared.settings import SETTINGS, Guess
from tests.app import button, choose, chosen, run, sound
from tests.own import SETS, arrived, bring, in_use, letters
from tests.pages.shown import text


def turn(at, page):
    """The same visit on another page."""
    return sound(at.switch_page(f"pages/{page}/page.py").run())


@pytest.mark.parametrize("name", SETS)
def test_every_page_shows_the_set_in_use_whole_and_holds_nothing_of_it_afterwards(name):
    at = bring(run("data"), (name, SETS[name]()))
    weak = ref(in_use(at)), ref(in_use(at).train.images)
    for page in PAGES:
        at = turn(at, page)
        if page != "data":
            assert "Your own images: " in text(at)
    button(at, "Back to MNIST").click().run()
    sound(at)
    gc.collect()
    assert [each() for each in weak] == [None, None]


def test_accuracy_of_letters_is_that_of_a_loop(tmp_path):
    (tmp_path / "letters.zip").write_bytes(letters())
    data = load_dataset(tmp_path / "letters.zip")
    at = choose(bring(run("data"), ("letters.zip", letters())), digits=(0, 1, 2, 25))
    train, valid = data.train.images.double().numpy() / 255, data.valid.images.double().numpy() / 255
    ideals = {label: train[data.train.labels.numpy() == label].mean(0) for label in (0, 1, 2, 25)}
    right = {"L1": 0, "L2": 0}
    for image, label in zip(valid, data.valid.labels.tolist(), strict=True):
        off = {each: image - ideal for each, ideal in ideals.items()}
        l1 = {each: np.abs(difference).mean() for each, difference in off.items()}
        l2 = {each: (difference**2).mean() for each, difference in off.items()}
        if label in ideals:
            right["L1"] += min(l1, key=l1.get) == label
            right["L2"] += min(l2, key=l2.get) == label
    at = turn(at, "accuracy")
    total = sum(label in ideals for label in data.valid.labels.tolist())
    for count in right.values():
        assert f"{total - count} wrong of {total}" in text(at)


def test_the_address_has_the_names_of_classes():
    at = choose(bring(run("data"), ("letters.zip", letters())), digits=(0, 25), ideal=25, rival=2)
    assert at.query_params["digits"] == ["a", "z"]
    assert (at.query_params["ideal"], at.query_params["rival"]) == ("z", "c")
    button(at, "Back to MNIST").click().run()
    assert "digits" not in at.query_params
    assert chosen(at, "digits") == SETTINGS["digits"].default


def test_a_link_to_an_app_with_a_set_of_its_own_shows_what_its_sender_saw(tmp_path, monkeypatch):
    path = tmp_path / "letters.zip"
    path.write_bytes(letters())
    monkeypatch.setenv("MNIST_DASH_DATA", str(path))
    for _ in range(2):  # the first visit reads the path, the second finds it read
        at = arrived(run("accuracy", digits=["a", "z"], ideal="q", norm="L2"))
        sound(at.run())
        assert (chosen(at, "digits"), chosen(at, "ideal"), chosen(at, "norm")) == ((0, 25), 16, "L2")


def test_guesses_are_about_one_set_and_those_on_mnist_come_back():
    on_mnist = (Guess("blank", "a 1"),)
    at = choose(run("data"), guessed=on_mnist)
    at = bring(at, ("letters.zip", letters()))
    assert chosen(at, "guessed") == ()
    at = turn(at, "draw")
    assert "is an empty page more like an image of a or an image of z?" in text(at)
    button(at, "an image of a").click().run()
    assert [each.question for each in chosen(sound(at), "guessed")] == ["blank"]
    button(at, "Back to MNIST").click().run()
    assert chosen(sound(at), "guessed") == on_mnist
