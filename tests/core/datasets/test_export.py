"""What is saved is read back pixel by pixel, and EMNIST's sleeping digits are noticed."""

import io
import zipfile

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from mnist_dash import Dataset, DatasetError, Digits, load_dataset, save_dataset
from tests.core.datasets.files import idx, named
from tests.properties import examples


def saved(dataset, form):
    file = io.BytesIO()
    save_dataset(dataset, file, form)
    file.name = f"set.{form}"
    return file


def same(one, other):
    assert one.classes == other.classes
    for ours, theirs in ((one.train, other.train), (one.valid, other.valid)):
        assert ours.images.equal(theirs.images)
        assert ours.labels.equal(theirs.labels)


@pytest.fixture(scope="module")
def small(mnist):
    """150 training and 60 validation images of MNIST."""
    first = ((mnist.train, 150), (mnist.valid, 60))
    return Dataset("small", *(Digits(part.images[:count], part.labels[:count]) for part, count in first))


@pytest.mark.parametrize("form", ["zip", "parquet"])
def test_mnist_comes_back(small, form):
    same(load_dataset(saved(small, form)), small)


NAMES = [
    "T-shirt/top",
    "a:b*?",
    ".hidden",
    "100%",
    "%2F",
    "10",
    "9",
    "train",
    "con.",
    "é <b>",
    'say "no"',
    "a\\b",
    "…",
]


@st.composite
def sets(draw):
    """Of two to six classes in any order, some with strange names, images of any size."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=6, unique=True))
    height, width = draw(st.integers(4, 9)), draw(st.integers(4, 9))
    chance = torch.Generator().manual_seed(draw(st.integers(0, 99)))

    def part(count):
        images = torch.randint(256, (count, height, width), generator=chance, dtype=torch.uint8)
        images[:, 0] = images[:, -1] = 0
        images[:, :, 0] = images[:, :, -1] = 0
        labels = torch.arange(count) % len(names)
        return Digits(images, labels[torch.randperm(count, generator=chance)])

    return Dataset("any", part(draw(st.integers(6, 20))), part(draw(st.integers(6, 9))), tuple(names))


@pytest.mark.parametrize("form", ["zip", "parquet"])
@given(sets())
@examples(0.3)
def test_any_set_comes_back_with_its_names_in_their_order(form, dataset):
    same(load_dataset(saved(dataset, form)), dataset)


def test_the_zip_has_the_layout_of_the_book(small, tmp_path):
    save_dataset(small, tmp_path / "small.zip")
    names = zipfile.ZipFile(tmp_path / "small.zip").namelist()
    label = int(small.train.labels[7])
    assert f"train/{label}/7.png" in names
    assert len(names) == 150 + 60 + 1


def test_the_ending_of_a_path_says_what_to_write(small, tmp_path):
    save_dataset(small, tmp_path / "small.parquet")
    same(load_dataset(tmp_path / "small.parquet"), small)
    for path in (tmp_path / "small.gif", io.BytesIO()):
        with pytest.raises(DatasetError, match="saved as zip or parquet"):
            save_dataset(small, path)
    assert not (tmp_path / "small.gif").exists()


# -- turned -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [None, 20])
def test_digits_that_lie_on_their_side_are_noticed(mnist, size):
    """EMNIST stores rows as columns."""
    images, labels = mnist.train.images[:2_000], mnist.train.labels[:2_000]
    hint = "These digits seem to lie on their side: turn={} sets them upright."
    lying = [named(idx(images.transpose(1, 2).numpy())), named(idx(labels.numpy()))]
    assert hint.format(True) in load_dataset(lying, size=size).notes
    upright = load_dataset(lying, turn=True, size=size)
    assert not any("side" in note for note in upright.notes)
    standing = [named(idx(images.numpy())), named(idx(labels.numpy()))]
    assert not any("side" in note for note in load_dataset(standing, size=size).notes)
    assert hint.format(False) in load_dataset(standing, turn=True).notes
