"""What customers say in a survey."""

from __future__ import annotations

import numpy as np

from klantwaarde_xl.errors import DivisionByZero, OutOfRange
from klantwaarde_xl.kernels.arrays import Floats


def nps(scores: Floats) -> float:
    """Net Promoter Score: 100 × (promoters 9–10 − detractors 0–6) / answers (article 000: D12).

    scores: answers, whole numbers 0…10, any shape. Returns points −100…100.
    No answers is `DivisionByZero`; a score outside 0…10 or not whole is `OutOfRange`.
    """
    answers = np.asarray(scores, dtype=np.float64)
    if answers.size == 0:
        raise DivisionByZero("Er zijn geen scores.", remedy="Geef een bereik met antwoorden 0 t/m 10.")
    if not np.all((answers >= 0) & (answers <= 10) & (answers == np.floor(answers))):
        raise OutOfRange("Een score ligt buiten 0 t/m 10 of is geen geheel getal.")
    promoters = np.count_nonzero(answers >= 9)
    detractors = np.count_nonzero(answers <= 6)
    return 100.0 * (promoters - detractors) / answers.size
