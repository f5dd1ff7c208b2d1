"""What one customer will do, given the parameters of a model of buying: element by element.

Every argument may be an array: of customers, of parameters, or of both. The models take one set of
parameters at a time, so that they are called once for each different set. What is impossible is
#NUM! for its own element.

A history is frequency, recency and age: purchases after the first, the age at the last of them and
the age now, both counted from the first purchase. In the BG/BB ages and horizons are numbers of
opportunities. The parameters are r, alpha, a, b in the BG/NBD and MBG/NBD; r, alpha, s, beta in the
Pareto/NBD; alpha, beta, gamma, delta in the BG/BB: here always named as in the first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any, TypeAlias

import numpy as np

from klantwaarde_xl.errors import CellError, OutOfRange
from klantwaarde_xl.kernels.arrays import Element, Floats, elementwise
from klantwaarde_xl.kernels.models.buying.bgbb import LONGEST
from klantwaarde_xl.kernels.models.buying.face import Model, module_of
from klantwaarde_xl.kernels.models.log.summary import Unit, unit_of
from klantwaarde_xl.kernels.models.numeric.discounting import continuous_rate

E: TypeAlias = Element
Compute: TypeAlias = Callable[..., Floats]
Shape: TypeAlias = tuple[float, ...]

SUMMED = 2000  # purchases up to which the chances of fewer are added up one by one
CERTAIN = 0.999  # the chance of more, above which they are
STANDARD, WEEK = float(Model.BGNBD), float(Unit.WEEK)
COUNTS = [float(model) for model in Model if not model.record.in_time]  # time is a number of opportunities


class Counted(IntEnum):
    """Which numbers of purchases a probability is of."""

    EXACTLY = 0
    AT_LEAST = 1
    AT_MOST = 2


@elementwise
def p_alive(frequency: E, recency: E, age: E, r: E, alpha: E, a: E, b: E, model: E = STANDARD) -> Floats:
    """Probability 0…1 that a customer has not stopped; in the BG/BB at the next opportunity.

    frequency: whole ≥ 0; recency: 0…age, 0 exactly where frequency is 0; age: ≥ 0; r, alpha, a, b:
    > 0, those of the model in its own order; model: a `Model`. Times in the unit of the parameters.
    Anything else is #NUM!. Sources: those of the models.
    """

    def compute(model: Model, params: Shape, _: Shape, *history: Floats) -> Floats:
        return module_of(model).p_alive(params, *history)

    history = frequency, recency, age
    return _each_set((r, alpha, a, b), model, (), history, _possible(model, *history), compute)


@elementwise
def purchases(
    frequency: E, recency: E, age: E, horizon: E, r: E, alpha: E, a: E, b: E, model: E = STANDARD
) -> Floats:
    """Purchases to expect of a customer within a horizon from now.

    horizon: ≥ 0, the unit of the parameters; whole in the BG/BB, opportunities. The rest and errors
    as `p_alive`. Sources: those of the models.
    """

    def compute(model: Model, params: Shape, _: Shape, *columns: Floats) -> Floats:
        return module_of(model).conditional_expected(params, *columns)

    history = frequency, recency, age
    possible = _possible(model, *history) & _ahead(model, horizon)
    return _each_set((r, alpha, a, b), model, (), (*history, horizon), possible, compute)


@elementwise
def chance(
    count: E,
    frequency: E,
    recency: E,
    age: E,
    horizon: E,
    r: E,
    alpha: E,
    a: E,
    b: E,
    model: E = STANDARD,
    counted: E = 0.0,
) -> Floats:
    """Probability 0…1 of so many purchases of a customer within a horizon from now.

    count: whole ≥ 0; counted: a `Counted`: exactly so many, at least, or at most. The rest and
    errors as `purchases`. Sources: those of the models; `at_least`.
    """

    def compute(model: Model, params: Shape, settings: Shape, *columns: Floats) -> Floats:
        asked = Counted(int(settings[0]))
        if asked is Counted.EXACTLY:
            found = module_of(model).conditional_pmf(params, *columns)
        else:
            found = (at_least if asked is Counted.AT_LEAST else at_most)(model, params, *columns)
        return np.clip(found, 0.0, 1.0)  # a sum of chances may end a rounding above one

    history = frequency, recency, age
    possible = _possible(model, *history) & _ahead(model, horizon) & _is_whole(count)
    possible = possible & np.isin(counted, list(Counted))
    columns = (*history, horizon, count)
    return _each_set((r, alpha, a, b), model, (counted,), columns, possible, compute)


@elementwise
def new_purchases(horizon: E, r: E, alpha: E, a: E, b: E, model: E = STANDARD) -> Floats:
    """Repeat purchases to expect of a new customer within a horizon after the first purchase.

    Arguments and errors as `purchases`. Sources: those of the models.
    """

    def compute(model: Model, params: Shape, _: Shape, t: Floats) -> Floats:
        return module_of(model).expected(params, t)

    return _each_set((r, alpha, a, b), model, (), (horizon,), _ahead(model, horizon), compute)


@elementwise
def new_chance(
    count: E, horizon: E, r: E, alpha: E, a: E, b: E, model: E = STANDARD, counted: E = 0.0
) -> Floats:
    """Probability 0…1 of so many repeat purchases of a new customer: a customer of age nought.

    Arguments and errors as `chance`. Sources: those of the models; `at_least`.
    """
    return chance(count, 0.0, 0.0, 0.0, horizon, r, alpha, a, b, model, counted)


@elementwise
def discounted_purchases(
    frequency: E,
    recency: E,
    age: E,
    interest: E,
    r: E,
    alpha: E,
    a: E,
    b: E,
    model: E = STANDARD,
    horizon: E = 0.0,
    unit: E = WEEK,
) -> Floats:
    """Purchases to expect of a customer, each discounted to now from its own moment.

    interest: yearly fraction ≥ 0, 0.1 is 10%; horizon: as `purchases`, but 0 is without end, which
    takes an interest above 0; unit: a `Unit`, that of the parameters, in the BG/BB the time between
    two opportunities. The rest and errors as `purchases`. A sum that does not exist is #NUM!.
    Source: Fader, Hardie & Lee (2005), "RFM and CLV"; Fader, Hardie & Shang (2010).
    """

    def compute(model: Model, params: Shape, settings: Shape, x: Floats, t_x: Floats, age: Floats) -> Floats:
        horizon, yearly, unit = settings
        rate = continuous_rate(yearly, unit_of(unit).days)
        if not model.record.in_time:
            rate = float(np.expm1(rate))
        return module_of(model).discounted_expected(params, x, t_x, age, horizon or np.inf, rate)

    history = frequency, recency, age
    possible = _possible(model, *history) & _ahead(model, horizon) & np.isin(unit, list(Unit))
    possible = possible & (interest >= 0) & ((interest > 0) | (horizon > 0))
    settings = horizon, interest, unit
    return _each_set((r, alpha, a, b), model, settings, history, possible, compute)


def at_least(model: Model, params: Shape, *columns: Floats) -> Floats:
    """Probability that each customer makes at least so many purchases in a time t from now.

    params: of the model, > 0; columns: x, t_x, age: a possible history, all 0 for a new customer; t:
    ≥ 0, in the BG/BB a whole number of opportunities; count: whole ≥ 0. Arrays of one dimension and
    one length. Impossible input raises `OutOfRange`, as in the model's `p_alive`.
    """
    x, t_x, age, t, count = columns
    alive = np.asarray(module_of(model).p_alive(params, x, t_x, age))
    return np.where(count > 0, alive * model.record.later(params, x, age, t, np.maximum(count, 1.0)), 1.0)


def at_most(model: Model, params: Shape, *columns: Floats) -> Floats:
    """Probability that each customer makes at most so many purchases; arguments as `at_least`.

    What more purchases leave; where that is next to nothing, the sum of the chances of 0, 1, ….
    """
    x, t_x, age, t, count = columns
    more = at_least(model, params, x, t_x, age, t, count + 1)
    result = 1 - more
    for row in np.flatnonzero((more > CERTAIN) & (count <= SUMMED)):
        fewer = np.arange(count[row] + 1)
        each = module_of(model).conditional_pmf(params, x[row], t_x[row], age[row], t[row], fewer)
        result[row] = each.sum()
    return np.asarray(result)


def _is_whole(values: E) -> Any:
    return (values >= 0) & (values == np.floor(values)) & np.isfinite(values)


def _possible(model: E, x: E, t_x: E, age: E) -> Any:
    """Mask of the histories that a customer of that model can have."""
    timely = (t_x >= 0) & (t_x <= age) & np.isfinite(age) & ((x > 0) == (t_x > 0))
    counted = _is_whole(age) & _is_whole(t_x) & (x <= t_x) & (age <= LONGEST)
    return _is_whole(x) & timely & (~np.isin(model, COUNTS) | counted)


def _ahead(model: E, horizon: E) -> Any:
    """Mask of the horizons that the model can look at."""
    counted = _is_whole(horizon) & (horizon <= LONGEST)
    return (horizon >= 0) & np.isfinite(horizon) & (~np.isin(model, COUNTS) | counted)


def _each_set(
    params: Sequence[E],
    model: E,
    settings: Sequence[E],
    columns: Sequence[E],
    possible: Any,
    compute: Compute,
) -> Floats:
    """Return compute(model, params, settings, *columns), once for each different set of the first three.

    Impossible elements, and sets for which the model has no answer, are #NUM!.
    """
    shared = [np.asarray(one) for one in (*params, model, *settings)]
    possible = np.asarray(possible & np.isin(model, list(Model)))
    for one in params:
        possible = possible & (one > 0) & np.isfinite(one)
    shape = np.broadcast_shapes(possible.shape, *(one.shape for one in shared), *map(np.shape, columns))
    result = np.full(shape, CellError.NUM.nan).ravel()
    good = np.flatnonzero(np.broadcast_to(possible, shape))
    picked = [np.broadcast_to(one, shape).ravel()[good] for one in columns]
    for one, rows in _sets(shared, shape, good):
        values = [float(part) for part in one]
        try:
            found = compute(
                Model(int(values[4])), tuple(values[:4]), tuple(values[5:]), *(part[rows] for part in picked)
            )
        except OutOfRange:  # no answer for this set: without end and too large, or infinite
            continue
        result[good[rows]] = found
    return result.reshape(shape)


def _sets(shared: Sequence[Floats], shape: tuple[int, ...], good: Any) -> Any:
    """The different sets among the good elements, each with the places of its elements in good."""
    if not good.size:
        return
    if all(one.size == 1 for one in shared):
        yield [one.item() for one in shared], np.arange(good.size)
        return
    table = np.stack([np.broadcast_to(one, shape).ravel()[good] for one in shared], axis=1)
    different, place = np.unique(table, axis=0, return_inverse=True)
    place = place.ravel()
    order = np.argsort(place, kind="stable")
    yield from zip(different, np.split(order, np.cumsum(np.bincount(place))[:-1]), strict=True)
