"""How a model to forecast with is chosen: all of them, held against what came in the second half."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.checks import contest as kernel
from klantwaarde_xl.kernels.models.checks.auto import of_log
from klantwaarde_xl.kernels.models.estimate.search import converged
from klantwaarde_xl.kernels.models.log.prepare import Log, prepare
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.refusals.titles import called
from klantwaarde_xl.reports.arguments import WEEK
from klantwaarde_xl.reports.season_arguments import following_of
from klantwaarde_xl.wording import checks


class Contest(NamedTuple):
    """One row a model, the one that is chosen first, as in `contest.Entry`; note says in Dutch why."""

    model: npt.NDArray[np.str_]
    score: Floats
    bias: Floats
    error: Floats
    ranks: Floats
    coverage: Floats
    note: npt.NDArray[np.str_]


def contest(
    customers: Codes,
    days: Floats,
    amounts: Floats | None = None,
    unit: float = WEEK,
    as_of: float | None = None,
    season: float | None = None,
    index: Floats | None = None,
) -> Contest:
    """Hold the models, their limits and a plain rate against what came, as a forecast does that chooses.

    In the time of the season that it follows, if it does. Arguments and errors as in `customers.forecast`;
    without any fit `NotAvailable`. Scores by the log of the chance of what came (Gneiting & Raftery 2007).
    """
    log = Log(customers, days, amounts)
    calendars = following_of(season, index).calendars(face.AUTO)
    found = of_log(log, as_of, unit, face.AUTO, calendars).contest
    if found is None:
        _, summary = prepare(log, as_of, unit)
        converged(face.fitted(face.Model.MBGNBD, summary.frequency, summary.recency, summary.T))
    return table_of(found)


def table_of(found: kernel.Contest | None) -> Contest:
    """Return a contest as a table; without one a table without rows."""
    entries = [] if found is None else found.entries
    figures = [np.array([getattr(one, name) for one in entries]) for name in Contest._fields[1:-1]]
    notes = [] if found is None else [checks.entry_in_words(found, one) for one in entries]
    names = [called(one.fit.model) for one in entries]
    return Contest._make([np.array(names), *figures, np.array(notes)])
