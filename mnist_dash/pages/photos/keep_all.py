"""The digits of a picture join the reader's own, all at once; their labels are one row of digits."""

import re

import streamlit as st
import torch
from torch import Tensor

from mnist_dash import compute
from mnist_dash.components.reading import FoundPicture
from mnist_dash.components.shared.mount import Values
from mnist_dash.pages.photos.brought import Picture
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.mine import MY_DIGITS, keep, trouble

LEFT_OUT = "-"  # stands for one that is not to be kept
BETTER = "L2"  # of all ten, it is right more often


def keep_all(picture: Picture, shown: FoundPicture) -> None:
    """The row of labels, filled in with what the nearest ideal says, and the button."""
    chosen, count = choices(), len(shown.digits)
    images = torch.stack([digit.pixels for digit in shown.digits])
    said = "".join(map(str, compute.called(images, compute.mnist(), compute.mnist().labels)[BETTER].tolist()))
    typed = _typed(chosen["labels"], picture.id, said)
    labels = re.sub(r"[\s,;]", "", typed)
    fits = re.fullmatch(f"[0-9{LEFT_OUT}]{{{count}}}", labels) is not None
    with st.container(horizontal=True, vertical_alignment="bottom", key="keep all"):
        st.text_input(
            "What this digit is" if count == 1 else f"What these {count} digits are, in their order",
            max_chars=4 * count + 4,
            width=max(340, min(24 * count, 720)),
            help=f"Filled in with what {BETTER} says with all ten digits as possible answers. Correct it "
            "where it is wrong; a dash leaves a digit out. Their order is that of the table.",
            **chosen.control(
                "labels",
                "value",
                lambda labels: _typed(labels, picture.id, said),
                lambda text: {"labels": (picture.id, text or "")},
            ),
        )

        def kept() -> Values:
            return keep(_labelled(images, labels)) if fits else {}

        chosen.button(
            "Keep it" if count == 1 else f"Keep all {count - labels.count(LEFT_OUT)}" if fits else "Keep all",
            kept,
            key="keep all button",
            disabled=not fits or not re.search("[0-9]", labels),
        )
        if len(chosen["mine"]):
            total = f"{len(chosen['mine']):,}"
            chosen.button(f"See my digits: {total}", MY_DIGITS, key="see mine", type="tertiary")
    trouble()
    if not fits:
        digits = "1 digit (0 to 9)" if count == 1 else f"{count} digits (0 to 9)"
        st.caption(f"There should be {digits} or dashes here, and there are {len(labels)} characters.")
    else:
        st.caption("They join **My digits** on Data, which stay in this browser.")


def _typed(labels: tuple[str, str] | None, id: str, said: str) -> str:
    """What the reader typed for this picture, or else what the ideals say."""
    return labels[1] if labels and labels[0] == id else said


def _labelled(images: Tensor, labels: str) -> list[tuple[int, Tensor]]:
    return [(int(label), image) for image, label in zip(images, labels, strict=True) if label != LEFT_OUT]
