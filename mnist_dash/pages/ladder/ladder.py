"""The ladder: what is simpler than the nearest ideal, what is dearer, and what that gains."""

from collections.abc import Hashable, Mapping

import streamlit as st

from mnist_dash import chapter, compute
from mnist_dash.chapter import listing
from mnist_dash.components.figures import COLOURS
from mnist_dash.core.ladder import PUBLISHED, RUNGS, SOURCE, Reached, Rung, source
from mnist_dash.pages.shared import settings
from mnist_dash.pages.shared.code import note, run
from mnist_dash.pages.shared.in_pieces import go_on

session = st.session_state
MOST = 50  # ideals of a digit, neighbours
PATIENT = 0.25  # seconds at a time for the slow ones, which one has asked for


@st.fragment(key="ladder")
def ladder(given: Mapping[str, Hashable]) -> None:
    """Every rung with its accuracy and its time. The slow ones are climbed when one asks for it."""
    st.header("The ladder", anchor="ladder")
    st.markdown(
        "What is a baseline for? It says **what a dearer method has to beat**. First comes what is even "
        "simpler than the ideal, then what costs more. Each rung learns from the same training images and "
        "answers the same validation images, on this computer."
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.slider("Ideals of each digit (k)", 1, MOST, session["several"], key="several", width=260)
        st.slider("Neighbours that vote (k)", 1, MOST, session["neighbours"], key="neighbours", width=260)
        climb = st.container(width="content")
    wanted = {name: _asked(given, name, rung) for name, rung in RUNGS.items()}
    works = {name: compute.known(chapter.climbed, asked) for name, asked in wanted.items()}
    left = [name for name, work in works.items() if not (work and work.done)]
    climbing = session.get("climbing") == frozenset(given.items())
    if not climbing:  # a control that was moved has ended it
        session["climbing"] = None
    with climb:
        slow = any(RUNGS[name].slow for name in left)
        if climbing and slow:
            st.button("Stop", key="stop", on_click=_climb, args=(None,))
        else:
            st.button("Climb the rest", key="climb", on_click=_climb, args=(given,), disabled=not slow)
    now = next((name for name in left if climbing or not RUNGS[name].slow), None)
    reached = {}
    for name, asked in wanted.items():
        cell = (f"rung {name}", f"{RUNGS[name].title}: {RUNGS[name].idea}", chapter.climbed, asked)
        if name not in left:
            reached[name] = run(*cell).value
        elif not RUNGS[name].slow:
            note(*cell)
    if now:
        work = compute.begun(chapter.climbed, wanted[now])
        seconds = {"seconds": PATIENT} if RUNGS[now].slow else {}
        go_on("ladder", work, lambda said: _told(RUNGS[now], said), **seconds)
    else:
        st.caption(_counted(next(iter(reached.values()))))
    comparable = len(given["digits"]) == len(compute.mnist().classes) and not given["first"]
    comparable = comparable and "seen" not in given
    st.html(_table(reached, wanted, now, comparable=comparable))
    st.caption(_published(comparable=comparable))
    with st.expander("The code that ran"):
        st.selectbox(
            "Rung",
            list(RUNGS),
            list(RUNGS).index(session["rung"]),
            format_func=lambda name: RUNGS[name].title,
            key="rung",
            width=280,
        )
        shown = settings.kept("rung")
        st.code(listing.text(chapter.climbed, wanted[shown]), language="python")
        st.caption("How it is taught:")
        st.code(source(RUNGS[shown]), language="python")


def _asked(given: Mapping[str, Hashable], name: str, rung: Rung) -> dict[str, Hashable]:
    return {**given, "rung": name, "k": settings.kept(rung.k) if rung.k else None}


def _climb(given: Mapping[str, Hashable] | None) -> None:
    session["climbing"] = given and frozenset(given.items())


def _told(rung: Rung, said: tuple[str, float] | None) -> tuple[float, str]:
    word, share = said or ("learns", 0.0)
    return share, f"{rung.title} {word} …"


def _counted(reached: Reached) -> str:
    total = sum(reached.score.total)
    return f"Taught on {reached.images:,} images, scored on {total:,}. The seconds were measured here."


def _published(*, comparable: bool) -> str:
    told = f"Hollow: published figures, from {SOURCE}, not measured here. "
    if comparable:
        return told + (
            "They are for the same 60,000 and 10,000 images, but the methods differ in their details: expect "
            "similar numbers, not equal ones."
        )
    return told + (
        "**They are no comparison now:** they are for all ten digits, all 60,000 training images and the "
        "10,000 others as they are."
    )


# -- the picture -------------------------------------------------------------------------------------


def _table(
    reached: Mapping[str, Reached],
    wanted: Mapping[str, Mapping[str, Hashable]],
    now: str | None,
    *,
    comparable: bool,
) -> str:
    rows = []
    for name, rung in RUNGS.items():
        title = rung.title + (f", k = {wanted[name]['k']}" if rung.k else "")
        if name in reached:
            one = reached[name]
            times = f"<span><i>learns in </i>{_seconds(one.teaching)}</span>"
            times += f"<span><i>answers in </i>{_seconds(one.answering)}</span>"
            number = f"{one.score.pooled:.4f}<small>{one.wrong:,} wrong</small>"
            rows.append(_row(title, rung.idea, one.score.pooled, number, times, rung.norm or "none"))
        else:
            waits = "…" if name == now or not rung.slow else "not climbed yet"
            rows.append(_row(title, rung.idea, 0, "", f"<span>{waits}</span>", rung.norm or "none"))
    rows += [
        _row(each.title, "Published, 1998.", each.accuracy, f"{each.accuracy:.4f}", "", "published")
        for each in PUBLISHED
    ]
    head = "<li class=head aria-hidden=true><span></span><span>accuracy, from 0 to 1</span><span></span>"
    head += "<span class=times><span>learns</span><span>answers</span></span></li>"
    return f"{_style()}<ol class='ladder {'' if comparable else 'apart'}'>{head}{''.join(rows)}</ol>"


def _row(title: str, idea: str, accuracy: float, number: str, times: str, kind: str) -> str:
    bar = f"<div style='width: {100 * accuracy:.2f}%'></div>" if accuracy else ""
    return (
        f"<li class={kind}><span class=name><b>{title}</b><small>{idea}</small></span>"
        f"<span class=bar>{bar}</span><b class=number>{number}</b><span class=times>{times}</span></li>"
    )


def _seconds(seconds: float) -> str:
    if seconds < 0.001:
        return "&lt; 1 ms"
    return f"{1000 * seconds:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def _style() -> str:
    colours = {
        norm: [st.get_option(f"theme.{theme}.{colour}Color") for theme in ("light", "dark")]
        for norm, colour in COLOURS.items()
    }
    norms = "".join(
        f".ladder .{norm} {{ --bar: light-dark({light}, {dark}); }}"
        for norm, (light, dark) in colours.items()
    )
    return f"""<style>
.ladder {{ --bar: #8a919e; --quiet: light-dark(#5c6370, #a3a9b6); list-style: none;
  margin: 0 !important; padding: 0 !important;
  font-variant-numeric: tabular-nums; }}
.ladder li {{ display: grid; grid-template-columns: 20.5rem 1fr 4.6rem 9.5rem; gap: .1rem 1rem;
  align-items: center; margin: 0 !important; padding: .4rem 0 !important; font-size: .95rem; line-height: 1.3;
  border-top: 1px solid light-dark(#0e11171c, #eceef21f); }}
.ladder .head {{ border: 0; color: var(--quiet); font-size: .8rem; }}
.ladder b {{ font-weight: 650; }}
.ladder small {{ display: block; color: var(--quiet); font-size: .82rem; font-weight: 400; }}
.ladder .bar {{ height: .55rem; border-radius: 1rem; background: light-dark(#0e11170f, #eceef214); }}
.ladder .bar div {{ height: 100%; border-radius: 1rem; background: var(--bar); }}
.ladder .number {{ text-align: right; }}
.ladder .times {{ display: grid; grid-template-columns: 1fr 1fr; gap: .5rem; text-align: right;
  color: var(--quiet); font-size: .85rem; }}
.ladder .times span:only-child {{ grid-column: 1 / 3; }}
.ladder .times i {{ display: none; font-style: normal; }}
.ladder .published b {{ font-weight: 400; }}
.ladder .published .bar div {{ background: none; border: 1.5px solid var(--bar); box-sizing: border-box; }}
.ladder.apart .published :is(b, .name) {{ color: var(--quiet); }}
{norms}
@media (max-width: 760px) {{
  .ladder li {{ grid-template-columns: 1fr auto; }}
  .ladder .head {{ display: none; }}
  .ladder .bar {{ grid-row: 2; grid-column: 1 / 3; }}
  .ladder .times {{ grid-column: 1 / 3; display: flex; gap: 1rem; }}
  .ladder .times i {{ display: inline; }}
}}
</style>"""
