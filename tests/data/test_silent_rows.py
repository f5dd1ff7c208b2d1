"""Rows that a column, a number or a name says are no sale, or not of one kind: asked about, or said."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]


def flagged(write, head, yes, no, flagged=1):
    """Five sales of which some have yes below a header and the others no."""
    rows = "".join(f"{at};{at}-3-2025;K{at};{10 * at};{yes if at <= flagged else no}\n" for at in range(1, 6))
    return write(f"Ordernummer;Datum;Klantnr;Bedrag;{head}\n{rows}")


@pytest.mark.slow
@pytest.mark.parametrize("head", ["Disputed", "Betwist", "Garantie", "Is replacement", "Sample"])
def test_a_yes_that_may_be_no_sale_is_asked_about(write, head):
    path = flagged(write, head, "ja", "nee")
    with pytest.raises(Ambiguous, match="ja: tellen die als verkoop") as asked:
        read(path)
    assert f'--zonder "{head}=ja"' in asked.value.remedy
    assert figures(typed(path, f'--zonder "{head}=ja"'))[:2] == (4, 140.0)
    assert figures(typed(path, f'--alleen "{head}=ja,nee"'))[:2] == (5, 150.0)


@pytest.mark.slow
@pytest.mark.parametrize("head", ["Aanwezig", "Gefactureerd", "Opgehaald", "Geboekt"])
def test_a_no_that_may_be_no_sale_is_asked_about(write, head):
    path = flagged(write, head, "nee", "ja")
    with pytest.raises(Ambiguous, match="geen ja"):
        read(path)
    assert figures(typed(path, f'--alleen "{head}=ja"'))[0] == 4


@pytest.mark.parametrize("head", ["Fraude", "Verlaten", "Abandoned"])
def test_a_yes_that_is_no_sale_does_not_count_and_is_said(write, head):
    checked = read(flagged(write, head, "true", "false"))
    assert figures(checked)[:2] == (4, 140.0)
    assert head in said(checked, "status")


@pytest.mark.slow
@pytest.mark.parametrize(("head", "other"), [
    ("Type relatie", "Leverancier"), ("Contact Type", "Vendor"), ("Soort order", "Intern"),
    ("Ordertype", "Monster"), ("Soort relatie", "Crediteur"),
])  # fmt: skip
def test_rows_of_a_supplier_or_of_the_shop_itself_are_asked_about(write, head, other):
    path = flagged(write, head, other, "Klant")
    with pytest.raises(Ambiguous, match="niet alles lijkt een verkoop"):
        read(path)
    assert figures(typed(path, f'--alleen "{head}=Klant"'))[0] == 4


@pytest.mark.parametrize("status", ["Refused", "refusal by bank"])
def test_a_payment_that_was_refused_does_not_count(write, status):
    assert figures(read(flagged(write, "Status", status, "Settled")))[:2] == (4, 140.0)


@pytest.mark.parametrize("status", ["RefundFailed", "Refund failed", "ChargebackReversed"])
def test_a_refund_that_did_not_happen_takes_nothing_off(write, status):
    assert figures(read(flagged(write, "Status", status, "Settled")))[:3] == (5, 150.0, 150.0)


@pytest.mark.slow
@pytest.mark.parametrize(
    "head", ["Taxes Included", "Btw inbegrepen", "Prijs is incl btw", "Prices include tax"]
)
def test_rows_with_vat_among_rows_without_are_asked_about(write, head):
    path = flagged(write, head, "true", "false", flagged=2)
    with pytest.raises(Ambiguous, match="met btw is, en van andere zonder"):
        read(path)
    assert figures(typed(path, f'--alleen "{head}=true"'))[:2] == (2, 30.0)
    assert figures(typed(path, f'--alleen "{head}=*"'))[:2] == (5, 150.0)
    assert figures(read(flagged(write, head, "true", "true")))[0] == 5


INVOICES = "Nummer;Datum;Klant;Bedrag\nF25001;1-3-2025;A;5\n{};2-3-2025;B;600\nF25002;3-3-2025;C;7\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "number", ["OFF2025-7", "QUO-0007", "PF25007", "CONCEPT", "draft", "Offerte 7", "2025-OFF-7"]
)
def test_the_number_of_a_quote_among_invoices_is_asked_about(write, number):
    with pytest.raises(Ambiguous, match="offerte of concept"):
        read(write(INVOICES.format(number)))


@pytest.mark.slow
@pytest.mark.parametrize("number", ["OFF2025-7", "draft"])
def test_a_quote_is_left_out_or_counted_as_the_user_says(write, number):
    path = write(INVOICES.format(number))
    with pytest.raises(Ambiguous, match="offerte of concept") as asked:
        read(path)
    options = [part for part in asked.value.remedy.split(": ") if part.startswith("--zonder")]
    assert figures(typed(path, options[0].split(". ")[0]))[:2] == (2, 12.0)
    assert figures(typed(path, '--alleen "Nummer=*"'))[:2] == (3, 612.0)


@pytest.mark.parametrize("number", ["OFFICE-7", "PFX7", "F25OFFSET", "CONCEPTSTORE7"])
def test_a_number_that_only_begins_with_such_letters_is_none(write, number):
    path = write(
        f"Nummer;Datum;Klant;Bedrag\nF25001;1-3-2025;A;5\n{number};2-3-2025;B;6\nF25002;3-3-2025;C;7\n"
    )
    assert figures(read(path))[:2] == (3, 18.0)


def test_sides_of_an_account_in_a_column_without_a_header_are_asked_about(write):
    with pytest.raises(Ambiguous, match="zonder kop"):
        read(write("Datum;Klant;Bedrag;\n1-3-2025;A;5;C\n2-3-2025;B;6;D\n3-3-2025;C;7;C\n"))


def paid(write, *days, head="Paid at"):
    rows = "".join(f"{at};{at + 1}-3-2025;K{at};10;{day}\n" for at, day in enumerate(days))
    return write(f"Order;Created at;Email;Total;{head}\n{rows}")


@pytest.mark.slow
@pytest.mark.parametrize("head", ["Paid at", "Date paid", "Betaald op", "Betaaldatum"])
def test_orders_without_a_day_of_payment_are_asked_about(write, head):
    path = paid(write, "2-3-2025", "", "4-3-2025", "5-3-2025", head=head)
    with pytest.raises(Ambiguous, match="niet betaald"):
        read(path)
    assert figures(typed(path, f'--zonder "{head}="'))[:2] == (3, 30.0)
    assert figures(typed(path, f'--alleen "{head}=*"'))[:2] == (4, 40.0)


def test_an_invoice_without_a_day_of_payment_is_a_sale(write):
    path = write("Factuur;Factuurdatum;Klantnr;Bedrag;Betaald op\n1;1-3-2025;A;5;2-3-2025\n2;2-3-2025;B;6;\n"
                 "3;3-3-2025;A;7;9-3-2025\n")  # fmt: skip
    assert figures(read(path))[:2] == (3, 18.0)


def test_orders_that_are_all_paid_are_nothing_to_ask(write):
    assert figures(read(paid(write, "2-3-2025", "3-3-2025", "4-3-2025")))[0] == 3


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Bo (geannuleerd)", "Bo - cancelled", "Bo [GEANNULEERD]"])
def test_a_customer_whose_name_has_the_word_behind_it_is_asked_about(write, name):
    path = write(f"Datum;Klant;Bedrag\n1-3-2025;An;5\n2-3-2025;{name};6\n3-3-2025;Bo;7\n")
    with pytest.raises(Ambiguous, match="niet doorging"):
        read(path)
    assert figures(typed(path, '--alleen "Klant=*"'))[0] == 3


@pytest.mark.parametrize("name", ["Dagtotaal", "DAGTOTAAL", "Week-totaal", "Maandtotaal"])
def test_totals_of_a_day_in_place_of_a_customer_do_not_count(write, name):
    path = write(f"Datum;Klant;Bedrag\n1-3-2025;An;5\n1-3-2025;Bo;6\n1-3-2025;{name};11\n2-3-2025;Bo;7\n2-3-2025;An;8\n"
                 f"2-3-2025;{name};15\n")  # fmt: skip
    assert figures(read(path)) == (4, 26.0, 26.0, 2)


@pytest.mark.slow
@pytest.mark.parametrize("remark", ["VOID", "voided", "foutief aangeslagen"])
def test_a_receipt_that_the_till_took_back_is_asked_about(write, remark):
    path = write(
        f"Bonnr;Datum;Klant;Totaal;Opmerking\n1;1-3-2025;A;5;\n2;2-3-2025;B;6;{remark}\n3;3-3-2025;A;7;\n"
    )
    with pytest.raises(Ambiguous, match="niet doorging"):
        read(path)


@pytest.mark.slow
def test_much_money_to_somebody_who_bought_nothing_is_doubted(write):
    path = write("Datum;Naam;Bedrag\n1-3-2025;A;50\n2-3-2025;Groothandel;-30\n3-3-2025;B;60\n")
    assert any("'Groothandel'" in note for note in read(path).quality.notes)
    path = write("Datum;Naam;Bedrag\n1-3-2025;A;50\n2-3-2025;A;-30\n3-3-2025;B;60\n")
    assert not any("alleen bedragen onder nul" in note for note in read(path).quality.notes)


def test_shipping_that_is_not_in_what_was_sold_is_said(write):
    rows = "1;1-3-2025;A;2;10;5\n2;2-3-2025;B;1;30;5\n"
    checked = read(write(f"Ordernr;Datum;Klantnr;Aantal;Prijs;Verzendkosten\n{rows}"))
    assert figures(checked)[:2] == (2, 50.0)
    assert "'Verzendkosten' is er niet bij" in said(checked, "bedrag")
