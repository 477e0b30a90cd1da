"""What a file is, by its first bytes: its name is never asked."""

import struct
from zipfile import ZipFile

from mnist_dash.core.datasets.box import Entry

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
ROOM = 16  # fields in a row make it a table of pixels: the smallest image has as many


def kind_of(entry: Entry) -> str:
    """ "picture", "idx", "npz", "npy", "parquet", "table"; or why it is none of them (see ``REFUSED``)."""
    if not entry.size:
        return "empty"
    try:
        head = entry.head()
    except Exception:  # not what its first two bytes promise
        return "damaged"
    if head.startswith(b"PK"):
        return "zip" if entry.packed else _kind_of_zip(entry)
    if _is_picture(head):
        return "picture"
    if len(head) >= 4 and head[:2] == b"\0\0" and head[2] in (8, 9, 11, 12, 13, 14) and 1 <= head[3] <= 4:
        return "idx"
    for start, kind in STARTS.items():
        if head.startswith(start):
            return kind
    if head[257:262] == b"ustar":
        return "tar"
    return _kind_of_text(head)


STARTS = {
    b"\x93NUMPY": "npy",
    b"PAR1": "parquet",
    b"\x80\x02": "pickle",
    b"\x80\x03": "pickle",
    b"\x80\x04": "pickle",
    b"\x80\x05": "pickle",
}

REFUSED = {
    "empty": "is empty: zero bytes; take another copy",
    "damaged": "is damaged: what is packed in it can't be read; take another copy",
    "zip": "is a ZIP within something else: unpack it, and give what is in it",
    "tar": "is a TAR archive: pack the folder as a ZIP",
    "pickle": "is a Python pickle, which could run any program: save the arrays with numpy.savez",
    "page": "is a web page, no data: download the file itself, not the page that links to it",
    "text": "is a text, not a table of pixels: each row needs a label and one number a pixel",
    "unknown": "is no format that is known: use a ZIP or a folder of images, IDX, NPZ, CSV or Parquet",
}


def _kind_of_zip(entry: Entry) -> str:
    try:
        with entry.opened() as (stream, _), ZipFile(stream) as archive:
            names = archive.namelist()
    except Exception:
        return "damaged"
    return "npz" if names and all(name.endswith(".npy") for name in names) else "zip"


def _is_picture(head: bytes) -> bool:
    if head.startswith(b"BM"):
        return len(head) > 26 and head[6:10] == bytes(4) and struct.unpack("<I", head[14:18])[0] < 256
    return head.startswith(PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def _kind_of_text(head: bytes) -> str:
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:  # not just a letter that is cut through
            return "unknown"
        text = head[: error.start].decode("utf-8-sig")
    if "\0" in text:
        return "unknown"
    if text.lstrip().startswith("<"):
        return "page"
    first = text.lstrip("\r\n").partition("\n")[0]
    return "table" if max(first.count(mark) for mark in ",;\t ") >= ROOM and _numbers(text) else "text"


def _numbers(text: str) -> bool:
    """Whether most of what is between the separators is a number, or names one of many pixels."""
    fields = text.replace(";", ",").replace("\t", ",").replace(" ", ",").split(",")
    return 2 * sum(any(letter.isdigit() for letter in each) for each in fields) > len(fields)
