"""Keeps the reader's own digits in the browser, and tells a later visit which they are (a Streamlit
component, v2). Nothing of it is seen.

``mine`` is what they are, and the check of what a browser tells of them.
"""

import json
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from mnist_dash.components.my_digits.mine import CLASSES, MOST, SIDE, Digit, Mine, read_rows
from mnist_dash.components.shared.mount import Heard, Values, component

__all__ = ["CLASSES", "MOST", "SIDE", "Digit", "Mine", "my_digits", "read_rows"]
TROUBLES = ("", "full", "forbidden")


def my_digits(
    key: str,
    mine: Mine,
    kept: Mapping[int, int | None],
    *,
    visit: int,
    recalled: bool,
    asks: bool,
    on_recall: Callable[[Any], Values],
    on_kept: Callable[[Mapping[int, int], str], Values],
) -> Heard:
    """Keep these digits; the browser is told what is to change.

    kept: the labels of those it keeps already, by id. visit: another number for every session. recalled:
    whether it has told which it kept. asks: whether it is to tell also that it kept none. on_recall: what is
    chosen by what earlier visits have left, which may be anything. on_kept: what is chosen when it keeps
    these labels, or says why it does not: "full" or "forbidden".
    """
    added = [digit.row for digit in mine.digits if kept.get(digit.id) != digit.label]
    dropped = [id for id in kept if id not in mine.labels]
    change = [added, dropped] if added or dropped else []
    number = zlib.crc32(json.dumps(change).encode()) if change else 0

    def heard(news: Any) -> Values:
        match news:
            case {"recall": {"at": found}}:
                return on_recall(found)
            case {"kept": {"at": {"number": told, "trouble": str(trouble)}}}:
                if told == number and trouble in TROUBLES:
                    return on_kept(mine.labels, trouble)
        return {}

    component("my_digits")(
        key=key,
        data={
            "visit": visit,
            "recalled": recalled,
            "asks": asks,
            "number": number,
            "added": added,
            "dropped": dropped,
        },
        says=["recall", "kept"],
    )
    return heard
