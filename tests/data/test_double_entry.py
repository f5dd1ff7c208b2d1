"""Journals with both sides of each entry in one column: together they are nought, and no revenue."""

import re

import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]


def journal(write, header, debit, credit, more=()):
    """Three sales on three days, each on two accounts; more: further rows."""
    rows = [
        f"2025-05-0{at};{account};Zaak {at};{sign}{at}10,00"
        for at in (1, 2, 3)
        for account, sign in ((debit, ""), (credit, "-"))
    ]
    return write("\n".join([f"Datum;{header};Tekst;Bedrag", *rows, *more]) + "\n")


@pytest.mark.parametrize("header", ["Rekening", "Gb"])
def test_accounts_that_nobody_knows_are_asked_about_by_their_sides(write, header):
    path = journal(write, header, "400000", "700000")
    with pytest.raises(Ambiguous, match="van elke dag zijn samen nul") as asked:
        typed(path, "--kolommen klant=-")
    answer = re.search('--alleen ".*?"', asked.value.remedy)[0]
    assert answer == f'--alleen "{header}=400000"'
    assert figures(typed(path, "--kolommen klant=-", answer))[:2] == (3, 630.0)
    everything = figures(typed(path, "--kolommen klant=-", '--alleen "Bedrag=*"'))
    assert everything[1:3] == (630.0, 0.0)


def test_without_a_column_of_accounts_the_side_without_a_minus_is_advised(write):
    path = journal(write, "Blad", "1", "1")
    with pytest.raises(Ambiguous, match="van elke dag zijn samen nul") as asked:
        typed(path, "--kolommen klant=-")
    answer = re.search('--zonder ".*?"', asked.value.remedy)[0]
    assert figures(typed(path, "--kolommen klant=-", answer))[:3] == (3, 630.0, 630.0)


def test_revenue_that_has_a_minus_turns_its_sign(write):
    path = journal(write, "Account", "Assets:Bank", "Income:Sales")
    with pytest.raises(Ambiguous, match="heeft rekeningen van een grootboek") as asked:
        typed(path, "--kolommen klant=-")
    checked = typed(path, "--kolommen klant=-", re.search('--alleen ".*?"', asked.value.remedy)[0])
    assert figures(checked)[:3] == (3, 630.0, 630.0)
    assert "minteken" in said(checked, "bedrag")


def test_accounts_of_the_books_are_first_taken_for_no_customers(write):
    with pytest.raises(Ambiguous) as asked:
        read(journal(write, "Account", "Assets:Bank", "Income:Sales"))
    assert asked.value.remedy.index("klant=-") < asked.value.remedy.index("klant=Account")


@pytest.mark.parametrize("header", ["Rekeningnaam", "Grootboeknummer", "Ledger account"])
def test_accounts_of_a_ledger_are_not_proposed_as_customers(write, header):
    rows = [f"2025-05-0{at};{1300 + at % 2}x;{at}10,00" for at in range(1, 7)]
    with pytest.raises(ColumnsMissing) as asked:
        read(write("\n".join([f"Datum;{header};Bedrag", *rows]) + "\n"))
    assert f"klant={header}" not in asked.value.remedy


def test_sales_and_their_refunds_that_are_as_much_are_no_journal(write):
    rows = ["2025-05-01;A;10,00", "2025-05-01;B;20,00", "2025-05-02;A;-10,00", "2025-05-03;B;-20,00"]
    assert figures(read(write("\n".join(["Datum;Klant;Bedrag", *rows]) + "\n")))[1:3] == (30.0, 0.0)
