"""Make a better ideal: paint on the ideals and see at once how often they are right; or let SGD paint."""

from collections.abc import Mapping

import streamlit as st
from torch import Tensor

from mnist_dash import chapter
from mnist_dash.components.figures import COLOURS
from mnist_dash.components.ideal_pads import Right, ideal_pads
from mnist_dash.components.live_curves import Curve, live_curves
from mnist_dash.components.shared.mount import Values
from mnist_dash.components.shared.numbers import percent
from mnist_dash.compute.background import Job
from mnist_dash.core.baseline import NORMS
from mnist_dash.pages.better.pads import (
    Painted,
    all_painted,
    drawn_for,
    given,
    greys,
    of_means,
    painted_over,
    shown,
)
from mnist_dash.pages.shared.choices import again, choices, part
from mnist_dash.pages.shared.code import Ran, note, run, show_code
from mnist_dash.pages.shared.controls import digits_control
from mnist_dash.pages.shared.drawn import seen
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.lines import begun, made, outcome
from mnist_dash.pages.shared.names import single, without_validation
from mnist_dash.pages.shared.progress import EVERY
from mnist_dash.pages.shared.set_in_use import in_use, shape
from mnist_dash.pages.shared.settings import Descended
from mnist_dash.pages.shared.validation import as_in_the_book

STEPS = {"rate": 2, "rounds": 20, "seed": 4, "first": None}  # of SGD, ten a round
SHOWN = "The ideals on the pads"


@exhibit
def make_a_better_ideal() -> None:
    """The pads with their scores, and whose they are; below, what painting by these scores is worth."""
    chosen = choices()
    digits, painted = chosen["digits"], chosen["painted"]
    st.markdown(
        explained(
            "**Paint on the ideals**: every stroke is scored on the whole [[validation set]]. Try more ink "
            "where the rival has none, and less where both have some."
        ),
        unsafe_allow_html=True,
    )
    if why := without_validation(digits):
        st.info(why)
    elif chosen["descending"] == (digits, painted):
        _descending()
    else:
        _painting()
    digits_control()
    st.caption(
        explained(
            "If you paint to raise the validation score, you fit the ideals to these very images, and the "
            "score flatters you. It is honest to fit on training images, as [[SGD]] does, and to score on "
            "others. A link to this page leaves your ideals out."
        ),
        unsafe_allow_html=True,
    )


# -- by hand ---------------------------------------------------------------------------------------------


@part
@exhibit
def _painting() -> None:
    """It runs alone while a stroke moves; then the whole page does."""
    chosen = choices()
    digits, painted = chosen["digits"], chosen["painted"]
    moving = chosen.moving == "painted"
    lines = given(painted, digits)
    on_valid = run("pads", "How often the painted ideals are right.", chapter.pads_on_validation, lines)
    ran, training = [on_valid], None
    if not moving:
        ran.append(run("pads on training", "And on training images.", chapter.pads_on_training, lines))
        training = {norm: score.pooled for norm, score in ran[-1].value.items()}
    counts = {norm: sum(score.right) for norm, score in on_valid.value.items()}
    _pads(None if moving else shown(painted, digits), counts, training)
    _buttons()
    done = chosen["descended"]
    if done and done.digits == digits and done.painted == painted:
        _curves(done)
        _told(done)
        steps = STEPS | {"rounds": len(done.shares) - 1}
        lines = given(done.begun, digits) | steps
        code = note("SGD", "SGD on the ideals, from the same pads.", chapter.descended, lines)
        ran.append(Ran("SGD", None, None, code))
    show_code(*ran, key="better ideals")


def _pads(
    pads: Tensor | None,
    counts: Mapping[str, int],
    training: Mapping[str, float] | None,
    *,
    busy: bool = False,
) -> None:
    chosen = choices()
    digits = chosen["digits"]
    mean = run("mean", "What is to be beaten.", chapter.scores, as_in_the_book(digits))
    scores = {
        norm: Right(
            counts[norm], sum(score.total), sum(score.right), None if training is None else training[norm]
        )
        for norm, score in mean.value.items()
    }

    def painted(pads: Mapping[int, bytes], moving: bool, number: int, step: int) -> Values:
        chosen.moving = "painted" if moving else None
        return chosen.changed("painted", painted_over(chosen["painted"], pads), number, step)

    chosen.mount(
        ideal_pads,
        "ideals pad",
        digits,
        pads,
        scores,
        names=[in_use().classes[cls] for cls in digits],
        shape=shape(),
        of=of_means(digits),
        number=chosen.copy("painted").number,
        busy=busy,
        received=chosen.answered("ideals pad", "paint"),
        on_paint=painted,
    )


