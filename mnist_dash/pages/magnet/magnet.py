"""The magnet: one digit is answered far too often when all ten are in play. Why?"""

from collections.abc import Hashable, Mapping, Sequence
from itertools import groupby

import streamlit as st
from torch import Tensor

from mnist_dash import chapter, compute
from mnist_dash.components import figures
from mnist_dash.components.readout import headline, ideals_as_css, readout
from mnist_dash.compute import Verdict
from mnist_dash.core.baseline import IDEALS, NORMS
from mnist_dash.pages.shared import settings
from mnist_dash.pages.shared.code import Ran, run, show_code
from mnist_dash.pages.shared.slide import slid, slide
from mnist_dash.pages.shared.words import with_sign

session = st.session_state
SOURCE = (
    "T. Hastie, R. Tibshirani, J. Friedman, *The Elements of Statistical Learning*, 2nd edition, 2009, "
    "section 2.4"
)


def _colour(name: str) -> str:
    """A colour of the theme by its name, for HTML of our own."""
    light, dark = (st.get_option(f"theme.{theme}.{name}Color") for theme in ("light", "dark"))
    return f"light-dark({light}, {dark})"


STYLE = """<style>
.magnet, .ranges { --line: color-mix(in srgb, currentcolor 15%, transparent); font-size: .875rem; }
.magnet { container-type: inline-size; }
.magnet table { width: 100%; table-layout: fixed; border-collapse: collapse;
  font-variant-numeric: tabular-nums; }
.magnet :is(th, td) { padding: .2rem .6rem; border: 0; text-align: left; font-weight: 400; }
.magnet thead th { padding-bottom: .5rem; font-size: .8rem; line-height: 1.3; vertical-align: top; }
.magnet thead th:first-child { width: 4.8rem; }
.magnet thead b { display: block; font-size: .95rem; font-weight: 650; }
.magnet tbody tr { border-top: 1px solid var(--line); }
.magnet tbody th { padding-left: 0; font-weight: 650; font-size: 1rem; white-space: nowrap; }
.magnet i { display: inline-block; width: 2.1rem; aspect-ratio: 1; margin-right: .5rem;
  background: #fff center / cover; image-rendering: pixelated; outline: 1px solid var(--line);
  vertical-align: middle; }
.magnet .bar { display: grid; grid-template-columns: 1fr 3.2rem; gap: .6rem; align-items: center;
  line-height: 1.25; }
.magnet .track { position: relative; height: .6rem; }
.magnet u { display: block; height: 100%; border-radius: 2px; background: var(--norm); opacity: .55; }
.magnet .most { font-weight: 700; }
.magnet .most u { opacity: 1; }
:is(.magnet, .ranges) s { position: absolute; top: -.2rem; bottom: -.2rem; width: 2px; margin-left: -1px;
  background: currentcolor; }
.magnet em { font-style: normal; color: var(--norm); font-weight: 650; }
:is(.magnet, .ranges) [data-norm=L1] { --norm: L1_COLOUR; }
:is(.magnet, .ranges) [data-norm=L2] { --norm: L2_COLOUR; }
.ranges { margin-inline: .5rem; }
.ranges b { color: var(--norm); font-weight: 650; }
.ranges div div { position: relative; display: flex; gap: 2px; height: 1.6rem; margin-bottom: .6rem; }
.ranges p { margin: 0; overflow: hidden; border-radius: 3px; font-weight: 650; line-height: 1.6rem;
  text-align: center; background: color-mix(in srgb, var(--norm) 14%, transparent); }
.ranges p.own { background: color-mix(in srgb, var(--norm) 40%, transparent); }
@container (max-width: 36rem) {
  .magnet :is(th, td) { padding-inline: .25rem; }
  .magnet thead th:first-child { width: 2.9rem; }
  .magnet thead b { font-size: .85rem; }
  .magnet i { width: 1.5rem; margin-right: .25rem; }
  .magnet .bar { grid-template-columns: 1fr; gap: 0; font-size: .75rem; }
}
</style>"""


