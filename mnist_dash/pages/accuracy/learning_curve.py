"""How many images an ideal needs: accuracy against their number, for several random draws."""

from collections.abc import Collection, Hashable, Mapping

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components import figures
from mnist_dash.components.figures import COLOURS
from mnist_dash.components.shared.numbers import percent
from mnist_dash.core.baseline import NORMS
from mnist_dash.pages.shared.code import Ran, note, run, show_code
from mnist_dash.pages.shared.exhibit import NothingToShowError, exhibit
from mnist_dash.pages.shared.lines import begun
from mnist_dash.pages.shared.names import kind
from mnist_dash.pages.shared.progress import progress
from mnist_dash.pages.shared.set_in_use import in_use
from mnist_dash.pages.shared.validation import asked

SIZES = (  # None is all
    *(1, 2, 3, 5, 7, 10, 14, 20, 30, 50, 70, 100, 150, 200, 300, 500, 1000, 2000, 4000),
    None,
)
LABELLED = (1, 10, 100, 1000)
SEEDS = (0, 1, 2, 3, 4)
SHARE = 0.95
Sizes = tuple[int | None, ...]


@exhibit
def learning_curve() -> None:
    """The curves of both norms, made draw by draw while the reader looks."""
    st.header("How many images does an ideal need?", anchor=False)
    st.markdown(
        f"Draw a few training images of each {kind()} at random, make ideals from these alone, and score "
        "them. Then draw more. **When do more images stop helping?**"
    )
    given = asked()
    curve = {name: value for name, value in given.items() if name != "first"}
    everything = _everything(given["digits"])
    sizes = tuple(size for size in SIZES if size is None or size < everything)
    if len(sizes) == 1:
        raise NothingToShowError("There is one training image of each class, and so nothing to compare.")
    curve |= {"sizes": sizes, "seeds": SEEDS}
    if begun(chapter.learning_curve, curve).done:
        spread = run("curve", "Every draw's accuracies, for each size.", chapter.spread, curve)
        enough = run(
            "enough", "How many images are nearly as good as all.", chapter.enough, curve | {"share": SHARE}
        )
        chance = run(
            "line of chance", f"The commonest {kind()}, every time.", chapter.line_of_chance, curve
        ).value
        st.markdown(_finding(enough.value, spread.value, chance))
        _chart(given, sizes, spread.value, done=True)
    else:
        spread = Ran("curve", None, None, note("curve", "Every draw's accuracies.", chapter.spread, curve))
        progress(
            lambda: begun(chapter.learning_curve, curve),
            lambda said: _told_so_far(sizes, said),
            lambda said: _chart(given, sizes, _whole_draws(sizes, said), done=False),
        )
    show_code(spread)


def _everything(digits: Collection[int]) -> int:
    """How many training images a class has, on average."""
    places = in_use().train.places
    return round(sum(len(places[digit]) for digit in digits) / len(digits))


def _whole_draws(sizes: Sizes, said: tuple | None) -> Mapping[str, tuple]:
    """What is known of the curve by the draws that are done."""
    whole, _, known = said or (0, None, {})
    if not whole:
        return dict.fromkeys(NORMS, ((), ()))
    return chapter.spread({size: known[size][:whole] for size in sizes})


def _told_so_far(sizes: Sizes, said: tuple | None) -> tuple[float, str]:
    number, size, known = said or (0, sizes[0], {})
    share = sum(map(len, known.values())) / (1 + len(SEEDS) * (len(sizes) - 1))
    return share, f"Draw {number + 1} of {len(SEEDS)}: ideals of {_images(size)} each …"


def _finding(enough: Mapping[str, int | None], spreads: Mapping[str, tuple], chance: float) -> str:
    said = []
    for norm, (on_valid, _) in spreads.items():
        with_all = on_valid[-1][1]
        told = f":{COLOURS[norm]}[{norm}] reaches {percent(with_all)} with all images, "
        if with_all > chance:
            told += f"and {percent(SHARE, 0)} of that gain with **{_images(enough[norm])} per ideal**"
        else:
            told += "which is no gain"
        if max(mean for _, mean, _ in on_valid) - with_all > 0.01:
            told += "; it was better with fewer, so more images do not help here"
        said.append(told)
    told = f"Always answering the commonest {kind()} would score {percent(chance)}."
    return f"{told} {'. '.join(said)}, on average."


def _images(size: int | None) -> str:
    return "all images" if size is None else "one image" if size == 1 else f"{size:,} images"


def _chart(given: Mapping[str, Hashable], sizes: Sizes, spreads: Mapping[str, tuple], *, done: bool) -> None:
    everything = _everything(given["digits"])
    x = [size or everything for size in sizes]
    labels = {size: f"{size:,}" for size in LABELLED if 2 * size <= everything}
    st.plotly_chart(
        figures.learning_curve(
            x,
            spreads,
            labels=labels | {everything: "all"},
            here=min(given["first"] or everything, everything),
        ),
        key="curves",
        config={"displayModeBar": False},
        alt=_told(spreads) if done else "The chart is being made.",
    )
    st.caption(
        f"Lines: the mean of {len(SEEDS)} random draws, on the validation images; bands: from the lowest to "
        "the highest. Dashed: on the images that the ideals are made from; one image alone is its own ideal, "
        "so it is always right. Dotted: the number of images chosen above."
    )


def _told(spreads: Mapping[str, tuple]) -> str:
    told = [
        f"{norm} goes from {on_valid[0][1]:.2f} with one image an ideal to {on_valid[-1][1]:.2f} with all, "
        f"on the ideals' own images from {on_own[0][1]:.2f} to {on_own[-1][1]:.2f}"
        for norm, (on_valid, on_own) in spreads.items()
    ]
    return f"Accuracy against the number of training images: {'. '.join(told)}."
