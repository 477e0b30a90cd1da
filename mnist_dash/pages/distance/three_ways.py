"""One image against two ideals, three ways: the signed mean, L1 and L2."""

from collections.abc import Hashable, Mapping

import streamlit as st

from mnist_dash import chapter, compute
from mnist_dash.components import figures
from mnist_dash.components.maps import Group, Map, Scale, maps
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import Ran, run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.lines import outcome
from mnist_dash.pages.shared.names import short_name, single, some, what, without_validation
from mnist_dash.pages.shared.picker import Picked
from mnist_dash.pages.shared.set_in_use import folder, in_use
from mnist_dash.pages.shared.words import most, most_and_least, with_sign


@exhibit
def nearest_two(picked: Picked) -> None:
    """For each norm a button that chooses the two ideals, of all, that are nearest to the image."""
    chosen, dataset = choices(), in_use()
    image = outcome(chapter.image, picked.given).value
    for norm, said in compute.verdicts(image, dataset, tuple(dataset.labels)).items():
        two = ", ".join(map(short_name, (said.nearest, said.runner_up)))
        chosen.button(
            f"Nearest by :{figures.COLOURS[norm]}[{norm}]: {two}",
            {"ideal": said.nearest, "rival": said.runner_up},
            key=f"nearest by {norm} button",
            disabled=(chosen["ideal"], chosen["rival"]) == (said.nearest, said.runner_up),
        )


@exhibit
def three_ways(given: Mapping[str, Hashable], what_it_is: str) -> None:
    """What each pixel costs against both ideals, the means of these costs, and which ideal is nearer.

    what_it_is: the image, in words.
    """
    st.header("One difference, three means", anchor=False)
    st.markdown("**What you do with the signs before you take the mean decides what “near” means.**")
    ideal, rival = given["digit"], given["rival"]
    means, from_ideal = _row(given, ideal, what_it_is)
    to_rival, from_rival = _row(given | {"ideal": chapter.rival_ideal}, rival, what_it_is)
    nearer = run("nearer", "Whether the ideal is nearer than its rival.", chapter.nearer_to_ideal, given)
    pictures, words = st.columns([5, 3], gap="large")
    with pictures:
        maps(
            "three_ways",
            [
                Group(from_ideal, title=f"From ideal {in_use().classes[ideal]}"),
                Group(from_rival, title=f"From its rival, ideal {in_use().classes[rival]}"),
            ],
            scales=[
                Scale("signed", "−1", "1", "difference: less ink than the ideal, or more"),
                Scale("L1", "0", "1", "|difference|"),
                Scale("L2", "0", "1", "difference², all three on one scale"),
            ],
        )
    with words:
        cancelled = _cancelled(ideal, rival)
        st.markdown(_who_wins(given, means, to_rival, nearer))
        if cancelled:
            choices().button(
                "Show one that the signed mean gets wrong",
                _next_wrong,
                disabled=not len(cancelled[0].value[2]),
                help=f"The next validation {single(ideal)} that L1 calls {what(ideal)} and the signed mean "
                f"{what(rival)}.",
            )
    show_code(means, to_rival, nearer, *cancelled, key="three ways", line="signed.mean(), ")


def _cancelled(ideal: int, rival: int) -> tuple[Ran, ...]:
    """What the signed mean gets wrong among the validation images. Returns what ran."""
    misleads = (
        "**The signed mean misleads.** Too little ink in one place cancels too much in another, so a bad "
        "match can average near 0."
    )
    if without_validation([ideal]):
        st.markdown(misleads)
        return ()
    ran = run(
        "cancelled",
        f"How many validation {some(ideal)} each gets right, and where L1 is right but not the signed mean.",
        chapter.cancelled,
        _validation(ideal, rival),
    )
    (by_signed, by_l1, by_l2), total, _ = ran.value
    st.markdown(
        explained(
            f"{misleads} Of the {total:,} [[validation|validation set]] {some(ideal)} it gets "
            f"{by_signed:,} right, :blue[L1] {by_l1:,}, :orange[L2] {by_l2:,}."
        ),
        unsafe_allow_html=True,
    )
    return (ran,)


