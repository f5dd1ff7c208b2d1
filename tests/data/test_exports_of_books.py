"""Invoices as programs for the books write them: their headers, the sides of a ledger, and their money."""

import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, read, said, write

__all__ = ["write"]

# Three invoices of two customers, 300 without VAT and 363 with; by program the header, and the cells of each row
# from its number, customer, day, net, VAT and gross
BOOKS = {
    "Business Central": (
        "No.;Sell-to Customer No.;Sell-to Customer Name;Posting Date;Due Date;Amount;Amount Including VAT",
        "{0};{1};Firma {1};{2};2025-12-31;{3};{5}",
    ),
    "Business Central, Dutch": (
        "Nr.;Orderklantnr.;Orderklantnaam;Boekingsdatum;Vervaldatum;Bedrag;Bedrag incl. btw",
        "{0};{1};Firma {1};{2};2025-12-31;{3};{5}",
    ),
    "Odoo": (
        "Number;Invoice Partner Display Name;Invoice/Bill Date;Untaxed Amount Signed;Total Signed;Payment Status",
        "{0};{1};{2};{3};{5};Paid",
    ),
    "Sage": (
        "Type;Account Reference;Date;Reference;Net Amount;Tax Amount;Gross Amount",
        "SI;{1};{2};{0};{3};{4};{5}",
    ),
    "Lexware": (
        "Belegnummer;Belegdatum;Kontakt;Kontaktnummer;Nettobetrag;Umsatzsteuer;Bruttobetrag",
        "{0};{2};Firma {1};{1};{3};{4};{5}",
    ),
    "Teamleader": (
        "Nummer;Datum;Bedrijf / Contact;Totaal excl. BTW;Totaal incl. BTW",
        "{0};{2};{1};{3};{5}",
    ),
    "NetSuite": (
        "Date;Document Number;Name;Account;Amount (Net);Amount (Tax);Amount (Gross)",
        "{2};{0};{1};4000 Sales : Web;{3};{4};{5}",
    ),
}
INVOICES = (
    ("F7", "Kok", "2025-03-04", "100.00", "21.00", "121.00"),
    ("F8", "Mus", "2025-03-05", "50.00", "10.50", "60.50"),
    ("F9", "Kok", "2025-03-09", "150.00", "31.50", "181.50"),
)


@pytest.mark.parametrize("program", BOOKS)
def test_invoices_of_a_program_for_the_books_are_read_at_once_without_vat(write, program):
    header, row = BOOKS[program]
    checked = read(write("\n".join([header, *(row.format(*one) for one in INVOICES)])))
    assert figures(checked)[1] == 300.0
    assert len({row[0] for row in checked.rows()}) == 2
    assert "met btw" in said(checked, "bedrag")
    assert "363,00: --btw incl" in said(checked, "bedrag")


def test_fields_of_sap_are_known_by_their_technical_names(write):
    path = write(
        "DocNum;DocDate;DocDueDate;CardCode;CardName;VatSum;DocTotal\n"
        "71;2025-03-04;2025-04-04;C1;Kok;21.00;121.00\n72;2025-03-05;2025-04-05;C2;Mus;10.50;60.50\n"
    )
    checked = read(path)
    assert figures(checked) == (2, 181.5, 181.5, 2)
    assert {row[0] for row in checked.rows()} == {"C1", "C2"}


def test_an_account_that_is_blank_gives_way_to_the_name_beside_it(write):
    path = write("Date;Name;Account;Amount\n2025-03-04;Kok;;10.00\n2025-03-05;Mus;;20.00\n")
    assert {row[0] for row in read(path).rows()} == {"Kok", "Mus"}


def test_one_account_on_all_rows_is_no_customer_beside_names_and_several_are(write):
    rows = "2025-03-04;{};A-1;10.00\n2025-03-05;{};{};20.00\n2025-03-06;{};A-1;40.00\n"
    path = write("Date;Name;Account;Amount\n" + rows.format("Kok", "Mus", "A-1", "Kok"))
    assert {row[0] for row in read(path).rows()} == {"Kok", "Mus"}
    path = write("Date;Name;Account;Amount\n" + rows.format("Renewal", "Renewal", "B-2", "Renewal"))
    assert {row[0] for row in read(path).rows()} == {"A-1", "B-2"}


LEDGER = """Posting Date;Document Type;Document No.;Customer No.;Amount
2025-01-05;Invoice;SI-1;C1;121.00
2025-01-25;Payment;PY-1;C1;-121.00
2025-02-05;Invoice;SI-2;C2;242.00
2025-02-15;Credit Memo;CM-1;C2;-42.00
2025-03-15;{};XX-1;C2;{}
"""


def test_money_paid_back_in_a_ledger_is_the_credit_note_once_more(write):
    with pytest.raises(Ambiguous) as caught:
        read(write(LEDGER.format("Refund", "42.00")))
    first = caught.value.remedy.partition(": ")[2]
    assert first.startswith('--alleen "Document Type=Invoice,Credit Memo"')


@pytest.mark.parametrize("paper", ["Reminder", "Payment Reminder", "Finance Charge Memo"])
def test_a_reminder_and_interest_are_no_sales(write, paper):
    with pytest.raises(Ambiguous) as caught:
        read(write(LEDGER.format(paper, "5.00")))
    assert paper not in caught.value.remedy


def test_refunds_without_credit_notes_still_go_off(write):
    ledger = LEDGER.replace("Credit Memo", "Refund").format("Refund", "-10.00")
    with pytest.raises(Ambiguous) as caught:
        read(write(ledger))
    assert '--alleen "Document Type=Invoice,Refund"' in caught.value.remedy


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Amount (лв)", "BGN"),
        ("Total Kč", "CZK"),
        ("Bedrag [zł]", "PLN"),
        ("Total (₹)", "INR"),
        ("Amount_R$", "BRL"),
    ],
)
def test_a_header_may_end_in_the_sign_of_any_currency(write, header, code):
    path = write(f"Invoice No;Date;Customer;{header}\n7;2025-03-04;Kok;10.00\n8;2025-03-05;Mus;20.50\n")
    checked = read(path)
    assert figures(checked)[1] == 30.5
    assert code in said(checked, "valuta")


def test_a_header_that_ends_in_letters_that_are_a_word_is_no_currency(write):
    path = write("Date;Customer;Total FR\n2025-03-04;Kok;10.00\n2025-03-05;Mus;20.50\n")
    with pytest.raises(ColumnsMissing):
        read(path)


@pytest.mark.parametrize("word", ["Outstanding", "Uitstaand"])
def test_what_is_outstanding_is_open(write, word):
    path = write(
        f"Invoice;Date;Customer;Total;Status\n7;2025-03-04;Kok;10.00;Paid\n8;2025-03-05;Mus;20.00;{word}\n"
    )
    assert "niet herkend" not in said(read(path), "status")


def test_dates_in_the_plural_are_dates(write):
    path = write("Dates;customer_name;Total Amount\n2025-03-04;Kok;10.00\n2025-03-05;Mus;20.00\n")
    assert figures(read(path))[1] == 30.0
