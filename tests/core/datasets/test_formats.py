"""The same images from every format, under any name: equal tensors."""

import gzip
import zipfile

import numpy as np
import pyarrow as pa
import pytest
import torch

from mnist_dash import DatasetError, Digits, load_dataset, load_images, load_mnist
from mnist_dash.core.datasets.mnist import MNIST_FOLDER
from tests.core.datasets.files import columns, csv, hub, idx, named, npy, npz, parquet, pictures, png, zipped

TRAIN, VALID = 400, 150


@pytest.fixture(scope="module")
def part(mnist):
    """Of MNIST, as NumPy has it: train -> (images, labels)."""
    first = {"train": (mnist.train, TRAIN), "valid": (mnist.valid, VALID)}
    return {
        name: (digits.images[:count].numpy(), digits.labels[:count].numpy())
        for name, (digits, count) in first.items()
    }


@pytest.fixture(scope="module")
def small():
    """120 images of 6 x 6 and their labels, 0 to 3."""
    generator = np.random.default_rng(5)
    labels = generator.permutation(np.arange(120) % 4)
    images = generator.integers(0, 256, (120, 6, 6), dtype=np.uint8)
    images[:, 0], images[:, -1], images[0, 3, 3] = 0, 0, 255
    images[:, :, 0] = images[:, :, -1] = 0
    return images, labels


def whole(dataset):
    """The images of both parts in an order of their own, so that sets that were split can be compared."""
    images = torch.cat([dataset.train.images, dataset.valid.images]).flatten(1).numpy()
    labels = torch.cat([dataset.train.labels, dataset.valid.labels]).numpy()
    return sorted(zip(map(bytes, images), labels.tolist(), strict=True))


def holds(dataset, images, labels):
    assert whole(dataset) == sorted(
        zip(map(bytes, images.reshape(len(images), -1)), labels.tolist(), strict=True)
    )


def both(part):
    """MNIST's train and valid as every format has them: what ``load_dataset`` is given."""
    (images, labels), (images_, labels_) = part["train"], part["valid"]
    keras = {"x_train": images, "y_train": labels, "x_test": images_, "y_test": labels_}
    med = {"train_images": images, "train_labels": labels[:, None]}
    med |= {"val_images": images_, "val_labels": labels_[:, None]}
    files = [images, labels, images_, labels_]
    names = list("0123456789")
    return {
        "IDX, gzip": [named(idx(array, packed=True)) for array in files],
        "IDX, raw, out of order": [named(idx(array), "") for array in files[::-1]],
        "IDX in a ZIP": named(zipped({f"{n}.bin": idx(array) for n, array in enumerate(files)})),
        "ZIP": named(zipped(pictures(part))),
        "ZIP with folders around it": named(
            zipped({f"MNIST - JPG/{path}": content for path, content in pictures(part).items()})
        ),
        "Keras": named(npz(**keras)),
        "MedMNIST": named(npz(np.savez_compressed, **med)),
        "one array a file": [
            named(npz(arr_0=array), f"{name}.npz")
            for name, array in zip(("a", "b", "t", "u"), files, strict=True)
        ],
        "NPY": [named(npy(array)) for array in files],
        "CSV": [named(csv(*part["train"]), "mnist_train.csv"), named(csv(*part["valid"]), "mnist_test.csv")],
        "CSV, gzip, label last, no head": [
            named(gzip.compress(csv(*part[name], head=False, place=-1)), f"{name}.txt") for name in part
        ],
        "hub": [
            named(hub(*part["train"], names), "train-00000-of-00001.parquet"),
            named(hub(*part["valid"], names), "test-00000-of-00001.parquet"),
        ],
        "columns": named(zipped({f"{name}/0.parquet": columns(*part[name]) for name in part})),
    }


FORMATS = [
    "IDX, gzip",
    "IDX, raw, out of order",
    "IDX in a ZIP",
    "ZIP",
    "ZIP with folders around it",
    "Keras",
    "MedMNIST",
    "one array a file",
    "NPY",
    "CSV",
    "CSV, gzip, label last, no head",
    "hub",
    "columns",
]


