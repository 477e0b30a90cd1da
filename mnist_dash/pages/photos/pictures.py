"""Pictures brought to the page: every digit on them found, prepared, and called by both norms."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from PIL import Image
from torch import Tensor

from mnist_dash import compute
from mnist_dash.components import tables
from mnist_dash.components.reading import (
    PREVIEW,
    FoundPicture,
    catch_pictures,
    found_digits,
)
from mnist_dash.components.shared.mount import picture_url
from mnist_dash.compute import FoundDigit
from mnist_dash.core.datasets import Dataset
from mnist_dash.core.handwriting import HandwritingError, Reading, open_picture, read_all
from mnist_dash.pages.shared import settings
from mnist_dash.pages.shared.words import plain

TYPES = ["png", "jpg", "jpeg", "webp", "bmp", "gif", "tif", "tiff"]
session = st.session_state


@dataclass(frozen=True)
class Found:
    """What was read of one file: small enough to keep. error: a sentence when nothing was."""

    error: str = ""
    note: str = ""
    url: str = ""
    size: tuple[int, int] = (0, 0)
    digits: tuple[tuple[tuple[int, int, int, int], Tensor], ...] = ()


def pictures(
    dataset: Dataset,
    classes: tuple[int, ...],
    off: frozenset[str],
    *,
    again: Callable[[], None],
    put_on_pad: Callable[[Tensor], None],
) -> None:
    """Upload, camera, paste and drop, and what was found.

    again: runs this exhibit and the steps once more. put_on_pad: given uint8 (28, 28).
    """
    st.header("Or bring a picture", anchor=False)
    files = _files(again)
    found = _found(files, off)
    for file in session["files"]:
        if error := found[file.file_id].error:
            st.error(f"**{plain(file.name)}**: {error}.")
    read = [file for file in files if found[file.file_id].digits]
    session["earlier"] = [file for file in session["earlier"] if file in read]
    shown = [_called(file.name, found[file.file_id], dataset, classes, off) for file in read]
    if not read:
        session["chosen"] = None
        return
    chosen = _chosen(read, found)

    def choose(picture: int, digit: int) -> None:
        session["chosen"] = (read[picture].file_id, digit)
        again()

    place = None if chosen is None else ([file.file_id for file in read].index(chosen[0]), chosen[1])
    found_digits("found", pictures=shown, chosen=place, on_choose=choose)
    if len(classes) < len(dataset.classes):
        st.caption(f"Only the digits in play can be an answer: {', '.join(map(str, classes))}.")
    with st.container(horizontal=True):
        if place:
            pixels = shown[place[0]].digits[place[1]].pixels
            st.button(f"Put digit {place[1] + 1} on the pad", on_click=put_on_pad, args=(pixels,))
        st.download_button(
            "Download as CSV",
            tables.found_digits([(picture.name, picture.digits) for picture in shown]).to_csv(index=False),
            "digits.csv",
            "text/csv",
            on_click="ignore",
        )
        if session["earlier"]:
            st.button("Remove the pictures from before", on_click=_forget, args=(again,))


def chosen_digit(off: frozenset[str]) -> tuple[str, Reading, int] | None:
    """The picture whose digit is chosen: its name, its reading, and which digit; None for the pad's."""
    if session["chosen"] is None:
        return None
    file_id, number = session["chosen"]
    file = next(file for file in session["earlier"] + session["files"] if file.file_id == file_id)
    try:
        reading = compute.reading(file.getvalue(), off - {"scale"}, settings.ink())
    except HandwritingError:
        return None
    return file.name, reading, min(number, len(reading.digits) - 1)


def with_every_step(box: tuple[int, int, int, int]) -> Tensor | None:
    """The chosen picture's digit nearest to this box, uint8 (28, 28), as it is with no step switched off."""
    if not (chosen := chosen_digit(frozenset())):
        return None

    def apart(other: tuple[int, int, int, int]) -> int:
        return sum(abs(a - b) for a, b in zip(box, other, strict=True))

    return min(chosen[1].digits, key=lambda digit: apart(digit.box)).pixels


def _files(again: Callable[[], None]) -> list:
    def brought() -> None:
        session["chosen"] = "newest"
        again()

    catch_pictures("catch", uploader="uploads")
    left, right = st.columns([3, 2], gap="medium")
    uploads = left.file_uploader(
        "Pictures of one digit or of a whole page: choose, drop, or paste them anywhere on this page",
        TYPES,
        accept_multiple_files=True,
        key="uploads",
        on_change=brought,
    )
    with right:
        settings.ink_control(again)
        photo = None
        if st.toggle("Use the camera", key="camera"):
            photo = st.camera_input("A photo of digits on paper", key="photo", on_change=brought)
    return _kept([*uploads, *([photo] if photo else [])])


def _kept(files: list) -> list:
    """These files, after those of before: a control forgets its files when the page or it itself goes."""
    still = {file.file_id for file in files}
    if session["chosen"] != "newest":  # otherwise somebody changed them
        session["earlier"] += [file for file in session["files"] if file.file_id not in still]
    session["files"] = files
    return session["earlier"] + files


def _forget(again: Callable[[], None]) -> None:
    session["earlier"] = []
    again()


def _found(files: list, off: frozenset[str]) -> dict[str, Found]:
    """Of each file, read once as long as it is there and nothing about the reading changes."""
    before, found, bar = session["read"], {}, st.empty()
    for number, file in enumerate(files):
        key = (file.file_id, off - {"scale"}, settings.ink())
        if key not in before:
            bar.progress(number / len(files), f"Reading {plain(file.name)} …")
            before[key] = _read(file.getvalue(), *key[1:])
        found[key] = before[key]
    bar.empty()
    session["read"] = found  # what is no longer there is forgotten
    return {file_id: result for (file_id, *_), result in found.items()}


def _read(data: bytes, off: frozenset[str], ink: str) -> Found:
    try:
        image, note = open_picture(data)
        reading = read_all(image, without=off, ink=ink)
    except HandwritingError as error:
        return Found(error=str(error))
    upright: Image.Image = reading.stages[0].picture
    notes = [note.capitalize()] if note else []
    if reading.light_ink:
        notes.append("Light ink on a dark ground")
    return Found(
        note="".join(f"{note}. " for note in notes),
        url=picture_url(upright, PREVIEW),
        size=upright.size,
        digits=tuple((digit.box, digit.pixels) for digit in reading.digits),
    )


def _called(
    name: str, found: Found, dataset: Dataset, classes: tuple[int, ...], off: frozenset[str]
) -> FoundPicture:
    digits = tuple(
        FoundDigit(box, pixels, compute.verdicts(compute.as_fed(pixels, off), dataset, classes))
        for box, pixels in found.digits
    )
    return FoundPicture(name, found.note, found.url, found.size, digits)


def _chosen(read: list, found: dict[str, Found]) -> tuple[str, int] | None:
    """The digit the steps are shown of; None as long as it is the pad's."""
    chosen = session["chosen"]
    if chosen == "newest" or (chosen and chosen[0] not in {file.file_id for file in read}):
        chosen = (read[-1].file_id, 0)
    elif chosen:
        chosen = (chosen[0], min(chosen[1], len(found[chosen[0]].digits) - 1))
    session["chosen"] = chosen
    return chosen
