"""What is read of texts, and how far the features of their words can move it: what cx.stats.adjustment learns from."""

from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp


@dataclass(frozen=True, eq=False)
class Readings:
    """What is read of texts, in the weight of one plain word. A unit is a word, where it stands, that a feature can move.

    `units` (units × features) which features it has; `owner` its text; `base` what it adds now, `factor` what the rules make of
    a shift. `total` and `mass` per text: what everything else adds.
    """

    total: np.ndarray
    mass: np.ndarray
    units: sp.csr_matrix
    owner: np.ndarray
    base: np.ndarray
    factor: np.ndarray
    doubt: float

    def of(self, texts: np.ndarray) -> "Readings":
        """The same of some texts (bool per text) alone."""
        place, mine = np.cumsum(texts) - 1, texts[self.owner]
        return replace(
            self,
            total=self.total[texts],
            mass=self.mass[texts],
            units=self.units[mine],
            owner=place[self.owner[mine]],
            base=self.base[mine],
            factor=self.factor[mine],
        )

    def polarity(self, lean: np.ndarray) -> np.ndarray:
        """The polarity of each text with the features shifted by `lean`."""
        amount = self.base + self.factor * (self.units @ lean)
        n = len(self.total)
        total = self.total + np.bincount(self.owner, amount, n)
        return total / (self.mass + np.bincount(self.owner, np.abs(amount), n) + self.doubt)
