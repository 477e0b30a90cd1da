"""The magnet: with all ten digits as possible answers, one is answered far too often. Why?"""

from collections.abc import Hashable, Mapping, Sequence
from html import escape

import streamlit as st
from torch import Tensor

from mnist_dash import chapter
from mnist_dash.components import figures
from mnist_dash.components.readout import BLANK, ideals_as_css
from mnist_dash.core.baseline import IDEALS
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.lines import made
from mnist_dash.pages.shared.names import class_name, kind
from mnist_dash.pages.shared.norm_style import norm_style
from mnist_dash.pages.shared.set_in_use import in_use

MANY = 12  # classes, from which on they scroll in a box
SHORT = 2  # letters of a name that needs no more room than a digit
OFTEN = 1.2  # times as often as it is true, from which on an answer is given too often
MUCH = 0.35  # ink, on average, from which on an image is not mostly paper
STYLE = """<style>
.magnet { --line: color-mix(in srgb, currentcolor 15%, transparent); container-type: inline-size;
  font-size: .875rem; }
.magnet table { width: 100%; table-layout: fixed; border-collapse: collapse;
  font-variant-numeric: tabular-nums; }
.magnet :is(th, td) { padding: .2rem .6rem; border: 0; text-align: left; font-weight: 400; }
.magnet thead th { padding-bottom: .5rem; font-size: .8rem; line-height: 1.3; vertical-align: top; }
.magnet thead th:first-child { width: 4.8rem; }
.magnet thead b { display: block; font-size: 1rem; font-weight: 650; }
.magnet tbody tr { border-top: 1px solid var(--line); }
.magnet tbody th { padding-left: 0; overflow: hidden; font-weight: 650; font-size: 1rem;
  text-overflow: ellipsis; white-space: nowrap; }
.magnet.many { max-height: 28rem; overflow-y: auto; overscroll-behavior: contain; }
.magnet.many thead th { position: sticky; top: 0; z-index: 1; background: light-dark(#fff, #14161b); }
.magnet.long thead th:first-child { width: 10rem; }
.magnet i { display: inline-block; width: 2.1rem; aspect-ratio: 1; margin-right: .5rem;
  background: #fff center / cover; image-rendering: pixelated; outline: 1px solid var(--line);
  vertical-align: middle; }
.magnet .bar { display: grid; grid-template-columns: 1fr 3.2rem; gap: .6rem; align-items: center;
  line-height: 1.25; }
.magnet .track { position: relative; height: .6rem; }
.magnet u { display: block; height: 100%; border-radius: 2px; background: var(--norm); opacity: .55; }
.magnet .most { font-weight: 700; }
.magnet .most u { opacity: 1; }
.magnet s { position: absolute; top: -.2rem; bottom: -.2rem; width: 2px; margin-left: -1px;
  background: currentcolor; }
.magnet em { font-style: normal; color: var(--norm); font-weight: 650; }
@container (max-width: 36rem) {
  .magnet :is(th, td) { padding-inline: .25rem; }
  .magnet thead th:first-child { width: 2.9rem; }
  .magnet.long thead th:first-child { width: 5.5rem; }
  .magnet thead b { font-size: .875rem; }
  .magnet i { width: 1.5rem; margin-right: .25rem; }
  .magnet .bar { grid-template-columns: 1fr; gap: 0; font-size: .8rem; }
}
@media (forced-colors: active) {
  .magnet u { background: CanvasText; forced-color-adjust: none; }
  .magnet s { background: Highlight; forced-color-adjust: none; }
}
</style>"""


def all_ten() -> dict[str, Hashable]:
    """All classes, whichever answers are possible elsewhere: as ``chapter`` takes them."""
    return {"digits": in_use().labels, "how": choices()["magnets"], "first": None}


@exhibit
def magnet() -> None:
    """All ideals with their ink, distance of the blank page and answers."""
    words, pictures = st.empty(), st.container(key="led by magnets")
    pictures.segmented_control(
        "Each ideal is the", list(IDEALS), required=True, width="content", **choices().control("magnets")
    )
    given = all_ten()
    answered = run("answered", f"How often each {kind()} is answered.", chapter.how_often_answered, given)
    true = run("true", f"How often each {kind()} is the truth.", chapter.how_often_true, given)
    ink = run("ink", "How much of each ideal is ink.", chapter.ink_of_ideals, given)
    blank = run("blank", "How far the blank page is from each ideal.", chapter.far_from_blank, given)
    words.markdown(_idea(given["digits"], answered.value, true.value))
    pictures.html(ideals_as_css(given["digits"], made(chapter.ideals_in_play, given)))
    pictures.html(norm_style() + STYLE)
    pictures.html(_table(given["digits"], blank.value, answered.value, true.value))
    st.markdown(_why(given["digits"], ink.value.tolist(), blank.value))
    show_code(answered, true, ink, blank, line="ideals_in_play.mean")


