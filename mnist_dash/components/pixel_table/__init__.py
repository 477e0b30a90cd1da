"""An image, its heat map, and a slice of it as the book's table, all linked (a Streamlit component, v2)."""

import re
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from pandas.io.formats.style import Styler
from torch import Tensor

from mnist_dash.components.shared.mount import Heard, Values, base64_of, component


def pixel_table(
    key: str,
    *,
    image: Tensor,
    table: Styler,
    rows: tuple[int, int],
    columns: tuple[int, int],
    label: str,
    on_slice: Callable[[tuple[int, int], tuple[int, int]], Values],
) -> Heard:
    """Show them.

    image: uint8 (H, W). table: of the slice ``image[rows[0]:rows[1], columns[0]:columns[1]]``. label: what
    the image is. on_slice: what is chosen when a slice, its rows and columns, is drawn on a picture.
    """
    height, width = image.shape

    def heard(news: Any) -> Values:
        match news:
            case {"slice": {"at": [int(top), int(bottom), int(left), int(right)]}}:
                if 0 <= top < bottom <= height and 0 <= left < right <= width:
                    return on_slice((top, bottom), (left, right))
        return {}

    component("pixel_table")(
        key=key,
        data={
            "pixels": base64_of(image),
            "width": width,
            "height": height,
            "slice": [*rows, *columns],
            "table": _html(table),
            "label": label,
        },
        says=["slice"],
    )
    return heard


# For 784 numbers pandas takes a tenth of a second. What is of a reader's own image goes with its table.
KEPT = 8
_known: WeakKeyDictionary[Styler, str] = WeakKeyDictionary()


def _html(table: Styler) -> str:
    """As ``_written``, remembered for the last few tables."""
    if (html := _known.get(table)) is None:
        if len(_known) >= KEPT:
            _known.clear()
        html = _known[table] = _written(table)
    return html


def _written(table: Styler) -> str:
    """As pandas writes it, but cells that look alike share a class: a third of the length."""
    style, _, html = table.set_uuid("slice").to_html().partition("</style>")
    rules = re.findall(r"(#[^{]*){([^}]*)}", style)
    looks = {name: f"look{n}" for n, (names, _) in enumerate(rules) for name in re.findall(r"#(\w+)", names)}
    html = re.sub(r'<td id="(\w+)"[^>]*>', lambda cell: f'<td class="{looks[cell[1]]}">', html)
    html = re.sub(r"<(th|table)\b[^>]*>|\n *", lambda found: f"<{found[1]}>" if found[1] else "", html)
    return (
        "<style>" + "".join(f".look{n} {{{rule}}}" for n, (_, rule) in enumerate(rules)) + "</style>" + html
    )
