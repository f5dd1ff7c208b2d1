"""Exports as shops, till programs, ticket shops and services write them: their headers, words and sides."""

import re

import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]


def advised(error):
    """The first option of a question, as a user copies it."""
    return re.search(r'--\w+ (?:"[^"]*"|\S+)', error.remedy)[0].rstrip(".")


def test_the_price_of_a_ticket_is_that_of_one(write):
    path = write(
        "Order #;Order Date;Buyer Email;Quantity;Ticket Price\n7;2025-03-04;k@a.nl;1;25.00\n"
        "7;2025-03-04;k@a.nl;1;25.00\n8;2025-03-05;m@a.nl;3;10.00\n"
    )
    assert figures(read(path)) == (2, 80.0, 80.0, 2)


def test_tables_before_fields_and_totals_of_an_old_shop_are_known(write):
    path = write(
        "orders_id;customers_id;customers_name;customers_email_address;date_purchased;orders_status_name;"
        "ot_subtotal;ot_shipping;ot_tax;ot_total\n"
        "7;81;Kok;k@a.nl;2025-03-04;Verzonden;45.00;5.00;8.68;50.00\n"
        "8;82;Mus;m@a.nl;2025-03-05;Geannuleerd;60.00;0.00;10.41;60.00\n"
        "9;81;Kok;k@a.nl;2025-03-09;Verzonden;70.00;5.00;13.02;75.00\n"
    )
    assert figures(read(path)) == (2, 125.0, 125.0, 1)


@pytest.mark.parametrize("header", ["date_added", "Date Added", "ts_created_iso"])
def test_a_day_on_which_a_row_was_added_is_its_day(write, header):
    path = write(f"order_id;customer_id;{header};total\n7;1;2025-03-04;10.00\n8;2;2025-03-05;20.00\n")
    assert figures(read(path)) == (2, 30.0, 30.0, 2)


def test_technical_names_of_states_say_which_orders_count(write):
    path = write(
        "orderNumber;orderDateTime;customerNumber;amountTotal;stateMachineState.technicalName;"
        "transactions.stateMachineState.technicalName;deliveries.stateMachineState.technicalName\n"
        "7;2025-03-04;1;10.00;completed;paid;shipped\n8;2025-03-05;2;20.00;cancelled;cancelled;open\n"
        "9;2025-03-06;2;40.00;open;paid;open\n10;2025-03-07;1;80.00;open;open;open\n"
    )
    checked = read(path)
    assert figures(checked) == (2, 50.0, 50.0, 2)
    assert "technicalName" in said(checked, "status")


def test_a_name_of_a_thing_that_is_called_as_a_status_takes_no_rows_out(write):
    path = write(
        "Order;Datum;Klant;Bedrag;Boeknaam\n7;4-3-2025;Kok;10,00;Paid\n8;5-3-2025;Mus;20,00;De open deur\n"
        "9;6-3-2025;Kok;40,00;Pending\n"
    )
    assert figures(read(path))[1] == 70.0


@pytest.mark.parametrize("word", ["Betalingsfout", "Payment error", "Zahlungsfehler", "Erreur de paiement"])
def test_an_error_of_a_payment_is_no_sale(write, word):
    path = write(
        f"Nr;Datum;Klant;Totaal;Status\n7;4-3-2025;Kok;10,00;Verzonden\n8;5-3-2025;Mus;20,00;{word}\n"
    )
    assert figures(read(path))[1] == 10.0


@pytest.mark.parametrize("first", ["Retail Price;Wholesale Price", "Wholesale Price;Retail Price"])
def test_a_price_in_words_that_we_do_not_know_is_proposed_as_that_of_one(write, first):
    prices = {"Wholesale Price": ("5.00", "20.00"), "Retail Price": ("12.00", "45.00")}
    one, two = first.split(";")
    path = write(
        f"Order Number;Order Date;Retailer Name;Quantity;{first}\n"
        f"7;2025-03-04;Kok;6;{prices[one][0]};{prices[two][0]}\n"
        f"7;2025-03-04;Kok;4;{prices[one][0]};{prices[two][0]}\n"
        f"8;2025-03-05;Mus;2;{prices[one][1]};{prices[two][1]}\n"
    )
    with pytest.raises(ColumnsMissing, match="stukprijs kan zijn: 'Wholesale Price'") as asked:
        read(path)
    assert figures(typed(path, advised(asked.value))) == (2, 90.0, 90.0, 2)


