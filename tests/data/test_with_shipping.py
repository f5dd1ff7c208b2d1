"""What an order cost with its shipping is its revenue; what was paid of it, or a price before a discount, is asked."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, follow, read, said, write

__all__ = ["write"]


@pytest.mark.slow
@pytest.mark.parametrize("heads", ["Orderbedrag;Bezorgkosten;Totaal", "Orderwaarde;Verzendkosten;Eindbedrag"])
def test_the_total_with_shipping_goes_before_the_order_without(write, heads):
    path = write(f"Datum;Klant;{heads}\n17-04-2025;a;40,00;3,95;43,95\n18-04-2025;b;60,00;0,00;60,00\n")
    assert figures(read(path))[1] == 103.95


def test_a_tip_in_that_total_goes_off(write):
    rows = "17-04-2025;a;40,00;3,95;2,00;45,95\n18-04-2025;b;60,00;0,00;0,00;60,00\n"
    assert figures(read(write(f"Datum;Klant;Orderbedrag;Bezorgkosten;Fooi;Totaal\n{rows}")))[1] == 103.95


def test_a_total_that_is_something_else_changes_nothing(write):
    rows = "17-04-2025;a;40,00;3,95;120,00\n18-04-2025;b;60,00;0,00;180,00\n"
    path = write(f"Datum;Klant;Orderbedrag;Bezorgkosten;Totaal\n{rows}")
    assert figures(read(path))[1] == 100.0


@pytest.mark.slow
def test_the_same_total_in_another_currency_is_not_the_one_with_shipping(write):
    rows = "2025-04-17,a,€90.00,€10.00,€100.00,€110.00\n2025-04-18,b,€50.00,€0.00,€50.00,€50.00\n"
    head = "Purchase Date,Customer,Subtotal,Shipping and Handling,Grand Total (Base),Grand Total (Purchased)"
    assert figures(read(write(f"{head}\n{rows}")))[1] == 150.0


@pytest.mark.parametrize(
    "totals",
    ["Eindtotaal (basis);Eindtotaal (aangekocht)", "Gesamtsumme (Basis);Gesamtsumme (Eingekauft)"],
)
def test_the_totals_of_magento_in_other_languages_have_the_shipping(write, totals):
    rows = "17-4-2025;a;€ 90,00;€ 10,00;€ 100,00;€ 100,00;DHL\n18-4-2025;b;€ 50,00;€ 6,50;€ 56,50;€ 56,50;Afhalen\n"
    path = write(f"Datum;Klant;Subtotaal;Verzending en verwerking;{totals};Verzendinformatie\n{rows}")
    checked = read(path)
    assert figures(checked)[1] == 156.5
    assert "verzending telt zo niet mee" not in said(checked, "bedrag")


def test_words_on_shipping_are_no_money_that_is_missing(write):
    rows = "17-4-2025;a;90,00;DHL pakket\n18-4-2025;b;50,00;Afhalen\n"
    checked = read(write(f"Datum;Klant;Regelbedrag;Verzendinformatie\n{rows}"))
    assert "verzending" not in said(checked, "bedrag")


PAID = "Datum;Klant;{};Totaal betaald\n17-04-2025;a;40,00;40,00\n18-04-2025;b;60,00;0,00\n19-04-2025;b;25,50;25,50\n"


@pytest.mark.slow
def test_what_was_paid_beside_money_that_is_more_is_a_question_whose_answers_work(write):
    path = write(PAID.format("Opdrachtsom"))
    with pytest.raises(Ambiguous, match="wat is betaald") as asked:
        read(path)
    assert figures(follow(path, asked.value))[1] == 125.5
    assert figures(read(path, {"bedrag": "Totaal betaald"}))[1] == 65.5


@pytest.mark.parametrize("head", ["Kredietlimiet", "Btw"])
def test_money_that_is_no_revenue_is_no_question_beside_what_was_paid(write, head):
    assert figures(read(write(PAID.format(head))))[1] == 65.5


@pytest.mark.slow
def test_a_discount_beside_a_price_is_a_question_whose_answers_work(write):
    rows = "17-04-2025;a;40.00;0.00\n18-04-2025;b;60.00;4.50\n"
    path = write(f"Date;Customer;Price_Excl;Discount_Excl\n{rows}")
    with pytest.raises(Ambiguous, match="al af is") as asked:
        read(path)
    assert figures(follow(path, asked.value))[1] == 95.5
    assert figures(read(path, {"korting": "-"}))[1] == 100.0


@pytest.mark.slow
def test_what_is_still_due_beside_what_was_paid_is_a_question_whose_answers_work(write):
    rows = "17-04-2025;a;0,00;40,00\n18-04-2025;b;60,00;0,00\n19-04-2025;b;5,00;20,50\n"
    path = write(f"Datum;Klant;Openstaand bedrag;Totaal betaald\n{rows}")
    with pytest.raises(Ambiguous, match="nog open is") as asked:
        read(path)
    assert figures(follow(path, asked.value))[1] == 125.5
    assert figures(read(path, {"bedrag": "Totaal betaald"}))[1] == 60.5