@pytest.fixture(scope="module")
def sources(part):
    found = both(part)
    assert list(found) == FORMATS
    return found


@pytest.mark.parametrize("form", FORMATS)
def test_mnist_from_every_format_is_the_same(sources, part, form):
    dataset = load_dataset(sources[form])
    assert dataset.classes == tuple("0123456789")
    for name, digits in (("train", dataset.train), ("valid", dataset.valid)):
        images, labels = part[name]
        assert (digits.images.numpy() == images).all()
        assert (digits.labels.numpy() == labels).all()


def test_mnists_own_folder_is_mnist(mnist):
    dataset = load_dataset(MNIST_FOLDER)
    for ours, theirs in ((dataset.train, mnist.train), (dataset.valid, mnist.valid)):
        assert ours.images.equal(theirs.images)
        assert ours.labels.equal(theirs.labels)
    assert "README.md" in dataset.notes[0]
    assert load_mnist().classes == dataset.classes


def test_a_folder_is_read_as_its_zip_is(tmp_path, part):
    content = zipped(pictures({"train": part["valid"]}))
    (tmp_path / "letters.zip").write_bytes(content)
    zipfile.ZipFile(tmp_path / "letters.zip").extractall(tmp_path / "letters")
    from_zip, from_folder = load_dataset(tmp_path / "letters.zip"), load_dataset(str(tmp_path / "letters"))
    assert from_zip.name == from_folder.name == "letters"
    assert from_zip.train.images.equal(from_folder.train.images)
    assert from_zip.valid.labels.equal(from_folder.valid.labels)


def test_an_open_file_is_left_open(small):
    file = named(npz(x=small[0], y=small[1]))
    file.read(7)
    load_dataset(file)
    assert not file.closed


# -- IDX --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["u1", "i1", ">i2", ">i4", ">f4", ">f8"])
def test_all_six_types_of_idx_are_read(small, kind):
    images, labels = small
    if kind == "i1":  # up to 127: on a scale of 0 to 255
        images = images // 2
    holds(load_dataset([named(idx(labels, kind)), named(idx(images, kind))]), images, labels)


def test_of_qmnists_labels_the_first_column_counts(small):
    images, labels = small
    about = np.stack([labels, *[labels + 7 * n for n in range(1, 8)]], 1)  # writer, place, ...
    holds(load_dataset([named(idx(about, ">i4")), named(idx(images))]), images, labels)


def test_labels_that_begin_at_one_are_places_all_the_same(small):
    """EMNIST's letters are 1 to 26."""
    dataset = load_dataset([named(idx(small[0])), named(idx(small[1] + 1))])
    assert dataset.classes == ("1", "2", "3", "4")
    assert dataset.labels == (0, 1, 2, 3)


# -- NumPy ------------------------------------------------------------------------------------------


def test_labels_may_be_names_or_a_one_in_their_column(small):
    images, labels = small
    names = np.array(["dog", "cat", "bird", "ant"])
    dataset = load_dataset(named(npz(images=images, labels=names[labels])))
    assert dataset.classes == ("ant", "bird", "cat", "dog")
    holds(dataset, images, 3 - labels)
    holds(load_dataset(named(npz(x=images, y=np.eye(4)[labels]))), images, labels)


@pytest.mark.parametrize("shape", [(-1, 36), (-1, 6, 6, 1), (-1, 1, 6, 6)])
def test_images_may_lie_in_one_row_or_have_an_axis_of_one(small, shape):
    images, labels = small
    holds(load_dataset(named(npz(x=images.reshape(shape), y=labels))), images, labels)


