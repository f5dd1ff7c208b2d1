"""Numbers that are another on each row say nothing of who somebody is, where an address comes again."""

import pytest

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
