"""Bring your own: files become the set in use once they stand; until then the one before stays."""

from collections.abc import Collection

import pandas as pd
import streamlit as st
from streamlit import runtime

from mnist_dash.compute import Files, Unlabelled
from mnist_dash.pages.shared.arriving import on_its_way
from mnist_dash.pages.shared.choices import again, choices
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.set_in_use import Desk, desk, options_named
from mnist_dash.pages.shared.settings import SET_MB, SIZES
from mnist_dash.pages.shared.words import plain

SHOWN = 5  # rows of a table of answers
FORMATS = """What a file is, its content decides. Choose files that belong together at once.

- **ZIP** of images in folders: `train/<class>/*` and `valid/<class>/*`, or `<class>/*` alone
- **IDX**, plain or gzip, as MNIST and EMNIST have it: images and labels
- **NPZ** with `x_train`, `y_train` ... or `train_images`, `train_labels` ...
- **CSV**, plain or gzip: one image a row, its label first, last, or in a column called `label`; without
  labels they are only called
- **Parquet** as on the Hugging Face hub, or one column for each pixel

Images from 4 × 4 to 128 × 128 pixels, up to 64 classes. The files stay in the memory of the
computer that runs this app, and are forgotten when this visit ends or the page is loaded again."""


@exhibit
def bring() -> None:
    """The uploader, how far reading has come, and what came of it."""
    here = desk()
    here.read()
    files = st.file_uploader(
        f"Your own set of small labelled images: ZIP, IDX, NPZ, CSV or Parquet, up to {SET_MB} MB",
        accept_multiple_files=True,
        key=f"own files {here.number}",
        max_upload_size=SET_MB,
        help=FORMATS,
    )
    if files:
        here.take(Files(tuple((file.name, file.getvalue()) for file in files)))
        if runtime.exists():  # or Streamlit would keep them until the visit is forgotten
            for file in files:
                runtime.get_instance().uploaded_file_mgr.remove_file(here.session, file.file_id)
        again()
    if here.arrival:
        on_its_way(here)
    if here.error:
        st.error(f"{plain(here.error)}.")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        if here.own:
            _in_use(here)
        if here.files and not here.arrival:
            _options(here)
    if here.own and here.own.data.notes:
        st.markdown("\n".join(f"- {plain(note)}" for note in here.own.data.notes))
    if here.unlabelled:
        _called(here.unlabelled)


def _in_use(here: Desk) -> None:
    """Which set is in use."""
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        st.markdown(f"In use on every page: **{plain(here.own.data.name)}**.", width="content")
        choices().button("Back to MNIST", here.clear)


def _options(here: Desk) -> None:
    """Controls of what the files leave open, or what has been chosen already."""
    offered = options_named((here.error,))
    if here.own and not offered:
        offered = options_named(here.own.data.notes)
    offered |= here.options.keys()
    if not offered:
        return
    _split(offered)
    _reading(offered)


def _split(offered: Collection[str]) -> None:
    chosen = choices()
    if not offered & {"share", "seed"}:
        return
    st.slider(
        "Held back of each class",
        5,
        50,
        step=5,
        format="%d %%",
        width=230,
        **chosen.control(
            "own_share",
            "value",
            lambda share: round(100 * share),
            lambda percent: {"own_share": percent / 100},
        ),
    )
    st.number_input("Seed", 0, 999, width=130, **chosen.control("own_seed", "value"))


def _reading(offered: Collection[str]) -> None:
    chosen = choices()
    if "turn" in offered:
        st.toggle("Turn: rows become columns", **chosen.control("own_turn", "value"))
    if "invert" in offered:
        st.toggle(
            "Ink is dark: turn it round",
            **chosen.control("own_invert", "value", lambda invert: invert is not False),
        )
    if "level" in offered:
        st.toggle(
            "The outermost folder is the class",
            **chosen.control(
                "own_level",
                "value",
                lambda level: level == 0,
                lambda outer: {"own_level": 0 if outer else -1},
            ),
        )
    if "size" in offered:
        st.segmented_control(
            "Resize all to",
            SIZES,
            format_func=lambda side: f"{side} × {side}" if side else "As they are",
            required=True,
            **chosen.control("own_size"),
        )


def _called(found: Unlabelled) -> None:
    """Images without labels: what both norms call them, as a file."""
    table = pd.DataFrame(found.calls, index=pd.RangeIndex(1, len(found.images) + 1, name="image"))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"{plain(found.name)} has no labels: each of its {len(found.images):,} images was called by the "
            f"nearest ideal of {plain(found.against)}.",
            width="content",
        )
        st.download_button(
            "Answers as CSV", lambda: table.to_csv().encode(), "answers.csv", "text/csv", on_click="ignore"
        )
    st.table(table.head(SHOWN).reset_index(), hide_index=True)