@st.fragment
def magnet() -> None:
    """The ten ideals with their ink, distance of the blank page and answers; the fading; the median."""
    with st.container(key="magnet"):
        _magnet()


def _magnet() -> None:
    st.header("The magnet", anchor="magnet")
    words = st.empty()
    st.segmented_control(
        "Each ideal is the",
        list(IDEALS),
        default=session["magnets"],
        key="magnets",
        required=True,
        width="content",
    )
    mnist, how = compute.mnist(), settings.kept("magnets")
    given = {"digits": mnist.classes, "how": how, "first": None}
    answered = run("answered", "How often each digit is answered.", chapter.how_often_answered, given)
    true = run("true", "How often each digit is the truth.", chapter.how_often_true, given)
    ink = run("ink", "How much of each ideal is ink.", chapter.ink_of_ideals, given)
    blank = run("blank", "How far the blank page is from each ideal.", chapter.far_from_blank, given)
    words.markdown(_idea(given["digits"], answered.value, true.value))
    style = STYLE
    for name in NORMS:
        style = style.replace(f"{name}_COLOUR", _colour(figures.COLOURS[name]))
    st.html(
        ideals_as_css(
            given["digits"], compute.ideals(mnist, given["digits"], how=how), within=".st-key-magnet"
        )
    )
    st.html(style + _table(given["digits"], blank.value, answered.value, true.value))
    st.markdown(_why(given["digits"], ink.value.tolist(), blank.value))
    show_code(answered, true, ink, blank)
    _more_ink(given)
    _mean_or_median(given)


def _idea(digits: Sequence[int], answered: Mapping[str, Sequence[int]], true: Sequence[int]) -> str:
    total, said = sum(true), []
    for name, counts in answered.items():
        most = max(range(len(digits)), key=counts.__getitem__)
        said.append(
            f":{figures.COLOURS[name]}[{name}] answers **{digits[most]}** for "
            f"**{100 * counts[most] / total:.0f} %** of all images "
            f"({100 * true[most] / total:.0f} % are {digits[most]}s)"
        )
    where = "With all ten digits in play and the images as they are"
    return f"{where}, {', and '.join(said)}. What draws them there?"


