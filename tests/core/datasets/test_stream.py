"""Sets that there is no room for: in a stream, they come to what they come to when read as a whole."""

import gzip
import io
import subprocess
import sys

import numpy as np
import pyarrow as pa
import pytest
import torch

from mnist_dash import DatasetError, load_dataset, load_images, save_dataset
from mnist_dash.core.datasets import NoLabelsError, limits, parquet, pictures, room, rows, scales, table
from tests.core.datasets import files
from tests.core.datasets.files import (
    columns,
    csv,
    hub,
    idx,
    named,
    npy,
    npz,
    png,
    zipped,
)

GENERATOR = np.random.default_rng(5)
SHARES = (0.6, 0.3, 0.1)
NAMES = ["b", "a 10", "a 2"]


def images_of(labels, shape=(8, 8)):
    """Noise around a pattern of each class, on paper."""
    patterns = GENERATOR.integers(0, 256, (3, *shape))
    found = np.clip(patterns[labels] + GENERATOR.normal(0, 30, (len(labels), *shape)), 0, 255).astype(
        np.uint8
    )
    found[:, 0] = found[:, -1] = 0
    return found


LABELS, TESTED = (GENERATOR.choice(3, count, p=SHARES) for count in (700, 150))
IMAGES, JUDGED = images_of(LABELS), images_of(TESTED)
COLOURS = images_of(LABELS, (8, 8, 3))
ROOM = 100 * 64  # bytes: a hundred images
STEPS = {
    (table, "FIELDS"): 64 * 65,
    (parquet, "ROWS"): 64,
    (parquet, "FILES"): 64,
    (pictures, "EVERY"): 64,
    (rows, "AT_ONCE"): 64 * 64,
    (scales, "AT_ONCE"): 100,
}


def exported():
    file = io.BytesIO()
    save_dataset(load_dataset(SOURCES["IDX"]()), file, "parquet")
    return file.getvalue()


def lists():
    nested = pa.array((IMAGES / 255).tolist())
    return files.parquet(pa.table({"image": nested, "label": [NAMES[label] for label in LABELS]}))


def four(pack=False):
    names = ("train-images", "train-labels", "t10k-images", "t10k-labels")
    arrays = (IMAGES, LABELS, JUDGED, TESTED)
    return [named(idx(array, packed=pack), name) for array, name in zip(arrays, names, strict=True)]


