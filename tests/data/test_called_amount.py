"""A column `amount` beside a price: how many, or how much."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, follow, read, said, write

__all__ = ["write"]


def lines(write, *pairs, amount="amount", price="price"):
    rows = [
        f"{at // 2};2025-03-0{at + 1};K{at // 2};SKU{at};{count};{each}"
        for at, (count, each) in enumerate(pairs)
    ]
    return write("\n".join([f"orderid;created;customerid;product;{amount};{price}", *rows]) + "\n")


@pytest.mark.parametrize("amount", ["amount", "Amount"])
def test_whole_numbers_that_are_no_number_of_times_the_price_are_pieces(write, amount):
    checked = read(lines(write, (2, "9.95"), (1, "14.50"), (12, "2.25"), amount=amount))
    assert figures(checked)[1] == round(2 * 9.95 + 14.50 + 12 * 2.25, 2)
    assert "×" in said(checked, "bedrag")


def test_a_price_of_whole_euros_beside_few_pieces_is_of_one(write):
    assert figures(read(lines(write, (2, "45"), (1, "60"), (4, "35"))))[1] == 2 * 45 + 60 + 4 * 35


@pytest.mark.parametrize(
    "pairs",
    [
        [(19.90, "9.95"), (14.50, "14.50"), (27, "2.25")],  # with cents
        [(90, "45"), (60, "60"), (140, "35")],  # times the price
    ],
)
def test_an_amount_that_is_a_number_of_times_the_price_is_money(write, pairs):
    assert figures(read(lines(write, *pairs)))[1] == sum(amount for amount, _ in pairs)


def test_whole_euros_below_a_whole_price_are_asked_about(write):
    path = lines(write, (80, "100"), (45, "50"), (130, "200"))
    with pytest.raises(Ambiguous, match="het aantal stuks") as asked:
        read(path)
    assert figures(follow(path, asked.value))[1] == 80 * 100 + 45 * 50 + 130 * 200
    assert figures(read(path, {"bedrag": "amount"}))[1] == 80 + 45 + 130


def test_a_total_beside_both_is_the_revenue(write):
    path = write(
        "orderid;created;customerid;amount;price;total\n1;2025-03-01;K1;2;9.95;19.90\n1;2025-03-01;K1;3;4.50;13.50\n"
        "2;2025-03-04;K2;1;9.95;9.95\n"
    )
    assert figures(read(path))[1] == 43.35
