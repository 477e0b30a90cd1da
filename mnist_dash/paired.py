"""Two classifiers scored on the same images: which of them is better, and could that be chance?"""

from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True)
class Paired:
    """How many images both classifiers call rightly, only the first, only the second, and neither."""

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
        """The accuracy of the second less that of the first."""
        return (self.only_second - self.only_first) / self.total

    @property
    def p_value(self) -> float:
        """McNemar's exact test: how likely a split as uneven is if both are equally good; 1 without one.

        Source: Q. McNemar, *Psychometrika* 12, 1947: of the images that one alone calls rightly, each is
        as likely to be the first's as the second's.
        """
        return self._test.pvalue if self.only_first + self.only_second else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the difference lies with 95 % confidence, Clopper and Pearson's for the split.

        It leaves out 0 just when the p-value is below 5 %.
        """
        split = self.only_first + self.only_second
        if not split:
            return 0.0, 0.0
        share = self._test.proportion_ci(0.95)
        return (2 * share.low - 1) * split / self.total, (2 * share.high - 1) * split / self.total

    @property
    def _test(self):
        from scipy.stats import binomtest  # half a second to import, so not before it is needed

        return binomtest(self.only_second, self.only_first + self.only_second)


def paired(first: Tensor, second: Tensor) -> Paired:
    """Which images each has right, bool (N,) and (N,) -> Paired."""
    counts = [first & second, first & ~second, ~first & second, ~first & ~second]
    return Paired(*(int(count.sum()) for count in counts))
