"""Exports that are a list of customers, or of contracts, and no orders."""

from __future__ import annotations

import datetime as dt

import pytest

from klantwaarde_xl.data.reading.files import read_table, read_transactions
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.errors import FileUnreadable, KlantwaardeError
from tests.data.exported import follow, write

TODAY = dt.date(2026, 11, 27)
__all__ = ["write"]  # a fixture


def read(path, table="transacties", columns=None):
    return read_table(path, tables()[table], today=TODAY, columns=columns)


def refused(path):
    with pytest.raises(KlantwaardeError) as caught:
        read(path)
    return caught.value


CUSTOMERS = [
    "Klantnummer;Voornaam;Land;Totaal besteed;Laatste bestelling;Sinds",
    "Customer ID;First name;Country;Lifetime value;Last order date;Created",
    "E-mail;Voornaam;Land;Totale uitgaven;Aantal bestellingen;Klant sinds",
    "Email;First name;Country;Amount spent;First purchase;Created at",
    "Kundennummer;Vorname;Land;LTV;Letzte;Datum",
    "Email;Name;Country;Orders;AOV;Customer since",
    "customer_id;frequency;recency;monetary_value;T;x",
    "Klantnr;Frequentie;Recentie;Monetair;x;y",
    "Klantnummer;Naam;Land;Omzet;Laatste bezoek;x",
    "Numéro client;Nom;Pays;Montant;Date de dernier achat;x",
]


@pytest.mark.parametrize("heads", CUSTOMERS)
def test_a_list_of_customers_is_said_to_be_one_and_is_not_made_into_orders(write, heads):
    path = write(
        f"{heads}\nk1@x.nl;Jan;NL;120,50;01-03-2025;05-01-2023\nk2@x.nl;Eva;BE;80,00;02-04-2025;06-01-2023\n"
    )
    error = refused(path)
    assert "lijst van klanten" in error.what
    assert "--tabel klanten" in error.remedy
    assert "datum=" not in error.remedy
    assert read(path, "klanten").count() == 2


CONTRACTS = [
    ("Abonnementsnummer;Klantnr;Ingangsdatum;Opgezegd op;Bedrag per maand", "A1;K{};0{}-01-2025;;12,50"),
    ("Subscription ID;Customer ID;Created;Next payment date;Amount", "S1;C{};2025-01-0{};2025-12-01;12.50"),
    ("Klant;Abonnement;Startdatum;Maandbedrag;Status", "K{};Basis;0{}-01-2025;12,50;actief"),
    ("Lidnummer;Lid sinds;Lid tot;Contributie", "L{};0{}-01-2020;;50,00"),
    ("Contract;Klant;Startdatum;Einddatum;Bedrag", "x;K{};0{}-01-2025;31-12-2025;12,50"),
    ("Customer ID,Amount,Created (UTC),Current Period Start (UTC),Current Period End (UTC)",
     "C{},12.50,2025-01-0{} 10:00,2025-02-01 10:00,2025-03-01 10:00"),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("heads", "row"), CONTRACTS)
def test_a_list_of_contracts_is_said_to_be_one_and_can_be_orders_all_the_same(write, heads, row):
    path = write("\n".join([heads, *(row.format(at, at) for at in range(1, 5))]))
    error = refused(path)
    assert "contracten of abonnementen" in error.what
    assert "--tabel contracten" in error.remedy
    assert read(path, "contracten").count() == 4
    assert follow(path, error).count() == 4


@pytest.mark.parametrize(
    "text",
    [
        # an invoice for a period, a hired thing, who pays every month, an order with what its customer spent
        "Factuurnr;Factuurdatum;Klant;Startdatum;Einddatum;Bedrag\n1;01-02-2025;A;01-02-2025;28-02-2025;10\n2;01-03-2025;B;01-03-2025;31-03-2025;20",
        "Boekdatum;Klant;Startdatum;Einddatum;Bedrag\n01-02-2025;A;01-06-2025;08-06-2025;10\n03-02-2025;B;01-07-2025;09-07-2025;20",
        "Created;Customer ID;Subscription ID;Start date;Amount\n2025-01-01;A;S1;2025-01-01;10\n2025-02-01;A;S1;2025-01-01;20\n",
        "Datum;Klant;Bedrag;Total spent\n01-02-2025;A;10;30\n03-02-2025;A;20;30\n",
    ],
)
def test_sales_with_a_period_or_with_a_total_of_their_customer_are_read(write, text):
    assert read(write(text)).quality.totals[4][1] == 30.0


def test_how_long_ago_alone_and_the_first_order_beside_orders_are_of_no_list(write):
    days = "Klant;Datum;Bedrag;Recency\nA;01-03-2025;10;4\nB;02-03-2025;12;3\n"
    firsts = "Klant;Datum;Bedrag;First order date\nA;01-03-2025;10;01-03-2025\nA;02-04-2025;12;01-03-2025\n"
    flags = "Klant;Datum;Bedrag;Eerste bezoek\nA;01-03-2025;10;ja\nB;02-04-2025;12;nee\n"
    assert [read(write(text)).count() for text in (days, firsts, flags)] == [2, 2, 2]


def test_a_report_by_day_is_no_list_of_customers(write):
    with pytest.raises(KlantwaardeError) as caught:
        read_transactions(
            write("Datum;Orders;AOV;Omzet\n01-02-2025;3;10;30\n02-02-2025;2;20;40\n"), today=TODAY
        )
    assert "lijst van klanten" not in caught.value.what


def test_customers_whose_orders_are_counted_are_refused_though_a_column_is_called_order(write):
    text = "Klantnr;Datum;Bedrag;Aantal orders\nA;01-02-2025;10;2\nB;03-02-2025;20;1\n"
    with pytest.raises(FileUnreadable, match="lijst van klanten"):
        read(write(text))


@pytest.mark.parametrize("head", ["Orders", "Aantal bestellingen", "Transacties", "Number of orders"])
def test_a_report_of_days_is_refused_though_it_needs_no_customer(write, head):
    path = write(f"Datum;{head};Omzet\n01-02-2025;3;30\n02-02-2025;2;40\n16-02-2025;2;15\n")
    with pytest.raises(FileUnreadable, match="overzicht van dagen"):
        read(path, columns={"klant": "-"})
    assert read(path, columns={"klant": "-", "bedrag": "Omzet"}).quality.totals[4][1] == 85.0


def test_a_report_of_days_and_tills_is_refused_too(write):
    rows = "01-02-2025;K1;3;30\n01-02-2025;K2;3;40\n16-02-2025;K1;2;15\n16-02-2025;K2;3;12\n"
    with pytest.raises(FileUnreadable, match="overzicht van dagen"):
        read(write(f"Datum;Kassa;Aantal bonnen;Omzet\n{rows}"), columns={"klant": "-"})


def test_numbers_of_orders_that_are_called_orders_are_no_report(write):
    rows = "01-02-2025;1001;30\n01-02-2025;1001;40\n16-02-2025;1002;15\n16-02-2025;1003;12\n"
    path = write(f"Datum;Orders;Omzet\n{rows}")
    assert read(path, columns={"klant": "-"}).quality.totals[4][1] == 97.0
