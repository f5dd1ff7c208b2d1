"""Fees of a marketplace are costs: revenue is what came in before them."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, follow, read, write

__all__ = ["write"]


def revenue(checked):
    return figures(checked)[1]


def table(write, head, *rows):
    return write("\n".join([head, *rows]) + "\n")


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("heads", ["Gross,Commission,Total", "Item sales,Marketplace fee,Total amount"])
def test_a_total_after_fees_gives_way_to_the_sales_before_them(write, heads, sign):
    rows = [f"a,2025-05-0{n},{90 * n}.00,{sign}{9 * n}.00,{81 * n}.00" for n in (1, 2, 3)]
    assert revenue(read(table(write, f"Customer,Date,{heads}", *rows))) == 540.0


def test_fees_of_several_kinds_go_off_together(write):
    rows = [f"a,2025-05-0{n},{90 * n}.00,-{9 * n}.00,-2.50,{81 * n - 2.5:.2f}" for n in (1, 2, 3)]
    path = table(write, "Customer,Date,Ticket sales,Platform fees,Payment fees,Total", *rows)
    assert revenue(read(path)) == 540.0


def test_the_fee_of_a_return_comes_back(write):
    rows = [
        "a,2025-05-01,90.00,-9.00,81.00",
        "a,2025-05-04,50.00,-5.00,45.00",
        "a,2025-05-09,-50.00,4.00,-46.00",
    ]
    assert figures(read(table(write, "Customer,Date,Gross,Fee,Total", *rows)))[1:3] == (140.0, 90.0)


@pytest.mark.parametrize("fee", ["Shipping fee", "Verzendkosten", "Servicekosten"])
def test_costs_that_the_buyer_pays_stay_in_the_total(write, fee):
    rows = [f"a;0{n}-05-2025;{90 * n},00;6,00;{90 * n + 6},00" for n in (1, 2, 3)]
    assert revenue(read(table(write, f"Klant;Datum;Artikelen;{fee};Totaal", *rows))) == 558.0


@pytest.mark.slow
def test_fees_below_nought_beside_sales_are_a_question_whose_answers_work(write):
    rows = ["a,2025-05-01,90.00,-9.00,3.33,84.33", "b,2025-05-02,40.00,-4.00,1.11,37.11"]
    path = table(write, "Customer,Date,Product sales,Seller fees,Varia,Total", *rows)
    with pytest.raises(Ambiguous, match="kosten af zijn \\('Seller fees'\\)") as asked:
        read(path)
    assert revenue(follow(path, asked.value)) == 130.0
    assert revenue(read(path, {"bedrag": "Total"})) == 121.44


def test_what_was_paid_goes_before_what_is_left_after_fees(write):
    rows = [f"a,2025-05-0{n},{90 * n}.00,{9 * n}.00,{81 * n}.00" for n in (1, 2, 3)]
    assert revenue(read(table(write, "Customer,Date,Amount paid,Fee,Net", *rows))) == 540.0
