"""Curves over one axis, light enough to follow a slider (a Streamlit component, v2).

Numbers in, picture out: nothing is computed here. For what stands still there is ``figures``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mnist_dash.components.shared.mount import component


@dataclass(frozen=True)
class Curve:
    """y: one value for every x. value: where it is now, and ``now`` the same in words.

    colour: "L1", "L2"; "first", "second" for what belongs to two digits; "quiet" for what is nobody's.
    dashed: for what is beside another of the same colour.
    """

    name: str
    y: Sequence[float]
    value: float
    now: str
    colour: str
    dashed: bool = False


def live_curves(
    key: str,
    x: Sequence[float],
    curves: Sequence[Curve],
    *,
    at: float,
    label: str,
    title: str,
    span: tuple[float, float],
    decimals: tuple[int, int],
    notes: Sequence[tuple[float, str]] = (),
    height: int = 200,
) -> None:
    """Show them. at: the place on the axis that is looked at. label: the text alternative.

    title: of the axis. span: lowest and highest y. decimals: of the numbers along x, and along y.
    notes: places on the axis and what they are. height: in pixels.
    """
    component("live_curves")(
        key=key,
        data={
            "x": list(x),
            "curves": [vars(curve) | {"y": [round(y, decimals[1] + 2) for y in curve.y]} for curve in curves],
            "at": at,
            "label": label,
            "title": title,
            "low": span[0],
            "high": span[1],
            "x_decimals": decimals[0],
            "y_decimals": decimals[1],
            "notes": [{"at": place, "name": name} for place, name in notes],
            "height": height,
        },
    )
