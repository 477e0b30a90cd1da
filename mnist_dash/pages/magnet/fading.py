"""From the blank page to a digit: an ideal with more and more ink. When does the answer change?"""

from collections.abc import Hashable, Mapping, Sequence
from html import escape
from itertools import groupby

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components.readout import headline, readout
from mnist_dash.compute import Verdict
from mnist_dash.pages.magnet.magnet import all_ten
from mnist_dash.pages.shared.choices import choices, part
from mnist_dash.pages.shared.code import Ran, run, show_code
from mnist_dash.pages.shared.controls import MANY, class_control
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.names import are_digits
from mnist_dash.pages.shared.norm_style import norm_style
from mnist_dash.pages.shared.set_in_use import in_use
from mnist_dash.pages.shared.slide import slide

STYLE = """<style>
.ranges { margin-inline: .5rem; font-size: .875rem; }
.ranges b { color: var(--norm); font-weight: 650; }
.ranges div div { position: relative; display: flex; gap: 2px; height: 1.6rem; margin-bottom: .6rem; }
.ranges p { margin: 0; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
  border-radius: 3px; font-weight: 650; line-height: 1.6rem;
  text-align: center; background: color-mix(in srgb, var(--norm) 14%, transparent); }
.ranges p.own { background: color-mix(in srgb, var(--norm) 40%, transparent); }
.ranges s { position: absolute; top: -.2rem; bottom: -.2rem; width: 2px; margin-left: -1px;
  background: currentcolor; }
@media (forced-colors: active) {
  .ranges p { border: 1px solid CanvasText; }
  .ranges p.own { border-width: 3px; line-height: calc(1.6rem - 6px); }
  .ranges s { background: Highlight; forced-color-adjust: none; }
}
</style>"""


@part
@exhibit
def fading() -> None:
    """The slider, what each norm answers along it, and the distances where it stands."""
    chosen, given = choices(), all_ten()
    st.header(f"From the blank page to {'a digit' if are_digits() else 'an ideal'}", anchor=False)
    st.markdown("Add the ink of one ideal to a blank page. When does the answer change?")
    st.html(norm_style() + STYLE)
    with st.container(key="led by ink", width=560):
        controls, ranges = st.container(), st.container()
    with controls:
        # A list leaves room for the slider beside it.
        ideal, ink = st.columns([3, 5]) if len(in_use().labels) > MANY else (st.container(), st.container())
    with ideal:
        class_control("faint", "Ideal", width="content")
    given |= {name: chosen[name] for name in ("faint", "strength")}
    name = in_use().classes[given["faint"]]
    image = run("fainter", "An ideal with a part of its ink.", chapter.fainter, given)
    far = run("far from fainter", "How far every ideal is.", chapter.far_from_fainter, given)
    ways = run("answers by strength", "The answers as the ink grows.", chapter.answers_by_strength, given)
    verdicts = {name: Verdict.of(name, given["digits"], values) for name, values in far.value.items()}
    ranges.html(_ranges(given["faint"], given["strength"], ways.value))
    readout(
        "fainter",
        in_use(),
        classes=given["digits"],
        seen=image.value,
        verdicts=verdicts,
        headline=headline(verdicts, in_use().classes),
        note=f"Ideal {name} with {given['strength']} % of its ink. {_lets_go(given, ways)}",
        answers=None,
    )
    show_code(image, far, ways)
    with ink:
        slide(
            "strength",
            f"Ink of ideal {name}:",
            range(101),
            at=given["strength"],
            words=lambda percent: f"{percent} %",
        )


def _ranges(own: int, strength: int, ways: Mapping[str, Sequence[int]]) -> str:
    """What each norm answers along the slider, as HTML."""
    rows, classes = [], in_use().classes
    for name, answers in ways.items():
        parts = [
            f'<p style="flex: {len(list(run_))} 0 0" class="{"own" if cls == own else ""}" '
            f'title="{escape(classes[cls])}">{escape(classes[cls])}</p>'
            for cls, run_ in groupby(answers)
        ]
        at = (strength + 0.5) / len(answers)
        rows.append(
            f'<div data-norm="{name}"><b>{name} answers</b>'
            f'<div>{"".join(parts)}<s style="left: {at:.2%}"></s></div></div>'
        )
    return f'<div class="ranges">{"".join(rows)}</div>'


def _lets_go(given: Mapping[str, Hashable], ways: Ran) -> str:
    """From which share of the ink on each norm answers the digit itself."""
    said = []
    for name, answers in ways.value.items():
        others = [percent for percent, answer in enumerate(answers) if answer != given["faint"]]
        first = others[-1] + 1 if others else 0
        own = in_use().classes[given["faint"]]
        said.append(f"{name} answers {own} from {first} % on" if first <= 100 else f"{name} never does")
    return ", ".join(said) + "."
