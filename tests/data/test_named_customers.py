"""Rows without a customer's number or address, beside which a name stands."""

import pytest

from tests.data.exported import figures, read, said, write

__all__ = ["write"]


def orders(head, *customers, order=""):
    rows = [f"{order or at};{at + 1}-2-2024;{customer};{10 + at},00" for at, customer in enumerate(customers)]
    return "\n".join([f"Ordernr;Besteldatum;{head};Totaal", *rows]) + "\n"


@pytest.mark.parametrize(
    "head",
    ["Klantnr;Klantnaam", "Debiteurnummer;Debiteur", "Customer email;Billing name", "Relatiecode;Bedrijf"],
)
def test_a_name_says_who_it_is_where_the_number_is_missing(write, head):
    first = "a@voorbeeld.nl" if "email" in head else "17"
    checked = read(write(orders(head, f"{first};Bo Aa", ";Ina Ce", ";Ina Ce", f"{first};Bo Aa")))
    assert figures(checked)[::3] == (4, 2)
    assert "bij 2 rijen niet ingevuld" in said(checked, "klant")


@pytest.mark.slow
def test_a_name_that_one_number_has_elsewhere_is_that_customer(write):
    checked = read(write(orders("Klantnr;Klantnaam", "17;Bo Aa", "; bo  aa", ";Ina Ce", "18;Jo De")))
    assert figures(checked)[3] == 3
    assert "1 ervan" in said(checked, "klant")


def test_a_name_that_two_numbers_have_is_neither(write):
    people = ["17;Bo Aa", "18;Bo Aa", ";Bo Aa", "19;Jo De"]
    assert figures(read(write(orders("Klantnr;Klantnaam", *people))))[3] == 4


def test_first_and_last_names_say_it_too(write):
    head = "Klantnr;Voornaam;Achternaam"
    assert figures(read(write(orders(head, "17;Bo;Aa", ";Ina;Ce", ";Jo;Ce", ";Ina;Ce"))))[3] == 3


def test_who_the_shop_does_not_know_stays_nobody(write):
    checked = read(write(orders("Klantnr;Klantnaam", "17;Bo Aa", ";Gast", ";Passant", "17;Bo Aa")))
    assert figures(checked)[::3] == (4, 1)
    assert not said(checked, "klant")


def test_the_user_can_leave_them_nobody(write):
    path = write(orders("Klantnr;Klantnaam", "17;Bo Aa", ";Ina Ce", "17;Bo Aa", "19;Jo De"))
    assert figures(read(path, blanks="gast"))[3] == 2


@pytest.mark.parametrize(
    "people", [["17;Vaas", "17;Kan", ";Mok", "18;Bord", "18;Vaas"], ["17;Vaas", ";Mok", "18;Kan"]]
)
def test_a_name_of_articles_says_nobody(write, people):
    assert figures(read(write(orders("Klantnr;Naam", *people)), {}))[3] == 2


def test_lines_of_an_order_have_the_name_of_its_first_line(write):
    rows = [
        "Ordernr;Besteldatum;E-mail;Klantnaam;Artikel;Regelbedrag",
        "7;1-2-2024;a@b.nl;Bo Aa;Vaas;10,00",
        "8;2-2-2024;;Ina Ce;Kan;5,00",
        "8;2-2-2024;;;Mok;4,00",
    ]
    checked = read(write("\n".join(rows) + "\n"))
    assert figures(checked) == (2, 19.0, 19.0, 2)


def test_a_company_is_the_customer_and_not_who_is_spoken_to_there(write):
    rows = "3-2-2025;Vos bv;Jan;1,00\n4-2-2025;Das bv;Jan;2,00\n9-2-2025;Vos bv;An;4,00\n"
    checked = read(write(f"Datum;Bedrijf;Contactpersoon;Bedrag\n{rows}"))
    assert figures(checked) == (3, 7.0, 7.0, 2)
    assert ("klant", "Bedrijf") in checked.quality.headers


def test_who_has_no_company_is_a_person(write):
    rows = "3-2-2025;Vos bv;Jan;1,00\n4-2-2025;;Piet;2,00\n"
    assert ("klant", "Contactpersoon") in read(
        write(f"Datum;Bedrijf;Contactpersoon;Bedrag\n{rows}")
    ).quality.headers
