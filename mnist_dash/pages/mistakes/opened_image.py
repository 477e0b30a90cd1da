"""One validation image: what both norms say of it, and where the distances that decide come from."""

from collections.abc import Callable, Hashable, Mapping

import streamlit as st
from torch import Tensor

from mnist_dash import chapter, compute
from mnist_dash.components import figures
from mnist_dash.components.maps import Group, Map, Scale, maps
from mnist_dash.components.readout import headline, ideals_as_css, note, readout
from mnist_dash.compute import Verdict
from mnist_dash.core.baseline import NORMS
from mnist_dash.pages.shared import settings
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.to_pad import to_pad
from mnist_dash.pages.shared.walls import OPENED, opened_nth
from mnist_dash.pages.shared.words import most

SPOILED = " Spoiled as chosen above."


def opened_image(given: Mapping[str, Hashable], norm: str, on_open: Callable[[int], None]) -> int:
    """The image, both verdicts, a map for each ideal concerned. Returns which of the images asked it is.

    norm: the buttons go from one of its mistakes to the next. on_open: called with the place of that image
    in the whole validation set.
    """
    if settings.kept("image") is None:
        run("telling", "An image that one norm alone calls rightly.", chapter.telling, given)
    nth = opened_nth(given)
    given = given | {"nth": nth}
    image = run("one seen", "One image, as it is classified.", chapter.one_seen, given)
    said = run("said", "What both norms say of it.", chapter.said, given)
    two = run("concerned", "The true digit, and the nearest of the others.", chapter.concerned, given)
    ideals = run("ideals concerned", "Their ideals.", chapter.ideals_concerned, given)
    costs = run("costs concerned", "What each pixel costs against them.", chapter.costs_concerned, given)
    place = int(compute.made(chapter.places, given)[nth])
    true = next(iter(two.value.values()))[0]
    verdicts = {
        name: Verdict(name, given["digits"], tuple(row.values()), nearest, runner_up, margin)
        for name, (row, nearest, runner_up, margin) in said.value.items()
    }
    with st.container(key=OPENED):
        st.header("A closer look", anchor="closer-look")
        st.markdown(
            "**The shortest of these distances is the answer.** Choose any picture above, or go from mistake "
            "to mistake."
        )
        _buttons(given, norm, nth, image.value, on_open)
        st.html(ideals_as_css(given["digits"], compute.made(chapter.ideals_in_play, given)))
        readout(
            "opened readout",
            classes=given["digits"],
            seen=image.value.byte(),
            verdicts=verdicts,
            headline=headline(verdicts),
            note=note(verdicts, (place, true), exact=False) + (SPOILED if "seen" in given else ""),
            answers=None,
        )
        st.markdown(
            "**Where do these distances come from?** From every pixel a little: here is what each costs "
            "against the image's own ideal, and against the nearest of the others."
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
    return nth


def _buttons(
    given: Mapping[str, Hashable], norm: str, nth: int, image: Tensor, on_open: Callable[[int], None]
) -> None:
    wrong = run(
        "called wrongly",
        f"The images that {norm} calls wrongly.",
        chapter.called_wrongly,
        given | {"by": norm},
    ).value
    places = compute.made(chapter.places, given)
    before, after = wrong[wrong < nth], wrong[wrong > nth]
    named = f":{figures.COLOURS[norm]}[{norm}]"
    with st.container(horizontal=True):
        for label, found in {
            f"Previous mistake of {named}": before[-1:],
            f"Next mistake of {named}": after[:1],
        }.items():
            st.button(label, on_click=on_open, args=places[found].tolist(), disabled=not len(found))
        if st.button("Put it on the pad", help="Pixel for pixel, to change it and watch both norms."):
            to_pad(image)


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
    pixels = image if image.is_floating_point() else image / 255
    roles = ("its own", "what it is called" if verdict.nearest != true else "the runner-up")
    maps(
        f"opened {name}",
        [
            Group(
                [
                    Map(
                        "the image",
                        pixels,
                        f"The image, labelled {true}",
                        top=ink,
                        decimals=0 if ink > 1 else 3,
                    ),
                    Map(f"ideal {digit}", ideal, f"Ideal {digit}", sign="−"),
                    Map(
                        norm.cost,
                        cost,
                        f"What each pixel costs under {name} against ideal {digit}: {most(cost)}",
                        name,
                        top,
                        sign="→",
                    ),
                ],
                title=f"{name} to ideal {digit}, {role}",
                norm=name,
                sum=f"{norm.formula} =",
                value=f"{distances[digit]:.4f}",
            )
            for digit, role, ideal, cost in zip(two, roles, ideals, costs, strict=True)
        ],
        scales=[Scale(name, "0", f"{top:,.2f}", f"{norm.cost} of one pixel, both maps on one scale")],
        hint="",
    )
