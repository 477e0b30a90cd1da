"""How often each class was called each class, one table for each norm (a Streamlit component, v2).

A cell is chosen by click or Enter, the arrow keys go from one to the next. Nothing is computed here.
"""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from torch import Tensor

from mnist_dash.components.shared.mount import component


def confusion(
    key: str,
    classes: Sequence[int],
    counts: Mapping[str, Tensor],
    *,
    top: int,
    picked: tuple[str, int, int],
    on_pick: Callable[[str, int, int], None],
) -> None:
    """Show the tables, all on one scale of colours up to ``top`` wrong answers.

    counts: norm -> int64 (K, K), true classes down, called ones across. picked: norm, true class and called
    class of the cell that is marked. on_pick: called with those of one that is chosen.
    """

    def pick() -> None:
        match st.session_state.get(key):
            case {"cell": [str(norm), int(true), int(called)]} if norm in counts:
                if true in classes and called in classes:
                    on_pick(norm, true, called)

    component("confusion")(
        key=key,
        data={
            "classes": list(classes),
            "norms": [{"name": norm, "counts": of_norm.tolist()} for norm, of_norm in counts.items()],
            "top": top,
            "picked": picked,
        },
        on_cell_change=pick,
    )
