"""What follows the pen, light enough for eleven updates a second (a Streamlit component, v2).

The image as the computer sees it and the distance bars. Numbers in, picture out: nothing is computed here.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from PIL import Image
from torch import Tensor

from mnist_dash.components.shared.mount import component, packed, picture_url
from mnist_dash.compute import Verdict
from mnist_dash.core.baseline import NORMS
from mnist_dash.core.datasets import Dataset
from mnist_dash.core.handwriting import MNIST, Preparation

DIGITS = tuple("0123456789")
DECIMALS = 4  # of a distance, as it is shown
BLANK = (
    "An empty pad is not measured; if it were, the ideal with the least ink (for L2, ink squared) would be "
    "nearest, because on blank paper an ideal's own ink is all that counts"
)


def ideals_as_css(classes: Sequence[int], ideals: Tensor, *, within: str = ":root") -> str:
    """A style that names each ideal's picture: float32 (K, H, W) -> ``--ideal-3: url(...)`` and so on.

    Sent once, so that an update of the bars carries no picture. 0 = white, 1 = black, as in the book.
    within: the part of the page that has them, as a CSS selector.
    """
    rules = [f"--ideal-{cls}: url({ideal_url(ideal)});" for cls, ideal in zip(classes, ideals, strict=True)]
    return f"<style>{within} {{ {' '.join(rules)} }}</style>"


def ideal_url(ideal: Tensor) -> str:
    """The picture of an ideal, float32 (H, W), as a data URL."""
    return _greys_url(((1 - ideal) * 255).round().byte().numpy().tobytes(), ideal.shape[::-1])


@lru_cache(maxsize=64)
def _greys_url(greys: bytes, size: tuple[int, int]) -> str:
    return picture_url(Image.frombytes("L", size, greys))


def headline(
    verdicts: Mapping[str, Verdict] | None,
    names: Sequence[str],
    *,
    example: bool = False,
    brought: bool = False,
) -> str:
    """The answer in one sentence: both norms', or that they disagree; None is a pad without ink.

    names: what each label is called. example: it is of a digit that the reader has not drawn. brought:
    whether there are pictures, which are read on another page.
    """
    if verdicts is None:
        return "Your picture is on Photos" if brought else "Draw something"
    said = _said(verdicts, names)
    return f"Example: {said[0].lower()}{said[1:]}" if example else said


def _said(verdicts: Mapping[str, Verdict], names: Sequence[str]) -> str:
    answers = {norm: names[verdict.nearest] for norm, verdict in verdicts.items()}
    if len(set(answers.values())) == 1:
        return f"Both norms say {next(iter(answers.values()))}"
    says = ", ".join(f"{norm} says {answer}" for norm, answer in answers.items())
    return f"The norms disagree: {says}"


def note(
    verdicts: Mapping[str, Verdict] | None,
    dataset: Dataset,
    label: tuple[int, int] | None,
    *,
    like: Preparation = MNIST,
    exact: bool,
    without: str = "",
) -> str:
    """Whether the answer is right, where that is known, or else how the picture came about.

    dataset: whose ideals it is measured against. label: position and label of the validation image it is.
    like: what the images of the set are like, as which it was prepared. exact: whether it is pixel for pixel
    what is on the pad. without: the steps of the preparation that are switched off.
    """
    digits = dataset.classes == DIGITS
    if verdicts is None:
        made = "thousands of handwritten digits" if digits else "the training images of a class"
        yours = "digit" if digits else "drawing"
        ideal = f"Each small picture is an ideal: the mean of {made}. The nearest one names your {yours}."
        return f"{ideal} {BLANK}."
    if label:
        place, digit = label
        image = f"{dataset.name} validation image {place:,}, labelled {dataset.classes[digit]}"
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
    way = "the way MNIST was made" if digits and like == MNIST else f"as the images of {dataset.name} are"
    return f"Scaled to fit a box of {like.box} pixels and centred by its mass, {way}."


def readout(
    key: str,
    dataset: Dataset,
    *,
    classes: Sequence[int],
    seen: Tensor | None,
    verdicts: Mapping[str, Verdict] | None,
    headline: str,
    note: str,
    answers: int | None,
) -> None:
    """The image and, for each norm, a distance bar to each ideal of ``classes`` of the set.

    seen: uint8 (H, W), or None for an empty pad, which has no verdicts. answers: number of the pad's
    state that this answers.
    """
    component("readout")(
        key=key,
        data={
            "classes": list(classes),
            "names": [dataset.classes[cls] for cls in classes],
            "shape": list(dataset.train.images.shape[1:]),
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
