import gzip
import hashlib
import struct

import pytest
import torch

from mnist_dash import Dataset, DatasetError, Digits, load_mnist
from mnist_dash.core.datasets.mnist import MNIST_FOLDER, read_idx

MD5 = {
    "train-images-idx3-ubyte.gz": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte.gz": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte.gz": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte.gz": "27ae3e4e09519cfbb04c329615203637",
}


@pytest.mark.parametrize("name", MD5)
def test_the_file_is_the_canonical_one(name):
    assert hashlib.md5(gzip.decompress((MNIST_FOLDER / name).read_bytes())).hexdigest() == MD5[name]


def test_the_readme_beside_the_files_gives_their_checksums():
    readme = (MNIST_FOLDER / "README.md").read_text()
    assert all(f"| `{name}` | `{md5}` |" in readme for name, md5 in MD5.items())


def test_mnist_has_60000_training_and_10000_validation_images(mnist):
    assert mnist.name == "MNIST"
    assert mnist.train.images.shape == (60_000, 28, 28)
    assert mnist.valid.images.shape == (10_000, 28, 28)
    assert mnist.train.images.dtype == torch.uint8
    assert mnist.train.labels.dtype == torch.int64
    assert mnist.classes == tuple("0123456789")


def test_mnist_has_the_books_numbers_of_threes_and_sevens(mnist):
    assert [len(mnist.train.stacks[cls]) for cls in (3, 7)] == [6_131, 6_265]
    assert [len(mnist.valid.stacks[cls]) for cls in (3, 7)] == [1_010, 1_028]


def test_training_image_10000_has_the_books_pixels(mnist):
    """The book's first slice: image 10000 of the training set is a 3."""
    assert mnist.train.labels[10_000] == 3
    assert mnist.train.images[10_000, 4:10, 4:10].tolist() == [
        [0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 29],
        [0, 0, 0, 48, 166, 224],
        [0, 93, 244, 249, 253, 187],
        [0, 107, 253, 253, 230, 48],
        [0, 3, 20, 20, 15, 0],
    ]


def test_a_stack_holds_the_images_of_its_class_in_file_order(mnist):
    for cls in mnist.labels:
        assert mnist.valid.stacks[cls].equal(mnist.valid.images[mnist.valid.labels == cls])


# -- damaged files --------------------------------------------------------------------------------


def idx(shape, values=None, magic=None):
    values = bytes(range(256)) if values is None else values
    head = magic or bytes((0, 0, 8, len(shape)))
    return gzip.compress(head + struct.pack(f">{len(shape)}I", *shape) + values, mtime=0)


@pytest.fixture
def folder(tmp_path):
    """A whole set of four small files: 2 images of 2 x 3 pixels in each part."""
    for part in ("train", "t10k"):
        (tmp_path / f"{part}-images-idx3-ubyte.gz").write_bytes(idx((2, 2, 3), bytes(range(12))))
        (tmp_path / f"{part}-labels-idx1-ubyte.gz").write_bytes(idx((2,), bytes((7, 3))))
    return tmp_path


def test_a_small_set_is_read_in_row_order(folder):
    data = load_mnist(folder)
    assert data.train.images.tolist() == [[[0, 1, 2], [3, 4, 5]], [[6, 7, 8], [9, 10, 11]]]
    assert data.train.labels.tolist() == [7, 3]
    assert data.labels == (3, 7)


GOOD = idx((2, 2, 3), bytes(range(12)))
ALTERED = bytearray(idx((2, 2, 3), bytes(12)))
ALTERED[-8] ^= 1  # the checksum at the end of a gzip file


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("train-images-idx3-ubyte.gz", None, "is missing from"),
        ("t10k-labels-idx1-ubyte.gz", None, "is missing from"),
        ("train-images-idx3-ubyte.gz", b"", "is cut off"),
        ("train-images-idx3-ubyte.gz", GOOD[:20], "is cut off"),
        ("train-images-idx3-ubyte.gz", GOOD[:-9], "is cut off"),
        (
            "train-images-idx3-ubyte.gz",
            gzip.compress(b"\0\0\x08\x03\0", mtime=0),
            "is cut off within its head",
        ),
        ("train-images-idx3-ubyte.gz", b"not gzip at all", "cannot be read"),
        ("train-images-idx3-ubyte.gz", bytes(ALTERED), "cannot be read (CRC check failed"),
        ("train-images-idx3-ubyte.gz", idx((12,)), "not with the magic number 00 00 08 03"),
        ("t10k-labels-idx1-ubyte.gz", idx((2,), magic=b"\0\0\x0d\x01"), "begins with 00 00 0d 01"),
        ("train-images-idx3-ubyte.gz", idx((2, 2, 3), bytes(11)), "2 x 2 x 3 values but 11 follow"),
        ("train-images-idx3-ubyte.gz", idx((2, 2, 3), bytes(13)), "2 x 2 x 3 values but 13 follow"),
        ("train-images-idx3-ubyte.gz", idx((0, 2, 3), b""), "0 x 2 x 3 values but 0 follow"),
        ("train-images-idx3-ubyte.gz", idx((3, 2, 2), bytes(12)), "holds 3 images but"),
    ],
)
def test_a_damaged_file_is_named_in_one_sentence_that_says_what_to_do(folder, name, content, says):
    file = folder / name
    file.unlink() if content is None else file.write_bytes(content)
    with pytest.raises(DatasetError) as raised:
        load_mnist(folder)
    message = str(raised.value)
    assert name in message
    assert says in message
    assert "restore" in message
    assert "\n" not in message


@pytest.mark.parametrize("cut", range(0, len(GOOD), 5))
def test_a_file_cut_off_anywhere_raises_nothing_but_a_dataset_error(tmp_path, cut):
    (tmp_path / "cut.gz").write_bytes(GOOD[:cut])
    with pytest.raises(DatasetError, match=r"cut\.gz"):
        read_idx(tmp_path / "cut.gz", rank=3)


@pytest.mark.parametrize(
    ("images", "labels", "says"),
    [
        (torch.zeros(2, 2, 2), torch.zeros(2).long(), r"images must be a uint8 .* torch\.float32"),
        (torch.zeros(2, 2).byte(), torch.zeros(2).long(), r"images must be .* \(2, 2\)"),
        (torch.zeros(2, 2, 2).byte(), torch.zeros(2), r"labels must be an int64 .* torch\.float32"),
        (torch.zeros(2, 2, 2).byte(), torch.zeros(2, 1).long(), r"labels must be .* \(2, 1\)"),
        (torch.zeros(2, 2, 2).byte(), torch.zeros(3).long(), "2 images and 3 labels"),
    ],
)
def test_digits_refuse_what_does_not_agree(images, labels, says):
    with pytest.raises(DatasetError, match=says):
        Digits(images, labels)


def test_labels_are_those_with_training_images():
    digits = Digits(torch.zeros(3, 2, 2).byte(), torch.tensor([5, 2, 5]))
    tiny = Dataset("tiny", train=digits, valid=digits)
    assert tiny.labels == (2, 5)
    assert tiny.classes == tuple("012345")


def test_a_label_must_have_a_name():
    digits = Digits(torch.zeros(2, 2, 2).byte(), torch.tensor([0, 2]))
    with pytest.raises(DatasetError, match="places among the 2 classes, 0 to 1: got 0 to 2"):
        Dataset("tiny", digits, digits, classes=("a", "b"))
