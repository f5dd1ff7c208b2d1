"""Products then and now, counted again with pandas: revenue, profit, and the customers who came and went."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.files import table_from_cells, transactions_from_cells
from klantwaarde_xl.data.sample import sample_orders
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.data.tables import tables

TODAY = dt.date(2026, 11, 27)
UNTIL, BEFORE = dt.date(2026, 10, 31), dt.date(2026, 7, 31)  # 92 days, so from 1 May
ORDERS = [list(one) for one in sample_orders(60)]
HEADERS = ("product", "omzet", "kosten", "klant", "datum")
PEOPLE = ("klanten toen", "gebleven", "weg", "nieuw", "terug", "klanten nu")
THEN, NOW, EVER = dt.date(2026, 6, 1), dt.date(2026, 9, 1), dt.date(2026, 2, 1)


def found(sales, orders=ORDERS, headers=HEADERS, **settings):
    tx = transactions_from_cells(("klant", "datum", "bedrag"), orders, source="proef")
    there = table_from_cells(
        tables()["producten"], headers, sales, source="p", today=TODAY, con=tx.con, may_be_empty=True
    )
    given = {"as_of": UNTIL, "as_of_before": BEFORE} | settings
    return analyse(
        {"transacties": tx, "producten": there}, Settings(**given), ["productbeweging"], today=TODAY
    )


def moves(analysis):
    rows = analysis["productbeweging"].rows
    return {row[0]: dict(zip(analysis["productbeweging"].columns[1:], row[1:], strict=True)) for row in rows}


def invented(seed, rows=600, products=("thee", "koffie", "mokken"), costs=True):
    """Lines of orders: products, refunds, several lines a day, and lines of nobody."""
    rng = np.random.default_rng(seed)
    log = pd.DataFrame(
        {
            "product": rng.choice(products, rows),
            "omzet": rng.integers(-400, 4000, rows) / 100,
            "kosten": rng.integers(0, 2000, rows) / 100 if costs else None,
            "klant": [f"K{one}" if one else None for one in rng.integers(0, 40, rows)],
            "datum": [
                dt.date(2026, 1, 1) + dt.timedelta(days=int(one)) for one in rng.integers(0, 330, rows)
            ],
        }
    )
    return log.sort_values("datum").astype(object).where(log.notna(), None)


def counted(log, margin=None):
    """What each product's row should be, with pandas alone."""
    log = log[log.datum <= UNTIL]
    start = BEFORE - (UNTIL - BEFORE) + dt.timedelta(days=1)
    when = np.where(log.datum > BEFORE, "now", np.where(log.datum >= start, "then", "ever"))
    bought, rows = log[log.omzet >= 0], {}
    for name in sorted(set(log["product"][when != "ever"])):
        sums, people = {}, {}
        for part in ("ever", "then", "now"):
            own = log[(log["product"] == name) & (when == part)]
            costs = own.kosten.sum() if margin is None else (1 - margin) * own.omzet.sum()
            sums[part] = (own.omzet.sum(), own.omzet.sum() - costs)
            of = bought[(bought["product"] == name) & (when[log.omzet >= 0] == part)]
            people[part] = set(of.klant.dropna())
        ever, then, now = people.values()
        counts = (then, then & now, then - now, now - then - ever, (now - then) & ever, now)
        rows[name] = dict(zip(PEOPLE, map(len, counts), strict=True))
        rows[name] |= {"omzet toen": sums["then"][0], "omzet nu": sums["now"][0]}
        rows[name] |= {"winst toen": sums["then"][1], "winst nu": sums["now"][1]}
        for what in ("omzet", "winst"):
            rows[name][f"verschil {what}"] = rows[name][f"{what} nu"] - rows[name][f"{what} toen"]
    return rows


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("products", [("thee",), ("thee", "koffie", "mokken")], ids=("one", "three"))
def test_every_figure_is_what_pandas_counts(seed, products):
    log = invented(seed, products=products)
    got = moves(found(log.values.tolist()))
    should = counted(log)
    assert got.keys() == should.keys()
    for name, row in got.items():
        assert row == pytest.approx(should[name])
        assert row["klanten toen"] == row["gebleven"] + row["weg"]
        assert row["klanten nu"] == row["gebleven"] + row["nieuw"] + row["terug"]


@pytest.mark.slow
def test_without_costs_the_margin_is_taken_and_without_a_margin_there_is_no_profit():
    log = invented(5, costs=False)
    got = moves(found(log.values.tolist(), margin=0.35))
    assert got == {name: pytest.approx(row) for name, row in counted(log, margin=0.35).items()}
    assert {row["winst nu"] for row in moves(found(log.values.tolist())).values()} == {None}


def sale(product, who, day, amount=10.0):
    return [product, amount, 4.0, who, day]


def test_a_product_that_is_sold_no_more_is_named_and_one_that_is_new_has_nothing_of_then():
    analysis = found(
        [sale("oud", "a", EVER), sale("oud", "a", THEN, 30), sale("vast", "a", THEN), sale("vast", "b", NOW),
         sale("jong", "a", NOW, 25)]
    )  # fmt: skip
    got = moves(analysis)
    assert list(got) == ["jong", "vast", "oud"]
    assert [got["oud"][one] for one in (*PEOPLE, "omzet toen", "omzet nu")] == [1, 0, 1, 0, 0, 0, 30, 0]
    assert [got["jong"][one] for one in (*PEOPLE, "omzet toen", "omzet nu")] == [0, 0, 0, 1, 0, 1, 0, 25]
    figures = analysis.figures
    assert (figures["productbeweging_groei"], figures["productbeweging_erbij"]) == ("jong", 25)
    assert (figures["productbeweging_daling"], figures["productbeweging_eraf"]) == ("oud", 30)
    assert figures["productbeweging_bericht"].endswith("Niet meer verkocht: oud.")
    days = [figures[f"productbeweging_{one}"] for one in ("van", "toen", "nu")]
    assert days == [dt.date(2026, 5, 1), BEFORE, UNTIL]


