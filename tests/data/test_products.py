"""Profit by product: summed by hand, with costs from the sheet or the margin, and who buys it."""

import datetime as dt

import pytest

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.files import read_table, table_from_cells, transactions_from_cells
from klantwaarde_xl.data.sample import sample_orders
from klantwaarde_xl.data.sample_products import products_csv, sample_products
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.data.tables import tables

TODAY = dt.date(2026, 11, 27)
ORDERS = sample_orders(300)
NAMES = ("productwinst", "rfm")


def found(sales, **settings):
    tx = transactions_from_cells(("klant", "datum", "bedrag"), [list(one) for one in ORDERS], source="proef")
    table = tables()["producten"]
    headers = table.headers[: max(map(len, sales), default=4)]  # the day came later
    there = table_from_cells(table, headers, sales, source="p", today=TODAY, con=tx.con, may_be_empty=True)
    return analyse({"transacties": tx, "producten": there}, Settings(**settings), NAMES, today=TODAY)


def test_profit_is_revenue_less_costs_and_the_best_stands_on_top():
    sales = [
        ["a", 100, 40, None],
        ["b", 300, 310, None],
        ["a", 100.5, 20, None],
        ["b", -20, -5, None],
        ["c", 50, 0, None],
    ]
    analysis = found(sales, margin=0.9)
    assert [row[:7] for row in analysis["productwinst"].rows] == [
        ("a", None, 200.5, 60, 140.5, pytest.approx(140.5 / 200.5), pytest.approx(140.5 / 165.5)),
        ("c", None, 50, 0, 50, 1, pytest.approx(50 / 165.5)),
        ("b", None, 280, 305, -25, pytest.approx(-25 / 280), pytest.approx(-25 / 165.5)),
    ]
    figures = analysis.figures
    assert (figures["product_beste"], figures["product_winst"], figures["product_aantal"]) == ("a", 140.5, 3)
    assert figures["product_bericht"] == "b kost € 25 meer dan het opbrengt."


def test_when_every_product_costs_money_that_is_said_and_none_is_called_best():
    figures = found([["a", 100, 140, None], ["b", 3000, 4234.5, None]], margin=0.4).figures
    assert figures["product_beste"] is None
    said = "2 producten kosten samen € 1.274 meer dan zij opbrengen, het meest b."
    assert figures["product_bericht"] == said


@pytest.mark.slow
def test_without_costs_the_margin_is_taken_and_said():
    analysis = found([["a", 100, None, None], ["b", 50, None, None]], margin=0.4)
    assert [row[3:5] for row in analysis["productwinst"].rows] == [(60, 40), (30, 20)]
    assert "maal uw marge" in analysis.figures["product_bericht"]
    bare = found([["a", 100, None, None]])
    assert bare["productwinst"].rows[0][2:7] == (100, None, None, None, None)
    assert "Zonder kosten" in bare.figures["product_bericht"]


def test_a_line_without_costs_leaves_that_product_without_profit_and_not_the_others():
    analysis = found([["a", 100, 40, None], ["b", 50, None, None], ["b", 50, 10, None]], margin=0.4)
    rows = {row[0]: row for row in analysis["productwinst"].rows}
    assert rows["a"][3:5] == (40, 60)
    assert rows["b"][2:5] == (100, None, None)
    assert analysis.figures["product_bericht"].startswith("Bij 1 regel op Producten staan geen kosten")


@pytest.mark.slow
def test_the_segment_that_buys_most_is_that_of_the_customers():
    sales = [[group, amount, cost, who, day] for who, group, amount, cost, day in sample_products(ORDERS)]
    analysis = found(sales)
    segment = {row[0]: row[8] for row in analysis["rfm"].rows}
    for name, buyers, revenue, *_, most, part in analysis["productwinst"].rows:
        own = [one for one in sales if one[0] == name]
        bought: dict[str, float] = {}
        for _, amount, _, who, _ in own:
            bought[segment[who]] = bought.get(segment[who], 0) + amount
        assert buyers == len({one[3] for one in own})
        assert revenue == pytest.approx(sum(one[1] for one in own))
        assert bought[most] == max(bought.values())
        assert part == pytest.approx(bought[most] / revenue)


def test_nothing_is_said_of_an_empty_sheet():
    analysis = found([])
    assert analysis["productwinst"].rows == ()
    assert analysis.figures["product_bericht"] is None


def test_a_product_is_the_same_in_capitals_and_with_other_blanks():
    analysis = found([["Thee  los", 100, 40, "K1"], ["thee los ", 50, 10, "K1"], ["THEE LOS", 50, 0, "K2"]])
    assert [row[:5] for row in analysis["productwinst"].rows] == [("Thee los", 2, 200, 50, 150)]


@pytest.mark.slow
def test_sales_after_the_day_count_in_nothing():
    sales = [
        ["a", 100, 40, None, dt.date(2026, 5, 1)],
        ["a", 30, 4, None, dt.date(2026, 5, 2)],
        ["b", 1, 1, None, dt.date(2026, 6, 1)],
    ]
    analysis = found(sales, as_of=dt.date(2026, 5, 1))
    assert [row[:5] for row in analysis["productwinst"].rows] == [("a", None, 100, 40, 60)]
    later = found(sales, as_of=dt.date(2026, 4, 30))
    assert later["productwinst"].rows == ()
    assert later.figures["product_bericht"] == "Op Producten is niets verkocht tot en met 30-4-2026."


def test_the_sample_adds_up_to_the_orders_and_is_read_back(tmp_path):
    sales = sample_products(ORDERS)
    assert sales == sample_products(ORDERS)
    assert sum(one[2] for one in sales) == pytest.approx(
        sum(one.amount for one in ORDERS), abs=0.01 * len(sales)
    )
    (tmp_path / "p.csv").write_text(products_csv(sales), encoding="utf-8")
    read = read_table(tmp_path / "p.csv", tables()["producten"], today=TODAY)
    assert read.rows() == [(group, amount, cost, who, day) for who, group, amount, cost, day in sales]
