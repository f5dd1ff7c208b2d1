"""Lists of appointments, treatments and lessons, as salons, practices and schools keep them."""

import pytest

from klantwaarde_xl.errors import ColumnsMissing
from tests.data.exported import figures, read, write

__all__ = ["write"]


@pytest.mark.parametrize(
    ("heads", "price"),
    [
        ("Behandeldatum;Behandeling;Behandelaar;Cliënt", "Tarief"),
        ("Datum verrichting;Omschrijving verrichting;Tandarts;Patiënt", "Tarief"),
        ("Afspraakdatum;Type behandeling;Medewerker;Cliëntnaam", "Kosten"),
        ("Datum sessie;Soort sessie;Therapeut;Naam cliënt", "Tarief sessie"),
        ("Lesdatum;Lestype;Instructeur;Leerling", "Lesprijs"),
        ("Date of service;Treatment;Provider;Patient ID", "Fee"),
        ("Consultdatum;Verrichting;Diernaam;Eigenaar", "Tarief excl. btw"),
        ("Datum;Behandeling;Stylist;Klant", "Prijs"),
    ],
)
def test_what_a_treatment_costs_is_the_amount_of_its_row(write, heads, price):
    rows = "3-2-2025;Intake;Jo;Pim;62,50\n3-2-2025;Intake;Jo;Roos;62,50\n1-3-2025;Vervolg;Kee;Pim;40,00\n"
    checked = read(write(f"{heads};{price}\n{rows}"))
    assert figures(checked) == (3, 165.0, 165.0, 2)
    assert dict(checked.quality.headers)["bedrag"] == price


def test_a_price_beside_pieces_is_of_one(write):
    rows = "11;Pim;3-2-2025;C11;1;25,00\n11;Pim;3-2-2025;M03;4;15,00\n12;Roos;4-2-2025;C11;1;25,00\n"
    checked = read(write(f"Patnr;Patiënt;Behandeldatum;UPT-code;Aantal;Tarief\n{rows}"))
    assert figures(checked) == (3, 110.0, 110.0, 2)
    assert dict(checked.quality.headers)["klant"] == "Patnr"


def test_what_is_paid_back_to_a_patient_is_not_proposed(write):
    rows = "3-2-2025;Pim;1000;38,50;10,00;28,50\n4-2-2025;Roos;1000;38,50;0,00;38,50\n"
    checked = read(write(f"Prestatiedatum;Patiënt;Prestatie;Tarief;Eigen risico;Vergoed\n{rows}"))
    assert figures(checked)[1] == 77.0


def test_what_an_insurer_paid_does_not_take_the_place_of_the_price(write):
    rows = "3-2-2025;P1;97110;60,00;48,00;12,00\n4-2-2025;P2;97140;55,00;44,00;11,00\n"
    checked = read(write(f"Date of service;Patient ID;CPT code;Fee;Insurance paid;Patient paid\n{rows}"))
    assert figures(checked)[1] == 115.0


def beside(write, more):
    head = f"Behandeldatum;Behandeling;Cliënt;{more};Tarief"
    return write(f"{head}\n3-2-2025;Intake;Pim;1,50;80,00\n4-2-2025;Intake;Jo;2,00;80,00\n")


@pytest.mark.parametrize("more", ["Uren", "Aantal uren"])
def test_a_price_beside_hours_is_of_one_hour(write, more):
    assert figures(read(beside(write, more)))[1] == 280.0


def test_a_price_beside_other_money_is_asked_about(write):
    with pytest.raises(ColumnsMissing, match="bedrag kan zijn"):
        read(beside(write, "Inbreng"))