def test_two_sides_say_more_than_a_column_of_whole_numbers(write):
    path = write(
        "Datum;Per.;Vak;Debiteur;Debet;Credit\n4-3-2025;3;7;1001;100,00;\n5-3-2025;3;8;1002;300,00;\n"
        "6-3-2025;3;9;1002;;50,00\n"
    )
    with pytest.raises(ColumnsMissing, match="'Debet' min 'Credit'") as asked:
        read(path)
    assert figures(typed(path, advised(asked.value))) == (2, 400.0, 350.0, 2)


def test_the_one_of_two_sides_that_is_filled_is_proposed(write):
    path = write(
        "Ordernummer;Datum;Klantnaam;Bedrag debet;Bedrag credit\n7;4-3-2025;Kok;100,00;\n8;5-3-2025;Mus;30,00;\n"
    )
    with pytest.raises(ColumnsMissing, match="bedrag kan zijn: 'Bedrag debet'") as asked:
        read(path)
    assert figures(typed(path, advised(asked.value))) == (2, 130.0, 130.0, 2)


def test_a_header_that_ends_with_a_point_is_typed_in_quotes(write):
    path = write("Datum;Klant;Opbr.\n4-3-2025;Kok;10,00\n5-3-2025;Mus;20,00\n")
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert '--kolommen "bedrag=Opbr."' in asked.value.remedy
    assert figures(typed(path, advised(asked.value)))[1] == 30.0


def test_the_first_answer_about_one_address_on_all_rows_can_be_typed(write):
    rows = "".join(f"zaak@a.nl;{day}-3-2025;T{day};10,00\n" for day in range(1, 7))
    path = write(f"E-mail;Datum;Transactie-ID;Totaal\n{rows}")
    with pytest.raises(Ambiguous, match="hetzelfde adres") as asked:
        read(path)
    assert "…" not in asked.value.remedy
    assert figures(typed(path, advised(asked.value))) == (6, 60.0, 60.0, 0)


@pytest.mark.parametrize(("sold", "back"), [("V", "R"), ("F", "C"), ("s", "r")])
def test_letters_of_sales_and_returns_are_asked_about_and_each_answer_works(write, sold, back):
    path = write(
        f"Datum;Klant;Type;Bedrag\n4-3-2025;Kok;{sold};20,00\n5-3-2025;Mus;{sold};30,00\n6-3-2025;Mus;{back};10,00\n"
    )
    with pytest.raises(Ambiguous, match="letters") as asked:
        read(path)
    off, without, every = re.findall(r'--\w+ "[^"]*"', asked.value.remedy)
    assert figures(typed(path, off))[2] == 40.0
    assert figures(typed(path, without))[2] == 50.0
    assert figures(typed(path, every))[2] == 60.0


def test_letters_of_rows_with_a_minus_or_of_customers_are_no_question(write):
    head = "Datum;Klant;Type;Bedrag\n"
    path = write(f"{head}4-3-2025;Kok;V;20,00\n5-3-2025;Mus;V;30,00\n6-3-2025;Mus;R;-10,00\n")
    assert figures(read(path))[2] == 40.0
    rows = "".join(f"{day}-3-2025;K{day % 5};{'VR'[day % 5 % 2]};10,00\n" for day in range(1, 11))
    assert figures(read(write(head + rows)))[2] == 100.0


@pytest.mark.parametrize(
    ("header", "cells"), [("Bestelregel", "1 2 1 1"), ("Kaartuitgever", "Visa Maestro Visa Visa")]
)
def test_lines_and_issuers_of_cards_are_no_customers_and_the_first_answer_works(write, header, cells):
    one = cells.split()
    path = write(
        f"Bestelnummer;Besteldatum;{header};Totaal\n7;4-3-2025;{one[0]};20,00\n8;5-3-2025;{one[1]};30,00\n"
        f"9;6-3-2025;{one[2]};10,00\n10;9-3-2025;{one[3]};5,00\n"
    )
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert advised(asked.value) == "--kolommen klant=-"
    assert figures(typed(path, advised(asked.value))) == (4, 65.0, 65.0, 0)


def test_columns_that_add_up_to_the_total_are_no_customers(write):
    path = write(
        "Maand;Hotel Zon;Café Ster;Totaal\njan 2025;50;20;70\nfeb 2025;30;20;50\nmrt 2025;10;40;50\n"
    )
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert "klant kan zijn" not in str(asked.value)
    assert figures(typed(path, advised(asked.value)))[1] == 170.0
