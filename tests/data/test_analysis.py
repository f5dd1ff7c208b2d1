"""The definitions over transactions, against an independent computation and their own identities."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.data.analyse import Settings, analyse
from klantwaarde_xl.data.reading.files import read_transactions, transactions_from_cells
from klantwaarde_xl.errors import NotAvailable, UsageError
from tests import cdnow
from tests.examples import examples


def from_rows(rows):
    return transactions_from_cells(("klant", "datum", "bedrag"), rows, source="proef")


@pytest.fixture(scope="module")
def cdnow_file(tmp_path_factory):
    return read_transactions(cdnow.write_csv(tmp_path_factory.mktemp("cdnow") / "cdnow.csv"))


@pytest.fixture(scope="module")
def cdnow_analysis(cdnow_file):
    return analyse(cdnow_file)


def test_all_rows_of_cdnow_are_read(cdnow_file):
    assert cdnow_file.quality.rows_kept == cdnow.ROWS
    assert not cdnow_file.quality.problems


def test_monthly_figures_of_cdnow_equal_a_pandas_computation(cdnow_analysis):
    data = cdnow.frame().assign(maand=lambda d: d["datum"].dt.to_period("M"))
    first = data.groupby("klant")["maand"].min()
    wanted = pd.DataFrame(
        {
            "omzet": data.groupby("maand")["bedrag"].sum(),
            "orders": data.groupby("maand").size(),
            "kopers": data.groupby("maand")["klant"].nunique(),
            "nieuw": first.value_counts().reindex(sorted(data["maand"].unique()), fill_value=0),
        }
    )
    got = cdnow_analysis["kpi"].frame()
    np.testing.assert_allclose(got["omzet"], wanted["omzet"], rtol=1e-12)
    for name in ("orders", "kopers", "nieuw"):
        assert got[name].tolist() == wanted[name].tolist()
    np.testing.assert_allclose(got["AOV"], wanted["omzet"] / wanted["orders"], rtol=1e-12)
    assert got["nieuw"].sum() == cdnow.CUSTOMERS
    assert [f"{d:%Y-%m}" for d in got["maand"]] == [str(p) for p in wanted.index]


@pytest.mark.slow
@pytest.mark.parametrize("months", [1, 3, 12])
def test_lost_customers_and_retention_of_cdnow_equal_a_pandas_computation(cdnow_file, months):
    got = analyse(cdnow_file, Settings(inactive_months=months))["kpi"].frame()
    data = cdnow.frame()
    index = data["datum"].dt.year * 12 + data["datum"].dt.month
    bought = {m: set(data.loc[index == m, "klant"]) for m in sorted(index.unique())}
    for row, m in zip(got.itertuples(index=False), sorted(bought), strict=True):
        end = set().union(*(bought.get(k, set()) for k in range(m - months + 1, m + 1)))
        begin = set().union(*(bought.get(k, set()) for k in range(m - months, m)))
        assert row[12] == len(end)
        assert row[9] == len(begin)
        assert row[11] == len(begin - end)
        if m - min(bought) >= months:
            assert row[13] == pytest.approx(len(begin & end) / len(begin), abs=1e-12)
        else:
            assert np.isnan(row[13])


def test_customers_of_cdnow_equal_a_pandas_computation(cdnow_analysis):
    data = cdnow.frame()
    by = data.groupby("klant")
    wanted = pd.DataFrame(
        {"n": by.size(), "last": by["datum"].max(), "total": by["bedrag"].sum()}
    ).sort_index()
    got = cdnow_analysis["rfm"].frame()
    assert len(got) == cdnow.CUSTOMERS
    assert got["klant"].tolist() == wanted.index.tolist()
    assert got["aankopen"].tolist() == wanted["n"].tolist()
    assert got["laatste aankoop"].tolist() == wanted["last"].dt.date.tolist()
    np.testing.assert_allclose(got["omzet"], wanted["total"], atol=1e-9)
    middle = 2 * got["omzet"].rank(method="average") - 1  # twice the place in the middle of its ties
    assert got["M"].tolist() == (5 * middle // (2 * len(got)) + 1).astype(int).tolist()


def test_segments_of_cdnow_add_up_to_all_customers(cdnow_analysis):
    segments = cdnow_analysis["segmenten"].frame()
    assert len(segments) == 11
    assert segments["klanten"].sum() == cdnow.CUSTOMERS
    assert segments["deel omzet"].sum() == pytest.approx(1)
    assert segments["omzet"].sum() == pytest.approx(cdnow.frame()["bedrag"].sum())


def test_a_refund_lowers_revenue_and_is_no_order():
    rows = [["A", dt.date(2024, 1, 5), 100], ["A", dt.date(2024, 2, 1), -40], ["B", dt.date(2024, 2, 9), -7]]
    done = analyse(from_rows([*rows, ["C", dt.date(2024, 2, 10), 10]]))
    assert done["kpi"].column("netto omzet") == [100.0, -37.0]
    assert done["kpi"].column("retouren") == [0.0, 47.0]
    assert done["kpi"].column("orders") == [1, 1]
    assert done["rfm"].column("omzet") == [60.0, 10.0]
    assert done.figures["losse_retouren"] == -7.0


def test_months_without_orders_are_there_with_zeros():
    done = analyse(
        from_rows([["A", dt.date(2024, 1, 5), 1], ["A", dt.date(2024, 4, 5), 1]]), Settings(inactive_months=2)
    )
    assert done["kpi"].column("orders") == [1, 0, 0, 1]
    assert done["kpi"].column("AOV")[1] is None
    assert done["kpi"].column("verloren") == [0, 0, 1, 0]
    assert done["kpi"].column("gereactiveerd") == [0, 0, 0, 1]


def test_orders_after_the_chosen_day_do_not_count():
    rows = [["A", dt.date(2024, 1, 5), 1], ["A", dt.date(2024, 4, 5), 1]]
    done = analyse(from_rows(rows), Settings(as_of=dt.date(2024, 2, 29)))
    assert done["kpi"].column("orders") == [1, 0]
    assert done["rfm"].column("dagen geleden") == [55]
    with pytest.raises(NotAvailable, match="peildatum"):
        analyse(from_rows(rows), Settings(as_of=dt.date(2023, 2, 28)))


def test_fewer_than_five_customers_have_figures_but_no_scores():
    done = analyse(from_rows([["A", dt.date(2024, 1, 5), 1]]))
    assert done["rfm"].rows == [("A", dt.date(2024, 1, 5), 0, 1, 1.0, None, None, None, None)]
    assert set(done["segmenten"].column("klanten")) == {None}  # unknown, and no nought


@pytest.mark.parametrize("months", [0, -1, 121])
def test_an_impossible_number_of_months_is_refused(months):
    with pytest.raises(UsageError):
        Settings(inactive_months=months)


TRANSACTION = st.tuples(
    st.sampled_from([f"K{i}" for i in range(12)]),
    st.dates(dt.date(2023, 1, 1), dt.date(2024, 12, 31)),
    st.integers(-5_000, 50_000).map(lambda cents: cents / 100),
)


@pytest.mark.slow
@examples(15)
@given(rows=st.lists(TRANSACTION, min_size=1, max_size=60), months=st.integers(1, 14))
def test_identities_hold_for_any_transactions(rows, months):
    orders = [row for row in rows if row[2] >= 0]
    if not orders:
        return
    done = analyse(from_rows(rows), Settings(inactive_months=months))
    kpi = done["kpi"].frame()
    end = kpi["klanten begin"] + kpi["nieuw"] + kpi["gereactiveerd"] - kpi["verloren"]
    assert (end == kpi["klanten eind"]).all()
    assert (kpi["klanten begin"].iloc[1:].to_numpy() == kpi["klanten eind"].iloc[:-1].to_numpy()).all()
    assert (kpi["nieuw"] + kpi["terugkerend"] == kpi["kopers"]).all()
    assert kpi["nieuw"].sum() == len(done["rfm"].rows) == len({row[0] for row in orders})
    assert kpi["orders"].sum() == sum(done["rfm"].column("aankopen")) == len(orders)
    known = kpi["retentie"].dropna()
    assert known.between(0, 1).all()
    total = sum(done["rfm"].column("omzet")) + done.figures["losse_retouren"]
    assert total == pytest.approx(sum(row[2] for row in rows), abs=1e-6)
    assert kpi["netto omzet"].sum() == pytest.approx(sum(row[2] for row in rows), abs=1e-6)


def test_a_month_that_is_not_over_has_no_retention():
    rows = [["A", dt.date(2024, 1, 5), 1], ["A", dt.date(2024, 2, 20), 1], ["A", dt.date(2024, 3, 2), 1]]
    open_month = analyse(from_rows(rows), Settings(inactive_months=1))["kpi"].column("retentie")
    over = analyse(from_rows(rows), Settings(inactive_months=1, as_of=dt.date(2024, 3, 31)))["kpi"].column(
        "retentie"
    )
    assert open_month == [None, 1.0, None]
    assert over == [None, 1.0, 1.0]


def test_only_refunds_are_called_that():
    with pytest.raises(NotAvailable, match="Alle bedragen zijn negatief"):
        analyse(from_rows([["A", dt.date(2024, 1, 5), -1]]))
