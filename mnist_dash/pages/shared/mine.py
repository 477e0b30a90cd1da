"""My digits: what the reader keeps of what they wrote, and where it is kept.

They last as long as the reader's browser keeps them: ``remember_mine`` stands on every page that adds to them
or shows them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st
from torch import Tensor

from mnist_dash.components.my_digits import MOST, Mine, my_digits, read_rows
from mnist_dash.components.shared.mount import Values
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.settings import Kept

UNDONE = 20  # changes that can be undone
MY_DIGITS = {"page": "data", "whose": "mine"}  # where they are seen
TROUBLES = {
    "full": "This browser has no room left for more digits, so the latest last only as long as this visit: "
    "delete some, or export them.",
    "forbidden": "This browser is set to store nothing, so these digits last only as long as this visit: "
    "export them to keep them.",
}


def changed(mine: Mine) -> Values:
    """What is chosen when the reader's digits are to be these; it can be undone."""
    before = (*choices()["mine_before"], choices()["mine"])[-UNDONE:]
    return {"mine": mine, "mine_before": before}


def undone() -> Values:
    """What is chosen when the latest change is taken back."""
    *before, mine = choices()["mine_before"] or [choices()["mine"]]
    return {"mine": mine, "mine_before": tuple(before)}


def opened(mine: Mine, number: int) -> Values:
    """What is chosen when the digit of this number, from 1 on, is looked at. The newest is in front."""
    return {"my_digit": mine.digits[number - 1].id, "mine_from": len(mine) - number}


def keep(digits: Iterable[tuple[int, Tensor]]) -> Values:
    """What is chosen when these are kept, (label, uint8 (28, 28)) each. The reader is told how many were."""
    chosen, found = choices(), [(label, bytes(pixels.flatten().tolist())) for label, pixels in digits]
    mine = chosen["mine"].with_more(found)
    chosen.news.append(_told_of(len(mine) - len(chosen["mine"]), len(found), len(mine)))
    return changed(mine) if len(mine) > len(chosen["mine"]) else {}


def _told_of(new: int, found: int, total: int) -> str:
    """How many of those found were new, and how many there are now."""
    digits = "1 digit" if new == 1 else f"{new:,} digits"
    said = f"Kept {digits}." if new else "Nothing new to keep."
    if new < found:
        why = f"{MOST:,} are the most that are kept" if total == MOST else "you have them already"
        said += f" Left out {found - new:,}: {why}."
    return f"{said} My digits are {total:,} now."


def trouble() -> None:
    """Says that the browser keeps no more of them, as long as it does not."""
    chosen = choices()
    if len(chosen["mine"]) and (told := chosen["kept"].trouble):
        st.warning(TROUBLES[told])


@exhibit
def remember_mine(*, asks: bool = False) -> None:
    """What keeps the digits in the reader's browser, and tells those of earlier visits.

    asks: whether the page waits to be told, also that there are none.
    """
    chosen = choices()
    chosen.mount(
        my_digits,
        "kept digits",
        chosen["mine"],
        chosen["kept"].labels,
        visit=chosen.began,
        recalled=chosen["kept"].recalled,
        asks=asks,
        on_recall=_recalled,
        on_kept=_kept,
    )


def _recalled(rows: Any) -> Values:
    """Those of earlier visits, before those of this one. What can't be read is left out, and gone."""
    chosen = choices()
    if chosen["kept"].recalled:
        return {}
    digits, bad = read_rows(rows)
    new = [digit for digit in digits if digit.id not in chosen["mine"].labels]
    room = MOST - len(chosen["mine"])
    if not isinstance(rows, list):
        chosen.news.append("What this browser kept as your digits can't be read, so they begin anew.")
    elif bad:
        chosen.news.append(f"Left out {len(bad):,} of the digits that this browser kept: not readable.")
    if len(new) > room:
        chosen.news.append(
            f"This browser keeps {len(new) - room:,} more of your digits than the {MOST:,} that are shown."
        )
    everyone = sorted((*new[:room], *chosen["mine"].digits), key=lambda digit: digit.id)
    there = {digit.id: digit.label for digit in new[:room]}
    there |= {row[0]: None for row in bad if isinstance(row, list) and row and type(row[0]) is int}
    kept = replace(chosen["kept"], labels=there, recalled=True)
    return {"mine": Mine(tuple(everyone)), "mine_before": (), "kept": kept}


def _kept(labels: Mapping[int, int], trouble: str) -> Values:
    kept = choices()["kept"]
    if trouble:
        return {"kept": replace(kept, trouble=trouble)}
    return {"kept": Kept(labels, recalled=True)}
