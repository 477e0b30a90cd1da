"""Be the classifier: the reader and both norms on the same few validation images."""

from collections.abc import Collection, Hashable, Mapping

import streamlit as st
from torch import Tensor

from mnist_dash import chapter
from mnist_dash.chapter import listing
from mnist_dash.components.confusion import confusion
from mnist_dash.components.figures import COLOURS
from mnist_dash.components.race import LATE, race
from mnist_dash.components.shared.mount import Values
from mnist_dash.components.shared.numbers import percent
from mnist_dash.components.wall import Tile, wall
from mnist_dash.core.baseline import NORMS, Accuracy
from mnist_dash.core.paired import Paired
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.lines import made
from mnist_dash.pages.shared.names import kind
from mnist_dash.pages.shared.set_in_use import in_use
from mnist_dash.pages.shared.settings import DRAWN_FROM, PACES, RACE, SEEDS
from mnist_dash.pages.shared.validation import asked

NAMES = {"you": "You"} | {norm: f":{colour}[{norm}]" for norm, colour in COLOURS.items()}
FEW = 4  # digits, up to which the tables are small
CHANCE = 0.05  # a difference that would come about so often by chance says nothing


@exhibit
def be_the_classifier() -> None:
    """The images, one by one; and once all are answered, how everybody did."""
    given = asked()
    seed, said = choices()["race"]
    count = min(RACE, len(made(chapter.asked, given)))
    given |= {"seed": seed, "count": count}
    if len(said) == count and {*said} <= {*given["digits"], LATE}:
        _result(given | {"yours": said})
    else:
        _start(given)


def _start(given: Mapping[str, Hashable]) -> None:
    chosen = choices()
    by_what = _by_what(given["digits"])
    st.markdown(
        f"**Can you beat an average?** {given['count']} validation images, drawn at random, "
        f"{PACES[chosen['pace']]} each: press the {by_what} of the {kind()} you see. A late "
        "answer counts as wrong. Both norms get the same images."
    )
    field, pace = st.columns(2, gap="large")
    with pace:
        st.segmented_control(
            "Time for each image", PACES, format_func=PACES.get, required=True, **chosen.control("pace")
        )
    which, images = (made(line, given) for line in (chapter.drawn_by_lot, chapter.places))
    asked_for = [chosen[name] for name in DRAWN_FROM]

    def ended(said: tuple[int, ...]) -> Values:
        """Only as long as these images are still meant."""
        still = [chosen[name] for name in DRAWN_FROM] == asked_for and chosen["race"][0] == given["seed"]
        return {"race": (given["seed"], said)} if still else {}

    with field:
        chosen.mount(
            race,
            "race",
            images[which].tolist(),
            _seen(which, given),
            {label: in_use().classes[label] for label in given["digits"]},
            kind=kind(),
            seconds=int(chosen["pace"]),
            on_end=ended,
        )


def _by_what(digits: Collection[int]) -> str:
    """What is pressed: a name that is one letter or digit is a key too."""
    names = [in_use().classes[label] for label in digits]
    return "key or the button" if all(len(name) == 1 and name.isalnum() for name in names) else "button"


def _seen(which: Tensor, given: Mapping[str, Hashable]) -> Tensor:
    """These images as they are classified, uint8 (n, H, W)."""
    return made(listing.made_by("seen", given), given)[which].byte()


def _result(given: Mapping[str, Hashable]) -> None:
    chosen = choices()
    scores = run("twenty", "You and both norms on the same images.", chapter.scores_of_all, given)
    duels = run("you and", "Who is right where the other is not.", chapter.you_and, given)
    counts = run("twenty confused", "What each was called by whom.", chapter.confusions_of_all, given)
    wrong = run("twenty wrong", "The images somebody got wrong.", chapter.wrong_for_some, given)
    with st.container(horizontal=True, gap="medium", vertical_alignment="top"):
        for name, score in scores.value.items():
            with st.container(width="stretch", gap="xxsmall"):
                st.metric(NAMES[name], f"{sum(score.right)} of {given['count']}", width="content")
                st.caption(_sure(score))
        seed = (given["seed"] + 1) % SEEDS
        others = "other images" if given["count"] == RACE else "images, in another order"
        chosen.button("Again", {"race": (seed, ())}, help=f"With {given['count']} {others}.")
    st.markdown(_told(scores.value, duels.value, given["yours"]))
    most = max(int((of_one - of_one.diag().diag()).max()) for of_one in counts.value.values())
    if len(given["digits"]) <= FEW:
        tables, pictures = st.columns([2, 3], gap="large")
    else:
        tables, pictures = st.expander("The confusion matrices"), st.container()
    with tables:
        names = [in_use().classes[label] for label in given["digits"]]
        chosen.mount(confusion, "race confusion", names, counts.value, top=most)
        st.caption("Row: what it is. Column: what it was called.")
    with pictures:
        _show_wrong(wrong.value, given)
    show_code(scores, duels, counts, wrong, key="race")


def _sure(score: Accuracy) -> str:
    low, high = (percent(end, 0) for end in score.interval)
    return f"{sum(score.right)} of {sum(score.total)} right means anything from {low} to {high}."


def _told(scores: Mapping[str, Accuracy], duels: Mapping[str, Paired], yours: tuple[int, ...]) -> str:
    said = []
    if late := yours.count(LATE):
        said.append(f"{late} of your answers came too late.")
    said += [_duel(norm, duels[norm]) for norm in NORMS]
    said.append(
        f"{len(yours)} images say little: the ranges above hold the accuracy on all such images with 95 % "
        "confidence (Wilson's interval)."
    )
    return " ".join(said)


def _duel(norm: str, split: Paired) -> str:
    you, it = split.only_first, split.only_second
    alone = f"Only you are right on **{you}**, only {NAMES[norm]} on **{it}**"
    if you == it:
        return f"{alone}: even."
    ahead = "you are" if you > it else "it is"
    if split.p_value < CHANCE:
        p = "p < 0.001" if split.p_value < 0.001 else f"p = {split.p_value:.3f}"
        return f"{alone}: {ahead} better, and that is hardly luck ({p})."
    return f"{alone}: {ahead} ahead, but that may well be luck."


def _show_wrong(which: Tensor, given: Mapping[str, Hashable]) -> None:
    """The images that somebody got wrong. A click on one opens it on Mistakes."""
    drawn, images, called, among = (
        made(line, given)
        for line in (chapter.drawn_by_lot, chapter.places, chapter.called_by_all, chapter.asked)
    )
    st.markdown(
        f"**{len(which)} of the {given['count']} were too hard for somebody.** Below each: its label, then "
        "what you, :blue[L1] and :orange[L2] called it; wrong answers are filled. Choose one to look closer."
        if len(which)
        else f"**Everybody got all {given['count']} right.**"
    )
    places, classes = drawn[which], in_use().classes
    tiles = [
        Tile(
            image,
            classes[label],
            dict(zip(called, (None if one == LATE else classes[one] for one in all_), strict=True)),
        )
        for image, label, *all_ in zip(
            images[places].tolist(),
            among.labels[places].tolist(),
            *(of_one[which].tolist() for of_one in called.values()),
            strict=True,
        )
    ]
    if tiles:
        choices().mount(
            wall,
            "race wall",
            tiles,
            _seen(places, given),
            first=0,
            most=RACE,
            total=len(tiles),
            opened=None,
            on_open=lambda image: {"page": "mistakes", "image": image},
            on_turn=lambda start: {},
        )