def _table(
    digits: Sequence[int],
    blank: Mapping[str, Tensor],
    answered: Mapping[str, Sequence[int]],
    true: Sequence[int],
) -> str:
    """A row for each digit: how far the blank page is from its ideal, how often it is answered; as HTML."""
    heads = [
        "",
        "<b>Ink of the ideal</b>exactly the <em>L1</em> distance of the blank page",
        "<b>Blank page</b>its <em>L2</em> distance",
        "<b>How often it is answered</b>the mark is how often it is true",
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
        picture = f'<i style="background-image: var(--ideal-{digit})"></i>'
        rows.append(f'<tr><th scope="row">{picture}{digit}</th>{"".join(cells)}<td>{"".join(bars)}</tr>')
    norms = ["", *blank, ""]
    head = "".join(
        f'<th scope="col" data-norm="{norm}">{text}</th>' for norm, text in zip(norms, heads, strict=True)
    )
    table = f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return f'<div class="magnet"><table>{table}</table></div>'


def _bar(share: float, words: str, *, most: bool, at: float | None = None) -> str:
    mark = "" if at is None else f'<s style="left: {at:.2%}"></s>'
    track = f'<div class="track"><u style="width: {share:.2%}"></u>{mark}</div>'
    return f'<div class="bar{" most" if most else ""}">{track}{words}</div>'


def _why(digits: Sequence[int], ink: Sequence[float], blank: Mapping[str, Tensor]) -> str:
    least = min(range(len(digits)), key=ink.__getitem__)
    says = " and ".join(
        f":{figures.COLOURS[name]}[{name}] calls it **{digits[int(far.argmin())]}**"
        for name, far in blank.items()
    )
    return (
        "Most of every image is paper, and there an ideal pays for its own ink. Under :blue[L1] it pays for "
        f"every grey in full, so **the ideal with the least ink pays least**: {digits[least]}, "
        f"{ink[least]:.4f} on average. :orange[L2] squares, and a faint grey squared is next to nothing, so "
        f"it is drawn there less. The blank page is nothing but paper: {says}."
    )


@st.fragment
def _more_ink(given: Mapping[str, Hashable]) -> None:
    """A digit's ideal with more and more ink: when does the answer change?"""
    st.subheader("From the blank page to a digit", anchor=False)
    st.markdown("Begin with paper and add the ink of one ideal. When does it let go of the magnet?")
    st.segmented_control(
        "Ideal", given["digits"], default=session["faint"], key="faint", required=True, width="content"
    )
    with st.container(width=560):
        slider, ranges = st.container(), st.container()
    given = given | {"faint": settings.kept("faint"), "strength": slid("strength")}
    image = run("fainter", "An ideal with a part of its ink.", chapter.fainter, given)
    far = run("far from fainter", "How far every ideal is.", chapter.far_from_fainter, given)
    ways = run("answers by strength", "The answers as the ink grows.", chapter.answers_by_strength, given)
    verdicts = {name: Verdict.of(name, given["digits"], values) for name, values in far.value.items()}
    ranges.html(_ranges(given["faint"], given["strength"], ways.value))
    readout(
        "fainter",
        classes=given["digits"],
        seen=image.value,
        verdicts=verdicts,
        headline=headline(verdicts),
        note=f"The ideal {given['faint']} with {given['strength']} % of its ink. {_lets_go(given, ways)}",
        answers=None,
    )
    show_code(image, far, ways)
    with slider:
        slide(
            "strength",
            f"Ink of ideal {given['faint']}:",
            range(101),
            at=given["strength"],
            words=lambda percent: f"{percent} %",
        )


def _ranges(own: int, strength: int, ways: Mapping[str, Sequence[int]]) -> str:
    """What each norm answers along the slider, as HTML."""
    rows = []
    for name, answers in ways.items():
        parts = [
            f'<p style="flex: {len(list(run_))} 0 0" class="{"own" if digit == own else ""}">{digit}</p>'
            for digit, run_ in groupby(answers)
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
        said.append(
            f"{name} answers {given['faint']} from {first} % on" if first <= 100 else f"{name} never does"
        )
    return ", ".join(said) + "."


def _mean_or_median(given: Mapping[str, Hashable]) -> None:
    """The accuracies of both norms with both kinds of ideal."""
    st.subheader("Each norm has its own ideal", anchor=False)
    ran = {
        how: run(f"scores of {how}", f"All ten digits, {how} ideals.", chapter.scores, given | {"how": how})
        for how in IDEALS
    }
    pooled = {how: {name: score.pooled for name, score in each.value.items()} for how, each in ran.items()}
    names = [f":{figures.COLOURS[name]}[{name}]" for name in NORMS]
    rows = [f"| accuracy, all ten digits | {' | '.join(names)} |", "|---|--:|--:|"]
    for how, shares in pooled.items():
        cells = [
            f"**{share:.4f}**" if share == max(each[name] for each in pooled.values()) else f"{share:.4f}"
            for name, share in shares.items()
        ]
        rows.append(f"| {how} ideals | {' | '.join(cells)} |")
    changes = [pooled["median"][name] - pooled["mean"][name] for name in NORMS]
    said = " and ".join(
        f"{'helps' if change > 0 else 'hurts'} {name} ({with_sign(change)})"
        for name, change in zip(names, changes, strict=True)
    )
    table, words = st.columns([2, 3], gap="large", vertical_alignment="center")
    table.markdown("\n".join(rows))
    words.markdown(
        f"The median {said}. It is no accident: of all numbers, the **median** has the least mean "
        "absolute difference to given values, the **mean** the least mean square. So the picture nearest to "
        "all images of a digit, pixel by pixel, is their median for :blue[L1] and their mean for :orange[L2]."
    )
    words.caption(f"Source: {SOURCE}.")
    show_code(*ran.values())
