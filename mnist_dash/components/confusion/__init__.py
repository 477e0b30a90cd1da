"""How often each class was called each class, one table for each norm (a Streamlit component, v2).

Of many classes each table scrolls in a box of its own. A cell is chosen by click or Enter, the arrow keys go
from one to the next; or the tables are only read. Nothing is computed here.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from torch import Tensor

from mnist_dash.components.shared.mount import Heard, Values, component


def confusion(
    key: str,
    classes: Sequence[int] | Sequence[str],
    counts: Mapping[str, Tensor],
    *,
    top: int,
    names: Sequence[str] = (),
    picked: tuple[str, int, int] | None = None,
    on_pick: Callable[[str, int, int], Values] | None = None,
) -> Heard:
    """Show the tables, all on one scale of colours up to ``top`` wrong answers.

    counts: norm, or "you" -> int64 (K, K), true classes down, called ones across. names: what the classes are
    called, if not as they are. picked: norm, true class
    and called class of the cell that is marked. on_pick: what is chosen by a click on one; without both the
    tables are smaller, and only read.
    """

    def heard(news: Any) -> Values:
        match news:
            case {"cell": {"at": [str(norm), int(true), int(called)]}} if on_pick and norm in counts:
                if true in classes and called in classes:
                    return on_pick(norm, true, called)
        return {}

    component("confusion")(
        key=key,
        data={
            "classes": list(classes),
            "names": list(names or map(str, classes)),
            "norms": [{"name": norm, "counts": of_norm.tolist()} for norm, of_norm in counts.items()],
            "top": top,
            "picked": picked,
        },
        says=["cell"],
    )
    return heard
