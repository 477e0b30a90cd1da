"""The listings of a page as one Jupyter notebook: every idea in words, then the lines that ran.

Knows nothing about screens.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from mnist_dash.chapter import listing
from mnist_dash.chapter.listing import Line

SETUP = "Run this where the package `mnist-dash` is installed: `pip install -e .` in its repository."


@dataclass(frozen=True)
class Cell:
    """One listing. idea: what it shows, in Markdown. fails: whether it raises an error, as it should."""

    idea: str
    function: Line
    given: Mapping[str, Hashable]
    fails: bool = False


def notebook(title: str, cells: Iterable[Cell]) -> str:
    """The text of an .ipynb file. No cell makes again what an earlier one has made."""
    from nbformat import v4, writes  # a fifth of a second that only a download needs

    cells = list(cells)
    found = [list(listing.blocks(cell.function, cell.given)) for cell in cells]
    imports = listing.imports([block for blocks in found for block in blocks])
    made = [v4.new_markdown_cell(f"# {title}\n\n{SETUP}"), v4.new_code_cell(imports)]
    known = {}  # name -> the block that made it last
    for cell, blocks in zip(cells, found, strict=True):
        lines = []
        for block in dict.fromkeys(blocks):
            if not block.name or known.get(block.name) != block:
                lines.append(block.text)
                known[block.name] = block
        code = v4.new_code_cell(
            "\n".join(lines), metadata={"tags": ["raises-exception"]} if cell.fails else {}
        )
        made += [v4.new_markdown_cell(cell.idea), code]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    for number, each in enumerate(made):
        each["id"] = f"cell-{number}"  # not by chance: the same page makes the same file
    return writes(v4.new_notebook(cells=made, metadata={"kernelspec": kernel}))
