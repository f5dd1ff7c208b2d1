"""A column with the side of an entry or of an account beside amounts without a sign."""

import re

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]

INVOICES = "Verkoopfactuur;Datum;Relatie;{};Bedrag\nV7;03-06-2025;K1;{};90,00\nV8;14-06-2025;K2;{};60,00\n"
CREDITED = "V9;21-06-2025;K1;{};15,00\n"
BANK = "Boekdatum;Klant;Tegenrekening;{};Bedrag\n19-05-2025;k;NL1;{};80,00\n20-05-2025;m;NL2;{};30,00\n"


def options(error):
    """The options of a remedy, in their order, as they are typed."""
    return re.findall(r'--\w+ "[^"]*"', error.remedy)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "debit", "credit"),
    [
        ("D/C", "D", "C"), ("Debet/credit", "debet", "credit"), ("DC-indicator", "DBIT", "CRDT"),
    ],
)  # fmt: skip
def test_debit_is_what_was_sold_by_invoices_and_credit_goes_off_as_advised_first(
    write, header, debit, credit
):
    path = write(INVOICES.format(header, debit, debit) + CREDITED.format(credit))
    with pytest.raises(Ambiguous) as asked:
        read(path)
    first, of_payments, *_ = options(asked.value)
    assert figures(typed(path, first)) == (2, 150.0, 135.0, 2)
    assert figures(typed(path, of_payments))[:3] == (2, 150.0, 150.0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("debit", "credit"), [("D", "C"), ("Debet", "Credit"), ("S", "H"), ("Soll", "Haben")]
)
def test_what_was_debited_from_an_account_is_left_out_or_taken_off_as_advised(write, debit, credit):
    path = write(BANK.format("Soll/Haben" if debit in "Soll" else "D/C", credit, debit))
    with pytest.raises(Ambiguous) as asked:
        read(path)
    alone, off = options(asked.value)
    assert figures(typed(path, off))[1:3] == (80.0, 50.0)
    assert figures(typed(path, alone))[1:3] == (80.0, 80.0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "out", "come"),
    [("Af Bij", "Af", "Bij"), ("Richting", "uit", "in"), ("+/-", "-", "+"), ("Mutatie", "AF", "BIJ")],
)
def test_what_went_out_of_an_account_is_left_out_or_taken_off_as_advised(write, header, out, come):
    path = write(BANK.format(header, come, out))
    with pytest.raises(Ambiguous) as asked:
        read(path)
    alone, off = options(asked.value)
    assert figures(typed(path, alone))[1:3] == (80.0, 80.0)
    assert figures(typed(path, off))[1:3] == (80.0, 50.0)


@pytest.mark.parametrize(
    ("header", "one", "other"),
    [("Card funding", "debit", "credit"), ("Maat", "S", "H"), ("Betaalwijze", "Debit", "Credit")],
)
def test_words_of_something_else_are_no_sides(write, header, one, other):
    path = write(INVOICES.format(header, one, other))
    assert figures(read(path))[:2] == (2, 150.0)


def test_credit_with_a_minus_beside_a_letter_for_invoices_is_off_already(write):
    rows = "R1;F1;3-2-2025;121,00;F\nR2;F2;14-2-2025;60,50;F\nR1;F3;15-3-2025;-20,00;C\n"
    checked = read(write(f"Relatiecode;Factuurnummer;Factuurdatum;Bedrag;Soort\n{rows}"))
    assert figures(checked)[:3] == (2, 181.5, 161.5)
    assert "minteken" in said(checked, "bedrag")


def test_debit_and_credit_with_a_minus_are_still_asked_about(write):
    rows = (
        "R1;F1;3-2-2025;121,00;D\nR2;F2;14-2-2025;60,50;D\nR1;F3;15-3-2025;-20,00;C\nR3;F4;15-3-2025;7,00;I\n"
    )
    with pytest.raises(Ambiguous):
        read(write(f"Relatiecode;Factuurnummer;Factuurdatum;Bedrag;Soort\n{rows}"))
