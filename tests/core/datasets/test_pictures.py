"""Images in folders: which folder is the class, which part they belong to, and what lies about besides."""

import io
import zipfile

import numpy as np
import pytest

from mnist_dash import DatasetError, load_dataset
from tests.core.datasets.files import named, png, zipped

PIXELS = np.zeros((4, 6, 6), np.uint8)
PIXELS[:, 2:4, 1:5] = [[[40]], [[90]], [[160]], [[250]]]
FILES = [png(pixels) for pixels in PIXELS]


def box(*paths, **more):
    """A ZIP with an image at each of these paths. more: other files, by their paths."""
    images = {path: FILES[number % len(FILES)] for number, path in enumerate(paths)}
    return named(zipped(images | more), "box.zip")


def counts(dataset):
    """Of each class how many to learn from and how many to be judged on."""
    parts = (dataset.train, dataset.valid)
    return {
        name: tuple(int((part.labels == label).sum()) for part in parts)
        for label, name in enumerate(dataset.classes)
    }


def several(*folders, each=4):
    return [f"{folder}/{number}.png" for folder in folders for number in range(each)]


TWO_OF_FOUR = {"3": (4, 4), "7": (4, 4)}


@pytest.mark.parametrize(
    ("train", "valid"),
    [
        ("train", "valid"),
        ("training", "testing"),
        ("Train", "VAL"),
        ("training", "test"),
        ("train", "validation"),
    ],
)
def test_a_part_is_known_by_many_names(train, valid):
    folders = [f"{part}/{cls}" for part in (train, valid) for cls in "37"]
    assert counts(load_dataset(box(*several(*folders)))) == TWO_OF_FOUR


@pytest.mark.parametrize("pattern", ["{part}/{cls}", "a/b c/{part}/{cls}", "{cls}/{part}", "w/{cls}/{part}"])
def test_parts_and_classes_may_lie_anywhere(pattern):
    folders = [pattern.format(part=part, cls=cls) for part in ("train", "test") for cls in "37"]
    assert counts(load_dataset(box(*several(*folders)))) == TWO_OF_FOUR


def test_folders_of_classes_alone_are_split_class_by_class():
    dataset = load_dataset(box(*several("3", "7", each=10)))
    assert counts(dataset) == {"3": (8, 2), "7": (8, 2)}
    assert "Held back by chance to be judged on: 20% of each class (share=0.2, seed=0)." in dataset.notes
    assert counts(load_dataset(box(*several("train/3", "train/7", each=10)))) == counts(dataset)


def test_of_three_parts_test_is_left_out_and_that_is_said():
    folders = [f"{part}/{cls}" for part in ("train", "valid", "test") for cls in "37"]
    dataset = load_dataset(box(*several(*folders)))
    assert counts(dataset) == TWO_OF_FOUR
    assert any("Left out the test part, 8 images" in note for note in dataset.notes)


def test_of_folders_within_folders_the_deepest_is_the_class():
    folders = [f"{writer}/{cls}" for writer in ("ann", "bob") for cls in "37"]
    source = box(*several(*folders, each=5))
    dataset = load_dataset(source)
    assert counts(dataset) == {"3": (8, 2), "7": (8, 2)}
    assert "Of folders within folders the deepest is the class; level=0 takes the first." in dataset.notes
    assert counts(load_dataset(source, level=0)) == {"ann": (8, 2), "bob": (8, 2)}


def test_where_no_deepest_folder_recurs_there_is_doubt():
    dataset = load_dataset(box(*several("3/ann", "3/bob", "7/eve", each=5)))
    assert any("though none recurs" in note for note in dataset.notes)


def test_classes_are_sorted_as_people_sort():
    dataset = load_dataset(box(*several("10", "9", "2", "b", "a10", "a9", "B")))
    assert dataset.classes == ("2", "9", "10", "a9", "a10", "B", "b")


def test_images_come_in_the_order_of_their_numbers():
    paths = ["train/a/10.png", "train/b/2.png", "train/a/1.png", "train/b/3.png"]
    dataset = load_dataset(box(*paths, "valid/a/1.png", "valid/b/2.png"))
    assert dataset.train.labels.tolist() == [0, 1, 1, 0]
    assert dataset.train.images[:, 2, 2].tolist() == [160, 90, 250, 40]


def test_what_computers_leave_behind_is_skipped_counted_and_named():
    junk = ["__MACOSX/3/._1.png", ".DS_Store", "3/.ipynb_checkpoints/1.png", "7/Thumbs.db", "3/._0.png"]
    dataset = load_dataset(box(*several("3", "7", each=5), **dict.fromkeys(junk, b"junk")))
    assert counts(dataset) == {"3": (4, 1), "7": (4, 1)}
    note = next(note for note in dataset.notes if "leave behind" in note)
    assert note.startswith("Skipped 5 files")
    assert all(name in note for name in ("__MACOSX", ".DS_Store", ".ipynb_checkpoints", "2 more"))


