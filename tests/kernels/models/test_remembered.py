"""A fit is done once for the same numbers, in one cell or in ten."""

import threading

import numpy as np
import pytest

from klantwaarde_xl.functions import forecast, history, modelfit, smallshop
from klantwaarde_xl.functions.call import call
from klantwaarde_xl.kernels.models import buying, gammagamma, remembered
from klantwaarde_xl.kernels.models.fitting import failed

LOG = history.LOG
END = smallshop.END
ON_ONE_RANGE = [  # ten cells on one log: nine functions and one of them twice
    (forecast.KLANTPROGNOSE, (*LOG, 26, 0.3, 0.1, None, None, END)),
    (forecast.KLANTPROGNOSE, (*LOG, 52, 1, 0, None, None, END)),
    (forecast.PROGNOSETOTAAL, (*LOG, 26, 0.3, 0.1, None, None, END)),
    (forecast.PROGNOSETOTAAL, (*LOG, 26, 0.3, 0.1, None, None, END, "eigen")),
    (forecast.WAAROMKLANTWAARDE, (*LOG, "K32", 26, 0.3, 0.1, None, None, END)),
    (history.VOORSPELCONTROLE, (*LOG, None, None, END)),
    (modelfit.KOOPMODEL, (*LOG, None, None, END)),
    (modelfit.MODELTOETS, (*LOG, None, None, END)),
    (modelfit.MODELVERGELIJKING, (*LOG, None, None, END)),
    (modelfit.SEGMENTMODEL, (*LOG[:2], ("alles",) * len(LOG[0]), LOG[2], None, None, END)),
]


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    """A memory of its own, so that no other test has fitted these numbers."""
    monkeypatch.setattr(remembered, "_fits", type(remembered._fits)())


@pytest.fixture
def counted(monkeypatch):
    """How often each model was fitted."""
    times = {}

    def counting(module, name):
        real = module.fit

        def fit(*columns):
            times[name] = times.get(name, 0) + 1
            return real(*columns)

        monkeypatch.setattr(module, "fit", fit)

    for model in buying.Model:
        counting(buying.module_of(model), model.title)
    counting(gammagamma, gammagamma.MODEL)
    return times


def fake(times):
    def fit(*columns):
        times.append(1)
        return failed("proef", ("p",), len(columns[0]), f"{len(times)}")

    return fit


def test_the_second_time_nothing_is_fitted():
    times = []
    first = remembered.remembered("proef", (np.arange(3.0),), fake(times))
    assert remembered.remembered("proef", (np.arange(3.0),), fake(times)) is first
    assert len(times) == 1


@pytest.mark.parametrize(
    "columns",
    [
        (np.array([0, 1, 2.5]),),
        (np.array([2.0, 1, 0]),),
        (np.arange(4.0),),
        (np.arange(3.0), np.arange(3.0)),
        (np.arange(2.0), np.array([2.0])),
        (np.arange(3.0)[:, None],),
    ],
    ids=["another number", "another order", "one more", "twice", "cut elsewhere", "another shape"],
)
def test_other_numbers_are_fitted_anew(columns):
    times = []
    remembered.remembered("proef", (np.arange(3.0),), fake(times))
    remembered.remembered("proef", columns, fake(times))
    assert len(times) == 2


def test_another_model_is_fitted_anew():
    times = []
    for name in ("proef", "ander"):
        remembered.remembered(name, (np.arange(3.0),), fake(times))
    assert len(times) == 2


def test_equal_numbers_elsewhere_in_memory_are_the_same():
    times = []
    scattered = np.arange(6.0)[::2]
    remembered.remembered("proef", (scattered,), fake(times))
    remembered.remembered("proef", (scattered.copy(),), fake(times))
    remembered.remembered("proef", (scattered.astype(int),), fake(times))
    assert len(times) == 1


def test_the_fit_that_was_asked_for_longest_ago_is_forgotten_first():
    times = []
    for number in range(remembered.KEPT):
        remembered.remembered("proef", (np.array([float(number)]),), fake(times))
    remembered.remembered("proef", (np.zeros(1),), fake(times))  # still known, and now the latest
    remembered.remembered("proef", (np.array([-1.0]),), fake(times))
    assert len(remembered._fits) == remembered.KEPT
    assert len(times) == remembered.KEPT + 1
    remembered.remembered("proef", (np.zeros(1),), fake(times))
    assert len(times) == remembered.KEPT + 1
    remembered.remembered("proef", (np.ones(1),), fake(times))
    assert len(times) == remembered.KEPT + 2


def test_many_threads_get_the_same_fit():
    times, found = [], []

    def ask():
        found.append(remembered.remembered("proef", (np.ones(2),), fake(times)))

    ask()
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len({id(one) for one in found}) == 1


def test_a_fit_that_fails_in_an_error_is_not_remembered():
    def wrong(*_):
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        remembered.remembered("proef", (np.ones(2),), wrong)
    assert not remembered._fits


def test_a_fit_is_remembered_whichever_way_it_is_asked_for(counted):
    x, t_x, age = np.array([0, 2, 1, 5]), np.array([0, 3.0, 1, 8]), np.array([9.0, 9, 8, 9])
    buying.fitted(0, x, t_x, age)
    buying.fitted(0.0, x.astype(float), t_x, age)
    assert counted == {"BG/NBD": 1}


def test_ten_cells_on_one_range_fit_each_model_once(counted):
    for spec, cells in ON_ONE_RANGE:
        table = call(spec, cells)
        assert isinstance(table, list), f"{spec.name}: {table}"
    assert counted == {"BG/NBD": 1, "MBG/NBD": 1, "Pareto/NBD": 1, "Gamma-Gamma": 1}


def test_a_second_calculation_of_the_sheet_fits_nothing(counted):
    tables = [call(spec, cells) for spec, cells in ON_ONE_RANGE]
    before = dict(counted)
    assert [call(spec, cells) for spec, cells in ON_ONE_RANGE] == tables
    assert counted == before


def test_one_changed_amount_is_another_spending_model_and_the_same_buying_model(counted):
    forecast_cells = (*LOG, 26, 0.3, 0.1, None, None, END)
    call(forecast.KLANTPROGNOSE, forecast_cells)
    amounts = (*LOG[2][:1], LOG[2][1] + 1, *LOG[2][2:])
    call(forecast.KLANTPROGNOSE, (*LOG[:2], amounts, *forecast_cells[3:]))
    assert counted == {"BG/NBD": 1, "Gamma-Gamma": 2}
