"""Who the customer is where a name stands beside an address, or a number, under a header that we do not list."""

import pytest

from tests.data.exported import figures, read, write

__all__ = ["write"]

PEOPLE = (
    ("Jan Bakker", "jan@a.nl"),
    ("Jan Bakker", "j.bakker@b.nl"),
    ("Eva Smit", "eva@c.nl"),
    ("E. Smit", "eva@c.nl"),
)


def sales(write, head, cell, name="Naam"):
    rows = [
        f"{person};{cell(person, mail, at)};{at + 1}-3-2025;10" for at, (person, mail) in enumerate(PEOPLE)
    ]
    return write("\n".join([f"{name};{head};Datum;Bedrag", *rows]) + "\n")


@pytest.mark.parametrize(
    "head",
    [
        "E-mail huurder",
        "E-mailadres contact",
        "Email adres koper",
        "Donor's Email",
        "Kunden-E-Mail",
        "Adres e-mail",
    ],
)
@pytest.mark.parametrize("name", ["Naam", "Kunde", "Klant"])
def test_an_address_goes_before_a_name(write, head, name):
    assert figures(read(sales(write, head, lambda _, mail, at: mail, name)))[3] == 3


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("E-mail verkoper", lambda _, mail, at: mail),
        ("Shop email", lambda _, mail, at: mail),
        ("E-mail gast", lambda *_: "info@winkel.nl"),  # one on all rows
        ("E-mail gast", lambda _, mail, at: mail if at == 0 else ""),
        ("E-mail verzonden", lambda *_: "ja"),
    ],
)
def test_an_address_of_another_or_of_few_does_not(write, head, cell):
    assert figures(read(sales(write, head, cell)))[3] == 3  # the three names


def test_two_columns_of_addresses_leave_the_name(write):
    rows = [f"{person};{mail};x{mail};{at + 1}-3-2025;10" for at, (person, mail) in enumerate(PEOPLE)]
    path = write("\n".join(["Naam;E-mail huurder;E-mail partner;Datum;Bedrag", *rows]) + "\n")
    assert figures(read(path))[3] == 3


@pytest.mark.parametrize(
    "head",
    [
        "Donateursnummer",
        "Gastnr",
        "Deb.",
        "Relatie ID",
        "Client No",
        "Member No.",
        "Cust. No.",
        "N° client",
        "Afnemer nr",
    ],
)
def test_a_number_of_a_customer_goes_before_a_name(write, head):
    assert figures(read(sales(write, head, lambda person, mail, at: 100 + at % 2)))[3] == 2
