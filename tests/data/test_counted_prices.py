"""Prices of a night, an hour or a person: what a sale is needs their number."""

import pytest

from klantwaarde_xl.data.reading.naming.counted import without_unit
from klantwaarde_xl.data.reading.questions.missing import ColumnsMissing
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]


@pytest.mark.parametrize("price", ["Prijs per nacht", "Price per day", "Prijs per uur", "Preis pro Nacht"])
def test_a_price_of_one_without_their_number_is_no_revenue(write, price):
    path = write(f"Datum;Klantnr;Personen;{price}\n1-2-2024;A;2;100\n3-2-2024;B;4;150\n9-3-2024;A;2;100\n")
    with pytest.raises(ColumnsMissing, match="is de prijs van één") as error:
        read(path)
    assert "=Personen" not in error.value.remedy
    assert figures(typed(path, f'--kolommen "bedrag={price}"'))[1] == 350.0


@pytest.mark.parametrize(
    ("hours", "rate"),
    [("Uren", "Tarief"), ("Hours", "Hourly rate"), ("Declarabele uren", "Uurtarief"), ("Uur", "Uurprijs")],
)
def test_hours_times_their_rate_are_revenue(write, hours, rate):
    path = write(
        f"Datum;Klantnr;{hours};{rate}\n1-2-2024;A;2,5;100,00\n3-2-2024;B;1;80,00\n9-3-2024;A;4;100,00\n"
    )
    assert figures(read(path))[1] == 730.0


def test_hours_beside_an_amount_leave_it_alone(write):
    path = write("Datum;Klantnr;Uren;Tarief;Bedrag\n1-2-2024;A;2;100;180\n3-2-2024;B;1;80;80\n")
    assert figures(read(path))[1] == 260.0


def test_a_price_per_month_is_what_a_month_brings(write):
    path = write("Datum;Klantnr;Prijs per maand\n1-2-2024;A;10\n1-3-2024;A;10\n1-3-2024;B;20\n")
    assert figures(read(path))[1] == 40.0


@pytest.mark.parametrize(
    "pieces",
    [
        "Aantal (stuks)",
        "Hoeveelheid (kg)",
        "Aantal [dozen]",
        "Qty (pcs.)",
        "Menge (Stück)",
        "Quantity (in litre)",
    ],
)
def test_what_pieces_are_measured_in_is_no_other_column(write, pieces):
    """The prices alone were revenue, 31.50, without a word."""
    path = write(
        f"Datum;Klantnr;{pieces};Prijs per stuk\n1-2-2024;A;2;10,00\n3-2-2024;B;4;9,00\n9-3-2024;C;1;12,50\n"
    )
    assert figures(read(path))[1] == 68.5


@pytest.mark.parametrize("other", ["Gewicht (kg)", "Aantal (retour)", "Aantal (op voorraad)", "Lengte (cm)"])
def test_what_only_has_a_unit_or_only_a_remark_is_no_pieces(other):
    assert without_unit(other) == ""


def test_a_deposit_and_a_tip_do_not_go_off_days_times_a_price(write):
    rows = "An;3-2-2025;2;10,00;50,00\nEd;14-2-2025;1;10,00;50,00\n"
    for head in ("Borg", "Fooi"):
        checked = read(write(f"Klant;Datum;Dagen;Prijs per dag;{head}\n{rows}"))
        assert figures(checked) == (2, 30.0, 30.0, 2)
        assert "telt niet mee" in said(checked, "bedrag")


@pytest.mark.parametrize("head", ["Schoonmaakkosten", "Cleaning fee", "Endreinigung"])
def test_cleaning_beside_nights_times_a_price_is_asked_about(write, head):
    rows = "An;3-2-2025;2;80,00;40,00\nEd;14-2-2025;1;80,00;40,00\n"
    with pytest.raises(Ambiguous, match="bovenop"):
        read(write(f"Klant;Datum;Nachten;Prijs per nacht;{head}\n{rows}"))