def test_colour_becomes_grey_as_pillow_makes_it(small):
    generator = np.random.default_rng(1)
    colour = generator.integers(0, 256, (40, 5, 7, 3), dtype=np.uint8)
    colour[:, 0] = 0
    labels = np.arange(40) % 2
    grey = load_dataset(named(npz(x=colour, y=labels)), invert=False)
    from_files = load_dataset(named(zipped(pictures({"train": (colour, labels)}))), invert=False)
    first = load_dataset(named(npz(x=colour.transpose(0, 3, 1, 2), y=labels)), invert=False)
    assert whole(grey) == whole(from_files) == whole(first)
    assert "Colour became grey." in grey.notes
    assert "40 images in colour became grey." in from_files.notes


# -- CSV --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("place", [0, -1])
@pytest.mark.parametrize("head", [True, False])
def test_a_table_may_have_a_head_or_none_and_its_label_at_either_end(small, head, place, mark):
    holds(load_dataset(named(csv(*small, head=head, place=place, mark=mark))), *small)


@pytest.mark.parametrize("name", ["label", "Class", '"y"', "target"])
@pytest.mark.parametrize("pixel", ["pixel{n}", "{n}", "{row}x{column}"])
def test_the_label_is_found_by_its_name(small, name, pixel):
    images, labels = small
    wide = images[:, :4]  # 4 x 6: only 1x1 ... 4x6 says so
    images = wide if "row" in pixel else images
    flat = images.reshape(len(images), -1)
    names = [pixel.format(n=n, row=n // 6 + 1, column=n % 6 + 1) for n in range(flat.shape[1])]
    rows = [[*names[:9], name, *names[9:]]]
    rows += [[*row[:9], label, *row[9:]] for row, label in zip(flat.tolist(), labels.tolist(), strict=True)]
    dataset = load_dataset(named("\n".join(",".join(map(str, row)) for row in rows).encode()))
    assert dataset.train.images.shape[1:] == images.shape[1:]
    holds(dataset, images, labels)


@pytest.mark.parametrize("names", [range(37), ["0", *(f"0.{n}" for n in range(1, 37))]])
def test_a_head_may_hold_nothing_but_numbers(small, names):
    """The A to Z that is often passed round has a head of 0, 0.1, 0.2 ..."""
    head = ",".join(map(str, names)).encode()
    holds(load_dataset(named(head + b"\n" + csv(*small, head=False))), *small)


def test_labels_in_a_table_may_be_words(small):
    images, labels = small
    words = np.array(["no", "yes", "maybe", "two words"])[labels]
    for head in (True, False):
        dataset = load_dataset(named(csv(images, words, head=head)))
        assert dataset.classes == ("maybe", "no", "two words", "yes")


def test_the_number_of_the_row_is_no_pixel(small):
    rows = csv(*small).decode().split("\n")
    numbered = [f"{n - 1 if n else ''},{row}" for n, row in enumerate(rows)]
    holds(load_dataset(named("\n".join(numbered).encode())), *small)
    called_otherwise = "\n".join(numbered).replace("label", "what").encode()
    dataset = load_dataset(named(called_otherwise))
    assert "The first column of letters.bin is taken as the label." in dataset.notes
    holds(dataset, *small)


def test_a_table_sorted_by_class_does_not_end_in_one_class_to_be_judged_on(small):
    images, labels = small
    order = labels.argsort(kind="stable")
    for place in (0, -1):
        dataset = load_dataset(named(csv(images[order], labels[order], head=False, place=place)))
        assert dataset.valid.labels.bincount().tolist() == [6, 6, 6, 6]
        holds(dataset, images, labels)


def test_a_table_without_labels_beside_one_with_labels_is_left_out(small):
    images, labels = small
    rows = [row.partition(",")[2] for row in csv(images, labels).decode().split("\n")]
    bare = "\n".join(rows).encode()
    content = zipped({"train.csv": csv(images, labels), "test.csv": bare})
    dataset = load_dataset(named(content))
    assert "Left out test.csv: its images have no labels." in dataset.notes
    holds(dataset, images, labels)


def test_images_without_labels_are_read_to_be_called(small):
    images, labels = small
    bare = b"\n".join(row.partition(b",")[2] for row in csv(images, labels).split(b"\n"))
    assert (load_images(named(bare)).numpy() == images).all()
    files = named(parquet(pa.table({"image": [png(image) for image in images]})))
    assert (load_images(files, turn=True).transpose(1, 2).numpy() == images).all()
    with pytest.raises(DatasetError, match="has labels: load_dataset reads it"):
        load_images(named(csv(images, labels)))


# -- Parquet ----------------------------------------------------------------------------------------


def test_names_come_from_the_hubs_metadata_in_its_order(small):
    names = ["T-shirt", "ankle boot", "Bag", "10"]
    dataset = load_dataset(named(hub(*small, names)))
    assert dataset.classes == tuple(names)
    holds(dataset, *small)


def test_a_column_of_the_hub_may_be_called_otherwise_and_know_its_path(small):
    holds(load_dataset(named(hub(*small, column="img", path="a/b.png"))), *small)


def test_a_class_of_the_hub_without_images_is_told(small):
    dataset = load_dataset(named(hub(*small, ["a", "b", "c", "d", "e"])))
    assert dataset.classes == tuple("abcd")
    assert "Without an image: e." in dataset.notes


LISTS = {"nested": pa.list_(pa.list_(pa.uint8())), "flat": pa.list_(pa.int64())}
LISTS["fixed"] = pa.list_(pa.float64(), 36)


@pytest.mark.parametrize("form", LISTS)
def test_images_may_be_lists_of_numbers(small, form):
    images, labels = small
    nested = images if form == "nested" else images.reshape(120, -1)
    table = pa.table({"pixels": pa.array(nested.tolist(), LISTS[form]), "label": labels})
    holds(load_dataset(named(parquet(table))), images, labels)


def test_images_may_be_plain_bytes_and_labels_words(small):
    images, labels = small
    words = np.array(list("abcd"))[labels]
    table = pa.table({"image": [png(image) for image in images], "label": words})
    dataset = load_dataset(named(parquet(table)))
    assert dataset.classes == tuple("abcd")
    holds(dataset, images, labels)


def test_labels_may_be_whole_numbers_with_a_point(small):
    images, labels = small
    table = pa.table({"image": [png(image) for image in images], "label": labels.astype(float)})
    assert load_dataset(named(parquet(table))).classes == ("0", "1", "2", "3")
    assert load_dataset(named(csv(images, labels.astype(float)))).classes == ("0", "1", "2", "3")


def test_a_broken_image_in_a_table_is_skipped_and_named(small):
    images, labels = small
    files = [png(image) for image in images]
    files[7] = files[7][:40]
    dataset = load_dataset(named(hub(files, labels)))
    assert "Skipped 1 file that can't be read as an image: row 8." in dataset.notes
    holds(dataset, np.delete(images, 7, 0), np.delete(labels, 7))


# -- what is chosen ---------------------------------------------------------------------------------


def test_progress_is_told_and_what_it_raises_comes_out(small, tmp_path):
    class CancelledError(ValueError):
        pass

    def cancel(done, total):
        raise CancelledError

    images, labels = small
    sources = {
        "idx": [named(idx(images)), named(idx(labels))],
        "zip": named(zipped(pictures({"train": small}))),
        "csv": named(csv(*small)),
        "hub": named(hub(*small)),
        "columns": named(columns(*small)),
    }
    for form, source in sources.items():
        told = []
        assert len(load_dataset(source, progress=lambda *said, told=told: told.append(said)).train) == 96
        assert told, form
        assert all(0 <= done <= total for done, total in told), form
        assert told[-1][0] == told[-1][1], form
        with pytest.raises(CancelledError):
            load_dataset(source, progress=cancel)


def test_a_set_says_where_it_comes_from(small):
    dataset = load_dataset(named(zipped(pictures({"train": small})), "my letters.zip"))
    assert dataset.name == "my letters"
    assert dataset.source == "Read from my letters.zip: images in folders."
    assert load_dataset(named(csv(*small)), name="Tiny").name == "Tiny"
    assert isinstance(dataset.train, Digits)