def test_what_is_no_image_is_skipped_counted_and_named():
    more = {"README.md": b"# A box", "3/notes.txt": b"of mine", "7/cut.png": FILES[0][:50]}
    dataset = load_dataset(box(*several("3", "7", each=5), **more))
    assert counts(dataset) == {"3": (4, 1), "7": (4, 1)}
    assert "Skipped 2 files that can't be read as an image: cut.png, notes.txt." in dataset.notes
    assert "Skipped 1 file beside the folders: README.md." in dataset.notes


def test_an_empty_class_is_told():
    dataset = load_dataset(box(*several("3", "7"), **{"8/": b"", "9/": b"", "9/notes.txt": b"none yet"}))
    assert dataset.classes == ("3", "7")
    assert "2 folders without an image: 8, 9." in dataset.notes


def test_ten_thousand_empty_folders_are_no_trouble():
    empty = {f"e{number}/": b"" for number in range(10_000)}
    dataset = load_dataset(box(*several("3", "7"), **empty))
    assert "10,000 folders without an image: e0, e1, e2 and 9,997 more." in dataset.notes
    with pytest.raises(DatasetError, match=r"box\.zip holds no file"):
        load_dataset(box(**empty))


def test_a_list_of_labels_that_disagrees_is_told_and_the_folders_win():
    rows = "file,label\n3/0.png,3\n3/1.png,7\n7/2.png,3\n"
    dataset = load_dataset(box("3/0.png", "3/1.png", "7/2.png", "7/3.png", **{"labels.csv": rows}))
    assert dataset.classes == ("3", "7")
    apart = "1.png (7, in folder 3), 2.png (3, in folder 7)"
    assert f"labels.csv says otherwise of 2 images, the folders count: {apart}." in dataset.notes
    paths = "3/0.png,3\n7/0.png,7\n7/1.png,3\n3/1.png,3\n"
    dataset = load_dataset(box(*several("3", "7"), **{"labels.csv": paths}))
    assert "labels.csv says otherwise of 1 image, the folders count: 1.png (3, in folder 7)." in dataset.notes
    agreed = load_dataset(box("3/0.png", "3/1.png", "7/2.png", "7/3.png", **{"labels.csv": "0.png,3\n"}))
    assert not any("labels.csv" in note for note in agreed.notes)


def test_a_path_that_is_there_twice_counts_once():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for path in several("3", "7", each=5):
            archive.writestr(path, FILES[0])
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("3/0.png", FILES[1])
    dataset = load_dataset(named(file.getvalue()))
    assert counts(dataset) == {"3": (4, 1), "7": (4, 1)}
    assert "Skipped 1 file of a path that is there twice: 3/0.png." in dataset.notes


def test_other_sizes_are_an_error_until_one_is_asked_for():
    more = {"7/wide.png": png(np.pad(PIXELS[0], ((3, 3), (8, 8))))}
    source = box(*several("3", "7", each=5), **more)
    with pytest.raises(
        DatasetError, match=r"images of 6 × 6 \(3/0\.png\) and of 12 × 22 \(7/wide\.png\): .*size="
    ):
        load_dataset(source)
    dataset = load_dataset(source, size=(6, 8))
    assert dataset.train.images.shape[1:] == (6, 8)
    assert "11 images of another size became 6 × 8." in dataset.notes
    dataset = load_dataset(source, size=28)
    assert dataset.train.images.shape[1:] == (28, 28)
    assert dataset.train.images.max() == 250


@pytest.mark.parametrize(
    ("kind", "options"),
    [("jpeg", {"quality": 100}), ("bmp", {}), ("webp", {"lossless": True}), ("gif", {}), ("tiff", {})],
)
def test_images_of_every_kind_are_read(kind, options):
    files = {f"{n % 2}/{n}.dat": png(PIXELS[n], kind, **options) for n in range(4)}
    dataset = load_dataset(named(zipped(files)))
    assert sorted(
        dataset.train.images.amax((1, 2)).tolist() + dataset.valid.images.amax((1, 2)).tolist()
    ) == (pytest.approx([40, 90, 160, 250], abs=3))


def test_paths_as_windows_writes_them_are_paths():
    assert counts(load_dataset(box(*(path.replace("/", "\\") for path in several("3", "7", each=5))))) == {
        "3": (4, 1),
        "7": (4, 1),
    }


def test_links_within_a_folder_are_followed_to_files_but_not_round_in_circles(tmp_path):
    for path in several("3", "7", each=5):
        file = tmp_path / "box" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(FILES[0])
    (tmp_path / "box/3/0.png").unlink()
    (tmp_path / "box/3/0.png").symlink_to(tmp_path / "box/3/1.png")
    (tmp_path / "box/7/round").symlink_to(tmp_path / "box")
    assert counts(load_dataset(tmp_path / "box")) == {"3": (4, 1), "7": (4, 1)}
