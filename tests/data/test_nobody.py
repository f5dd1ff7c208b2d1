"""Words and addresses that shops fill in where they do not know who bought are nobody."""

import pytest

from klantwaarde_xl.errors import Ambiguous, UsageError
from tests.data.exported import figures, read, said, write

__all__ = ["write"]


def orders(write, name, times=4):
    rows = [f"{n};{n:02d}-02-2025;{name};{n}0,50" for n in range(13, 13 + times)]
    rows += [f"{n};{n:02d}-03-2025;{who};9,00" for n, who in enumerate(["Vries", "Bos", "Bos", "Dijk"], 20)]
    return write("\n".join(["Bonnr;Datum;Klant;Totaal", *rows]) + "\n")


@pytest.mark.parametrize(
    "name",
    ["Kassaverkoop", "Kassa 2", "DEFAULT CUSTOMER", "Walk in customer", "Diverse debiteuren", "Particulier",
     "Cash sale", "Losse klant", "POS 1", "no-reply@marktplaats.nl", "guest@winkel.nl", "geenmail@geenmail.nl",
     "0", "00000", "...", "?"],
)  # fmt: skip
def test_placeholders_are_revenue_of_nobody_and_said(write, name):
    checked = read(orders(write, name))
    assert figures(checked)[1] == 618.0
    assert figures(checked)[3] == 3
    assert f"{name!r} (4)" in said(checked, "klant")


@pytest.mark.parametrize(
    "name", ["Kassander", "Posthumus", "Winkelman", "Noreen@x.nl", "Diverso BV", "Guestin"]
)
def test_names_that_only_begin_like_one_are_somebody(write, name):
    assert figures(read(orders(write, name)))[3] == 4


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Webshop", "Bol.com", "info@dewinkel.nl", "99999", "test@test.nl"])
def test_a_shop_or_an_office_with_many_orders_is_a_question_whose_answers_work(write, name):
    path = orders(write, name)
    with pytest.raises(Ambiguous, match="één klant") as asked:
        read(path)
    assert f'--niemand "{name}"' in asked.value.remedy
    assert figures(read(path, nobody=(name,)))[3] == 3
    assert figures(read(path, {"klant": "Klant"}))[3] == 4


def test_an_office_with_few_orders_is_a_customer(write):
    assert figures(read(orders(write, "info@dewinkel.nl", 1)))[3] == 4


def test_a_name_that_no_customer_has_is_refused(write):
    with pytest.raises(UsageError, match="geen klant die zo heet"):
        read(orders(write, "Webshop"), {"klant": "Klant"}, nobody=("Webwinkel",))


def test_customers_whom_the_user_calls_nobody_are_none(write):
    assert figures(read(orders(write, "Jansen"), nobody=("jansen", "Bos")))[3] == 2


def test_a_number_whose_name_is_a_placeholder_is_nobody(write):
    rows = [
        "1;13-02-2025;9999;Kassaklant;2,50",
        "2;14-02-2025;9999;Kassaklant;3,50",
        "3;14-02-2025;12;Bos;4,00",
    ]
    checked = read(write("\n".join(["Bonnr;Datum;Debiteurnr;Debiteur;Totaal", *rows]) + "\n"))
    assert figures(checked)[1] == 10.0
    assert figures(checked)[3] == 1
