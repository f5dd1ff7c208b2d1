"""Rows of a balance, or of the till itself, among sales: they are no order and of no customer."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]

SALES = "A;4-3-2025;10;factuur\nB;5-3-2025;20;factuur\nA;6-3-2025;30;factuur\n"


def sales(write, *rows, head="Klant;Datum;Bedrag;Omschrijving"):
    return write(f"{head}\n{SALES}" + "".join(f"{row}\n" for row in rows))


@pytest.mark.parametrize("name", [
    "Beginsaldo", "Eindsaldo 2025", "Opening balance", "closing balance 31-12", "Saldo per 1 januari",
    "Saldovortrag", "Kasverschil", "Correctie kas maart", "Afrondingsverschil", "Wisselgeld", "Storting bank",
    "Balance brought forward", "beginsaldo: kas", "Solde initial",
])  # fmt: skip
def test_a_balance_in_place_of_a_customer_is_left_out_and_said(write, name):
    checked = read(sales(write, f"{name};31-12-2025;500;"))
    assert figures(checked) == (3, 60.0, 60.0, 2)
    assert any("een saldo" in str(one) and "500" in str(one) for one in checked.quality.left_out)


@pytest.mark.parametrize("name", [
    "Balans Coaching", "Saldo BV", "Bankwinkel", "Kasper de Boer", "Opel Dealer", "Begin B.V.",
    "Correct IT", "Oude Delft", "Nieuwe Balans", "New Balance",
])  # fmt: skip
def test_a_customer_whose_name_begins_so_is_one(write, name):
    assert figures(read(sales(write, f"{name};31-12-2025;500;")))[3] == 3


def test_a_balance_in_the_words_beside_a_row_without_a_customer_is_left_out(write):
    assert figures(read(sales(write, ";1-1-2025;500;Beginsaldo kas", ";31-12-2025;7;losse verkoop")))[:2] == (
        4,
        67.0,
    )


@pytest.mark.slow
def test_words_about_a_balance_beside_a_customer_leave_the_sale_as_it_is(write):
    assert figures(read(sales(write, "C;31-12-2025;7;Eindsaldo factuur 12")))[:2] == (4, 67.0)


def test_a_balance_counts_where_the_user_says_so(write):
    path = sales(write, "Beginsaldo;31-12-2025;500;")
    assert figures(typed(path, '--alleen "Klant=*"'))[:2] == (4, 560.0)


@pytest.mark.slow
def test_a_correction_in_place_of_a_customer_is_asked_about(write):
    path = sales(write, "Correctie;31-12-2025;-4;")
    with pytest.raises(Ambiguous, match="geen klant, maar een boeking"):
        read(path)
    assert figures(typed(path, '--zonder "Klant=Correctie"')) == (3, 60.0, 60.0, 2)
    assert figures(typed(path, '--niemand "Correctie"')) == (3, 60.0, 56.0, 2)


def test_balances_that_are_half_of_a_small_file_are_left_out_too(write):
    path = write("Klant;Datum;Bedrag\nA;4-3-2025;10\nBeginsaldo;1-3-2025;500\nOpname kas;9-3-2025;-40\n")
    assert figures(read(path)) == (1, 10.0, 10.0, 1)
