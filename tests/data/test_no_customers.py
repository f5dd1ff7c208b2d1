"""What is proposed as the customer of an export whose headers do not say who that is."""

import pytest

from klantwaarde_xl.errors import ColumnsMissing
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]


def asked(write, head, *rows):
    with pytest.raises(ColumnsMissing) as missing:
        read(write("\n".join([head, *rows])))
    return missing.value


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Bezorgplaats", ("Sneek", "Goes")), ("Ship city", ("Sneek", "Goes")), ("Pipeline stage", ("Demo", "Proef")),
        ("Account manager", ("Noor", "Bas")), ("Behandeling", ("Knippen", "Kleuren")), ("Balie", ("10:15", "11:40")),
        ("Bestemming", ("NL", "BE")), ("Uitkomst", ("Betaald", "Voldaan")), ("Shop", ("#88", "#89")),
        ("Boekingssoort", ("Pin", "Bar")), ("Duur (min)", ("60", "90")), ("Instructeur", ("Jan", "Piet")),
        ("Checkout", ("#c1", "#d2")), ("Mutatiecode", ("", "")), ("In/Uit", ("In", "Uit")),
    ],
)  # fmt: skip
def test_a_place_a_stage_staff_times_and_kinds_are_not_proposed(write, header, values):
    one, other = values
    rows = [f"0{at}-06-2025;{one if at % 2 else other};{at}2,50" for at in range(1, 6)]
    error = asked(write, f"Datum;{header};Bedrag", *rows)
    assert f"klant={header}" not in str(error)
    assert "geen kolom gevonden" in error.remedy
    assert "--kolommen klant=-" in error.remedy


def test_what_has_one_price_for_a_piece_is_an_article_and_who_comes_again_is_not(write):
    rows = [
        "01-06-2025;Sjaal;Noor;1;30,00;30,00", "02-06-2025;Muts;Bas;2;12,00;24,00",
        "05-06-2025;Sjaal;Bas;3;30,00;90,00", "09-06-2025;Muts;Noor;1;12,00;12,00",
        "11-06-2025;Want;Kim;1;9,00;9,00", "12-06-2025;Want;Kim;2;9,00;18,00",
    ]  # fmt: skip
    error = asked(write, "Datum;Wat;Voor;Aantal;Per stuk;Bedrag", *rows)
    assert "--kolommen klant=Voor" in error.remedy
    assert "'Wat'" not in error.what.partition("Naar de inhoud")[2]


def test_of_two_names_with_one_price_it_may_be_chance_and_they_come_last(write):
    rows = ["01-06-2025;a;Noor;1;30,00;30,00", "02-06-2025;b;Bas;2;12,00;24,00",
            "05-06-2025;b;Noor;3;30,00;90,00", "09-06-2025;a;Bas;1;12,00;12,00"]  # fmt: skip
    assert "--kolommen klant=Wat" in asked(write, "Datum;Wat;Wie;Aantal;Per stuk;Bedrag", *rows).remedy


def test_a_company_is_proposed_beside_the_stage_of_its_deal(write):
    rows = [f"0{at}-06-2025;Fase {at % 2};Bedrijf {at % 2};{at}00,50" for at in range(1, 6)]
    assert (
        "--kolommen klant=Organisatienaam"
        in asked(write, "Datum;Deal stage;Organisatienaam;Bedrag", *rows).remedy
    )


@pytest.mark.slow
def test_a_number_of_a_payer_that_may_be_one_of_the_books_is_proposed_and_reads(write):
    text = (
        "Datum;Naam / Omschrijving;Tegenrekening;Mutatiesoort;Bedrag\n"
        "01-06-2025;N NOORD;1300;iDEAL;30,50\n04-06-2025;Z ZUID;1301;iDEAL;20,50\n"
        "09-06-2025;N NOORD;1300;Incasso;10,50\n"
    )
    assert figures(read(write(text))) == (3, 61.5, 61.5, 2)  # the name says who
    path = write(text.replace("Naam / Omschrijving", "Wat er staat"))
    with pytest.raises(ColumnsMissing) as missing:
        read(path)
    option = missing.value.remedy.partition("achter: ")[2].partition(". Is het")[0]
    assert figures(typed(path, option)) == (3, 61.5, 61.5, 2)


@pytest.mark.parametrize(("first", "last"), [("Voornaam koper", "Achternaam koper"), ("Gast voornaam", "Gast achternaam"),
                                         ("Guest first name", "Guest last name")])  # fmt: skip
def test_first_and_last_names_of_whoever_buys_are_the_customer(write, first, last):
    path = write(
        f"Ordernummer;Orderdatum;{first};{last};Totaal\n1;01-06-2025;Noor;Vos;10,00\n2;13-06-2025;Bas;Vos;20,00\n"
    )
    assert figures(read(path)) == (2, 30.0, 30.0, 2)
