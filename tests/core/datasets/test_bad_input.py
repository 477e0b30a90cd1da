"""Whatever is wrong with a file gets one sentence: which file, what is wrong, how to mend it."""

import gzip
import io
import pickle
import stat
import struct
import tarfile
import warnings
import zipfile

import numpy as np
import pyarrow as pa
import pytest

from mnist_dash import DatasetError, load_dataset
from tests.core.datasets.files import csv, hub, idx, named, npy, npz, parquet, pictures, png, zipped

GENERATOR = np.random.default_rng(3)
LABELS = np.arange(40) % 4
IMAGES = GENERATOR.integers(0, 200, (40, 5, 5), dtype=np.uint8)
IMAGES[:, 0] = IMAGES[:, -1] = 0
FILES = [png(image) for image in IMAGES]
ZIP = zipped(pictures({"train": (IMAGES, LABELS)}))
TABLE = csv(IMAGES, LABELS)
PAGE = b"<!DOCTYPE html><html><body>Sign in to download</body></html>"


def pair(images, labels):
    return [named(images, "images"), named(labels, "labels")]


def table(change):
    """The table with its rows changed."""
    rows = [row.split(",") for row in TABLE.decode().split("\n")]
    change(rows)
    return named("\n".join(map(",".join, rows)).encode(), "letters.csv")


def put(row, column, text):
    def change(rows):
        rows[row][column] = text

    return table(change)


def locked():
    """The ZIP with the bit of encryption set in both heads of its first file."""
    content = bytearray(ZIP)
    content[6] |= 1
    content[content.index(b"PK\1\2") + 8] |= 1
    return bytes(content)


def linked():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo("3/link.png")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return file.getvalue()


def says_it_is_large():
    """The ZIP whose directory says that its first file unpacks to 3 GB."""
    content = bytearray(ZIP)
    at = content.index(b"PK\1\2") + 24
    content[at : at + 4] = struct.pack("<I", 3_000_000_000)
    return bytes(content)


def tarred():
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("3/1.png"))
    return file.getvalue()


def with_head(**changes):
    """A .npy file whose head says something else."""
    said = {"descr": "|u1", "fortran_order": False, "shape": (40, 5, 5)} | changes
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, said)
    return file.getvalue() + IMAGES.tobytes()


FLOATS = IMAGES / 200
ENDLESS = np.full_like(FLOATS, np.inf)
NAN = FLOATS.copy()
NAN[7, 1, 2] = np.nan
LITTLE = struct.pack(">I", 0x0C01 | 0) + struct.pack(">I", 40) + LABELS.astype("<i4").tobytes()

