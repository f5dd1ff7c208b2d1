"""How characteristics move a customer's own parameters of a model of buying."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats

# By name of a parameter: the way in which a factor on the rate of buying, or on stopping, moves it
_BUYING = {"alpha": -1, "lambda": 1}
_STOPPING = {"beta": -1, "mu": 1, "a": 1, "odds": 1}


class Moves(NamedTuple):
    """base: the names of the model's parameters; ways: which of them the factors on buying move, and which
    those on stopping, where customers stop, each with its way: 1 or −1; many: characteristics.
    """  # noqa: D205

    base: tuple[str, ...]
    ways: tuple[tuple[int, int], ...]
    many: int

    @property
    def names(self) -> tuple[str, ...]:
        """Of all parameters: those of the model, then the factors, first on buying."""
        about = ("buying", "stopping")[: len(self.ways)]
        return (*self.base, *(f"{one} {at}" for one in about for at in range(self.many)))

    def by(self, columns: Floats) -> tuple[list[int], Floats]:
        """Which of a customer's log-parameters each parameter moves, and by how much; a column a customer."""
        size, count = len(self.base), columns.shape[0]
        which = [*range(size), *(at for at, _ in self.ways for _ in range(self.many))]
        return which, np.vstack([np.ones((size, count)), *(way * columns.T for _, way in self.ways)])

    def logs(self, theta: Floats, columns: Floats) -> Floats:
        """The log-parameters of customers, a column each, from the logs of all parameters."""
        which, by = self.by(columns)
        found = np.zeros((len(self.base), columns.shape[0]))
        np.add.at(found, which, by * theta[:, None])
        return found


def moves_of(base: tuple[str, ...], many: int) -> Moves:
    """Return how so many characteristics move the parameters with these names."""
    ways = [
        (base.index(name), way)
        for moving in (_BUYING, _STOPPING)
        for name, way in moving.items()
        if name in base
    ]
    return Moves(base, tuple(ways), many)
