"""Rows with a day by which one has to pay are invoices: open ones are sales; and what else stands on invoices."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, write

__all__ = ["write"]

ROWS = "1;3-4-2025;17-4-2025;Vos;100,00;{paid}\n2;4-4-2025;18-4-2025;Bos;200,00;{open}\n3;14-4-2025;28-4-2025;Vos;50,00;{paid}\n"


@pytest.mark.parametrize(
    "due",
    ["Vervaldatum", "Vervaldag", "Due date", "Invoice due date", "Fälligkeitsdatum", "Faelligkeit", "Fällig am",
     "Förfallodatum", "Date d'échéance", "Betalingstermijn", "Payment terms"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("status", "paid", "unpaid"),
    [("Betaald", "Ja", "Nee"), ("Status", "betaald", "niet betaald"), ("Status", "Paid", "Sent, unpaid")],
)
def test_an_open_one_is_a_sale(write, due, status, paid, unpaid):
    rows = ROWS.format(paid=paid, open=unpaid)
    assert figures(read(write(f"Nummer;Factuurdatum;{due};Klant;Bedrag;{status}\n{rows}"))) == (
        3,
        350.0,
        350.0,
        2,
    )


@pytest.mark.parametrize("other", ["Verzenddatum", "Due", "Amount due", "Leverdatum", "Valuta datum"])
def test_of_orders_one_that_is_not_paid_is_none(write, other):
    rows = ROWS.format(paid="Ja", open="Nee")
    assert figures(read(write(f"Nummer;Datum;{other};Klant;Bedrag;Betaald\n{rows}")))[:2] == (2, 150.0)


@pytest.mark.parametrize("ends", ["Vervaldatum", "Scadenza", "Échéance"])
def test_a_day_on_which_a_card_or_a_membership_ends_is_none_of_an_invoice(write, ends):
    rows = ROWS.format(paid="Ja", open="Nee")
    assert figures(read(write(f"Nummer;Datum;{ends};Klant;Bedrag;Betaald\n{rows}")))[:2] == (2, 150.0)


@pytest.mark.parametrize("word", ["geannuleerd", "concept", "storniert"])
def test_one_that_was_cancelled_or_not_sent_is_none(write, word):
    rows = ROWS.format(paid="betaald", open=word)
    assert figures(read(write(f"Nummer;Datum;Vervaldatum;Klant;Bedrag;Status\n{rows}")))[:2] == (2, 150.0)


@pytest.mark.parametrize(
    "left", ["InvoiceAmountDue", "Invoice amount open", "Factuurbedrag openstaand", "Invoice amount paid"]
)
def test_what_is_left_to_pay_or_was_paid_is_no_amount_that_was_invoiced(write, left):
    rows = "1;3-4-2025;17-4-2025;Vos;100,00;0,00\n2;4-4-2025;18-4-2025;Bos;200,00;200,00\n"
    assert figures(read(write(f"InvoiceNumber;InvoiceDate;DueDate;Customer;Total;{left}\n{rows}"))) == (
        2,
        300.0,
        300.0,
        2,
    )


def test_what_was_invoiced_of_an_order_is_still_asked_about(write):
    rows = "1;3-4-2025;Vos;100,00;90,00\n2;4-4-2025;Bos;200,00;200,00\n"
    with pytest.raises(Ambiguous, match="gefactureerd"):
        read(write(f"Ordernummer;Datum;Klant;Ordertotaal;Gefactureerd\n{rows}"))


LEDGER = "InvoiceNumber,InvoiceDate,ContactName,Total,AccountCode\n{}"


@pytest.mark.parametrize(
    "rows",
    [
        "1,2025-04-03,Vos,100.00,200\n2,2025-04-14,Bos,200.00,200\n3,2025-04-15,Vos,50.00,200\n",
        "1,2025-04-03,Vos,100.00,200\n2,2025-04-14,Bos,200.00,200\n3,2025-04-15,Vos,50.00,260\n",
    ],
)
def test_an_account_of_the_books_is_no_customer(write, rows):
    checked = read(write(LEDGER.format(rows)))
    assert figures(checked) == (3, 350.0, 350.0, 2)
    assert dict(checked.quality.headers)["klant"] == "ContactName"


def test_an_account_with_contacts_of_its_own_is_one(write):
    rows = "1,2025-04-03,Jan,100.00,A1\n2,2025-04-14,Els,200.00,A1\n3,2025-04-15,Kim,50.00,B2\n"
    checked = read(write(LEDGER.format(rows)))
    assert dict(checked.quality.headers)["klant"] == "AccountCode"
    assert figures(checked)[3] == 2


MOVED = "Type,Date,Payer Name,Amount,Currency,Running Balance\n{}"


@pytest.mark.parametrize("word", ["TRANSFER", "Topup", "Bank transfer", "Overboeking"])
def test_on_a_statement_a_transfer_is_money_that_came_in(write, word):
    rows = f"{word},2025-04-03,Jan,121.00,EUR,1121.00\nCard,2025-04-14,An,20.00,EUR,1141.00\n"
    assert figures(read(write(MOVED.format(rows))))[:2] == (2, 141.0)


def test_beside_numbers_of_orders_a_transfer_is_asked_about(write):
    rows = "sale,2025-04-03,Jan,121.00,O1\ntransfer,2025-04-14,An,20.00,O2\n"
    with pytest.raises(Ambiguous, match="niet alles lijkt een verkoop"):
        read(write(f"Type,Date,Customer,Amount,Order ID\n{rows}"))


def test_the_grid_of_magento_1_is_read_at_once(write):
    head = '"Order #","Purchased On","Bill to Name","G.T. (Base)","G.T. (Purchased)","Status"\n'
    rows = '"1","Apr 3, 2025 10:00:00 AM","Jan","€ 121,00","€ 121,00","Complete"\n'
    rows += '"2","Apr 4, 2025 10:00:00 AM","An","€ 60,50","€ 60,50","Canceled"\n'
    assert figures(read(write(head + rows))) == (1, 121.0, 121.0, 1)


def test_rows_that_are_all_called_invoice_count_while_they_are_open(write):
    rows = "1;Factuur;9-1-2025;Bos;80,00;Betaald\n2;Factuur;9-2-2025;Vos;50,00;Openstaand\n"
    more = "3;Creditnota;12-2-2025;Bos;-20,00;Betaald\n"
    assert figures(read(write(f"Nr;Soort;Datum;Klant;Totaal;Status\n{rows}{more}"))) == (2, 130.0, 110.0, 2)
    path = write(f"Nr;Soort;Datum;Klant;Totaal;Status\n{rows.replace('Factuur', 'Bestelling')}", "orders.csv")
    assert figures(read(path))[:2] == (1, 80.0)


def test_a_due_day_beside_amounts_with_and_without_vat_is_of_an_invoice(write):
    rows = "1;5-1-2025;19-1-2025;Bos;100,00;121,00;Ja\n2;5-2-2025;19-2-2025;Vos;200,00;242,00;Nee\n"
    head = "Nummer;Datum;Vervaldatum;Klant;Bedrag (excl. btw);Bedrag (incl. btw);Betaald"
    assert figures(read(write(f"{head}\n{rows}")))[:2] == (2, 300.0)


def test_a_card_that_ends_beside_one_amount_is_no_invoice(write):
    rows = "1;5-1-2025;19-1-2026;Bos;100,00;Ja\n2;5-2-2025;19-2-2026;Vos;200,00;Nee\n"
    assert figures(read(write(f"Nummer;Datum;Vervaldatum;Klant;Bedrag;Betaald\n{rows}")))[:2] == (1, 100.0)
