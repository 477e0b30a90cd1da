"""From a list of tensors to the ideal, step by step, and what becomes of it when a step is left out."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st
from PIL import Image
from torch import Tensor

from mnist_dash import chapter
from mnist_dash.chapter import listing
from mnist_dash.chapter.listing import Line
from mnist_dash.components.shared.mount import picture_url
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import Ran, run, show_code, show_error
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.lines import made
from mnist_dash.pages.shared.names import class_name, kind
from mnist_dash.pages.shared.set_in_use import folder, in_use, shape
from mnist_dash.pages.shared.settings import LEFT_OUT

STEPS = ("tensors", "stacked", "floats", "ideal_of_files")  # functions of chapter


@dataclass(frozen=True)
class Without:
    """A step left out. reached: how many steps are still taken.

    words: what is wrong, with the value, what a class is, and height and width of an image that was cut.
    """

    function: Line
    reached: int
    words: str


WITHOUT = {
    "stack": Without(
        chapter.without_stack,
        1,
        "A Python list can hold anything, so it has no mean; a tensor of numbers has one.",
    ),
    "sizes": Without(
        chapter.two_sizes,
        1,
        "All pages of a block must have the same size; an image cut to {2} × {3} does not fit.",
    ),
    "float": Without(
        chapter.without_float,
        2,
        "The mean of whole numbers is seldom whole, and PyTorch does not guess which type it should have.",
    ),
    "255": Without(
        chapter.without_255,
        2,
        "Nothing fails, but this ideal's ink goes up to **{0:.1f}** while an image's goes up to 1, so every "
        "image is far from it, whatever its {1}.",
    ),
    "mean": Without(
        chapter.without_mean,
        3,
        "Nothing fails, but this is not an ideal yet: with shape `{0}`, it is still the whole stack.",
    ),
}
LAYOUT = """<style>
.chain { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 2.2rem;
  margin: 0 !important; padding: 0 !important;
  font-variant-numeric: tabular-nums; }
