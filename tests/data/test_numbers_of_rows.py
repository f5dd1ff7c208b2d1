"""Numbers that are another on each row say nothing of who somebody is, where an address comes again."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]

MAILS = ["ko@x.nl", "An@x.nl", "ko@x.nl", "bo@x.nl", "an@x.nl ", "di@x.nl"]


def table(write, numbers, head="customer_id;email;amount;date", more=""):
    rows = [
        f"{number};{mail};{at}0,00;1{at}-3-2025{more.format(at=at)}"
        for at, (number, mail) in enumerate(zip(numbers, MAILS, strict=True), start=1)
    ]
    return write("\n".join([head, *rows]) + "\n")


@pytest.mark.parametrize(("head", "more"), [("", ""), (";order id", ";B{at}")])
def test_the_address_says_who_it_is_where_each_order_has_its_own_number(write, head, more):
    path = table(write, range(701, 707), f"customer_id;email;amount;date{head}", more)
    checked = read(path)
    assert figures(checked)[3] == 4
    assert any("komt terug" in note for note in checked.quality.notes)
    assert figures(typed(path, "--kolommen klant=customer_id"))[3] == 6


@pytest.mark.parametrize("numbers", [(1, 2, 1, 3, 2, 4), (1, 2, 5, 3, 6, 1)])
def test_a_number_that_comes_again_goes_before_the_address(write, numbers):
    checked = read(table(write, numbers))
    assert figures(checked)[3] == len(set(numbers))


def test_one_address_of_two_people_changes_nothing(write):
    rows = "7;ko@x.nl;1,00;1-3-2025\n8;ko@x.nl;1,00;2-3-2025\n9;an@x.nl;1,00;13-3-2025\n"
    assert figures(read(write(f"customer_id;email;amount;date\n{rows}")))[3] == 3


def test_people_with_their_own_names_at_one_address_keep_their_numbers(write):
    rows = "".join(f"{at};Naam {at};team{at % 2}@x.nl;1,00;1{at}-3-2025\n" for at in range(1, 7))
    assert figures(read(write(f"Klantnummer;Naam;E-mail;Bedrag;Datum\n{rows}")))[3] == 6


def test_addresses_of_nobody_do_not_come_again(write):
    rows = "".join(
        f"{at};{mail};1,00;1{at}-3-2025\n" for at, mail in enumerate(["geen@x.nl"] * 4 + MAILS[1:3], start=1)
    )
    assert figures(read(write(f"customer_id;email;amount;date\n{rows}")))[3] == 6


def test_few_addresses_may_be_of_who_sold_and_are_asked_about(write):
    rows = "".join(f"{at};winkel@x.nl;1,00;1{at}-3-2025\n" for at in range(1, 6))
    path = write(f"klantnummer;email;bedrag;datum\n{rows}")
    with pytest.raises(Ambiguous, match="maar 1 adres"):
        read(path)
    assert figures(typed(path, "--kolommen klant=klantnummer"))[3] == 5
    assert figures(typed(path, "--kolommen klant=email"))[3] == 1


@pytest.mark.parametrize(("user", "client"), [("User", "Client"), ("Medewerker", "Opdrachtgever")])
def test_an_address_that_goes_with_a_user_is_not_of_the_customer(write, user, client):
    rows = "Ina;ina@x.nl;Bos;3-2-2025;8,00\nIna;ina@x.nl;Das;4-2-2025;2,00\nUdo;udo@x.nl;Bos;5-2-2025;4,00\n"
    checked = read(write(f"{user};Email;{client};Datum;Bedrag\n{rows}"))
    assert dict(checked.quality.headers)["klant"] == client
    assert figures(checked) == (3, 14.0, 14.0, 2)


def test_an_address_beside_a_user_who_buys_for_one_is(write):
    rows = "Ina;ina@x.nl;Bos;3-2-2025;8,00\nUdo;udo@x.nl;Das;4-2-2025;2,00\n"
    checked = read(write(f"User;Email;Customer;Date;Amount\n{rows}"))
    assert dict(checked.quality.headers)["klant"] == "Email"


def test_an_account_with_orders_is_a_customer_however_his_name_is_written(write):
    rows = "ina;ina@x.nl;Ina Bos;1;3-2-2025;8,00\nina;ina@x.nl;I. Bos;2;14-2-2025;2,00\n"
    checked = read(write(f"Username;Email;Customer name;Order number;Date;Amount\n{rows}"))
    assert dict(checked.quality.headers)["klant"] == "Email"
