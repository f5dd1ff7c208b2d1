"""Retention per year is counted: against an independent computation on sets of customers."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.data.analyse import Settings, analyse
from klantwaarde_xl.data.periods import month_end
from klantwaarde_xl.data.reading.files import read_transactions, transactions_from_cells
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from tests import cdnow
from tests.examples import examples
from tests.publiclogs import public_log

TODAY = dt.date(2026, 11, 27)


def counted(data, months, last):
    """Per month up to last: customers a year before, of these still one, and whether the data fill the windows.

    data: klant and datum of orders. Written as the definition says it, with sets per month.
    """
    index = data["datum"].dt.year * 12 + data["datum"].dt.month - 1
    bought = {m: set(names) for m, names in data.groupby(index)["klant"]}
    first = min(bought)

    def customers(m):
        return set().union(*(bought.get(k, set()) for k in range(m - months + 1, m + 1)))

    rows = []
    for m in range(first, last + 1):
        base = customers(m - 12)
        still = base & customers(m)
        filled = m - 12 - months + 1 >= first
        shown = m - 12 >= first
        rows.append(
            (
                dt.date(m // 12, m % 12 + 1, 1),
                len(base) if shown else None,
                len(still) if shown else None,
                len(still) / len(base) if filled and base else None,
            )
        )
    return rows


def retention(transactions, months, **options):
    made = analyse(transactions, Settings(inactive_months=months, **options), ["retentie"], today=TODAY)
    return made["retentie"].rows, made.figures


@pytest.fixture(scope="module")
def cdnow_read(tmp_path_factory):
    return read_transactions(cdnow.write_csv(tmp_path_factory.mktemp("cdnow") / "cdnow.csv"), today=TODAY)


@pytest.fixture(scope="module")
def webshop(tmp_path_factory):
    path = tmp_path_factory.mktemp("winkel") / "webshop.csv"
    path.write_text(sample_csv(sample_orders()), encoding="utf-8")
    return read_transactions(path, today=TODAY)


def simulated(years, customers, seed):
    """Orders of customers who come in any month and leave at a rate of their own; no refunds."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(customers):
        day = int(rng.integers(0, years * 365))
        rate, leave = rng.gamma(1.2, 0.01), rng.beta(1, 5)
        while day < years * 365:
            rows.append((f"S{number}", dt.date(2020, 1, 1) + dt.timedelta(days=day)))
            if rng.random() < leave:
                break
            day += 1 + int(rng.exponential(1 / rate))
    return pd.DataFrame(rows, columns=["klant", "datum"]).assign(datum=lambda d: pd.to_datetime(d["datum"]))


@pytest.mark.parametrize("months", [3, 6, 12])
def test_counts_on_cdnow_equal_a_computation_on_sets(cdnow_read, months):
    rows, _ = retention(cdnow_read, months)
    assert [row[:4] for row in rows] == counted(cdnow.frame(), months, 1998 * 12 + 5)


@pytest.mark.parametrize("months", [3, 6, 12, 24])
def test_counts_on_six_years_of_a_public_log_equal_a_computation_on_sets(months):
    path = public_log("apparel_transactions.csv")
    read = read_transactions(path, columns={"klant": "Id", "datum": "Date", "bedrag": "Price"}, today=TODAY)
    data = pd.read_csv(path, dtype={"Id": str}, parse_dates=["Date"])
    data = data.rename(columns={"Id": "klant", "Date": "datum"})
    rows, _ = retention(read, months)
    last = rows[-1][0]
    assert last >= data["datum"].max().date().replace(day=1) - dt.timedelta(days=31)
    assert [row[:4] for row in rows] == counted(data, months, last.year * 12 + last.month - 1)


@pytest.mark.slow
@pytest.mark.parametrize("months", [3, 6, 12])
def test_counts_on_the_example_shop_equal_a_computation_on_sets(webshop, months):
    orders = [(o.customer, o.day) for o in sample_orders() if o.amount >= 0]
    data = pd.DataFrame(orders, columns=["klant", "datum"]).assign(datum=lambda d: pd.to_datetime(d["datum"]))
    rows, _ = retention(webshop, months)
    assert [row[:4] for row in rows] == counted(data, months, 2026 * 12 + 9)


@pytest.mark.parametrize("months", [1, 3, 6, 12, 24])
def test_counts_on_a_simulation_of_six_years_equal_a_computation_on_sets(months):
    data = simulated(6, 800, seed=months)
    cells = [[name, day.date(), 10.0] for name, day in data.itertuples(index=False)]
    read = transactions_from_cells(("klant", "datum", "bedrag"), cells, source="S", today=TODAY)
    rows, figures = retention(read, months, as_of=dt.date(2025, 11, 30))
    assert [row[:4] for row in rows] == counted(data, months, 2025 * 12 + 10)
    assert figures["retentie_jaar"] == rows[-1][3] is not None


