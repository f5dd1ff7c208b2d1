"""Exports of payment services and bookkeeping programs: who the customer is, what was paid, what is no sale."""

from __future__ import annotations

import re

import pytest

from klantwaarde_xl.data.reading.kinds.fates import Fate
from klantwaarde_xl.data.reading.kinds.statuses import fate_of, status_at, statuses_in
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write
from tests.examples import crossed

__all__ = ["write"]

NL = "Datum;Naam;Type;Status;Valuta;Bruto;Kosten;Net;Van e-mailadres;Naar e-mailadres;Transactiereferentie"
EN = "Date;Name;Type;Status;Currency;Gross;Fee;Net;From Email Address;To Email Address;Transaction ID"

DE = "Datum;Name;Typ;Status;Währung;Brutto;Gebühr;Netto;Absender E-Mail-Adresse;Empfänger E-Mail-Adresse;Code"


def paid(head, states, kinds):
    done, busy = states
    sale, back = kinds
    rows = [
        f"{day:02}-03-2025;x;{sale};{done};EUR;{day}0,00;-1,00;{day}0,00;k{day % 3}@x.nl;winkel@x.nl;T{day}"
        for day in range(1, 8)
    ]
    rows.append(f"20-03-2025;x;{back};{done};EUR;-25,00;0,50;-24,50;winkel@x.nl;k1@x.nl;T90")
    rows.append(f"21-03-2025;x;{sale};{busy};EUR;99,00;0,00;99,00;k9@x.nl;winkel@x.nl;T91")
    return "\n".join([head, *rows])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("head", "states", "kinds"),
    [
        (NL, ("Voltooid", "In behandeling"), ("Betaling via website", "Terugbetaling")),
        (EN, ("Completed", "Pending"), ("Website Payment", "Payment Refund")),
        (DE, ("Abgeschlossen", "Offen"), ("Zahlung", "Rückzahlung")),
        (EN.replace("Transaction ID", "Invoice Number"), ("Completed", "Processing"), ("Sale", "Refund")),
    ],
)
def test_who_is_paid_back_is_the_customer_and_what_is_dealt_with_is_no_sale(write, head, states, kinds):
    path = write(paid(head, states, kinds))
    found = read(path)  # what went back has a minus, so there is nothing to ask
    assert figures(found) == (7, 280.0, 255.0, 3)
    assert figures(read(path, only=((head.split(";")[2], ",".join(kinds)),))) == (7, 280.0, 255.0, 3)
    assert "winkel@x.nl" in said(found, "klant")


def test_an_address_that_most_rows_do_not_go_to_is_no_shop(write):
    rows = "1-2-2025;a@x.nl;b@x.nl;10\n2-2-2025;b@x.nl;c@x.nl;20\n3-2-2025;c@x.nl;a@x.nl;30\n"
    assert figures(read(write(f"Datum;Van e-mailadres;Naar e-mailadres;Bedrag\n{rows}")))[3] == 3


def test_in_behandeling_is_paid_at_a_shop_and_not_with_a_payment_service():
    (shop,) = statuses_in(["Bestelnummer", "Status", "Totaal"])
    (service,) = statuses_in(["Status", "Bruto", "Kosten", "Net"])
    assert fate_of("In behandeling", shop) is Fate.PAID
    assert fate_of("In behandeling", service) is Fate.OPEN


@pytest.mark.parametrize("word", ["uncollectible", "Oninbaar", "written off", "Afgeschreven"])
def test_what_will_never_be_paid_is_no_sale(word):
    assert fate_of(word, status_at(0, "status")) is Fate.FAILED


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "sales", "others"),
    [
        ("Kind", ("sale", "capture"), ("authorization", "void")),
        ("Regelsoort", ("Verkoop",), ("Autorisatie", "Uitbetaling")),
        ("Type", ("Factuur",), ("Betaling",)),
        ("Document type", ("Invoice",), ("Payment",)),
        ("Event type", ("charge",), ("payout", "fee")),
    ],
)
def test_what_only_moves_money_is_asked_about_and_the_advice_leaves_it_out(write, header, sales, others):
    rows = [f"{at:02}-05-2025;K{at};{at}0,00;{kind}" for at, kind in enumerate((*sales, *others), 1)]
    path = write("\n".join([f"Datum;Klantnr;Bedrag;{header}", *rows]))
    with pytest.raises(Ambiguous) as asked:
        read(path)
    (advice,) = re.findall('--alleen "([^"]+)"', asked.value.remedy)
    assert figures(read(path, only=(tuple(advice.split("=")),)))[0] == len(sales)


