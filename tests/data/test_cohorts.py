"""Cohorts and buying behaviour: counted as pandas counts them, over whole periods only, and odd shops."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd
import pytest

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.data.sample_channels import customers_csv, sample_customers
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.kernels.cohorts import Period, cohort_table

TODAY = dt.date(2026, 11, 27)
ORDERS = sample_orders(500)
TEXTS = {"transacties": sample_csv(ORDERS), "klanten": customers_csv(sample_customers(ORDERS))}
NAMES = (
    "cohortaandeel", "cohortklanten", "cohortomzet", "cohortwaarde", "koopladder", "koopintervallen",
    "retentiecurve", "waardeverloop",
)  # fmt: skip


def analysed(folder, texts, **settings):
    con, given = duckdb.connect(), {}
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        given[name] = read_table(folder / f"{name}.csv", tables()[name], today=TODAY, con=con)
    return analyse(given, Settings(**{"margin": 0.35, **settings}), NAMES, today=TODAY)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return analysed(tmp_path_factory.mktemp("cohorten"), TEXTS)


def orders_until(last):
    """The orders of whole quarters, with the quarter of each and its age in quarters."""
    frame = pd.DataFrame(ORDERS, columns=["klant", "dag", "bedrag"])
    frame = frame[frame.dag <= last]
    frame["kwartaal"] = [day.year * 4 + (day.month - 1) // 3 for day in frame.dag]
    first = frame[frame.bedrag >= 0].groupby("klant").kwartaal.min()
    frame["eerste"] = frame.klant.map(first)
    frame["leeftijd"] = frame.kwartaal - frame.eerste
    return frame, first


def test_every_cell_is_what_pandas_counts_over_whole_quarters(found):
    frame, first = orders_until(dt.date(2026, 9, 30))
    sizes = first.value_counts().sort_index()
    bought = frame[frame.bedrag >= 0].groupby(["eerste", "leeftijd"]).klant.nunique()
    revenue = frame.groupby(["eerste", "leeftijd"]).bedrag.sum()
    counts, money = found["cohortklanten"].rows, found["cohortomzet"].rows
    value = found["cohortwaarde"].rows[1:]
    assert [row[1] for row in counts] == sizes.tolist()
    last = sizes.index.max()
    for place, (start, size) in enumerate(sizes.items()):
        for age in range(12 + 1):
            cells = [rows[place][2 + age] for rows in (counts, money, value)]
            if start + age > last:
                assert cells == [None] * 3
                continue
            total = sum(revenue.get((start, earlier), 0) for earlier in range(age + 1))
            wanted = (bought.get((start, age), 0), revenue.get((start, age), 0), 0.35 * total / size)
            assert cells == pytest.approx(list(wanted))


def test_the_mean_of_all_weighs_each_group_by_its_customers(found):
    rows = found["cohortklanten"].rows
    for age in range(1, 12):
        old = [row for row in rows if row[2 + age] is not None]
        share = sum(row[2 + age] for row in old) / sum(row[1] for row in old)
        assert found["cohortaandeel"].rows[0][2 + age] == pytest.approx(share)


def test_the_function_and_the_workbook_count_the_same(found):
    frame, _ = orders_until(dt.date(2026, 9, 30))
    codes = pd.factorize(frame.klant)[0]
    days = np.array([(day - dt.date(1899, 12, 30)).days for day in frame.dag], dtype=float)
    amounts = frame.bedrag.to_numpy()
    table = cohort_table(codes, days, amounts, period=Period.QUARTER, as_of=days.max())
    shown = found["cohortaandeel"].rows[1:]
    for ages, row in zip(table.ages, shown, strict=True):
        known = [value for value in row[2:] if value is not None]
        assert known == pytest.approx(ages[: len(known)].tolist())


def test_a_running_month_is_in_no_group(tmp_path):
    texts = {
        "transacties": "klant;datum;bedrag\nA;5-8-2026;10\nA;9-9-2026;10\nB;3-11-2026;50\nA;20-11-2026;9\n"
    }
    rows = analysed(tmp_path, texts, cohort_period="maand")["cohortklanten"].rows
    assert [row[:6] for row in rows] == [("aug 2026", 1, 1, 1, 0, None)]


def test_a_shop_without_a_whole_period_says_from_when(tmp_path):
    texts = {"transacties": "klant;datum;bedrag\nA;5-10-2026;10\nB;9-11-2026;10\n"}
    found = analysed(tmp_path, texts)
    assert found["cohortaandeel"].rows == []
    assert found.figures["cohort_bericht"].startswith(
        "Er is nog geen heel kwartaal met orders; ververs na 31-12-2026"
    )


@pytest.mark.slow
def test_groups_by_channel_hold_every_customer_once(tmp_path, found):
    by_channel = analysed(tmp_path, TEXTS, cohort_group="kanaal")
    rows = by_channel["cohortaandeel"].rows
    assert sum(row[1] for row in rows[1:]) == rows[0][1] == found["cohortaandeel"].rows[0][1]
    assert rows[0][2:] == found["cohortaandeel"].rows[0][2:]


@pytest.mark.slow
def test_groups_by_channel_without_channels_say_what_to_fill_in(tmp_path):
    found = analysed(tmp_path, {"transacties": TEXTS["transacties"]}, cohort_group="kanaal")
    assert found["cohortaandeel"].rows == []
    assert (
        found.figures["cohort_bericht"] == "Voor groepen per kanaal vult u het blad Klanten; ververs daarna."
    )


@pytest.mark.slow
def test_without_a_margin_there_is_revenue_and_no_value(tmp_path):
    found = analysed(tmp_path, TEXTS, margin=None)
    assert found["cohortwaarde"].rows == []
    assert found["cohortomzet"].rows


def test_who_bought_lately_is_no_dropout(tmp_path):
    lines = [f"K{n};{1 + n % 28}-{1 + n % 6}-2025;10" for n in range(12)] + [
        f"N{n};20-10-2026;10" for n in range(40)
    ]
    found = analysed(tmp_path, {"transacties": "klant;datum;bedrag\n" + "\n".join(lines)})
    assert found["koopladder"].rows[0][:3] == ("1e", 12, 12)


def test_one_customer_who_came_once_gives_words_and_no_error(tmp_path):
    found = analysed(tmp_path, {"transacties": "klant;datum;bedrag\nA;5-8-2026;10\n"}, cohort_period="maand")
    assert not found["koopintervallen"].rows
    assert found.figures["koop_dagen"] is None
    assert "geen herhaling" in found.figures["koop_bericht"]


def test_intervals_are_the_days_between_orders_of_one_customer(found):
    frame = pd.DataFrame(ORDERS, columns=["klant", "dag", "bedrag"])
    days = frame[frame.bedrag >= 0].drop_duplicates(["klant", "dag"]).sort_values(["klant", "dag"])
    gaps = pd.to_datetime(days.dag).groupby(days.klant).diff().dt.days.dropna()
    assert found.figures["koop_dagen"] == gaps.median()
    assert sum(row[1] for row in found["koopintervallen"].rows) == len(gaps)
    assert found["koopintervallen"].rows[0][1] == (gaps <= 30).sum()


def test_the_contract_curve_is_drawn_only_where_it_fits(tmp_path, found):
    drawn = [row for row in found["retentiecurve"].rows if row[-1] is not None]
    inside = [row[4] <= row[-1] <= row[5] for row in drawn[1:] if row[3] is not None]
    assert not drawn or np.mean(inside) >= 0.9
    # Everybody comes once a year: whole quarters are skipped, and no one leaves
    lines = [f"K{n};{1 + n % 28}-2-{year};10" for n in range(60) for year in range(2022, 2027)]
    skipped = analysed(tmp_path, {"transacties": "klant;datum;bedrag\n" + "\n".join(lines)})
    assert all(row[-1] is None for row in skipped["retentiecurve"].rows)
    assert "slaan perioden over" in skipped.figures["curve_bericht"]


def test_subscribers_of_whom_as_large_a_part_leaves_each_quarter_have_a_curve(tmp_path):
    """One chance to leave for all is a limit of the model of contracts: it has no alpha and beta."""
    months = [(year, month) for year in (2024, 2025, 2026) for month in range(1, 13)][:33]
    stay = [round(400 * 0.95**age) for age in range(len(months))]
    lines = [
        f"K{n};1-{month}-{year};10" for age, (year, month) in enumerate(months) for n in range(stay[age])
    ]
    found = analysed(tmp_path, {"transacties": "klant;datum;bedrag\n" + "\n".join(lines)})
    shares = [row[3] for row in found["retentiecurve"].rows if row[3] is not None]
    drawn = [row[-1] for row in found["retentiecurve"].rows]
    assert drawn[: len(shares)] == pytest.approx(shares, abs=0.02)
    assert drawn[-1] < shares[-1]
    assert found.figures["curve_bericht"] is None
