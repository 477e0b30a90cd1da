"""A slider that speaks while it is dragged (a Streamlit component, v2).

Streamlit's own waits until it is let go.
"""

from collections.abc import Callable, Sequence
from typing import Any

from mnist_dash.components.shared.mount import Heard, Values, component


def live_slider(
    key: str,
    label: str,
    stops: Sequence[str],
    *,
    at: int,
    on_slide: Callable[[int, bool], Values],
    answered: int | None,
    play: bool = False,
) -> Heard:
    """Show it. Call this last in its fragment, into a container above: then the next move is sent.

    stops: what the places of the slider are called, no two alike. at: where it stands. on_slide: what is
    chosen at a place, and whether the slider is still being moved. answered: number of its newest message.
    play: whether a button moves it from end to end.
    """

    def heard(news: Any) -> Values:
        match news:
            case {"slide": {"at": str(stop), "moving": bool(moving)}} if stop in stops:
                return on_slide(stops.index(stop), moving)
        return {}

    component("live_slider")(
        key=key,
        data={"label": label, "stops": list(stops), "at": at, "answered": answered, "play": play},
        says=["slide"],
    )
    return heard
