"""Two digits, two distances: every validation image as a dot, and the line that tells them apart."""

from collections.abc import Callable, Hashable, Mapping

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components import figures
from mnist_dash.components.live_curves import Curve, live_curves
from mnist_dash.components.scatter import Pointed, pointed_at, scatter
from mnist_dash.core.baseline import NORMS
from mnist_dash.pages.shared import settings
from mnist_dash.pages.shared.code import Ran, run, show_code
from mnist_dash.pages.shared.slide import slid, slide
from mnist_dash.pages.shared.walls import OPENED
from mnist_dash.pages.shared.words import with_sign

session = st.session_state
STOPS = [step / 500 for step in range(-50, 51)]
SIDES = ("one", "other")  # the settings: one of the digits and the other


def two_distances(given: Mapping[str, Hashable], norm: str, on_open: Callable[[int], None]) -> None:
    """The choice of the pair, the line's slider and what it trades, the dots.

    on_open: called with the place in the whole validation set of the image that is opened.
    """
    st.header("Two distances", anchor="two-distances")
    given = given | {"norm": norm}
    first, second = given["pair"] = _pair(given)
    t = slid("t")
    given = given | {"t": t}
    points = run("two distances", "Every image's distance to both ideals.", chapter.distances_of_pair, given)
    rights = run("right at", "How many of each are right.", chapter.right_at, given)
    even = run("right at 0", "And with the line on the diagonal.", chapter.right_at, given | {"t": 0.0})
    curves = run("right at any", "The same for any line.", chapter.right_at_any, given)
    worst = run("most wrong", "The one farthest on the wrong side.", chapter.most_wrong, given)
    alone = "" if len(given["digits"]) == 2 else " As if there were only these two digits."
    named = f":{figures.COLOURS[norm]}[{norm}]"
    st.markdown(
        f"Two digits, two distances: each dot is a validation image, and the {named} distances to the ideals "
        f"{first} and {second} say where it lies. **On the diagonal both are as near.** Nothing but the "
        f"difference of the two decides.{alone}"
    )
    dots, trade = st.columns([3, 2], gap="large")
    with trade:
        slider = st.container()
        _numbers((first, second), rights.value, even.value)
        _trade((first, second), t, rights.value, curves.value)
        best, best_t, on_diagonal = _best(curves.value)
        found = (
            f"Of the lines offered, {with_sign(best_t, 3)} is best on these images: {best:.4f} instead of "
            f"{on_diagonal:.4f} on the diagonal."
            if best_t
            else f"Of the lines offered, none is better on these images than the diagonal, {on_diagonal:.4f}."
        )
        st.markdown(
            f"{found} **To choose the line here would be cheating a little**: it would be fitted to the very "
            "images that test it. Choose it on training images, then look here."
        )
        with st.container(horizontal=True):
            st.button("The diagonal", on_click=_move, args=(0.0,), disabled=t == 0)
            st.button("The best here", on_click=_move, args=(best_t,), disabled=t == best_t)
    with dots:
        place = st.container()
    show_code(points, rights, curves, worst)
    with slider:
        slide(
            "t",
            f"Call it {second} when ideal {second} is nearer by more than",
            STOPS,
            at=t,
            words=lambda stop: with_sign(stop, 3 if round(stop, 3) == stop else 4),
        )
    with place:
        _dots(given, points, rights, worst, on_open)


def _pair(given: Mapping[str, Hashable]) -> tuple[int, int]:
    """Both digits in play, or two of them that the reader picks; at first those most often confused."""
    digits = given["digits"]
    if len(digits) == 2:
        return digits
    confused = run("most confused", "The pair most often confused.", chapter.most_confused, given).value
    chosen = tuple(settings.kept(side) for side in SIDES)
    pair = chosen if set(chosen) <= set(digits) and chosen[0] != chosen[1] else confused
    keys = [f"{side} shown beside {pair}" for side in SIDES]  # of another pair, another control

    def pick() -> None:
        """Both are chosen now; one chosen twice makes them change places."""
        picked = tuple(session[key] for key in keys)
        if picked == pair:  # a control that has come anew, as it was shown
            return
        session.update(zip(SIDES, picked if picked[0] != picked[1] else pair[::-1], strict=True))

    with st.container(horizontal=True, vertical_alignment="bottom"):
        for key, digit, label in zip(keys, pair, ("One digit", "The other"), strict=True):
            st.segmented_control(
                label, digits, default=digit, key=key, required=True, width="content", on_change=pick
            )
        st.button(
            f"Most often confused: {confused[0]} and {confused[1]}",
            on_click=session.update,
            args=(dict.fromkeys(SIDES),),
            disabled=set(pair) == set(confused),
        )
    return tuple(sorted(pair))