.chain li { position: relative; display: grid; grid-template-rows: subgrid; grid-row: span 5; gap: .3rem;
  margin: 0; padding: .8rem;
  list-style: none; border: 1px solid light-dark(#c9ccd2, #4a4f5a); border-radius: 6px; line-height: 1.35; }
.chain li + li::before { content: "→"; position: absolute; top: 4.1rem; left: -1.75rem; font-size: 1.25rem; }
.chain li.out { border-style: dashed; }
.chain li.out > * { opacity: .45; }
.chain .images { position: relative; height: 5.6rem; margin-bottom: .3rem; }
.chain img { position: absolute; width: 4.2rem; height: 4.2rem; image-rendering: pixelated;
  outline: 1px solid light-dark(#c9ccd2, #4a4f5a); max-width: none; }
.chain .list img { width: 30%; height: auto; }
.chain .list img:nth-child(2) { left: 35%; } .chain .list img:nth-child(3) { left: 70%; }
.chain .stack img:nth-child(1) { left: 1.4rem; top: 1.4rem; z-index: 2; }
.chain .stack img:nth-child(2) { left: .7rem; top: .7rem; z-index: 1; }
.chain .one img { width: 5.6rem; height: 5.6rem; }
.chain code { overflow-wrap: anywhere; font-size: .82em; }
.chain strong { font-size: 1.25rem; font-weight: 650; }
.chain small { opacity: .8; font-size: .85em; }
@media (max-width: 900px) {
  .chain { grid-template-columns: minmax(0, 1fr); }
  .chain li + li::before { content: "↓"; top: -2rem; left: 50%; translate: -50%; }
  .chain .list img { width: 4.2rem; }
  .chain .list img:nth-child(2) { left: 4.9rem; } .chain .list img:nth-child(3) { left: 9.8rem; }
}
</style>"""


@exhibit
def stacking(digit: int) -> None:
    """The chain of steps, the control that leaves one out, and what PyTorch says of that."""
    st.header("From a list to the ideal", anchor=False)
    st.markdown(
        explained(
            "**Stack** the list and it becomes one [[tensor]] of [[rank]] 3, a block of pages. Turn its "
            "whole numbers into [[floats|float]] from 0 to 1 and take the **mean over [[axis]] 0**, through "
            "all the pages: that is the ideal."
        ),
        unsafe_allow_html=True,
    )
    given = {"folder": folder("train", digit)}
    with st.spinner("Stacking …"):
        steps = run("steps", "Every step: type, shape, rank, dtype and bytes.", chapter.every_step, given)
        ideal = run("ideal of files", f"The ideal {class_name(digit)}.", chapter.ideal_of_files, given)
    files = made(chapter.files, given)
    chain = st.container()
    chosen = choices()
    st.segmented_control(
        "Leave out", LEFT_OUT, format_func=LEFT_OUT.get, required=True, **chosen.control("without")
    )
    without = WITHOUT.get(chosen["without"])
    reached = without.reached if without else len(STEPS)
    chain.html(
        LAYOUT + _chain(digit, given, len(files), steps, chapter.tensors(files[:3]), ideal.value, reached)
    )
    if without is None:
        st.caption(
            "Every step is needed: leave one out and see. The book draws a tensor with fastai's `show_image`."
        )
        show_code(steps, ideal, key="stacking", line="torch.stack(tensors)")
    else:
        show_code(*_left_out(without, given), key="stacking")


def _left_out(without: Without, given: Mapping[str, Hashable]) -> list[Ran]:
    """What happens without a step: the line, the error, what is wrong in words."""
    cut = _cut()
    given = {**given, **cut}
    ran = [run("left out", "What happens when a step is left out.", without.function, given)]
    st.code(_line(without.function, given), language="python")
    if ran[0].error:
        show_error(ran[0])
    height, width = cut["bottom"] - cut["top"], cut["right"] - cut["left"]
    st.markdown(without.words.format(ran[0].value, kind(), height, width))
    if without.function is chapter.without_float:
        ran.append(run("only / 255", "Divided, whole numbers become floats.", chapter.only_divided, given))
        dtype, equal = ran[1].value
        st.markdown(
            f"`stacked / 255` alone gives `{dtype}` too, and {'the same' if equal else 'other'} numbers as "
            "`stacked.float() / 255`: dividing turns whole numbers into floats."
        )
    return ran


def _cut() -> dict[str, int]:
    """A slice that leaves out the edges of an image: of 28 x 28, [4:24, 4:24]."""
    (height, width), (down, across) = shape(), (max(side // 7, 1) for side in shape())
    return {"top": down, "bottom": height - down, "left": across, "right": width - across}


def _chain(
    digit: int,
    given: Mapping[str, Hashable],
    count: int,
    steps: Ran,
    images: Sequence[Tensor],
    ideal: Tensor,
    reached: int,
) -> str:
    name = in_use().classes[digit]
    each = [_img(image / 255, f"an image of {kind()} {name}") for image in images]
    pictures = {
        "tensors": ("list", each),
        "stacked": ("stack", each),
        "floats": ("stack", each),
        "ideal_of_files": ("one", [_img(ideal, f"the ideal {name}")]),
    }
    cards = []
    for place, (step, (made_of, size, rank, dtype, weight)) in enumerate(
        zip(STEPS, steps.value, strict=True)
    ):
        layout, drawn = pictures[step]
        code = _line(getattr(chapter, step), given, step)
        many = f"list of {count:,}, each a " if step == "tensors" else ""
        cards.append(
            f'<li class="{"" if place < reached else "out"}">'
            f'<div class="images {layout}">{"".join(drawn)}</div><code>{escape(code, quote=False)}</code>'
            f"<strong>{tuple(size)}</strong>"
            f"<small>{many}{made_of.__name__} of rank {rank}, {str(dtype).removeprefix('torch.')}</small>"
            f"<small>{_bytes(weight)}{' each' if many else ''}</small></li>"
        )
    return f'<ol class="chain" aria-label="From a list of tensors to the ideal">{"".join(cards)}</ol>'


def _line(function: Line, given: Mapping[str, Hashable], name: str = "") -> str:
    """The function's own line, of the listing."""
    return list(listing.blocks(function, given, name))[-1].text


def _img(pixels: Tensor, alternative: str) -> str:
    """pixels: from paper, 0, to ink, 1."""
    picture = Image.fromarray((255 * (1 - pixels)).byte().numpy())
    return f'<img src="{picture_url(picture)}" alt="{escape(alternative)}">'


def _bytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB ({count:,} bytes)" if count >= 1e6 else f"{count:,} bytes"