@pytest.mark.slow
@pytest.mark.parametrize("header", ["Is refund", "isReturn", "Creditnota"])
def test_a_row_that_is_a_refund_itself_goes_off(write, header):
    path = write(f"Datum;Klantnr;Bedrag;{header}\n1-2-2025;A;60;nee\n2-2-2025;B;50;nee\n3-2-2025;B;20;ja\n")
    with pytest.raises(Ambiguous, match="van de omzet af"):
        read(path)
    assert figures(read(path, only=((header, "nee,ja"),))) == (2, 110.0, 90.0, 2)
    assert figures(read(path, without=((header, "ja"),))) == (2, 110.0, 110.0, 2)


@pytest.mark.parametrize(
    "heads",
    [
        "orderNumber;customerId;orderTime;invoiceAmountNet;invoiceAmount",
        "factuurnummer;klantnummer;factuurdatum;totaalprijs excl. btw;totaalprijs incl. btw",
        "fldFactuurnummer;fldRelatiecode;fldDatum;fldBedragExclBtw;fldBedragInclBtw",
        "Order ID;Customer ID (metadata);Created (UTC);Amount excl VAT;Amount incl VAT",
    ],
)
def test_headers_of_public_exports_are_known(write, heads):
    path = write(f"{heads}\n1;7;2025-01-05;100.00;121.00\n2;8;2025-02-05;200.00;242.00\n")
    assert figures(read(path)) == (2, 300.0, 300.0, 2)


@pytest.mark.slow
@pytest.mark.parametrize(("header", "sign"), crossed(["Omschrijving", "Wat", "Boeking"], ["", "-"]))
def test_a_payment_beside_its_invoice_is_asked_about_under_any_header(write, header, sign):
    rows = f"1-3-2025;Factuur;F1;K1;100\n5-3-2025;Betaling;F1;K1;{sign}100\n7-3-2025;Factuur;F2;K2;80\n"
    path = write(f"Datum;{header};Factuurnr;Klantnr;Bedrag\n{rows}")
    with pytest.raises(Ambiguous, match="zegt wat elke rij is") as asked:
        read(path)
    assert f'--alleen "{header}=Factuur"' in asked.value.remedy
    assert figures(read(path, only=((header, "Factuur"),))) == (2, 180.0, 180.0, 2)


def test_a_way_of_paying_or_an_article_beside_an_invoice_is_no_kind(write):
    rows = "1-3-2025;Factuur;F1;K1;100\n5-3-2025;iDEAL;F2;K1;20\n"
    assert figures(read(write(f"Datum;Betaalwijze;Factuurnr;Klantnr;Bedrag\n{rows}")))[1] == 120.0


@pytest.mark.slow
def test_net_is_without_fees_beside_fees_and_without_vat_elsewhere(write):
    rows = "1;05.01.2025;a@x.nl;100,00;{};119,00\n2;06.01.2025;b@x.nl;200,00;{};238,00\n"
    heads = "Rechnungsnr;Datum;E-Mail;Netto;{};Brutto\n"
    assert figures(read(write(heads.format("MwSt") + rows.format("19,00", "38,00"))))[1] == 300.0
    service = write(heads.format("Gebühr") + rows.format("-19,00", "-38,00"))
    assert figures(read(service))[1] == 357.0
    assert figures(read(service, columns={"bedrag": "Netto"}))[1] == 300.0


@pytest.mark.parametrize("done", ["Settled", "Captured", "Authorised"])
def test_a_payment_that_its_type_calls_refused_does_not_count(write, done):
    rows = f"P1,ko@x.nl,2025-02-03,8.00,{done}\nP2,an@x.nl,2025-02-13,3.00,Refused\n"
    checked = read(write(f"Psp Reference,Shopper Email,Creation Date,Amount,Type\n{rows}"))
    assert figures(checked)[:2] == (1, 8.0)


def test_refused_beside_kinds_that_are_no_outcomes_is_asked_about(write):
    rows = "P1,ko@x.nl,2025-02-03,8.00,Payment\nP2,an@x.nl,2025-02-13,3.00,Refused\n"
    path = write(f"Psp Reference,Shopper Email,Creation Date,Amount,Type\n{rows}")
    with pytest.raises(Ambiguous, match="Refused"):
        read(path)
    assert figures(typed(path, "--alleen Type=Payment"))[:2] == (1, 8.0)


def test_an_article_whose_kind_sounds_like_a_failure_counts(write):
    rows = "ko@x.nl,2025-02-03,8.00,Fail-safe lock\nan@x.nl,2025-02-13,3.00,Avoid bag\nan@x.nl,2025-02-14,3.00,Chain\n"
    assert figures(read(write(f"Email,Date,Amount,Type\n{rows}")))[:2] == (3, 14.0)
