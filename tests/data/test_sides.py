"""Debit and credit in columns of their own: a question whose answer can be typed, never a guess."""

from __future__ import annotations

import pytest

from klantwaarde_xl.data.reading.revenue.sides import side_of
from klantwaarde_xl.errors import ColumnsMissing, RowsRefused
from tests.data.exported import figures, follow, read, write

__all__ = ["write"]


def asked(path):
    with pytest.raises(ColumnsMissing) as caught:
        read(path)
    return caught.value


@pytest.mark.slow
@pytest.mark.parametrize(
    ("inward", "outward"), [("Credit", "Debet"), ("Bedrag credit", "Bedrag debet"), ("Haben EUR", "Soll EUR")]
)
@pytest.mark.parametrize("nothing", ["", "0,00"])
def test_what_comes_in_less_what_goes_out_is_proposed(write, inward, outward, nothing):
    rows = [f"{at:02}-06-2025;R{at % 3};{nothing};{at}1,00" for at in range(1, 9)]
    path = write(
        "\n".join([f"Datum;Relatiecode;{outward};{inward}", *rows, f"20-06-2025;R1;30,50;{nothing}"])
    )
    error = asked(path)
    assert "draai erbij en eraf" in error.what
    assert figures(follow(path, error)) == (8, 368.0, 337.5, 3)
    turned = figures(read(path, columns={"erbij": outward, "eraf": inward}))
    assert turned[2] == -337.5


@pytest.mark.slow
def test_of_a_journal_the_accounts_of_revenue_are_proposed(write):
    rows = []
    for at in range(1, 5):
        for account, debit, credit in ((1300, 121, 0), (8000, 0, 100), (1520, 0, 21)):
            rows.append(f"{at:02}-06-2025;{at};{account};C{at % 2};{debit}.00;{credit}.00")
    path = write("\n".join(["Datum;Boekstuknummer;Grootboekrekening;Relatiecode;Debet;Credit", *rows]))
    error = asked(path)
    assert '--alleen "Grootboekrekening=8000"' in error.remedy
    assert figures(follow(path, error)) == (4, 400.0, 400.0, 2)


def test_of_a_journal_without_accounts_nothing_is_proposed(write):
    rows = "1;3-4-2025;A;121,00;0,00\n1;3-4-2025;A;0,00;121,00\n2;4-4-2025;B;50,00;0,00\n2;4-4-2025;B;0,00;50,00\n"
    assert "erbij=" not in asked(write(f"Boekstuknummer;Datum;Relatiecode;Debet;Credit\n{rows}")).remedy


def test_a_row_with_neither_side_is_no_order_of_nought(write):
    rows = "1-2-2025;A;;10,00\n2-2-2025;B;;\n3-2-2025;B;5,00;\n"
    with pytest.raises(RowsRefused, match="rij 3, kolom bedrag"):
        read(write(f"Datum;Klantnr;Debit;Credit\n{rows}"), columns={"erbij": "Credit", "eraf": "Debit"})


@pytest.mark.parametrize(
    ("header", "side"),
    [
        ("Gross Debit (GC)", "out"),
        ("fldCredit", "in"),
        ("Credit card", ""),
        ("Debet/credit", ""),
        ("Bedrag", ""),
    ],
)
def test_a_header_says_one_side_or_none(header, side):
    assert side_of(header) == side


def test_a_status_and_money_that_went_out_are_no_customers(write):
    heads = "amazon-order-id,purchase-date,order-status,other,item-price"
    rows = "402-1,2025-01-05,Shipped,0,25.00\n402-2,2025-02-05,Shipped,-3,12.50\n402-3,2025-02-06,Pending,0,10.00\n"
    error = asked(write(f"{heads}\n{rows}"))
    assert "klant=…" in error.remedy
