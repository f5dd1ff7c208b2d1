"""Addresses that a marketplace makes up for each order."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]


def orders(mails, head="E-mail;Naam koper"):
    names = ["An Bos", "Piet Put", "An Bos", "Els Vos"]
    rows = zip(mails, names, strict=True)
    return f"Order;Datum;{head};Bedrag\n" + "".join(
        f"O{at};{at + 1}-2-2024;{mail};{name};10\n" for at, (mail, name) in enumerate(rows)
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "domain",
    ["verkopen.bol.com", "marketplace.amazon.de", "guest.booking.com", "members.ebay.nl", "reply.winkel.eu"],
)
def test_addresses_that_never_come_twice_are_asked_about(write, domain):
    with pytest.raises(Ambiguous, match="adressen van een marktplaats") as error:
        read(write(orders([f"x{at}9k@{domain}" for at in range(4)], "E-mail;Name")))
    assert "--kolommen klant=Name" in error.value.remedy


@pytest.mark.slow
def test_both_answers_about_such_addresses_work(write):
    path = write(orders([f"x{at}9k@verkopen.bol.com" for at in range(4)], "E-mail;Name"))
    assert figures(typed(path, "--kolommen klant=Name"))[3] == 3
    assert figures(typed(path, "--kolommen klant=E-mail"))[3] == 4


@pytest.mark.slow
def test_a_name_in_parts_answers_as_one(write):
    head = "Datum;Ordernummer;E-mailadres;Voornaam;Achternaam;Bedrag\n"
    rows = "".join(f"{at}-2-2024;O{at};q{at}@verkopen.bol.com;{name};10\n"
                   for at, name in enumerate(["Jo;Bos", "Al;Bos", "Jo;Bos", "Ed;Vos"], 1))  # fmt: skip
    path = write(head + rows)
    with pytest.raises(Ambiguous) as error:
        read(path)
    assert "--kolommen klant=Achternaam" in error.value.remedy
    assert figures(typed(path, "--kolommen klant=Achternaam"))[3] == 3


def test_addresses_of_a_marketplace_that_come_back_are_customers(write):
    path = write(orders(["a1@marketplace.amazon.nl", "b2@marketplace.amazon.nl", "a1@marketplace.amazon.nl",
                         "c3@marketplace.amazon.nl"]))  # fmt: skip
    assert figures(read(path))[3] == 3


def test_own_addresses_that_come_once_are_no_question(write):
    path = write(orders(["a@bolwerk.com", "b@gmail.com", "c@etsyfan.nl", "d@booking.com"]))
    assert figures(read(path))[3] == 4