def test_the_days_at_the_seam_belong_to_one_stretch_each():
    start = dt.date(2026, 5, 1)
    days = (
        start - dt.timedelta(days=1),
        start,
        BEFORE,
        BEFORE + dt.timedelta(days=1),
        UNTIL,
        UNTIL + dt.timedelta(days=1),
    )
    got = moves(found([sale("a", f"K{at}", day, 10**at) for at, day in enumerate(days)]))["a"]
    assert (got["omzet toen"], got["omzet nu"]) == (110, 11_000)
    assert (got["klanten toen"], got["klanten nu"]) == (2, 2)


@pytest.mark.slow
def test_who_knew_a_product_long_ago_came_back_and_is_not_new():
    got = moves(found([sale("a", "x", EVER), sale("a", "x", NOW), sale("b", "x", NOW)]))
    assert (got["a"]["terug"], got["a"]["nieuw"]) == (1, 0)
    assert (got["b"]["terug"], got["b"]["nieuw"]) == (0, 1)


def test_lines_of_one_order_are_one_customer_and_a_refund_is_none():
    lines = [sale("a", "x", EVER), sale("a", "x", NOW), sale("a", "x", NOW, 5.5), sale("a", "y", NOW, -3)]
    got = moves(found(lines))["a"]
    assert (got["klanten nu"], got["omzet nu"]) == (1, 12.5)


def test_a_product_is_one_in_capitals_and_with_other_blanks():
    got = moves(
        found(
            [sale("Groene  Thee", "x", EVER), sale(" groene thee", "x", THEN), sale("GROENE THEE ", "x", NOW)]
        )
    )
    assert list(got) == ["Groene Thee"]
    assert got["Groene Thee"]["gebleven"] == 1


def test_without_customers_there_is_revenue_and_nobody_moves():
    got = found([["a", 10, 4, None, day] for day in (EVER, THEN, NOW)])
    assert [moves(got)["a"][one] for one in PEOPLE] == [None] * 6
    assert moves(got)["a"]["omzet nu"] == 10
    assert "Zonder klant op Producten: 2 regels" in got.figures["productbeweging_bericht"]


def test_a_line_without_a_day_is_in_no_figure_and_that_is_said():
    analysis = found([sale("a", "x", EVER), sale("a", "x", NOW), sale("a", "y", None, 99)])
    assert moves(analysis)["a"]["omzet nu"] == 10
    assert "Zonder datum op Producten: 1 regel" in analysis.figures["productbeweging_bericht"]


def test_a_sheet_that_ends_before_the_orders_do_is_said_to_lack_the_last_sales():
    until = dt.date(2026, 10, 31)
    orders = [["k", until, 5.0], *ORDERS[:5]]
    said = found([sale("a", "x", EVER), sale("a", "x", NOW)], orders).figures["productbeweging_bericht"]
    assert said.startswith("Producten loopt tot en met 1-9-2026 en uw orders tot en met 31-10-2026")


# ── nothing to compare ──────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_an_empty_sheet_and_one_without_days_have_no_rows():
    analysis = found([])
    assert (analysis["productbeweging"].rows, analysis.figures["productbeweging_bericht"]) == ((), None)
    for headers, rows in ((HEADERS, [sale("a", "x", None)]), (HEADERS[:4], [["a", 1, 1, "x"]])):
        analysis = found(rows, headers=headers)
        assert analysis["productbeweging"].rows == ()
        assert analysis.figures["productbeweging_bericht"].startswith("Zet op Producten in kolom datum")


def test_an_earlier_day_that_is_not_earlier_is_refused_as_for_segments():
    analysis = found([sale("a", "x", EVER), sale("a", "x", NOW)], as_of_before=UNTIL)
    assert analysis["productbeweging"].rows == ()
    assert "ligt niet voor de peildatum (31-10-2026)" in analysis.figures["productbeweging_bericht"]


@pytest.mark.slow
@pytest.mark.parametrize("days", [1, 2, 3, 40, 41, 182])
def test_the_day_that_is_advised_works_and_the_one_before_it_does_not(days):
    first = UNTIL - dt.timedelta(days=days)
    sales = [sale("a", "x", first), sale("a", "x", UNTIL)]
    said = found(sales).figures["productbeweging_bericht"]
    day, month, year = map(int, said.split("als vorige peildatum ")[1].split(" of")[0].split("-"))
    advised = dt.date(year, month, day)
    assert moves(found(sales, as_of_before=advised))["a"]["omzet nu"] == 10
    assert found(sales, as_of_before=advised - dt.timedelta(days=1))["productbeweging"].rows == ()


def test_sales_of_one_day_ask_for_earlier_ones():
    said = found([sale("a", "x", UNTIL)]).figures["productbeweging_bericht"]
    assert (
        said == "Producten begint op 31-10-2026, en de vergelijking op 1-5-2026: plak ook eerdere verkopen."
    )
