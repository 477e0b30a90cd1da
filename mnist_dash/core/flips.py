"""Flip it: the fewest pixels of an image that change which ideal is nearest.

Exact, without trying combinations. An ideal b is nearer than the nearest one, a, when the sum over the
pixels of cost(v, a) - cost(v, b) is above 0, v being the pixel's value and cost |difference| under L1 and
its square under L2. Every pixel has its own term in this sum, so what one pixel gains does not depend on the
others, and n pixels gain most when they are the n that gain most. As these costs are convex, a term never
falls with v where b has more ink than a, and never rises where it has less: so the best value
is full ink there and paper here, and no value between gains more. Some other digit wins just when one of
the rivals beats a, so the fewest over all rivals are the fewest of all.

Knows nothing about screens.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from mnist_dash.core.baseline import Norm, predict, scaled

INK = 255


@dataclass(frozen=True)
class Flip:
    """Pixels to change, those that gain most first; with the last one the answer changes.

    before, after: the answers. places: row * W + column of each pixel. inks: what it becomes, 0 or 255.
    """

    before: int
    after: int
    places: tuple[int, ...]
    inks: tuple[int, ...]

    def of(self, image: Tensor, count: int) -> Tensor:
        """The image, (H, W), with the first ``count`` of these pixels changed, or with all if fewer."""
        changed = image.flatten().clone()
        changed[list(self.places[:count])] = torch.tensor(self.inks[:count], dtype=image.dtype)
        return changed.view_as(image)


def fewest(image: Tensor, ideals: Tensor, classes: Sequence[int], norm: Norm) -> Flip:
    """The fewest pixels that change the answer, and what each becomes.

    image: (H, W) of whole numbers from 0 to 255: uint8, or float32 that is not divided by 255.
    ideals: (K, H, W), one for each of ``classes``.
    Where rivals need equally few, the earlier of ``classes`` is taken. Raises ValueError when no picture has
    another answer, as when the ideals are equal.
    """
    before = int(predict(norm.distances(image[None], ideals), classes))
    nearest = list(classes).index(before)
    a, rivals = ideals[nearest].double(), torch.cat([ideals[:nearest], ideals[nearest + 1 :]]).double()
    best = torch.where(rivals > a, INK, 0).to(image.dtype)  # (K - 1, H, W)

    def terms(values: Tensor) -> Tensor:
        values = scaled(values).double()
        return (norm.costs(values, a) - norm.costs(values, rivals)).flatten(1)

    gains, order = (terms(best) - terms(image)).sort(dim=1, descending=True, stable=True)
    lacking = terms(image).sum(1, keepdim=True) + gains.cumsum(1) <= 0  # (K - 1, H * W)
    # At a tie a smaller class wins already, and rounding may hide that it is one: so begin one below.
    for count in range(max(1, int(lacking.sum(1).min())), image.numel() + 1):
        changed = image.flatten().repeat(len(rivals), 1)
        changed.scatter_(1, order[:, :count], best.flatten(1).gather(1, order[:, :count]))
        said = predict(norm.distances(changed.view_as(best), ideals), classes)
        if (said != before).any():
            rival = int((said != before).int().argmax())
            places = order[rival, :count]
            inks = best[rival].flatten()[places].int()
            return Flip(before, int(said[rival]), tuple(places.tolist()), tuple(inks.tolist()))
    raise ValueError("no picture has another answer: the ideals are the same")
