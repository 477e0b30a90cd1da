"""Two digits, two distances: every validation image as a dot, and the line that tells them apart."""

from collections.abc import Hashable, Mapping

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components import figures
from mnist_dash.components.live_curves import Curve, live_curves
from mnist_dash.components.scatter import Pointed, scatter
from mnist_dash.components.shared.mount import Values
from mnist_dash.components.shared.numbers import percent
from mnist_dash.core.baseline import NORMS
from mnist_dash.core.datasets.errors import short
from mnist_dash.pages.shared.choices import choices, part
from mnist_dash.pages.shared.code import Ran, run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.lines import made
from mnist_dash.pages.shared.names import DIGITS, SHORT, class_name, short_name, some, without_validation
from mnist_dash.pages.shared.set_in_use import in_use
from mnist_dash.pages.shared.slide import slide
from mnist_dash.pages.shared.validation import asked, told_of_what_differs
from mnist_dash.pages.shared.words import with_sign

STOPS = [step / 500 for step in range(-50, 51)]


@exhibit
def most_confused() -> None:
    """A button that chooses the two classes, of all, most often confused."""
    if without_validation(in_use().labels):
        return
    chosen = choices()

    def pair() -> Values:
        given = asked() | {"digits": tuple(in_use().labels), "norm": chosen["norm"]}
        return dict(zip(("ideal", "rival"), made(chapter.most_confused, given), strict=True))

    chosen.button("The two most often confused", pair)


@part
@exhibit
def two_distances(digit: int, rival: int, norm: str) -> None:
    """The line's slider and what it trades, the dots."""
    st.header("Two distances", anchor=False)
    told_of_what_differs()
    chosen = choices()
    t = chosen["t"]
    pair = tuple(sorted((digit, rival)))
    first, second = map(class_name, pair)
    given = asked() | {"digits": pair, "pair": pair, "norm": norm, "t": t}
    points = run("two distances", "Every image's distance to both ideals.", chapter.distances_of_pair, given)
    rights = run("right at", "How many of each are right.", chapter.right_at, given)
    even = run("right at 0", "And with the line on the diagonal.", chapter.right_at, given | {"t": 0.0})
    curves = run("right at any", "The same for any line.", chapter.right_at_any, given)
    worst = run("most wrong", "The one farthest on the wrong side.", chapter.most_wrong, given)
    named = f":{figures.COLOURS[norm]}[{norm}]"
    st.markdown(
        explained(
            f"Each dot is a [[validation|validation set]] image, placed by its {named} distances to ideals "
            f"{first} and {second}. **On the diagonal both are equally near**: only the difference decides."
        ),
        unsafe_allow_html=True,
    )
    dots, trade = st.columns([3, 2], gap="large")
    with trade:
        slider = st.container()
        _numbers(pair, rights.value, even.value)
        _trade(pair, t, rights.value, curves.value)
        best, best_t, on_diagonal = _best(curves.value)
        found = (
            f"The line at {with_sign(best_t, 3)} is best on these images: {percent(best)} instead of "
            f"{percent(on_diagonal)}."
            if best_t
            else f"No line is better on these images than the diagonal, {percent(on_diagonal)}."
        )
        st.markdown(
            f"{found} **Choosing it here would be cheating a little**: choose on training images, test on "
            "these."
        )
        with st.container(horizontal=True):
            chosen.button("The diagonal", {"t": 0.0}, disabled=t == 0)
            chosen.button("The best here", {"t": best_t}, disabled=t == best_t)
    with dots:
        place = st.container()
    show_code(points, rights, curves, worst, line="called_second = ")
    with slider:
        name = in_use().classes[pair[1]]
        slide(
            "t",
            f"Call it {name} when ideal {name} is nearer by more than",
            STOPS,
            at=t,
            words=lambda stop: with_sign(stop, 3 if round(stop, 3) == stop else 4),
        )
    with place:
        _dots(given, points, rights, worst)


