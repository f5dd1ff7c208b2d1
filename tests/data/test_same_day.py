"""Rows of articles without an order's number: those of one customer on one day may be one order."""

import pytest

from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.tables import TRANSACTIONS
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import TODAY, figures, follow, read, said, typed, write

__all__ = ["write"]

ROWS = "4-2-2025;A;Lamp;1;30,00\n4-2-2025;A;Snoer;2;4,00\n9-2-2025;B;Lamp;1;30,00\n9-3-2025;A;Lamp;1;30,00\n"


def test_several_articles_of_a_day_are_told_with_the_answer_that_joins_them(write):
    path = write(f"Datum;Klant;Artikel;Aantal;Bedrag\n{ROWS}")
    checked = read(path)
    assert figures(checked) == (4, 94.0, 94.0, 2)
    assert "1 keer heeft één klant op één dag meer rijen" in said(checked, "rij")
    joined = typed(path, "--kolommen order=Datum")
    assert figures(joined) == (3, 94.0, 94.0, 2)
    assert "4 regels, 3 orders" in said(joined, "rij")


def test_a_recipe_joins_the_rows_of_a_day_again(write):
    path = write(f"Datum;Klant;Artikel;Aantal;Bedrag\n{ROWS}")
    first = typed(path, "--kolommen order=Datum")
    again = read_table(path, TRANSACTIONS, today=TODAY, recipe=first.recipe)
    assert figures(again) == figures(first)


@pytest.mark.parametrize("rows", [ROWS.replace("4-2-2025;A;S", "5-2-2025;A;S"), ROWS.replace("A;S", ";S")])
def test_nothing_is_told_where_no_customer_has_two_rows_on_a_day(write, rows):
    checked = read(write(f"Datum;Klant;Artikel;Aantal;Bedrag\n{rows}"))
    assert "één dag meer rijen" not in said(checked, "rij")


def test_nothing_is_told_of_orders_without_articles(write):
    path = write("Datum;Klant;Bedrag\n4-2-2025;A;30,00\n4-2-2025;A;4,00\n9-2-2025;B;30,00\n")
    assert "één dag meer rijen" not in said(read(path), "rij")


HEAD = "Sale Date,Item Name,Buyer,Quantity,Price,Discount Amount,Order Shipping,Item Total,Currency,Transaction ID"
SOLD = (
    "02/05/25,Kruik,ria,1,24.00,6.00,4.50,24.00,EUR,T1\n02/05/25,Schaal,ria,2,8.00,6.00,4.50,16.00,EUR,T2\n"
    "02/18/25,Kruik,ton,1,24.00,0.00,4.50,24.00,EUR,T3\n03/26/25,Vaas,ria,1,50.00,5.00,0.00,50.00,EUR,T4\n"
)


def test_a_discount_on_each_row_of_a_day_goes_off_once_by_the_first_answer(write):
    path = write(f"{HEAD}\n{SOLD}")
    with pytest.raises(Ambiguous, match="Discount Amount") as asked:
        read(path)
    assert figures(follow(path, asked.value)) == (3, 103.0, 103.0, 2)
    assert figures(typed(path, '--kolommen "korting=Discount Amount"'))[1] == 97.0
    assert figures(typed(path, "--kolommen korting=-"))[1] == 114.0


def test_a_share_of_the_discount_on_each_row_goes_off_every_row(write):
    path = write(f"{HEAD}\n{SOLD.replace('8.00,6.00', '8.00,4.00')}")
    with pytest.raises(Ambiguous, match="Discount Amount") as asked:
        read(path)
    assert figures(follow(path, asked.value))[1] == 99.0
