"""Columns under a word that may mean something else, in a file in which nothing else can be it."""

import pytest

from klantwaarde_xl.errors import ColumnsMissing
from tests.data.exported import figures, read, write

__all__ = ["write"]


@pytest.mark.parametrize(
    ("who", "money"),
    [
        ("Name", "Betrag"), ("Nom", "Montant"), ("Name", "Bezahlt"), ("Naam", "Betaald"), ("Naam", "Giften"),
        ("Naam", "Collecte"), ("Name", "Paid"), ("Name", "Spenden"),
    ],
)  # fmt: skip
def test_a_name_alone_and_what_was_paid_alone_are_read_at_once(write, who, money):
    rows = "Greta;3-2-2025;12,50\nUwe;4-2-2025;20,00\nGreta;15-3-2025;10,25\n"
    assert figures(read(write(f"{who};Datum;{money}\n{rows}", "lijst.csv"))) == (3, 42.75, 42.75, 2)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Name;Datum;Bedrag", "#100{at};{at}-2-2025;9,50"),
        ("Name;SKU;Datum;Bedrag", "Stoel;S1;{at}-2-2025;9,50"),
        ("Name;Qty;Datum;Bedrag", "Stoel;2;{at}-2-2025;9,50"),
        ("Name;Category;Datum;Bedrag", "Stoel;Hout;{at}-2-2025;9,50"),
        ("Name;Kasse;Datum;Bedrag", "Ulm;K1;{at}-2-2025;9,50"),
        ("Name;Datum;Bedrag", "Rode stoel;{at}-2-2025;9,50"),
    ],
)
def test_a_name_of_an_order_or_an_article_is_no_customer(write, head, row):
    with pytest.raises(ColumnsMissing):
        read(write("\n".join([head, *(row.format(at=at) for at in (1, 2, 3))]) + "\n"))


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Naam;Datum;Betaald", "Greta;{at}-2-2025;1"),
        ("Naam;Datum;Betaald;Contract", "Greta;{at}-2-2025;12,50;90,00"),
        ("Naam;Datum;Betaald", "Greta;{at}-2-2025;ja"),
    ],
)
def test_paid_as_yes_or_beside_other_money_is_asked_about(write, head, row):
    with pytest.raises(ColumnsMissing):
        read(write("\n".join([head, *(row.format(at=at) for at in (1, 2, 3))]) + "\n"))


def test_what_was_booked_on_a_day_is_the_date(write):
    rows = "Ida;1-7-2025;4-7-2025;2-3-2025;90,00\nBas;8-7-2025;9-7-2025;5-4-2025;30,00\n"
    checked = read(write(f"Gast;Aankomst;Vertrek;Geboekt;Bedrag\n{rows}"))
    assert dict(checked.quality.headers)["datum"] == "Geboekt"
    assert figures(checked)[:2] == (2, 120.0)
