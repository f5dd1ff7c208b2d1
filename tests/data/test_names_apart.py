"""Customers whose name stands in parts, and tables of months with their sum beside them."""

from __future__ import annotations

import pytest

from klantwaarde_xl.errors import ColumnsMissing
from tests.data.exported import figures, read, said

ROWS = "1{s}3-1-2024{s}Jan{s}de{s}Vries{s}10,50\n2{s}4-1-2024{s}Els{s}{s}Vries{s}20,00\n3{s}9-2-2024{s}Jan{s}de{s}Vries{s}5,00\n"


def export(tmp_path, first="Voornaam", last="Achternaam"):
    path = tmp_path / "uit.csv"
    path.write_text(
        f"Ordernr;Datum;{first};Tussenvoegsel;{last};Totaal\n{ROWS.format(s=';')}", encoding="utf-8"
    )
    return path


@pytest.mark.parametrize(
    ("first", "last"),
    [("Voornaam", "Achternaam"), ("First name", "Last Name"), ("First Name (Billing)", "Last Name (Billing)"),
     ("Vorname", "Nachname")],
)  # fmt: skip
def test_a_first_and_a_last_name_say_together_who_it_is(tmp_path, first, last):
    checked = read(export(tmp_path, first, last))
    assert figures(checked) == (3, 35.5, 35.5, 2)
    assert f"'{first}', 'Tussenvoegsel', '{last}'" in said(checked, "klant")


def test_a_last_name_that_is_named_goes_with_its_first_name_too(tmp_path):
    assert figures(read(export(tmp_path), columns={"klant": "Achternaam"}))[3] == 2


def test_a_last_name_without_a_first_one_is_no_customer(tmp_path):
    with pytest.raises(ColumnsMissing, match="ontbreekt: klant"):
        read(export(tmp_path, first="Functie"))


BOL = "Bestelnummer;Besteldatum;EAN;Aantal;Prijs;{0};{1};Postcode verzending\n"
BOUGHT = (
    "C1;3-4-2025;871;1;12,50;{0};de Vries;1234 AB\nC2;4-4-2025;871;2;12,50;{1};de Vries;4321BA\n"
    "C3;5-4-2025;872;1;22,50;{0};de Vries;1234ab\nC4;6-4-2025;872;1;2,50;{0};de Vries;9999ZZ\n"
)


@pytest.mark.parametrize(
    "whose", ["verzending", "facturatie", "verzendadres", "ontvanger", "besteller", "shipping"]
)
def test_two_people_with_one_last_name_are_two_customers_whosever_name_it_is(tmp_path, whose):
    path = tmp_path / "uit.csv"
    head = BOL.format(f"Voornaam {whose}", f"Achternaam {whose}")
    path.write_text(head + BOUGHT.format("Jan", "Piet"), encoding="utf-8")
    assert figures(read(path)) == (4, 62.5, 62.5, 2)


def test_of_two_names_the_one_of_who_pays_says_who_it_is_and_no_parts_of_both(tmp_path):
    path = tmp_path / "uit.csv"
    path.write_text(
        "Ordernr;Datum;Voornaam verzending;Achternaam facturatie;Achternaam verzending;Voornaam facturatie;Totaal\n"
        "1;3-1-2024;Oma;Vos;Bos;Kim;10,50\n2;4-1-2024;Opa;Vos;Kok;Kim;20,00\n3;5-1-2024;Opa;Vos;Kok;Bas;1,00\n",
        encoding="utf-8",
    )
    checked = read(path)
    assert figures(checked)[3] == 2
    assert "'Voornaam facturatie', 'Achternaam facturatie'" in said(checked, "klant")


@pytest.mark.parametrize(("one", "other"), [("J.", "P."), ("J", "P"), ("J.A.", "P.M."), ("JA", "PM")])
def test_initials_go_with_the_code_of_the_place(tmp_path, one, other):
    path = tmp_path / "uit.csv"
    path.write_text(BOL.format("Voorletters", "Achternaam") + BOUGHT.format(one, other), encoding="utf-8")
    checked = read(path)
    assert figures(checked)[3] == 3
    assert "'Postcode verzending'" in said(checked, "klant")


def test_initials_beside_two_codes_of_places_are_left_without(tmp_path):
    path = tmp_path / "uit.csv"
    path.write_text(
        BOL.format("Voorletters", "Achternaam").replace("EAN", "Postcode facturatie")
        + BOUGHT.format("J.", "P."),
        encoding="utf-8",
    )
    assert figures(read(path))[3] == 2


def test_an_address_goes_before_a_name_in_parts(tmp_path):
    path = tmp_path / "uit.csv"
    path.write_text(
        "Datum;E-mail;Voornaam;Achternaam;Totaal\n3-1-2024;a@x.nl;Jan;Vos;1,50\n4-1-2024;a@x.nl;J.;Vos;2,50\n"
    )
    assert figures(read(path))[3] == 1


@pytest.mark.parametrize("total", ["Totaal", "Totaal 2024", "Total", "Eindtotaal"])
def test_months_side_by_side_are_read_beside_their_sum(tmp_path, total):
    path = tmp_path / "maanden.csv"
    path.write_text(f"Klant;jan-24;feb-24;{total}\nA;1,50;2,50;4,00\nB;2,25;3,00;5,25\n", encoding="utf-8")
    assert figures(read(path)) == (4, 9.25, 9.25, 2)


def test_a_journal_of_accounts_is_proposed_by_its_sides_and_no_number_of_an_account(tmp_path):
    rows = "".join(
        f"{day}-1-2024;F{day};1300;K{day % 2};{day * 1.21:.2f};0,00\n{day}-1-2024;F{day};8000;K{day % 2};0,00;{day}.00\n"
        for day in range(3, 9)
    ).replace(".", ",")
    path = tmp_path / "journaal.csv"
    path.write_text(f"Datum;Boekstuk;Grootboek;Relatie;Debet;Credit\n{rows}", encoding="utf-8")
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert '--kolommen erbij=Credit,eraf=Debet --alleen "Grootboek=8000"' in asked.value.remedy


def test_a_card_of_a_customer_and_the_day_of_a_document_are_known(tmp_path):
    path = tmp_path / "kassa.csv"
    rows = "B1;3-1-2024;09:15;K01;1,50\nB2;4-1-2024;10:15;;2,50\nB3;5-1-2024;11:15;K01;3,00\n"
    path.write_text(f"Bonnummer;Documentdatum;Tijd;Klantenkaart;Bedrag\n{rows}", encoding="utf-8")
    assert figures(read(path)) == (3, 7.0, 7.0, 1)
