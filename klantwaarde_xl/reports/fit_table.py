"""A fit as a table to read: parameters, what follows from them, how well it fits, and in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.wording.fits import Line


class FitTable(NamedTuple):
    """One row a figure; error, lower and upper are #N/A where there are none, all #NUM! without a fit."""

    label: npt.NDArray[np.str_]
    value: Floats
    error: Floats
    lower: Floats
    upper: Floats
    note: npt.NDArray[np.str_]


def table(lines: Sequence[Line]) -> FitTable:
    """Return figures with their words as a table."""
    figures = np.array([line.figure[1:] for line in lines], dtype=np.float64)
    labels, notes = [line.label for line in lines], [line.note for line in lines]
    return FitTable._make([np.array(labels), *figures.T, np.array(notes)])
