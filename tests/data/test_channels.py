"""Channels: counted as pandas counts them, with the limits that chance leaves, and odd shops."""

import dataclasses
import datetime as dt

import duckdb
import pandas as pd
import pytest
from scipy import stats

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.data.sample_channels import costs_csv, customers_csv, sample_costs, sample_customers
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.kernels.value import Timing, clv

TODAY = dt.date(2026, 11, 27)
ORDERS = sample_orders(800)
FIRST, LAST = dt.date(2025, 11, 1), dt.date(2026, 10, 31)
MONEY = Settings(margin=0.35, interest=0.08, customer_cost=6.0, other_costs=500.0)


def analysed(folder, texts, settings=MONEY):
    con, given = duckdb.connect(), {}
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        given[name] = read_table(folder / f"{name}.csv", tables()[name], today=TODAY, con=con)
    return analyse(given, settings, ("kanalen", "cacmaanden", "retentie"), today=TODAY)


TEXTS = {
    "transacties": sample_csv(ORDERS),
    "kosten": costs_csv(sample_costs(ORDERS)),
    "klanten": customers_csv(sample_customers(ORDERS)),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return analysed(tmp_path_factory.mktemp("kanalen"), TEXTS)


def rows_of(analysis):
    table = analysis["kanalen"]
    return {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}


def test_the_examples_are_the_same_every_time():
    assert costs_csv(sample_costs(sample_orders(800))) == TEXTS["kosten"]
    assert customers_csv(sample_customers(sample_orders(800))) == TEXTS["klanten"]


def test_every_channel_is_what_pandas_counts(found):
    orders = pd.DataFrame(ORDERS, columns=["klant", "dag", "bedrag"])
    channel = {name: channel for name, channel, *_ in sample_customers(ORDERS)}
    costs = pd.DataFrame(sample_costs(ORDERS), columns=["maand", "kanaal", "bedrag"])
    firsts = orders[orders.bedrag >= 0].groupby("klant").dag.min()
    new = firsts[(firsts >= FIRST) & (firsts <= LAST)].index.map(channel).value_counts()
    spent = costs[costs.maand >= FIRST].groupby("kanaal").bedrag.sum()
    year = orders[(orders.dag >= FIRST) & (orders.dag <= LAST)].assign(kanaal=orders.klant.map(channel))
    buyers = year[year.bedrag >= 0].groupby("kanaal").klant.nunique()
    revenue = year.groupby("kanaal").bedrag.sum()
    retention = found.figures["retentie_jaar"]
    for name, row in rows_of(found).items():
        assert row["nieuwe klanten"] == new[name]
        assert row["kosten"] == pytest.approx(spent.get(name, 0))
        assert row["CAC"] == pytest.approx(spent.get(name, 0) / new[name])
        yearly = revenue[name] / buyers[name]
        assert row["omzet per jaar"] == pytest.approx(yearly)
        assert row["CLV"] == pytest.approx(clv(0.35 * yearly - 6, retention, 0.08, 0, Timing.NOW))
    assert found.figures["kanalen_nieuw"] == new.sum()
    paid = new[[name for name in new.index if name in spent.index]].sum()
    everything = spent.sum() + 12 * 500
    assert found.figures["kanalen_cac"] == pytest.approx(everything / new.sum())
    assert found.figures["kanalen_cac_betaald"] == pytest.approx(everything / paid)


def test_months_add_up_to_the_year(found):
    table = found["cacmaanden"]
    assert sum(table.column("kosten")) == pytest.approx(found.figures["kanalen_kosten"])
    assert sum(table.column("nieuwe klanten")) == found.figures["kanalen_nieuw"]
    assert table.column("maand")[0] == FIRST
    assert len(table.rows) == 12


def test_the_limits_of_a_cost_are_those_of_the_number_of_customers(found):
    row = rows_of(found)["Beurs"]
    new, costs = row["nieuwe klanten"], row["kosten"]
    assert row["CAC laag"] == pytest.approx(costs / (stats.chi2.ppf(0.975, 2 * (new + 1)) / 2))
    assert row["CAC hoog"] == pytest.approx(costs / (stats.chi2.ppf(0.025, 2 * new) / 2))


def test_the_months_until_paid_back_earn_what_it_cost_and_one_less_does_not(found):
    retention = found.figures["retentie_jaar"]
    for row in rows_of(found).values():
        if not row["maanden"]:
            continue
        margin = 0.35 * row["omzet per jaar"] - 6
        earned = [
            sum(margin / 12 * retention ** (month // 12) for month in range(months))
            for months in (row["maanden"], row["maanden"] - 1)
        ]
        assert earned[0] >= row["CAC"] - 1e-6
        assert earned[1] < row["CAC"]


def test_the_best_ratio_stands_on_top_and_what_costs_nothing_below(found):
    rows = list(rows_of(found).values())
    ratios = [row["CLV : CAC"] for row in rows if row["kosten"]]
    assert ratios == sorted(ratios, reverse=True)
    assert rows[-1]["oordeel"] == "kost niets"


def each_month(text, first=1, last=10):
    """Costs of months of 2026, and nothing spent in each of the others that count."""
    return text + "".join(f"2026-{month:02};Zoeken;0\n" for month in range(first, last + 1))


SHOP = "klant;datum;bedrag\n" + "\n".join(
    f"K{n};{1 + n % 27}-{1 + n % 12}-2026;{50 + n}" for n in range(200) if n % 12 < 10
)


@pytest.mark.slow
def test_names_of_channels_are_one_in_other_capitals(tmp_path):
    texts = {
        "transacties": SHOP,
        "kosten": each_month("maand;kanaal;bedrag\n2026-03;GOOGLE ads;100\n2026-04; Google Ads;50\n").replace(
            "Zoeken", "google ads"
        ),
        "klanten": "klant;kanaal\n"
        + "\n".join(f"K{n};{'google ads' if n % 2 else 'Google Ads'}" for n in range(200)),
    }
    rows = rows_of(analysed(tmp_path, texts))
    assert len(rows) == 1
    assert next(iter(rows.values()))["kosten"] == 150


@pytest.mark.slow
def test_who_has_no_channel_or_two_is_of_none_of_them(tmp_path):
    texts = {
        "transacties": SHOP,
        "kosten": "maand;kanaal;bedrag\n2026-03;Beurs;100\n",
        "klanten": "klant;kanaal\nK0;Beurs\nK1;Beurs\nK1;Zoeken\n",
    }
    found = analysed(tmp_path, texts)
    rows = rows_of(found)
    assert set(rows) == {"Beurs", "meer dan één", "onbekend"}
    assert found.figures["kanalen_onbekend"] == found.figures["kanalen_nieuw"] - 1


@pytest.mark.slow
def test_few_customers_get_no_verdict_and_no_margin_no_value(tmp_path):
    texts = {
        "transacties": SHOP,
        "kosten": each_month("maand;kanaal;bedrag\n2026-03;Beurs;100\n2026-03;Zoeken;100\n"),
        "klanten": "klant;kanaal\n" + "\n".join(f"K{n};{'Beurs' if n < 5 else 'Zoeken'}" for n in range(200)),
    }
    rows = rows_of(analysed(tmp_path, texts, Settings()))
    assert rows["Beurs"]["oordeel"] == "te weinig klanten"
    assert rows["Zoeken"]["oordeel"] == "CLV onbekend"
    found = analysed(tmp_path, texts, Settings())
    assert "marge" in found.figures["kanalen_bericht"]


@pytest.mark.slow
def test_a_channel_that_won_nobody_costs_money_and_has_no_cost_each(tmp_path):
    texts = {
        "transacties": SHOP,
        "kosten": each_month("maand;kanaal;bedrag\n2026-03;Radio;100\n"),
        "klanten": "klant;kanaal\n" + "\n".join(f"K{n};Zoeken" for n in range(200)),
    }
    row = rows_of(analysed(tmp_path, texts))["Radio"]
    assert (row["nieuwe klanten"], row["CAC"], row["oordeel"]) == (0, None, "bracht niemand")


@pytest.mark.slow
def test_a_shop_of_three_months_counts_three(tmp_path):
    texts = {
        "transacties": "klant;datum;bedrag\n"
        + "\n".join(f"K{n};{1 + n % 28}-{8 + n % 3}-2026;20" for n in range(90))
        + "\nK0;31-10-2026;5",
        "kosten": each_month("maand;kanaal;bedrag\n2026-08;Zoeken;90\n2025-08;Zoeken;1000\n", 8),
        "klanten": "klant;kanaal\n" + "\n".join(f"K{n};Zoeken" for n in range(90)),
    }
    found = analysed(tmp_path, texts, Settings())
    assert found.figures["kanalen_maanden"] == 3
    assert found.figures["kanalen_cac"] == pytest.approx(1.0)
    assert found["kanalen"].column("omzet per jaar") == [None]  # nobody knows who buys in other months


@pytest.mark.slow
def test_a_channel_that_only_paid_back_stands_with_what_costs_nothing(tmp_path):
    """The page draws the rows above it, which have costs."""
    texts = {
        "transacties": SHOP,
        "kosten": each_month(
            "maand;kanaal;bedrag\n2026-03;Radio;900\n2026-03;TV;700\n2026-03;Beurs;-50\n2026-03;Zoeken;100\n"
        ),
        "klanten": "klant;kanaal\n" + "\n".join(f"K{n};{('Zoeken', 'Beurs')[n % 2]}" for n in range(200)),
    }
    rows = rows_of(analysed(tmp_path, texts))
    assert list(rows) == ["Radio", "TV", "Zoeken", "Beurs"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        ({"margin": None}, "Zonder marge is er geen CLV: vul haar in op Instellingen, en ververs."),
        ({"interest": None}, "Zonder rente is er geen CLV: vul die in op Instellingen, en ververs."),
        (
            {"customer_cost": None},
            "Zonder kosten per klant is er geen CLV: vul ze in op Instellingen (geen kosten: 0), en ververs.",
        ),
    ],
)
def test_a_blank_is_no_nought_and_what_stands_on_it_is_withheld(tmp_path, lacks, said):
    found = analysed(tmp_path, TEXTS, dataclasses.replace(MONEY, **lacks))
    assert {(row[7], row[8]) for row in found["kanalen"].rows} == {(None, None)}
    assert "CLV onbekend" in {row[10] for row in found["kanalen"].rows}
    figures = found.figures
    assert (figures["kanalen_clv"], figures["kanalen_ratio"], figures["kanalen_bericht"]) == (
        None,
        None,
        said,
    )
    assert (figures["kanalen_terugverdiend"] is None) == ("interest" not in lacks)


@pytest.mark.slow
def test_costs_of_nought_are_an_answer(tmp_path):
    found = analysed(tmp_path, TEXTS, dataclasses.replace(MONEY, customer_cost=0.0))
    assert found.figures["kanalen_clv"] > 0
    assert found.figures["kanalen_bericht"] is None


NO_COSTS = "; zonder elke maand die telt is er geen CAC. Vul ze aan; niets uitgegeven is 0."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ([10], "oktober 2026"),
        ([8, 9, 10], "augustus 2026 tot en met oktober 2026"),
        ([11], "november 2025"),
        ([3, 5, 6, 12], "december 2025, maart 2026 en mei 2026 tot en met juni 2026"),
    ],
    ids=str,
)
@pytest.mark.parametrize("other", [None, 500.0])
def test_a_month_without_costs_gives_no_cost_of_a_customer_which_would_be_too_low(
    tmp_path, left_out, said, other
):
    dates = [dt.date(2025 if month > 10 else 2026, month, 1) for month in left_out]
    costs = [row for row in sample_costs(ORDERS) if row[0] not in dates]
    settings = dataclasses.replace(MONEY, other_costs=other)
    found = analysed(tmp_path, {**TEXTS, "kosten": costs_csv(costs)}, settings)
    figures = found.figures
    assert figures["kanalen_bericht"] == f"Op Kosten staat niets van {said}{NO_COSTS}"
    of_costs = ("kosten", "cac", "cac_betaald", "ratio", "terugverdiend")
    assert {figures[f"kanalen_{name}"] for name in of_costs} == {None}
    assert figures["kanalen_clv"] > 0
    for row in rows_of(found).values():
        assert row["kosten"] is row["CAC"] is row["CLV : CAC"] is row["maanden"] is None
        assert row["oordeel"] == "kosten onbekend"
    for month, spent, _, each, _ in found["cacmaanden"].rows:
        assert (spent is None) == (each is None) == (month in dates)


