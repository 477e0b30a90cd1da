"""One image against one ideal, three ways: the signed mean, L1, L2, and what PyTorch calls them."""

from collections.abc import Callable, Hashable, Mapping

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components.maps import Group, Map, Scale
from mnist_dash.pages.shared import settings
from mnist_dash.pages.shared.code import Ran, run, show_code
from mnist_dash.pages.shared.later import maps_first
from mnist_dash.pages.shared.words import most, most_and_least, with_sign

session = st.session_state


def three_ways(given: Mapping[str, Hashable], words: str, on_change: Callable[[], None]) -> None:
    """The maps, their means, which ideal is nearer by each, PyTorch's names.

    words: what the image is. on_change: called when another was chosen.
    """

    def show_next() -> None:
        _choose_next(ideal, wrong.tolist())
        on_change()

    st.header("One difference, three means", anchor=False)
    st.markdown(
        "Take the ideal away from the image, pixel by pixel: that leaves 784 differences. "
        "**What becomes of their signs before the mean is taken decides what “near” means.**"
    )
    ideal, rival = given["digit"], given["rival"]
    x = run("x", "The image, its pixels from 0 to 1.", chapter.x, given)
    mean = run("ideal", "The ideal it is held against.", chapter.ideal, given)
    signed = run("signed", "The differences with their signs.", chapter.signed, given)
    absolute = run("absolute", "Without their signs.", chapter.absolute, given)
    squared = run("squared", "Or squared.", chapter.squared, given)
    means = run("three means", "The signed mean, L1 and L2.", chapter.three_means, given)
    of_signed, l1, l2 = means.value
    maps_first(
        "three_ways",
        [
            Group(
                [
                    Map("the image", x.value, f"The image: {words}"),
                    Map(f"ideal {ideal}", mean.value, f"Ideal {ideal}: {most(mean.value)}", sign="−"),
                    Map(
                        "difference",
                        signed.value,
                        f"Image minus ideal {ideal}: {most_and_least(signed.value)}",
                        "signed",
                        sign="=",
                        note=f"mean {with_sign(of_signed)}",
                    ),
                    Map(
                        "|difference|",
                        absolute.value,
                        f"Absolute difference: {most(absolute.value)}",
                        "L1",
                        sign="→",
                        note=f"L1 {l1:.4f}",
                        norm="L1",
                    ),
                    Map(
                        "difference²",
                        squared.value,
                        f"Squared difference: {most(squared.value)}",
                        "L2",
                        sign="→",
                        note=f"L2 {l2:.4f}",
                        norm="L2",
                    ),
                ]
            )
        ],
        scales=[
            Scale("signed", "−1", "1", "difference: less ink than the ideal, or more"),
            Scale("L1", "0", "1", "|difference|"),
            Scale("L2", "0", "1", "difference², all three on one scale"),
        ],
    )
    to_rival = run("three means to rival", "The same to the rival.", chapter.three_means_to_rival, given)
    nearer = run("nearer", "Whether the ideal is nearer than its rival.", chapter.nearer_to_ideal, given)
    cancelled = run(
        "cancelled",
        f"How many validation {ideal}s each calls rightly, and where L1 is right but not the signed mean.",
        chapter.cancelled,
        given | {"valid_folder": f"valid/{ideal}"},
    )
    by_torch = run("by PyTorch", "What PyTorch calls L1 and L2.", chapter.by_torch, given)
    same = run("same", "Which of them are the same.", chapter.same_as_torch, given)
    lies, names = st.columns([11, 10], gap="large")
    with lies:
        (by_signed, by_l1, by_l2), total, wrong = cancelled.value
        st.markdown(
            "**The signed mean lies.** Ink that is missing in one place pays for ink that is too much in "
            f"another, so a bad match can have a mean near 0. Of the {total:,} validation {ideal}s it calls "
            f"{by_signed:,} rightly, :blue[L1] {by_l1:,}, :orange[L2] {by_l2:,}."
        )
        st.markdown(_who_wins(given, means, to_rival, nearer))
        st.button(
            "Show an image where the signed mean picks wrong",
            on_click=show_next,
            disabled=not len(wrong),
            help=f"The next validation {ideal} that L1 calls a {ideal} and the signed mean a {rival}.",
        )
    with names:
        st.markdown(
            "**PyTorch has both, under other names.** Mind the root: `F.mse_loss` alone is the mean of the "
            "squares. Many notes on this chapter give it the name of its root; it is another number."
        )
        st.markdown(_names(by_torch, same))
    show_code(means, to_rival, nearer, cancelled, by_torch, same)


def _choose_next(ideal: int, wrong: list[int]) -> None:
    here = session["place"] if (session["from"], session["digit"]) == ("valid", ideal) else -1
    place = next((place for place in wrong if place > here), wrong[0])
    settings.choose({"from": "valid", "digit": ideal, "place": place})


def _who_wins(given: Mapping[str, Hashable], means: Ran, to_rival: Ran, nearer: Ran) -> str:
    """A Markdown table. A tick or a cross says whether it is right, where the image's label is known."""
    pair = [str(given["digit"]), str(given["rival"])]
    label = given.get("folder", "").rpartition("/")[2]
    lines = [f"| how far from | ideal {pair[0]} | ideal {pair[1]} | nearer |", "|---|--:|--:|:-:|"]
    ways = {"the signed mean": with_sign, ":blue[L1]": "{:.4f}".format, ":orange[L2]": "{:.4f}".format}
    for (way, form), *distances, is_nearer in zip(
        ways.items(), means.value, to_rival.value, nearer.value, strict=True
    ):
        cells = [form(distance) for distance in distances]
        cells[not is_nearer] = f"**{cells[not is_nearer]}**"
        winner = pair[not is_nearer]
        mark = "" if label not in pair else " ✓" if winner == label else " ✗"
        lines.append(f"| {way} | {cells[0]} | {cells[1]} | **{winner}**{mark} |")
    return "\n".join(lines)


def _names(by_torch: Ran, same: Ran) -> str:
    """A Markdown table."""
    names = {
        "F.l1_loss(x, ideal)": ":blue[L1]",
        "F.mse_loss(x, ideal).sqrt()": ":orange[L2]",
        "F.mse_loss(x, ideal)": ":orange[L2]",
    }
    lines = ["| PyTorch | returns | which |", "|---|--:|---|"]
    for (call, name), value, is_same in zip(names.items(), by_torch.value, same.value, strict=True):
        lines.append(f"| `{call}` | {value:.4f} | {'✓ is' if is_same else '✗ is not'} {name} |")
    return "\n".join(lines)
