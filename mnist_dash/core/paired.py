"""Two classifiers scored on the same images: which of them is better, and could that be chance?"""

from dataclasses import dataclass
from math import sqrt

from torch import Tensor

Z_95 = 1.959964  # 95 % of a normal distribution lie within so many standard deviations


@dataclass(frozen=True)
class Paired:
    """How many images both classifiers get right, only the first, only the second, and neither."""

    both: int
    only_first: int
    only_second: int
    neither: int

    @property
    def total(self) -> int:
        """All images."""
        return self.both + self.only_first + self.only_second + self.neither

    @property
    def difference(self) -> float:
        """The accuracy of the second minus that of the first."""
        return (self.only_second - self.only_first) / self.total

    @property
    def p_value(self) -> float:
        """McNemar's exact test: how likely a split at least as uneven is if both are equally good.

        Source: Q. McNemar, *Psychometrika* 12, 1947: of the images that only one gets right, each is
        as likely to be the first's as the second's. Without such an image it is 1.
        """
        from scipy.special import bdtr  # counting needs no SciPy

        alone = self.only_first + self.only_second
        as_few = bdtr(min(self.only_first, self.only_second), alone, 0.5)  # or fewer, by chance
        return min(2 * float(as_few), 1.0)

    @property
    def interval(self) -> tuple[float, float]:
        """Where the difference lies with 95 % confidence.

        The normal interval for paired shares after half an image has been added to each of the four counts.
        Source: A. Agresti, Y. Min, *Statistics in Medicine* 24, 2005.
        """
        first, second, total = self.only_first + 0.5, self.only_second + 0.5, self.total + 2
        middle = (second - first) / total
        reach = Z_95 * sqrt(first + second - total * middle**2) / total
        return max(middle - reach, -1.0), min(middle + reach, 1.0)


def paired(first: Tensor, second: Tensor) -> Paired:
    """Which images each has right, bool (N,) and (N,) -> Paired."""
    counts = [first & second, first & ~second, ~first & second, ~first & ~second]
    return Paired(*(int(count.sum()) for count in counts))
