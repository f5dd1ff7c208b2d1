"""Amounts from which what was paid back is off already: it goes off once."""

from __future__ import annotations

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read

ROWS = ((10, 0, 10), (20, 5, 15), (30, 0, 30), (8, 8, 0))


def export(tmp_path, before, back, after, rows=ROWS, minus=""):
    path = tmp_path / "uit.csv"
    cells = "".join(
        f"{at},2024-01-{at + 3:02},K{at % 2},{first}.00,{minus if off else ''}{off}.00,{left}.00\n"
        for at, (first, off, left) in enumerate(rows)
    )
    path.write_text(f"Order,Date,Customer,{before},{back},{after}\n{cells}", encoding="utf-8")
    return path


@pytest.mark.parametrize("minus", ["", "-"])
@pytest.mark.parametrize(
    ("before", "back", "after"),
    [
        ("Gross sales", "Refunded amount", "Net sales"), ("Sales", "Returns", "Net sales"),
        ("Omzet bruto", "Terugbetaald", "Omzet netto"), ("Bruto omzet", "Retourbedrag", "Netto omzet"),
    ],
)  # fmt: skip
def test_what_is_off_already_goes_off_once(tmp_path, before, back, after, minus):
    assert figures(read(export(tmp_path, before, back, after, minus=minus)))[1:3] == (68.0, 55.0)


def test_an_amount_that_the_user_names_keeps_what_is_off_already(tmp_path):
    path = export(tmp_path, "Gross sales", "Refunded amount", "Net sales")
    assert figures(read(path, columns={"bedrag": "Net sales"}))[2] == 55.0


def test_refunds_of_a_total_that_still_holds_them_go_off(tmp_path):
    path = export(tmp_path, "Subtotal", "Returns", "Total", rows=((9, 0, 10), (18, 5, 20), (27, 0, 30)))
    assert figures(read(path))[2] == 55.0


@pytest.mark.slow
def test_net_sales_beside_refunds_alone_are_asked_about_and_both_answers_work(tmp_path):
    path = tmp_path / "uit.csv"
    path.write_text(
        "Order,Date,Customer,Returns,Net sales\n1,2024-01-03,A,0.00,10.00\n2,2024-01-04,B,-5.00,15.00\n"
    )
    with pytest.raises(Ambiguous, match="al af is") as asked:
        read(path)
    assert "--kolommen terugbetaald=-" in asked.value.remedy
    assert figures(read(path, columns={"terugbetaald": "-"}))[2] == 25.0
    assert figures(read(path, columns={"terugbetaald": "Returns"}))[2] == 20.0


@pytest.mark.parametrize("net", ["Net sales", "Amount"])
def test_what_is_off_already_beside_a_discount_is_no_question_also_where_all_went_back(tmp_path, net):
    path = tmp_path / "uit.csv"
    rows = ((50, 5, 0), (120, 0, 120), (20, 2, 18), (80, 0, 0), (60, 6, 54), (30, 0, 10))
    cells = "".join(
        f"{at},2024-01-{at + 3:02},K{at % 2},{gross},{-off},{-back},{gross - off - back}\n"
        for at, (gross, off, back) in enumerate(rows)
    )
    path.write_text(f"Order,Date,Customer,Gross sales,Discounts,Returns,{net}\n{cells}", encoding="utf-8")
    assert figures(read(path))[2] == 360 - 13 - 202
