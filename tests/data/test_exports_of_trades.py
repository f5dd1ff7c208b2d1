"""Exports as hotels, garages, rental firms, practices and clubs have them, and statements of banks."""

import re

import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]


@pytest.mark.slow
def test_an_invoice_that_is_late_counts_and_a_payment_that_expired_does_not(write):
    rows = "7;03-02-2025;K;100,00;Verlopen\n8;14-02-2025;L;50,00;Betaald\n"
    assert figures(read(write(f"Factuurnummer;Datum;Klant;Bedrag;Status\n{rows}")))[1] == 150.0
    assert figures(read(write(f"Betaling;Datum;Klant;Bedrag;Status\n{rows}")))[1] == 50.0


def test_how_much_was_paid_is_no_status(write):
    path = write("Nr;Datum;Klant;Totaal;Betaald\n1;03-02-2025;K;100,00;100,00\n2;14-02-2025;L;50,00;0,00\n")
    checked = read(path)
    assert not said(checked, "status")
    assert figures(checked)[1] == 150.0


def test_whether_a_work_order_was_settled_is_one(write):
    path = write(
        "Werkorder;Datum;Klant;Totaal;Afgerekend\n1;03-02-2025;K;100,00;Ja\n2;14-02-2025;L;50,00;Nee\n"
    )
    assert figures(read(path))[1] == 100.0


@pytest.mark.parametrize("header", ["Prijs per kaartje", "Price per night", "Prijs per persoon"])
def test_a_price_per_anything_is_no_revenue_without_pieces(write, header):
    path = write(
        f"Order;Datum;Klant;Totaal;Aantal;{header}\n1;03-02-2025;K;53,00;2;25,00\n2;14-02-2025;L;61,00;1;60,00\n"
    )
    checked = read(path)
    assert figures(checked)[1] == 114.0
    assert ("stukprijs", header) in checked.quality.headers


@pytest.mark.parametrize("header", ["Borg", "Statiegeld", "Toeristenbelasting"])
def test_a_deposit_or_a_levy_is_taken_out_of_what_was_to_be_paid(write, header):
    path = write(
        f"Boeking;Datum;Gastnaam;Huur;{header};Te betalen\n1;03-02-2025;K;70,00;10,00;80,00\n"
        "2;14-02-2025;L;150,00;25,00;175,00\n3;16-02-2025;K;35,00;10,00;45,00\n"
    )
    assert figures(read(path))[1] == 255.0


def test_a_day_of_return_on_every_row_is_the_end_of_a_hire(write):
    path = write(
        "Contract;Datum;Huurder;Bedrag;Retourdatum\n1;03-02-2025;K;70,00;05-02-2025\n2;14-02-2025;L;15,00;16-02-2025\n"
    )
    assert figures(read(path))[1] == 85.0


@pytest.mark.slow
@pytest.mark.parametrize("beside", ["Saldo na boeking", "Tegenrekening", "Balance"])
def test_expenses_on_a_statement_of_a_bank_are_asked_about_and_both_answers_are_right(write, beside):
    path = write(
        f"Datum;Klant;Bedrag;{beside}\n03-02-2025;K;120,00;1\n14-02-2025;KPN;-45,00;2\n16-02-2025;K;60,00;3\n"
    )
    with pytest.raises(Ambiguous, match="afschrift") as asked:
        read(path)
    without, every = re.findall(r'--\w+ "[^"]*"', asked.value.remedy)
    assert figures(typed(path, without))[2] == 180.0
    assert figures(typed(path, every))[2] == 135.0


@pytest.mark.parametrize("header", ["Opdrachtgever", "Huurder", "Donateur", "Patiëntnummer", "Cursist"])
def test_whoever_a_trade_calls_its_customer_is_known(write, header):
    path = write(f"Datum;{header};Bedrag\n03-02-2025;a1;10,00\n14-02-2025;b2;15,00\n16-02-2025;a1;5,00\n")
    assert figures(read(path)) == (3, 30.0, 30.0, 2)


@pytest.mark.parametrize("header", ["Incassodatum", "Datum kassabon", "Training date", "Lesdatum"])
def test_the_only_day_of_a_file_is_the_day_of_its_sales_where_its_header_says_date(write, header):
    path = write(f"Klant;{header};Bedrag\nk;03-02-2025;10,00\nl;14-02-2025;15,00\n")
    assert figures(read(path)) == (2, 25.0, 25.0, 2)


@pytest.mark.parametrize("header", ["Geboortedatum", "Vervaldatum", "Startdatum", "Offertedatum", "Moment"])
def test_a_day_of_something_else_is_asked_about(write, header):
    with pytest.raises(ColumnsMissing):
        read(write(f"Klant;{header};Bedrag\nk;03-02-2025;10,00\nl;14-02-2025;15,00\n"))


@pytest.mark.slow
def test_two_days_of_which_neither_is_known_are_asked_about(write):
    with pytest.raises(ColumnsMissing):
        read(
            write(
                "Klant;Lesdatum;Proefdatum;Bedrag\nk;03-02-2025;05-02-2025;10,00\nl;14-02-2025;16-02-2025;15,00\n"
            )
        )


def test_payments_below_nought_beside_the_lines_they_pay_are_no_refunds(write):
    path = write(
        "Bonnummer;Datum;Klant;Soort regel;Bedrag\n1;03-02-2025;k;Artikel;15,00\n1;03-02-2025;k;Artikel;5,00\n"
        "1;03-02-2025;k;Betaling;-20,00\n2;14-02-2025;l;Artikel;8,00\n2;14-02-2025;l;Betaling;-8,00\n"
    )
    assert figures(read(path)) == (2, 28.0, 28.0, 2)