def _numbers(pair: tuple[int, int], rights: tuple, even: tuple) -> None:
    with st.container(horizontal=True):
        for digit, (right, total), (before, _) in zip(pair, rights, even, strict=True):
            st.metric(
                f"of the {digit}s right",
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
            f"{right / total:.4f}",
            f"{with_sign(more, 0)} images" if more else None,
            delta_color="off",
            delta_arrow="off",
            help=f"Pooled: {right:,} of {total:,} images.",
            width="content",
        )


def _trade(pair: tuple[int, int], t: float, rights: tuple, curves: tuple) -> None:
    stops, *lines = (values.tolist() for values in curves)
    right, total = zip(*rights, strict=True)
    now = [right[0] / total[0], right[1] / total[1], sum(right) / sum(total)]
    names = [f"{digit}s right" for digit in pair] + ["both"]
    live_curves(
        "trade",
        stops,
        [
            Curve(name, line, value, f"{value:.4f}", colour)
            for name, line, value, colour in zip(names, lines, now, ("first", "second", "quiet"), strict=True)
        ],
        at=t,
        title="where the line lies",
        span=(0, 1),
        decimals=(2, 2),
        notes=[(_best(curves)[1], "best here")],
        height=210,
        label=f"Accuracy as the line moves: on the {pair[0]}s it rises, on the {pair[1]}s it falls. "
        + ", ".join(f"{name} {value:.4f}" for name, value in zip(names, now, strict=True)),
    )


def _best(curves: tuple) -> tuple[float, float, float]:
    """The highest accuracy on both, the line nearest the diagonal that has it, and the diagonal's own."""
    stops, _, _, pooled = curves
    best = pooled.max()
    at = min((float(stop) for stop in stops[pooled == best]), key=abs)
    return float(best), round(at, 3), float(pooled[stops == 0])


def _move(t: float) -> None:
    session["t"] = t


def _dots(
    given: Mapping[str, Hashable], points: Ran, rights: Ran, worst: Ran, on_open: Callable[[int], None]
) -> None:
    pair, norm, t = given["pair"], given["norm"], given["t"]
    (of_first, split), (of_second, rest) = rights.value
    key = f"two_distances {pair}"  # another pair has other dots
    chosen = pointed_at(key, split + rest)
    at = worst.value if chosen is None else chosen
    given = given | {"at": at}
    image = run("pointed at", "The image that is pointed at.", chapter.pointed_at, given)
    place = run("its place", "Its place in the validation set.", chapter.place_of_pointed, given)
    label = pair[at >= split]
    lead = points.value[at, 0] - points.value[at, 1]
    called = pair[int(lead > t)]

    def opened(dot: int) -> None:
        on_open(run("opened", "", chapter.place_of_pointed, given | {"at": dot}).value)

    scatter(
        key,
        points.value,
        pair,
        split=split,
        t=t,
        pointed=Pointed(
            at,
            image.value.byte(),
            [
                f"A {label} called {called}",
                *(f"{points.value[at, i]:.4f} to ideal {pair[i]}" for i in range(2)),
                f"validation image {place.value:,}",
            ],
        ),
        label=f"{split:,} images of {pair[0]} and {rest:,} of {pair[1]} by their {NORMS[norm].meaning} to "
        f"both ideals; {split - of_first:,} and {rest - of_second:,} lie on the wrong side of the line.",
        hint="The image farthest on the wrong side. Point at or tap any other." if chosen is None else "",
        on_open=opened,
        reveals=OPENED,
    )
