"""Every digit on the pictures that were brought: boxed, prepared, and called by both norms."""

import streamlit as st

from mnist_dash import compute
from mnist_dash.components import tables
from mnist_dash.components.digit_pad import Drawing
from mnist_dash.components.reading import FoundPicture, found_digits
from mnist_dash.components.shared.mount import Values
from mnist_dash.compute import FoundDigit
from mnist_dash.pages.photos.brought import Found, Picture
from mnist_dash.pages.photos.keep_all import keep_all
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.drawn import can_be_kept, fits_the_pad, like, word
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.names import class_name
from mnist_dash.pages.shared.set_in_use import in_use
from mnist_dash.pages.shared.words import plain


@exhibit
def found(pictures: tuple[Picture, ...]) -> None:
    """The pictures with their digits, and what can be done with them."""
    chosen, bar = choices(), st.empty()
    read: list[Picture] = []
    for number, picture in enumerate(pictures):
        bar.progress(number / len(pictures), f"Reading {plain(picture.name)} …")
        if found_on(picture).digits:
            read.append(picture)
        elif picture.here:
            st.error(f"**{plain(picture.name)}**: {found_on(picture).error}.")
    bar.empty()
    if not read:
        return
    shown = [_called(picture.name, found_on(picture)) for picture in read]
    picture, digit = chosen_digit()
    at = read.index(picture), digit

    def choose(picture: int, digit: int) -> Values:
        return {"found": (read[picture].id, digit)}

    digits, labels, names = chosen["digits"], in_use().labels, in_use().classes
    chosen.mount(
        found_digits,
        "found",
        pictures=shown,
        names={label: names[label] for label in digits},
        word=word(),
        chosen=at,
        on_choose=choose,
    )
    if len(digits) < len(labels):
        st.caption(f"Possible answers: {', '.join(map(class_name, digits))}.")
    kind = word()
    with st.container(horizontal=True):
        if fits_the_pad():
            chosen.button(
                f"Put {kind} {digit + 1} on the pad",
                {"drawing": Drawing.of(shown[at[0]].digits[digit].pixels), "page": "draw"},
                key="to pad",
            )
        found = [(picture.name, picture.digits) for picture in shown]
        st.download_button(
            "Download as CSV",
            lambda: tables.found_digits(found, names, kind).to_csv(index=False),
            f"{kind}s.csv",
            "text/csv",
            on_click="ignore",
        )
        if not all(picture.here for picture in read):
            here = tuple(picture for picture in pictures if picture.here)
            chosen.button("Remove earlier pictures", {"pictures": here})
    if can_be_kept():
        keep_all(picture, shown[at[0]])


def found_on(picture: Picture) -> Found:
    """What was found in a picture, read the way the reader chose."""
    chosen = choices()
    return picture.found(frozenset(chosen["off"]) - {"scale"}, chosen["ink"], like())


def chosen_digit() -> tuple[Picture, int] | None:
    """The picture whose digit is looked at, and which: at first the newest's first; None without any."""
    chosen = choices()
    read = {picture.id: picture for picture in chosen["pictures"] if found_on(picture).digits}
    if not read:
        return None
    key, digit = chosen["found"] or (None, 0)
    if key not in read:
        key, digit = [*read][-1], 0
    return read[key], min(digit, len(found_on(read[key]).digits) - 1)


def _called(name: str, found: Found) -> FoundPicture:
    chosen, data = choices(), in_use()
    digits = tuple(
        FoundDigit(
            box, pixels, compute.verdicts(compute.as_fed(pixels, chosen["off"]), data, chosen["digits"])
        )
        for box, pixels in found.digits
    )
    return FoundPicture(name, found.note, found.url, found.size, digits)
