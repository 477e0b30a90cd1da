"""What follows the pen, light enough for eleven updates a second (a Streamlit component, v2).

The 28 x 28 and the distance bars. Numbers in, picture out: nothing is computed here.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from PIL import Image
from torch import Tensor

from mnist_dash.components.shared.mount import component, packed, picture_url
from mnist_dash.compute import Verdict
from mnist_dash.core.baseline import NORMS

DECIMALS = 4  # of a distance, as it is shown
BLANK = (
    "An empty pad is not measured; if it were, the ideal with the least ink (for L2, ink squared) would be "
    "nearest, because on blank paper an ideal's own ink is all that counts"
)


def ideals_as_css(classes: Sequence[int], ideals: Tensor, *, within: str = ":root") -> str:
    """A style that names each ideal's picture: float32 (K, 28, 28) -> ``--ideal-3: url(...)`` and so on.

    Sent once, so that an update of the bars carries no picture. 0 = white, 1 = black, as in the book.
    within: the part of the page that has them, as a CSS selector.
    """
    rules = [f"--ideal-{cls}: url({ideal_url(ideal)});" for cls, ideal in zip(classes, ideals, strict=True)]
    return f"<style>{within} {{ {' '.join(rules)} }}</style>"


def ideal_url(ideal: Tensor) -> str:
    """The picture of an ideal, float32 (28, 28), as a data URL."""
    return _greys_url(((1 - ideal) * 255).round().byte().numpy().tobytes(), ideal.shape[::-1])


@lru_cache(maxsize=64)
def _greys_url(greys: bytes, size: tuple[int, int]) -> str:
    return picture_url(Image.frombytes("L", size, greys))


def headline(verdicts: Mapping[str, Verdict] | None, *, example: bool = False, brought: bool = False) -> str:
    """The answer in one sentence: both norms', or that they disagree; None is a pad without ink.

    example: it is of a digit that the reader has not drawn. brought: whether there are pictures, which are
    read on another page.
    """
    if verdicts is None:
        return "Your picture is on Photos" if brought else "Draw something"
    said = _said(verdicts)
    return f"Example: {said[0].lower()}{said[1:]}" if example else said


def _said(verdicts: Mapping[str, Verdict]) -> str:
    answers = {norm: verdict.nearest for norm, verdict in verdicts.items()}
    if len(set(answers.values())) == 1:
        return f"Both norms say {next(iter(answers.values()))}"
    says = ", ".join(f"{norm} says {answer}" for norm, answer in answers.items())
    return f"The norms disagree: {says}"


def note(
    verdicts: Mapping[str, Verdict] | None, label: tuple[int, int] | None, *, exact: bool, without: str = ""
) -> str:
    """Whether the answer is right, where that is known, or else how the picture came about.

    label: position and label of the validation image it is. exact: whether it is pixel for pixel what
    is on the pad. without: the steps of the preparation that are switched off.
    """
    if verdicts is None:
        return (
            "Each small picture is an ideal: the mean of thousands of handwritten digits. "
            f"The nearest one names your digit. {BLANK}."
        )
    if label:
        place, digit = label
        image = f"MNIST validation image {place:,}, labelled {digit}"
        if digit not in next(iter(verdicts.values())).classes:
            return f"{image}, which is not a possible answer here."
        right = [norm for norm, verdict in verdicts.items() if verdict.nearest == digit]
        wrong = [norm for norm in verdicts if norm not in right]
        says = {0: "both are right", len(verdicts): "both are wrong"}.get(
            len(wrong), f"{', '.join(right)} is right, {', '.join(wrong)} is wrong"
        )
        return f"{image}: {says}."
    if exact:
        return "Taken pixel for pixel from the pad."
    if without:
        return f"Prepared without {without}."
    return "Scaled to fit a box of 20 pixels and centred by its mass, the way MNIST was made."


def readout(
    key: str,
    *,
    classes: Sequence[int],
    seen: Tensor | None,
    verdicts: Mapping[str, Verdict] | None,
    headline: str,
    note: str,
    answers: int | None,
) -> None:
    """The 28 x 28 and, for each norm, a distance bar to each ideal of ``classes``.

    seen: uint8 (28, 28), or None for an empty pad, which has no verdicts. answers: number of the pad's
    state that this answers.
    """
    component("readout")(
        key=key,
        data={
            "classes": list(classes),
            "norms": [{"name": norm.name, "idea": norm.idea} for norm in NORMS.values()],
            "seen": None if seen is None else packed(seen),
            "verdicts": verdicts
            and {
                norm: {
                    "distances": [round(distance, DECIMALS) for distance in verdict.distances],
                    "nearest": verdict.nearest,
                    "runner_up": verdict.runner_up,
                    "margin": round(verdict.margin, DECIMALS),
                }
                for norm, verdict in verdicts.items()
            },
            "headline": headline,
            "note": note,
            "answers": answers,
        },
    )
