"""The reader's own digits: a wall of them, what can be done with them, and how well they are read."""

from collections.abc import Sequence
from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from mnist_dash import compute
from mnist_dash.components.my_digits import CLASSES, MOST, SIDE, Mine
from mnist_dash.components.shared.mount import Values
from mnist_dash.components.wall import Tile, wall
from mnist_dash.core.datasets import DatasetError, load_dataset
from mnist_dash.pages.data.two_hands import two_hands
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.contents import PAGES
from mnist_dash.pages.shared.drawn import can_be_kept
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.mine import changed, keep, opened, remember_mine, trouble, undone
from mnist_dash.pages.shared.navigation import link
from mnist_dash.pages.shared.set_in_use import desk
from mnist_dash.pages.shared.words import plain

AT_ONCE = 30  # in sight, ten in a row
ON_PHONE = 5  # in a row
NONE = (
    "**Nothing is kept yet.** Draw a digit and choose *Keep it as …*, photograph a page of them and keep "
    f"them all at once, or import a set. This browser keeps up to {MOST:,}, also when you close it, and "
    "nobody else does. From two kinds of digit on you see how well MNIST's ideals read your hand; with three "
    "of each, your digits make ideals of their own."
)
FORMS = {"zip": "application/zip", "parquet": "application/vnd.apache.parquet"}


@exhibit
def my_digits() -> None:
    """All of them, or how to keep the first one."""
    with st.container(key="my-digits"):
        _my_digits()
    remember_mine(asks=True)


def _my_digits() -> None:
    chosen = choices()
    mine = chosen["mine"]
    if own := desk().own:
        told = (
            f"My digits are compared with MNIST, whichever set is in use: now it is {plain(own.data.name)}."
        )
        if not can_be_kept():
            told += " To draw or photograph more of them, go back to MNIST."
        st.caption(told)
    if len(mine):
        _wall(mine)
    elif chosen["kept"].recalled or chosen["mine_before"]:
        st.markdown(NONE)
    else:
        st.markdown("Asking this browser what it has kept …")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="done with mine"):
        _bring()
        if len(mine):
            _save(mine)
            chosen.button("Delete all", lambda: changed(Mine()), key="delete all mine")
        else:
            link(PAGES["draw"], "Draw a digit")
            link(PAGES["photos"], "Bring a photo")
        if chosen["mine_before"]:
            chosen.button("Undo", undone, key="undo mine")
    if error := chosen["brought"][1]:
        st.error(error)
    if len(mine):
        trouble()
        two_hands(mine)


def _wall(mine: Mine) -> None:
    """The newest first."""
    chosen, total = choices(), len(mine)
    first = min(chosen["mine_from"], total - 1) // AT_ONCE * AT_ONCE
    places = [*reversed(range(total))][first : first + AT_ONCE]
    called = compute.called(mine.images[places], compute.mnist(), compute.mnist().labels)
    st.caption(
        f"{'One digit' if total == 1 else f'{total:,} digits'}, kept in this browser only, the newest first. "
        "Below each picture: its label, then what MNIST's ten ideals call it under :blue[L1] and "
        ":orange[L2]; wrong answers are filled. Click one to change its label or to delete it."
    )
    at = _looked_at(mine)
    rows = -(-len(places) // ON_PHONE)  # for which frame.css keeps room
    with st.container(key=f"mine-rows-{rows}{'-more' if total > AT_ONCE else ''}"):
        chosen.mount(
            wall,
            "mine",
            [
                Tile(place + 1, mine.digits[place].label, {norm: int(of[n]) for norm, of in called.items()})
                for n, place in enumerate(places)
            ],
            mine.images[places],
            first=first,
            most=AT_ONCE,
            total=total,
            opened=at + 1,
            on_open=partial(opened, mine),
            on_turn=lambda start: {"mine_from": start},
            size="ten",
            what="My digit",
        )
    with st.container(horizontal=True, vertical_alignment="bottom", key="my digit"):
        st.segmented_control(
            f"Digit {at + 1:,} is a",
            compute.mnist().labels,
            required=True,
            width="content",
            **chosen.control(
                "mine", shown=lambda mine: mine.digits[_looked_at(mine)].label, take=_relabelled
            ),
        )
        id = mine.digits[at].id
        chosen.button(f"Delete digit {at + 1:,}", lambda: _deleted(id), key="delete mine")


def _looked_at(mine: Mine) -> int:
    """The place of the digit that is looked at: the chosen one, or the newest."""
    ids = [*mine.labels]
    return ids.index(choices()["my_digit"]) if choices()["my_digit"] in mine.labels else len(ids) - 1


def _relabelled(label: int) -> Values:
    mine = choices()["mine"]
    if not len(mine):
        return {}
    digit = mine.digits[_looked_at(mine)]
    return {"my_digit": digit.id} | changed(mine.relabelled(digit.id, label))


def _deleted(id: int) -> Values:
    """The next one is looked at then."""
    mine = choices()["mine"]
    if id not in mine.labels:
        return {}
    ids = [*mine.labels]
    after = ids[ids.index(id) + 1 :]
    return {"my_digit": after[0] if after else None} | changed(mine.without(id))


# -- as files --------------------------------------------------------------------------------------------


def _save(mine: Mine) -> None:
    """Two classes at least: files of one class only are no set."""
    alone = len(mine.counts) < 2
    for form, mime in FORMS.items():
        st.download_button(
            f"Export as {form.upper() if form == 'zip' else form.capitalize()}",
            lambda form=form: mine.saved(form),
            f"my-digits.{form}",
            mime,
            on_click="ignore",
            disabled=alone,
            help="A set has two different digits at least." if alone else None,
        )


def _bring() -> None:
    """Files of any format that the door reads; once they are read, their digits are among the reader's."""
    chosen = choices()
    number, _ = chosen["brought"]
    with st.popover("Import", key="import mine"):
        files = st.file_uploader(
            "Images in folders called 0 to 9, in a ZIP; or Parquet, IDX, NPZ, CSV, whatever they are called",
            accept_multiple_files=True,
            key=f"my files {number}",
        )
    if files:
        error = _read(files)
        chosen.choose(brought=(number + 1, error))
        st.rerun()


def _read(files: Sequence[UploadedFile]) -> str:
    """Adds what these files hold. Returns a sentence where they can't be read."""
    chosen = choices()
    try:
        dataset = load_dataset(files[0] if len(files) == 1 else list(files), share=0, size=SIDE)
    except DatasetError as error:
        return f"{plain(str(error))}."
    found = [
        (int(name), image)
        for part in (dataset.train, dataset.valid)
        for image, label in zip(part.images, part.labels.tolist(), strict=True)
        if (name := dataset.classes[label]) in CLASSES and image.any()
    ]
    if not found:
        return f"{plain(files[0].name)} has no digits: its classes should be called 0 to 9."
    chosen.choose(**keep(found))
    others = [plain(name) for name in dataset.classes if name not in CLASSES]
    if others:
        chosen.news.append(f"Left out what is no digit: {', '.join(others)}.")
    return ""
