"""Time to come: what is expected of it, and how it varies."""

import numpy as np

from klantwaarde_xl.kernels.models.season.calendar import of_index
from klantwaarde_xl.kernels.models.season.clock import Season


def season_ahead(now, factors, error=0.0):
    """A season of which nothing showed until now; factors: from days after it on, by which time then passes.

    error: of the effect that makes them.
    """
    days, values = zip((0.0, 1.0), *((now + day, factor) for day, factor in factors.items()), strict=True)
    calendar = of_index("druk", np.array(days), np.array(values))
    return Season(calendar, np.ones(1), np.full((1, 1), error**2), now - 364, now)