def _row(given: Mapping[str, Hashable], digit: int, what_it_is: str) -> tuple[Ran, list[Map]]:
    """The three means, and pictures of what they are of. given: with this digit's ideal as ``ideal``."""
    name, called = f" from {digit}", in_use().classes[digit]
    x = run("x", "The image, its pixels from 0 to 1.", chapter.x, given).value
    ideal = run(f"ideal {digit}", "An ideal it is held against.", given.get("ideal", chapter.ideal), given)
    signed = run(f"signed{name}", "The differences with their signs.", chapter.signed, given).value
    absolute = run(f"absolute{name}", "Without their signs.", chapter.absolute, given).value
    squared = run(f"squared{name}", "Or squared.", chapter.squared, given).value
    means = run(f"three means{name}", "The signed mean, L1 and L2.", chapter.three_means, given)
    of_signed, l1, l2 = means.value
    return means, [
        Map("the image", x, f"The image, to be held against ideal {called}: {what_it_is}"),
        Map(f"ideal {called}", ideal.value, f"Ideal {called}: {most(ideal.value)}", sign="−"),
        Map(
            "difference",
            signed,
            f"Image minus ideal {called}: {most_and_least(signed)}",
            "signed",
            sign="=",
            note=f"mean {with_sign(of_signed)}",
        ),
        Map(
            "|difference|",
            absolute,
            f"Absolute difference from ideal {called}: {most(absolute)}",
            "L1",
            sign="→",
            note=f"L1 {l1:.4f}",
            norm="L1",
        ),
        Map(
            "difference²",
            squared,
            f"Squared difference from ideal {called}: {most(squared)}",
            "L2",
            sign="→",
            note=f"L2 {l2:.4f}",
            norm="L2",
        ),
    ]


def _validation(ideal: int, rival: int) -> dict[str, Hashable]:
    return {"digit": ideal, "rival": rival, "valid_folder": folder("valid", ideal)}


def _next_wrong() -> dict[str, Hashable]:
    """The next validation image of the ideal's digit that the signed mean alone gets wrong."""
    chosen = choices()
    ideal = chosen["ideal"]
    wrong = outcome(chapter.cancelled, _validation(ideal, chosen["rival"])).value[2].tolist()
    here = chosen["place"] if (chosen["from"], chosen["digit"]) == ("valid", ideal) else -1
    place = next((place for place in wrong if place > here), wrong[0])
    return {"from": "valid", "digit": ideal, "place": place}


def _who_wins(given: Mapping[str, Hashable], means: Ran, to_rival: Ran, nearer: Ran) -> str:
    """A Markdown table. A tick or a cross says whether it is right, where the image's label is known."""
    pair = [short_name(given["digit"]), short_name(given["rival"])]
    label = given.get("folder", "").partition("/")[2]
    folders = [folder("train", given[name]).partition("/")[2] for name in ("digit", "rival")]
    lines = [f"| how far from | ideal {pair[0]} | ideal {pair[1]} | nearer |", "|---|--:|--:|:-:|"]
    ways = {"the signed mean": with_sign, ":blue[L1]": "{:.4f}".format, ":orange[L2]": "{:.4f}".format}
    for (way, form), *distances, is_nearer in zip(
        ways.items(), means.value, to_rival.value, nearer.value, strict=True
    ):
        cells = [form(distance) for distance in distances]
        if distances[0] == distances[1]:
            lines.append(f"| {way} | {cells[0]} | {cells[1]} | alike |")
            continue
        cells[not is_nearer] = f"**{cells[not is_nearer]}**"
        winner = pair[not is_nearer]
        mark = "" if label not in folders else " ✓" if folders[not is_nearer] == label else " ✗"
        lines.append(f"| {way} | {cells[0]} | {cells[1]} | **{winner}**{mark} |")
    return "\n".join(lines)
