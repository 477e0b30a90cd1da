"""One validation image: what both norms say of it, and where the distances that decide come from."""

from collections.abc import Hashable, Mapping
from functools import partial

import streamlit as st
from torch import Tensor

from mnist_dash import chapter
from mnist_dash.components import figures
from mnist_dash.components.digit_pad import Drawing
from mnist_dash.components.maps import Group, Map, Scale, maps
from mnist_dash.components.readout import headline, ideals_as_css, note, readout
from mnist_dash.compute import Verdict
from mnist_dash.core.baseline import NORMS
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.controls import norm_control
from mnist_dash.pages.shared.drawn import fits_the_pad
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.lines import made, outcome
from mnist_dash.pages.shared.names import kind
from mnist_dash.pages.shared.set_in_use import in_use
from mnist_dash.pages.shared.validation import asked
from mnist_dash.pages.shared.walls import OPENED, opened_nth
from mnist_dash.pages.shared.words import most

SPOILED = " Spoiled as chosen on Stress."


@exhibit
def opened_image() -> None:
    """The image, both verdicts, a map for each ideal concerned."""
    given = asked()
    if choices()["image"] is None:
        run("telling", "An image that only one norm gets right.", chapter.telling, given)
    nth = opened_nth(given)
    given = given | {"nth": nth}
    image = run("one seen", "One image, as it is classified.", chapter.one_seen, given)
    said = run("said", "What both norms say of it.", chapter.said, given)
    two = run("concerned", f"The true {kind()}, and the nearest of the others.", chapter.concerned, given)
    ideals = run("ideals concerned", "Their ideals.", chapter.ideals_concerned, given)
    costs = run("costs concerned", "What each pixel costs against them.", chapter.costs_concerned, given)
    place = int(made(chapter.places, given)[nth])
    true = next(iter(two.value.values()))[0]
    verdicts = {
        name: Verdict(name, given["digits"], tuple(row.values()), nearest, runner_up, margin)
        for name, (row, nearest, runner_up, margin) in said.value.items()
    }
    with st.container(key=OPENED):
        st.header("A closer look", anchor=False)
        st.markdown("Choose any picture above, or go from mistake to mistake.")
        _buttons(given, image.value)
        st.html(ideals_as_css(given["digits"], made(chapter.ideals_in_play, given)))
        answers, sources = st.columns([2, 3], gap="large")
        with answers:
            readout(
                "opened readout",
                in_use(),
                classes=given["digits"],
                seen=image.value.byte(),
                verdicts=verdicts,
                headline=headline(verdicts, in_use().classes),
                note=note(verdicts, in_use(), (place, true), exact=False)
                + (SPOILED if "seen" in given else ""),
                answers=None,
            )
        with sources:
            st.markdown(
                "**Where do these distances come from?** Every pixel adds a little: here is how much, "
                "against the image's own ideal and the nearest other."
            )
            for column, name in zip(st.columns(2, gap="medium"), NORMS, strict=True):
                with column:
                    _maps(
                        name,
                        true,
                        verdicts[name],
                        two.value[name],
                        image.value,
                        ideals.value[name],
                        costs.value[name],
                    )
        show_code(said, costs)


def _buttons(given: Mapping[str, Hashable], image: Tensor) -> None:
    """From one mistake of the chosen norm to the one before or after it, and to the pad."""
    chosen = choices()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        norm = norm_control()
        wrong = {"by": norm} | given
        run("called wrongly", f"The images that {norm} calls wrongly.", chapter.called_wrongly, wrong)
        for word, onwards in {"Previous": False, "Next": True}.items():
            chosen.button(
                f"{word} mistake of :{figures.COLOURS[norm]}[{norm}]",
                partial(_mistake, onwards),
                disabled=not _mistake(onwards),
            )
        if fits_the_pad():
            chosen.button(
                "Put it on the pad",
                {"page": "draw", "drawing": Drawing.of(image.byte())},
                help="Pixel for pixel, to change it and watch both norms.",
            )


def _mistake(onwards: bool) -> dict[str, int]:
    """The chosen norm's next mistake, or the one before, as a choice; empty if there is none."""
    given = asked() | {"by": choices()["norm"]}
    nth, wrong = opened_nth(given), outcome(chapter.called_wrongly, given).value
    found = wrong[wrong > nth][:1] if onwards else wrong[wrong < nth][-1:]
    return {"image": int(made(chapter.places, given)[found])} if len(found) else {}


def _maps(
    name: str,
    true: int,
    verdict: Verdict,
    two: tuple[int, int],
    image: Tensor,
    ideals: Tensor,
    costs: Tensor,
) -> None:
    norm, ink = NORMS[name], 255 if image.is_floating_point() else 1
    top = float(costs.max())
    distances = dict(zip(verdict.classes, verdict.distances, strict=True))
    pixels, names = image if image.is_floating_point() else image / 255, in_use().classes
    roles = ("its own", "the answer" if verdict.nearest != true else "the runner-up")
    maps(
        f"opened {name}",
        [
            Group(
                [
                    Map(
                        "the image",
                        pixels,
                        f"The image, labelled {names[true]}",
                        top=ink,
                        decimals=0 if ink > 1 else 3,
                    ),
                    Map(f"ideal {names[digit]}", ideal, f"Ideal {names[digit]}", sign="−"),
                    Map(
                        norm.cost,
                        cost,
                        f"What each pixel costs under {name} against ideal {names[digit]}: {most(cost)}",
                        name,
                        top,
                        sign="→",
                    ),
                ],
                title=f"{name} to ideal {names[digit]}, {role}",
                norm=name,
                sum=f"{norm.formula} =",
                value=f"{distances[digit]:.4f}",
            )
            for digit, role, ideal, cost in zip(two, roles, ideals, costs, strict=True)
        ],
        scales=[Scale(name, "0", f"{top:,.2f}", f"{norm.cost} of one pixel, both maps on one scale")],
        hint="",
    )
