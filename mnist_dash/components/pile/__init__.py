"""A pile of images like transparent sheets, seen from the side (a Streamlit component, v2).

More images fall onto it one after the other; once it is full, those at the bottom make room. Nothing is
computed here.
"""

from torch import Tensor

from mnist_dash.components.shared.mount import component, packed


def pile(
    key: str,
    sheets: Tensor | None,
    *,
    side: tuple[int, int],
    name: str,
    at: int,
    pixel: tuple[int, int],
    label: str,
) -> None:
    """Show it.

    sheets: images that fall, in turns, uint8 (n, H, W); None as long as they are those of before, for the
    time in which a slider moves. side: height and width of an image. name: of the stack that they come from.
    at: how many images lie there. pixel: the one that is drilled through all of them.
    """
    component("pile")(
        key=key,
        data={
            "name": name,
            "side": list(side),
            "sheets": None if sheets is None else [packed(sheet) for sheet in sheets],
            "at": at,
            "pixel": list(pixel),
            "label": label,
        },
    )