BAD = {
    "not there": (lambda: "/nowhere/letters.zip", "letters.zip is not there"),
    "empty": (lambda: named(b""), "letters.bin is empty: zero bytes"),
    "no files": (lambda: [], "holds no file"),
    "unknown": (lambda: named(bytes(range(200, 256)) * 9), "no format that is known"),
    "a text": (lambda: named(b"Dear reader,\nthese are no digits.\n"), "is a text, not a table"),
    "a page": (lambda: named(PAGE, "train-images.gz"), "train-images.gz is a web page, no data"),
    "a page, packed": (lambda: named(gzip.compress(PAGE)), "is a web page, no data"),
    "a page among files": (
        lambda: [*pair(idx(IMAGES), idx(LABELS)), named(PAGE, "t10k.gz")],
        "^t10k.gz is a web page, no data",
    ),
    "a pickle": (lambda: named(pickle.dumps([1])), "is a Python pickle, which could run any program"),
    "a tar": (lambda: named(tarred()), "is a TAR archive"),
    "a folder in a list": (lambda: ["/"], "is no file"),
    # IDX
    "cut off": (lambda: pair(idx(IMAGES)[:-70], idx(LABELS)), "images ends after 37 of 40 images"),
    "cut off, gzip": (lambda: pair(idx(IMAGES, packed=True)[:-200], idx(LABELS)), "of 40 images"),
    "cut off, labels": (lambda: pair(idx(IMAGES), idx(LABELS)[:-3]), "labels ends after 37 of 40 labels"),
    "cut off at the end": (lambda: pair(idx(IMAGES, packed=True)[:-5], idx(LABELS)), "at its very end"),
    "cut off in the head": (lambda: pair(idx(IMAGES)[:9], idx(LABELS)), "within its head"),
    "altered": (lambda: pair(altered(idx(IMAGES, packed=True)), idx(LABELS)), "images is damaged"),
    "too long": (lambda: pair(idx(IMAGES) + b"\0", idx(LABELS)), "goes on after the 40"),
    "too much": (lambda: pair(idx(IMAGES)[:4] + b"\xff" * 12, idx(LABELS)), "GB"),
    "nothing": (lambda: pair(idx(IMAGES[:0]), idx(LABELS)), "says it holds nothing"),
    "no labels": (lambda: named(idx(IMAGES)), "letters.bin holds no labels"),
    "no images": (lambda: named(idx(LABELS)), "letters.bin holds no images"),
    "counts": (lambda: pair(idx(IMAGES), idx(LABELS[:39])), r"images holds 40 images .* 39 \(labels\)"),
    "counts, and who fits": (
        lambda: [*pair(idx(IMAGES), idx(LABELS[:39])), named(idx(IMAGES[:39]), "others")],
        "others and labels would fit",
    ),
    "equal counts": (
        lambda: [named(idx(each), name) for name, each in zip("abcd", [IMAGES, LABELS] * 2, strict=True)],
        "as many as other files here: say train or test in the names",
    ),
    "byte order": (
        lambda: pair(idx(IMAGES), LITTLE),
        "multiples of 2\\^24, such as 50,331,648: .*big-endian",
    ),
    # labels
    "one class": (lambda: pair(idx(IMAGES), idx(LABELS * 0 + 7)), "one class only, 7"),
    "too many classes": (
        lambda: named(csv(IMAGES.repeat(2, 0), range(80))),
        r"80 classes \(0, 1, 2 and 77 more\)",
    ),
    "labels that are fractions": (
        lambda: named(npz(x=IMAGES, y=LABELS + 0.5)),
        "0.5 as the label of image 1",
    ),
    "labels beyond their names": (
        lambda: named(hub(FILES, LABELS, ["a", "b"])),
        "labels from 0 to 3 but names",
    ),
    "labels of a test that is kept secret": (
        lambda: named(hub(FILES, LABELS - 1, list("abcd"))),
        "labels from -1",
    ),
    "several labels": (lambda: named(npz(x=IMAGES, y=np.tile(LABELS, (3, 1)).T)), "holds 3 labels for each"),
    "no label": (
        lambda: named(parquet(pa.table({"image": FILES, "label": [None, *LABELS[1:].tolist()]}))),
        "no label for image 1",
    ),
    # numbers
    "not a number": (lambda: named(npz(x=NAN, y=LABELS)), "no number in image 8, row 2, column 3"),
    "infinite": (lambda: named(npz(x=ENDLESS, y=LABELS)), "no number in image 1"),
    "off the scale": (lambda: named(npz(x=FLOATS * 3 - 1.5, y=LABELS)), "pixels from -1.5 to .* scale them"),
    "all alike": (lambda: named(npz(x=IMAGES * 0, y=LABELS)), "same value, 0, in every pixel"),
    "complex": (lambda: named(npz(x=IMAGES * 1j, y=LABELS)), "no numbers but complex128"),
    "no square": (lambda: named(npz(x=IMAGES.reshape(40, -1)[:, :23], y=LABELS)), "23 pixels an image"),
    "too small": (lambda: named(npz(x=IMAGES[:, :3], y=LABELS)), "3 × 5 pixels: 4 × 4 to 128 × 128"),
    "too large": (lambda: named(npz(x=IMAGES.repeat(26, 1), y=LABELS)), "130 × 5 pixels"),
    "objects": (lambda: named(npz(x=IMAGES, y=LABELS.astype(object))), "Python objects, which could run any"),
    "says it is large": (
        lambda: [named(with_head(shape=(2**40, 5, 5))), named(npy(LABELS))],
        "larger than its",
    ),
    "negative": (lambda: [named(with_head(shape=(-40, 5, 5))), named(npy(LABELS))], "larger than its file"),
    # tables
    "text in numbers": (lambda: put(3, 8, "ink"), r"letters\.csv, row 4, column 9 \(pixel7\) says “ink”"),
    "a gap": (lambda: put(5, 2, ""), r"row 6, column 3 \(pixel1\) is empty"),
    "nan in a table": (lambda: put(5, 2, "NaN"), r"row 6, column 3 \(pixel1\) is empty"),
    "a short row": (lambda: table(lambda rows: rows[9].pop()), "row 10, column 26"),
    "a long row": (lambda: table(lambda rows: rows[9].append("7")), "Expected 26 fields in line 10, saw 27"),
    "columns that make no square": (lambda: table(lambda rows: [row.pop() for row in rows]), "25 columns"),
    "one row": (lambda: table(lambda rows: rows.__delitem__(slice(1, None))), "one row only"),
    "no label column": (lambda: table(lambda rows: [row.pop(0) for row in rows]), "has no labels"),
    "a million rows of junk": (lambda: named(b"1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8\n" * 10**6), "18 columns"),
    "one endless row": (lambda: named(b"1," * 2**21), "one row only"),
    "one image a class": (lambda: named(csv(IMAGES[:4], LABELS[:4])), "one image of each class"),
    # ZIP
    "a ZIP of nothing": (lambda: named(zipped({})), "holds no file"),
    "no image": (lambda: named(zipped({"3/a.txt": b"a", "7/b.txt": b"b"})), "letters.bin: 3/a.txt is a text"),
    "broken images": (lambda: named(zipped({"3/a.png": FILES[0][:40]})), "holds no image that can be read"),
    "no folders": (lambda: named(zipped({"a.png": FILES[0]})), "a.png in no folder of a class"),
    "one folder": (lambda: named(zipped({"3/a.png": FILES[0], "3/b.png": FILES[1]})), "one class only, 3"),
    "a path upwards": (
        lambda: named(zipped({"../3/a.png": FILES[0]})),
        r"\.\./3/a\.png, which leads out of it",
    ),
    "a path from the root": (
        lambda: named(zipped({"/3/a.png": FILES[0]})),
        "/3/a.png, which leads out of it",
    ),
    "a path from a drive": (lambda: named(zipped({"C:\\3\\a.png": FILES[0]})), "C:/3/a.png, which leads out"),
    "a link": (lambda: named(linked()), "3/link.png, a link: pack what it leads to"),
    "locked": (lambda: named(locked()), "locked by a password"),
    "a bomb": (
        lambda: named(zipped({"3/a.png": bytes(2**25)}, compression=zipfile.ZIP_DEFLATED)),
        "unpacks to over 300 times its size",
    ),
    "a bomb of arrays": (
        lambda: named(npz(np.savez_compressed, x=np.zeros((40_000, 28, 28), np.uint8), y=LABELS)),
        "unpacks to over 300 times its size",
    ),
    "says 3 GB": (lambda: named(says_it_is_large()), "unpacks to over 300 times its size"),
    "a ZIP in a ZIP": (lambda: named(zipped({"more.zip": ZIP})), "more.zip is a ZIP within something else"),
    "cut off ZIP": (lambda: named(ZIP[:-30]), "letters.bin is damaged: it can't be read"),
    "a large picture": (
        lambda: named(zipped({"3/a.png": png_of_size(60_000, 60_000)})),
        "no image that can be read",
    ),
    "a picture too large": (
        lambda: named(zipped({"3/a.png": png(np.zeros((200, 300), np.uint8))})),
        "200 × 300",
    ),
    # Parquet
    "Parquet of nothing": (lambda: named(hub([], [])), "has no rows"),
    "cut off Parquet": (lambda: named(hub(FILES, LABELS)[:-9]), "letters.bin is damaged: it can't be read"),
    "Parquet of words": (
        lambda: named(parquet(pa.table({"a": ["x"], "label": [1]}))),
        r"2 columns \(a, label\)",
    ),
    "lists of two lengths": (
        lambda: named(parquet(pa.table({"image": [[0] * 16, [0] * 25], "label": [0, 1]}))),
        "is damaged",
    ),
}


