"""A wall of validation images as they were classified, with what both norms call each."""

from collections.abc import Hashable, Mapping

from torch import Tensor

from mnist_dash import chapter
from mnist_dash.chapter import listing
from mnist_dash.components.wall import Tile, wall
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.lines import made, outcome
from mnist_dash.pages.shared.set_in_use import in_use

OPENED = "opened-image"  # the container of what a page shows of the image that is chosen
KEY = "Below each picture: its label, then what :blue[L1] and :orange[L2] call it; wrong answers are filled."


def show_wall(
    name: str,
    which: Tensor,
    given: Mapping[str, Hashable],
    *,
    most: int,
    size: str = "small",
    empty: str = "",
) -> None:
    """Some of these images, and the way to the others. A click on one chooses it.

    which: int64 (n,), places among those asked. name: if there are more than ``most``, the setting
    ``{name}_from`` says which is the first in sight.
    """
    chosen, turned, total = choices(), f"{name}_from", len(which)
    first = min(chosen[turned], max(total - 1, 0)) // most * most if total > most else 0
    shown = which[first : first + most]
    asked, answers, places = (made(line, given) for line in (chapter.asked, chapter.answers, chapter.places))
    seen = made(listing.made_by("seen", given), given)
    classes = in_use().classes
    called = zip(*(of_norm[shown].tolist() for of_norm in answers.values()), strict=True)
    chosen.mount(
        wall,
        f"{name} wall",
        [
            Tile(
                place,
                classes[label],
                {norm: classes[call] for norm, call in zip(answers, calls, strict=True)},
            )
            for place, label, calls in zip(
                places[shown].tolist(), asked.labels[shown].tolist(), called, strict=True
            )
        ],
        seen[shown].byte(),
        first=first,
        most=most,
        total=total,
        opened=int(places[opened_nth(given)]),
        on_open=lambda image: {"image": image},
        on_turn=lambda start: {turned: start},
        size=size,
        empty=empty,
        reveals=OPENED,
    )


def opened_nth(given: Mapping[str, Hashable]) -> int:
    """Which of the images is looked at closely: the chosen one, if it is among them, or a telling one."""
    image, last = choices()["image"], len(in_use().valid) - 1
    among = () if image is None else (made(chapter.places, given) == min(image, last)).nonzero()[:, 0]
    return int(among[0]) if len(among) else outcome(chapter.telling, given).value
