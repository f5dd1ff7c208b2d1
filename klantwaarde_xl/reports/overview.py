"""A forecast in a few lines: what all customers together are worth, and what it was made from."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.buying.face import Model
from klantwaarde_xl.kernels.models.checks.findings import findings, quiet_days
from klantwaarde_xl.kernels.models.forecast import fitted_models, forecast_of
from klantwaarde_xl.kernels.models.log.prepare import Log, prepare
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.season.view import history_of
from klantwaarde_xl.kernels.models.totals import totals_of
from klantwaarde_xl.reports.arguments import (
    STANDARD,
    WEEK,
    Asked,
    asked_of,
    settled_for,
    spelled,
    whole,
)
from klantwaarde_xl.reports.season_arguments import Following, following_of
from klantwaarde_xl.wording import limits, seasons
from klantwaarde_xl.wording.checks import REPEATS_FREE, about_models, day, remark
from klantwaarde_xl.wording.findings import lines


class Total(NamedTuple):
    """One row a figure of all customers together; lower and upper #N/A where there are none."""

    label: npt.NDArray[np.str_]
    value: Floats
    lower: Floats
    upper: Floats
    note: npt.NDArray[np.str_]


class Check(NamedTuple):
    """One row a finding about the log or a fit."""

    label: npt.NDArray[np.str_]
    value: Floats
    note: npt.NDArray[np.str_]


@spelled(log=whole, asked=asked_of, following=following_of)
def total(log: Log, asked: Asked, following: Following) -> Total:
    """Forecast what all customers together will buy and are worth, with intervals.

    log, asked, following: as `whole`, `asked_of` and `following_of`; a fit that does not converge is
    `NotAvailable`.
    """
    terms, choice = settled = settled_for(asked, log, following)
    _, summary = prepare(log, asked.as_of, terms.unit)
    models = fitted_models(summary, terms, settled.season)
    found = totals_of(summary, models, forecast_of(summary, models, terms), terms)
    about = remark(found.remark, models, terms) if found.remark else about_models(models)
    if found.value.value == 0 and not models.nothing_paid:
        about = "; ".join(filter(None, (REPEATS_FREE, about)))
    limit = "".join(f"; {words}" for words in [limits.of_buying(models.buying)] if words)
    record = terms.model.record
    other = f"; in {record.word} blijft wie één keer kocht altijd klant, in {Model.MBGNBD.word} niet"
    said = other if face.once_alive(models.buying, terms.model) else limit
    quiet = quiet_days(summary)
    far = f"; let op: {quiet:.0f} dagen na de laatste aankoop, klopt die datum?" if quiet else ""
    rows = (
        ("klanten", f"met minstens één aankoop tot en met {day(summary.last_day)}, na retouren{far}"),
        (
            "nog klant",
            f"de kansen om nog klant te zijn opgeteld{said}",
        ),
        ("verwachte aankopen", "; ".join(filter(None, ("van allen, in de horizon", seasons.used(choice))))),
        ("klantwaarde", about or "van allen, nu"),
        ("klantwaarde per klant", about or "gemiddeld"),
    )
    figures = np.array([found.customers, found.alive, found.purchases, found.value, found.each])
    labels, notes = zip(*rows, strict=True)
    return Total._make([np.array(labels), *figures.T, np.array(notes)])


def check(
    customers: Codes,
    days: Floats,
    amounts: Floats,
    unit: float = WEEK,
    model: float = STANDARD,
    as_of: float | None = None,
    season: float | None = None,
    index: Floats | None = None,
) -> Check:
    """Say what a forecast from this log would stand on: rows, refunds, customers, fits, season, assumptions.

    Arguments and errors as in `customers.forecast`.
    """
    log = Log(customers, days, amounts)
    asked, following = asked_of(unit=unit, model=model, as_of=as_of), following_of(season, index)
    _, summary = prepare(log, as_of, unit)
    terms, choice = settled = settled_for(asked, log, following)
    found = findings(summary, face.fitted(terms.code, *history_of(summary, settled.season, terms.unit.days)))
    first = float(summary.first_day.min())
    rows = [*lines(found), *seasons.lines(choice), *seasons.tested(choice, first, summary.last_day)]
    _, labels, values, notes = zip(*rows, strict=True)
    return Check(np.array(labels), np.array(values, dtype=np.float64), np.array(notes))