def test_the_example_shop_keeps_661_of_1464_customers(webshop):
    rows, figures = retention(webshop, 12)
    assert rows[-1][:3] == (dt.date(2026, 10, 1), 1464, 661)
    assert figures["retentie_jaar"] == pytest.approx(0.4515, abs=5e-5)
    assert figures["retentie_bericht"] is None


def test_cdnow_keeps_8332_of_23570_customers_and_says_what_that_stands_on(cdnow_read):
    rows, figures = retention(cdnow_read, 12)
    assert rows[-1] == (dt.date(1998, 6, 1), 23570, 8332, None, None, None)
    assert (figures["retentie_basis"], figures["retentie_nog"]) == (23570, 8332)
    assert figures["retentie_jaar"] == pytest.approx(0.3535, abs=5e-5)
    assert figures["retentie_jaar_laag"] < 0.3535 < figures["retentie_jaar_hoog"]
    assert "6 van de 12 maanden" in figures["retentie_bericht"]


@pytest.mark.parametrize(("months", "gives"), [(14, None), (16, None), (18, 1.0), (23, 1.0), (24, 1.0)])
def test_half_a_window_a_year_earlier_gives_the_figure_with_words_and_less_gives_none(months, gives):
    days = [dt.date(2024 + m // 12, m % 12 + 1, 9) for m in range(months)]
    read = transactions_from_cells(
        ("klant", "datum", "bedrag"), [["A", day, 1] for day in days], source="S", today=TODAY
    )
    rows, figures = retention(read, 12, as_of=month_end(days[-1]))
    assert (len(rows), figures["retentie_jaar"]) == (months, gives)
    assert bool(figures["retentie_bericht"]) == (months < 24)


def test_a_window_of_over_a_year_that_is_not_filled_shows_no_share_in_words_either(cdnow_read):
    _, figures = retention(cdnow_read, 15)
    assert figures["retentie_bericht"].endswith("het zijn er 18.")


@pytest.mark.parametrize(("months", "first"), [(3, 14), (6, 17), (12, 23), (24, 35)])
def test_a_window_that_the_data_do_not_fill_has_no_value(webshop, months, first):
    rows, _ = retention(webshop, months)
    known = [at for at, row in enumerate(rows) if row[3] is not None]
    assert known == list(range(first, 36))


def test_the_interval_is_wilsons(webshop):
    rows, _ = retention(webshop, 12)
    low, high = rows[-1][4:]
    n, p, z = 1464, 661 / 1464, 1.959963984540054
    for end in (low, high):  # its ends are where the score test just does not reject
        assert abs(p - end) == pytest.approx(z * (end * (1 - end) / n) ** 0.5, rel=1e-9)


def test_a_running_month_moves_no_retention(webshop):
    running, _ = retention(webshop, 12)
    whole, _ = retention(webshop, 12, as_of=dt.date(2026, 10, 31))
    assert running == whole


def test_newcomers_are_not_in_the_base():
    days = [("A", 1), ("A", 13), *(("nieuw", month) for month in range(5, 15))]
    cells = [[name, dt.date(2024 + (m - 1) // 12, (m - 1) % 12 + 1, 9), 1] for name, m in days]
    read = transactions_from_cells(("klant", "datum", "bedrag"), cells, source="S", today=TODAY)
    rows, _ = retention(read, 1, as_of=dt.date(2025, 1, 31))
    assert rows[-1][1:4] == (1, 1, 1.0)


def test_a_year_before_without_customers_gives_no_retention_and_says_so():
    cells = [["A", dt.date(2023, 1, 5), 1], ["A", dt.date(2025, 3, 5), 1]]
    read = transactions_from_cells(("klant", "datum", "bedrag"), cells, source="S", today=TODAY)
    rows, figures = retention(read, 1, as_of=dt.date(2025, 3, 31))
    assert rows[-1][1:4] == (0, 0, None)
    assert "geen enkele klant" in figures["retentie_bericht"]


ORDER = st.tuples(st.sampled_from("ABCDEFGH"), st.dates(dt.date(2022, 1, 1), dt.date(2024, 12, 31)))


@pytest.mark.slow
@examples(15)
@given(orders=st.lists(ORDER, min_size=1, max_size=50), months=st.integers(1, 26))
def test_any_orders_are_counted_as_sets_count_them(orders, months):
    cells = [[name, day, 1.0] for name, day in orders]
    read = transactions_from_cells(("klant", "datum", "bedrag"), cells, source="S", today=TODAY)
    rows, _ = retention(read, months, as_of=dt.date(2024, 12, 31))
    data = pd.DataFrame(orders, columns=["klant", "datum"]).assign(datum=lambda d: pd.to_datetime(d["datum"]))
    assert [row[:4] for row in rows] == counted(data, months, 2024 * 12 + 11)