def _buttons() -> None:
    """What puts something on the pads, and what lets the gradient do so."""
    chosen = choices()
    drawing = seen(chosen, chosen["off"])

    def put(how: str, ink: int = 1) -> Values:
        digits = chosen["digits"]
        return {"painted": all_painted(chosen["painted"], digits, ink * greys(digits, how))}

    def put_drawing() -> Values:
        drawing = seen(chosen, chosen["off"])
        if drawing is None:
            return {}
        digit = drawn_for(drawing, chosen["digits"])
        return {"painted": painted_over(chosen["painted"], {digit: drawing.numpy().tobytes()})}

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("Begin from", width="content")
        chosen.button("The mean", lambda: put("mean"))
        chosen.button("The median", lambda: put("median"))
        chosen.button("Blank pads", lambda: put("mean", ink=0))
        if drawing is not None:
            digit = drawn_for(drawing, chosen["digits"])
            chosen.button(f"My drawing as the {single(digit)}", put_drawing, key="drawing on a pad")
        chosen.button(
            "Let the gradient paint",
            lambda: {"descending": (chosen["digits"], chosen["painted"])},
            help=f"{10 * STEPS['rounds']} steps of SGD, starting from the pads as they are. Undo takes them "
            "back.",
        )


# -- by the gradient -------------------------------------------------------------------------------------


def _job(from_pads: Painted) -> Job:
    return begun(chapter.descended, given(from_pads, choices()["digits"]) | STEPS)


def _record(from_pads: Painted, said: tuple) -> Values:
    """What has come of it so far, as choices."""
    losses, shares, pads = said
    digits = choices()["digits"]
    painted = all_painted(from_pads, digits, pads)
    done = Descended(digits, from_pads, tuple(losses), tuple(shares), painted)
    return {"painted": painted, "descended": done, "descending": None}


@part(run_every=EVERY)
@exhibit
def _descending() -> None:
    """The pads and the curves as SGD goes on; once it is done, the whole page runs."""
    chosen = choices()
    from_pads, digits = chosen["painted"], chosen["digits"]
    job = _job(from_pads)
    said = job.value if job.done else job.said
    if job.done:
        chosen.choose(**_record(from_pads, said))
        again()
    losses, shares, pads = said or ([], [_start(from_pads)], shown(from_pads, digits))
    total = len(made(chapter.asked, {"digits": digits}))
    now = shares[-1]
    _pads(
        pads,
        {norm: round(now[norm][0] * total) for norm in NORMS},
        {norm: now[norm][1] for norm in NORMS},
        busy=True,
    )

    def stopped() -> Values:
        said = _job(from_pads).said
        return _record(from_pads, said) if said and said[0] else {"descending": None}

    with st.container(horizontal=True, vertical_alignment="center"):
        chosen.button("Stop", stopped)
        st.caption(f"Step {len(losses)} of {10 * STEPS['rounds']} …", width="content")
    if losses:
        _curves(Descended(digits, from_pads, tuple(losses), tuple(shares), ()))


def _start(from_pads: Painted) -> Mapping[str, tuple[float, float]]:
    lines = given(from_pads, choices()["digits"])
    on_valid, on_training = (
        outcome(line, lines).value for line in (chapter.pads_on_validation, chapter.pads_on_training)
    )
    return {norm: (on_valid[norm].pooled, on_training[norm].pooled) for norm in NORMS}


def _curves(done: Descended) -> None:
    """The loss of every step, and the accuracies after every ten."""
    steps = len(done.losses)
    loss, accuracy = st.columns([2, 3], gap="medium")
    with loss:
        live_curves(
            "loss",
            list(range(1, steps + 1)),
            [
                Curve(
                    "loss, 256 images a step", done.losses, done.losses[-1], f"{done.losses[-1]:.3f}", "quiet"
                )
            ],
            at=steps,
            title="step",
            span=(0, max(done.losses)),
            decimals=(0, 2),
            height=160,
            label=f"The loss goes from {done.losses[0]:.3f} to {done.losses[-1]:.3f} in {steps} steps.",
        )
    kinds = {"": 0, ", training": 1}
    curves = [
        Curve(
            f"{norm}{kind}",
            [100 * each[norm][place] for each in done.shares],
            100 * done.shares[-1][norm][place],
            percent(done.shares[-1][norm][place]),
            norm,
            dashed=bool(place),
        )
        for norm in NORMS
        for kind, place in kinds.items()
    ]
    values = [value for curve in curves for value in curve.y]
    with accuracy:
        live_curves(
            "accuracy of steps",
            [10 * place for place in range(len(done.shares))],
            curves,
            at=steps,
            title="step",
            span=(min(values), max(values)),
            decimals=(0, 0),
            height=160,
            label="; ".join(
                f"{norm} goes from {percent(done.shares[0][norm][0])} to "
                f"{percent(done.shares[-1][norm][0])} on validation images"
                for norm in NORMS
            ),
        )


def _told(done: Descended) -> None:
    """What the steps did, in words."""
    said = []
    for norm, colour in COLOURS.items():
        before, after = (percent(shares[norm][0]) for shares in (done.shares[0], done.shares[-1]))
        said.append(f":{colour}[{norm}] from {before} to **{after}**")
    st.markdown(
        f"**{len(done.losses)} steps of stochastic gradient descent (SGD) took {' and '.join(said)}** on "
        "validation images, none of which were used for training. Each step took 256 training images, worked "
        "out which way every pixel should change to lower the loss (the cross-entropy of −100 · L2²), and "
        f"changed it a little, at learning rate {STEPS['rate']}. This is where the chapter's second half "
        "begins."
    )
