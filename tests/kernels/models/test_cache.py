"""A fit is done once for the same numbers, in one cell or in ten."""

import threading

import numpy as np
import pytest

from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.declared.examples import shop
from klantwaarde_xl.functions.declared.forecast import forecast, log, model_checks
from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.estimate import cache
from klantwaarde_xl.kernels.models.estimate.search import failed
from klantwaarde_xl.refusals.models import ONE_CUSTOMER

LOG = log.LOG
END = shop.END
ON_ONE_RANGE = [  # ten cells on one log: nine functions and one of them twice
    (forecast.KLANTPROGNOSE, (*LOG, 26, 0.3, 0.1, None, "bg/nbd", END)),
    (forecast.KLANTPROGNOSE, (*LOG, 52, 1, 0, None, "bg/nbd", END)),
    (forecast.PROGNOSETOTAAL, (*LOG, 26, 0.3, 0.1, None, "bg/nbd", END)),
    (forecast.PROGNOSETOTAAL, (*LOG, 26, 0.3, 0.1, None, "bg/nbd", END, "eigen")),
    (forecast.WAAROMKLANTWAARDE, (*LOG, "K32", 26, 0.3, 0.1, None, "bg/nbd", END)),
    (log.VOORSPELCONTROLE, (*LOG, None, "bg/nbd", END)),
    (model_checks.KOOPMODEL, (*LOG, None, "bg/nbd", END)),
    (model_checks.MODELTOETS, (*LOG, None, "bg/nbd", END)),
    (model_checks.MODELVERGELIJKING, (*LOG, None, None, END)),
    (model_checks.SEGMENTMODEL, (*LOG[:2], ("alles",) * len(LOG[0]), LOG[2], None, "bg/nbd", END)),
]


@pytest.fixture(autouse=True)
def empty():
    """An empty memory, so that no other test has fitted these numbers."""
    cache.remembered.forget()


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

    for model in face.Model:
        counting(face.module_of(model), model.title)
    counting(gammagamma, gammagamma.MODEL)
    return times


def fake(times):
    def fit(*columns):
        times.append(1)
        return failed("proef", ("p",), len(times), ONE_CUSTOMER())

    return fit


def test_the_second_time_nothing_is_fitted():
    times = []
    first = cache.remembered("proef", (np.arange(3.0),), fake(times))
    assert cache.remembered("proef", (np.arange(3.0),), fake(times)) is first
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
    cache.remembered("proef", (np.arange(3.0),), fake(times))
    cache.remembered("proef", columns, fake(times))
    assert len(times) == 2


def test_another_model_is_fitted_anew():
    times = []
    for name in ("proef", "ander"):
        cache.remembered(name, (np.arange(3.0),), fake(times))
    assert len(times) == 2


def test_equal_numbers_elsewhere_in_memory_are_the_same():
    times = []
    scattered = np.arange(6.0)[::2]
    cache.remembered("proef", (scattered,), fake(times))
    cache.remembered("proef", (scattered.copy(),), fake(times))
    cache.remembered("proef", (scattered.astype(int),), fake(times))
    assert len(times) == 1


def test_the_fit_that_was_asked_for_longest_ago_is_forgotten_first():
    times = []
    for number in range(cache.remembered.kept):
        cache.remembered("proef", (np.array([float(number)]),), fake(times))
    cache.remembered("proef", (np.zeros(1),), fake(times))  # still known, and now the latest
    cache.remembered("proef", (np.array([-1.0]),), fake(times))
    assert len(cache.remembered) == cache.remembered.kept
    assert len(times) == cache.remembered.kept + 1
    cache.remembered("proef", (np.zeros(1),), fake(times))
    assert len(times) == cache.remembered.kept + 1
    cache.remembered("proef", (np.ones(1),), fake(times))
    assert len(times) == cache.remembered.kept + 2


def test_many_threads_get_the_same_fit():
    times, found = [], []

    def ask():
        found.append(cache.remembered("proef", (np.ones(2),), fake(times)))

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
        cache.remembered("proef", (np.ones(2),), wrong)
    assert not len(cache.remembered)


def test_a_fit_is_remembered_whichever_way_it_is_asked_for(counted):
    x, t_x, age = np.array([0, 2, 1, 5]), np.array([0, 3.0, 1, 8]), np.array([9.0, 9, 8, 9])
    face.fitted(0, x, t_x, age)
    face.fitted(0.0, x.astype(float), t_x, age)
    assert counted == {"BG/NBD": 1}


@pytest.mark.slow
def test_ten_cells_on_one_range_fit_each_model_once(counted):
    for spec, cells in ON_ONE_RANGE:
        table = call(spec, cells)
        assert isinstance(table, list), f"{spec.name}: {table}"
    assert counted == {"BG/NBD": 1, "MBG/NBD": 1, "Pareto/NBD": 1, "Gamma-Gamma": 1}


@pytest.mark.slow
def test_a_second_calculation_of_the_sheet_fits_nothing(counted):
    tables = [call(spec, cells) for spec, cells in ON_ONE_RANGE]
    before = dict(counted)
    assert [call(spec, cells) for spec, cells in ON_ONE_RANGE] == tables
    assert counted == before


@pytest.mark.slow
def test_one_changed_amount_is_another_spending_model_and_the_same_buying_model(counted):
    forecast_cells = (*LOG, 26, 0.3, 0.1, None, "bg/nbd", END)
    call(forecast.KLANTPROGNOSE, forecast_cells)
    amounts = (*LOG[2][:1], LOG[2][1] + 1, *LOG[2][2:])
    call(forecast.KLANTPROGNOSE, (*LOG[:2], amounts, *forecast_cells[3:]))
    assert counted == {"BG/NBD": 1, "Gamma-Gamma": 2}


def test_one_number_and_a_list_of_one_are_remembered_apart():
    memory = cache.Memory(4)
    for column in (np.array([3.0]), np.array(3.0), np.array([[3.0]])):
        assert np.shape(memory("zelf", [column], lambda one: one)) == np.shape(column)
    assert len(memory) == 3