SOURCES = {
    "IDX": four,
    "IDX, gzip": lambda: four(True),
    "IDX of floats": lambda: [named(idx(IMAGES / 255, ">f4"), "x"), named(idx(LABELS, ">i4"), "y")],
    "IDX in a ZIP": lambda: named(zipped({"x": idx(IMAGES), "y": idx(LABELS)}, compression=8)),
    "NPZ": lambda: named(npz(x_train=IMAGES, y_train=LABELS, x_test=JUDGED, y_test=TESTED)),
    "NPZ, flat too": lambda: named(npz(data=IMAGES.reshape(700, 64), images=IMAGES, target=LABELS)),
    "NPZ, deflated": lambda: named(npz(np.savez_compressed, x=IMAGES / 16, y=np.array(NAMES)[LABELS])),
    "NPZ in colour": lambda: named(npz(x=COLOURS / 255, y=LABELS)),
    "NPY": lambda: [named(npy(IMAGES / 127.5 - 1), "x"), named(npy(np.eye(3)[LABELS]), "y")],
    "CSV": lambda: [named(csv(IMAGES, LABELS), "train.csv"), named(csv(JUDGED, TESTED), "test.csv")],
    "CSV, sorted": lambda: named(csv(IMAGES[LABELS.argsort()], np.sort(LABELS), head=False, place=-1)),
    "CSV, gzip": lambda: named(gzip.compress(csv(IMAGES, [NAMES[label] for label in LABELS]))),
    "CSV in a ZIP": lambda: named(zipped({"all.csv": csv(IMAGES, LABELS), "readme.txt": b"read me"})),
    "Parquet": lambda: named(hub(IMAGES, LABELS, NAMES)),
    "Parquet, two files": lambda: [
        named(hub(IMAGES, LABELS, NAMES), "train-0.parquet"),
        named(hub(JUDGED, TESTED, NAMES), "train-1.parquet"),
    ],
    "Parquet with parts": lambda: named(exported()),
    "Parquet, columns": lambda: named(columns(IMAGES, LABELS)),
    "Parquet of lists": lambda: named(lists()),
    "pictures": lambda: named(zipped(files.pictures({"train": (IMAGES, LABELS), "test": (JUDGED, TESTED)}))),
    "pictures, to be split": lambda: named(
        zipped(files.pictures({"all": (COLOURS, LABELS)}) | {"all/0/x": b"?"})
    ),
    "dark ink": lambda: named(zipped(files.pictures({"all": (255 - IMAGES // 2, LABELS)}))),
}
OPTIONS = {
    "as they are": {},
    "all to learn from": {"share": 0},
    "turned, resized, other chance": {"turn": True, "size": (6, 9), "seed": 3, "share": 0.5},
    "left dark": {"invert": False},
}


@pytest.fixture(autouse=True)
def small_steps(monkeypatch):
    """So that every file takes several."""
    for (module, name), size in STEPS.items():
        monkeypatch.setattr(module, name, size)


def in_stream(source, **options):
    return load_dataset(source, **{"memory": ROOM} | options)


def rest(notes):
    """Without what is said of streams."""
    return [note for note in notes if "in a stream" not in note]


def as_rows(digits):
    return {
        (label, image.tobytes())
        for image, label in zip(digits.images.numpy(), digits.labels.tolist(), strict=True)
    }


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
@pytest.mark.parametrize("form", SOURCES)
def test_in_a_stream_all_images_come_to_what_they_come_to_as_a_whole(form, options):
    read, whole = in_stream(SOURCES[form](), **options), load_dataset(SOURCES[form](), **options)
    assert whole.whole is None
    assert read.classes == whole.classes
    assert rest(read.notes) == list(whole.notes)
    found = read.whole
    for label in range(len(read.classes)):
        stack = whole.train.images[whole.train.labels == label]
        assert found.sums[label].equal(stack.long().sum(0))
        assert (found.train[label], found.valid[label]) == (len(stack), (whole.valid.labels == label).sum())
        ideal = stack.double().mean(0) / 255
        torch.testing.assert_close(found.ideals([label])[0].double(), ideal, atol=1e-7, rtol=0)
    for kept, every in ((read.train, whole.train), (read.valid, whole.valid)):
        assert as_rows(kept) <= as_rows(every)
    assert sum(part.images.nbytes for part in (read.train, read.valid)) <= ROOM


@pytest.mark.parametrize("form", ["IDX", "CSV", "Parquet", "pictures"])
def test_of_every_class_the_same_share_is_kept(form):
    read = in_stream(SOURCES[form]())
    share = (len(read.train) + len(read.valid)) / len(read.whole)
    for part, counts in ((read.train, read.whole.train), (read.valid, read.whole.valid)):
        for label, count in enumerate(counts.tolist()):
            assert abs(int((part.labels == label).sum()) - share * count) <= 2


def test_what_is_kept_is_drawn_from_everywhere_alike():
    """In 300 draws, each of 60 images is kept 100 times, give or take four standard deviations."""
    images = np.arange(60 * 16, dtype=np.uint16).astype(np.uint8).reshape(60, 4, 4)
    images[:, 0, 0] = np.arange(60)
    labels, often = np.arange(60) % 2, np.zeros(60)
    for seed in range(300):
        source = named(npz(x=images, y=labels))
        read = load_dataset(source, memory=20 * 16, share=0, seed=seed, invert=False)
        often[read.train.images[:, 0, 0].numpy()] += 1
    assert abs(often - 100).max() < 4 * np.sqrt(300 * (1 / 3) * (2 / 3))


def test_the_same_seed_keeps_the_same_images_and_another_others():
    one, again, other = (in_stream(SOURCES["CSV"](), seed=seed) for seed in (1, 1, 2))
    assert one.train.images.equal(again.train.images)
    assert not one.train.images.equal(other.train.images)
    assert one.whole.sums.equal(other.whole.sums)


def test_a_million_images_are_kept_at_most(monkeypatch):
    monkeypatch.setattr(room, "MOST_IMAGES", 90)
    read = load_dataset(SOURCES["IDX"]())
    assert 80 <= len(read.train) + len(read.valid) <= 90
    assert len(read.whole) == 850


def test_a_set_that_just_fits_is_kept_whole():
    source = npz(x=IMAGES, y=LABELS)
    assert load_dataset(named(source), memory=IMAGES.nbytes).whole is None
    assert load_dataset(named(source), memory=IMAGES.nbytes - 1).whole is not None


def test_what_was_done_is_said():
    notes = in_stream(SOURCES["IDX"]()).notes
    assert "850 images were read in a stream, twice" in notes[-1]
    assert "drawn by chance (seed=0), are kept to look at" in notes[-1]


def test_one_image_of_each_class_and_part_is_kept_at_least():
    read = in_stream(SOURCES["IDX"](), memory=1)
    assert read.train.labels.tolist() == read.valid.labels.tolist() or set(read.train.labels.tolist()) == {
        0,
        1,
        2,
    }
    assert len(read.train) == len(read.valid) == 3


@pytest.mark.parametrize("form", SOURCES)
def test_progress_counts_images_and_what_it_raises_comes_out(form):
    class CancelledError(ValueError):
        pass

    told = []
    read = in_stream(SOURCES[form](), progress=lambda *said: told.append(said))
    last = [done for done, total in told if total == told[-1][1]]
    assert told[-1] == (told[-1][1],) * 2
    assert told[-1][1] >= len(read.whole)
    assert len(last) > 8
    for stop in (1, len(told) // 2, len(told) - 1):
        left = iter(range(stop))

        def cancel(done, total, left=left):
            if next(left, None) is None:
                raise CancelledError

        with pytest.raises(CancelledError):
            in_stream(SOURCES[form](), progress=cancel)


READS = """
import sys
from pathlib import Path
from mnist_dash import load_dataset
from mnist_dash.core.datasets import rows, table

table.FIELDS = rows.AT_ONCE = 2**18

def most():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024

for few, many in zip(sys.argv[1::2], sys.argv[2::2]):
    for size in (few, many):
        files = sorted(Path(size).iterdir())
        before, read = most(), load_dataset(files if len(files) > 1 else files[0], memory=2**19)
        assert read.whole is not None
        assert read.train.images.nbytes + read.valid.images.nbytes <= 2**19
    print(most() - before)
"""


def test_memory_does_not_grow_with_the_set(tmp_path):
    """Of 1.6 and then 9.4 MB of pixels half a MB is kept, in a process of its own."""
    labels = np.arange(1_000) % 3
    images = images_of(labels, (28, 28))
    lines = csv(images, labels, head=False) + b"\n"

    def many(times):
        stack, these = np.tile(images, (times, 1, 1)), np.tile(labels, times)
        each = [png(image) for image in images] * times
        large = [png(np.tile(image, (3, 3))) for image in images[:250]] * times
        return {
            "idx": [idx(stack), idx(these, packed=True)],
            "npz": [npz(np.savez_compressed, x_train=stack, y_train=these)],
            "csv": [gzip.compress(lines * times, 1)],
            "parquet": [hub(each, these)],
            "pictures": [zipped({f"{n % 250 % 3}/{n}.png": one for n, one in enumerate(large)})],
        }

    folders, few = [], many(2)
    for form, both in {form: (few[form], content) for form, content in many(12).items()}.items():
        for size, contents in zip(("few", "many"), both, strict=True):
            folders.append(tmp_path / form / size)
            folders[-1].mkdir(parents=True)
            for number, content in enumerate(contents):
                (folders[-1] / f"{number}.bin").write_bytes(content)
    ran = subprocess.run(
        [sys.executable, "-c", READS, *map(str, folders)], capture_output=True, text=True, check=True
    )
    grown = dict(zip(few, map(float, ran.stdout.split()), strict=True))  # MB; 7.8 more were read
    assert grown.pop("pictures") < 12  # 17.6 more, and the directory of a ZIP takes over 1 kB a file
    assert max(grown.values()) < 5, grown


BAD = {
    "cut off": (lambda: [named(idx(IMAGES)[:-70]), named(idx(LABELS))], "ends after 698 of 700 images"),
    "cut off gzip": (
        lambda: [named(idx(IMAGES, packed=True)[:-9_000]), named(idx(LABELS))],
        "ends after .* of 700 images",
    ),
    "by columns": (
        lambda: named(npz(x=np.asfortranarray(IMAGES), y=LABELS)),
        "lies there column by column: save it row by row",
    ),
    "text late": (
        lambda: named(csv(IMAGES, LABELS).replace(b"\n2,0", b"\n2,zero")),
        "says “zero”: put a number",
    ),
    "NaN late": (
        lambda: named(npz(x=np.where(np.arange(700)[:, None, None] == 650, np.nan, IMAGES), y=LABELS)),
        "no number in image 651, row 1, column 1",
    ),
    "no label late": (
        lambda: named(
            files.parquet(
                pa.table({"image": pa.array(IMAGES.tolist()), "label": [*LABELS.tolist()[:-5], *[None] * 5]})
            )
        ),
        "no label for image 696",
    ),
    "many classes": (lambda: named(csv(IMAGES, [f"c{n}" for n in range(700)])), "700 classes"),
    "one class": (lambda: named(csv(IMAGES, np.zeros(700, int))), "one class only, 0"),
    "mixed sizes": (
        lambda: named(hub([*IMAGES[:-1], IMAGES[0, :6]], LABELS)),
        "images of 8 × 8 .* and of 6 × 8",
    ),
    "mixed sizes of parts": (
        lambda: named(npz(x_train=IMAGES, y_train=LABELS, x_test=JUDGED[:, :6], y_test=TESTED)),
        "images of 8 × 8 and .* of 6 × 8",
    ),
    "no scale": (lambda: named(npz(x=IMAGES * 7.0, y=LABELS)), "scale them to 0 to 1"),
    "all alike": (
        lambda: named(npz(x=np.full_like(IMAGES, 3), y=LABELS)),
        "the same value, 3, in every pixel",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_one_sentence(name):
    make, says = BAD[name]
    with pytest.raises(DatasetError, match=says):
        in_stream(make())


def test_many_labels_end_the_look_early(monkeypatch):
    monkeypatch.setattr("mnist_dash.core.datasets.stream.MOST_VALUES", 100)
    with pytest.raises(DatasetError, match=f"over {limits.MOST_CLASSES} classes"):
        in_stream(named(csv(IMAGES, [f"c{n}" for n in range(700)])))


def test_numbers_and_texts_among_the_labels_are_texts():
    labels = [str(label) for label in LABELS[:-1]] + ["a"]
    source = csv(IMAGES, labels)
    read, whole = in_stream(named(source)), load_dataset(named(source))
    assert read.classes == whole.classes == ("0", "1", "2", "a")
    assert read.whole.train.tolist() == [int((whole.train.labels == label).sum()) for label in range(4)]


def test_without_labels_there_is_nothing_to_learn_from(monkeypatch):
    source = csv(IMAGES, LABELS).split(b"\n")
    bare = b"\n".join(line.partition(b",")[2] for line in source)
    with pytest.raises(NoLabelsError):
        in_stream(named(bare))
    monkeypatch.setattr("mnist_dash.core.datasets.door.MEMORY", ROOM)
    with pytest.raises(DatasetError, match="holds 700 images, which take"):
        load_images(named(bare))


def test_png_of_colours_are_counted_once():
    files = {
        f"{label}/{n}.png": png(image) for n, (image, label) in enumerate(zip(COLOURS, LABELS, strict=True))
    }
    assert "700 images in colour became grey." in in_stream(named(zipped(files))).notes
