"""What to think of a customer's next purchase, in Dutch."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.next_purchase import Next

LIKELY = 0.5  # from this chance on, one counts on a customer
GONE, ONCE = "waarschijnlijk geen klant meer", "kocht één keer: nog geen ritme"
OVERDUE, ON_TIME = "te laat", "op schema"


def notes(found: Next, frequency: Floats) -> npt.NDArray[np.str_]:
    """Say of each customer whether he is late; frequency: purchases after the first."""
    return np.select(
        [found.alive < LIKELY, frequency == 0, found.overdue > 0], [GONE, ONCE, OVERDUE], ON_TIME
    )