def _idea(digits: Sequence[int], answered: Mapping[str, Sequence[int]], true: Sequence[int]) -> str:
    total, said, often = sum(true), [], False
    for name, counts in answered.items():
        most = max(range(len(digits)), key=counts.__getitem__)
        often |= counts[most] > OFTEN * true[most]
        of_all = "" if said else " of all images"
        said.append(
            f":{figures.COLOURS[name]}[{name}] answers **{class_name(digits[most])}** for "
            f"**{100 * counts[most] / total:.0f} %**{of_all} ({100 * true[most] / total:.0f} % are)"
        )
    return f"{', '.join(said)}. {'Why?' if often else 'No answer is given much too often here.'}"


def _table(
    digits: Sequence[int],
    blank: Mapping[str, Tensor],
    answered: Mapping[str, Sequence[int]],
    true: Sequence[int],
) -> str:
    """A row for each class: how far the blank page is from its ideal, how often it is answered; as HTML."""
    heads = [
        "",
        "<b>Ink of the ideal</b>which is its <em>L1</em> distance to a blank page",
        "<b>Blank page</b>its <em>L2</em> distance",
        "<b>How often it is the answer</b>the mark: how often it is true",
    ]
    longest = max(*true, *(count for counts in answered.values() for count in counts))
    rows = []
    for i, digit in enumerate(digits):
        cells = [
            f'<td data-norm="{name}">'
            + _bar(float(far[i] / far.max()), f"{far[i]:.4f}", most=bool(far[i] == far.min()))
            for name, far in blank.items()
        ]
        bars = [
            f'<div data-norm="{name}">'
            + _bar(counts[i] / longest, f"{counts[i]:,}", most=counts[i] == max(counts), at=true[i] / longest)
            + "</div>"
            for name, counts in answered.items()
        ]
        name = escape(in_use().classes[digit])
        picture = f'<i style="background-image: var(--ideal-{digit})"></i>'
        rows.append(
            f'<tr><th scope="row" title="{name}">{picture}{name}</th>{"".join(cells)}<td>{"".join(bars)}</tr>'
        )
    norms = ["", *blank, ""]
    head = "".join(
        f'<th scope="col" data-norm="{norm}">{text}</th>' for norm, text in zip(norms, heads, strict=True)
    )
    shape = " many" if len(digits) > MANY else ""
    shape += " long" if max(len(in_use().classes[digit]) for digit in digits) > SHORT else ""
    table = f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return f'<div class="magnet{shape}"><table>{table}</table></div>'


def _bar(share: float, words: str, *, most: bool, at: float | None = None) -> str:
    mark = "" if at is None else f'<s style="left: {at:.2%}"></s>'
    track = f'<div class="track"><u style="width: {share:.2%}"></u>{mark}</div>'
    return f'<div class="bar{" most" if most else ""}">{track}{words}</div>'


def _why(digits: Sequence[int], ink: Sequence[float], blank: Mapping[str, Tensor]) -> str:
    least = min(range(len(digits)), key=ink.__getitem__)
    says = " and ".join(
        f":{figures.COLOURS[name]}[{name}] calls it **{class_name(digits[int(far.argmin())])}**"
        for name, far in blank.items()
    )
    name, of_least = class_name(digits[least]), f"{ink[least]:.4f} on average"
    if sum(ink) > MUCH * len(ink):
        return (
            "These images have much ink nearly everywhere, so an ideal with little of it is not near "
            f"everything, as it would be if most were paper. {name} has the least, with {of_least}. {BLANK}: "
            f"{says}."
        )
    return (
        "Most of every image is paper, and there an ideal's own ink adds to its distance. Under :blue[L1] "
        f"every grey counts in full, so **the ideal with the least ink is hardly ever far**: that is {name}, "
        f"with {of_least}. :orange[L2] squares, and a faint grey squared is almost nothing, so the pull is "
        f"weaker. {BLANK}: {says}."
    )
