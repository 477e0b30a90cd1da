"""The shape lab: two shapes that the reader types, aligned from the right, and what PyTorch makes of them."""

import re

import streamlit as st

from mnist_dash import chapter
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import Ran, run, show_code, show_error
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.set_in_use import in_use, shape
from mnist_dash.pages.shared.words import shape_text

AXES, LONGEST = 6, 10**9
STYLE = """<style>
.shapes { overflow-x: auto; margin-block: .25rem 1rem; }
.shapes table { border-collapse: separate; border-spacing: .3rem; font-variant-numeric: tabular-nums; }
.shapes th { padding: .15rem .6rem; font-weight: 400; font-size: .875rem; opacity: .75; }
.shapes th[scope=row] { text-align: right; }
.shapes td { padding: .3rem .7rem; border-radius: .35rem; text-align: center;
  background: light-dark(#f0f1f3, #20242c); }
.shapes td.stretched { outline: 2px dashed light-dark(#1b7837, #6fcf87); outline-offset: -2px; }
.shapes td.clash { background: light-dark(#b3261e, #f2b8b5); color: light-dark(#fff, #14161b); }
.shapes td.why { background: none; font-size: .8rem; padding-block: 0; opacity: .8; }
</style>"""


@exhibit
def shape_lab() -> None:
    """The two fields, the alignment, and the result or PyTorch's error."""
    st.markdown(
        "Write two shapes one above the other, **aligned from the right**. Two lengths fit when they are "
        "equal or one of them is 1; an axis that is missing counts as 1."
    )
    chosen, examples = choices(), _examples()
    first = dict(zip(("a", "b"), next(iter(examples.values())), strict=True))
    typed = {name: first[name] if chosen[name] is None else chosen[name] for name in first}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for name, text in typed.items():
            control = chosen.control(name, "value", shown=lambda _, text=text: text)
            st.text_input(f"Shape {name}", max_chars=60, width=200, **control)
        for label, (a, b) in examples.items():
            chosen.button(label, {"a": a, "b": b})
    shapes = {name: parse(text) for name, text in typed.items()}
    for name, read in shapes.items():
        if isinstance(read, str):
            st.warning(f"Shape {name}: {read}")
    if any(isinstance(read, str) for read in shapes.values()):
        return
    given = {f"{name}_shape": read for name, read in shapes.items()}
    aligned = run("aligned", "Two shapes, aligned from the right.", chapter.aligned, given)
    result = run("broadcast", "What PyTorch makes of them.", chapter.broadcast, given)
    rows, facts = st.columns([4, 5], gap="large", vertical_alignment="center")
    rows.html(STYLE + _alignment(shapes, aligned))
    with facts:
        if not result.error:
            st.markdown(_facts(result))
        else:
            fit = None not in [axis[2] for axis in aligned.value]
            st.markdown(
                "**They fit**, but no computer can count so many numbers." if fit else "**They clash.**"
            )
            show_error(result)
    show_code(aligned, result, line="broadcast_tensors")


def _examples() -> dict[str, tuple[str, str]]:
    """Pairs of shapes that are met on these pages, of the set in use; the first is there to begin with."""
    (height, width), every = shape(), len(in_use().labels)
    count = len(in_use().valid.places.get(choices().settings["ideal"].default, ()))
    clashing = count if count not in (1, width) else width + 1
    return {
        "The set and an ideal": (f"{count}, {height}, {width}", f"{height}, {width}"),
        "A list and a number": ("3", "()"),
        "A column and a row": (f"{height}, 1", f"1, {width}"),
        f"Every image and {'ten' if every == 10 else every} ideals": (
            f"{count}, 1, {height}, {width}",
            f"{every}, {height}, {width}",
        ),
        "A clash": (f"{count}, {height}, {width}", f"{clashing}"),
    }


def parse(text: str) -> tuple[int, ...] | str:
    """A typed shape; a sentence when it is none. ``1010, 28, 28``, ``(28 x 28)`` and ``()`` are shapes."""
    lengths = re.findall("[0-9]+", text)
    if not re.fullmatch(r"\s*[(\[]?\s*([0-9]+(\s*[,x×]\s*|\s+|(?=[)\]]|$)))*[)\]]?\s*", text):
        return "write whole numbers with commas between them, such as 1010, 28, 28."
    if len(lengths) > AXES:
        return f"at most {AXES} axes, please; this has {len(lengths)}."
    if any(int(length) > LONGEST for length in lengths):
        return f"an axis can be at most {LONGEST:,} long."
    return tuple(map(int, lengths))


def _alignment(shapes: dict[str, tuple[int, ...]], aligned: Ran) -> str:
    """A row for each shape and the result, a column for each axis, as HTML."""
    axes, rank = aligned.value, len(aligned.value)
    kinds = [_kind(*axis) for axis in axes]
    rows = [("", [f'<th scope="col">axis −{rank - i}</th>' for i in range(rank)])]
    for place, (name, lengths) in enumerate(shapes.items()):
        cells = []
        for i, axis in enumerate(axes):
            missing = i < rank - len(lengths)
            stretched = axis[2] is not None and axis[place] != axis[2]
            kind = "clash" if axis[2] is None else "stretched" if stretched else ""
            cells.append(f'<td class="{kind}">{"(1)" if missing else f"{axis[place]:,}"}</td>')
        rows.append((name, cells))
    results = ["✗" if axis[2] is None else f"{axis[2]:,}" for axis in axes]
    rows.append(("result", [f"<td><b>{length}</b></td>" for length in results]))
    rows.append(("", [f'<td class="why">{kind}</td>' for kind in kinds]))
    lines = [f'<tr><th scope="row">{name}</th>{"".join(cells)}</tr>' for name, cells in rows]
    table = f"<table>{''.join(lines)}</table>"
    return f'<div class="shapes" tabindex="0" role="group" aria-label="Both shapes, aligned">{table}</div>'


def _kind(a: int, b: int, result: int | None) -> str:
    if result is None:
        return "clash"
    return "equal" if a == b else f"{'a' if a == 1 else 'b'} is stretched"


def _facts(result: Ran) -> str:
    shape, a, b = result.value
    rows = ("strides", "stretched", "bytes it takes", "bytes it looks like")
    lines = [
        f"**They fit.** The result is `{shape_text(shape)}`. A stride of 0 shows what is stretched.",
        "",
        "| float32 | a | b |",
        "|---|--:|--:|",
    ]
    for row, *cells in zip(rows, a, b, strict=True):
        texts = (f"`{cell}`" if isinstance(cell, tuple) else f"{cell:,}" for cell in cells)
        lines.append(f"| {row} | {' | '.join(texts)} |")
    return "\n".join(lines)