def altered(content):
    content = bytearray(content)
    content[-8] ^= 1  # the checksum at the end of a gzip file
    return bytes(content)


def png_of_size(width, height):
    """A PNG that says it is this large."""
    content = bytearray(png(np.zeros((4, 4), np.uint8)))
    content[16:24] = struct.pack(">II", width, height)
    return bytes(content)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_one_sentence(name):
    make, says = BAD[name]
    with pytest.raises(DatasetError, match=says) as raised:
        load_dataset(make())
    sentence = str(raised.value)
    assert "\n" not in sentence
    assert ": " in sentence  # what is wrong: how to mend it
    assert len(sentence) < 400


@pytest.mark.parametrize("share", [1, -1, 2, float("nan")])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(DatasetError, match="share must be 0 or lie between 0 and 1"):
        load_dataset(named(TABLE), share=share)


def test_a_share_of_0_holds_nothing_back():
    some, every = load_dataset(named(TABLE)), load_dataset(named(TABLE), share=0)
    assert len(every.valid) == 0
    assert len(every.train) == len(some.train) + len(some.valid)
    assert not [note for note in every.notes if "Held back" in note]


@pytest.mark.parametrize("size", [3, 129, (28, 200)])
def test_a_size_that_no_page_can_show_is_refused(size):
    with pytest.raises(DatasetError, match="4 × 4 to 128 × 128"):
        load_dataset(named(TABLE), size=size)


def test_nothing_is_unpacked_of_a_bomb():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(DatasetError, match="unpacks to"):
            load_dataset(BAD["says 3 GB"][0]())


@pytest.mark.parametrize("name", ["a\nb.gz", "x" * 10_000, "<script>\u202e.csv", "../../etc/passwd"])
def test_a_name_that_is_no_name_stays_on_one_line(name, tmp_path):
    for content in (b"", PAGE, idx(IMAGES)[:50], TABLE[:3_000], ZIP[:900], b"PAR1"):
        with pytest.raises(DatasetError) as raised:
            load_dataset(named(content, name))
        assert len(str(raised.value)) < 400
        assert str(raised.value).isprintable()
