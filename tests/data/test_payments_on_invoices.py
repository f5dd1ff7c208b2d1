"""Payments below nought on invoices, as on the card of a debtor: asked about, never taken for refunds."""

import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, read, typed, write
from tests.examples import crossed

__all__ = ["write"]

INVOICES = (("3-4-2025", "Alfa", "Factuur 71", 80.5), ("9-4-2025", "Beta", "Factuur 72", 40))


def card(write, head, paid, *more):
    sold = [f"{day};{name};{text};{amount}" for day, name, text, amount in INVOICES]
    return write("\n".join([f"Datum;Relatie;{head};Bedrag", *sold, *paid, *more]).replace(".", ",") + "\n")


HEADS = ["Omschrijving", "Type", "Memo", "Boekingstekst"]
WORDS = ["Betaling {}", "Ontvangen {}", "Bank 3 {}", "{} per iDEAL", "Payment {}", "PIN", "Kas"]


@pytest.mark.slow
@pytest.mark.parametrize(("head", "word"), crossed(HEADS, WORDS))
def test_payments_on_invoices_are_asked_about_and_both_answers_work(write, head, word):
    paid = [
        f"2-5-2025;{name};{word.format(at)};-{amount}" for at, (_, name, _, amount) in enumerate(INVOICES)
    ]
    path = card(write, head, paid)
    with pytest.raises(Ambiguous, match="betaling") as asked:
        read(path)
    first, second = asked.value.remedy.split("Gaat het toch")
    assert figures(typed(path, first.partition(": ")[2].strip(". "))) == (2, 120.5, 120.5, 2)
    assert figures(typed(path, second.partition(": ")[2].strip(". ")))[2] == 0


def test_one_payment_of_several_invoices_is_asked_about_too(write):
    path = card(write, "Omschrijving", ["2-5-2025;Beta;Betaling 72 en 73;-60"], "1-5-2025;Beta;Factuur 73;20")
    with pytest.raises(Ambiguous, match="'Betaling 72 en 73'"):
        read(path)


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [("Betaling factuur 12", True), ("Incasso maart", True), ("Bank 3", False), ("Paypal", False)],
)
def test_a_payment_of_what_was_sold_before_needs_a_word_for_paying(write, text, is_asked):
    path = card(write, "Omschrijving", [f"2-5-2025;Gamma;{text};-15"])
    if is_asked:
        with pytest.raises(Ambiguous, match="betaling"):
            read(path)
    else:
        assert figures(read(path))[2] == 105.5


@pytest.mark.parametrize(
    "back",
    [
        "2-5-2025;Alfa;Terugbetaling factuur 71;-80.5",  # money back
        "2-5-2025;Alfa;Creditnota 71;-80.5",
        "2-5-2025;Alfa;Verrekende aanbetaling;-80.5",
        "2-5-2025;Alfa;Korting bankstel;-10",
    ],
)
def test_what_goes_back_still_goes_off(write, back):
    checked = read(card(write, "Omschrijving", [back]))
    assert figures(checked)[2] == 120.5 + float(back.split(";")[3])


def test_a_way_of_paying_that_sales_have_too_says_nothing(write):
    path = write(
        "Datum;Klant;Omschrijving;Bedrag\n3-4-2025;Alfa;Pin;80\n4-4-2025;Beta;Pin;40\n5-4-2025;Beta;Pin;-40\n"
    )
    assert figures(read(path)) == (2, 120.0, 80.0, 2)


CARD = (
    "Debiteurnr;Datum;Dagboek;Omschrijving;Debet;Credit\n17;1-1-2025;Memoriaal;Beginsaldo;25,00;\n"
    "17;3-4-2025;Verkoop;Factuur 71;80,50;\n17;9-4-2025;Bank;Betaling;;105,50\n18;9-4-2025;Verkoop;Factuur 72;40,00;\n"
)


@pytest.mark.slow
def test_of_the_card_of_a_debtor_debit_is_sold_and_what_he_owed_before_is_not(write):
    path = write(CARD)
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    line = next(one for one in asked.value.remedy.splitlines() if one.startswith("  --kolommen erbij=Debet"))
    assert figures(typed(path, line.strip())) == (2, 120.5, 120.5, 2)


def test_of_an_account_of_revenue_credit_stays_what_is_sold(write):
    rows = "17;3-4-2025;Factuur 71;;80,50\n18;9-4-2025;Factuur 72;;40,00\n18;10-4-2025;Credit 72;10,00;\n"
    with pytest.raises(ColumnsMissing) as asked:
        read(write(f"Debiteurnr;Datum;Omschrijving;Debet;Credit\n{rows}"))
    assert "erbij=Credit,eraf=Debet" in asked.value.remedy
