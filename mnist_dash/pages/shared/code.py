"""The lines behind an exhibit: run, shown as they ran, and noted for the page's notebook."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from mnist_dash.chapter import listing
from mnist_dash.chapter.listing import Line
from mnist_dash.chapter.notebook import Cell, notebook
from mnist_dash.pages.shared import lines
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.contents import PAGES
from mnist_dash.pages.shared.visit import of_visit


@dataclass(frozen=True)
class Ran:
    """Lines that ran. name: of their cell; value: what they returned; error: what they raised instead."""

    name: str
    value: Any
    error: Exception | None
    code: str


def run(name: str, idea: str, function: Line, given: Mapping[str, Hashable], *, time: int = 0) -> Ran:
    """Run a function of ``chapter`` and note it for the notebook of the page.

    name: of the cell, unique on the page. idea: one sentence for the notebook, in Markdown. given: what the
    lines need besides the set in use, unless they are to begin with another one. time: as in
    ``compute.outcome``.
    """
    outcome = lines.outcome(function, given, time=time)
    code = note(name, idea, function, given, fails=outcome.error is not None)
    return Ran(name, outcome.value, outcome.error, code)


def note(name: str, idea: str, function: Line, given: Mapping[str, Hashable], *, fails: bool = False) -> str:
    """Note a function for the notebook, before or after it has run. Returns its lines."""
    given = lines.on_set(given)
    _cells().setdefault(choices().page, {})[name] = Cell(idea, function, dict(given), fails=fails)
    return listing.text(function, given)


def show_code(*ran: Ran, key: str = "", line: str = "") -> None:
    """The lines, ready to be copied, folded away until somebody asks; only then they are sent.

    key: of the place on the page, where it is not always the same cells that are shown. To unfold
    it is to run what it stands in again. line: part of the one line that matters most, which stands
    beside the fold.
    """
    key = f"code of {key or ', '.join(each.name for each in ran)}"
    label = "The code that ran"
    if line:
        told = next(each for cell in ran for each in cell.code.splitlines() if line in each)
        label += f" `{told.partition('  #')[0].strip()}`"
    folded = st.expander(label, key=key, on_change="rerun")
    if folded.open:
        with folded:
            for each in ran:
                show_lines(each.code, f"{each.name} of {key}")


def show_lines(code: str, key: str) -> None:
    """A listing whose imports are folded away, though copied with the rest: frame.css hides their lines."""
    imports = len(code.partition("\n\n")[0].splitlines()) if code.startswith(("import ", "from ")) else 0
    with st.container(key=f"imports-{imports}-{key}"):
        if imports:
            word = "import" if imports == 1 else "imports"
            st.html(f"<details class='imports'><summary>{imports} {word}</summary></details>")
        st.code(code, language="python")


def show_error(ran: Ran) -> None:
    """The error that PyTorch, NumPy or Python itself raised, word for word."""
    st.error(f"`{type(ran.error).__name__}: {ran.error}`")


def begin(page: str) -> None:
    """Call before a page runs: its notebook begins empty."""
    _cells()[page] = {}


def _cells() -> dict[str, dict[str, Cell]]:
    """By page and name, those of this visit."""
    return of_visit("cells", dict)


def cells_of_visit() -> dict[str, list[Cell]]:
    """What ran on the pages of this visit, in the order of the lesson; each begins with its question."""
    found = {name: list(_cells().get(name, {}).values()) for name in PAGES}
    return {
        name: [replace(cells[0], idea=f"## {PAGES[name].of_set.question}\n\n{cells[0].idea}"), *cells[1:]]
        for name, cells in found.items()
        if cells
    }


def has_lines() -> bool:
    """Whether any lines ran on the page."""
    return bool(_cells()[choices().page])


def download(title: str) -> None:
    """The button that gives the page's lines, with the values chosen, as a notebook; none without lines."""
    if has_lines():
        page = choices().page
        download_button("Download as notebook", title, _cells()[page].values(), f"{page}.ipynb")


def download_button(label: str, title: str, cells: Iterable[Cell], file: str) -> None:
    """The button that gives these cells as a notebook, which is made when it is clicked."""
    st.download_button(
        label,
        lambda: notebook(title, cells),
        file,
        "application/x-ipynb+json",
        key="frame notebook",
        on_click="ignore",
        help="Every line that ran, with the values you chose, for Jupyter.",
    )