@pytest.mark.slow
def test_nothing_spent_in_a_month_is_an_answer(tmp_path):
    costs = [row for row in sample_costs(ORDERS) if row[0] != dt.date(2026, 10, 1)]
    text = costs_csv([*costs, (dt.date(2026, 10, 1), costs[0][1], 0.0)])
    found = analysed(tmp_path, {**TEXTS, "kosten": text})
    assert found.figures["kanalen_bericht"] is None
    spent = sum(row[2] for row in costs if FIRST <= row[0] <= LAST) + 12 * 500
    assert found.figures["kanalen_kosten"] == pytest.approx(spent)


def test_the_year_before_is_counted_as_this_one(found):
    orders = pd.DataFrame(ORDERS, columns=["klant", "dag", "bedrag"])
    firsts = orders[orders.bedrag >= 0].groupby("klant").dag.min()
    begin, end = dt.date(2024, 11, 1), dt.date(2025, 10, 31)
    spent = sum(amount for month, _, amount in sample_costs(ORDERS) if begin <= month <= end)
    new = int(((firsts >= begin) & (firsts <= end)).sum())
    assert found.figures["kanalen_cac_eerder"] == pytest.approx((spent + 12 * 500) / new)
    assert found.figures["kanalen_jaarmarge"] > 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "left_out"),
    [({}, dt.date(2025, 2, 1)), ({"inactive_months": 24}, None)],
    ids=["a month without costs", "nobody knows who was new"],
)
def test_without_the_year_before_there_is_nothing_to_compare_with(tmp_path, settings, left_out):
    costs = [row for row in sample_costs(ORDERS) if row[0] != left_out]
    figures = analysed(
        tmp_path, {**TEXTS, "kosten": costs_csv(costs)}, dataclasses.replace(MONEY, **settings)
    ).figures
    assert figures["kanalen_cac_eerder"] is None
    assert figures["kanalen_cac"] > 0
