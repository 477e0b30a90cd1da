"""Pictures are brought: chosen, dropped or pasted as files, or taken with the camera."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Self

import streamlit as st
from PIL import Image
from streamlit.runtime.uploaded_file_manager import UploadedFile
from torch import Tensor

from mnist_dash.components.reading import PREVIEW, catch_pictures
from mnist_dash.components.shared.mount import picture_url
from mnist_dash.core.handwriting import SUFFIXES, HandwritingError, Preparation, open_picture, read_all
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.drawn import word
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.settings import INKS, PICTURE_MB
from mnist_dash.pages.shared.words import ignored


@dataclass(frozen=True)
class Found:
    """What was read in a picture: small enough to keep. error: a sentence if nothing was."""

    error: str = ""
    note: str = ""
    url: str = ""
    size: tuple[int, int] = (0, 0)
    digits: tuple[tuple[tuple[int, int, int, int], Tensor], ...] = ()  # box, uint8 (H, W)


@dataclass(eq=False)
class Picture:
    """A picture of this visit. turn: of the page whose uploader or camera holds it; None if none does."""

    id: str
    name: str
    data: bytes
    turn: int | None = None
    read: tuple[tuple[Hashable, ...], Found] | None = None  # how it was last read, and what was found

    @property
    def here(self) -> bool:
        """Whether the uploader or the camera holds it."""
        return self.turn is not None

    @classmethod
    def of(cls, file: UploadedFile) -> Self:
        return cls(file.file_id, file.name, file.getvalue())

    def found(self, without: frozenset[str], ink: str, like: Preparation) -> Found:
        """Read once, as long as nothing about the reading changes."""
        how = without, ink, like
        if self.read is None or self.read[0] != (how, word()):
            self.read = (how, word()), _read(self.data, *how)
        return self.read[1]


@exhibit
def brought() -> tuple[Picture, ...]:
    """The uploader and the camera. Returns every picture that was brought so far."""
    chosen = choices()
    chosen.mount(catch_pictures, "catch", uploader="uploads")
    left, right = st.columns([3, 2], gap="medium")
    files = left.file_uploader(
        f"Pictures of one {word()} or of a whole page: choose, drop, or paste them anywhere on this page",
        list(SUFFIXES),
        accept_multiple_files=True,
        key="uploads",
        max_upload_size=PICTURE_MB,
    )
    with right:
        st.segmented_control(
            "Ink on the pictures", list(INKS), format_func=INKS.get, required=True, **chosen.control("ink")
        )
        st.toggle("Use the camera", **chosen.control("camera", "value"))
        if chosen["camera"] and (photo := st.camera_input(f"A photo of {word(2)} on paper", key="photo")):
            files.append(photo)
    _keep({file.file_id: file for file in files})
    return chosen["pictures"]


def _keep(files: dict[str, UploadedFile]) -> None:
    """Drop the pictures removed by hand; keep those whose control lost its files when its page was left."""
    chosen = choices()
    kept = [picture for picture in chosen["pictures"] if picture.id in files or picture.turn != chosen.turn]
    known = {picture.id for picture in kept}
    new = [Picture.of(file) for file in files.values() if file.file_id not in known]
    for picture in (*kept, *new):
        picture.turn = chosen.turn if picture.id in files else None
    if (*kept, *new) != chosen["pictures"]:
        chosen.choose(pictures=(*kept, *new), found=None)


def _read(data: bytes, without: frozenset[str], ink: str, like: Preparation) -> Found:
    try:
        image, note = open_picture(data)
        reading = read_all(image, without=without, ink=ink, like=like)
    except HandwritingError as error:
        return Found(error=str(error))
    upright: Image.Image = reading.stages[0].picture
    notes = [note.capitalize()] if note else []
    if reading.light_ink:
        notes.append("Light ink on a dark ground")
    if reading.ignored:
        notes.append(f"Not read: {', '.join(ignored(reading.ignored, word(2)))}")
    return Found(
        note="".join(f"{note}. " for note in notes),
        url=picture_url(upright, PREVIEW),
        size=upright.size,
        digits=tuple((digit.box, digit.pixels) for digit in reading.digits),
    )
