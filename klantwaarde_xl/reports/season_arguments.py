"""The season that a function is asked with: a word, or an index of the user's own."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.season.calendar import Calendar, of_index
from klantwaarde_xl.kernels.models.season.wanted import Wanted, wanted


class Following(NamedTuple):
    """The season that is asked for, a `Wanted` or nothing, and an index of one's own that goes before it."""

    season: float | None
    own: Calendar | None

    def calendars(self, model: float) -> tuple[Calendar, ...]:
        """Return the calendars that the season may go by; model: as it was asked for."""
        asked = wanted(self.season, model)
        return asked if self.own is None else (self.own,)


NO_SEASON = Following(float(Wanted.NONE), None)


def following_of(season: float | None = None, index: Floats | None = None) -> Following:
    """Check what is asked for; errors as in `wanted` and `calendar_of`.

    season: a `Wanted`; index: rows of a day number and a number.
    """
    made = Following(season, None if index is None else calendar_of(index))
    made.calendars(0.0)  # refuses a season that does not exist
    return made


def calendar_of(index: Floats) -> Calendar:
    """Return the calendar of rows of a day number and a number; errors as in `of_index`."""
    block = np.atleast_2d(index)
    if block.shape[1] != 2:
        raise OutOfRange(
            "De index heeft geen twee kolommen.", remedy="Geef een blok van twee kolommen: datum en index."
        )
    return of_index("index", block[:, 0], block[:, 1])
