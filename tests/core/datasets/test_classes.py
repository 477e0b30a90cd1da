"""What classes are called, in which order, and how they are split."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from mnist_dash import DatasetError, Digits, load_dataset
from mnist_dash.core.datasets.classes import clean, natural, shown
from mnist_dash.core.datasets.split import split
from tests.core.datasets.files import hub, named, npz, png, zipped

IMAGE = png(np.eye(5, dtype=np.uint8) * 200)


def of_folders(*names, each=3):
    return load_dataset(named(zipped({f"{name}/{n}.png": IMAGE for name in names for n in range(each)})))


@pytest.mark.parametrize(
    "names",
    [
        ["2", "10"],
        ["img2", "img10", "IMG20"],
        ["a", "B", "c"],
        ["1", "a"],
        ["007", "8", "70"],
        ["x1y2", "x1y10", "x2y1"],
        ["", "0"],
    ],
)
def test_names_are_sorted_as_people_sort(names):
    assert sorted(set(names), key=natural) == names


@given(st.lists(st.text(max_size=5), max_size=6))
def test_any_names_can_be_sorted(names):
    there, back = sorted(names, key=natural), names[::-1]
    assert sorted(back, key=natural) == there


def test_a_name_of_ten_thousand_figures_can_be_sorted():
    assert natural("1" * 10_000) < natural("2" * 10_000) < natural("1" * 10_001)


def test_markup_stays_the_text_that_it_is():
    assert of_folders("<b>bold<b>", "[a](b)").classes == ("<b>bold<b>", "[a](b)")


def test_marks_that_turn_the_direction_of_writing_are_taken_out():
    assert of_folders("a\u202egnp", "\u200fb\u2066").classes == ("agnp", "b")
    assert clean("שלום") == "שלום"  # letters that run from right to left are letters


def test_control_characters_and_line_breaks_become_spaces():
    assert clean(" a\nb\t\u2028c\0 ") == "a b c"


def test_a_letter_written_in_two_ways_is_one_class():
    """A Mac packs é as e and an accent, others as one letter."""
    names = np.array(["é", "e\u0301", "b", "b"] * 5)
    images = np.arange(20, dtype=np.uint8)[:, None, None] * np.eye(5, dtype=np.uint8)
    assert load_dataset(named(npz(x=images, y=names))).classes == ("b", "é")


def test_names_from_the_hub_are_cleaned_too():
    names = ["a\u202e\n<i>", "b"]
    dataset = load_dataset(named(hub([IMAGE] * 8, [0, 1] * 4, names)))
    assert dataset.classes == ("a <i>", "b")


def test_a_name_of_ten_kilobytes_is_cut_and_stays_different_from_others():
    long = "x" * 10_240
    dataset = of_folders(long, f"{long}y", "z")
    assert list(map(len, dataset.classes)) == [60, 60, 1]
    assert len(set(dataset.classes)) == 3
    assert any(note.startswith("A name of 10,240 letters was cut: xxx") for note in dataset.notes)


def test_a_name_of_nothing_gets_one():
    assert shown(["", "a"])[0] == ["(no name)", "a"]


def test_a_class_with_nothing_to_learn_from_is_told():
    files = {f"{folder}/1.png": IMAGE for folder in ("train/a", "train/b", "valid/a", "valid/c")}
    dataset = load_dataset(named(zipped(files)))
    assert dataset.classes == ("a", "b", "c")
    assert dataset.labels == (0, 1)
    assert "Nothing to learn from for c." in dataset.notes


def test_up_to_64_classes():
    labels = np.arange(65).repeat(2)
    images = labels.astype(np.uint8)[:, None, None] * np.eye(5, dtype=np.uint8)
    assert len(load_dataset(named(npz(x=images[:128], y=labels[:128]))).classes) == 64
    with pytest.raises(DatasetError, match="65 classes"):
        load_dataset(named(npz(x=images, y=labels)))


# -- the split --------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 3), min_size=1, max_size=60), st.floats(0.01, 0.99), st.integers(0, 99))
def test_every_class_is_split_alike_and_nothing_is_lost(labels, share, seed):
    images = torch.arange(len(labels), dtype=torch.uint8).view(-1, 1, 1)
    digits = Digits(images, torch.tensor(labels))
    train, valid = split(digits, share, seed)
    both = torch.cat([train.images, valid.images]).flatten()
    assert both.sort().values.equal(images.flatten())
    for part in (train, valid):
        assert part.labels.equal(digits.labels[part.images.flatten().long()])
        assert part.images.flatten().equal(part.images.flatten().sort().values)  # in file order
    for cls, places in digits.places.items():
        held = int((valid.labels == cls).sum())
        assert abs(held - share * len(places)) <= 0.5 or held in (1, len(places) - 1)
        assert held < len(places)
        assert held or len(places) == 1


def test_the_same_seed_splits_alike_and_another_does_not():
    digits = Digits(torch.arange(200, dtype=torch.uint8).view(-1, 1, 1), torch.arange(200) % 2)
    first, again, other = (split(digits, 0.3, seed)[1].images.flatten() for seed in (1, 1, 2))
    assert first.equal(again)
    assert not first.equal(other)
    assert len(first) == 60