def _numbers(pair: tuple[int, int], rights: tuple, even: tuple) -> None:
    with st.container(horizontal=True):
        for digit, (right, total), (before, _) in zip(pair, rights, even, strict=True):
            st.metric(
                f"of the {some(digit)} right" if _is_digit(digit) else f"{short_name(digit)} right",
                f"{right:,}",
                with_sign(right - before, 0) if right != before else None,
                delta_color="off",
                delta_arrow="off",
                help=f"Of {total:,}; below, how many more or fewer than on the diagonal.",
                width="content",
            )
        right, total = (sum(counts) for counts in zip(*rights, strict=True))
        more = right - sum(before for before, _ in even)
        st.metric(
            "accuracy on both",
            percent(right / total),
            f"{with_sign(more, 0)} images" if more else None,
            delta_color="off",
            delta_arrow="off",
            help=f"Pooled: {right:,} of {total:,} images, {right / total:.4f}.",
            width="content",
        )


def _trade(pair: tuple[int, int], t: float, rights: tuple, curves: tuple) -> None:
    stops, *lines = (values.tolist() for values in curves)
    right, total = zip(*rights, strict=True)
    now = [right[0] / total[0], right[1] / total[1], sum(right) / sum(total)]
    every = [f"{_called(cls)}s" if _is_digit(cls) else _called(cls) for cls in pair]
    names = [f"{each} right" for each in every] + ["both"]
    live_curves(
        "trade",
        stops,
        [
            Curve(name, [100 * y for y in line], 100 * value, percent(value), colour)
            for name, line, value, colour in zip(names, lines, now, ("first", "second", "quiet"), strict=True)
        ],
        at=t,
        title="where the line lies",
        span=(0, 100),
        decimals=(2, 0),
        notes=[(_best(curves)[1], "best here")],
        height=210,
        label=f"Accuracy as the line moves: on {every[0]} it rises, on {every[1]} it falls. "
        + ", ".join(f"{name} {percent(value)}" for name, value in zip(names, now, strict=True)),
    )


def _best(curves: tuple) -> tuple[float, float, float]:
    """The highest accuracy on both, the line nearest the diagonal that has it, and the diagonal's own."""
    stops, _, _, pooled = curves
    best = pooled.max()
    at = min((float(stop) for stop in stops[pooled == best]), key=abs)
    return float(best), round(at, 3), float(pooled[stops == 0])


def _dots(given: Mapping[str, Hashable], points: Ran, rights: Ran, worst: Ran) -> None:
    chosen = choices()
    pair, norm, t = given["pair"], given["norm"], given["t"]
    (of_first, split), (of_second, rest) = rights.value
    dot = chosen["dot"]
    pointed = dot is not None and dot[:2] == pair
    at = dot[2] if pointed else worst.value
    given = given | {"at": at}
    image = run("pointed at", "The image that is pointed at.", chapter.pointed_at, given)
    place = run("its place", "Its place in the validation set.", chapter.place_of_pointed, given)
    label = pair[at >= split]
    lead = points.value[at, 0] - points.value[at, 1]
    called = pair[int(lead > t)]

    def point(dot: int) -> Values:
        chosen.moving = "dot"
        return {"dot": (*pair, dot)}

    def opened(dot: int) -> Values:
        place = made(chapter.place_of_pointed, given | {"at": dot})
        return {"page": "mistakes", "image": place}

    names = [in_use().classes[cls] for cls in pair]
    key = f"two distances {pair}"  # another pair has other dots
    chosen.mount(
        scatter,
        key,
        points.value,
        names,
        each=[f"a {name}" if _is_digit(cls) else name for cls, name in zip(pair, names, strict=True)],
        split=split,
        t=t,
        pointed=Pointed(
            at,
            image.value.byte(),
            [
                f"{_shown(label)} called {in_use().classes[called]}",
                *(f"{points.value[at, i]:.4f} to ideal {names[i]}" for i in range(2)),
                f"validation image {place.value:,}",
            ],
        ),
        label=f"{split:,} images of {names[0]} and {rest:,} of {names[1]} by their {NORMS[norm].meaning} to "
        f"both ideals; {split - of_first:,} and {rest - of_second:,} lie on the wrong side of the line.",
        hint="" if pointed else "The image farthest on the wrong side. Point at or tap any other.",
        on_point=point,
        on_open=opened,
        answered=chosen.answered(key, "point"),
    )


def _is_digit(cls: int) -> bool:
    return in_use().classes[cls] in DIGITS


def _called(cls: int) -> str:
    """Its name, cut off if it is long, in words that are no Markdown."""
    return short(in_use().classes[cls], SHORT)


def _shown(cls: int) -> str:
    """What an image of it shows, at the beginning of a line."""
    name = in_use().classes[cls]
    return f"{'An' if name == '8' else 'A'} {name}" if _is_digit(cls) else name
