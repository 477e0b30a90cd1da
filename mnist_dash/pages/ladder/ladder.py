"""The ladder: methods simpler than the nearest ideal, methods that cost more, and what they gain."""

from collections.abc import Collection, Hashable, Mapping
from functools import partial

import streamlit as st

from mnist_dash import chapter
from mnist_dash.chapter import listing
from mnist_dash.components.shared.numbers import percent
from mnist_dash.compute.background import Job
from mnist_dash.core.ladder import PUBLISHED, RUNGS, SOURCE, Reached, Rung, source
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import note, run, show_lines
from mnist_dash.pages.shared.exhibit import NothingToShowError, exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.lines import begun, known, on_set
from mnist_dash.pages.shared.names import kind, without_validation
from mnist_dash.pages.shared.norm_style import norm_style
from mnist_dash.pages.shared.progress import progress
from mnist_dash.pages.shared.set_in_use import in_use, mnist_in_use
from mnist_dash.pages.shared.validation import asked

MOST = 50  # ideals of a class, neighbours
STYLE = """<style>
.ladder { --quiet: light-dark(#5c6370, #a3a9b6); list-style: none; margin: 0 !important;
  padding: 0 !important; font-variant-numeric: tabular-nums; }
.ladder li { --bar: var(--norm, #8a919e); display: grid; grid-template-columns: 20.5rem 1fr 4.6rem 9.5rem;
  gap: .1rem 1rem; align-items: center; margin: 0 !important; padding: .4rem 0 !important; font-size: 1rem;
  line-height: 1.3; border-top: 1px solid light-dark(#0e11171c, #eceef21f); }
.ladder .head { border: 0; color: var(--quiet); font-size: .8rem; }
.ladder b { font-weight: 650; }
.ladder small { display: block; color: var(--quiet); font-size: .8rem; font-weight: 400; }
.ladder .bar { height: .55rem; border-radius: 1rem; background: light-dark(#0e11170f, #eceef214); }
.ladder .bar div { height: 100%; border-radius: 1rem; background: var(--bar); }
.ladder .number { text-align: right; }
.ladder .times { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem; text-align: right;
  color: var(--quiet); font-size: .875rem; }
.ladder .times span:only-child { grid-column: 1 / 3; }
.ladder .times i { display: none; font-style: normal; }
.ladder .published b { font-weight: 400; }
.ladder .published .bar div { background: none; border: 1.5px solid var(--bar); box-sizing: border-box; }
@media (max-width: 760px) {
  .ladder li { grid-template-columns: 1fr auto; }
  .ladder .head { display: none; }
  .ladder .bar { grid-row: 2; grid-column: 1 / 3; }
  .ladder .times { grid-column: 1 / 3; display: flex; gap: 1rem; }
  .ladder .times i { display: inline; }
}
@media (forced-colors: active) {
  .ladder .bar { border: 1px solid GrayText; }
  .ladder .bar div { background: CanvasText; forced-color-adjust: none; }
}
</style>"""


@exhibit
def ladder() -> None:
    """Every rung with its accuracy and its time. The slow ones run on demand."""
    st.markdown(
        explained(
            "A baseline is **the score every more complicated model must beat**. The ladder begins with "
            "methods even simpler than the nearest ideal and goes on to ones that take more work, such as "
            "[[k-means]], [[nearest neighbours]] and [[SGD]]. Every method learns from the same training "
            "images and is tested on the same [[validation|validation set]] images, on this computer."
        ),
        unsafe_allow_html=True,
    )
    chosen, given = choices(), asked()
    if why := without_validation(given["digits"]):
        raise NothingToShowError(why)
    most = _most(given)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        for name, label in {
            "several": f"Ideals of each {kind()} (k)",
            "neighbours": "Neighbours that vote (k)",
        }.items():
            if most[name] > 1:
                at = partial(min, most[name])
                st.slider(label, 1, most[name], width=260, **chosen.control(name, "value", at))
        climb = st.container(width="content")
    wanted = {
        name: given | {"rung": name, "k": min(chosen[rung.k], most[rung.k]) if rung.k else None}
        for name, rung in RUNGS.items()
    }
    left = [name for name in RUNGS if not _climbed(wanted[name])]
    slow = [name for name in left if RUNGS[name].slow]
    these = frozenset(given.items())
    climbing = chosen["climbing"] == these  # with other choices it has ended
    with climb:
        if climbing and slow:
            chosen.button("Stop", {"climbing": None})
        else:
            chosen.button("Run the rest", {"climbing": these}, disabled=not slow)
    reached, refused = {}, {}
    for name, asked_for in wanted.items():
        title, idea = _words(RUNGS[name])
        cell = (f"rung {name}", f"{title}: {idea}", chapter.climbed, asked_for)
        if name not in left:
            ran = run(*cell)
            if ran.error:
                refused[name] = str(ran.error)
            else:
                reached[name] = ran.value
        elif not RUNGS[name].slow:
            note(*cell)
    queue = [name for name in left if name not in slow] or (slow[:1] if climbing else [])
    if queue:

        def look() -> Job:
            """At the first; the others go on too."""
            jobs = [begun(chapter.climbed, wanted[name]) for name in queue]
            return jobs[0]

        progress(look, lambda said: _told(RUNGS[queue[0]], said))
    else:
        st.caption(_counted(next(iter(reached.values()))))
    comparable = len(given["digits"]) == len(in_use().labels) and not given["first"]
    comparable = comparable and "seen" not in given and mnist_in_use()
    st.html(norm_style() + STYLE)
    st.html(_table(reached, refused, wanted, queue, comparable=comparable))
    st.caption(_published(comparable=comparable))
    _code(wanted)


