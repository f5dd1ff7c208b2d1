"""The forecast says it when customers buy in step, by all of them and by some of very many."""

import datetime as dt

import numpy as np
import pytest

from klantwaarde_xl.data import forecast_basis
from klantwaarde_xl.data.forecast_basis import basis_of
from klantwaarde_xl.data.reading.files import transactions_from_cells
from klantwaarde_xl.data.settings import Settings

TODAY = dt.date(2026, 11, 27)


def shop(shape):
    """Orders of customers who come, buy at their own pace with times of that shape, and leave."""
    rng = np.random.default_rng(3)
    rows = []
    for customer in range(400):
        mean, day = rng.gamma(3, 14), rng.uniform(0, 500)
        end = min(day + rng.exponential(500), 900)
        while day < end:
            rows.append((f"K{customer}", dt.date(2024, 1, 1) + dt.timedelta(int(day)), 20.0 + rng.random()))
            day += rng.gamma(shape, mean / shape)
    return transactions_from_cells(("klant", "datum", "bedrag"), rows, source="proef")


@pytest.mark.slow
@pytest.mark.parametrize(("shape", "said"), [(1.0, False), (4.0, True)])
@pytest.mark.parametrize("rows", [1, 500_000])
def test_it_is_said_of_those_who_do_and_of_no_others(monkeypatch, shape, said, rows):
    monkeypatch.setattr(forecast_basis, "SHOWN_BY", rows)
    orders = shop(shape)
    basis = basis_of(orders, Settings(model="mbg/nbd", season="geen"), orders.last_day)
    assert ("kopen regelmatiger dan dit model aanneemt" in basis.about) is said