def _most(given: Mapping[str, Hashable]) -> Mapping[str, int]:
    """How many ideals a class can have, and how many neighbours an image: as many as there are images."""
    places = in_use().train.places
    counts = [len(places[cls][: given["first"]]) for cls in given["digits"]]
    return {"several": min(MOST, max(counts)), "neighbours": min(MOST, sum(counts))}


def _words(rung: Rung) -> tuple[str, str]:
    """Its title and its idea, about the classes of the set in use."""
    return tuple(text.replace("digit", kind()) for text in (rung.title, rung.idea))


def _climbed(asked_for: Mapping[str, Hashable]) -> bool:
    job = known(chapter.climbed, asked_for)
    return job is not None and job.done


def _code(wanted: Mapping[str, Mapping[str, Hashable]]) -> None:
    """The lines of one rung, and those that train it, on demand."""
    chosen = choices()
    folded = st.expander("The code that ran", key="code of the ladder", on_change="rerun")
    if folded.open:
        with folded:
            st.selectbox(
                "Rung",
                list(RUNGS),
                format_func=lambda name: _words(RUNGS[name])[0],
                width=280,
                **chosen.control("rung", "index", list(RUNGS).index),
            )
            show_lines(listing.text(chapter.climbed, on_set(wanted[chosen["rung"]])), "a rung")
            st.caption("How it is trained:")
            st.code(source(RUNGS[chosen["rung"]]), language="python")


def _told(rung: Rung, said: tuple[str, float] | None) -> tuple[float, str]:
    word, share = said or ("learns", 0.0)
    return share, f"{_words(rung)[0]} {word} …"


def _counted(reached: Reached) -> str:
    total = sum(reached.score.total)
    return f"Trained on {reached.images:,} images, scored on {total:,}. The times were measured here."


def _published(*, comparable: bool) -> str:
    if not mnist_in_use():
        return "Published figures are left out: they are for MNIST."
    if not comparable:
        return (
            "Published figures are for all ten digits, all 60,000 training images and the 10,000 others as "
            "they are. They can't be compared with what you chose, so they are left out."
        )
    return (
        f"Hollow: published figures, not measured here, from {SOURCE}, where no other source is named. They "
        "are for the same 60,000 and 10,000 images, but the methods differ in their details: expect similar "
        "numbers, not equal ones. Nearest neighbours appear twice because the paper's figure is low and it "
        "does not say why; K. Wilder repeated the test on the same images and got nearly what we get."
    )


# -- the picture -------------------------------------------------------------------------------------


def _table(
    reached: Mapping[str, Reached],
    refused: Mapping[str, str],
    wanted: Mapping[str, Mapping[str, Hashable]],
    queue: Collection[str],
    *,
    comparable: bool,
) -> str:
    rows = []
    for name, rung in RUNGS.items():
        title, idea = _words(rung)
        title += f", k = {wanted[name]['k']}" if rung.k else ""
        if name in reached:
            one = reached[name]
            times = f"<span><i>learns in </i>{_seconds(one.teaching)}</span>"
            times += f"<span><i>answers in </i>{_seconds(one.answering)}</span>"
            number = f"{percent(one.score.pooled)}<small>{one.wrong:,} wrong</small>"
            rows.append(_row(title, idea, one.score.pooled, number, times, rung.norm))
        else:
            waits = refused.get(name, "…" if name in queue else "not run yet")
            rows.append(_row(title, idea, 0, "", f"<span>{waits}</span>", rung.norm))
    rows += [
        _row(each.title, each.by, each.accuracy, percent(each.accuracy), "", kind="published")
        for each in (PUBLISHED if comparable else ())
    ]
    head = "<li class=head aria-hidden=true><span></span><span>accuracy, from 0 to 1</span><span></span>"
    head += "<span class=times><span>learns</span><span>answers</span></span></li>"
    return f"<ol class=ladder>{head}{''.join(rows)}</ol>"


def _row(
    title: str, idea: str, accuracy: float, number: str, times: str, norm: str = "", kind: str = ""
) -> str:
    bar = f"<div style='width: {100 * accuracy:.2f}%'></div>" if accuracy else ""
    return (
        f'<li data-norm="{norm}" class="{kind}"><span class=name><b>{title}</b><small>{idea}</small></span>'
        f"<span class=bar>{bar}</span><b class=number>{number}</b><span class=times>{times}</span></li>"
    )


def _seconds(seconds: float) -> str:
    if seconds < 0.001:
        return "&lt; 1 ms"
    return f"{1000 * seconds:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
